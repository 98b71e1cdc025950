"""“您是不是要找”: what a reader may have meant where nothing holds every word of the question.

Looked for are words of titles and keywords that sound the same, or that differ in one character, in one more
or less, or in the order of two. A guess is shown only if it finds something.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.asking import Group, Plan, cleaned, plan_of, stop_words
from gongkai.web.search.engine.equal import EqualWords, known_words
from gongkai.web.search.engine.finding import Found, Wanted, find
from gongkai.web.search.engine.recall import (
    TITLES,
    documents_of,
    holds_whole,
    is_telling,
    most_of_rare,
    narrowed,
    phrase,
    term,
)
from gongkai.web.search.engine.sounds import as_typed, sounds
from gongkai.web.search.engine.store import Reading

_MOST_WORDS = 60_000
_KEPT_SECONDS = 600
_LONGEST_WORD, _LONGEST_RUN = 8, 40
_MOST_TRIED = 8
_MOST_CANDIDATES = 400
_NEAR = 6
_THREE = 3
_MOST_LAST = 4
_MOST_SPOKEN = 24  # letters of a word typed as it is read
_ANY = "?"
# How near a guess is: one that sounds the same, two characters turned round, one wrong, one too many or few.
_SAME_SOUND, _TURNED, _ONE_WRONG, _ONE_MORE = range(4)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a question. `guess`: what may have been meant, "" for nothing; `is_instead`: what
    was found is what the guess finds, for the question itself finds nothing."""

    plan: Plan
    found: Found
    guess: str = ""
    is_instead: bool = False


def answer(reading: Reading, typed: str, wanted: Wanted, known: EqualWords | None = None) -> Answer:
    """What a question finds, and what was perhaps meant. `known`: equal words; those that come along if None.

    Where nothing holds all of a question and nothing else was meant, the rarest of its words is looked for.
    """
    known = known_words() if known is None else known
    plan = plan_of(typed, reading.has_pair, known)
    found = find(reading.searcher, plan, wanted)
    if plan.is_empty or found.whole or not plan.groups:
        return Answer(plan, found)
    guess = _guess(reading, plan, wanted, known)
    if guess and (found.only or not found.count):
        other = plan_of(guess, reading.has_pair, known)
        return Answer(other, find(reading.searcher, other, wanted), guess, is_instead=True)
    if guess or found.count:
        return Answer(plan, found, guess)
    return _last_resort(reading, plan, wanted, known)


def _last_resort(reading: Reading, plan: Plan, wanted: Wanted, known: EqualWords) -> Answer:
    """What holds the rarest word of a question, or inside one of it, if that is no common one."""
    inside = dict.fromkeys(word for group in plan.groups for word in (group.text, *_parts(group.text)))
    plans = [plan_of(word, reading.has_pair, known) for word in inside if word not in stop_words()]
    most = most_of_rare(reading.searcher)
    alone = [one for one in plans if len(one.groups) == 1 and is_telling(one.groups[0])]
    counts = [documents_of(reading.searcher, one.groups[0]) for one in alone]
    rare = sorted((count, at) for at, count in enumerate(counts) if 0 < count <= most)
    for _, at in rare[:_MOST_LAST]:
        found = find(reading.searcher, alone[at], wanted)
        if found.count:
            return Answer(alone[at], replace(found, whole=0, only=alone[at].typed))
    return Answer(plan, Found())


def _parts(text: str) -> list[str]:
    """The words inside one, and what a dictionary that knows too little has joined: 停车 of 停车费."""
    ends = [text[:2], text[-2:]] if len(text) == _THREE and terms.is_han(text) else []
    return [word for word in (*terms.words(text), *ends) if word != text]


def near_words(reading: Reading, typed: str, filters: Mapping[str, str | int] | None = None) -> list[str]:
    """Words of titles that begin as words of the question do, the most frequent first; for a character alone
    those that begin with it. `filters`: what is to be left out (`recall.WITHOUT`)."""
    found: dict[str, int] = {}
    for token in terms.tokens(terms.folded(cleaned(typed)))[:4]:
        if token.isdigit():
            continue
        start = token[:2]
        for word, count in reading.searcher.terms_with_prefix("title", start, limit=_NEAR):
            if word != token and len(word) > 1 and word not in stop_words():
                found.setdefault(word, count)
    # The index still knows words of what is gone: only those of a document that is there are shown.
    found = {word: count for word, count in found.items() if _is_in_a_title(reading, word, filters or {})}
    return sorted(found, key=lambda word: -found[word])[:_NEAR]


def _is_in_a_title(reading: Reading, word: str, filters: Mapping[str, str | int]) -> bool:
    query = narrowed(term("title", word), filters)
    return bool(reading.searcher.search(query, limit=1, count=False).hits)


