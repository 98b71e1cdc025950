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
    """All pieces, some of the suspects in `pieces[start:end]` made wordless labels; the likeliest first."""
    chain = _likeliest_chain(pieces)
    likely = [index for index in chain if start <= index < end]
    suspects = [index for index in _suspects(pieces) if start <= index < end]
    choices = [tuple(likely)] if likely else []
    if len(suspects) <= MOST_SUSPECTS:
        choices += [c for size in range(len(suspects), 0, -1) for c in combinations(suspects, size)]
    for chosen in choices:
        rest = list(pieces)
        for index in chosen:
            rest[index] = wordless(rest[index])
        yield rest


def wordless(piece: Piece) -> Piece:
    """The piece as one that is no cell: it keeps its place in the stream, and no label is broken by it."""
    return piece._replace(kind=LABEL, text="", value=None, grid=False)


def _pairs(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """The lone numbers, each with those that are one more and stand a page below it."""
    lone = [i for i in range(len(pieces)) if is_lone(pieces, i)]
    for at, index in enumerate(lone):
        piece = pieces[index]
        for later in lone[at + 1 :]:
            gap = pieces[later].row - piece.row
            if gap > LONGEST_PAGE:
                break
            if gap >= SHORTEST_PAGE and pieces[later].value == piece.value + 1:  # type: ignore[operator]
                yield index, later


def _suspects(pieces: Sequence[Piece]) -> list[int]:
    return sorted({index for pair in _pairs(pieces) for index in pair})


def _likeliest_chain(pieces: Sequence[Piece]) -> list[int]:
    """The longest chain of lone numbers that count up; of several the one whose pages are most alike."""
    best: dict[int, tuple[int, int, int, int]] = {}  # length, -unevenness, last gap, the one before
    for index, later in sorted(_pairs(pieces), key=lambda pair: pair[1]):
        gap = pieces[later].row - pieces[index].row
        length, evenness, last, _ = best.get(index, (1, 0, gap, -1))
        best[later] = max(
            best.get(later, (0, 0, 0, -1)), (length + 1, evenness - abs(gap - last), gap, index)
        )
    chain: list[int] = []
    index = max(best, key=lambda i: best[i][:2], default=-1)
    while index >= 0:
        chain.append(index)
        index = best[index][3] if index in best else -1
    return chain[::-1]


def is_lone(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece is a small number alone on its line."""
    piece = pieces[index]
    if piece.kind is not FIGURE or piece.table is not None or piece.grid or not piece.text.isdecimal():
        return False
    if not 0 < piece.value <= LAST_PAGE:  # type: ignore[operator]
        return False
    before, after = pieces[index - 1 : index], pieces[index + 1 : index + 2]
    return all(other.row != piece.row for other in (*before, *after))
