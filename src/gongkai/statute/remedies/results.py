"""Where a case is counted in table 4 of the annual report (LAW.md 2.4, FMT.T4).

One case is one entry, with its latest effective result; a suit after reconsideration is a case of its own
group (both D). The columns are to be confirmed by a legal officer (M).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError, plain_day, whole_number
from gongkai.statute.remedies.challenge_events import unknown

COLUMNS = ("upheld", "corrected", "other", "pending")
_AS_BEFORE = "as-before"


class Result(NamedTuple):
    """How a case, or an instance of it, ended. `forum`: `reconsideration` or `court`.

    `column`: of table 4; `as-before` and `pending` for what an appeal does to the judgment before it.
    """

    code: str
    zh: str
    en: str
    forum: str
    column: str
    rule: str
    mark: str


class Group(NamedTuple):
    """A group of five figures in table 4."""

    code: str
    zh: str
    en: str
    forum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedResult:
    """A result with the day it was made, and the day from which it is effective; None while it is not yet.

    A reconsideration decision is effective when served (ARL.75.2), a judgment of first instance when the time
    for appeal is over without one (APL.85), one on appeal when it is made.
    """

    code: str
    on: dt.date
    effective_on: dt.date | None

    def __post_init__(self) -> None:
        result(self.code)
        plain_day(self.on, "裁决日期", code="remedy_bad_day", error=RemedyError)
        if self.effective_on is not None:
            plain_day(self.effective_on, "生效日期", code="remedy_bad_day", error=RemedyError)
            if self.effective_on < self.on:
                raise RemedyError(
                    "remedy_effective_before_made",
                    f"生效日期 {self.effective_on} 早于作出日期 {self.on}。请核对。",
                    f"Effective on {self.effective_on}, before it was made on {self.on}. Check the dates.",
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A challenge: a reconsideration, or a suit through all its instances. `group`: a code of `groups()`."""

    group: str
    begun_on: dt.date
    results: tuple[DatedResult, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        plain_day(self.begun_on, "收案日期", code="remedy_bad_day", error=RemedyError)
        if self.group not in groups():
            raise unknown("group", "表四分组", self.group, groups())
        forum = groups()[self.group].forum
        for one in self.results:
            if result(one.code).forum != forum:
                raise RemedyError(
                    "remedy_result_of_other_forum",
                    f"“{result(one.code).zh}”不是{groups()[self.group].zh}的结果。请核对。",
                    f"{one.code} is no result of {groups()[self.group].en}. Check it.",
                )
            if one.on < self.begun_on:
                raise RemedyError(
                    "remedy_result_before_case",
                    f"结果日期 {one.on} 早于收案日期 {self.begun_on}。请核对。",
                    f"A result on {one.on} comes before the case began on {self.begun_on}. Check the dates.",
                )


class Entry(NamedTuple):
    """Where a case stands on a day. `result`: what it rests on, None if pending; `since`: from when."""

    group: str
    column: str
    result: Result | None
    since: dt.date | None
    rule: str
    mark: str


@cache
def results() -> MappingProxyType[str, Result]:
    """Every result by its code."""
    return MappingProxyType({row["code"]: Result(**row) for row in data("remedies_results.toml")["result"]})


def result(code: str) -> Result:
    """The result of that code. RemedyError `remedy_unknown_result` for any other value.

    >>> result("reconsideration-annulled").column
    'corrected'
    """
    found = results().get(code) if isinstance(code, str) else None
    if found is None:
        raise unknown("result", "复议、诉讼结果", code, results())
    return found


@cache
def groups() -> MappingProxyType[str, Group]:
    """The three groups of table 4 by their code in the annual report's contract."""
    return MappingProxyType({row["code"]: Group(**row) for row in data("remedies_results.toml")["group"]})


def classify(case: Case, as_of: dt.date) -> Entry:
    """Where the case stands on a day: by its latest result that is effective then, pending without one.

    An appeal dismissed or withdrawn leaves the judgment before it; one remanded leaves none (D).
    """
    day = plain_day(as_of, "截止日期", code="remedy_bad_day", error=RemedyError)
    standing: DatedResult | None = None
    last_made: DatedResult | None = None
    since: dt.date | None = None
    for one in sorted(case.results, key=lambda made: made.on):
        kind = result(one.code)
        effective = one.effective_on is not None and one.effective_on <= day
        if kind.column == "pending":
            if one.on <= day:
                standing, last_made, since = None, None, None
        elif kind.column == _AS_BEFORE:
            if effective and last_made is not None:
                standing, since = last_made, one.effective_on
        else:
            last_made = one
            if effective:
                standing, since = one, one.effective_on
    if standing is None:
        return Entry(case.group, "pending", None, None, "FMT.T4", "D")
    kind = result(standing.code)
    return Entry(case.group, kind.column, kind, since, kind.rule, kind.mark)


def counted(cases: Iterable[Case], year: int) -> dict[str, dict[str, int]]:
    """Table 4 of a year: for each group the cases of each column and `total` (FMT.T4.A).

    A case is counted in the year in which its result became effective, and as pending on every 31 December
    before. RemedyError for an impossible year.
    """
    whole_number(year, "年度", code="remedy_bad_year", least=2008, most=9998, error=RemedyError)
    last, before = dt.date(year, 12, 31), dt.date(year - 1, 12, 31)
    figures = {group: dict.fromkeys((*COLUMNS, "total"), 0) for group in groups()}
    for case in cases:
        entry = classify(case, last)
        concluded_before = case.begun_on <= before and classify(case, before).column != "pending"
        # What was counted as concluded stays so, unless it was reopened and ended anew in this year.
        if case.begun_on > last or (concluded_before and entry == classify(case, before)):
            continue
        figures[case.group][entry.column] += 1
        figures[case.group]["total"] += 1
    return figures
