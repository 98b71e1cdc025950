"""The figures of table 3 (FMT.T3): which pieces are the cells of each row, under every layout.

Of the readings possible the one is taken that violates the fewest identities (FMT.T3.A, B and C).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from gongkai.annual.forms import Row, form
from gongkai.annual.interpreting import matrix as mx
from gongkai.annual.interpreting import page_numbers
from gongkai.annual.interpreting.figures import BLANK, FIGURE, LABEL
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.requests_table import WIDTH, Located
from gongkai.annual.interpreting.words import core

# A report may be wrong in many places; a reading that is wrong in more is no reading of it.
MOST_VIOLATIONS = 8
CLEARLY_WORSE = 6  # violations: a table of zeros, with one slip, may nearly add up in either order
MOST_BREAKS = 10  # the heads of seven columns, and those of a page
# Cells that may stand between the labels of the table and its figures: those of other tables.
FARTHEST = 600
FEWEST_ROWS_IN_A_RUN = 20  # fewer identities prove little


@dataclass(slots=True)
class Reading:
    """The rows in the order of the form, their cells (None: left unread), and what speaks against them."""

    rows: list[Row]
    cells: mx.Matrix
    penalty: int
    far: bool = False  # whether the cells stand away from their labels, maybe among those of other tables
    orderly: bool = (
        True  # whether the text keeps rows or columns together, so that a wrong sum is the report's
    )


def read(pieces: Sequence[Piece], table: Located) -> Reading:
    """The cells of each row, under the reading that violates the fewest identities.

    Where hardly a row has its own seven figures, nor do they stand in one stack or in one a column, a reading
    in which a sum is wrong is none: the rows are left unread. An invented figure is worse.
    """
    rows = [row for row, _ in table.rows]
    best, plain = _near_labels(pieces, table)
    if not best.penalty:
        return best
    for rest in page_numbers.without(pieces, table.start, table.end):
        other, _ = _near_labels(rest, table)
        if other.penalty < best.penalty and _cells_read(other) >= _cells_read(best):
            best = other
        if not best.penalty:
            return best
    if plain * 2 >= len(rows):
        return best  # each row has its own cells: a sum that does not hold is the report's
    far = _far_from_labels(pieces, table)
    if far is not None:
        return far
    unclear = _breaks(pieces, best.cells) > MOST_BREAKS or _other_order_fits_as_well(pieces, table, best)
    if best.penalty > MOST_VIOLATIONS or unclear:
        return Reading(rows, [None] * len(rows), 0, orderly=False)
    return best


def _cells_read(reading: Reading) -> int:
    return sum(piece is not None and piece.filled for cells in reading.cells for piece in cells or ())


def _other_order_fits_as_well(pieces: Sequence[Piece], table: Located, best: Reading) -> bool:
    """Whether the figures, read by columns instead of rows or the reverse, violate hardly more identities."""
    values = [[mx.value(piece) for piece in cells or ()] for cells in best.cells]
    for other in _in_one_run(pieces, table):
        differs = [[mx.value(piece) for piece in cells or ()] for cells in other] != values
        if differs and _violations(other, best.rows) < best.penalty + CLEARLY_WORSE:
            return True
    return False


def _breaks(pieces: Sequence[Piece], matrix: mx.Matrix) -> int:
    """How many times labels stand between the cells of a reading."""
    used = {id(piece) for cells in matrix for piece in cells or () if piece is not None}
    inside = [id(p) in used for p in pieces if p.filled or p.kind is LABEL]
    return sum(a and not b for a, b in pairwise(inside))


def _near_labels(pieces: Sequence[Piece], table: Located) -> tuple[Reading, int]:
    """The best reading of the cells that stand among the labels; and how many rows leave no choice."""
    rows = [row for row, _ in table.rows]
    choices = _choices(pieces, table)
    plain = sum(len(options) == 1 for options in choices)
    best = mx.settle(choices, lambda m: _violations(m, rows))
    penalty = _penalty(best, rows)
    others: list[mx.Matrix] = []
    if plain * 2 < len(rows):
        others = [_before_labels(pieces, table), *_in_one_run(pieces, table)]
    elif any(cells is None for cells in best):
        # A label was taken for another; or the last label, or the first, has no figures beside it.
        others = [run for run in _in_one_run(pieces, table) if not _violations(run, rows)]
        if not _beside_labels(pieces, table):
            others.append(_before_labels(pieces, table))
    for other in others:
        count = _penalty(other, rows)
        if count < penalty:
            best, penalty = other, count
    return Reading(rows, best, penalty), plain


def _beside_labels(pieces: Sequence[Piece], table: Located) -> bool:
    """Whether the file itself shows each row's cells beside its label: then no other reading is right."""
    beside: Counter[int] = Counter()
    columns = {pieces[label].row: pieces[label].column for _, label in table.rows if pieces[label].grid}
    for piece in pieces[table.start : table.end]:
        if piece.grid and piece.kind is not LABEL and piece.column > columns.get(piece.row, piece.column):
            beside[piece.row] += 1
    return all(beside[pieces[label].row] >= WIDTH for _, label in table.rows)


