"""A table that stands in a text file: its rows know the lines they begin in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.documents.intermediate import Cell, Place, Table


@dataclass(slots=True)
class TextTable(Table):
    """A `Table` whose rows stand in lines of the file; `row_lines` gives each row's first, from 1."""

    row_lines: list[int] = field(default_factory=list)

    def place(self, cell: Cell) -> Place:
        return Place(self.page, self.row_lines[cell.row - 1], None, self.number, cell.row, cell.column)


def rows_of(groups: Sequence[Sequence[int]], texts: Mapping[int, str]) -> list[list[Cell]]:
    """The cells of a grid, row by row. `groups` names for each place of the grid the cell it belongs to."""
    reach: dict[int, list[int]] = {}
    for row, names in enumerate(groups, 1):
        for column, name in enumerate(names, 1):
            first = reach.setdefault(name, [row, column, row, column])
            first[1] = min(first[1], column)
            first[2] = row
            first[3] = max(first[3], column)
    rows: list[list[Cell]] = [[] for _ in groups]
    for name, (top, left, bottom, right) in reach.items():
        cell = Cell(texts.get(name, ""), top, left, bottom - top + 1, right - left + 1)
        rows[top - 1].append(cell)
    for cells in rows:
        cells.sort(key=lambda cell: cell.column)
    return rows
