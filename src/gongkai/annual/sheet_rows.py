"""How high a row of a worksheet must be for its wrapped text.

A workbook states its row heights; a program that opens one without them may print the lines of a long text
over the next row.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import ceil

LINE_POINTS = 15.0  # of the workbook's 11-point type
PADDING_POINTS = 5.0
HIGHEST = 409.0  # a limit of the file format
# A column's width counts figures of the workbook's type; words never fill a line to its end.
FILLED = 0.94


def row_height(cells: Iterable[tuple[str, float]], *, least: int = 1) -> float:
    """The height in points for texts beside each other, each with the width of its column.

    >>> row_height([("甲乙丙丁", 30.0)])
    20.0
    >>> row_height([("甲乙丙丁" * 10, 30.0), ("1", 8.0)])
    50.0
    """
    lines = max((text_lines(text, width) for text, width in cells), default=least)
    return min(HIGHEST, max(lines, least) * LINE_POINTS + PADDING_POINTS)


def text_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width; a Chinese character is two figures wide."""
    room = max(width * FILLED, 2.0)
    return sum(max(1, ceil(_figures(line) / room)) for line in text.split("\n"))


def _figures(line: str) -> float:
    return sum(2.0 if unicodedata.east_asian_width(character) in "WFA" else 1.0 for character in line)
