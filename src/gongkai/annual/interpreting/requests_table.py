"""Table 3: requests received and handled (FMT.T3). 25 rows by 7 columns, found by their labels.

The form of 2019 has one row （六）其他处理 in place of three; a report of 2021 may print it so too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.forms import Form, Row, form
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
# Labels that other labels contain; they are looked for between their neighbours.
_EMBEDDED = ("other.other", "concluded")
LAST_ROWS = 15  # from (五)1 on, counted from 0


@dataclass(slots=True)
class Located:
    """Where table 3 stands: each row with the piece its label begins in, and the stretch of its pieces."""

    rows: list[tuple[Row, int]]
    start: int
    end: int
    heads_within: bool = False  # heads of the next table stand between the labels and their figures

    @property
    def whole(self) -> bool:
        """Whether so many rows are there that it can be no other table."""
        return len(self.rows) >= FEWEST_ROWS


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


@cache
def characters() -> frozenset[str]:
    """Every character of the table's labels."""
    return frozenset(_head())


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
    first = start
    while start > 0 and _belongs(pieces[start - 1]):
        start -= 1
    start = _after_other_cells(pieces, start, first)
    while end < len(pieces) and _belongs(pieces[end]):
        end += 1
    stack_end = _end_of_stack(pieces, start, end, len(rows) * WIDTH)
    return Located(rows, start, stack_end, heads_within=stack_end > end)


def _after_other_cells(pieces: Sequence[Piece], start: int, first: int) -> int:
    """Where the head begins: fewer cells above it than a row has are those of another table."""
    head = start
    while head < first and pieces[head].kind is not LABEL:
        head += 1
    return head if sum(p.filled for p in pieces[start:head]) < WIDTH else start


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
        if row.code == "other.other" and not {rank - 1, rank - 2} & positions.keys():
            continue  # the one row （六）其他处理
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
        end = min(len(text), start + 160)
        if after is not None:
            end = _start_of_label(text, positions[after], labels[after][2])
        inside = after is not None or (before or 0) >= LAST_ROWS  # behind the last row resemblance is chance
        position = _between(text, row, anchors, printed if inside else "", min(start, end), end)
        if position is not None and (
            after is not None or (before or 0) >= LAST_ROWS or position < start + 60
        ):
            positions[rank] = position


def _start_of_label(text: str, position: int, printed: str) -> int:
    """Where the label begins of which a later part, the row's anchor, stands at `position`."""
    index = printed.find(text[position : position + 3])
    while position > 0 and index > 0 and text[position - 1] == printed[index - 1]:
        position -= 1
        index -= 1
    return position


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
            of_head = text.endswith(("机构", "服务", "组织"), 0, position)  # the column, printed again
            if not of_head and not text.startswith(("其他处理", "其他法律", "其他情形"), position):
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
