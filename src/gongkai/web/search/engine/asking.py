"""What a reader has typed, as a plan: numbers, phrases in quotation marks, words that count, others.

Any input is a question: there is no syntax to get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.equal import EqualWords, Piece, known_words
from gongkai.web.search.engine.numbers import Asked, numbers_asked
from gongkai.web.search.engine.writings import Written, days_and_sums, plainly

LONGEST = 200  # characters of a question that are heard
_MOST_GROUPS = 16
_LONGEST_RUN = 24
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{1,100})[”\"」』]")
_LATIN_CHUNK = re.compile(rf"[^\W{terms.HAN}]+(?:[./\-:_][^\W{terms.HAN}]+)*")


@dataclass(frozen=True, slots=True)
class Other:
    """What may stand in a text instead of what was typed: all its `phrases`, each of neighbouring pairs."""

    text: str
    phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Something the document should hold: neighbouring `pairs`, in order. `word`: a word of the dictionary,
    "" for what is none; `character`: a single one; `others`: what will do as well."""

    text: str
    pairs: tuple[str, ...]
    word: str = ""
    character: str = ""
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """`groups`: of these as many as possible; `quoted`: each of these; `numbers`: document or index numbers;
    `run`: the pairs of the whole question as typed; `needles`: what to mark in a text; `also`: equal
    words that are looked for besides."""

    typed: str
    groups: tuple[Group, ...] = ()
    quoted: tuple[Group, ...] = ()
    numbers: tuple[Asked, ...] = ()
    run: tuple[str, ...] = ()
    needles: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.quoted or self.numbers)


def cleaned(typed: str) -> str:
    """The question in one line, as it is shown again."""
    text = "".join(one if one.isprintable() else " " for one in typed[: 4 * LONGEST])
    return " ".join(text.split())[:LONGEST].strip()


def plan_of(
    typed: str, is_there: Callable[[str], bool] = lambda _: True, known: EqualWords | None = None
) -> Plan:
    """The plan of a question. `is_there`: whether the index holds a pair of characters: what the dictionary
    has cut off a name is put back if the name is there. `known`: equal words; those that come along if None.

    >>> plan = plan_of("防汛抗旱方案怎么申请？")
    >>> [group.text for group in plan.groups]
    ['防汛', '抗旱', '方案', '申请']
    >>> plan_of("低保").also
    ('最低生活保障',)
    """
    text = cleaned(typed)
    plain = plainly(terms.folded(text))
    quoted = [group for one in _QUOTED.finditer(plain) if (group := _phrase(one[1]))]
    rest = _QUOTED.sub(" ", plain)
    written, rest = _written(rest)
    asked = numbers_asked(rest)
    needles = [rest[one.start : one.end] for one in asked]
    for one in reversed(asked):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    cutting = _Cutting(is_there, known_words() if known is None else known)
    groups = [*written, *_groups(rest, cutting)]
    if not (groups or quoted or asked):
        groups = _groups(rest, replace(cutting, with_stop_words=True))
    run = _run(rest)
    if len(groups) == 1 and groups[0].pairs == run:
        run = ()
    needles += [one.text for one in (*quoted, *groups)]
    also = tuple(dict.fromkeys(one.text for group in groups[len(written) :] for one in group.others))
    needles += [part for group in groups for one in group.others for part in one.text.split()]
    unique = tuple(dict.fromkeys(one.strip() for one in needles if one.strip()))
    return Plan(text, tuple(groups), tuple(quoted), tuple(asked), run, unique, also)


@dataclass(frozen=True, slots=True)
class _Cutting:
    """By what a question is cut."""

    is_there: Callable[[str], bool]
    known: EqualWords
    with_stop_words: bool = False

    def leaves_out(self, word: str) -> bool:
        return not self.with_stop_words and word in stop_words()


def _written(text: str) -> tuple[list[Group], str]:
    """Days and sums of money, and the text without them."""
    found = days_and_sums(text)
    for one in reversed(found):
        text = f"{text[: one.start]} {text[one.end :]}"
    return [group for one in found if (group := _of_written(one))], text


def _of_written(written: Written) -> Group | None:
    group = _phrase(written.text)
    if group is None:
        return None
    return replace(group, others=tuple(other for one in written.others if (other := _other(one))))


