"""A report's tables ready for print: rows the report does not have left out, every cell with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gongkai.annual.report import Report
from gongkai.annual.sheet import SheetCell, SheetTable, sheet_tables

# The statutory page (GB/T 9704): A4 with margins of 28 and 26 mm beside the text.
TEXT_WIDTH = 156.0
# Millimetres of the columns of labels; the figures share what is left of the text's width.
_LABEL_WIDTHS = {"proactive": (54.0,), "requests": (12.4, 18.8, 48.8), "remedies": (), "statistics": (112.0,)}
_POINTS_OF_A_MILLIMETRE = 72 / 25.4
_CLOSING_ROWS = 4
_DIGIT_WIDTH = 0.56  # of the size of the type, with a little air
_CELL_PADDING = 1.6  # millimetres, both sides together


class PlacedCell(NamedTuple):
    """A printed cell and the row and column it begins in, from 0."""

    cell: SheetCell
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table row by row, each row the cells that begin in it; `heads` leading rows are column headings."""

    code: str
    caption: str
    rows: tuple[tuple[PlacedCell, ...], ...]
    columns: int
    heads: int

    @property
    def on_one_page(self) -> bool:
        """Whether the table is kept together: tables 2 and 4 are short. Table 3 is as long as a page and that
        of 2014 longer: these go on with their heads repeated, where `kept_with_next` lets them."""
        return self.code in ("proactive", "remedies")

    def kept_with_next(self, row: int) -> bool:
        """Whether no page may end below a row.

        Table 3 goes on before one of its groups, (三)不予公开 and so on, which are never parted; that of
        2014 anywhere but below a row that is the heading of the next ones.
        """
        if row + 1 >= len(self.rows):
            return False
        if self.code == "statistics":
            return row < self.heads or self.heads_others(row) or row >= len(self.rows) - self.closing_rows
        if self.code == "requests":
            below = self.rows[row + 1]
            return not any(placed.cell.header == "rowgroup" and placed.cell.level for placed in below)
        return True

    @property
    def closing_rows(self) -> int:
        """How many rows at the end of a long table stay together, so that none stands alone on a page."""
        body = len(self.rows) - self.heads
        if self.code == "statistics":
            return min(_CLOSING_ROWS, body // 2)
        return 1 if self.code == "requests" and body > 1 and self._stands_alone(len(self.rows) - 1) else 0

    def _stands_alone(self, row: int) -> bool:
        """Whether no cell of a row above reaches down into it."""
        return not any(p.row + p.cell.rowspan > row for cells in self.rows[:row] for p in cells)

    def heads_others(self, row: int) -> bool:
        """Whether a row of the body is a heading without a figure of its own."""
        return row >= self.heads and not any(placed.cell.path for placed in self.rows[row])

    def widths(self) -> list[float]:
        """Of the columns, in millimetres; together `TEXT_WIDTH`."""
        labels = _LABEL_WIDTHS[self.code][: self.columns - 1]
        figures = self.columns - len(labels)
        return [*labels, *([(TEXT_WIDTH - sum(labels)) / figures] * figures)]

    def size_of(self, placed: PlacedCell, usual: float) -> float:
        """The size of type in points at which the cell's figure fits: the usual one unless it is long."""
        if placed.cell.path is None or not placed.cell.text:
            return usual
        width = sum(self.widths()[placed.column : placed.column + placed.cell.colspan]) - _CELL_PADDING
        fitting = width * _POINTS_OF_A_MILLIMETRE / (_DIGIT_WIDTH * len(placed.cell.text))
        return min(usual, round(fitting, 1))


def printed_tables(report: Report) -> list[PrintedTable]:
    """The tables of the form, in its order. The fees are not among them: section six tells them in words."""
    return [_printed(table) for table in sheet_tables(report) if table.code != "processing_fees"]


def _printed(table: SheetTable) -> PrintedTable:
    grid = _without_absent_rows(table, _grid(table))
    return PrintedTable(table.code, table.caption, _placed(grid), table.columns, table.heads)


_Grid = list[list[SheetCell]]  # each place of the grid with the cell that covers it


def _grid(table: SheetTable) -> _Grid:
    spots: dict[tuple[int, int], SheetCell] = {}
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in spots:
                column += 1
            for r in range(row, row + cell.rowspan):
                spots.update({(r, c): cell for c in range(column, column + cell.colspan)})
            column += cell.colspan
    empty = SheetCell("")
    return [[spots.get((r, c), empty) for c in range(table.columns)] for r in range(len(table.rows))]


def _without_absent_rows(table: SheetTable, grid: _Grid) -> _Grid:
    """A row that the report does not have is not printed; table 4 is one row and is printed whole.

    A block of table 2 without rows goes with its two rows of headings.
    """
    kept: _Grid = []
    heads: _Grid = []  # of a block of table 2, held back until a row of the block is printed
    for index, row in enumerate(grid):
        figures = [cell for cell in row if cell.path]
        if not figures and index >= table.heads and table.code == "proactive":
            heads = [*heads[-1:], row]
        elif figures and all(cell.state == "absent" for cell in figures) and table.code != "remedies":
            continue
        else:
            kept += [*heads, row]
            heads = []
    return kept


def _placed(grid: _Grid) -> tuple[tuple[PlacedCell, ...], ...]:
    """Each cell once, at its first place in the grid, with the rows counted that are left of it."""
    begun: dict[int, tuple[int, int]] = {}
    spans: dict[int, set[int]] = {}
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            begun.setdefault(id(cell), (r, c))
            spans.setdefault(id(cell), set()).add(r)
    rows: list[tuple[PlacedCell, ...]] = []
    for r, row in enumerate(grid):
        starting: Sequence[tuple[int, SheetCell]] = [
            (c, cell) for c, cell in enumerate(row) if begun[id(cell)] == (r, c)
        ]
        rows.append(
            tuple(PlacedCell(replace(cell, rowspan=len(spans[id(cell)])), r, c) for c, cell in starting)
        )
    return tuple(rows)
