"""Rows of figures read out of pieces: which pieces are a row's cells, under every layout.

The reading that satisfies the identities is taken; where none does, what is written is taken as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from gongkai.annual.interpreting.figures import BLANK, FIGURE
from gongkai.annual.interpreting.pieces import Piece

Cells = tuple[Piece | None, ...]  # one row; None: a cell that is blank without a place of its own
Matrix = list[Cells | None]  # None: a row that could not be read


def value(piece: Piece | None) -> int:
    """A cell's figure for sums, a blank counting as nothing."""
    return piece.value if piece is not None and piece.value is not None else 0  # type: ignore[return-value]


def row_sum_holds(cells: Cells) -> bool:
    """FMT.T3.A and FMT.T4.A: the last cell is the sum of the others."""
    return sum(map(value, cells[:-1])) == value(cells[-1])


def fits(items: Sequence[Piece], width: int) -> list[Cells]:
    """The ways in which the pieces after a label can be its `width` cells, the likeliest first.

    `items` holds figures and visible blanks in their order.
    """
    figures = [p for p in items if p.kind is FIGURE]
    if len(figures) == width:
        return [tuple[Piece | None, ...](figures)]
    filled = [p for p in items if p.filled]
    if len(filled) == width:
        return [tuple[Piece | None, ...](filled)]
    for cells in (figures, filled):
        if len(cells) > width:
            windows: list[Cells] = [tuple(cells[i : i + width]) for i in range(len(cells) - width + 1)]
            return _likeliest_first(windows)
    if len(items) >= width:
        windows = [tuple(items[i : i + width]) for i in range(len(items) - width + 1)]
        whole = [w for w in windows if _filled(w) == len(filled)]
        return _likeliest_first(whole)
    if not figures:
        return []
    return _placements(figures, width)


def _likeliest_first(windows: Sequence[Cells]) -> list[Cells]:
    """Readings whose sum holds before others, then those with a figure in the total."""
    return sorted(windows, key=lambda w: (not row_sum_holds(w), w[-1] is None or w[-1].kind is not FIGURE))


def _filled(cells: Sequence[Piece | None]) -> int:
    return sum(piece is not None and piece.filled for piece in cells)


def _placements(figures: list[Piece], width: int) -> list[Cells]:
    """Fewer figures than cells and no blank to be seen: the places that satisfy the row's sum."""
    found: list[Cells] = []
    for columns in combinations(range(width), len(figures)):
        cells: list[Piece | None] = [None] * width
        for column, piece in zip(columns, figures, strict=True):
            cells[column] = piece
        if row_sum_holds(tuple(cells)) and value(cells[-1]) > 0:
            found.append(tuple(cells))
    return found


def rowwise(items: Sequence[Piece], rows: int, width: int) -> Matrix | None:
    """All cells in one run, row after row."""
    if len(items) != rows * width:
        return None
    return [tuple(items[r * width : (r + 1) * width]) for r in range(rows)]


def columnwise(items: Sequence[Piece], rows: int, width: int) -> Matrix | None:
    """All cells in one run, column after column."""
    if len(items) != rows * width:
        return None
    return [tuple(items[c * rows + r] for c in range(width)) for r in range(rows)]


def runs(pieces: Sequence[Piece], size: int) -> Iterator[list[Piece]]:
    """The runs of `size` cells that a table's pieces hold in all: its figures, or figures with the blanks.

    Where a few figures too many stand around, the first and the last run of that size are offered.
    """
    figures = [p for p in pieces if p.kind is FIGURE]
    cells = [p for p in pieces if p.kind in (FIGURE, BLANK)]
    for run in (figures, cells):
        if len(run) == size:
            yield run
        elif size < len(run) <= size + 12:
            yield run[:size]
            yield run[len(run) - size :]


def windows(cells: Sequence[Piece], rows: int, width: int) -> Iterator[Matrix]:
    """The stretches of `cells` that are a whole table, row by row or column by column: every row's sum holds.

    A stretch of nothing but zeros proves nothing and is left out.
    """
    values = [value(cell) for cell in cells]
    size = rows * width
    sums = [sum(values[i : i + width - 1]) == values[i + width - 1] for i in range(len(values) - width + 1)]
    for start in range(len(values) - size + 1):
        if not any(values[start : start + size]):
            continue
        run = cells[start : start + size]
        if all(sums[start + r * width] for r in range(rows)):
            yield [tuple(run[r * width : (r + 1) * width]) for r in range(rows)]
        columns = [values[start + c * rows : start + (c + 1) * rows] for c in range(width)]
        if all(sum(row[:-1]) == row[-1] for row in zip(*columns, strict=True)):
            yield [tuple(run[c * rows + r] for c in range(width)) for r in range(rows)]


def settle(choices: list[list[Cells]], violations: Callable[[Matrix], int]) -> Matrix:
    """One reading a row, so that as few identities as possible are violated.

    Starts from each row's likeliest reading and changes one row at a time while that mends something.
    """
    matrix: Matrix = [options[0] if options else None for options in choices]
    open_rows = [i for i, options in enumerate(choices) if len(options) > 1]
    if not open_rows:
        return matrix
    worst = violations(matrix)
    for _ in range(4):
        if not worst:
            break
        before = worst
        for i in open_rows:
            kept = matrix[i]
            for option in choices[i][:40]:
                matrix[i] = option
                count = violations(matrix)
                if count < worst:
                    worst, kept = count, option
            matrix[i] = kept
        if worst == before:
            break
    return matrix
