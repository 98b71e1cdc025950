"""Finding the entries of many lists in a text in one pass (Aho–Corasick)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from gongkai.wording.lists.entries import OF_THEIR_TIME, Entry, WordList
from gongkai.wording.normal import simplify

_SENTENCE_ENDS = frozenset("。;!?\n")
_REACH = 200  # characters of a sentence looked at on either side
# Words that show a sentence to speak of the past: there an old organ's or law's name is the right one.
_OF_THE_PAST = re.compile(
    r"\(原|前身|更名|改名|改为|改组|撤销|废止|失效|不再保留|组建|合并|划入|整合|时任|曾任|历任|历史|当时|沿革"
    r"|已被|取代|旧称"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年")
_MOST_IN_A_TABLE = 2000  # patterns
_QUOTED_REACH = 40  # characters: the longest title looked at for its brackets


class Match(NamedTuple):
    """An entry at a place. `mood`: "" where it is plainly wrong, `past` in a sentence about the time when it
    was right, `quoted` inside 《》 or quotation marks, whose words are another's."""

    entry: Entry
    start: int
    end: int
    mood: str


class Matcher:
    """Lists made ready for matching. Making it takes milliseconds for 10,000 entries; matching is linear."""

    def __init__(self, lists: Sequence[WordList]) -> None:
        self._entries: list[Entry] = []
        words: list[str] = []
        guards: list[str] = []
        taken: dict[str, int] = {}
        for entry in (entry for one in lists for entry in one.entries):
            plain = simplify(entry.wrong)
            if plain in taken:  # a later list, an office's own, wins over an earlier one
                self._entries[taken[plain]] = entry
                continue
            taken[plain] = len(words)
            words.append(plain)
            self._entries.append(entry)
        for entry in self._entries:
            longer = (simplify(word) for word in (*entry.unless, *entry.right) if word != entry.wrong)
            guards += [word for word in longer if simplify(entry.wrong) in word]
        self._count = len(words)
        # Words that hold a wrong one rightly are matched too, and cover it.
        self._guards = [guard for guard in dict.fromkeys(guards) if guard not in taken]
        patterns = words + self._guards
        # The full table is faster until it no longer fits the processor's cache.
        table = Implementation.DFA if len(patterns) <= _MOST_IN_A_TABLE else None
        self._automaton = (
            AhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=table) if patterns else None
        )

    def find(self, text: str, *, on: date | None = None) -> list[Match]:
        """The entries in simplified text, in order, none inside a longer entry or a longer right word.

        `on` is the day of the text: what was still right on that day is left out.
        """
        if self._automaton is None or not text:
            return []
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not found:
            return []
        found.sort(key=lambda match: (match[1], -match[2]))
        matches, covered = [], -1
        around = _Around(text)
        for number, start, end in found:
            if end <= covered:
                continue  # inside something longer
            covered = end
            if number < self._count:
                match = self._judge(self._entries[number], around, start, end, on)
                if match:
                    matches.append(match)
        return matches

    def _judge(self, entry: Entry, around: _Around, start: int, end: int, on: date | None) -> Match | None:
        if entry.holds_from and on and on < entry.holds_from:
            return None
        if entry.within or entry.kind in OF_THEIR_TIME:
            around.move_to(start, end)
            if entry.within and not any(simplify(word) in around.sentence for word in entry.within):
                return None
        if entry.kind in OF_THEIR_TIME:
            if _is_part_of_a_title(around.text, start, end):
                return None
            return Match(entry, start, end, "past" if _of_its_time(entry, around, start) else "")
        return Match(entry, start, end, "quoted" if _quoted(around.text, start, end) else "")


class _Around:
    """The sentence around a match, kept for the next one: many may stand in one sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentence, self.of_the_past = "", False
        self.years: list[int] = []
        self._first = self._last = -1

    def move_to(self, start: int, end: int) -> None:
        if self._first <= start and end <= self._last:
            return
        first, last = start, end
        while first > max(0, start - _REACH) and self.text[first - 1] not in _SENTENCE_ENDS:
            first -= 1
        while last < min(len(self.text), end + _REACH) and self.text[last] not in _SENTENCE_ENDS:
            last += 1
        self._first, self._last, self.sentence = first, last, self.text[first:last]
        self.of_the_past = bool(_OF_THE_PAST.search(self.sentence))
        self.years = [int(year) for year in _YEAR.findall(self.sentence)]


def _is_part_of_a_title(text: str, start: int, end: int) -> bool:
    """Whether the words are a part of a title in 《》 that is not just them: 《合同法释义》 is a book."""
    span = _bracketed(text, start, end, "《", "》")
    if span is None:
        return False
    rest = text[span[0] : start] + text[end : span[1]]
    return rest not in ("", "中华人民共和国")


def _quoted(text: str, start: int, end: int) -> bool:
    return any(_bracketed(text, start, end, *pair) is not None for pair in ("《》", "“”", "「」", "『』"))


def _bracketed(text: str, start: int, end: int, opening: str, closing: str) -> tuple[int, int] | None:
    """What stands between the brackets around a place, as a span; None where there are none nearby."""
    opened = text.rfind(opening, max(0, start - _QUOTED_REACH), start)
    if opened < 0 or text.find(closing, opened, start) >= 0:
        return None
    closed = text.find(closing, end, end + _QUOTED_REACH)
    return None if closed < 0 else (opened + 1, closed)


def _of_its_time(entry: Entry, around: _Around, start: int) -> bool:
    """Whether the sentence tells of the time when the name was right."""
    if around.text[start - 1 : start] in ("原", "旧") or around.of_the_past:
        return True
    return entry.holds_from is not None and any(year <= entry.holds_from.year for year in around.years)


@lru_cache(maxsize=16)
def matcher_of(lists: tuple[WordList, ...]) -> Matcher:
    """The matcher of these lists, kept for the next text."""
    return Matcher(lists)
