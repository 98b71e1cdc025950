"""The duties as data (data/duties.toml), and what a thing owed must hold (REG.12, REG.48 …)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import DutyError, plain_day, unknown_choice
from gongkai.statute.findings import Finding, Mark, finding
from gongkai.statute.remedies.respondents import OrganKind

FINDINGS = "duties_findings.toml"
_EVERYBODY = "all"
_SUPERVISING = "supervising-authority"


class Item(NamedTuple):
    """Something a duty's object must hold. `who`: of whom it is asked, if not of all the duty binds.

    `where`: the case it is asked in, "" for always (`repealed`: of a document no longer in force, NOR.3).
    """

    code: str
    zh: str
    en: str
    who: str = ""
    where: str = ""


class Limit(NamedTuple):
    """When: within so many working days, or every so many `unit` (`months`, `years`)."""

    working_days: int | None = None
    every: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """What an organ owes. `who`: `all`, `supervising-authority`, or kinds of organ (`governments` …).

    `source`: the rule; `mark`: V, M or D; `note`: what to confirm. `holds_from`: the first day.
    """

    id: str
    who: str
    zh: str
    en: str
    source: str
    mark: Mark
    holds_from: dt.date
    limit: Limit | None
    items: tuple[Item, ...]
    note: str


def duties(
    *, on: dt.date | None = None, kind: OrganKind | None = None, supervises: bool = False
) -> tuple[Duty, ...]:
    """Every duty, or those that hold on a day and bind a kind of organ.

    `supervises`: the organ is the supervising authority of its area (REG.3). Where a duty changed, `on` gives
    the version of that day; without `on` the newest.

    >>> any(one.id == "training" for one in duties(kind=OrganKind.DEPARTMENT))
    False
    """
    day = None if on is None else plain_day(on, "日期", code="duty_bad_day", error=DutyError)
    if kind is not None and not isinstance(kind, OrganKind):
        raise _unknown("organ_kind", "机关类别", kind, list(OrganKind))
    newest: dict[str, Duty] = {}
    for one in _duties():
        known = newest.get(one.id)
        if (day is None or one.holds_from <= day) and (known is None or one.holds_from > known.holds_from):
            newest[one.id] = one
    return tuple(one for one in newest.values() if kind is None or _binds(one.who, kind, supervises))


def duty(id: str, *, on: dt.date | None = None) -> Duty:
    """The duty of that id, as it held on a day. DutyError `duty_unknown` for an id or a day without one.

    >>> duty("proactive-disclosure").limit.working_days
    20
    """
    found = duties(on=on)
    for one in found:
        if one.id == id:
            return one
    raise _unknown("id", "公开义务", id, [one.id for one in found])


def check_items(
    id: str, present: Collection[str], *, kind: OrganKind | None = None, where: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What a guide, a catalogue's entry, a log lacks of what the duty asks; () if it is all there.

    `present`: the codes of the items that are there and not empty. `kind`: whose it is, where an item is
    asked of some organs only; without it every item is asked. `where`: the cases that apply; an item of
    a case that is not named is not asked. DutyError for a code or a case the duty does not have.

    >>> [one.code for one in check_items("training", ["on", "hours"])]
    ['items_missing']
    """
    owed = duty(id)
    if isinstance(present, str) or not isinstance(present, Collection):
        raise _unknown("items", "内容清单", present, [item.code for item in owed.items])
    codes = {item.code for item in owed.items}
    for code in present:
        if code not in codes:
            raise _unknown("item", f"“{owed.zh}”的内容", code, sorted(codes))
    named = _cases(owed, where)
    asked = [
        item
        for item in owed.items
        if (not item.who or kind is None or _binds(item.who, kind, False))
        and (not item.where or item.where in named)
    ]
    missing = [item for item in asked if item.code not in present]
    if not missing:
        return ()
    return (
        finding(
            FINDINGS,
            "items_missing",
            rule=owed.source,
            duty=owed.zh,
            duty_en=owed.en,
            missing="、".join(item.zh for item in missing),
            missing_en=", ".join(item.en for item in missing),
        ),
    )


def _cases(owed: Duty, where: Collection[str]) -> tuple[str, ...]:
    """The cases named, each of which the duty must have."""
    cases = {item.where for item in owed.items if item.where}
    named = (where,) if isinstance(where, str) else tuple(where)
    for case in named:
        if case not in cases:
            raise _unknown("case", f"“{owed.zh}”的情形", case, sorted(cases))
    return named


def stands_for(who: str, kind: OrganKind) -> bool:
    """Whether a kind of organ is meant by a word of data/duties.toml."""
    return who == _EVERYBODY or kind.value in data("duties.toml")["kinds"].get(who, ())


def _binds(who: str, kind: OrganKind, supervises: bool) -> bool:
    return supervises if who == _SUPERVISING else stands_for(who, kind)


@cache
def _duties() -> tuple[Duty, ...]:
    return tuple(map(_read, data("duties.toml")["duty"]))


def _read(row: dict[str, Any]) -> Duty:
    return Duty(
        id=row["id"],
        who=row["who"],
        zh=row["zh"],
        en=row["en"],
        source=row["source"],
        mark=row["mark"],
        holds_from=row["holds_from"],
        limit=Limit(**row["limit"]) if "limit" in row else None,
        items=tuple(Item(**item) for item in row.get("items", ())),
        note=row.get("note", ""),
    )


def _unknown(what: str, zh: str, value: object, known: Collection[Any]) -> DutyError:
    code = f"duty_unknown_{what}" if what != "id" else "duty_unknown"
    return unknown_choice(DutyError, code, zh, what, value, known)
