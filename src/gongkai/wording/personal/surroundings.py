"""What stands around a number or a mail box: letters that make it part of a code, words of whose it is."""

from __future__ import annotations

import re
from typing import NamedTuple


class Hit(NamedTuple):
    """Personal data of a kind at a place; `role` and `variant` as in PersonalData."""

    kind: str
    start: int
    end: int
    role: str
    variant: str = ""


# Letters, slashes and the like make digits a part of an index number, a document number or a page's address.
# (Looking around after the match, not inside the pattern, takes a tenth of the time.)
_TOUCHING = frozenset("/\\_=%#&@+*ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz〔〕[]")
_BEFORE_PHONE = re.compile(
    r"(?<![A-Za-z])(?:tel|phone|mobile|mob|cell|wechat|weixin|wx|vx|fax|[TMtm])\Z|\+\Z"
)
_STOPS = frozenset("。;!?\n")


def touches(text: str, start: int, end: int) -> bool:
    """Whether something touches the digits that makes them a part of a longer code: XK1380…, XK-1380…"""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if before in _TOUCHING or after in _TOUCHING:
        return not (after not in _TOUCHING and _BEFORE_PHONE.search(text, max(0, start - 8), start))
    if before == "-" and text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalpha():
        return not _BEFORE_PHONE.search(text, max(0, start - 9), start - 1)
    return after == "-" and text[end + 1 : end + 2].isalpha() and text[end + 1].isascii()


def in_a_decimal(text: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a number with a decimal point: a coordinate, a long quotient."""
    return bool(
        (text[start - 1 : start] == "." and start > 1 and text[start - 2].isdigit())
        or (text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit())
    )


def sentence_start(text: str, end: int, reach: int = 120) -> int:
    """Where the sentence begins that `end` stands in, at most `reach` characters before."""
    lowest = max(0, end - reach)
    for index in range(end - 1, lowest - 1, -1):
        if text[index] in _STOPS:
            return index + 1
    return lowest
