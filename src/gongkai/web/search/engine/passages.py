"""A passage of a text that shows why it was found, with the words marked.

Places are those of the text as it stands; the html has everything else escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.asking import stop_words

LENGTH = 120  # characters
_BEFORE = 24  # characters shown before the first word marked
_SEARCHED = 200_000
_MOST_MARKS = 2_000
_ENDS = "。！？；\n"


class Passage(NamedTuple):
    """`html`: with <mark> round what was looked for; `held`: how many different words it shows."""

    html: str
    held: int


def pattern_of(needles: Sequence[str]) -> re.Pattern[str] | None:
    """What to look for in folded texts; longer words first. Blanks in a text do not part a word.

    >>> pattern_of(["防汛", "防汛抗旱"]).findall("防 汛抗旱和防汛")
    ['防 汛抗旱', '防汛']
    """
    found = sorted({one for one in map(_looked_for, needles) if one}, key=len, reverse=True)
    if not found:
        return None
    words = [r"\s*".join(map(re.escape, one)) if terms.is_han(one) else _whole(one) for one in found]
    return re.compile("|".join(words))


def parts_of(needles: Sequence[str]) -> list[str]:
    """The words, and the words inside them, for a text that does not hold them whole."""
    inside = [part for one in needles for part in terms.words(one) if part not in stop_words()]
    return list(dict.fromkeys([*needles, *inside]))


def marked(text: str, pattern: re.Pattern[str] | None) -> str:
    """The whole text with the words marked.

    >>> marked("<防汛>", pattern_of(["防汛"]))
    '&lt;<mark>防汛</mark>&gt;'
    """
    return _html(text, 0, len(text), _places(text, pattern))


def passage(text: str, pattern: re.Pattern[str] | None) -> Passage:
    """The part of a text, of LENGTH at most, with the most different words; its beginning if it has none."""
    text = text[:_SEARCHED]
    places = _places(text, pattern)
    if not places:
        return Passage(_html(text, 0, min(len(text), LENGTH), []), 0)
    best, held = places[0], 0
    for at, place in enumerate(places):
        inside = set()
        for other in places[at:]:
            if other[1] > place[0] + LENGTH - _BEFORE:
                break
            inside.add(text[other[0] : other[1]])
        weight = sum(min(len(one), 4) for one in inside)
        if weight > held:
            best, held = place, weight
            shown = len(inside)
    start = _begin(text, best[0])
    return Passage(_html(text, start, _end(text, start, places), places), shown)


def _looked_for(needle: str) -> str:
    return needle.strip()


def _whole(needle: str) -> str:
    """Letters and digits are found as whole words."""
    escaped = re.escape(needle)
    before = r"(?<![0-9a-z])" if needle[0].isascii() and needle[0].isalnum() else ""
    after = r"(?![0-9a-z])" if needle[-1].isascii() and needle[-1].isalnum() else ""
    return f"{before}{escaped}{after}"


def _places(text: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    if pattern is None:
        return []
    found: list[tuple[int, int]] = []
    for one in pattern.finditer(terms.folded(text)):
        if one.end() > one.start():
            found.append(one.span())
        if len(found) >= _MOST_MARKS:
            break
    return found


def _begin(text: str, at: int) -> int:
    """Where a passage begins: with its sentence if that begins near enough, else a little before the word."""
    earliest = max(0, at - _BEFORE)
    if earliest == 0:
        return 0
    ends = [text.rfind(sign, earliest, at) for sign in _ENDS]
    return max(max(ends) + 1, earliest)


def _end(text: str, start: int, places: Sequence[tuple[int, int]]) -> int:
    """Where a passage ends: not within a word that is marked, unless it begins with it."""
    end = min(len(text), start + LENGTH)
    return next((first for first, last in places if start < first < end < last), end)


def _html(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> str:
    parts = ["…" if start else ""]
    at = start
    for first, last in places:
        if last <= at or first >= end:
            continue
        first, last = max(first, at), min(last, end)
        parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
        at = last
    parts += [escape(text[at:end]), "…" if end < len(text) else ""]
    return " ".join("".join(parts).split())
