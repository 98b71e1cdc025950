"""Which characters the fonts that are embedded in a pdf have, and what stands in for the others."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib import resources

# Printers' mark for a character that is not in the case; the fonts have it.
STAND_IN = "〓"
_FILE = resources.files("gongkai.documents").joinpath("fonts", "characters.txt")


def missing_characters(text: str) -> list[str]:
    """The characters of a text that no font has, each once, in order. Line breaks need no font."""
    starts, ends = _runs()
    found = []
    for character in dict.fromkeys(text):
        code = ord(character)
        at = bisect_right(starts, code) - 1
        if character != "\n" and (at < 0 or code > ends[at]):
            found.append(character)
    return found


def with_stand_ins(text: str) -> str:
    """The text with `STAND_IN` for each character that no font has: a pdf for archives may have no gap."""
    for character in missing_characters(text):
        text = text.replace(character, STAND_IN)
    return text


@cache
def _runs() -> tuple[list[int], list[int]]:
    """First and last code point of every run of characters, rising."""
    lines = _FILE.read_text("utf-8")
    runs = [line.partition("-") for line in lines.splitlines() if line and not line.startswith("#")]
    return [int(a, 16) for a, _, _ in runs], [int(b or a, 16) for a, _, b in runs]
