"""The table of the years up to 2018: 《政府信息公开情况统计表》 (LAW.md 2.7). Label, unit and figure a row.

Provinces added rows, so a row is kept as it is printed; the national form's rows are recognised among them
and get their codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from gongkai.annual.forms import StatisticsRow, form
from gongkai.annual.interpreting import page_numbers
from gongkai.annual.interpreting.figures import BLANK, FIGURE, LABEL, UNIT
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.words import LONGEST_LABEL, Words, chains, core, occurrences, resembling
from gongkai.wording.normal import simplify

FEWEST_ROWS = 10
WIDEST_GAP_AFTER_HEADING = 60
WIDEST_GAP = 330  # a province's own block of rows may stand between two national ones
# What a row's label begins with. A bracket after a line break is a remark and goes on with the label above.
_BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,2}[、.．]|\([一二三四五六七八九十]{1,2}\)|[1-9]\d?[.．、]|其中"
)
# A sentence with counts in it is no label; labels say 计1条, 计1次.
_COUNTS = re.compile(r"(?<!计)\d+\s?(?:件|条|次|人|个|篇|万元)")
# Look-alikes of characters that pdf text layers give: no one has printed them.
_RADICALS = re.compile("[\u2e80-\u2fdf]+")
_HEADS = ("统计指标", "单位", "统计数", "统计指标单位统计数", "政府信息公开情况统计表")
# What stands above the table and is no text of the report.
_HEAD_LINE = re.compile(
    rf"(?:附[件表]?\d?[::]?)?.{{0,40}}{_HEADS[-1]}|\(?20\d\d年?度?\)?|填报单位.{{0,30}}|" + "|".join(_HEADS)
)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class StatisticsLine:
    """One row as read: its label as printed, its unit, the piece of its figure (None: blank or heading)."""

    label: str
    unit: str | None = None
    figure: Piece | None = None
    label_piece: Piece | None = None
    code: str | None = None
    blank: bool = False


@dataclass(slots=True)
class Located:
    start: int
    end: int


def is_head_line(text: str) -> bool:
    """Whether a normalised line is the table's title, the name of a column or who fills it in."""
    return bool(_HEAD_LINE.fullmatch(_SPACE.sub("", text)))


@cache
def _known() -> tuple[tuple[StatisticsRow, tuple[str, ...]], ...]:
    return tuple((row, tuple(map(core, row.anchors))) for row in form("2014").statistics)


@cache
def _labels() -> tuple[str, ...]:
    """The words of the form's labels."""
    return tuple(core(row.label) for row in form("2014").statistics)


# Words of this table alone: the forms since 2019 have none of them, their texts now and then one.
_OWN_WORDS = ("按时办结数", "延期办结数", "传真申请数", "信函申请数", "公开查阅点数", "接受培训人员数")


def may_be_there(words: Words) -> bool:
    """Whether it pays to look for the table in a file that has another."""
    return sum(own in words.text for own in _OWN_WORDS) >= 2


def locate_all(pieces: Sequence[Piece], words: Words) -> list[Located]:
    """Every such table among the pieces."""
    hits = [
        (position, rank)
        for rank, (_, anchors) in enumerate(_known())
        for anchor in anchors
        for position in occurrences(words.text, anchor)
        if not _COUNTS.search(pieces[words.piece_at(position)].text)
    ]
    found: list[Located] = []
    for run in chains(hits, WIDEST_GAP, FEWEST_ROWS):
        if run[1][0] - run[0][0] > WIDEST_GAP_AFTER_HEADING:
            run = run[1:]  # a heading of the text, 二、主动公开情况, is not the table's
        found.append(_bounded(pieces, words.piece_at(run[0][0]), words.piece_at(run[-1][0]) + 1))
    return found


