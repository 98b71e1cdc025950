"""A body as readers see it: pictures with their own addresses, marks on the words that checks found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import NamedTuple

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.documents.publishing import text_of
from gongkai.documents.publishing.markup import VOCABULARY
from gongkai.documents.publishing.page_blocks import CLASSES

_FOOTNOTE = re.compile(r"(?:fn|fnref)-\d{1,4}")
_PICTURE = re.compile(r'src="image:([0-9]{1,6})"')
_TOKEN = re.compile(r'<(?:[^>"]|"[^"]*")*>|[^<]+|<')
_CHARACTER = re.compile(r"&[^;\s<&]{1,32};|.", re.DOTALL)
# A longer body is shown without marks: somebody waits for the page.
_MOST_MARKED = 600_000


class Place(NamedTuple):
    """Words of a body's plain text, from `start` to `end`, that get the id `name`."""

    name: str
    start: int
    end: int


def body_view(body: str, picture: Callable[[int], str], places: Sequence[Place] = ()) -> SafeString:
    """The body as safe html. It was cleaned when it was written; it is once more, whoever wrote it.

    `picture`: the address of the picture of that number. A place that cannot be found again gets no mark.
    """
    clean = nh3.clean(
        body,
        tags=set(VOCABULARY),
        attributes={name: set(allowed) for name, allowed in VOCABULARY.items() if allowed},
        attribute_filter=_bounded,
        url_schemes={"http", "https", "mailto", "image"},
        link_rel="noopener noreferrer",
    )
    if places and len(clean) <= _MOST_MARKED:
        clean = _marked(clean, text_of(body), places)
    shown = _PICTURE.sub(lambda found: f'src="{escape(picture(int(found[1])))}" loading="lazy"', clean)
    return mark_safe(shown)  # noqa: S308 - cleaned above; addresses are escaped


def _bounded(_tag: str, name: str, value: str) -> str | None:
    """Ids are those of footnotes, classes ours: nothing in a body takes the place of a part of the page."""
    if name == "id":
        return value if _FOOTNOTE.fullmatch(value) else None
    if name == "class":
        return value if value in CLASSES else None
    return value


class _Stretch(NamedTuple):
    """A place, counted in characters that are no blanks: plain text and html have these alike."""

    name: str
    start: int
    end: int
    words: str


def _marked(html: str, text: str, places: Sequence[Place]) -> str:
    stretches = _stretches(text, places)
    if not stretches:
        return html
    written, covered = _written(html, stretches)
    return written if covered == [one.words for one in stretches] else html


def _stretches(text: str, places: Sequence[Place]) -> list[_Stretch]:
    """Places in order, none overlapping the one before."""
    found: list[_Stretch] = []
    at = count = 0
    for place in sorted(places, key=lambda one: (one.start, one.end)):
        if not at <= place.start < place.end <= len(text):
            continue
        count += len("".join(text[at : place.start].split()))
        words = "".join(text[place.start : place.end].split())
        if words:
            found.append(_Stretch(place.name, count, count + len(words), words))
        count += len(words)
        at = place.end
    return found


def _written(html: str, stretches: Sequence[_Stretch]) -> tuple[str, list[str]]:
    """The html with marks, and the words that each mark has come to stand around."""
    out: list[str] = []
    covered = [""] * len(stretches)
    count = at = 0
    is_open = False
    for token in _TOKEN.findall(html):
        if token.startswith("<") and len(token) > 1:
            # A mark ends before a tag and goes on behind it: marks never cross elements.
            out.append("</mark>" if is_open else "")
            is_open = False
            out.append(token)
            continue
        for one in _CHARACTER.findall(token):
            if unescape(one).isspace():
                out.append(one)
                continue
            while at < len(stretches) and count >= stretches[at].end:
                at += 1
            if at < len(stretches) and count >= stretches[at].start:
                if not is_open:
                    name = f' id="{stretches[at].name}"' if not covered[at] else ""
                    out.append(f'<mark class="found"{name}>')
                    is_open = True
                covered[at] += unescape(one)
            count += 1
            out.append(one)
            if is_open and count >= stretches[at].end:
                out.append("</mark>")
                is_open = False
        out.append("</mark>" if is_open else "")
        is_open = False
    return "".join(out), covered
