"""Django for the pages' tests: the real settings, CSRF checked, a database where a test asks for one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(autouse=True)
def _test_settings(settings: Any, tmp_path: Path) -> None:
    settings.SAMPLES = SAMPLES
    settings.FILE_READERS = 0  # files are read in this process, where a test can watch
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests alone


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


@pytest.fixture
def district(db: None) -> Any:
    """The invented district of tests/web/platform.py."""
    from tests.web import platform

    return platform.district()


@pytest.fixture
def town(district: Any) -> Any:
    return district.town