def _bounded(pieces: Sequence[Piece], start: int, end: int) -> Located:
    """From the first row's label to the last figure, with values that stand stacked before or after."""
    while end < len(pieces) and (pieces[end].kind is not LABEL or _is_row(pieces, end)):
        end += 1
    begin = start
    while begin > 0 and (pieces[begin - 1].kind is UNIT or pieces[begin - 1].filled):
        begin -= 1
    if start - begin >= FEWEST_ROWS:
        start = begin
    while start > 0 and pieces[start].kind is LABEL and not _BEGINS.match(pieces[start].text):
        start -= 1
    above = start - 1
    while above > 0 and pieces[above].kind is BLANK:
        above -= 1
    if above >= 0 and re.match("(?:一|1)[、.]", pieces[above].text) and len(pieces[above].text) <= 12:
        start = above  # the first heading, misprinted
    return Located(start, end)


def _is_row(pieces: Sequence[Piece], label: int) -> bool:
    """Whether a label begins a row, or is the second line of one: unit and figure follow."""
    following = pieces[label + 1 : label + 4]
    kinds = [p.kind for p in following]
    if kinds[:1] == [LABEL] and len(pieces[label].text) <= LONGEST_LABEL:
        kinds = kinds[1:]
    return kinds[:1] == [UNIT] and kinds[1:2] in ([FIGURE], [BLANK])


def read(pieces: Sequence[Piece], table: Located) -> list[StatisticsLine]:
    """The rows in their order, each with its code where the form knows it."""
    # The head is printed again on every page; it belongs to no row.
    stretch = [p for p in pieces[table.start : table.end] if core(p.text) not in _HEADS]
    stretch = [_of_rule(stretch, index) for index in range(len(stretch))]
    lines = _stacked(stretch) or list(_in_order(stretch))
    _give_codes(lines)
    return lines


def _as_printed(words: Sequence[Piece]) -> str:
    """A label as it stands in the file, without the spaces and breaks between its parts."""
    label = _SPACE.sub("", "".join(p.written for p in words))
    return _RADICALS.sub(lambda match: simplify(match[0]), label)


def _unit(piece: Piece) -> str:
    """The unit a piece names, also where a narrow cell breaks it over two lines."""
    return _SPACE.sub("", piece.text).strip("()")


def _of_rule(stretch: Sequence[Piece], index: int) -> Piece:
    """The piece; as words if it is the number of 相同信息计1条, with a line's end before it."""
    piece = stretch[index]
    before = stretch[index - 1] if index else piece
    if piece.value == 1 and before.kind is LABEL and before.text.endswith("计") and len(before.text) > 4:
        return piece._replace(kind=LABEL)
    return piece


@dataclass(slots=True)
class _Open:
    """The row being put together."""

    words: list[Piece] = field(default_factory=list)
    unit: str | None = None
    blank: bool = False

    def close(self, figure: Piece | None = None) -> StatisticsLine:
        return StatisticsLine(_as_printed(self.words), self.unit, figure, self.words[0], None, self.blank)


def _in_order(stretch: Sequence[Piece]) -> Iterator[StatisticsLine]:
    """Rows whose label, unit and figure follow each other."""
    row = _Open()
    last: StatisticsLine | None = None
    numbers = _numbers_before_units(stretch)
    for index, piece in enumerate(stretch):
        if index in numbers:
            continue
        if piece.kind is LABEL:
            if last is not None and not row.words and _continues(last, piece):
                last.label += _as_printed([piece])
                continue
            if row.words and (row.unit or row.blank or _begins_row(row, piece)):
                yield row.close()
                row = _Open()
            row.words.append(piece)
        elif piece.kind is UNIT:
            if row.words:
                row.unit = _unit(piece)
        elif piece.kind is BLANK and not (piece.filled and row.words and row.unit):
            row.blank = row.blank or bool(row.words)
        elif row.words:
            last = row.close(piece)
            yield last
            row = _Open()
    if row.words and row.unit:
        yield row.close()


def _numbers_before_units(stretch: Sequence[Piece]) -> set[int]:
    """Where units stand before their figures: the lone numbers that stand before a unit, page numbers all."""
    if sum(a.kind is UNIT and b.filled for a, b in pairwise(stretch)) < FEWEST_ROWS:
        return set()
    return {
        index
        for index in range(1, len(stretch))
        if stretch[index - 1].kind is LABEL and page_numbers.is_lone(stretch, index)
    }


