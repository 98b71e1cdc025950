"""Page numbers that saved text leaves between the cells of a table: a number alone on its line.

A cell's figure may stand alone on its line too. So these are suspects only: numbers that count up by one, a
page apart. A table is read without them where that satisfies what reading with them does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gongkai.annual.interpreting.figures import FIGURE, LABEL
from gongkai.annual.interpreting.pieces import Piece

SHORTEST_PAGE = 12  # rows of text between two page numbers
LONGEST_PAGE = 160
LAST_PAGE = 60
# A table spans a few pages; more suspects are cells that happen to count.
MOST_SUSPECTS = 6


def without(pieces: Sequence[Piece], start: int, end: int) -> Iterator[list[Piece]]:
    """All pieces, with some of the suspects in `pieces[start:end]` made wordless labels: the most first."""
    suspects = [index for index in _suspects(pieces) if start <= index < end]
    if not 0 < len(suspects) <= MOST_SUSPECTS:
        return
    for size in range(len(suspects), 0, -1):
        for chosen in combinations(suspects, size):
            rest = list(pieces)
            for index in chosen:
                rest[index] = wordless(rest[index])
            yield rest


def wordless(piece: Piece) -> Piece:
    """The piece as one that is no cell: it keeps its place in the stream, and no label is broken by it."""
    return piece._replace(kind=LABEL, text="", value=None, grid=False)


def _suspects(pieces: Sequence[Piece]) -> list[int]:
    """The indices of the numbers alone on their line that have a neighbour, one more or less, a page away."""
    lone = [i for i, piece in enumerate(pieces) if _is_lone(pieces, i, piece)]
    found: set[int] = set()
    for at, index in enumerate(lone):
        piece = pieces[index]
        for later in lone[at + 1 :]:
            gap = pieces[later].row - piece.row
            if gap > LONGEST_PAGE:
                break
            if gap >= SHORTEST_PAGE and pieces[later].value == piece.value + 1:  # type: ignore[operator]
                found |= {index, later}
    return sorted(found)


def _is_lone(pieces: Sequence[Piece], index: int, piece: Piece) -> bool:
    if piece.kind is not FIGURE or piece.table is not None or piece.grid or not piece.text.isdecimal():
        return False
    if not 0 < piece.value <= LAST_PAGE:  # type: ignore[operator]
        return False
    before, after = pieces[index - 1 : index], pieces[index + 1 : index + 2]
    return all(other.row != piece.row for other in (*before, *after))
