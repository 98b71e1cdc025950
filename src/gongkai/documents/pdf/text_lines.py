"""Characters put together into the lines a reader sees, with wide gaps kept."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from gongkai.documents.pdf.page_content import Char

TAB_GAP = 2.5  # characters; wider is another column
WIDE_GAP = 1.05  # characters; wider is meant as a gap
WORD_GAP = 0.22  # characters; wider parts two words or numbers
SPACE_GAP = 0.1  # characters; enough where the content has a space there
SAME_LINE = 0.5  # of the smaller height, by which the middles of two characters may differ
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
    middle = height = 0.0
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        its_middle, its_height = (char.top + char.bottom) / 2, char.bottom - char.top
        if lines and its_middle - middle <= SAME_LINE * min(height, its_height):
            lines[-1].append(char)
            continue
        lines.append([char])
        middle, height = its_middle, its_height
    for line in lines:
        line.sort(key=lambda c: c.left)
    return lines


def line_text(line: list[Char], beginnings: AbstractSet[int] = frozenset()) -> str:
    """The characters of one line with gaps as none, one space, two spaces or a tab, by their width.

    `beginnings` are characters, by identity, before which the gap is a tab though it is narrow.
    """
    pieces: list[str] = []
    before: Char | None = None
    for char in line:
        if before is not None:
            if char.text == before.text and abs(char.left - before.left) < SAME_CHARACTER * (
                char.right - char.left
            ):
                continue
            pieces.append("\t" if id(char) in beginnings else _gap(before, char))
        pieces.append(char.text)
        before = char
    return "".join(pieces)


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
    return TextLine(
        line_text(line, beginnings),
        line[0].left,
        min(c.top for c in line),
        max(c.right for c in line),
        max(c.bottom for c in line),
        page_height,
    )
