"""A section's text as sentences, with the headings within it told from what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.wording.normal import compact

# A sentence with its closing sign, and with the quotation mark or bracket that closes behind it.
_CLOSING = "[。；！？!?;]+[”’」』）)】》〉]*"
_SENTENCE = re.compile(rf"[^。；！？!?;\n]+(?:{_CLOSING})?|{_CLOSING}")
_CLOSED = re.compile(f"{_CLOSING}$")
_NUMBER = re.compile(
    r"(?:[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．](?!\d))"
)
# What says that something was or was not done makes a short line a sentence.
_SAID = re.compile(r"[，,：:\d无未没不]")
# Characters of a heading behind its number: the longest of the statutory form's own sub-headings has 14.
LONGEST_HEADING = 20
# A heading that ends with a full stop, its text behind it in the same line: 主动公开, 政府信息公开平台建设.
LONGEST_CLOSED_HEADING = 10


class Sentence(NamedTuple):
    """A sentence as printed; a heading says nothing that could be copied."""

    words: str
    heading: bool


def split(text: str) -> list[Sentence]:
    """The sentences of a text in order. What is no word, as a bracket by itself, joins what is before.

    >>> split("（一）主动公开情况\\n公开信息3条。\\n）")
    [Sentence(words='（一）主动公开情况', heading=True), Sentence(words='公开信息3条。）', heading=False)]
    """
    pieces = _pieces(text)
    last = len(pieces) - 1
    return [Sentence(piece, _is_heading(piece, index < last)) for index, piece in enumerate(pieces)]


def without_headings(text: str) -> str:
    """The text's sentences, a line each, without its headings."""
    return "\n".join(sentence.words for sentence in split(text) if not sentence.heading)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _found(text):
        if pieces and not re.search(r"\w", piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _found(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.group()


def _is_heading(piece: str, goes_on: bool) -> bool:
    """Numbered and short, or a short line with something behind it; never one that states a fact."""
    words = compact(piece)
    number = _NUMBER.match(words)
    rest = words[number.end() :] if number else words
    closed = bool(_CLOSED.search(rest))
    if _SAID.search(rest.rstrip(":：")):
        return False
    if number and closed:
        return goes_on and len(rest) <= LONGEST_CLOSED_HEADING + 1
    return not closed and len(rest) <= LONGEST_HEADING and (goes_on or bool(number))
