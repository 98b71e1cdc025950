"""Tables without lines: rows of figures below each other, read as rows with a tab before each column.

Their columns are the places where the figures of many rows stand, and the words of the head above them. A
column without a figure in a row is a blank cell of that row: two tabs with nothing between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import sub

from gongkai.documents.pdf.columns import SHARED, column_beginnings, is_figure, is_unit, pieces_of
from gongkai.documents.pdf.drawn import Char
from gongkai.documents.pdf.text_lines import TextLine, character_size, line_text, text_line

HEAD_LINES = 6  # above the first row of figures, where the heads of its columns stand
HEAD_CELLS = 3  # a line of fewer is a title, not a head
NARROW_GAP = 0.06  # characters; what parts two columns set as close as can be
CERTAIN = 4  # figures side by side that no sentence ends with
MOST_COLUMNS = 60  # of any table; the widest of the forms has fifteen
MOST_PIECES = 200  # of a line; more are a drawing made of letters
APART = 8.0  # heights of a line that a row may stand below the one before
WRAPPED = 2.6  # heights of a line between the two lines of a cell, at most
NEXT_LINE = 1.7  # heights of a line between a cell's first line and its second, at most
MIDWAY = 0.3  # of a line's height, by which a row may miss the middle of a cell of two lines
ALIGNED = 1.5  # points by which a figure may miss the side or the middle of its column

_BROKEN = ("万元", "亿元", "人次")  # units that a narrow cell breaks over two lines

_PAGE_NUMBER = re.compile(r"[-—–－·]*\d{1,3}[-—–－·]*|\d{1,3}[/／]\d{1,3}")

Column = tuple[float, float]  # from where to where its figures and its head reach


@dataclass(slots=True)
class Piece:
    """A stretch of text without gaps; `chars` are those of its first line."""

    chars: list[Char]
    text: str
    left: float
    right: float
    is_figure: bool

    def overlaps(self, column: Column) -> bool:
        return self.left < column[1] and column[0] < self.right


@dataclass(slots=True)
class Row:
    """A line as pieces; or several lines that are one row of a table, `joined`."""

    lines: list[list[Char]]
    pieces: list[Piece]
    base: float
    height: float

    @property
    def figures(self) -> list[Piece]:
        """The figures at the end of the row, with words before them or not."""
        start = len(self.pieces)
        while start and self.pieces[start - 1].is_figure:
            start -= 1
        return self.pieces[start:]


def lines_in_columns(lines: list[list[Char]], page_height: float) -> list[TextLine]:
    """The text lines of a page, those of tables without lines with a tab for each of their columns."""
    beginnings = column_beginnings(lines)
    if not any(is_figure(line[-1].text) for line in lines):
        return [text_line(line, page_height, beginnings) for line in lines]
    gaps = _column_gaps(lines)
    rows = [_row(line, gaps) for line in lines]
    if all(len(row.pieces) <= MOST_PIECES for row in rows):
        rows = _with_wrapped_cells(rows)
    found: list[TextLine] = []
    texts = _table_texts(rows, beginnings)
    for row in rows:
        line = text_line([char for part in row.lines for char in part], page_height, beginnings)
        if id(row) in texts:
            line.text = texts[id(row)]
        elif len(row.lines) > 1:
            line.text = "\t".join(piece.text for piece in row.pieces)
        found.append(line)
    return found


def _row(line: list[Char], gaps: set[int]) -> Row:
    pieces = []
    for chars in pieces_of(line):
        for part in _cut(chars, gaps) if gaps else [chars]:
            text = line_text(part)
            pieces.append(Piece(part, text, part[0].left, part[-1].right, is_figure(text)))
    _, _, tops, _, bottoms, *_ = zip(*line, strict=True)
    return Row([line], pieces, line[0].base, max(map(sub, bottoms, tops)))


def _column_gaps(lines: list[list[Char]]) -> set[int]:
    """Where, in points, narrow gaps between figures stand below each other on several lines."""
    found: Counter[int] = Counter()
    for line in lines:
        for chars in pieces_of(line) if is_figure(line[-1].text) else ():
            if is_figure(line_text(chars)):
                found.update({int(at) for at in _middles(chars) if at is not None})
    return {at for at in found if found[at] + max(found[at - 1], found[at + 1]) >= SHARED}


def _middles(chars: list[Char]) -> Iterator[float | None]:
    """The middle of each gap between two characters; None where they touch."""
    for before, after in pairwise(chars):
        wide = after.left - before.right > NARROW_GAP * character_size(after)
        yield (before.right + after.left) / 2 if wide else None


def _cut(chars: list[Char], gaps: set[int]) -> Iterator[list[Char]]:
    """A figure cut where columns are parted by hardly a gap; anything else as it is."""
    start = 0
    if is_figure(line_text(chars)):
        for index, at in enumerate(_middles(chars), 1):
            if at is not None and not gaps.isdisjoint((int(at) - 1, int(at), int(at) + 1)):
                yield chars[start:index]
                start = index
    yield chars[start:]


def _with_wrapped_cells(rows: list[Row]) -> list[Row]:
    """The rows with those of cells broken over two lines made one, the rest of the row midway between."""
    found: list[Row] = []
    index = 0
    while index < len(rows):
        three = rows[index : index + 3]
        if len(three) == 3 and _is_one_row(*three):
            found.append(_joined(*three))
            index += 3
        elif found and _is_rest(found[-1], rows[index]):
            found[-1] = _joined(found[-1], Row([], [], found[-1].base, found[-1].height), rows[index])
            index += 1
        else:
            found.append(rows[index])
            index += 1
    return found


def _is_one_row(upper: Row, middle: Row, lower: Row) -> bool:
    if abs(upper.base + lower.base - 2 * middle.base) > 2 * MIDWAY * middle.height:
        return False
    if lower.base - upper.base > WRAPPED * middle.height:
        return False
    if not middle.figures and not (_is_value(upper) and _is_value(lower)):
        return False  # two rows of figures and the name of their group, or running text
    beside = [(piece.left, piece.right) for piece in middle.pieces]
    if any(piece.overlaps(place) for row in (upper, lower) for piece in row.pieces for place in beside):
        return False
    # Each cell's rest stands below its beginning.
    return all(any(_stand_below(piece, above) for above in upper.pieces) for piece in lower.pieces)


def _is_rest(upper: Row, lower: Row) -> bool:
    """Whether a line goes on with the row above: it ends the unit, 万 above 元 or 人 above 次."""
    if lower.base - upper.base > NEXT_LINE * upper.height:
        return False
    units = [
        (p, q)
        for p in upper.pieces
        for q in lower.pieces
        if _stand_below(q, p) and p.text + q.text in _BROKEN
    ]
    if len(units) != 1 or (lower.figures and not _is_value(lower)):
        return False
    return all(any(_stand_below(piece, above) for above in upper.pieces) for piece in lower.pieces)


def _stand_below(lower: Piece, upper: Piece) -> bool:
    return lower.overlaps((upper.left, upper.right))


def _is_value(row: Row) -> bool:
    """Whether a row is a figure alone or with its unit: part of a cell, not a row of a table."""
    return len(row.figures) <= 1 and all(piece.is_figure or is_unit(piece.text) for piece in row.pieces)


def _joined(upper: Row, middle: Row, lower: Row) -> Row:
    for rest in lower.pieces:
        piece = next(piece for piece in upper.pieces if _stand_below(rest, piece))
        piece.text += rest.text
        piece.left, piece.right = min(piece.left, rest.left), max(piece.right, rest.right)
    pieces = sorted([*upper.pieces, *middle.pieces], key=lambda piece: piece.left)
    return Row([*middle.lines, *upper.lines, *lower.lines], pieces, middle.base, middle.height)


def _table_texts(rows: list[Row], beginnings: set[int]) -> dict[int, str]:
    """The text of each row of a table of two columns or more, by the row's identity."""
    texts: dict[int, str] = {}
    for region, head in _regions(rows):
        columns = _columns(region, head)
        for row in region:
            text = _in_columns(row, columns, beginnings) if len(columns) > 1 else None
            if text is None and CERTAIN <= len(row.figures) <= MOST_COLUMNS:
                text = _in_columns(row, [(piece.left, piece.right) for piece in row.figures], beginnings)
            if text is not None:
                texts[id(row)] = text
    return texts


