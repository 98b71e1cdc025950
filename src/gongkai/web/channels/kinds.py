"""Kinds of channels and how they are tried again, from their data files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

Way = Literal["automatic", "sent", "recorded"]


class Kind(NamedTuple):
    """A kind of channel. `column`: the line of the form of 2014 it is counted in, "" if with another."""

    code: str
    zh: str
    en: str
    way: Way
    column: str

    def name(self, lang: str = "zh") -> str:
        return self.en if lang == "en" else self.zh


class Column(NamedTuple):
    """A line of block 一(三) of the form of 2014."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long a channel is tried: see delivery.toml. Times in seconds."""

    waits: tuple[int, ...]
    looks: int
    look_every: int
    most_looks: int
    request_seconds: float
    most_answer_bytes: int
    attempt_seconds: float
    lease_seconds: float

    def wait(self, tries: int) -> int | None:
        """How long to wait after so many tries that failed; None after the last."""
        return self.waits[tries - 1] if tries <= len(self.waits) else None


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("gongkai.web.channels").joinpath(name).read_text("utf-8"))


@cache
def kinds() -> tuple[Kind, ...]:
    return tuple(Kind(**row) for row in _read("kinds.toml")["kind"])


@cache
def columns() -> tuple[Column, ...]:
    return tuple(Column(**row) for row in _read("kinds.toml")["column"])


@cache
def patience() -> Patience:
    facts = _read("delivery.toml")
    return Patience(**{**facts, "waits": tuple(facts["waits"])})


def kind(code: str) -> Kind:
    """The kind of that code; KeyError where there is none."""
    found = next((one for one in kinds() if one.code == code), None)
    if found is None:
        raise KeyError(code)
    return found


def needs_place(code: str) -> bool:
    """Whether it must be said where, in which issue or medium: nothing else tells it of what people do."""
    return kind(code).way == "recorded"


def opened_kinds() -> tuple[Kind, ...]:
    """Those that an organ opens itself: the portal and its feeds are always there."""
    return tuple(one for one in kinds() if one.way != "automatic")
