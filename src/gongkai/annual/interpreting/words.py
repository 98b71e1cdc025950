"""The words of a stretch of pieces as one string, and finding the form's labels in it.

Labels come broken over lines, one character a line, shortened, misprinted, or with their figures in between.
So they are looked for in the words alone, with the figures taken out: there a broken label is whole again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongkai.annual.interpreting.figures import LABEL
from gongkai.documents.errors import DocumentError

if TYPE_CHECKING:  # the pieces are made with the help of the words
    from gongkai.annual.interpreting.pieces import Piece

# Longer pieces are sentences: no label of a form is as long.
LONGEST_LABEL = 64
# How often a file may name the form's rows: a hundred reports in one file do so some five thousand times.
MOST_HITS = 20_000
# And how often hits may be looked at in all: the same hundred reports need less than ten thousand looks.
MOST_LOOKS = 150_000
# Hits looked at together: a table has some dozens; more are a table of many reports, taken piece by piece.
LARGEST_CLUSTER = 400
_BETWEEN = "\0"
_DROPPED = dict.fromkeys(
    map(ord, " \t\n\r\u3000\xa0\"'“”‘’「」『』《》()（）[]【】<>{}、，,。.．；;：:·…—-_*#|/\\!！?？")
)


def core(text: str) -> str:
    """The words of a normalised text without spaces and punctuation."""
    return text.translate(_DROPPED)


class Words:
    """The label words of `pieces[start:end]` joined, each character knowing its piece."""

    __slots__ = ("_pieces", "_starts", "text")

    def __init__(self, pieces: Sequence[Piece], start: int = 0, end: int | None = None) -> None:
        stop = len(pieces) if end is None else end
        labels = [
            i for i in range(start, stop) if pieces[i].kind is LABEL and len(pieces[i].text) <= LONGEST_LABEL
        ]
        # All in one go: a call for each label would cost more than the work.
        parts = core(_BETWEEN.join([pieces[i].text for i in labels])).split(_BETWEEN)
        if len(parts) != len(labels):  # a pdf's broken font may give the sign that parts them
            parts = [core(pieces[i].text) for i in labels]
        self._starts: list[int] = []
        self._pieces: list[int] = []
        length = 0
        for index, part in zip(labels, parts, strict=True):
            if part:
                self._starts.append(length)
                self._pieces.append(index)
                length += len(part)
        self.text = "".join(parts)

    def piece_at(self, position: int) -> int:
        """The index of the piece that holds the character at `position`."""
        return self._pieces[bisect_right(self._starts, position) - 1]

    def position_of(self, piece: int) -> int:
        """The position of the first character at or after that piece."""
        index = bisect_right(self._pieces, piece - 1)
        return self._starts[index] if index < len(self._starts) else len(self.text)


def occurrences(text: str, word: str, start: int = 0, end: int | None = None) -> list[int]:
    """Every position of `word` in `text[start:end]`."""
    found: list[int] = []
    stop = len(text) if end is None else end
    position = text.find(word, start, stop)
    while position >= 0:
        found.append(position)
        position = text.find(word, position + 1, stop)
    return found


def chain(hits: list[tuple[int, int]], widest_gap: int) -> list[tuple[int, int]]:
    """The longest run of (position, rank) hits whose ranks rise, with no gap over `widest_gap` characters.

    Of runs equally long, the tightest. This is how a table is told from sentences that use its words.
    """
    hits = sorted(hits)
    best: list[tuple[int, int, int]] = []  # length, -span, previous
    for i, (position, rank) in enumerate(hits):
        length, span, previous = 1, 0, -1
        for j in range(i - 1, -1, -1):
            gap = position - hits[j][0]
            if gap > widest_gap:
                break
            if hits[j][1] < rank and (best[j][0] + 1, best[j][1] - gap) > (length, span):
                length, span, previous = best[j][0] + 1, best[j][1] - gap, j
        best.append((length, span, previous))
    if not best:
        return []
    index = max(range(len(best)), key=lambda i: best[i][:2])
    run: list[tuple[int, int]] = []
    while index >= 0:
        run.append(hits[index])
        index = best[index][2]
    return run[::-1]


def chains(hits: list[tuple[int, int]], widest_gap: int, fewest: int) -> list[list[tuple[int, int]]]:
    """Every run of at least `fewest` hits, none overlapping another, in the order of their positions.

    Raises `DocumentError` (too_complex) for a file that names the form's rows thousands of times over.
    """
    if len(hits) > MOST_HITS:
        raise _named_too_often()
    found: list[list[tuple[int, int]]] = []
    waiting = _clusters(sorted(hits), widest_gap)
    looks = 0
    while waiting:
        cluster = waiting.pop()
        looks += len(cluster)
        if looks > MOST_LOOKS:
            raise _named_too_often()
        run = chain(cluster, widest_gap)
        if len(run) < fewest:
            continue
        found.append(run)
        first, last = run[0][0], run[-1][0]
        rest = ([h for h in cluster if h[0] < first], [h for h in cluster if h[0] > last])
        waiting += [part for part in rest if len(part) >= fewest]
    return sorted(found)


def _named_too_often() -> DocumentError:
    return DocumentError(
        "too_complex",
        "文件里年度报告的行名重复了太多次，不像年度报告，不予读取。请只保留年度报告正文后再试。",
        "the rows of the form are named thousands of times over: not an annual report",
    )


def _clusters(hits: list[tuple[int, int]], widest_gap: int) -> list[list[tuple[int, int]]]:
    """Hits parted where a gap is wider than any run may bridge."""
    clusters: list[list[tuple[int, int]]] = []
    for hit in hits:
        if not clusters or hit[0] - clusters[-1][-1][0] > widest_gap or len(clusters[-1]) >= LARGEST_CLUSTER:
            clusters.append([])
        clusters[-1].append(hit)
    return clusters


def resembling(text: str, label: str, start: int, end: int) -> int | None:
    """Where in `text[start:end]` a misprinted or shortened `label` begins, None if nothing resembles it.

    At least two in five of the label's pairs of characters must stand close together; of several such
    places the one with the most.
    """
    pairs = {label[i : i + 2] for i in range(len(label) - 1)}
    at = [i for i in range(start, end - 1) if text[i : i + 2] in pairs]
    best, begin = 0, None
    for first in at:
        near = {text[i : i + 2] for i in at if first <= i < first + len(label) + 2}
        if len(near) > best:
            best, begin = len(near), first
    return begin if best * 5 >= len(pairs) * 2 and best > 0 else None