class _Vocabulary:
    """Words of titles and keywords by what they sound like and by what is left with one character covered."""

    def __init__(self, reading: Reading, known: EqualWords) -> None:
        self._has_pair = reading.has_pair
        self.counts: dict[str, int] = {}
        # Everyday words find what is called otherwise: what sounds like one may be meant for it.
        self.everyday = frozenset(word for word in known.words if terms.is_han(word) and len(word) > 1)
        for name in ("title", "head"):
            for word, count in reading.searcher.terms_with_prefix(name, "", limit=_MOST_WORDS):
                if 2 <= len(word) <= _LONGEST_WORD and not word.isdigit():
                    self.counts[word] = max(self.counts.get(word, 0), count)
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        self.covered: dict[str, list[str]] = defaultdict(list)
        self.shorter: dict[str, list[str]] = defaultdict(list)
        self.spoken: dict[str, list[str]] = defaultdict(list)
        for word in {**self.counts, **dict.fromkeys(self.everyday)}:
            if terms.is_han(word):
                self.by_sound[sound := sounds(word)].append(word)
                self.spoken[as_typed(sound)].append(word)
        for word in self.counts:
            if len(word) > 2:
                for at in range(len(word)):
                    self.covered[word[:at] + _ANY + word[at + 1 :]].append(word)
            if len(word) > 3:
                for at in range(len(word)):
                    self.shorter[word[:at] + word[at + 1 :]].append(word)

    def _is_in_texts(self, text: str) -> bool:
        """Whether all its pairs are, if not beside each other."""
        return terms.is_han(text) and all(map(self._has_pair, terms.grams(text)))

    def _spoken(self, letters: str) -> Iterator[str]:
        """Words that are read so, or two of them."""
        if not 3 < len(letters) <= _MOST_SPOKEN:
            return
        yield from self.spoken.get(letters, ())
        for at in range(2, len(letters) - 1):
            first, second = self.spoken.get(letters[:at]), self.spoken.get(letters[at:])
            if first and second:
                yield from (one + two for one in first[:3] for two in second[:3])

    def like(self, word: str) -> Iterator[tuple[int, str]]:
        """Words that may have been meant, with how near they are."""
        if terms.is_han(word):
            yield from ((_SAME_SOUND, one) for one in self.by_sound.get(sounds(word), ()))
        elif (letters := word.replace(" ", "")).isascii() and letters.isalpha():
            yield from ((_SAME_SOUND, one) for one in self._spoken(as_typed(letters)))
        for at in range(len(word) - 1):
            turned = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            if turned in self.counts or (len(turned) > 2 and self._is_in_texts(turned)):
                yield _TURNED, turned
        for at in range(len(word)):
            yield from ((_ONE_WRONG, one) for one in self.covered.get(word[:at] + _ANY + word[at + 1 :], ()))
        yield from ((_ONE_MORE, one) for one in self.shorter.get(word, ()))
        if len(word) > 3:
            for at in range(len(word)):
                less = word[:at] + word[at + 1 :]
                if less in self.counts:
                    yield _ONE_MORE, less


_kept: dict[str, tuple[float, _Vocabulary]] = {}
_making = threading.Lock()


def _vocabulary(reading: Reading, known: EqualWords) -> _Vocabulary:
    """That of the index, made anew every ten minutes at most: words of titles change slowly."""
    key = reading.name
    with _making:
        kept = _kept.get(key)
        if kept is None or time.monotonic() - kept[0] > _KEPT_SECONDS:
            _kept.clear()
            _kept[key] = kept = (time.monotonic(), _Vocabulary(reading, known))
        return kept[1]


def _guess(reading: Reading, plan: Plan, wanted: Wanted, known: EqualWords) -> str:
    plain = terms.folded(plan.typed)
    vocabulary = _vocabulary(reading, known)
    tried: dict[str, tuple[int, int, int]] = {}
    for start, end in _windows(plain, reading):
        word = plain[start:end]
        for nearness, other in vocabulary.like(word):
            if other != word:
                text = plan.typed[:start] + other + plan.typed[end:]
                tried.setdefault(text, (nearness, start - end, -vocabulary.counts.get(other, 0)))
        if len(tried) > _MOST_CANDIDATES:
            break
    typed = {group.text for group in plan.groups}
    for text in sorted(tried, key=lambda one: tried[one])[:_MOST_TRIED]:
        other_plan = plan_of(text, reading.has_pair, known)
        new = [group for group in other_plan.groups if group.text not in typed]
        if all(_is_whole(reading, one, vocabulary, wanted) for one in new) and holds_whole(
            reading.searcher, other_plan, wanted.filters
        ):
            return text
    return ""


def _is_whole(reading: Reading, group: Group, vocabulary: _Vocabulary, wanted: Wanted) -> bool:
    """Whether what a guess brings is a word, or stands in a title as it is: no piece of one beside a piece of
    what was typed."""
    if group.character:
        return False
    if group.text in vocabulary.counts or group.text in vocabulary.everyday:
        return True
    bare = narrowed(phrase(TITLES, group.pairs), wanted.filters)
    return bool(reading.searcher.search(bare, limit=1, count=False).hits)


def _windows(plain: str, reading: Reading) -> Iterator[tuple[int, int]]:
    """Places where a wrong word may stand: those with two characters beside each other that no text has so,
    then words that are in no title."""
    suspicious: list[tuple[int, int]] = []
    if " " in plain and plain.replace(" ", "").isascii() and plain.replace(" ", "").isalpha():
        suspicious.append((0, len(plain)))  # syllables apart
    for run in terms.runs(plain):
        if run.end() - run.start() > _LONGEST_RUN:
            continue
        if not terms.is_han(run[0]):
            if len(run[0]) > 3:
                suspicious.append(run.span())
            continue
        there = [reading.has_pair(run[0][at : at + 2]) for at in range(len(run[0]) - 1)]
        for length in range(min(_LONGEST_WORD, len(run[0])), 1, -1):
            for at in range(len(run[0]) - length + 1):
                if not all(there[at : at + length - 1]) or (length > 2 and len(run[0]) <= 6):
                    suspicious.append((run.start() + at, run.start() + at + length))
    yield from suspicious
