"""The same doors in processes of their own: a file on which a parser crashes takes no server with it."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict
from functools import cache
from typing import Any

from gongkai.documents.errors import DocumentError
from gongkai.documents.isolation import Limits, Workers
from gongkai.documents.limits import MIB
from gongkai.documents.publishing.accepting import MAX_ATTACHMENT_BYTES, Accepted
from gongkai.documents.publishing.accepting import accept as _accept
from gongkai.documents.publishing.cleaning import METADATA
from gongkai.documents.publishing.cleaning import cleaned as _cleaned
from gongkai.documents.publishing.hidden import hidden_data as _hidden_data
from gongkai.documents.publishing.hidden_findings import Hidden
from gongkai.documents.publishing.looking import Looked
from gongkai.documents.publishing.looking import look as _look
from gongkai.documents.publishing.page import Page
from gongkai.documents.publishing.page import page_html as _page_html
from gongkai.documents.publishing.page_images import PageImage
from gongkai.documents.publishing.refusing import SAID_ANEW, refusal

MAX_MEMORY = 1024 * MIB  # address space: a file of 50 MB is held several times while it is written anew
SECONDS = 20.0
_TASK = "gongkai.documents.publishing.isolated:answer"
_count = 2


def set_processes(count: int) -> None:
    """How many processes there are; told before the first file is looked at."""
    global _count
    _count = count


def look(content: bytes, name: str) -> Looked:
    """As `publishing.look`."""
    said = _asked({"door": "look", "name": name}, content)
    return Looked(Accepted(**said["accepted"]), said["text"], tuple(said["findings"]))


def accept(content: bytes, name: str, limit: int = MAX_ATTACHMENT_BYTES) -> Accepted:
    """As `publishing.accept`."""
    return Accepted(**_asked({"door": "accept", "name": name, "limit": limit}, content))


def hidden_data(content: bytes, name: str) -> tuple[Hidden, ...]:
    """As `publishing.hidden_data`."""
    return tuple(Hidden(**found) for found in _asked({"door": "hidden", "name": name}, content))


def cleaned(content: bytes, name: str, remove: Collection[str] = frozenset((METADATA,))) -> bytes:
    """As `publishing.cleaned`."""
    words = [remove] if isinstance(remove, str) else sorted(remove)
    return _run({"door": "cleaned", "name": name, "remove": words}, content)


def page_html(content: bytes, name: str) -> Page:
    """As `publishing.page_html`."""
    said = _asked({"door": "page", "name": name}, content)
    images = tuple(
        PageImage(image["number"], image["name"], base64.b64decode(image["content"]), image["media_type"])
        for image in said.pop("images")
    )
    date = dt.date.fromisoformat(said.pop("date")) if said["date"] else said.pop("date")
    notes, notes_en = tuple(said.pop("notes")), tuple(said.pop("notes_en"))
    return Page(**said, images=images, date=date, notes=notes, notes_en=notes_en)


def _asked(question: dict[str, Any], content: bytes) -> Any:
    return json.loads(_run(question, content))


def _run(question: dict[str, Any], content: bytes) -> bytes:
    try:
        return _workers(_count).run(question, content)
    except DocumentError as error:
        # Where the process was ended, that is told in the words for annual reports.
        raise (refusal(error.code) if error.code in SAID_ANEW else error) from error


@cache
def _workers(count: int) -> Workers:
    limits = Limits(workers=count, seconds=SECONDS, memory=MAX_MEMORY, memory_scanning=MAX_MEMORY, tasks=50)
    return Workers(_TASK, limits)


def answer(question: Any, content: bytes) -> bytes:
    """One task of the process."""
    name = question["name"]
    if question["door"] == "cleaned":
        return _cleaned(content, name, question["remove"])
    if question["door"] == "look":
        return _written(asdict(_look(content, name)))
    if question["door"] == "accept":
        return _written(asdict(_accept(content, name, question["limit"])))
    if question["door"] == "hidden":
        return _written([asdict(found) for found in _hidden_data(content, name)])
    return _written(asdict(_page_html(content, name)))


def _written(said: Any) -> bytes:
    return json.dumps(said, default=_plain, ensure_ascii=False).encode("utf-8", "replace")


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else base64.b64encode(value).decode()
