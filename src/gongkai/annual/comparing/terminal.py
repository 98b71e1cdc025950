"""Lines for a terminal of some width, in which a Chinese character takes two columns."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence

# Where nobody looks on (a file, a pipe) and COLUMNS says nothing.
WIDTH_OF_A_FILE = 100
# In a narrower one a Chinese line would hold a handful of characters.
NARROWEST = 24
# What stays in one line: a run of Latin letters and digits, or one character with the signs that close it.
_UNIT = re.compile(r"[!-~]+[，。；：！？、）】》”’…]*|.[，。；：！？、）】》”’…]*", re.DOTALL)


def terminal_width() -> int:
    """Columns of the terminal; `COLUMNS` where it is set, 100 where standard output is no terminal."""
    return max(NARROWEST, shutil.get_terminal_size((WIDTH_OF_A_FILE, 24)).columns)


def columns_of(text: str) -> int:
    """Columns a terminal gives a text: two for each wide character, none for marks set upon another.

    >>> columns_of("3件"), columns_of("é")
    (3, 1)
    """
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def wrapped(text: str, width: int, indent: str = "", further: str | None = None) -> Iterator[str]:
    """The text in lines of at most `width` columns; lines after the first begin with `further`.

    Signs that close do not begin a line. A run of letters longer than a line is cut.

    >>> list(wrapped("公开信息3条。", 8, "- ", "  "))
    ['- 公开信', '  息3', '  条。']
    """
    further = indent if further is None else further
    line = indent
    empty = True
    for unit in _units(text, width - max(columns_of(indent), columns_of(further))):
        if not empty and columns_of(line) + columns_of(unit.rstrip()) > width:
            yield line.rstrip()
            line, empty, unit = further, True, unit.lstrip()
        line += unit
        empty = empty and not unit
    yield line.rstrip()


def _units(text: str, room: int) -> Iterator[str]:
    for unit in _UNIT.findall(" ".join(text.split())):
        while columns_of(unit) > room and len(unit) > 1:
            at = next(n for n in range(len(unit), 0, -1) if n == 1 or columns_of(unit[:n]) <= room)
            yield unit[:at]
            unit = unit[at:]
        yield unit


def widths_of(rows: Sequence[Sequence[str]]) -> list[int]:
    """The widest text of each column, in columns of a terminal."""
    return [max(map(columns_of, column)) for column in zip(*rows, strict=True)]


def to_the_right(texts: Sequence[str], widths: Sequence[int]) -> str:
    """Texts set to the right of their columns, two spaces between them."""
    return "  ".join(
        " " * (width - columns_of(text)) + text for text, width in zip(texts, widths, strict=True)
    )


def filled(text: str, width: int) -> str:
    return text + " " * (width - columns_of(text))
