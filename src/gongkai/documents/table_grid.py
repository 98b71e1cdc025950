"""Where the cells of a table stand, and which tables only arrange a page (html and docx share both)."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.documents.intermediate import Cell
from gongkai.documents.limits import Budget

MAX_COLUMNS = 1_000  # html's own limit for a span
# A table with at least this many cells that hold no table themselves has data of its own.
_DATA_CELLS = 6
_NESTED_SHARE = 0.5


class Span(NamedTuple):
    """A cell as html states it: its text and how far it reaches; 0 rows mean to the end of the table."""

    text: str
    rowspan: int = 1
    colspan: int = 1


def place_rows(rows: list[list[Span]], budget: Budget) -> list[list[Cell]]:
    """Gives each cell its place in the grid: a cell takes the first column that none above reaches into."""
    placed: list[list[Cell]] = []
    taken: dict[int, int] = {}  # column -> last row that a cell from above reaches
    for number, row in enumerate(rows, 1):
        budget.check_time()
        cells: list[Cell] = []
        column = 1
        for span in row:
            while taken.get(column, 0) >= number:
                column += 1
            left = len(rows) - number + 1
            rowspan = min(span.rowspan or left, left)
            colspan = max(1, min(span.colspan, MAX_COLUMNS))
            cells.append(Cell(span.text, number, column, rowspan, colspan))
            if rowspan > 1:
                budget.take_cells(colspan)  # each place reached is remembered
                for reached in range(column, column + colspan):
                    taken[reached] = number + rowspan - 1
            column += colspan
        placed.append(cells)
    budget.take_cells(sum(map(len, placed)))
    return placed


def only_arranges(cells: int, cells_with_tables: int, characters: int, nested_characters: int) -> bool:
    """Whether a table merely arranges a page, so that its content is to be read as if it were not there.

    A table of one cell does. So does one that holds tables, unless it has a fair number of cells of its own
    and most of its text outside the tables in it: then those are notes within a cell.
    """
    if cells <= 1:
        return True
    if not cells_with_tables:
        return False
    return cells - cells_with_tables < _DATA_CELLS or nested_characters >= _NESTED_SHARE * characters
