"""Files that staff hand in, looked at in processes of their own: what they are, say and hide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from gongkai.documents import publishing
from gongkai.documents.publishing import isolated, without_head
from gongkai.documents.publishing.looking import told


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that may be attached. `findings`: as `disclosure.checks` tells them."""

    name: str
    media_type: str
    text: str
    findings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class WordPage:
    """A Word file as a draft: clean html and what it seems to be."""

    html: str
    title: str
    document_number: str
    made_on: dt.date | None
    images: list[Picture] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    # What the file holds that the page does not show, in words.
    notes: list[str] = field(default_factory=list)


def looked_at(content: bytes, name: str) -> LookedAt:
    """The file, vetted. DocumentError says why one is refused."""
    found = _doors().look(content, name)
    return LookedAt(found.accepted.name, found.accepted.media_type, found.text, list(found.findings))


def word_page(content: bytes, name: str) -> WordPage:
    """A Word or text file as clean html. DocumentError says why it cannot be read."""
    page = _doors().page_html(content, name)
    hidden = _doors().hidden_data(content, name)
    return WordPage(
        # The page prints title and number above it.
        without_head(page.html, page.title),
        page.title,
        page.document_number,
        page.date,
        [Picture(f"image:{one.number}", one.media_type, one.content) for one in page.images],
        [told(one) for one in hidden],
        list(page.notes),
    )


def cleaned_file(content: bytes, name: str) -> bytes:
    """The file without its properties and comments. DocumentError where that cannot be done."""
    return _doors().cleaned(content, name, {"metadata", "comments"})


def _doors() -> Any:
    """`publishing.isolated`: processes that last as long as the server; the doors themselves where the
    settings want no processes."""
    if settings.FILE_READERS <= 0:
        return publishing
    isolated.set_processes(settings.FILE_READERS)
    return isolated
