"""A document as one stream of pieces: labels, figures and blank cells, in reading order.

Every layout ends up here, so that one interpreter can read them all: a table row, a line with tabs or pipes,
a line of words and numbers, and a line that is a single cell all become pieces that know their row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gongkai.annual.interpreting.figures import (
    BLANK,
    FIGURE,
    FIGURE_PATTERN,
    LABEL,
    UNIT,
    UNIT_WORDS,
    Kind,
    kind_of,
    without_grouping,
)
from gongkai.annual.interpreting.running_lines import RunningLines
from gongkai.annual.interpreting.worded_cells import kinds_in_row
from gongkai.annual.report import Number
from gongkai.documents.intermediate import Cell, Document, Line, Place, Table
from gongkai.wording.normal import simplify


class Piece(NamedTuple):
    kind: Kind
    text: str  # normalised and stripped
    value: Number | None
    row: int  # pieces of one line or one table row share it
    column: int  # from 0 within the row; the grid column for a table
    grid: bool  # the row shows its blank cells (table, tabs, pipes)
    written: str  # as it stands in the file, stripped
    origin: Line | Cell
    table: Table | None = None

    @property
    def place(self) -> Place:
        if self.table is not None and isinstance(self.origin, Cell):
            return self.table.place(self.origin)
        return self.origin.place  # type: ignore[union-attr]

    @property
    def filled(self) -> bool:
        """A figure, or a mark that stands for none: a cell for certain, not the padding of a row."""
        return self.kind is FIGURE or (self.kind is BLANK and self.text != "")


_PAGE_NUMBER = re.compile(r"[-—–~·]+\s*\d{1,3}\s*[-—–~·]+|第\s?\d+\s?页.{0,12}|[1-9]\d{0,2}/[1-9]\d{0,2}")
_PIPE_RULE = re.compile(r"[\s|:+=-]*")
_DRAWN_RULE = re.compile(r"[|:+=─━│┌┐└┘├┤┬┴┼_*-]{3,}")
_LOOSE = re.compile(
    rf"(?P<figure>(?<!\S){FIGURE_PATTERN}(?!\S))|(?P<blank>(?<!\S)[-/—–]{{1,4}}(?!\S))|(?P<text>\S+)"
)
# A value glued to the end of its label: 予以公开12, and zeros glued to each other: 0000000.
_GLUED = re.compile(r"(.*[^\W\d_a-zA-Z][)\"”]?)([+-]?\d+(?:\.\d+)?)")
_ORDINAL_BEFORE_LABEL = re.compile(r"[1-8]\s+[^\W\d_a-zA-Z].*\d$")
# A row's words and figures without the spaces between columns; running text is longer.
LONGEST_ROW = 90
LONGEST_GLUED = 60
LONGEST_KEPT = 48  # of a line that may be met again
# 相同信息计 1 条: the number belongs to the label, unlike that behind 总计 or behind 只计 at a line's break.
_RULE_GOES_ON = re.compile(r"\s*(?:[条次]|$)")
_TOTALS = ("总计", "合计", "小计", "共计")
# A note in a cell that goes on in the next line: 103(注:61件已 / 更正). The line below it is left blank.
_NOTE_OVER_LINES = re.compile(
    rf"(?m)((?:^|\t)[ \t]*\d[\d,]*[ ]?{UNIT_WORDS}?\([^()\n]{{1,40}})\n([^()\t\n]{{0,40}}\))[ ]*$"
)
_UNIT_WORD = re.compile(rf"{UNIT_WORDS}|\({UNIT_WORDS}\)")


class Said(NamedTuple):
    """A piece without its place: what one cell of a line says."""

    kind: Kind
    text: str
    value: Number | None
    column: int
    grid: bool
    written: str


def pieces_of(document: Document, running: RunningLines) -> list[Piece]:
    """The stream of pieces of a document. Lines of running text become one label piece each."""
    stream: list[Piece] = []
    lines = [block.text for block in document.blocks if isinstance(block, Line)]
    # Normalised in one go: most lines are a figure, and a call for each would cost more than the work.
    texts = iter(_NOTE_OVER_LINES.sub(r"\1\2\n", simplify("\n".join(lines))).split("\n"))
    row = 0
    for block in document.blocks:
        if isinstance(block, Table):
            for cells in block.rows:
                row += 1
                stream.extend(_table_row(cells, row, block))
            continue
        row += 1
        text = next(texts)
        if block.text in running:
            continue
        said = _short_line(text, block.text) if len(text) <= LONGEST_KEPT else _line(text, block.text)
        for kind, words, value, column, grid, written in said:
            stream.append(Piece(kind, words, value, row, column, grid, written, block))
    return stream


def _line(text: str, written: str) -> tuple[Said, ...]:
    """What a line says, cell by cell. `text`: the line normalised, each character in its place."""
    stripped = text.strip()
    if not stripped and "\t" not in text:
        return ()
    return tuple(_text_row(text, stripped, written))


# The same labels and figures stand in every report.
_short_line = lru_cache(maxsize=20_000)(_line)


def _table_row(cells: list[Cell], row: int, table: Table) -> Iterator[Piece]:
    above = ""
    texts = [without_grouping(simplify(cell.text).strip()) for cell in cells]
    for cell, text, (kind, value) in zip(cells, texts, kinds_in_row(texts), strict=True):
        column = cell.column - 1
        if kind == LABEL and text == above:
            continue  # a merged cell, given once for each column it spans
        above = text
        if kind == LABEL and any(c.isdigit() for c in text):
            parts = [kind_of(part) for part in text.split()]
            if len(parts) > 1 and all(k in (FIGURE, BLANK) for k, _ in parts):
                # Values stacked in one cell; two or three of them beside other figures are one broken number.
                if len(parts) <= 3 and sum(c.text.strip().isdigit() for c in cells) >= 3:
                    kind, value = kind_of("".join(text.split()))
                else:
                    for part_kind, part_value in parts:
                        yield Piece(part_kind, "", part_value, row, column, False, "", cell, table)
                    continue
            elif "\n" in text:
                kind, value = kind_of("".join(text.split()))
        yield Piece(kind, text, value, row, column, True, cell.text.strip(), cell, table)


def _text_row(text: str, stripped: str, written: str) -> Iterator[Said]:
    if "\t" in text:
        cells = _split(text, written, "\t")
        if len(cells) == 2 and not cells[0][0].strip():
            cells = cells[1:]  # a leading tab before the only cell of the line: a Word table saved as text
        if len(cells) == 1:
            yield from _single_cell(cells[0][0].strip(), cells[0][1].strip(), "\t" in written)
        else:
            yield from _cells(cells)
    elif "|" in stripped:
        yield from _piped(text.rstrip("\r\n"), written)
    elif " " not in stripped or _is_sentence(stripped):
        yield from _single_cell(stripped, written.strip(), False)
    else:
        yield from _loose(stripped, written.strip())


def _split(text: str, written: str, separator: str) -> list[tuple[str, str]]:
    """The cells of a line, normalised and as written; normalising keeps every position."""
    cells: list[tuple[str, str]] = []
    start = 0
    for part in text.split(separator):
        end = start + len(part)
        cells.append((part, written[start:end]))
        start = end + 1
    return cells


def _piped(text: str, written: str) -> Iterator[Said]:
    """A row with pipes between its cells; or a row broken after each pipe, so that a line is one cell."""
    stripped = text.strip()
    if stripped == "|":
        yield Said(BLANK, "", None, 0, False, "")
        return
    if _PIPE_RULE.fullmatch(stripped) and ("--" in stripped or "==" in stripped or not stripped.strip("|")):
        return  # the rule below a head, or the padding of a merged cell
    # Pipes frame the row, or only part its cells: then a space before the first pipe is a blank cell.
    framed = text[0] == "|" or (stripped[0] == "|" and text[-1] == "|")
    first = text.index("|") + 1 if framed else 0
    last = len(text.rstrip()) - 1 if framed and stripped[-1] == "|" else len(text)
    cells = _split(text[first:last], written[first:last], "|")
    if len(cells) == 1 or (len(cells) == 2 and not cells[1][0].strip()):
        yield from _single_cell(cells[0][0].strip(), cells[0][1].strip(), "\t" in written)
    else:
        yield from _cells(cells)


def _is_sentence(text: str) -> bool:
    """Whether a line is running text: long even without the spaces that set columns apart."""
    return len(text) > LONGEST_ROW and ("  " not in text or len(text.replace(" ", "")) > LONGEST_ROW)


def _single_cell(text: str, written: str, tabbed: bool) -> Iterator[Said]:
    kind, value = kind_of(text)
    if text == "无" and not tabbed:
        kind = LABEL  # a character of （四）无法提供, printed one a line
    if kind == LABEL:
        if _DRAWN_RULE.fullmatch(text) or (len(text) < 14 and _PAGE_NUMBER.fullmatch(text)):
            return
        if not _is_sentence(text) and (" " in text or (len(text) <= 60 and text[-1:].isdigit())):
            yield from _loose(text, written)
            return
    yield Said(kind, text, value, 0, False, written)


def _cells(cells: list[tuple[str, str]]) -> Iterator[Said]:
    above = ""
    texts = [without_grouping(cell.strip()) for cell, _ in cells]
    rows = zip(texts, kinds_in_row(texts), cells, strict=True)
    for column, (text, (kind, value), (_, written)) in enumerate(rows):
        if kind == LABEL and text == above:
            continue  # a merged cell, printed once for each column it spans
        above = text
        if kind == LABEL and " " in text and any(c.isdigit() for c in text):
            for said in _loose(text, written.strip()):
                yield said._replace(column=column)
            continue
        yield Said(kind, text, value, column, True, written.strip())


class _LooseRow:
    """Words and numbers on one line: neighbouring words are one label, each number a figure."""

    def __init__(self, text: str, written: str) -> None:
        self.text, self.written = text, written
        self.cells: list[Said] = []
        self.words: list[tuple[int, int]] = []  # spans of the label being put together

    def label(self) -> None:
        if self.words:
            text = "".join(self.text[a:b] for a, b in self.words)
            written = "".join(self.written[a:b] for a, b in self.words)
            self._add(LABEL, text, None, written)
            self.words = []

    def counts_as_words(self, number: str, end: int, last_word: str = "") -> bool:
        """Whether a number that ends here is part of the label: 相同信息计 1 条."""
        if number != "1" or not _RULE_GOES_ON.match(self.text, end):
            return False
        words = "".join(self.text[a:b] for a, b in self.words) + last_word
        return words.endswith("计") and not words.endswith(_TOTALS)

    def figures(self, start: int, end: int) -> None:
        self.label()
        token = self.text[start:end]
        if len(token) > 1 and set(token) == {"0"}:  # zeros that lost the space between them
            for _ in token:
                self._add(FIGURE, "0", 0, "0")
        else:
            kind, value = kind_of(token)
            self._add(kind, token, value, self.written[start:end])

    def unit(self, start: int, end: int) -> None:
        self.label()
        self._add(UNIT, self.text[start:end], None, self.written[start:end])

    def _add(self, kind: Kind, text: str, value: Number | None, written: str) -> None:
        self.cells.append(Said(kind, text, value, len(self.cells), False, written))


def _loose(text: str, written: str) -> list[Said]:
    """What a line says without cells of its own."""
    if len(text) < 14 and _PAGE_NUMBER.fullmatch(text):
        return []
    found = _LooseRow(text, written)
    depth = 0  # within brackets numbers belong to the words: (计 1 条)
    closes = text.count(")")
    start = 0
    if _ORDINAL_BEFORE_LABEL.match(text):  # "1 属于国家秘密 0 0": the ordinal belongs to the label
        found.words.append((0, 1))
        start = 1
    for match in _LOOSE.finditer(text, start):
        token, (begin, end) = match.group(), match.span()
        if match.lastgroup != "text" and depth == 0 and not found.counts_as_words(token, end):
            found.figures(begin, end)
            continue
        glued = _GLUED.fullmatch(token) if depth == 0 and token[-1].isdigit() else None
        closes -= token.count(")")
        depth = min(max(depth + token.count("(") - token.count(")"), 0), closes)
        if depth == 0 and _UNIT_WORD.fullmatch(token):
            found.unit(begin, end)
        elif (
            glued is not None
            and len(token) <= LONGEST_GLUED
            and not found.counts_as_words(glued[2], end, glued[1])
        ):
            found.words.append((begin, begin + glued.end(1)))
            found.figures(begin + glued.start(2), end)
        else:
            found.words.append((begin, end))
    found.label()
    return found.cells
