"""Passages of a corpus that are nearly the same: character n-grams weighed by how rare they are (TF-IDF).

`gongkai.wording.similarity` finds sentences that are the same but for their figures. Here a passage is found
also where words were changed: two lines on one subject score low, a copy with some words replaced high.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.wording.normal import compact

SHORTEST = 20  # characters without signs and figures: a shorter passage is a heading or a table's row
# Shares of paragraphs tried: with one word in five changed 0.5, two on one subject by two writers below 0.1.
NEAR = 0.4
_PARAGRAPH = re.compile(r"[^\n]+")
_SIGNS = re.compile(r"[^\w%]+")
_FIGURE = re.compile(r"\d+")
_GRAM = 3
# An n-gram that stands in more passages than this is a formula of the field: looking all of them up would
# cost the square of the corpus and tell nothing.
_MOST_HOLDERS = 300
_MOST_CANDIDATES = 200  # passages compared in full with one passage, those that share most

Rerank = Callable[[str, Sequence[str]], Sequence[float]]
"""A model that scores texts against a query, higher is nearer. None is shipped: see `nearest`."""


class Passage(NamedTuple):
    """A paragraph of a text: `source` says which text, `start` where in it."""

    source: str
    start: int
    words: str


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two passages that are nearly the same; `share` is the cosine of their n-grams, from 0 to 1."""

    here: Passage
    there: Passage
    share: float


class Reference:
    """Passages made ready for comparing: weights of n-grams and where each stands."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = list(passages)
        grams = [Counter(_grams(passage.words)) for passage in self.passages]
        holders = Counter(gram for counted in grams for gram in counted)
        count = len(grams) or 1
        self._rarity = {gram: math.log(1 + count / held) for gram, held in holders.items()}
        self._vectors = [self._vector(counted) for counted in grams]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, vector in enumerate(self._vectors):
            for gram in vector:
                if holders[gram] <= _MOST_HOLDERS:
                    self._holders[gram].append(index)

    def _vector(self, counted: Counter[str]) -> dict[str, float]:
        # A gram no passage holds is as rare as can be.
        rarest = math.log(1 + (len(self.passages) or 1))
        weights = {
            gram: (1 + math.log(number)) * self._rarity.get(gram, rarest) for gram, number in counted.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    def like(self, words: str, *, least: float = NEAR, most: int = 5) -> list[tuple[Passage, float]]:
        """The passages most like some words with their share, nearest first. ValueError for bad limits."""
        return [(self.passages[index], share) for index, share in self._near(words, least, most, -1)]

    def copies(self, *, least: float = NEAR, most: int = 5) -> Iterator[NearCopy]:
        """Every two passages of different sources that are nearly the same, once, in the order given."""
        for here, passage in enumerate(self.passages):
            for there, share in self._near(passage.words, least, len(self.passages), here):
                if there > here and self.passages[there].source != passage.source:
                    yield NearCopy(passage, self.passages[there], share)

    def _near(self, words: str, least: float, most: int, itself: int) -> list[tuple[int, float]]:
        if not 0 < least <= 1 or most < 1:
            raise ValueError("least 应大于 0、不大于 1，most 应不小于 1")
        vector = self._vectors[itself] if itself >= 0 else self._vector(Counter(_grams(words)))
        shared: Counter[int] = Counter()
        for gram in vector:
            shared.update(self._holders.get(gram, ()))
        shared.pop(itself, None)
        found = []
        for index, _ in shared.most_common(_MOST_CANDIDATES):
            other = self._vectors[index]
            small, large = (vector, other) if len(vector) < len(other) else (other, vector)
            share = sum(weight * large.get(gram, 0.0) for gram, weight in small.items())
            if share >= least:
                found.append((index, min(share, 1.0)))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def passages_of(source: str, text: str) -> list[Passage]:
    """The paragraphs of a text that are long enough to be compared.

    >>> text = "概况\\n依法办理政府信息公开申请，按期答复，全年没有收费。"
    >>> [found.start for found in passages_of("年报", text)]
    [3]
    """
    found = []
    for match in _PARAGRAPH.finditer(text):
        words = match.group().strip()
        if len(_SIGNS.sub("", _FIGURE.sub("", words))) >= SHORTEST:
            found.append(Passage(source, match.start() + match.group().index(words[0]), words))
    return found


def near_copies(texts: Sequence[tuple[str, str]], *, least: float = NEAR) -> list[NearCopy]:
    """Paragraphs of (source, text) pairs that stand nearly the same in another source.

    Figures count for little: they are read as one sign. `least` is the share from which on two count.
    """
    passages = [passage for source, text in texts for passage in passages_of(source, text)]
    return list(Reference(passages).copies(least=least))


def nearest(
    query: str, reference: Reference, *, most: int = 5, least: float = 0.05, rerank: Rerank | None = None
) -> list[tuple[Passage, float]]:
    """The passages nearest to a query, reordered by `rerank` where the caller brings a model of its own.

    Without `rerank` the shares of n-grams decide; `reranking.by_alignment` is one (extra `rerank`).
    Raises ValueError if the model gives another number of scores than it was given texts.
    """
    found = reference.like(query, least=least, most=most * 4 if rerank else most)
    if rerank is None or not found:
        return found
    scores = list(rerank(query, [passage.words for passage, _ in found]))
    if len(scores) != len(found):
        raise ValueError(f"重排模型应给出{len(found)}个分数，给出了{len(scores)}个")
    ordered = sorted(zip(found, scores, strict=True), key=lambda pair: -pair[1])
    return [(passage, float(score)) for (passage, _), score in ordered[:most]]


def _grams(words: str) -> Iterator[str]:
    plain = _plain(words)
    for index in range(max(1, len(plain) - _GRAM + 1)):
        yield plain[index : index + _GRAM]


def _plain(words: str) -> str:
    """One spelling, without signs, each figure as one nought."""
    return _SIGNS.sub("", _FIGURE.sub("0", compact(words)))