def _far_from_labels(pieces: Sequence[Piece], table: Located) -> Reading | None:
    """The figures in one run somewhere behind the first label, as programs give a pdf's text by columns.

    Only a run in which every identity holds is taken for the table; one of zeros alone, if nothing parts it.
    """
    stretch = pieces[table.start : table.start + FARTHEST * 2]
    cells = [p for p in stretch if p.filled][:FARTHEST]
    # A table begins where its figures begin: one that begins among figures adds up by chance.
    begins = {id(p) for before, p in pairwise(stretch) if p.filled and before.kind is LABEL}
    for rows in _sets_of_rows(table):
        for matrix in mx.windows(cells, len(rows), WIDTH):
            if id(matrix[0][0]) in begins and not _violations(matrix, rows):  # type: ignore[index]
                return Reading(rows, matrix, 0, far=True, orderly=False)
    rows = [row for row, _ in table.rows]
    for run in _unbroken_runs(stretch):
        if len(run) >= len(rows) * WIDTH and not any(map(mx.value, run)):
            return Reading(
                rows, mx.rowwise(run[: len(rows) * WIDTH], len(rows), WIDTH) or [], 0, far=True, orderly=False
            )
    return None


def _unbroken_runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The cells that follow each other without a label between them."""
    for filled, run in groupby(pieces, key=lambda p: p.filled):
        if filled:
            yield list(run)


def _sets_of_rows(table: Located) -> list[list[Row]]:
    """The rows found; and, since labels get lost where text is torn, all rows of either form."""
    shape = form("2021")
    found = [row for row, _ in table.rows]
    whole = list(shape.rows)
    sets = [found, whole]
    if shape.single_other is not None:
        others = [i for i, row in enumerate(whole) if row.code.startswith("other.")]
        sets.append([*whole[: others[0]], shape.single_other, *whole[others[-1] + 1 :]])
    return [rows for i, rows in enumerate(sets) if len(rows) >= FEWEST_ROWS_IN_A_RUN and rows not in sets[:i]]


def _choices(pieces: Sequence[Piece], table: Located) -> list[list[mx.Cells]]:
    """For each row the ways to read the cells that follow its label."""
    stretches = [_after(pieces, table, i) for i in range(len(table.rows))]
    _spill(stretches)
    choices = [mx.fits(items, WIDTH) for items in stretches]
    # Where a row is given by its cells alone, its label's place in the row tells which rows are built alike.
    kinds = [_kind_of_row(pieces[label]) for _, label in table.rows]
    usual = _usual_columns(choices, kinds)
    head = _columns_of_head(pieces, table)
    lengths = {p.row: p.column for p in pieces[table.start : table.end]}
    longest = Counter(lengths[pieces[label].row] for _, label in table.rows).most_common(1)[0][0]
    for options, items, kind in zip(choices, stretches, kinds, strict=True):
        columns = usual.get(kind, head)
        if columns and items and (items[0].table is not None or lengths[items[0].row] == longest):
            _prefer_columns(options, items, columns)
    return choices


def _kind_of_row(label: Piece) -> int:
    """Rows of a real table share one grid; rows of text are alike if their labels stand in one column."""
    return -1 if label.table is not None else label.column


def _after(pieces: Sequence[Piece], table: Located, index: int) -> list[Piece]:
    label = table.rows[index][1]
    end = table.rows[index + 1][1] if index + 1 < len(table.rows) else table.end
    items = [p for p in pieces[label + 1 : end] if p.kind in (FIGURE, BLANK)]
    if pieces[label].grid:
        row = pieces[label].row
        own = [p for p in items if p.row == row]
        if len(own) >= WIDTH or any(p.kind is FIGURE for p in own):
            return own
    return items


def _spill(stretches: list[list[Piece]]) -> None:
    """A label broken around its figures, or below them, leaves them with its neighbour: give them back."""
    for i, items in enumerate(stretches):
        figures = [p for p in items if p.kind is FIGURE]
        if len(figures) != 2 * WIDTH:
            continue
        if i + 1 < len(stretches) and not stretches[i + 1]:
            stretches[i], stretches[i + 1] = figures[:WIDTH], figures[WIDTH:]
        elif i > 0 and not stretches[i - 1]:
            stretches[i - 1], stretches[i] = figures[:WIDTH], figures[WIDTH:]


def _usual_columns(choices: list[list[mx.Cells]], kinds: list[int]) -> dict[int, tuple[int, ...]]:
    """For each kind of row the grid columns that most full rows of the kind have their cells in."""
    seen: Counter[tuple[int, tuple[int, ...]]] = Counter()
    for options, kind in zip(choices, kinds, strict=True):
        if len(options) == 1 and all(piece is not None and piece.grid for piece in options[0]):
            columns = tuple(piece.column for piece in options[0])  # type: ignore[union-attr]
            if len(set(columns)) == WIDTH:
                seen[kind, columns] += 1
    return {kind: columns for (kind, columns), count in reversed(seen.most_common()) if count >= 2}


def _columns_of_head(pieces: Sequence[Piece], table: Located) -> tuple[int, ...] | None:
    """The grid columns from 自然人 to 总计 in the table's head, where every row has blanks."""
    head = [p for p in pieces[table.start : table.rows[0][1]] if p.grid and p.kind is LABEL]
    first = next((p.column for p in head if core(p.text) == "自然人"), None)
    last = next((p.column for p in head if core(p.text) == "总计"), None)
    if first is None or last is None or last - first != WIDTH - 1:
        return None
    return tuple(range(first, last + 1))


