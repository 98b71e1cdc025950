"""Table 4: reconsideration and litigation (FMT.T4). Three groups of five figures, mostly in one row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from gongkai.annual.forms import form
from gongkai.annual.interpreting import matrix as mx
from gongkai.annual.interpreting import page_numbers
from gongkai.annual.interpreting.figures import BLANK, FIGURE, LABEL
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.words import LONGEST_LABEL, core

GROUPS, WIDTH = 3, 5
_COLUMN = re.compile("维持|纠正|其他结果|审结|总计")
# Heads come broken in every way, down to one character each; of these none is missing, and no other table
# has all of them.
_MARKS = frozenset("维纠审")
CHARACTERS = frozenset("行政复议诉讼结果维持纠正其他尚未审总计经直接起后")


@dataclass(slots=True)
class Located:
    start: int
    end: int


def _belongs(piece: Piece) -> bool:
    if piece.kind is not LABEL:
        return True
    if len(piece.text) > LONGEST_LABEL:
        return False
    return CHARACTERS.issuperset(core(piece.text))


def locate(pieces: Sequence[Piece], start: int, end: int) -> Located | None:
    """The stretch of table 4 in `pieces[start:end]`: its heads and figures, None if it is not there.

    Without heads, a row of fifteen cells counts: no other table of the report has as many.
    """
    best: Located | None = None
    at = start
    while at < end:
        if not _belongs(pieces[at]) or pieces[at].kind is not LABEL:
            at += 1
            continue
        stop = at
        while stop < end and _belongs(pieces[stop]):
            stop += 1
        words = "".join(core(p.text) for p in pieces[at:stop] if p.kind is LABEL)
        if _MARKS.issubset(words):
            figures = sum(p.kind is FIGURE for p in pieces[at:stop])
            begin = at
            if not figures:  # the figures stand above their heads
                while begin > start and pieces[begin - 1].kind is not LABEL:
                    begin -= 1
            best = Located(begin, stop)
            if figures:
                return best
        at = stop
    return best or _row_of_fifteen(pieces, start, end)


def _row_of_fifteen(pieces: Sequence[Piece], start: int, end: int) -> Located | None:
    at = start
    while at < end:
        stop = at
        while stop < end and pieces[stop].row == pieces[at].row:
            stop += 1
        figures = sum(p.kind is FIGURE for p in pieces[at:stop])
        if figures and stop - at == GROUPS * WIDTH and all(p.kind is not LABEL for p in pieces[at:stop]):
            return Located(at, stop)
        at = stop
    return None


def read(pieces: Sequence[Piece], table: Located, orderly: bool = True) -> mx.Matrix:
    """The cells of the three groups in the order of the form; None for a group that could not be read.

    Of the readings possible, the one whose sums hold, the plainest first. Where the text is not `orderly`,
    its rows and columns torn apart, a reading in which a sum is wrong is none.
    """
    best = _likeliest(pieces, table)
    return best if orderly or not _penalty(best) else [None] * GROUPS


def _likeliest(pieces: Sequence[Piece], table: Located) -> mx.Matrix:
    stretch = pieces[table.start : table.end]
    best = _best_reading(stretch)
    if not _penalty(best) and sum(p.filled for p in stretch) <= GROUPS * WIDTH:
        return best
    others = [
        _best_reading(rest[table.start : table.end])
        for rest in page_numbers.without(pieces, table.start, table.end)
    ]
    # A reading that leaves a cell blank has taken a figure for a page number.
    others = [reading for reading in others if _cells_used(reading) >= _cells_used(best)]
    return min([*others, best], key=_penalty)


def _best_reading(pieces: Sequence[Piece]) -> mx.Matrix:
    stretch = [p for p in pieces if p.text or p.kind is not LABEL]  # a wordless label parts nothing
    shown = [*_under_heads(stretch), *_groups_as_rows(stretch), *_outcomes_as_rows(stretch)]
    filled = sum(p.filled for p in stretch)
    shown = [reading for reading in shown if _cells_used(reading) == filled]
    if shown:
        return min(shown, key=_penalty)  # the file shows which cell is which: no other reading is right
    runs = _runs_of_cells(stretch)
    readings: list[mx.Matrix] = []
    if len(runs) == GROUPS:  # three blocks, each with its head
        options = [mx.fits(run, WIDTH) for run in runs]
        readings.append([found[0] if found else None for found in options])
        if _cells_used(readings[0]) == filled:
            return readings[0]
    heads = "".join(core(p.text) for p in stretch if p.kind is LABEL)
    orders = (mx.rowwise,) if heads.count("维持") >= GROUPS else (mx.rowwise, mx.columnwise)
    for run in [*_rows_of_fifteen(runs), [p for p in stretch if p.filled]]:
        for order in orders:
            if (reading := order(run, GROUPS, WIDTH)) is not None:
                readings.append(reading)
    return min(readings or [_by_group(stretch)], key=_penalty)


def _cells_used(matrix: mx.Matrix) -> int:
    return sum(piece is not None and piece.filled for cells in matrix for piece in cells or ())


def _penalty(matrix: mx.Matrix) -> int:
    return sum(2 if cells is None else not mx.row_sum_holds(cells) for cells in matrix)


def _runs_of_cells(stretch: Sequence[Piece]) -> list[list[Piece]]:
    """The cells that stand below the heads: those that follow the last head of a block, 总计.

    Other cells between two labels are what the head itself leaves blank.
    """
    runs: list[list[Piece]] = []
    for index, piece in enumerate(stretch):
        if piece.kind is LABEL and core(piece.text).endswith("计"):
            cells = _cells_after(stretch, index)
            if len(cells) >= WIDTH:
                runs.append(cells)
    if runs:
        return runs
    last = max((i for i, p in enumerate(stretch) if p.kind is LABEL), default=-1)
    return [[p for p in stretch[last + 1 :] if p.kind in (FIGURE, BLANK)]]


def _rows_of_fifteen(runs: list[list[Piece]]) -> list[list[Piece]]:
    """The cells below the last head, fifteen of them in a row, where the table shows its blanks."""
    if not runs:
        return []
    cells = runs[-1]
    figures = [p for p in cells if p.kind is FIGURE]
    if figures and figures[-1].grid:
        cells = [p for p in cells if p.row == figures[-1].row]
    size = GROUPS * WIDTH
    filled = sum(p.filled for p in cells)
    windows = [cells[i : i + size] for i in range(len(cells) - size + 1)]
    return [w for w in windows if sum(p.filled for p in w) == filled]


def _cells_after(stretch: Sequence[Piece], index: int) -> list[Piece]:
    """The cells that follow a label up to the next label."""
    end = index + 1
    while end < len(stretch) and stretch[end].kind is not LABEL:
        end += 1
    return list(stretch[index + 1 : end])


def _under_heads(stretch: Sequence[Piece]) -> list[mx.Matrix]:
    """The cells in the columns of 结果维持 … 总计, in the row below, where the file shows its columns."""
    rows = [list(row) for _, row in groupby((p for p in stretch if p.grid), key=lambda p: p.row)]
    cells: list[Piece | None] = []
    for heads, below in pairwise(rows):
        columns = [p.column for p in heads if p.kind is LABEL and _COLUMN.search(core(p.text))]
        if len(columns) % WIDTH or any(p.kind is LABEL and p.column in columns for p in below):
            continue
        by_column = {p.column: p for p in below}
        cells += [by_column.get(column) for column in columns]
    if len(cells) != GROUPS * WIDTH or sum(p.filled for p in cells if p) != sum(p.filled for p in stretch):
        return []
    return [[tuple(cells[i : i + WIDTH]) for i in range(0, len(cells), WIDTH)]]


def _groups_as_rows(stretch: Sequence[Piece]) -> list[mx.Matrix]:
    """行政复议 3 0 0 0 3 / 未经复议直接起诉 … / 复议后起诉 …: a row for each group."""
    labels = [i for i, p in enumerate(stretch) if p.kind is LABEL and len(_cells_after(stretch, i)) >= WIDTH]
    named = [i for i in labels if re.search("行政复议|起诉", stretch[i].text)]
    if len(named) != GROUPS or len(labels) != GROUPS:
        return []
    options = [mx.fits(_cells_after(stretch, i), WIDTH) for i in named]
    return [[found[0] for found in options]] if all(options) else []


def _outcomes_as_rows(stretch: Sequence[Piece]) -> list[mx.Matrix]:
    """结果维持 6 0 0 / 结果纠正 0 0 0 / …: a row for each outcome, the groups being columns."""
    labels = [i for i, p in enumerate(stretch) if p.kind is LABEL and len(_cells_after(stretch, i)) >= GROUPS]
    named = [i for i in labels if _COLUMN.search(stretch[i].text)]
    if len(named) != WIDTH:
        return []
    rows = [mx.fits(_cells_after(stretch, i), GROUPS) for i in named]
    if not all(rows):
        return []
    return [[tuple(rows[c][0][g] for c in range(WIDTH)) for g in range(GROUPS)]]


def _by_group(stretch: Sequence[Piece]) -> mx.Matrix:
    """Each group from the cells after its own name, where some group is incomplete."""
    names = [core(g.label) for g in form("2021").remedy_groups]
    starts: list[int | None] = []
    at = 0
    for name in names:
        index = next((i for i in range(at, len(stretch)) if core(stretch[i].text) == name), None)
        starts.append(index)
        at = index + 1 if index is not None else at
    matrix: mx.Matrix = []
    for i, begin in enumerate(starts):
        if begin is None:
            matrix.append(None)
            continue
        stop = next((s for s in starts[i + 1 :] if s is not None), len(stretch))
        items = [p for p in stretch[begin:stop] if p.kind in (FIGURE, BLANK)]
        options = mx.fits(items, WIDTH)
        matrix.append(options[0] if options else None)
    return matrix
