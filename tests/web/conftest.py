"""Django for the page's tests: the real settings, no test database, CSRF checked as in production."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402
from selectolax.lexbor import LexborHTMLParser  # noqa: E402

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="session", autouse=True)
def _test_environment() -> Iterator[None]:
    setup_test_environment(debug=False)
    settings.SAMPLES = SAMPLES
    settings.FILE_READERS = 0  # files are read in this process, where a test can watch
    yield
    teardown_test_environment()


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def sample() -> Callable[[str], SimpleUploadedFile]:
    """A sample report as an upload, under its own or another name."""

    def upload(name: str, shown_as: str | None = None) -> SimpleUploadedFile:
        return SimpleUploadedFile(shown_as or name, (SAMPLES / name).read_bytes())

    return upload


def planted() -> list[dict[str, Any]]:
    return tomllib.loads((SAMPLES / "samples.toml").read_text("utf-8"))["samples"]


def page(response: HttpResponse) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def words(response: HttpResponse) -> str:
    """All text a reader sees, white space collapsed."""
    body = page(response).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def carried(response: HttpResponse) -> str:
    """The results that the page carries for its downloads."""
    field = page(response).css_first("#results-form input[name=results]")
    assert field is not None
    return field.attributes["value"] or ""