def _continues(line: StatisticsLine, piece: Piece) -> bool:
    """Whether a label's second line stands below its figure: a bracket is open, or its words go on."""
    if _BEGINS.match(piece.text):
        return False
    label = simplify(line.label)
    if label.count("(") > label.count(")"):
        return True
    words, more = core(label), core(piece.text)
    if any(label.startswith(words + more) for label in _labels()):
        return True
    # With a slip in either line: the first is most of the beginning of a label, the second of its end.
    return any(
        len(label) >= len(words) + len(more) - 2
        and _alike(words, label[: len(words) + 1])
        and _alike(more, label[len(words) - 2 : len(words) + len(more) + 2])
        for label in _labels()
    )


def _alike(words: str, label: str) -> bool:
    """Whether four in five of the pairs of characters stand in the label."""
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return bool(pairs) and sum(pair in label for pair in pairs) * 5 >= len(pairs) * 4


def _begins_row(row: _Open, piece: Piece) -> bool:
    """Whether a label that follows a label without a figure begins a row: the one above is a heading."""
    if not _BEGINS.match(piece.text):
        return False
    return _is_heading("".join(p.text for p in row.words))


def _stacked(stretch: Sequence[Piece]) -> list[StatisticsLine] | None:
    """Labels in one stack, figures in another: the n-th figure belongs to the n-th row that is no heading."""
    figures = [p for p in stretch if p.filled]
    labels = [p for p in stretch if p.kind is LABEL]
    if len(figures) < FEWEST_ROWS or len(labels) < FEWEST_ROWS:
        return None
    order = [p.filled for p in stretch if p.kind is LABEL or p.filled]
    changes = sum(a is not b for a, b in pairwise(order))
    if changes > len(figures) // 4:
        return None
    lines = _labels_alone(labels)
    rows = [line for line in lines if not _is_heading(line.label)]
    if len(rows) != len(figures):
        return None
    units = [_unit(p) for p in stretch if p.kind is UNIT]
    for i, (line, figure) in enumerate(zip(rows, figures, strict=True)):
        line.figure = figure
        line.unit = units[i] if len(units) == len(rows) else None
    return lines


def _labels_alone(labels: list[Piece]) -> list[StatisticsLine]:
    """Rows out of labels alone: one that begins none goes on with that above, unless the form knows it."""
    lines: list[StatisticsLine] = []
    row = _Open()
    for piece in labels:
        if row.words and (_BEGINS.match(piece.text) or _known_start(piece.text)):
            lines.append(row.close())
            row = _Open()
        row.words.append(piece)
    if row.words:
        lines.append(row.close())
    return lines


def _known_start(text: str) -> bool:
    words = core(text)
    return len(words) >= 4 and any(label.startswith(words[:6]) for label in _labels())


def _is_heading(label: str) -> bool:
    """Whether a label without a figure is a heading: it is called a situation, or is one of the form's."""
    words = core(simplify(label))
    if not re.match("[一二三四五六七八九十]", words):
        return False
    if words.endswith("情况"):
        return True
    headings = [core(row.label) for row, _ in _known() if row.kind == "heading"]
    return any(
        abs(len(words) - len(heading)) <= 2 and resembling(words, heading, 0, len(words)) is not None
        for heading in headings
    )


def _give_codes(lines: list[StatisticsLine]) -> None:
    """Match the rows with the form's, in order; a row the form does not know keeps no code.

    Labels like 其他情形数 recur, so the order of the form decides between them.
    """
    known = _known()
    at = 0
    for line in lines:
        words = core(line.label)
        for rank in range(at, len(known)):
            row, anchors = known[rank]
            if any(anchor in words for anchor in anchors) and (row.kind == "heading") == (
                line.unit is None and line.figure is None
            ):
                line.code = row.code
                if line.unit is None and row.kind != "heading":
                    line.unit = row.unit
                at = rank + 1
                break
