"""Labels printed otherwise than in the form: 本年度止件数 for 本年废止件数."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.annual.interpreting.figures import LABEL
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.words import Words, core

SHORTEST_LABEL = 5
# A slip changes a character or two; a label that differs by more was shortened or worded otherwise.
MOST_CHARACTERS_MORE_OR_LESS = 1


def misprints(
    pieces: Sequence[Piece], words: Words, start: int, end: int, labels: Sequence[str]
) -> Iterator[Piece]:
    """The pieces of `pieces[start:end]` that print a label with a slip.

    `labels`: as in the form, without punctuation; `words`: those of all pieces. A label that stands in the
    words rightly, though broken over lines, is no misprint.
    """
    text = words.text[words.position_of(start) : words.position_of(end)]
    missing = [label for label in labels if len(label) >= SHORTEST_LABEL and label not in text]
    if not missing:
        return
    right = set(labels)
    for piece in pieces[start:end]:
        if piece.kind is not LABEL:
            continue
        printed = core(piece.text)
        if printed not in right and any(_slipped(printed, label) for label in missing):
            yield piece


def _slipped(printed: str, label: str) -> bool:
    if abs(len(printed) - len(label)) > MOST_CHARACTERS_MORE_OR_LESS or not printed:
        return False
    if printed[0] != label[0] or printed[-1] != label[-1]:
        return False  # cut elsewhere, not misprinted
    pairs = {label[i : i + 2] for i in range(len(label) - 1)}
    same = sum(printed[i : i + 2] in pairs for i in range(len(printed) - 1))
    return same * 5 >= len(pairs) * 3
