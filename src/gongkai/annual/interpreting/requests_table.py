"""Table 3: requests received and handled (FMT.T3). 25 rows by 7 columns, found by their labels.

The form of 2019 has one row （六）其他处理 in place of three; a report of 2021 may print it so too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.forms import Form, Row, form
from gongkai.annual.interpreting import matrix as mx
from gongkai.annual.interpreting.figures import BLANK, FIGURE, LABEL
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.words import Words, chains, core, occurrences, resembling

WIDTH = 7
# Between the labels of two neighbouring rows: a long label, a group's heading, and the table's head
# where it is printed again on a new page.
WIDEST_GAP = 260
FEWEST_ROWS = 8
# A table that is cut off after its first rows counts if figures stand behind its labels.
FEWEST_ROWS_WITH_FIGURES = 1
LONGEST_HEAD = 40
# A report may be wrong in many places; a reading that is wrong in more is no reading of it.
MOST_VIOLATIONS = 8
# Labels that other labels contain; they are looked for between their neighbours.
_EMBEDDED = ("other.other", "concluded")
LAST_ROWS = 15  # from (五)1 on, counted from 0


@dataclass(slots=True)
class Located:
    """Where table 3 stands: each row with the piece its label begins in, and the stretch of its pieces."""

    rows: list[tuple[Row, int]]
    start: int
    end: int

    @property
    def single_other(self) -> bool:
        return any(row.code == "other" for row, _ in self.rows)


@cache
def _shape() -> Form:
    return form("2021")


@cache
def _labels() -> tuple[tuple[Row, tuple[str, ...], str], ...]:
    """Each row with its anchors and its whole printed label, as words."""
    return tuple((row, tuple(map(core, row.anchors)), core(row.printed)) for row in _shape().rows)


@cache
def words_of(row: Row) -> str:
    """A row's whole printed label, as words."""
    return core(row.printed)


@cache
def _head() -> str:
    """All words of the table's head and of its group headings; what is in here belongs to the table."""
    shape = _shape()
    groups = dict.fromkeys(g for row in shape.rows for g in row.group)
    columns = [c.label for c in shape.columns]
    rows = [row.printed for row in shape.rows] + [row.label for row in shape.rows]
    parts = [*rows, "申请人情况", "自然人", "法人或其他组织", *columns, shape.identity_note, *groups, *groups]
    return "".join(map(core, parts))


def locate_all(pieces: Sequence[Piece], words: Words) -> list[Located]:
    """Every table 3 among the pieces, in order."""
    hits = [
        (position, rank)
        for rank, (row, anchors, _) in enumerate(_labels())
        if row.code not in _EMBEDDED
        for position in occurrences(words.text, anchors[0])
    ]
    runs = chains(hits, WIDEST_GAP, FEWEST_ROWS_WITH_FIGURES)
    whole = [run for run in runs if len(run) >= FEWEST_ROWS]
    cut_off = [run for run in runs if _followed_by_figures(pieces, words, run)]
    return [_located(pieces, words, run) for run in whole or cut_off[:1]]


def _followed_by_figures(pieces: Sequence[Piece], words: Words, run: list[tuple[int, int]]) -> bool:
    """Whether most labels of the run have a row's cells right behind them: sentences have not."""
    full = 0
    for position, _ in run:
        label = words.piece_at(position)
        behind = pieces[label + 1 : label + 1 + WIDTH]
        full += len(behind) == WIDTH and all(p.kind in (FIGURE, BLANK) for p in behind)
    return full * 3 >= len(run) * 2


def _located(pieces: Sequence[Piece], words: Words, run: list[tuple[int, int]]) -> Located:
    positions = {rank: position for position, rank in run}
    _fill_gaps(words.text, positions)
    labels = _labels()
    rows = [(labels[rank][0], words.piece_at(positions[rank])) for rank in sorted(positions)]
    single = _shape().single_other
    late = max(positions) >= LAST_ROWS
    if single is not None and late and not any(row.code.startswith("other.") for row, _ in rows):
        position = _single_other(words.text, positions)
        if position is not None:
            rows.append((single, words.piece_at(position)))
            rows.sort(key=lambda pair: pair[1])
    start, end = rows[0][1], rows[-1][1] + 1
    while start > 0 and _belongs(pieces[start - 1]):
        start -= 1
    while end < len(pieces) and _belongs(pieces[end]):
        end += 1
    return Located(rows, start, _end_of_stack(pieces, start, end, len(rows) * WIDTH))


def _end_of_stack(pieces: Sequence[Piece], start: int, end: int, cells: int) -> int:
    """Where labels stand without figures, the end of the stack of figures below: heads may stand between."""
    count = sum(p.filled for p in pieces[start:end])
    if count * 4 >= cells:
        return end
    for index in range(end, len(pieces)):
        if pieces[index].kind is LABEL and len(pieces[index].text) > LONGEST_HEAD:
            break
        count += pieces[index].filled
        if count == cells:
            return index + 1
    return end


def _belongs(piece: Piece) -> bool:
    if piece.kind is not LABEL:
        return True
    return len(piece.text) <= 60 and core(piece.text) in _head()


