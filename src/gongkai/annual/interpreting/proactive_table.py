"""Table 2: proactive disclosure by REG.20 items (FMT.T2), in the form of 2021 or of 2019.

Its rows are few and have no identities between them, so the labels decide, and the heads of the columns
where figures are stacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.forms import form
from gongkai.annual.interpreting import matrix as mx
from gongkai.annual.interpreting import page_numbers
from gongkai.annual.interpreting.figures import BLANK, FIGURE, LABEL
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.words import Words, chains, core, occurrences, resembling

WIDEST_GAP = 90  # a block's head stands between two rows
FEWEST_ROWS = 3
FEWEST_IN_A_RUN = 2  # of a table cut off after its first block
LONGEST_ROW_LABEL = 20
# Words of the 2019 heads that the 2021 form does not have, and the reverse.
_MARKS = {
    "2019": ("新制作", "新公开", "公开总数", "上一年项目", "增减", "集中采购", "采购项目", "对外管理服务"),
    "2021": ("制发件数", "废止件数", "现行有效", "本年收费金额", "制发数", "废止数"),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of table 2: the cell paths of its figures, and the words that name it."""

    code: str
    paths: tuple[str, ...]
    anchors: tuple[str, ...]
    label: str


@dataclass(slots=True)
class Located:
    form: str
    rows: list[tuple[TableRow, int]]
    start: int
    end: int


@cache
def table_rows(code: str) -> tuple[TableRow, ...]:
    """The rows of table 2 in that form, in order."""
    return tuple(
        TableRow(row.code, tuple(block.paths(row)), tuple(map(core, row.anchors)), core(row.label))
        for block in form(code).proactive
        for row in block.rows
    )


@cache
def head_labels(code: str) -> tuple[str, ...]:
    """The heads of all columns, as words."""
    return tuple(core(column.label) for block in form(code).proactive for column in block.columns)


@cache
def _head(code: str) -> str:
    blocks = form(code).proactive
    parts = [b.item for b in blocks] + [c.label for b in blocks for c in b.columns]
    parts += [r.label for b in blocks for r in b.rows]
    return "".join(core(p) for p in ["信息内容", *parts, "单位万元", "信息内容", "事项", "项目"])


@cache
def characters() -> frozenset[str]:
    """Every character of the table's labels, in either form."""
    return frozenset(_head("2021") + _head("2019"))


def locate(pieces: Sequence[Piece], words: Words, start: int, end: int) -> Located | None:
    """The last table 2 in `pieces[start:end]`, None if there is none."""
    low, high = words.position_of(start), words.position_of(end)
    runs = {code: _run(pieces, words, code, low, high) for code in ("2021", "2019")}
    code = max(runs, key=lambda c: len(runs[c]))
    if len(runs[code]) < FEWEST_ROWS and not _followed_by_figures(pieces, words, runs[code]):
        return None
    first, last = runs[code][0][0], runs[code][-1][0]
    stretch = words.text[max(low, first - 60) : last + 12]
    marks = {c: sum(mark in stretch for mark in found) for c, found in _MARKS.items()}
    code = "2019" if marks["2019"] > marks["2021"] else "2021"
    run = runs[code]
    rows = [(table_rows(code)[rank], words.piece_at(position)) for position, rank in run]
    return _bounded(pieces, code, rows, start, end)


def _followed_by_figures(pieces: Sequence[Piece], words: Words, run: list[tuple[int, int]]) -> bool:
    """Whether a table cut off after its first block has figures behind both of its rows."""
    behind = [pieces[i + 1] for position, _ in run if (i := words.piece_at(position)) + 1 < len(pieces)]
    return len(behind) >= 2 and all(p.kind is FIGURE for p in behind)


def _run(pieces: Sequence[Piece], words: Words, code: str, low: int, high: int) -> list[tuple[int, int]]:
    """The longest run of row labels: sentences name the same things, but in longer pieces."""
    hits: list[tuple[int, int]] = []
    for rank, row in enumerate(table_rows(code)):
        places: list[int] = []
        for anchor in row.anchors:
            places = [
                position
                for position in occurrences(words.text, anchor, low, high)
                if len(pieces[words.piece_at(position)].text.partition("(")[0]) <= LONGEST_ROW_LABEL
            ]
            if places:
                break
        hits += [(position, rank) for position in places]
    runs = chains(hits, WIDEST_GAP, FEWEST_IN_A_RUN)
    return max(reversed(runs), key=len) if runs else []


