"""Characters put together into the lines a reader sees, with wide gaps kept."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from gongkai.documents.pdf.drawn import Char

_base = attrgetter("base")
_left = attrgetter("left")

TAB_GAP = 2.5  # characters; wider is another column
WIDE_GAP = 1.05  # characters; wider is meant as a gap
WORD_GAP = 0.22  # characters; wider parts two words or numbers
SPACE_GAP = 0.1  # characters; enough where the content has a space there
SAME_LINE = 0.4  # of the smaller height, by which the base lines of two characters may differ
RAISED = 0.8  # of a line's height, at most, is a mark raised above it
MOST_RAISED = 40  # characters of such marks on one line
NO_GAP = 0.3  # points; no type is so small that less is a space
SAME_PLACE = 0.08  # of a character's height: narrow ones are printed again as far away as wide ones
SAME_CHARACTER = 0.3  # of its width: bold is sometimes drawn by printing a character twice


@dataclass(slots=True)
class TextLine:
    """A line of text outside tables and where it stands, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page_height: float


def visual_lines(chars: list[Char]) -> list[list[Char]]:
    """Characters grouped by line from top to bottom, each line from left to right."""
    lines: list[list[Char]] = []
    base = height = 0.0
    if len({char.base for char in chars}) == 1:
        return [sorted(chars, key=_left)]
    for char in sorted(chars, key=_base):
        its_height = char.bottom - char.top
        if char.base - base <= SAME_LINE * (height if height < its_height else its_height) and lines:
            lines[-1].append(char)
            continue
        lines.append([char])
        base, height = char.base, its_height
    for line in lines:
        line.sort(key=_left)
    return _with_raised(lines)


def _with_raised(lines: list[list[Char]]) -> list[list[Char]]:
    """The lines with small raised or lowered marks, such as those of footnotes, where they belong."""
    marks: set[int] = set()
    for upper, lower in pairwise(lines):
        if _stands_within(upper, lower):
            marks.add(id(upper))
            lower[:] = sorted([*upper, *lower], key=_left)
        elif id(upper) not in marks and _stands_within(lower, upper):
            marks.add(id(lower))
            upper[:] = sorted([*upper, *lower], key=_left)
    return [line for line in lines if id(line) not in marks]


def _stands_within(mark: list[Char], line: list[Char]) -> bool:
    """Whether all of a line is much smaller than another, as high as that one, and follows on its words."""
    high = line[0].bottom - line[0].top
    if len(mark) > MOST_RAISED or any(char.bottom - char.top > RAISED * high for char in mark):
        return False
    middle = (mark[0].top + mark[0].bottom) / 2
    if not line[0].top < middle < line[0].bottom:
        return False
    ends = [char.right for char in (*line, *mark)]
    return all(any(-SPACE_GAP * high <= char.left - end <= WORD_GAP * high for end in ends) for char in mark)


def line_text(line: list[Char], beginnings: AbstractSet[int] = frozenset()) -> str:
    """The characters of one line with gaps as none, one space, two spaces or a tab, by their width.

    `beginnings` are characters, by identity, before which the gap is a tab though it is narrow.
    """
    if not line:
        return ""
    pieces = [line[0].text]
    before = line[0]
    for char in line[1:]:
        if char.text == before.text and _is_printed_again(before, char):
            continue
        if id(char) in beginnings:
            pieces.append("\t")
        elif char.left - before.right > NO_GAP:
            pieces.append(_gap(before, char))
        pieces.append(char.text)
        before = char
    return "".join(pieces)


def _is_printed_again(before: Char, char: Char) -> bool:
    width, height = char.right - char.left, char.bottom - char.top
    return abs(char.left - before.left) < max(SAME_CHARACTER * width, SAME_PLACE * height)


def _gap(before: Char, after: Char) -> str:
    gap = after.left - before.right
    size = max(character_size(before), character_size(after))
    if gap <= (SPACE_GAP if after.spaced else WORD_GAP) * size:
        return ""
    if gap > TAB_GAP * size:
        return "\t"
    if gap > WIDE_GAP * size:
        return "  "
    # Chinese is set wide for looks; between Latin words and numbers the gap is a space.
    return " " if before.text.isascii() and after.text.isascii() else ""


def character_size(char: Char) -> float:
    """About one character: the width of a Chinese one, the height of a Latin one (whose box is taller)."""
    width, height = char.right - char.left, char.bottom - char.top
    return width if not char.text.isascii() and width > 0 else height * 0.85


def text_line(line: list[Char], page_height: float, beginnings: AbstractSet[int]) -> TextLine:
    _, _, tops, rights, bottoms, *_ = zip(*line, strict=True)
    text = line_text(line, beginnings)
    return TextLine(text, line[0].left, min(tops), max(rights), max(bottoms), page_height)
