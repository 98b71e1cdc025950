"""Columns of tables without lines: a narrow gap is a column's where many lines have text at its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from gongkai.documents.pdf.drawn import Char
from gongkai.documents.pdf.text_lines import NO_GAP, WORD_GAP, character_size

SHARED = 4  # lines that have text of the same kind at the same place
_FIGURE = re.compile(r"[\d.．,，+\-－—%]+|[/／]")
_UNIT = re.compile(r"[条件次个元篇份项人万亿]{1,2}")
_LABEL = re.compile(r".*[\u4e00-\u9fff].*")

# What kind of text begins, ends or has its middle at a place, counted in points.
Edge = tuple[str, str, int]


def column_beginnings(lines: list[list[Char]]) -> set[int]:
    """The characters, by identity, that begin a column's text: figures, units or labels below each other.

    A column's figures are set left, right or in the middle; labels are set left. Single Chinese characters
    other than units never begin one: wide-set words stand below each other as well.
    """
    shared: Counter[Edge] = Counter()
    beginnings: list[tuple[Char, list[Edge]]] = []
    for line in lines:
        seen: set[Edge] = set()
        for index, piece in enumerate(pieces_of(line)):
            edges = _edges(piece)
            seen.update(edges)
            if index:
                beginnings.append((piece[0], edges))
        shared.update(seen)
    return {
        id(char) for char, edges in beginnings if any(_lines_at(shared, edge) >= SHARED for edge in edges)
    }


def _lines_at(shared: Counter[Edge], edge: Edge) -> int:
    kind, side, at = edge
    return max(shared[edge] + shared[kind, side, at - 1], shared[edge] + shared[kind, side, at + 1])


def pieces_of(line: list[Char]) -> Iterator[list[Char]]:
    """The line cut at every gap wider than those within a word."""
    start = 0
    for index, (before, char) in enumerate(pairwise(line), 1):
        gap = char[1] - before[3]  # from right to left
        if gap > NO_GAP and gap > WORD_GAP * max(character_size(before), character_size(char)):
            yield line[start:index]
            start = index
    if line:
        yield line[start:]


def is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))


def is_unit(text: str) -> bool:
    return bool(_UNIT.fullmatch(text))


def _edges(piece: list[Char]) -> list[Edge]:
    text = "".join(char.text for char in piece)
    left, right = piece[0].left, piece[-1].right
    if is_figure(text):
        kind = "figure"
    elif is_unit(text):
        kind = "unit"
    elif len(text) > 1 and _LABEL.fullmatch(text):
        return [("label", "left", int(left))]
    else:
        return []
    return [(kind, "left", int(left)), (kind, "middle", int((left + right) / 2)), (kind, "right", int(right))]
