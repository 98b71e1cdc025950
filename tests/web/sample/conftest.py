"""The sample, loaded once for the tests of a class, which only look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

NOW = dt.datetime(2026, 11, 20, 16, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(scope="class")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="class")
def _loaded(django_db_setup: None, django_db_blocker: Any, sample_files: Path) -> Iterator[None]:
    from gongkai.web.sample import files, loading

    files.ready_files.cache_clear()
    before = settings.DATA
    settings.DATA = sample_files
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(now=NOW)
        settings.DATA = before
        yield
        transaction.set_rollback(True)
    files.ready_files.cache_clear()


@pytest.fixture
def sample(_loaded: None, sample_files: Path, settings: Any, db: None) -> None:
    """The sample as it stands at `NOW`."""
    settings.DATA = sample_files
