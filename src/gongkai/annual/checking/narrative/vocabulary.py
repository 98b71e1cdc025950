"""The words of `vocabulary.toml` as compiled patterns, for one report year."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Patterns over normalised text (half-width signs, no spaces), as vocabulary.toml lists them."""

    quantities: re.Pattern[str]  # what is counted: see name_of
    results: re.Pattern[str]
    requests: re.Pattern[str]
    bare_requests: re.Pattern[str]
    remedies: re.Pattern[str]
    other: re.Pattern[str]
    foreign: re.Pattern[str]
    foreign_verbs: re.Pattern[str]
    wide: re.Pattern[str]
    office: re.Pattern[str]
    part: re.Pattern[str]
    part_answers: re.Pattern[str]
    kinds: re.Pattern[str]
    bare_granted: re.Pattern[str]
    no_verb: re.Pattern[str]
    among_outcomes: re.Pattern[str]
    levels: re.Pattern[str]
    ranking: re.Pattern[str]
    timed_answers: re.Pattern[str]
    comparing: re.Pattern[str]
    this_year: re.Pattern[str]
    other_period: re.Pattern[str]
    long_period: re.Pattern[str]
    carried_over: re.Pattern[str]  # carried in or forward, with the years that belong to it
    phrases: re.Pattern[str]
    fillers: re.Pattern[str]
    government: re.Pattern[str]


# 12, 1,435, 十二, 两; then what is counted. The reader leaves out rounded ones: 近30件, 20余件, 1万件.
QUANTITY = re.compile(
    r"(?=[0-9零〇一二两三四五六七八九十百千])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,20}(?:\.\d{1,20})?|[零〇一二两三四五六七八九十百千]{1,8})"
    r"(?P<rough>多|余|几|来|万)?(?:\(?(?P<unit>件次|件|宗|份|起|例|条|个|篇|次|项)\)?)"
)

# A clause without any of these says nothing that a table could contradict.
MAY_TELL = re.compile("[0-9件宗份起例条个篇次项均全所都一悉未没无零转延率]")
ROUGHLY = re.compile("(?:近|约|超过?|逾|不足|不到|至少|第)$")  # before a figure: 近30件, 第3件

MAY_COUNT = re.compile("[0-9]|[零〇一二两三四五六七八九十百千][多余几来万]?[(]?[件宗份起例条个篇次项]")


@cache
def vocabulary(year: int | None) -> Vocabulary:
    """The words for a report of that year; where it is not known, years in the text fit no pattern."""
    data = _data()

    def one(words: list[str]) -> re.Pattern[str]:
        return re.compile(_any_of(words, year))

    def named(groups: dict[str, list[str]]) -> re.Pattern[str]:
        # The group that tells the name stands empty behind its word: so the engine sees each word's first
        # character and passes over most of them at once, three times as fast as with the word in the group.
        return re.compile(
            "|".join(
                f"(?:{_any_of([word], year)})(?P<{name}__{number}>)"
                for name, words in groups.items()
                for number, word in enumerate(words)
            )
        )

    fillers = data["fillers"]
    over = data["quantities"]["carried_in"] + data["quantities"]["carried_forward"]
    return Vocabulary(
        quantities=named(data["quantities"]),
        results=named(data["results"]),
        kinds=named(data["kinds"]),
        carried_over=one(over),
        phrases=one(fillers["phrases"]),
        fillers=one(sorted(fillers["words"], key=len, reverse=True)),
        government=one(fillers["government"]),
        **{name: one(words) for part in ("objects", "context") for name, words in data[part].items()},
    )


def name_of(match: re.Match[str]) -> str:
    """What a match of `quantities`, `results` or `kinds` names, as vocabulary.toml calls it."""
    return (match.lastgroup or "").partition("__")[0]


def _any_of(words: list[str], year: int | None) -> str:
    """One pattern for all words, with the years around the report's own put in."""
    text = "|".join(words)
    for mark, step in (("{last}", -1), ("{this}", 0), ("{next}", 1)):
        text = text.replace(mark, str(year + step) if year else "(?!)")
    return text


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


def number_of(text: str) -> int | None:
    """A whole number in Arabic (1,435) or Chinese (十二, 两百零三) figures; None for any other."""
    if text[0].isdigit():
        plain = text.replace(",", "")
        return int(plain) if plain.isdigit() else None
    if not any(character in _TENS for character in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) <= 4 else None
    total, digit = 0, None
    for character in text:
        if character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)
