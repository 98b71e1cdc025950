"""The tables as the statutory form draws them: cells with their spans, for every layout that has cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from tests.annual.printing.printed import Block, Printed, Remedies, Requests, StatisticsRow


@dataclass(frozen=True)
class GridCell:
    text: str
    row: int  # from 0
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass
class Grid:
    """Cells in reading order. `width` columns, `height` rows; `body` is the first row that is no heading."""

    cells: list[GridCell]
    width: int
    height: int
    body: int = 0

    def expanded(self, repeat: bool = False) -> list[list[str]]:
        """Every row with all its columns: a covered place is blank, or repeats the text."""
        rows = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    if repeat or (row, column) == (cell.row, cell.column):
                        rows[row][column] = cell.text
        return rows

    def begun(self) -> list[list[GridCell]]:
        """The cells that begin in each row, as html has them."""
        return [[cell for cell in self.cells if cell.row == row] for row in range(self.height)]

    def saved_as_text(self) -> list[list[str]]:
        """The cells of each row as a word processor saves them: a span over rows leaves blanks."""
        rows: list[list[str]] = []
        for row in range(self.height):
            here = [cell for cell in self.cells if cell.row <= row < cell.row + cell.rowspan]
            here.sort(key=lambda cell: cell.column)
            rows.append([cell.text if cell.row == row else "" for cell in here])
        return rows

    def part(self, first: int, last: int) -> Grid:
        """Rows `first` to `last` (exclusive) as a table of their own; spans are cut at the edges."""
        cells = []
        for cell in self.cells:
            top, bottom = max(cell.row, first), min(cell.row + cell.rowspan, last)
            if top < bottom:
                cells.append(GridCell(cell.text, top - first, cell.column, bottom - top, cell.colspan))
        return Grid(cells, self.width, last - first)


def plain_grid(rows: list[list[str]], body: int = 1) -> Grid:
    width = max(map(len, rows))
    cells = [GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]
    cells += [GridCell("", r, c) for r, row in enumerate(rows) for c in range(len(row), width)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells, width, len(rows), body)


def block_grid(block: Block, width: int = 0) -> Grid:
    """One block of table 2; the last cell of a row reaches to `width`, as in the form's one table."""
    width = max(width, len(block.columns) + 1)
    cells = [GridCell(block.item, 0, 0, 1, width)]
    rows = [(block.corner, *block.columns), *((row.label, *row.values) for row in block.rows)]
    for index, row in enumerate(rows, 1):
        spare = width - len(row)
        cells += [
            GridCell(text, index, c, 1, 1 + spare if c == len(row) - 1 else 1) for c, text in enumerate(row)
        ]
    return Grid(cells, width, len(block.rows) + 2, 2)


def proactive_grid(blocks: list[Block]) -> Grid:
    """The blocks of table 2 under each other in one table."""
    width = max(len(block.columns) + 1 for block in blocks)
    return _under_each_other([block_grid(block, width) for block in blocks])


def side_by_side_grid(blocks: list[Block]) -> Grid:
    """The blocks of table 2 beside each other: one row of headings, one or two rows of figures."""
    cells: list[GridCell] = []
    left = 0
    for block in blocks:
        grid = block_grid(block)
        cells += [GridCell(c.text, c.row, c.column + left, 1, c.colspan) for c in grid.cells]
        if len(block.rows) == 1:
            cells += [GridCell("", 3, left + column) for column in range(grid.width)]
        left += grid.width
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells, left, 4, 2)


def _under_each_other(grids: list[Grid]) -> Grid:
    cells: list[GridCell] = []
    top = 0
    for grid in grids:
        cells += [GridCell(c.text, c.row + top, c.column, c.rowspan, c.colspan) for c in grid.cells]
        top += grid.height
    return Grid(cells, grids[0].width, top)


def requests_grid(table: Requests) -> Grid:
    """Table 3: three columns of labels, seven of figures; three rows of headings."""
    names = table.columns
    cells = [
        GridCell(table.note, 0, 0, 3, 3),
        GridCell(table.kind_heading, 0, 3, 1, 7),
        GridCell(names[0], 1, 3, 2, 1),
        GridCell(table.organisations, 1, 4, 1, 5),
        GridCell(names[6], 1, 9, 2, 1),
        *(GridCell(name, 2, 4 + i) for i, name in enumerate(names[1:6])),
    ]
    for depth in (0, 1):
        top = 3
        for key, rows in groupby(table.rows, key=lambda row: row.groups[: depth + 1]):
            height = len(list(rows))
            if len(key) > depth:
                cells.append(GridCell(key[depth], top, depth, height, 1))
            top += height
    for index, row in enumerate(table.rows, 3):
        left = len(row.groups)
        cells.append(GridCell(row.label, index, left, 1, 3 - left))
        cells += [GridCell(value, index, 3 + i) for i, value in enumerate(row.values)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells, 10, 3 + len(table.rows), 3)


def remedies_grid(table: Remedies) -> Grid:
    """Table 4: fifteen figures in one row under three rows of headings."""
    cells = [
        GridCell(table.groups[0], 0, 0, 1, 5),
        GridCell(table.litigation, 0, 5, 1, 10),
        *(GridCell(name, 1, i, 2, 1) for i, name in enumerate(table.columns)),
        GridCell(table.groups[1], 1, 5, 1, 5),
        GridCell(table.groups[2], 1, 10, 1, 5),
        *(GridCell(name, 2, 5 + i) for i, name in enumerate(table.columns * 2)),
    ]
    figures = [value for group in table.values for value in group]
    cells += [GridCell(value, 3, i) for i, value in enumerate(figures)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells, 15, 4, 3)


def statistics_grid(report: Printed) -> Grid:
    rows = [list(report.statistics_head)]
    rows += [[_indented(row), row.unit, row.value] for row in report.statistics]
    return plain_grid(rows)


def _indented(row: StatisticsRow) -> str:
    return "  " * row.level + row.label
