"""What a reader has typed, as a plan: numbers, phrases in quotation marks, words that count, others.

Any input is a question: there is no syntax to get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from gongkai.web.search.engine import terms
from gongkai.web.search.engine.numbers import Asked, numbers_asked

LONGEST = 200  # characters of a question that are heard
_MOST_GROUPS = 16
_LONGEST_RUN = 24
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{1,100})[”\"」』]")
_LATIN_CHUNK = re.compile(rf"[^\W{terms.HAN}]+(?:[./\-:_][^\W{terms.HAN}]+)*")


@dataclass(frozen=True, slots=True)
class Group:
    """Something the document should hold: neighbouring `pairs`, in order. `word`: a word of the dictionary,
    "" for what is none; `character`: a single one."""

    text: str
    pairs: tuple[str, ...]
    word: str = ""
    character: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`groups`: of these as many as possible; `quoted`: each of these; `numbers`: document or index numbers;
    `run`: the pairs of the whole question as typed; `needles`: what to mark in a text."""

    typed: str
    groups: tuple[Group, ...] = ()
    quoted: tuple[Group, ...] = ()
    numbers: tuple[Asked, ...] = ()
    run: tuple[str, ...] = ()
    needles: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.quoted or self.numbers)


def cleaned(typed: str) -> str:
    """The question in one line, as it is shown again."""
    text = "".join(one if one.isprintable() else " " for one in typed[: 4 * LONGEST])
    return " ".join(text.split())[:LONGEST].strip()


def plan_of(typed: str, is_there: Callable[[str], bool] = lambda _: True) -> Plan:
    """The plan of a question. `is_there`: whether the index holds a pair of characters: what the dictionary
    has cut off a name is put back if the name is there.

    >>> plan = plan_of("防汛抗旱方案怎么申请？")
    >>> [group.text for group in plan.groups]
    ['防汛', '抗旱', '方案', '申请']
    """
    text = cleaned(typed)
    plain = terms.folded(text)
    quoted = [group for one in _QUOTED.finditer(plain) if (group := _phrase(one[1]))]
    rest = _QUOTED.sub(" ", plain)
    asked = numbers_asked(rest)
    needles = [rest[one.start : one.end] for one in asked]
    for one in reversed(asked):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    groups = _groups(rest, is_there)
    if not (groups or quoted or asked):
        groups = _groups(rest, is_there, with_stop_words=True)
    run = _run(rest)
    if len(groups) == 1 and groups[0].pairs == run:
        run = ()
    needles += [one.text for one in (*quoted, *groups)]
    unique = tuple(dict.fromkeys(one.strip() for one in needles if one.strip()))
    return Plan(text, tuple(groups), tuple(quoted), tuple(asked), run, unique)


@cache
def stop_words() -> frozenset[str]:
    lines = resources.files(__package__).joinpath("stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _groups(text: str, is_there: Callable[[str], bool], with_stop_words: bool = False) -> list[Group]:
    found: dict[str, Group] = {}
    for part in _parts(text):
        if not terms.is_han(part):
            pairs = tuple(terms.tokens(part))
            kept = with_stop_words or part not in stop_words()
            made = [Group(part, pairs, word=part if len(pairs) == 1 else "")] if pairs and kept else []
        else:
            made = list(_of_run(part, is_there, with_stop_words))
        for group in made:
            found.setdefault(group.text, group)
    return list(found.values())[:_MOST_GROUPS]


def _parts(text: str) -> Iterator[str]:
    """Runs of Chinese characters, and between them what is written in one piece: 2024-00051, v1.2."""
    at = 0
    for one in re.finditer(rf"[{terms.HAN}]+", text):
        yield from _LATIN_CHUNK.findall(text[at : one.start()])
        yield one[0]
        at = one.end()
    yield from _LATIN_CHUNK.findall(text[at:])


def _of_run(run: str, is_there: Callable[[str], bool], with_stop_words: bool) -> Iterator[Group]:
    """Words, with single characters joined to the word beside them if the texts have them so."""
    if len(run) == 1:
        if with_stop_words or run not in stop_words():
            yield Group(run, (), character=run)
        return
    words = terms.cut(run)
    joined: list[tuple[str, bool]] = []  # a text, and whether it is a word of the dictionary
    for word in words:
        if len(word) > 1 and word in stop_words() and not with_stop_words:
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
        if not text or (text in stop_words() and not with_stop_words):
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
