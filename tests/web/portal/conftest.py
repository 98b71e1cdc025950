"""The portal's tests: nothing remembered from the test before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    caches["portal"].clear()
    yield
    caches["portal"].clear()