def _fill_gaps(text: str, positions: dict[int, int]) -> None:
    """Rows whose first anchor was not found: other anchors, then resemblance, between the neighbours."""
    labels = _labels()
    missing = [rank for rank in range(len(labels)) if rank not in positions]
    for rank in sorted(missing, key=lambda r: labels[r][0].code in _EMBEDDED):
        row, anchors, printed = labels[rank]
        before = max((r for r in positions if r < rank), default=None)
        after = min((r for r in positions if r > rank), default=None)
        if (
            after is None
            and (before or 0) < LAST_ROWS
            and (row.code in _EMBEDDED or rank != (before or 0) + 1)
        ):
            continue  # the table ends long before
        start = max(0, positions[after] - 120) if after is not None else 0
        if before is not None:
            start = positions[before] + _rest(text, positions[before], labels[before][2])
        end = positions[after] if after is not None else min(len(text), start + 160)
        inside = after is not None or (before or 0) >= LAST_ROWS  # behind the last row resemblance is chance
        position = _between(text, row, anchors, printed if inside else "", min(start, end), end)
        if position is not None and (
            after is not None or (before or 0) >= LAST_ROWS or position < start + 60
        ):
            positions[rank] = position


def _rest(text: str, position: int, printed: str) -> int:
    """How many characters of a row's own label stand at `position` and after."""
    for begin in range(len(printed)):
        tail = printed[begin:]
        if text.startswith(tail, position):
            return len(tail)
    return 2


def _between(text: str, row: Row, anchors: tuple[str, ...], printed: str, start: int, end: int) -> int | None:
    if row.code == "other.other":
        for position in [*occurrences(text, "3其他", start, end), *occurrences(text, "其他", start, end)]:
            if not text.startswith(("其他处理", "其他法律", "其他情形"), position):
                return position
        return None
    if row.code == "concluded":
        for word in ("七总计", "七合计", *anchors):
            if places := occurrences(text, word, start, end):
                return places[-1]
        return resembling(text, printed, start, end)
    for anchor in anchors:
        position = text.find(anchor, start, end)
        if position >= 0:
            return position
    return resembling(text, printed, start, end)


def _single_other(text: str, positions: dict[int, int]) -> int | None:
    ranks = {row.code: rank for rank, (row, _, _) in enumerate(_labels())}
    before = max((positions[r] for r in positions if r < ranks["other.not_supplemented"]), default=0)
    after = min((positions[r] for r in positions if r >= ranks["concluded"]), default=len(text))
    position = text.find("其他处理", before, after)
    return position if position >= 0 else resembling(text, "六其他处理", before, after)


# ---- the figures ----


def read(pieces: Sequence[Piece], table: Located) -> mx.Matrix:
    """The cells of each located row, under the reading that violates the fewest identities.

    Where hardly a row has its own seven figures and no reading fits either, the rows are left unread: an
    invented figure is worse than none.
    """
    choices = _choices(pieces, table)
    best = mx.settle(choices, lambda m: _violations(m, table))
    penalty = _penalty(best, table)
    if penalty == 0:
        return best
    for other in _other_readings(pieces, table):
        count = _penalty(other, table)
        if count < penalty:
            best, penalty = other, count
    plain = sum(len(options) == 1 for options in choices)
    if penalty > MOST_VIOLATIONS and plain * 2 < len(choices):
        return [None] * len(choices)
    return best


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
    if not all(p.grid for p in items) or WIDTH in (len(figures), sum(p.filled for p in items)):
        return
    by_column = {p.column: p for p in items}
    if figures and not all(p.column in columns for p in figures):
        return
    cells = tuple(by_column.get(c) for c in columns)
    if cells in options:
        options.remove(cells)
    if items:
        options.insert(0, cells)


def _other_readings(pieces: Sequence[Piece], table: Located) -> list[mx.Matrix]:
    """The table as one run of cells, row by row or column by column, and with figures before their labels."""
    count = len(table.rows)
    stretch = pieces[table.start : table.end]
    readings: list[mx.Matrix] = []
    for run in mx.runs(stretch, count * WIDTH):
        for order in (mx.rowwise, mx.columnwise):
            if (reading := order(run, count, WIDTH)) is not None:
                readings.append(reading)
    before: list[list[mx.Cells]] = []
    previous = table.start - 1
    for _, label in table.rows:
        items = [p for p in pieces[previous + 1 : label] if p.kind in (FIGURE, BLANK)]
        before.append(mx.fits(items, WIDTH))
        previous = label
    readings.append(mx.settle(before, lambda m: _violations(m, table)))
    return readings


def _penalty(matrix: mx.Matrix, table: Located) -> int:
    """Identities violated, and ten for a row that could not be read: reading it is worth a violation."""
    return _violations(matrix, table) + 10 * sum(cells is None for cells in matrix)


def _violations(matrix: mx.Matrix, table: Located) -> int:
    """How many of FMT.T3.A, B and C do not hold."""
    rows = {row.code: cells for (row, _), cells in zip(table.rows, matrix, strict=True)}
    count = sum(not mx.row_sum_holds(cells) for cells in matrix if cells is not None)
    concluded = rows.get("concluded")
    received, carried = rows.get("received.new"), rows.get("received.carried_in")
    forward = rows.get("carried_forward")
    outcomes = [
        cells
        for code, cells in rows.items()
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