def _regions(rows: list[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of figures that follow each other, other lines between them left out, and the lines above."""
    region: list[Row] = []
    head: list[Row] = []
    side = 0.0
    above: list[Row] = []
    for row in rows:
        figures = [] if _is_page_number(row) else row.figures
        left = figures[0].left if figures else 0.0
        breaks = not figures and row.pieces[-1].right > side + ALIGNED  # words where the figures stand
        if region and (breaks or row.base - region[-1].base > APART * row.height):
            yield region, head
            region, above = [], []
        if figures:
            if not region:
                head, side = above[-HEAD_LINES:], left
            region.append(row)
            side = min(side, left)
        above.append(row)
    if region:
        yield region, head


def _is_page_number(row: Row) -> bool:
    return bool(_PAGE_NUMBER.fullmatch("".join(piece.text for piece in row.pieces)))


def _columns(region: list[Row], head: list[Row]) -> list[Column]:
    """Where the columns of figures stand, from left to right; none where it is not certain which there are.

    Each is certain where a row has a figure in every one, or the head has a word over every one.
    """
    figures = sorted((piece for row in region for piece in row.figures), key=_width)
    columns = _merged([], figures)
    if len(region) > 1 and any(len(row.figures) >= len(columns) for row in region):
        return columns
    words = [row for row in head if len(row.pieces) >= HEAD_CELLS and not row.figures]
    labels = max((row.pieces[0].right for row in region if not row.pieces[0].is_figure), default=0.0)
    heads = [piece for row in words for piece in row.pieces[1:] if piece.right > labels]
    with_heads = _merged(columns, sorted(heads, key=_width))
    return with_heads if any(len(row.pieces) - 1 == len(with_heads) for row in words) else []


def _width(piece: Piece) -> float:
    return piece.right - piece.left


def _merged(columns: list[Column], pieces: list[Piece]) -> list[Column]:
    """The columns with the pieces taken in, the narrowest first; what reaches over two is left out."""
    found = list(columns)
    for piece in pieces:
        if len(found) > MOST_COLUMNS:
            return []
        over = [index for index, column in enumerate(found) if piece.overlaps(column)]
        if not over:
            found.append((piece.left, piece.right))
        elif len(over) == 1:
            left, right = found[over[0]]
            found[over[0]] = (min(left, piece.left), max(right, piece.right))
    return sorted(found)


def _in_columns(row: Row, columns: list[Column], beginnings: set[int]) -> str | None:
    """The row's words, and a tab before each column's figure; None where the row does not fit the columns."""
    if len(row.pieces) == 1 and row.figures:
        return None  # a page number, or the last figure of the row above
    words: list[Piece] = []
    cells = [""] * len(columns)
    for piece in row.pieces:
        label, figures = _shared_out(piece, columns)
        if label is not None:
            if any(cells):
                return None
            words.append(label)
        for index, text in figures:
            if cells[index]:
                return None
            cells[index] = text
    if len(row.lines) > 1:
        label_text = "\t".join(piece.text for piece in words)
    else:
        label_text = line_text([char for piece in words for char in piece.chars], beginnings)
    return "\t".join([label_text, *cells] if words else cells)


def _shared_out(piece: Piece, columns: list[Column]) -> tuple[Piece | None, list[tuple[int, str]]]:
    """What of a piece belongs to the row's words, and what to which columns, by their number."""
    over = [index for index, column in enumerate(columns) if piece.overlaps(column)]
    if not over or piece.right <= columns[0][0] + ALIGNED:
        return piece, []
    is_label = not piece.is_figure and piece.left < columns[0][0] - ALIGNED
    if len(over) == 1 and not is_label:
        return None, [(over[0], piece.text)]
    parts = _parts(piece, columns)
    if parts is None:
        return (piece, []) if is_label else (None, [(_nearest(piece, columns, over), piece.text)])
    return parts


def _parts(piece: Piece, columns: list[Column]) -> tuple[Piece | None, list[tuple[int, str]]] | None:
    """A piece cut where columns begin within it; None where its parts would not stand in line with them."""
    start = next((i for i, char in enumerate(piece.chars) if char.left >= columns[0][0] - ALIGNED), None)
    if start is None or not is_figure("".join(char.text for char in piece.chars[start:])):
        return None
    found: dict[int, list[Char]] = {}
    for char in piece.chars[start:]:
        middle = (char.left + char.right) / 2
        index = next((i for i, (left, right) in enumerate(columns) if left <= middle <= right), None)
        if index is None:
            return None
        found.setdefault(index, []).append(char)
    if not all(_is_in_line(chars, columns[index]) for index, chars in found.items()):
        return None
    words = piece.chars[:start]
    label = Piece(words, line_text(words), words[0].left, words[-1].right, False) if words else None
    return label, [(index, line_text(chars)) for index, chars in found.items()]


def _is_in_line(chars: list[Char], column: Column) -> bool:
    left, right = chars[0].left - column[0], chars[-1].right - column[1]
    return min(abs(left), abs(right), abs(left + right) / 2) <= ALIGNED


def _nearest(piece: Piece, columns: list[Column], over: list[int]) -> int:
    return max(over, key=lambda i: min(piece.right, columns[i][1]) - max(piece.left, columns[i][0]))
