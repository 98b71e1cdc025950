"""The dated facts of a challenge, and the procedures they belong to (data/timers.toml)."""

from __future__ import annotations

import datetime as dt
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError, plain_day, unknown_choice, whole_number

_MOST_DAYS = 1_000


class Procedure(NamedTuple):
    """Reconsideration, first instance (ordinary, simplified) or appeal. `decision`: its decision's timer."""

    code: str
    zh: str
    en: str
    forum: str
    decision: str


class EventType(NamedTuple):
    """A kind of event. `after`: one of these comes before it; `before`: it cannot follow any of these."""

    code: str
    zh: str
    en: str
    procedures: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    once: bool
    ends: bool
    rank: int


class ChallengeEvent(NamedTuple):
    """A fact with its day. `days`: of an extension, calendar days, or the utmost the law allows if None."""

    code: str
    on: dt.date
    days: int | None = None


@cache
def procedures() -> MappingProxyType[str, Procedure]:
    return MappingProxyType({row["code"]: Procedure(**row) for row in data("timers.toml")["procedure"]})


@cache
def event_types() -> MappingProxyType[str, EventType]:
    """Every kind of event by its code, in the order in which events of one day take effect."""
    return MappingProxyType(
        {row["code"]: _read_event(row, rank) for rank, row in enumerate(data("timers.toml")["event"])}
    )


def challenge_event(code: str, on: dt.date, *, days: int | None = None) -> ChallengeEvent:
    """An event, checked. RemedyError for an unknown code, a moment in place of a day, or impossible `days`.

    >>> challenge_event("accepted", dt.date(2026, 3, 2)).code
    'accepted'
    """
    kind = event_types().get(code) if isinstance(code, str) else None
    if kind is None:
        raise unknown("event", "事项", code, event_types())
    plain_day(on, f"“{kind.zh}”的日期", code="remedy_bad_day", error=RemedyError)
    if days is not None:
        if code != "extended":
            raise RemedyError(
                "remedy_bad_days",
                f"“{kind.zh}”没有天数：只有延长审理期限才写天数。",
                f"{code} takes no days: only an extension does.",
            )
        whole_number(days, "延长的天数", code="remedy_bad_days", least=1, most=_MOST_DAYS, error=RemedyError)
    return ChallengeEvent(code, on, days)


def procedure_of(code: str) -> Procedure:
    """The procedure of that code. RemedyError `remedy_unknown_procedure` for any other value."""
    found = procedures().get(code) if isinstance(code, str) else None
    if found is None:
        raise unknown("procedure", "程序", code, procedures())
    return found


def unknown(kind: str, zh: str, value: object, known: Any) -> RemedyError:
    return unknown_choice(RemedyError, f"remedy_unknown_{kind}", zh, kind, value, known)


def _read_event(row: dict[str, Any], rank: int) -> EventType:
    return EventType(
        row["code"],
        row["zh"],
        row["en"],
        tuple(row["procedures"]),
        tuple(row["after"]),
        tuple(row.get("before", ())),
        row["once"],
        row.get("ends", False),
        rank,
    )
