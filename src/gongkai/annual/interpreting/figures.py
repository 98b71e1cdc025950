"""What a cell says: a figure, a blank, or words.

Texts come in normalised (half-width, simplified; see `gongkai.wording.normal.simplify`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from gongkai.annual.report import Number


class Kind(IntEnum):
    LABEL = 0
    FIGURE = 1
    BLANK = 2
    UNIT = 3  # a unit alone in its cell, as in the form of 2014


# Names of the module: a look-up in an enum takes four times as long, and pieces are many.
LABEL, FIGURE, BLANK, UNIT = Kind


UNIT_WORDS = r"(?:人次|万元|[件条个次篇人元项宗份起家例])"
# A note in a cell: 55(含自然失效 29 件). It never takes part in the figure.
_NOTE = r"(?:\([^()]*\)|\[[^\[\]]*\])"
FIGURE_PATTERN = rf"[+-]?(?:\d{{1,3}}(?:,\s?\d{{3}})+|\d+)(?:\.\d+)?\s?{UNIT_WORDS}?(?:\s?{_NOTE})?[*。;]?"
_FIGURE = re.compile(FIGURE_PATTERN)
_NUMBER = re.compile(r"[+-]?\d[\d,\s]*(?:\.\d+)?")
# Marks that stand for "nothing to report here" (the contract: never 0).
_BLANK = re.compile(r"[-/\\—–―_~ー×xX]{1,4}|无|空|不适用")
_UNIT_ALONE = re.compile(rf"{UNIT_WORDS}|\({UNIT_WORDS}\)")
# A figure with its unit and a note. What is longer is no figure, and Python refuses to make one of it.
LONGEST_FIGURE = 200
_GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_ZEROS = {"o": 0, "O": 0, "〇": 0, "零": 0, "○": 0, "Ｏ": 0}


def parse_figure(text: str) -> Number | None:
    """The number a cell's text states, None if the text is not a figure.

    >>> parse_figure("1,435"), parse_figure("55(含自然失效 29 件)"), parse_figure("930元")
    (1435, 55, 930)
    >>> parse_figure("1.规章") is None
    True
    """
    if len(text) > LONGEST_FIGURE:
        return None
    if text.isdecimal() and text.isascii():
        return int(text)
    if text in _ZEROS:
        return 0
    if not _FIGURE.fullmatch(text):
        return None
    return to_number(_NUMBER.match(text).group())  # type: ignore[union-attr]


def without_grouping(text: str) -> str:
    """A cell's text with the spaces taken out that group its digits: 1 234 567."""
    return text.replace(" ", "") if _GROUPED.fullmatch(text) else text


def to_number(text: str) -> Number:
    """Integers as integers, anything with a point as an exact decimal; thousands separators dropped."""
    digits = text.replace(",", "").replace(" ", "")
    if "." not in digits:
        return int(digits)
    value = Decimal(digits)
    return int(value) if value == value.to_integral_value() else value


@lru_cache(maxsize=4096)  # most cells say 0
def kind_of(text: str) -> tuple[Kind, Number | None]:
    """What one cell's stripped text is, with its value where it is a figure."""
    if not text:
        return BLANK, None
    value = parse_figure(text)
    if value is not None:
        return FIGURE, value
    if len(text) <= 6:
        text = "".join(text.split())  # a unit broken over two lines of a narrow cell
        if _BLANK.fullmatch(text):
            return BLANK, None
        if _UNIT_ALONE.fullmatch(text):
            return UNIT, None
    return LABEL, None
