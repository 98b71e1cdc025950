"""Table 2: proactive disclosure by REG.20 items (FMT.T2), in the form of 2021 or of 2019.

Its rows are few and have no identities between them, so the labels decide, and the heads of the columns
where figures are stacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.forms import Form, form
from gongkai.annual.interpreting import matrix as mx
from gongkai.annual.interpreting.figures import Kind
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.words import Words, chain, core, occurrences, resembling

WIDEST_GAP = 90  # a block's head stands between two rows
FEWEST_ROWS = 3
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
def _head(code: str) -> str:
    blocks = form(code).proactive
    parts = [b.item for b in blocks] + [c.label for b in blocks for c in b.columns]
    parts += [r.label for b in blocks for r in b.rows]
    return "".join(core(p) for p in ["信息内容", *parts, "单位万元", "信息内容", "事项", "项目"])


def locate(pieces: Sequence[Piece], words: Words, start: int, end: int) -> Located | None:
    """The last table 2 in `pieces[start:end]`, None if there is none."""
    low, high = words.position_of(start), words.position_of(end)
    runs = {code: _run(words.text, code, low, high) for code in ("2021", "2019")}
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
    return len(behind) >= 2 and all(p.kind is Kind.FIGURE for p in behind)


def _run(text: str, code: str, low: int, high: int) -> list[tuple[int, int]]:
    hits: list[tuple[int, int]] = []
    for rank, row in enumerate(table_rows(code)):
        places: list[int] = []
        for anchor in row.anchors:
            places = occurrences(text, anchor, low, high)
            if places:
                break
        hits += [(position, rank) for position in places]
    return chain(hits, WIDEST_GAP)


def _bounded(
    pieces: Sequence[Piece], code: str, rows: list[tuple[TableRow, int]], low: int, high: int
) -> Located:
    head = _head(code)

    def belongs(piece: Piece) -> bool:
        return piece.kind is not Kind.LABEL or (len(piece.text) <= 40 and core(piece.text) in head)

    start, end = rows[0][1], rows[-1][1] + 1
    while start > low and belongs(pieces[start - 1]):
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
            words = (
                core(pieces[index].text) if pieces[index].kind is Kind.LABEL and index not in taken else ""
            )
            if words and len(words) <= len(row.label) + 4 and _names(row, words):
                rows.append((row, index))
                break
    rows.sort(key=lambda pair: pair[1])


def _names(row: TableRow, words: str) -> bool:
    if any(anchor in words for anchor in row.anchors):
        return True
    return len(words) >= 3 and resembling(words, row.label, 0, len(words)) is not None


def read(pieces: Sequence[Piece], table: Located, shape: Form) -> list[tuple[TableRow, mx.Cells | None]]:
    """Each row with its cells, None where they could not be told apart."""
    cells = [_local(pieces, table, i) for i in range(len(table.rows))]
    if any(c is None for c in cells):
        cells = _whole(pieces, table) or cells
    return [(row, c) for (row, _), c in zip(table.rows, cells, strict=True)]


def _local(pieces: Sequence[Piece], table: Located, index: int) -> mx.Cells | None:
    """The cells between a row's label and the next label."""
    row, label = table.rows[index]
    end = table.rows[index + 1][1] if index + 1 < len(table.rows) else table.end
    items: list[Piece] = []
    for piece in pieces[label + 1 : end]:
        if piece.kind is Kind.LABEL:
            if core(piece.text).startswith(("第二十条", "信息内容")):
                break  # the next block's head
        elif piece.kind is not Kind.UNIT:
            items.append(piece)
    width = len(row.paths)
    if pieces[label].grid:
        items = [p for p in items if p.row == pieces[label].row] or items
    figures = [p for p in items if p.kind is Kind.FIGURE]
    if len(figures) >= width:
        return tuple(figures[:width])
    if not figures and len(items) >= width:
        return tuple(items[:width])
    for start in range(len(items) - width + 1):
        window = tuple(items[start : start + width])
        if sum(p.filled for p in window) == sum(p.filled for p in items):
            return window
    return None


def _whole(pieces: Sequence[Piece], table: Located) -> list[mx.Cells | None] | None:
    """The table as one run of cells in the order of its rows."""
    widths = [len(row.paths) for row, _ in table.rows]
    for run in mx.runs(pieces[table.start : table.end], sum(widths)):
        if _stacked_by_column(pieces, table):
            run = _turned(run, widths)
        result: list[mx.Cells | None] = []
        at = 0
        for width in widths:
            result.append(tuple(run[at : at + width]))
            at += width
        return result
    return None


def _stacked_by_column(pieces: Sequence[Piece], table: Located) -> bool:
    """Whether figures follow the heads of the columns: 本年制发件数 0 1 本年废止件数 0 5 …"""
    heads = {core(c.label) for b in form(table.form).proactive for c in b.columns[:-1]}
    return any(
        pieces[i].kind is Kind.LABEL and core(pieces[i].text) in heads and pieces[i + 1].kind is Kind.FIGURE
        for i in range(table.start, table.end - 1)
    )


def _turned(run: list[Piece], widths: list[int]) -> list[Piece]:
    """Rows of the same width that stand together, column by column, put row by row."""
    result: list[Piece] = []
    at = i = 0
    while i < len(widths):
        j = i
        while j < len(widths) and widths[j] == widths[i]:
            j += 1
        rows, width = j - i, widths[i]
        block = run[at : at + rows * width]
        for r in range(rows):
            result += [block[c * rows + r] for c in range(width)]
        at, i = at + rows * width, j
    return result