def _other(text: str) -> Other | None:
    phrases = tuple(group.pairs for part in terms.folded(text).split() if (group := _phrase(part)))
    return Other(text, phrases) if phrases and all(phrases) else None


@cache
def stop_words() -> frozenset[str]:
    lines = resources.files(__package__).joinpath("stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _groups(text: str, cutting: _Cutting) -> list[Group]:
    found: dict[str, Group] = {}
    for part in _parts(text):
        if not terms.is_han(part):
            pairs = tuple(terms.tokens(part))
            word = part if len(pairs) == 1 else ""
            made = [Group(part, pairs, word)] if pairs and not cutting.leaves_out(part) else []
            made = [_with_others(one, cutting.known.of(part)) for one in made]
        else:
            made = [group for piece in cutting.known.pieces(part) for group in _of_piece(piece, cutting)]
        for group in made:
            found.setdefault(group.text, group)
    return list(found.values())[:_MOST_GROUPS]


def _of_piece(piece: Piece, cutting: _Cutting) -> list[Group]:
    if piece.others is None:
        return list(_of_run(piece.text, cutting))
    if len(piece.text) == 1:
        return [_with_others(Group(piece.text, (), character=piece.text), piece.others)]
    is_word = terms.cut(piece.text) == [piece.text]
    group = Group(piece.text, _pairs(piece.text), word=piece.text if is_word else "")
    return [_with_others(group, piece.others)]


def _with_others(group: Group, others: Iterable[str]) -> Group:
    return replace(group, others=tuple(other for one in others if (other := _other(one))))


def _parts(text: str) -> Iterator[str]:
    """Runs of Chinese characters, and between them what is written in one piece: 2024-00051, v1.2."""
    at = 0
    for one in re.finditer(rf"[{terms.HAN}]+", text):
        yield from _LATIN_CHUNK.findall(text[at : one.start()])
        yield one[0]
        at = one.end()
    yield from _LATIN_CHUNK.findall(text[at:])


def _of_run(run: str, cutting: _Cutting) -> Iterator[Group]:
    """Words, with single characters joined to the word beside them if the texts have them so."""
    is_there = cutting.is_there
    if len(run) == 1:
        if not cutting.leaves_out(run):
            yield Group(run, (), character=run)
        return
    words = terms.cut(run)
    joined: list[tuple[str, bool]] = []  # a text, and whether it is a word of the dictionary
    for word in words:
        if len(word) > 1 and cutting.leaves_out(word):
            joined.append(("", True))
        elif len(word) == 1:
            before = joined[-1][0] if joined else ""
            if before and is_there(before[-1] + word) and not {before, word} & stop_words():
                joined[-1] = (before + word, False)
            else:
                joined.append((word, True))
        elif (
            joined
            and len(joined[-1][0]) == 1
            and is_there(joined[-1][0] + word[0])
            and (joined[-1][0] not in stop_words())
        ):
            joined[-1] = (joined[-1][0] + word, False)
        else:
            joined.append((word, True))
    for text, is_word in joined:
        if not text or cutting.leaves_out(text):
            continue
        if len(text) == 1:
            yield Group(text, (), character=text)
        else:
            yield Group(text, _pairs(text), word=text if is_word else "")


def _pairs(text: str) -> tuple[str, ...]:
    return tuple(text[at : at + 2] for at in range(len(text) - 1))


def _phrase(text: str) -> Group | None:
    """A phrase, without characters alone at its ends: in a text they may have neighbours."""
    found = terms.tokens(text)
    if len(found) == 1 and len(found[0]) == 1 and terms.is_han(found[0]):
        return Group(found[0], (), character=found[0])
    while found and terms.is_han(found[0]) and len(found[0]) == 1:
        found = found[1:]
    while found and terms.is_han(found[-1]) and len(found[-1]) == 1:
        found = found[:-1]
    pairs = tuple(pair for one in found for pair in terms.grams(one))
    return Group(text.strip(), pairs) if pairs else None


def _run(text: str) -> tuple[str, ...]:
    phrase = _phrase(text)
    return phrase.pairs if phrase and 2 <= len(phrase.pairs) <= _LONGEST_RUN else ()
