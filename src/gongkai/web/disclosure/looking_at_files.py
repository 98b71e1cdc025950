"""Files that staff hand in, looked at in processes of their own: what they are, say and hide."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings

from gongkai.documents.isolation import Limits, Workers, failed
from gongkai.web.disclosure import file_task

SECONDS = 15.0


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
    made = _asked("look", content, name)
    try:
        return LookedAt(str(made["name"]), str(made["media_type"]), str(made["text"]), list(made["findings"]))
    except (KeyError, TypeError) as wrong:
        raise failed() from wrong


def word_page(content: bytes, name: str) -> WordPage:
    """A Word or text file as clean html. DocumentError says why it cannot be read."""
    made = _asked("page", content, name)
    try:
        images = [
            Picture(str(one["name"]), str(one["media_type"]), base64.b64decode(one["content"]))
            for one in made["images"]
        ]
        day = dt.date.fromisoformat(made["made_on"]) if made["made_on"] else None
        return WordPage(
            str(made["html"]),
            str(made["title"]),
            str(made["document_number"]),
            day,
            images,
            list(made["findings"]),
            [str(note) for note in made["notes"]],
        )
    except (KeyError, TypeError, ValueError, binascii.Error) as wrong:
        raise failed() from wrong


def cleaned_file(content: bytes, name: str) -> bytes:
    """The file without its properties and comments. DocumentError where that cannot be done."""
    return _run("clean", content, name)


def _run(task: str, content: bytes, name: str) -> bytes:
    question = {"task": task, "name": name}
    own = workers()
    return own.run(question, content) if own else file_task.answer(question, content)


def _asked(task: str, content: bytes, name: str) -> dict[str, Any]:
    made = json.loads(_run(task, content, name))
    if not isinstance(made, dict):
        raise failed()
    return made


@cache
def workers() -> Workers | None:
    """The processes that look at files, for as long as the server runs; None where the settings want none."""
    limits = Limits(workers=settings.FILE_READERS, seconds=SECONDS)
    return Workers(file_task.TASK, limits) if limits.workers > 0 else None
