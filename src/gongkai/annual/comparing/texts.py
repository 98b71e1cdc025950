"""The texts of two reports sentence by sentence: what stayed, what changed within a sentence, what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from gongkai.annual.comparing.sentences import Sentence, split, without_headings
from gongkai.annual.report import Report
from gongkai.wording.normal import compact
from gongkai.wording.similarity import overlap

# A figure, a run of letters or one character: what changes as a whole.
_WORD = re.compile(r"\d+(?:[.,，]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
# Two sentences less alike than this are two sentences, not one that changed.
ALIKE = 0.5
# Sentences taken up for pairing at most; beyond it they are shown as left out and added.
MOST_PAIRED = 200


class Kind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    LEFT_OUT = "left_out"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a changed sentence: `kind` is same, left_out or added."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence of either text, or of both; `parts` tells within a changed one what changed.

    A heading is shown with the others and counts as none of them.
    """

    kind: Kind
    before: str
    after: str
    parts: tuple[Part, ...] = ()
    heading: bool = False

    def to_json(self) -> dict[str, Any]:
        result: dict[str, Any] = {"kind": self.kind.value}
        if self.before:
            result["before"] = self.before
        if self.after:
            result["after"] = self.after
        if self.heading:
            result["heading"] = True
        return result


@dataclass(frozen=True, slots=True)
class SectionPair:
    """One section of both reports. `copied`: the share of the later text's sentences that the earlier has,
    as far as they are long enough to be compared; `comparable` of them are.
    """

    code: str
    sentences: tuple[SentencePair, ...]
    copied: float
    comparable: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "section": self.code,
            "copied": round(self.copied, 3),
            "sentences": [sentence.to_json() for sentence in self.sentences],
        }


def section_pairs(before: Report, after: Report) -> Iterator[SectionPair]:
    """The sections that either report has, in the order of the later one."""
    earlier, later = _sections(before), _sections(after)
    for code in dict.fromkeys([*later, *earlier]):
        old, new = earlier.get(code, ""), later.get(code, "")
        shared = overlap(without_headings(new), without_headings(old))
        pairs = tuple(sentence_pairs(old, new))
        yield SectionPair(code, pairs, shared.identical_but_figures, shared.sentences)


def _sections(report: Report) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for code, text, _ in report.lines:
        if code != "front":
            texts.setdefault(code, []).append(text)
    joined = {code: "\n".join(paragraphs) for code, paragraphs in texts.items()}
    return joined or {code: text for code, text in report.sections.items() if text}


def sentence_pairs(before: str, after: str) -> list[SentencePair]:
    """The sentences of both texts in the order of reading, the changed ones put beside each other.

    >>> [(p.kind.value, p.before, p.after) for p in sentence_pairs("甲。乙有3件。", "甲。乙有5件。丙。")]
    [('same', '甲。', '甲。'), ('changed', '乙有3件。', '乙有5件。'), ('added', '', '丙。')]
    """
    old, new = split(before), split(after)
    keys = [[compact(sentence.words) for sentence in side] for side in (old, new)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    pairs: list[SentencePair] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += [
                SentencePair(Kind.SAME, x.words, y.words, heading=y.heading)
                for x, y in zip(old[a:b], new[c:d], strict=True)
            ]
        else:
            pairs += _changed(old[a:b], new[c:d])
    return pairs


def _changed(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[SentencePair]:
    """A stretch where the texts differ: each new sentence beside the old one it is most like, in order."""
    at = 0
    added: list[SentencePair] = []  # shown behind what was left out in their place
    for sentence in new:
        index = _most_alike(sentence, old, at) if len(old) * len(new) <= MOST_PAIRED**2 else None
        if index is None:
            added.append(SentencePair(Kind.ADDED, "", sentence.words, heading=sentence.heading))
            continue
        yield from map(_left_out, old[at:index])
        yield from added
        added = []
        parts = tuple(_parts(old[index].words, sentence.words))
        yield SentencePair(Kind.CHANGED, old[index].words, sentence.words, parts, sentence.heading)
        at = index + 1
    yield from map(_left_out, old[at:])
    yield from added


def _left_out(sentence: Sentence) -> SentencePair:
    return SentencePair(Kind.LEFT_OUT, sentence.words, "", heading=sentence.heading)


def _most_alike(sentence: Sentence, old: Sequence[Sentence], start: int) -> int | None:
    """The old sentence that the new one came from; a heading comes from a heading."""
    best, found = ALIKE, None
    for index in range(start, len(old)):
        if old[index].heading is not sentence.heading:
            continue
        matcher = SequenceMatcher(None, old[index].words, sentence.words, autojunk=False)
        if matcher.real_quick_ratio() <= best or matcher.quick_ratio() <= best:
            continue
        if (ratio := matcher.ratio()) > best:
            best, found = ratio, index
    return found


def _parts(before: str, after: str) -> Iterator[Part]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part(Kind.SAME, "".join(new[c:d]))
            continue
        if a < b:
            yield Part(Kind.LEFT_OUT, "".join(old[a:b]))
        if c < d:
            yield Part(Kind.ADDED, "".join(new[c:d]))
