"""Everyday words and the words of official texts that mean the same, and short names of organs.

They are applied to the question alone. Which mean the same is data (`search/data/words.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from gongkai.web.search.engine import terms

_MOST_OTHERS = 5
_SHORT = 2
# A word of two characters is known at the beginning of a longer one that ends so: 低保户; not 三公里.
_SUFFIXES = frozenset("户证费金款卡号人局办站点表书区")
_BEFORE_AN_ORGAN = frozenset("省市区县旗州镇乡")


class Malformed(Exception):
    """A list of equal words that cannot be read: what is wrong, and where."""


class Piece(NamedTuple):
    """A part of a question, and what else is to be looked for; `others` is None for what is in no list."""

    text: str
    others: tuple[str, ...] | None


def _all(names: Sequence[str]) -> Sequence[str]:
    return names


@dataclass(frozen=True, slots=True)
class EqualWords:
    """`words` and `organs`: what else to look for, by what is typed, folded. `borne`: of names of organs
    those that organs of the installation bear. `examples`: questions to begin with."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    borne: Callable[[Sequence[str]], Sequence[str]] = _all
    longest: int = 0
    examples: tuple[str, ...] = ()

    def of(self, word: str) -> tuple[str, ...]:
        """What else to look for where a word is typed, at most five."""
        others = list(self.words.get(word, ()))
        if names := self.organs.get(word):
            # Where an organ is called so itself, nothing else is meant.
            borne = self.borne((word, *names))
            others += [one for one in borne if one != word] if borne else names
        # What holds the word itself is found by it anyway.
        return tuple(dict.fromkeys(one for one in others if word not in terms.folded(one)))[:_MOST_OTHERS]

    def pieces(self, run: str) -> Iterator[Piece]:
        """A run of Chinese characters, divided where words of the lists stand; the longest first.

        >>> list(read('equal = [["低保", "最低生活保障"]]').pieces("低保怎么申请"))
        [Piece(text='低保', others=('最低生活保障',)), Piece(text='怎么申请', others=None)]
        """
        starts, ends = _edges(run)
        at = begun = 0
        while at < len(run):
            known = self._at(run, at, starts, ends)
            if not known:
                at += 1
                continue
            before = run[begun:at]
            if before and not (known in self.organs and before in _BEFORE_AN_ORGAN):
                yield Piece(before, None)
            yield Piece(known, self.of(known))
            at = begun = at + len(known)
        if begun < len(run):
            yield Piece(run[begun:], None)

    def _at(self, run: str, at: int, starts: set[int], ends: set[int]) -> str:
        for length in range(min(self.longest, len(run) - at), 0, -1):
            word = run[at : at + length]
            if (word in self.words or word in self.organs) and (
                length > _SHORT or _stands_alone(run, at, at + length, starts, ends)
            ):
                return word
        return ""


def read(text: str, where: str = "words.toml") -> EqualWords:
    """A list as it stands in a file. Malformed."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Malformed(f"{where}: {problem}") from problem
    words: dict[str, list[str]] = {}
    for at, group in enumerate(_list(told.get("equal", []), f"{where}: equal"), 1):
        for word in (every := _words(group, f"{where}: equal, entry {at}")):
            words.setdefault(terms.folded(word), []).extend(one for one in every if one != word)
    for word, others in _table(told, "everyday", where).items():
        words.setdefault(word, []).extend(others)
    made = _made(words, _table(told, "organs", where))
    return replace(made, examples=tuple(_words(told.get("examples", []), f"{where}: examples")))


def with_more(known: EqualWords, more: EqualWords) -> EqualWords:
    """Both lists; what `more` says of a word comes first."""
    words = {word: [*others] for word, others in more.words.items()}
    for word, others in known.words.items():
        words.setdefault(word, []).extend(others)
    made = _made(words, {**known.organs, **more.organs})
    return replace(made, borne=known.borne, examples=more.examples or known.examples)


@cache
def known_words() -> EqualWords:
    """The list that comes with the software."""
    return read(resources.files("gongkai.web.search").joinpath("data/words.toml").read_text("utf-8"))


NONE = EqualWords()


def _made(words: Mapping[str, Sequence[str]], organs: Mapping[str, Sequence[str]]) -> EqualWords:
    return EqualWords(
        {word: tuple(dict.fromkeys(others)) for word, others in words.items()},
        {word: tuple(names) for word, names in organs.items()},
        longest=max((len(word) for word in (*words, *organs)), default=0),
    )


def _table(told: Mapping[str, Any], name: str, where: str) -> dict[str, list[str]]:
    table = told.get(name, {})
    if not isinstance(table, dict):
        raise Malformed(f"{where}: [{name}] is no table of words")
    return {terms.folded(word): _words(others, f"{where}: [{name}] {word}") for word, others in table.items()}


def _list(found: Any, where: str) -> list[Any]:
    if not isinstance(found, list):
        raise Malformed(f"{where}: no list")
    return found


def _words(found: Any, where: str) -> list[str]:
    words = _list(found, where)
    if not all(isinstance(one, str) and terms.tokens(terms.folded(one)) for one in words):
        raise Malformed(f"{where}: no list of words")
    return words


def _edges(run: str) -> tuple[set[int], set[int]]:
    starts, ends, at = set(), set(), 0
    for word in terms.cut(run):
        starts.add(at)
        at += len(word)
        ends.add(at)
    return starts, ends


def _stands_alone(run: str, start: int, end: int, starts: set[int], ends: set[int]) -> bool:
    """Whether a short word is one here, and no part of others: 年报 is not in 青年报名."""
    if start not in starts:
        return False
    return end in ends or (end - start == _SHORT and run[end : end + 1] in _SUFFIXES)