def _bounded(
    pieces: Sequence[Piece], code: str, rows: list[tuple[TableRow, int]], low: int, high: int
) -> Located:
    head = _head(code)

    def belongs(piece: Piece) -> bool:
        return piece.kind is not LABEL or (len(piece.text) <= 40 and core(piece.text) in head)

    start, end = rows[0][1], rows[-1][1] + 1
    gridded = pieces[start].grid  # a figure in a sentence above is no cell of a table that shows its cells
    while start > low and belongs(pieces[start - 1]) and (pieces[start - 1].grid or not gridded):
        start -= 1
    while end < high and belongs(pieces[end]):
        end += 1
    _add_missing(pieces, code, rows, start, end)
    return Located(code, rows, start, end)


def _add_missing(
    pieces: Sequence[Piece], code: str, rows: list[tuple[TableRow, int]], start: int, end: int
) -> None:
    """Rows out of the form's order, where blocks stand side by side, and rows whose label is misprinted."""
    for row in table_rows(code):
        if any(found.code == row.code for found, _ in rows):
            continue
        taken = {index for _, index in rows}
        for index in range(start, end):
            words = core(pieces[index].text) if pieces[index].kind is LABEL and index not in taken else ""
            if words and len(words) <= len(row.label) + 4 and _names(row, words):
                rows.append((row, index))
                break
    rows.sort(key=lambda pair: pair[1])


def _names(row: TableRow, words: str) -> bool:
    if any(anchor in words for anchor in row.anchors):
        return True
    return len(words) >= 3 and resembling(words, row.label, 0, len(words)) is not None


# ---- the figures ----

# What begins the head of a block: no row's figures reach beyond it.
_BLOCK_HEADS = ("第二十条", "信息内容")
NOTHING_LEFT = (0, 0, 0)


def read(pieces: Sequence[Piece], table: Located) -> list[tuple[TableRow, mx.Cells | None]]:
    """Each row with its cells, None where they could not be told apart.

    The figures stand behind their labels, before them, or stacked below the labels of a block; the reading
    that leaves the fewest figures over is taken, the plainest first.
    """
    best = _behind(pieces, table)
    count = _left_over(pieces, table, best)
    if count != NOTHING_LEFT:
        best, count = _without_page_numbers(pieces, table) or (best, count)
    for reading in (_before, _stacked, _in_one_run):
        if count == NOTHING_LEFT:
            break
        other = reading(pieces, table)
        if (others := _left_over(pieces, table, other)) < count:
            best, count = other, others
    return [(row, cells) for (row, _), cells in zip(table.rows, best, strict=True)]


def _left_over(
    pieces: Sequence[Piece], table: Located, cells: Sequence[mx.Cells | None]
) -> tuple[int, int, int]:
    """How many figures, and how many cells, the reading leaves over; and how many rows it leaves unread."""
    taken = [p for row in cells for p in row or () if p is not None]
    rows = {p.row for p in taken if p.grid}  # a merged cell repeats its figure within its row
    left = [
        p
        for p in pieces[table.start : table.end]
        if p.filled and p.row not in rows and not any(p is other for other in taken)
    ]
    return sum(p.kind is FIGURE for p in left), len(left), sum(row is None for row in cells)


def _without_page_numbers(
    pieces: Sequence[Piece], table: Located
) -> tuple[list[mx.Cells | None], tuple[int, int, int]] | None:
    """Each row with the cells behind its label, if all fit once a page number is taken away."""
    for rest in page_numbers.without(pieces, table.start, table.end):
        cells = _behind(rest, table)
        every_row = all(row and any(cell is not None for cell in row) for row in cells)
        if every_row and _left_over(rest, table, cells) == NOTHING_LEFT:
            return cells, NOTHING_LEFT
    return None


def _is_block_head(piece: Piece) -> bool:
    return piece.kind is LABEL and core(piece.text).startswith(_BLOCK_HEADS)


