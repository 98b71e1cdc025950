"""mht: a web page in one file, as browsers and Word save it; its page is found and read as html."""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from gongkai.documents.html import read_html
from gongkai.documents.intermediate import Document
from gongkai.documents.limits import MAX_MARKUP_BYTES, Budget, damaged, too_large

_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n|\Z")
_LONGEST_HEAD = 64 * 1024  # bytes; some programs list every file's address
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_MOST_PARTS = 2_000
_DEEPEST = 3  # multiparts within multiparts
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


class _Part(NamedTuple):
    """A part's head, its names in small letters, and its body as it is written."""

    head: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.head.get("content-type", "").partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str:
        found = re.search(
            rf';\s*{name}\s*=\s*(?:"([^"]*)"|([^\s;]+))', self.head.get("content-type", ""), re.I
        )
        return (found[1] or found[2] or "") if found else ""


def read_mht(content: bytes, source: str, budget: Budget) -> Document:
    """The page of a web archive as `Line`s and `Table`s: of its pages the one with most in it.

    A framed page has its text in a part of its own. Raises damaged, too_large, too_complex, too_slow.
    """
    pages = [
        page
        for part in _parts(_part(content.lstrip()), budget, 0)
        if part.kind in _PAGE_TYPES and (page := _decoded(part))
    ]
    if not pages:
        raise damaged("mht", "no page in it")
    page = max(pages, key=len)
    return replace(read_html(page, source, budget), kind="mht")


def _part(content: bytes) -> _Part:
    end = _HEAD_END.search(content, 0, _LONGEST_HEAD)
    if end is None:
        return _Part({}, b"")
    head: dict[str, str] = {}
    for line in _FOLDED.sub(b" ", content[: end.start()]).decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            head.setdefault(name.strip().lower(), value.strip())
    return _Part(head, content[end.end() :])


def _parts(part: _Part, budget: Budget, depth: int) -> Iterator[_Part]:
    """The parts that hold something themselves."""
    boundary = part.parameter("boundary").encode("latin-1")
    if not part.kind.startswith("multipart/") or not boundary or depth > _DEEPEST:
        yield part
        return
    pieces = part.body.split(b"--" + boundary, _MOST_PARTS)
    for piece in pieces[1:]:
        budget.check_time()
        if piece.startswith(b"--"):
            break
        yield from _parts(_part(piece.lstrip(b"\r\n")), budget, depth + 1)


def _decoded(part: _Part) -> bytes:
    """The page as utf-8 where its head names an encoding, else as it is: it may name its own."""
    how = part.head.get("content-transfer-encoding", "").lower()
    body = part.body
    if how == "quoted-printable":
        body = quopri.decodestring(body)
    elif how == "base64":
        try:
            body = binascii.a2b_base64(body)
        except binascii.Error as error:
            raise damaged("mht", str(error)) from error
    if len(body) > MAX_MARKUP_BYTES:
        raise too_large(MAX_MARKUP_BYTES)
    charset = part.parameter("charset")
    try:
        codec = codecs.lookup("gb18030" if charset.lower() in ("gb2312", "gbk") else charset)
        return body.decode(codec.name).encode() if charset else body
    except (LookupError, UnicodeError, ValueError):
        return body  # the page is asked itself
