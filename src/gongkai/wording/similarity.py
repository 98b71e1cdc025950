"""How much of one text stands in another: sentences that are the same, or the same but for their figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import NamedTuple

from gongkai.wording.normal import compact

# Below this many characters a sentence is a heading or a formula that many texts rightly share.
SHORTEST = 12
_SENTENCE = re.compile(r"[^。；！？;!?\n]+")
# 一是, （一）, 1. and the like: the same sentence under another number is the same sentence.
_NUMBERING = re.compile(
    r"^(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)|、|\.(?!\d)|,)|[一二三四五六七八九十]{1,2}(?:是|要)|[①-⑳]|[其首第][一二三四次先]+,?)+"
)
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万两〇零]{1,12}(?=余?(?:件|条|次|份|篇|期|场|人|名|项|起|个|家))"
)
_SIGNS = re.compile(r"[^\w%]+")


class Sentence(NamedTuple):
    """A sentence: `words` as printed, `start` its index in the text, two keys that equal sentences share."""

    words: str
    start: int
    key: str  # one spelling, without signs, spaces and numbering
    bare: str  # and without figures


class Shared(NamedTuple):
    """A sentence two texts share; `identical` is False where only the figures differ."""

    here: Sentence
    there: Sentence
    identical: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """What one text shares with another. Shares are of the characters in its sentences, from 0 to 1."""

    sentences: int  # of this text, long enough to be compared
    identical: float
    identical_but_figures: float  # never below `identical`
    shared: tuple[Shared, ...]  # in the order of this text


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text that are long enough to be compared (at least SHORTEST characters).

    >>> [s.words for s in sentences("一是加强学习。二是完善政府信息公开工作制度，明确专人负责；三是抓落实")]
    ['二是完善政府信息公开工作制度，明确专人负责']
    """
    found = []
    for match in _SENTENCE.finditer(text):
        if match.end() - match.start() < SHORTEST:
            continue
        plain = _NUMBERING.sub("", compact(match.group()))
        key = _SIGNS.sub("", plain)
        if len(key) >= SHORTEST:
            words = match.group()
            start = match.start() + len(words) - len(words.lstrip())
            found.append(Sentence(words.strip(), start, key, _SIGNS.sub("", _FIGURE.sub("#", plain))))
    return found


def overlap(text: str, other: str) -> Overlap:
    """What `text` shares with `other`."""
    return overlap_of(sentences(text), sentences(other))


def overlap_of(here: Sequence[Sentence], there: Sequence[Sentence]) -> Overlap:
    """As `overlap`, of sentences already split."""
    by_key = {sentence.key: sentence for sentence in there}
    by_bare = {sentence.bare: sentence for sentence in there}
    shared = []
    for sentence in here:
        if sentence.key in by_key:
            shared.append(Shared(sentence, by_key[sentence.key], True))
        elif sentence.bare in by_bare:
            shared.append(Shared(sentence, by_bare[sentence.bare], False))
    length = sum(len(sentence.key) for sentence in here) or 1
    same = sum(len(pair.here.key) for pair in shared if pair.identical)
    alike = sum(len(pair.here.key) for pair in shared)
    return Overlap(len(here), same / length, alike / length, tuple(shared))


def overlaps_among(texts: Sequence[Sequence[Sentence]], *, common: int) -> dict[int, dict[int, int]]:
    """For each text the others it shares sentences with, and in how many characters: {here: {there: n}}.

    Texts go by their index, as sentences already split. Sentences that stand in more than `common` of them
    are a formula everybody uses and count for none. Every sentence is looked up once in an index of all, so
    that sixty texts cost about sixty times one.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for key in dict.fromkeys(sentence.key for sentence in text):
            holders[key].append(index)
    found: dict[int, dict[int, int]] = {}
    for key, indexes in holders.items():
        if 1 < len(indexes) <= common:
            for here, there in permutations(indexes, 2):
                row = found.setdefault(here, {})
                row[there] = row.get(there, 0) + len(key)
    return found