def _cells_between(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    return [p for p in pieces[start:end] if p.kind in (FIGURE, BLANK)]


def _behind(pieces: Sequence[Piece], table: Located) -> list[mx.Cells | None]:
    """The cells between a row's label and the next label of a row or a block."""
    found: list[mx.Cells | None] = []
    for index, (row, label) in enumerate(table.rows):
        end = table.rows[index + 1][1] if index + 1 < len(table.rows) else table.end
        end = next((i for i in range(label + 1, end) if _is_block_head(pieces[i])), end)
        items = _cells_between(pieces, label + 1, end)
        if pieces[label].grid:
            items = [p for p in items if p.row == pieces[label].row] or items
        nothing = (None,) * len(row.paths)  # a blank that left no trace in the text
        found.append(_fit(items, len(row.paths), exact=not pieces[label].grid) if items else nothing)
    return found


def _before(pieces: Sequence[Piece], table: Located) -> list[mx.Cells | None]:
    """The cells between the label above, or a block's head, and a row's label."""
    found: list[mx.Cells | None] = []
    previous = table.start - 1
    for row, label in table.rows:
        heads = [i for i in range(previous + 1, label) if pieces[i].kind is LABEL]
        items = _cells_between(pieces, (heads[-1] if heads else previous) + 1, label)
        found.append(_fit(items, len(row.paths), exact=True))
        previous = label
    return found


def _fit(items: list[Piece], width: int, *, exact: bool) -> mx.Cells | None:
    """The row's cells among the pieces; `exact`: without visible blanks every figure must be one of them."""
    while len(items) > width and not exact and items[-1].text == items[-2].text:
        items = items[:-1]  # a merged cell, given once for each column it spans
    figures = [p for p in items if p.kind is FIGURE]
    if len(figures) == width or (figures and len(figures) > width and not exact):
        return tuple(figures[:width])
    if len(figures) > width or len(items) < width:
        return None
    if not figures:
        return tuple(items[:width])
    filled = sum(p.filled for p in items)
    for start in range(len(items) - width + 1):
        window = tuple(items[start : start + width])
        if sum(p.filled for p in window) == filled:
            return window
    return tuple(items[:width]) if not exact else None


def _stacked(pieces: Sequence[Piece], table: Located) -> list[mx.Cells | None]:
    """Labels that follow each other without figures, then their figures: by column or by row."""
    found: list[mx.Cells | None] = []
    index = 0
    while index < len(table.rows):
        width = len(table.rows[index][0].paths)
        last = index
        while last + 1 < len(table.rows) and not _cells_between(
            pieces, table.rows[last][1], table.rows[last + 1][1]
        ):
            last += 1
        end = table.rows[last + 1][1] if last + 1 < len(table.rows) else table.end
        items = _cells_between(pieces, table.rows[last][1] + 1, end)
        count = last - index + 1
        same = all(len(row.paths) == width for row, _ in table.rows[index : last + 1])
        by_column = _heads_hold_figures(pieces, table, table.rows[last][1], end)
        order = mx.columnwise if by_column else mx.rowwise
        block = order(items, count, width) if same else None
        found += block if block is not None else [None] * count
        index = last + 1
    return found


def _heads_hold_figures(pieces: Sequence[Piece], table: Located, start: int, end: int) -> bool:
    """Whether figures follow the heads of the columns: 本年制发件数 0 1 本年废止件数 0 5 …"""
    heads = {core(c.label) for b in form(table.form).proactive for c in b.columns[:-1]}
    return any(
        pieces[i].kind is LABEL and core(pieces[i].text) in heads and pieces[i + 1].kind is not LABEL
        for i in range(start, end - 1)
    )


def _in_one_run(pieces: Sequence[Piece], table: Located) -> list[mx.Cells | None]:
    """All cells of the table in the order of its rows."""
    widths = [len(row.paths) for row, _ in table.rows]
    for run in mx.runs(pieces[table.start : table.end], sum(widths)):
        starts = [sum(widths[:i]) for i in range(len(widths))]
        return [tuple(run[at : at + width]) for at, width in zip(starts, widths, strict=True)]
    return [None] * len(widths)
