"""What was made public in a year: once over all channels, and on each (form of 2014, LAW.md 2.7).

| line | counted from |
|---|---|
| 一(一) made public | records made public in the year, on whatever channel: on several it counts once |
| of these, normative documents | those of that kind |
| 一(三) government website | records first published on the portal in the year |
| 一(三) gazette, Weibo, WeChat, other ways | records of which a publication there has its day in the year |

A record that has been withdrawn is not counted, and told apart. What was public before, and came to a further
channel in the year, counts on that channel and in 一(一), and is told apart (D): so the identity OLD.1 holds
for every year, max(channel) ≤ 一(一) ≤ Σ channels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.channels.kinds import columns, kinds
from gongkai.web.channels.models import OUT, Act, Release
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ

DOCUMENTS, INTERPRETATIONS = "normative_document", "interpretation"
WEBSITE, ONCE, WITHDRAWN = "website", "once", "withdrawn"
_MOST_LISTED = 500


class Fact(NamedTuple):
    """A part of a figure. `part`: to list its records by; `counted`: False for what is only told."""

    zh: str
    en: str
    part: str
    amount: int
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the form. Its counted facts add up to it."""

    code: str
    value: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A year of an organ. `figures`: `once`, `documents`, `interpretations`, and a code of each column."""

    year: int
    until: dt.date
    figures: Mapping[str, Figure]

    def __getitem__(self, code: str) -> Figure:
        return self.figures[code]

    def as_contract(self) -> dict[str, object]:
        """Block 一 of the form of 2014: `{"published": …, "normative_documents": …, "by_channel": {…}}`."""
        by_channel = {one.code: self[one.code].value for one in columns()}
        documents = self["documents"].value
        return {"published": self[ONCE].value, "normative_documents": documents, "by_channel": by_channel}


class _Row(NamedTuple):
    """A record with what it is counted by: its kind, and the columns it came to in the year."""

    record: int
    kind: str
    state: str
    columns: frozenset[str]


def counted(organ: Organ, year: int) -> Counted:
    """The figures of a year; WorkError `year_to_come`. 2 queries."""
    until = _until(year)
    rows = list(_rows(organ, year))
    public = [one for one in rows if one.state == State.PUBLISHED]
    figures = {ONCE: _once(public, len(rows) - len(public))}
    for code, kind in (("documents", DOCUMENTS), ("interpretations", INTERPRETATIONS)):
        number = sum(one.kind == kind for one in public)
        figures[code] = Figure(code, number, (Fact("其中", "of these", code, number),))
    for column in columns():
        number = sum(column.code in one.columns for one in public)
        fact = Fact("本年在这一渠道公开", "made public there in the year", column.code, number)
        figures[column.code] = Figure(column.code, number, (fact,))
    return Counted(year, until, figures)


def _once(public: list[_Row], withdrawn: int) -> Figure:
    first = sum(WEBSITE in one.columns for one in public)
    facts = [
        Fact("本年首次公开", "first made public in the year", "first", first),
        Fact("以前已公开、本年又在其他渠道公开", "public before, on a further channel in the year", "further",
             len(public) - first),
        Fact("本年公开、后来撤回（不计）", "withdrawn since (not counted)", WITHDRAWN, withdrawn, False),
    ]  # fmt: skip
    return Figure(ONCE, len(public), tuple(facts))


def records_of(organ: Organ, year: int, part: str) -> list[Record]:
    """The records that a part of a figure is made of, the newest first, at most 500. 3 queries."""
    _until(year)
    tests: dict[str, Callable[[_Row], bool]] = {
        ONCE: lambda one: one.state == State.PUBLISHED,
        "first": lambda one: one.state == State.PUBLISHED and WEBSITE in one.columns,
        "further": lambda one: one.state == State.PUBLISHED and WEBSITE not in one.columns,
        WITHDRAWN: lambda one: one.state != State.PUBLISHED,
        "documents": lambda one: one.state == State.PUBLISHED and one.kind == DOCUMENTS,
        "interpretations": lambda one: one.state == State.PUBLISHED and one.kind == INTERPRETATIONS,
    }

    def in_column(one: _Row) -> bool:
        return one.state == State.PUBLISHED and part in one.columns

    test = tests.get(part, in_column)
    wanted = sorted((one.record for one in _rows(organ, year) if test(one)), reverse=True)[:_MOST_LISTED]
    return list(
        Record.objects.filter(pk__in=wanted).select_related("unit").order_by("-first_published_at", "-id")
    )


def _rows(organ: Organ, year: int) -> Iterable[_Row]:
    """Every record with something in the year. 2 queries."""
    begin, end = _moments(year)
    known: dict[int, tuple[str, str, set[str]]] = {}
    ours = Record.objects.filter(organ=organ, state__in=(State.PUBLISHED, State.WITHDRAWN))
    first = ours.filter(first_published_at__gte=begin, first_published_at__lt=end)
    for pk, kind, state in first.values_list("pk", "kind", "state").order_by():
        known[pk] = (kind, state, {WEBSITE})
    column_of = {one.code: one.column for one in kinds()}
    there = _there(organ, year).values_list("record", "record__kind", "record__state", "channel__kind")
    for pk, kind, state, channel in there:
        column = column_of.get(channel, "")
        if column:
            known.setdefault(pk, (kind, state, set()))[2].add(column)
    for pk, (kind, state, found) in known.items():
        yield _Row(pk, kind, state, frozenset(found))


def _there(organ: Organ, year: int) -> QuerySet[Release]:
    """What came out on a channel in the year, by program or by hand."""
    days = Q(published_on__gte=dt.date(year, 1, 1), published_on__lte=dt.date(year, 12, 31))
    public = Q(record__state__in=(State.PUBLISHED, State.WITHDRAWN))
    return Release.objects.filter(
        days, public, channel__organ=organ, act=Act.PUBLISH, state__in=OUT
    ).order_by()


def _moments(year: int) -> tuple[dt.datetime, dt.datetime]:
    """The year's first moment here, and that of the next."""
    zone = timezone.get_default_timezone()
    return dt.datetime(year, 1, 1, tzinfo=zone), dt.datetime(year + 1, 1, 1, tzinfo=zone)


def _until(year: int) -> dt.date:
    today = clock.today()
    if not 1949 <= year <= today.year:
        zh = f"{year} 年还没有开始，没有可以统计的数据。"
        raise WorkError("year_to_come", zh, f"{year} has not begun.", field="year")
    return today if year == today.year else dt.date(year, 12, 31)
