"""What is data here: kinds, days, limits (data/participation.toml), read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """A code with its words, and what else the file says of it."""

    code: str
    zh: str
    en: str
    more: dict[str, Any]

    def words(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Pace:
    """How much one sender may send in `seconds`: from `ask` on a question is put, from `refuse` on nothing is
    taken. `all_ask`: the same for all senders to an organ together. 0: never asked."""

    seconds: int
    ask: int
    refuse: int
    all_ask: int = 0


@cache
def _file() -> dict[str, Any]:
    folder = resources.files("gongkai.web.participation").joinpath("data", "participation.toml")
    return tomllib.loads(folder.read_text("utf-8"))


@cache
def _choices(name: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            one["code"],
            one["zh"],
            one["en"],
            {key: value for key, value in one.items() if key not in ("code", "zh", "en")},
        )
        for one in _file()[name]
    )


def report_kinds() -> tuple[Choice, ...]:
    """What can be wrong with a page."""
    return _choices("report_kind")


def report_results() -> tuple[Choice, ...]:
    """What can come of a report."""
    return _choices("report_result")


def adoptions() -> tuple[Choice, ...]:
    """What can become of an opinion."""
    return _choices("adoption")


def opinion_channels() -> tuple[Choice, ...]:
    """By what way an opinion can have come; the first is the form on the announcement's page."""
    return _choices("opinion_channel")


def described_as(kind: str) -> dict[str, str]:
    """Category, theme and genre proposed for a record of that kind that is written here."""
    return dict(_file()["describes"][kind])


def response_channels() -> tuple[Choice, ...]:
    """Through what public concern is answered (LAW.md 2.7, block two)."""
    return _choices("response_channel")


def find(choices: tuple[Choice, ...], code: str) -> Choice | None:
    return next((one for one in choices if one.code == code), None)


def words_of(choices: tuple[Choice, ...], code: str, lang: str) -> str:
    """The words of a code; the code itself where it is none of today's."""
    found = find(choices, code)
    return found.words(lang) if found else code


def length(name: str) -> int:
    """The most characters of a text: report, opinion, contact, name, answer."""
    return int(_file()["length"][name])


def of_consultations(name: str) -> int:
    return int(_file()["consultation"][name])


def contact_days() -> int:
    """Days a contact is kept once its matter is closed."""
    return int(_file()["keeping"]["contact_days"])


def pace(name: str) -> Pace:
    return Pace(**_file()["pace"][name])
