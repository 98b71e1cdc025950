"""What was measured of a site or an account, as far as the indicators ask (CHK). None: not looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from gongkai.statute.errors import InspectionError, plain_day, short, whole_number


class Subject(StrEnum):
    """What is judged. Only portals are scored; sites and accounts are judged by the vetoes alone."""

    PORTAL = "portal"
    SITE = "site"
    ACCOUNT = "account"  # a new media account, an app


class Visits(NamedTuple):
    """The visits of a week's watch (CHK.V2). `failed`: no page within the seconds allowed."""

    days: int
    total: int
    failed: int


class Column(NamedTuple):
    """A column of a site. `kind`: one of the freshness file's, "" for one with no limit of its own.

    `newest`: the day of its newest entry; None if no day is shown, which counts as not updated (CHK.V3).
    `empty`: it has no entry at all. `first_level`: only first-level notices and policy columns count.
    """

    name: str
    kind: str
    newest: dt.date | None
    empty: bool = False
    first_level: bool = True


class Guide(NamedTuple):
    """A guide to a service (CHK.V6): which of the key elements it lacks."""

    name: str
    missing: tuple[str, ...]


class Points(NamedTuple):
    """Points taken off or added for an item. `why`: what was found."""

    item: str
    points: int | float | Fraction
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """The measured facts on `as_of`. A fact that is None was not looked at, and is said to be so.

    `grave`: codes of CHK.V1. `home_updated`: the newest day on the home page, or on the second-level pages if
    the home page only leads there; `home_dated` False: no day is shown. `consults`: an online channel for
    questions, petitions and discipline channels apart. `oldest_unanswered`: the day of the oldest valid
    message of the last year still unanswered; `unanswered_checked`: whether messages were looked at.
    `offers_services` with `guides`. `has_services`: whether the organ has public services at all. For
    accounts: `account_updated` (None with `account_checked`: no day shown), `app_works`, `interacts`,
    `forced_likes`. `deductions`, `bonuses`: parts 2 and 3.
    """

    subject: Subject
    as_of: dt.date
    grave: frozenset[str] | None = None
    visits: Visits | None = None
    home_updated: dt.date | None = None
    home_dated: bool | None = None
    columns: tuple[Column, ...] | None = None
    consults: bool | None = None
    unanswered_checked: bool = False
    oldest_unanswered: dt.date | None = None
    has_services: bool = True
    offers_services: bool | None = None
    guides: tuple[Guide, ...] | None = None
    account_updated: dt.date | None = None
    account_checked: bool = False
    app_works: bool | None = None  # None: not an app, or not tried
    interacts: bool | None = None
    forced_likes: bool | None = None
    deductions: tuple[Points, ...] | None = None
    bonuses: tuple[Points, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.subject, Subject):
            raise _bad("subject", self.subject)
        for one in fields(self):
            value, kind = getattr(self, one.name), str(one.type)
            if kind.startswith("dt.date") and (value is not None or kind == "dt.date"):
                plain_day(value, one.name, code="inspection_bad_day", error=InspectionError)
                if value > self.as_of:
                    raise InspectionError(
                        "inspection_future_day",
                        f"{one.name} 的日期 {value} 晚于检查日期 {self.as_of}。请核对。",
                        f"{one.name} on {value} lies after the day of the check, {self.as_of}. Check it.",
                    )
            elif value is not None and not isinstance(value, _kind_of(kind)):
                raise _bad(one.name, value)
        if self.visits is not None:
            _check_visits(self.visits)
        for column in self.columns or ():
            if column.newest is not None:
                plain_day(column.newest, column.name, code="inspection_bad_day", error=InspectionError)


def _kind_of(annotation: str) -> type:
    """The class that a field's value must be of, by the beginning of its annotation."""
    known: dict[str, type] = {"bool": bool, "tuple": tuple, "frozenset": frozenset}
    return next((kind for name, kind in known.items() if annotation.startswith(name)), object)


def _check_visits(visits: Visits) -> None:
    def number(value: object, what: str, least: int, most: int) -> int:
        code = "inspection_bad_visits"
        return whole_number(value, what, code=code, least=least, most=most, error=InspectionError)

    number(visits.days, "监测天数", 1, 366)
    total = number(visits.total, "访问次数", 0, 10_000_000)
    number(visits.failed, "打不开次数", 0, total)


def _bad(name: str, value: object) -> InspectionError:
    return InspectionError(
        "inspection_bad_field",
        f"检查事实“{name}”的值不可用：{short(value)}。请核对其类型。",
        f"the fact {name!r} has a value of the wrong kind: {short(value)}. Check its type.",
    )
