"""The columns of a catalogue's table and the header rows that name them (data/checklist.toml, STD)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from gongkai.statute.catalogue.entries import plain
from gongkai.statute.data_files import data

FILE = "checklist.toml"
_LONGEST_LABEL = 20  # characters: a longer cell is no label
_LONGEST_CELL = 80  # with its blanks and signs
_ENOUGH = 3  # columns a row must name to be a header
_LOOKED_AT = 30  # rows: what stands above a table is short
_LEVEL = "level."


class LevelName(NamedTuple):
    """A level of government as catalogues name it (公开层级): `county`, 县级."""

    code: str
    zh: str
    en: str


class Column(NamedTuple):
    """A column. `under`: the column it is a part of, in a second row; `required`: must not be empty."""

    code: str
    zh: str
    en: str
    labels: tuple[str, ...]
    under: str
    required: bool


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows `first` to `last` (from 0), and the code of each column, "" for those not known.

    Columns of levels are `level.county`, `level.township`, `level.township+village` …
    """

    first: int
    last: int
    codes: tuple[str, ...]

    def has(self, code: str) -> bool:
        return code in self.codes

    def text(self, row: Sequence[str], code: str) -> str:
        """What a row holds in the columns of that code; the texts of several, each once, in order."""
        texts = [row[index] for index, known in enumerate(self.codes) if known == code and index < len(row)]
        return "\n".join(dict.fromkeys(text for text in texts if text.strip()))

    def levels(self) -> list[tuple[int, tuple[str, ...]]]:
        """The columns of single levels, by index."""
        return [
            (index, tuple(code.removeprefix(_LEVEL).split("+")))
            for index, code in enumerate(self.codes)
            if code.startswith(_LEVEL)
        ]


@cache
def columns() -> tuple[Column, ...]:
    """Every column, in the order of a standard catalogue."""
    return tuple(
        Column(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            labels=tuple(plain(label) for label in row["labels"]),
            under=row.get("under", ""),
            required=row.get("required", False),
        )
        for row in data(FILE)["column"]
    )


@cache
def checklist_levels() -> tuple[LevelName, ...]:
    """The levels a catalogue may name, from the nation down to the village."""
    return tuple(LevelName(row["code"], row["zh"], row["en"]) for row in data(FILE)["level"])


def levels_named(text: str) -> tuple[str, ...]:
    """The levels a label or a cell names, from the nation down: `乡、村级` both of them."""
    plainly = text.replace("社区", "村")  # whose last character and “级” would make a district of it
    found = [row["code"] for row in data(FILE)["level"] if any(word in plainly for word in row["words"])]
    if not found and plain(text) in ("市", "市本级"):
        return ("prefecture",)
    return tuple(found)


def find_header(grid: Sequence[Sequence[str]], start: int = 0) -> Header | None:
    """The header from row `start` on, with the second row that parts its columns; None if there is none."""
    for index in range(start, min(len(grid), start + _LOOKED_AT)):
        if row_is_header(grid[index]):
            return _header(grid, index)
    return None


def row_is_header(row: Sequence[str]) -> bool:
    """Whether a row names columns: at least three, among them what is disclosed."""
    found = {code for cell in row if (code := _code(cell))}
    tops = {_under(code) or code for code in found}
    return len(tops) >= _ENOUGH and bool(tops & {"item", "content"}) and len(found) >= _ENOUGH


def _header(grid: Sequence[Sequence[str]], index: int) -> Header:
    top = list(grid[index])
    codes = [_code(cell) for cell in top]
    last = index
    while last + 1 < len(grid) and last - index < 2 and _parts(grid[last + 1], codes):
        last += 1
        codes = _parted(codes, grid[last])
    return Header(index, last, tuple(_items_in_order(codes)))


def _parts(row: Sequence[str], codes: Sequence[str]) -> bool:
    """Whether a row is the second of a header: it names parts of columns, and has labels only.

    A row that says one thing across all its cells is the heading of a section, whatever word it begins with.
    """
    if len({cell.strip() for cell in row if cell.strip()}) == 1 and len(row) > 1:
        return False
    parts = sum(1 for index, cell in enumerate(row) if _part(cell, _top(codes, index)))
    return parts >= 2 and all(
        not cell.strip() or _code(cell) or _part(cell, _top(codes, index)) for index, cell in enumerate(row)
    )


def _parted(codes: Sequence[str], row: Sequence[str]) -> list[str]:
    width = max(len(codes), len(row))
    found = []
    for index in range(width):
        own = codes[index] if index < len(codes) else ""
        cell = row[index] if index < len(row) else ""
        found.append(_part(cell, _top(codes, index)) or own)
    return found


def _top(codes: Sequence[str], index: int) -> str:
    """The column above: where merged cells are left empty, the one named last before it."""
    for code in reversed(codes[: index + 1]):
        if code:
            return _under(code) or code
    return ""


def _part(cell: str, top: str) -> str:
    """The part of a column that a cell of the second header row names, "" if none."""
    label = _label(cell)
    if not label:
        return ""
    for one in columns():
        if one.under and _fits(label, one):
            return one.code
    if top == "level" or label.endswith("级"):
        levels = levels_named(label)
        return _LEVEL + "+".join(levels) if levels else ""
    return ""


def _code(cell: str) -> str:
    """The column a cell of a header names, "" if none: by the longest label it is or begins with."""
    label = _label(cell)
    if not label:
        return ""
    best = ("", 0)
    for one in columns():
        for known in one.labels:
            exact = label == known
            if (exact or (len(known) > 2 and label.startswith(known))) and len(known) + exact > best[1]:
                best = (one.code, len(known) + exact)
    return best[0]


def _label(cell: str) -> str:
    """What a cell says if it is short enough to be a label; else ""."""
    label = plain(cell) if len(cell) <= _LONGEST_CELL else ""
    return label if len(label) <= _LONGEST_LABEL else ""


def _fits(label: str, column: Column) -> bool:
    return any(label == known or (len(known) > 2 and label.startswith(known)) for known in column.labels)


def _under(code: str) -> str:
    if code.startswith(_LEVEL):
        return "level"
    return next((one.under for one in columns() if one.code == code), "")


def _items_in_order(codes: Sequence[str]) -> list[str]:
    """“公开事项” over columns that no second row parts: the first level, then the second, then the third."""
    free = [code for code in ("first", "second", "third") if code not in codes]
    found = []
    for code in codes:
        if code == "item":
            found.append(free.pop(0) if len(free) > 1 else free[0] if free else "")
        else:
            found.append(code)
    return found