def _prefer_columns(options: list[mx.Cells], items: list[Piece], columns: tuple[int, ...]) -> None:
    figures = [p for p in items if p.kind is FIGURE]
    if not all(p.grid for p in items) or WIDTH in (len(items), len(figures), sum(p.filled for p in items)):
        return
    by_column = {p.column: p for p in items}
    if figures and not all(p.column in columns for p in figures):
        return
    cells = tuple(by_column.get(c) for c in columns)
    if items and items[0].table is not None and None not in cells:
        options[:] = [cells]  # each column has its cell, though blank: no sum says otherwise
        return
    if cells in options:
        options.remove(cells)
    if items:
        options.insert(0, cells)


def _before_labels(pieces: Sequence[Piece], table: Located) -> mx.Matrix:
    """Each row's cells above or left of its label."""
    rows = [row for row, _ in table.rows]
    before: list[list[mx.Cells]] = []
    previous = table.start - 1
    for _, label in table.rows:
        items = [p for p in pieces[previous + 1 : label] if p.kind in (FIGURE, BLANK)]
        before.append(mx.fits(items, WIDTH))
        previous = label
    return mx.settle(before, lambda m: _violations(m, rows))


def _in_one_run(pieces: Sequence[Piece], table: Located) -> Iterator[mx.Matrix]:
    """The table as one run of cells, row by row or column by column; a part of a longer run if it adds up."""
    rows = [row for row, _ in table.rows]
    size = len(rows) * WIDTH
    stretch = pieces[table.start : table.end]
    counts = [sum(p.kind is FIGURE for p in stretch), sum(p.kind in (FIGURE, BLANK) for p in stretch)]
    for run in mx.runs(stretch, size):
        for order in (mx.rowwise, mx.columnwise):
            reading = order(run, len(rows), WIDTH)
            if reading is not None and (size in counts or not _violations(reading, rows)):
                yield reading


def _penalty(matrix: mx.Matrix, rows: Sequence[Row]) -> int:
    """Identities violated, and ten for a row that could not be read: reading it is worth a violation."""
    return _violations(matrix, rows) + 10 * sum(cells is None for cells in matrix)


def _violations(matrix: mx.Matrix, rows: Sequence[Row]) -> int:
    """How many of FMT.T3.A, B and C do not hold."""
    by_code = {row.code: cells for row, cells in zip(rows, matrix, strict=True)}
    count = sum(not mx.row_sum_holds(cells) for cells in matrix if cells is not None)
    concluded = by_code.get("concluded")
    received, carried = by_code.get("received.new"), by_code.get("received.carried_in")
    forward = by_code.get("carried_forward")
    outcomes = [
        cells
        for code, cells in by_code.items()
        if cells is not None
        and not code.startswith("received.")
        and code not in ("concluded", "carried_forward")
    ]
    for column in range(WIDTH):
        if concluded is not None:
            count += sum(mx.value(cells[column]) for cells in outcomes) != mx.value(concluded[column])
            if received is not None and carried is not None and forward is not None:
                count += mx.value(received[column]) + mx.value(carried[column]) != mx.value(
                    concluded[column]
                ) + mx.value(forward[column])
    return count
