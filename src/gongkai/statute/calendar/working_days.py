"""Counting in working days (CAL.1, CAL.2): the calendar of the whole country, with local days and new years.

Every answer is a look-up: the calendar counts its working days once, when it is made.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from gongkai.statute.calendar.days import WORKING_KINDS, Day, DayKind, DueDay
from gongkai.statute.calendar.notices import FIRST_YEAR, YearNotice, parse_notice
from gongkai.statute.calendar.statutory import DATA, last_lunar_year, statutory_days
from gongkai.statute.errors import CalendarError, CalendarNotPublished, plain_day, whole_number

# How far past the last published year a provisional day is given. Further on nothing is worth saying: each
# notice moves some twenty days.
PROVISIONAL_YEARS = 5
_MOST_DAYS = 10_000
_SATURDAY = 5


class LocalDays(NamedTuple):
    """Days a local government fixed (CAL.3, art. 4 for minority areas). `source`: its notice."""

    name: str
    source: str
    off: frozenset[dt.date]
    working: frozenset[dt.date]


@dataclass(frozen=True, slots=True, init=False, eq=False)
class Calendar:
    """Working days from 2008-01-01 to the end of the last published year, and provisionally five years more.

    Immutable; `with_local_days` and `with_year` give new calendars. Calendars made of the same notices and
    local days are equal.
    """

    notices: tuple[YearNotice, ...]
    local_days: tuple[LocalDays, ...]
    published_through: dt.date  # the last day for which a notice is loaded
    first: dt.date
    horizon: dt.date  # the last day that has a provisional answer
    _marks: dict[dt.date, tuple[DayKind, str]]  # what notices and local rules say of single days
    _counted: array[int]  # working days from `first` to the day, for each day
    _working: array[int]  # the ordinals of the working days, in order

    def __init__(self, notices: Iterable[YearNotice], local_days: Iterable[LocalDays] = ()) -> None:
        ordered = sorted(
            notices, key=lambda notice: (notice.year, notice.amends, notice.issued or dt.date.min)
        )
        years = [notice.year for notice in ordered if not notice.amends]
        _check_years(years, ordered)
        keep = object.__setattr__
        keep(self, "notices", tuple(ordered))
        keep(self, "local_days", tuple(local_days))
        keep(self, "first", dt.date(FIRST_YEAR, 1, 1))
        keep(self, "published_through", dt.date(years[-1], 12, 31))
        keep(self, "horizon", dt.date(min(years[-1] + PROVISIONAL_YEARS, last_lunar_year()), 12, 31))
        keep(self, "_marks", _marks(self.notices, self.local_days, years[-1], self.horizon.year))
        working = array(
            "l", (n for n in range(self.first.toordinal(), self.horizon.toordinal() + 1) if self._works(n))
        )
        keep(self, "_working", working)
        keep(self, "_counted", _running_count(working, self.first.toordinal(), self.horizon.toordinal()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calendar):
            return NotImplemented
        return (self.notices, self.local_days) == (other.notices, other.local_days)

    def __hash__(self) -> int:
        return hash((self.notices, self.local_days))

    @property
    def years(self) -> range:
        """The years with a notice."""
        return range(self.first.year, self.published_through.year + 1)

    def is_working_day(self, day: dt.date) -> bool:
        """Whether `day` is a working day (CAL.2). CalendarError outside `first` … `horizon`.

        >>> national().is_working_day(dt.date(2026, 2, 14)), national().is_working_day(dt.date(2026, 2, 16))
        (True, False)
        """
        at = self._index(day)
        return self._counted[at] != (self._counted[at - 1] if at else 0)

    def add_working_days(self, start: dt.date, days: int) -> DueDay:
        """The last day of a limit of `days` working days from `start` (CAL.1).

        The day of the start does not count: day 1 is the first working day after it. 0 days end on the start
        itself, working day or not. CalendarError before 2008, CalendarNotPublished past `horizon`.

        >>> national().add_working_days(dt.date(2025, 1, 20), 20).date
        datetime.date(2025, 2, 21)
        """
        if type(days) is not int or not 0 <= days <= _MOST_DAYS:
            whole_number(days, "工作日数", code="calendar_bad_count", error=CalendarError, most=_MOST_DAYS)
        counted = self._counted[self._index(start)]
        if days == 0:
            return DueDay(start, start > self.published_through, self.published_through)
        if counted + days > len(self._working):
            raise self._not_published(f"{start} 起 {days} 个工作日", f"{days} working days from {start}")
        end = dt.date.fromordinal(self._working[counted + days - 1])
        return DueDay(end, end > self.published_through, self.published_through)

    def working_days_between(self, after: dt.date, until: dt.date) -> int:
        """How many working days follow `after`, up to and including `until`; negative if `until` is earlier.

        Provisional if either day `is_provisional`.

        >>> national().working_days_between(dt.date(2025, 9, 26), dt.date(2025, 10, 30))
        20
        """
        return self._counted[self._index(until)] - self._counted[self._index(after)]

    def is_provisional(self, day: dt.date) -> bool:
        """Whether `day` lies past the last published year: nobody knows yet what it will be (CAL.5)."""
        self._index(day)
        return day > self.published_through

    def next_working_day(self, day: dt.date) -> DueDay:
        """`day` if it is a working day, else the first one after it."""
        if self.is_working_day(day):
            return DueDay(day, day > self.published_through, self.published_through)
        return self.add_working_days(day, 1)

    def kind(self, day: dt.date) -> Day:
        """What `day` is, with the holiday's name: for a time line.

        >>> print(national().kind(dt.date(2026, 2, 14)).zh)
        2026-02-14（周六，调休上班，春节）
        """
        self._index(day)
        kind, name = self._marks.get(day) or (_week_kind(day), "")
        return Day(day, kind, name, day > self.published_through)

    def with_local_days(
        self,
        *,
        name: str,
        source: str,
        off: Iterable[dt.date] = (),
        working: Iterable[dt.date] = (),
    ) -> Calendar:
        """This calendar with days off and make-up days that a local government fixed (CAL.3).

        They override the national notice on the same day. CalendarError for a day in both, a statutory day
        made a working day, a day outside the calendar, or no name or source.
        """
        days_off = frozenset(
            plain_day(day, "地方放假日", code="calendar_bad_day", error=CalendarError) for day in off
        )
        days_on = frozenset(
            plain_day(day, "地方调休上班日", code="calendar_bad_day", error=CalendarError) for day in working
        )
        self._check_local(name, source, days_off, days_on)
        return Calendar(self.notices, (*self.local_days, LocalDays(name, source, days_off, days_on)))

    def with_year(self, notice: YearNotice) -> Calendar:
        """This calendar with the notice of the next year, or with a later change of a year it has (CAL.5).

        CalendarError if the year is there already, or one between is missing.
        """
        if not notice.amends and notice.year in self.years:
            raise CalendarError(
                "calendar_year_present",
                f"{notice.year} 年放假安排已经载入。如系后来调整，请写明 amends = true，只列变动的日期。",
                f"{notice.year} is loaded already. For a later change set amends = true and list its days.",
            )
        return Calendar((*self.notices, notice), self.local_days)

    def changed_days(self, other: Calendar) -> tuple[dt.date, ...]:
        """The days that work in one calendar only: open cases that run over them are recomputed (CAL.5)."""
        first, last = self.first.toordinal(), min(self.horizon, other.horizon).toordinal()
        mine, theirs = set(self._working), set(other._working)
        return tuple(dt.date.fromordinal(n) for n in sorted(mine ^ theirs) if first <= n <= last)

    def _works(self, ordinal: int) -> bool:
        day = dt.date.fromordinal(ordinal)
        marked = self._marks.get(day)
        return marked[0] in WORKING_KINDS if marked else ordinal % 7 not in (6, 0)

    def _index(self, day: dt.date) -> int:
        if type(day) is not dt.date:
            day = plain_day(day, "日期", code="calendar_bad_day", error=CalendarError)
        if self.first <= day <= self.horizon:
            return day.toordinal() - self.first.toordinal()
        if day > self.horizon:
            raise self._not_published(str(day), str(day))
        raise CalendarError(
            "calendar_before_first_year",
            f"{day} 早于 {self.first}，工作日历没有该年的放假安排。请核对日期。",
            f"{day} is before {self.first}, the first day of the calendar. Check the date.",
        )

    def _not_published(self, zh: str, en: str) -> CalendarNotPublished:
        end = self.published_through.year
        return CalendarNotPublished(
            "calendar_not_published",
            f"{zh}：超出 {self.horizon}。放假安排只公布到 {end} 年，暂定日期最远推算到 {self.horizon}。"
            "请核对日期，或导入新的放假安排。",
            f"{en} passes {self.horizon}. Holidays are published to {end}; provisional days end there. "
            "Check the date or import the next notice.",
        )

    def _check_local(self, name: str, source: str, off: frozenset[dt.date], on: frozenset[dt.date]) -> None:
        if not (name.strip() and source.strip() and (off or on)):
            raise CalendarError(
                "calendar_local_field_missing",
                "地方放假须写明名称、来源，并至少列出一天。",
                "Local days need a name, a source and at least one day.",
            )
        for day in sorted(off | on):
            if day in off and day in on:
                why = ("同时列为放假和上班", "is both off and working")
            elif not self.first <= day <= self.horizon:
                why = (f"不在工作日历 {self.first} 至 {self.horizon} 之内", "lies outside the calendar")
            elif day in on and day in statutory_days(day.year):
                why = ("是全体公民放假的法定节日，地方不能改为上班", "is a statutory day off for everybody")
            else:
                continue
            raise CalendarError(
                "calendar_local_day_wrong",
                f"{name}：{day} {why[0]}。请核对地方放假文件。",
                f"{name}: {day} {why[1]}. Check the local notice.",
            )


@cache
def national() -> Calendar:
    """The calendar of the notices in the package: 2008 to 2026, with the changes of 2015, 2019 and 2020."""
    files = sorted((file for file in DATA.iterdir() if file.name[:4].isdigit()), key=lambda file: file.name)
    return Calendar(parse_notice(file.read_text("utf-8")) for file in files)


def _week_kind(day: dt.date) -> DayKind:
    return DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WORKDAY


def _check_years(years: list[int], notices: list[YearNotice]) -> None:
    expected = list(range(FIRST_YEAR, FIRST_YEAR + len(years)))
    if not years or years != expected:
        wrong = next((e for e, y in zip(expected, years, strict=False) if e != y), FIRST_YEAR)
        raise CalendarError(
            "calendar_year_missing",
            f"工作日历须从 {FIRST_YEAR} 年起逐年相接，{wrong} 年的放假安排缺失或重复。请先导入该年。",
            f"The calendar needs one notice a year from {FIRST_YEAR}; {wrong} is missing or doubled.",
        )
    for notice in notices:
        if notice.amends and notice.year not in years:
            raise CalendarError(
                "calendar_year_missing",
                f"“{notice.title}”调整的是 {notice.year} 年，该年的放假安排尚未载入。请先导入该年。",
                f"{notice.title!r} changes {notice.year}, which is not loaded. Import that year first.",
            )


def _marks(
    notices: tuple[YearNotice, ...], local_days: tuple[LocalDays, ...], published: int, last: int
) -> dict[dt.date, tuple[DayKind, str]]:
    """What is said of single days; later notices over earlier ones, local days over all."""
    marks: dict[dt.date, tuple[DayKind, str]] = {}
    for year in range(published + 1, last + 1):
        # Not published: the statutory days alone. Which weekday makes a weekend day good, and what is moved
        # where, is not guessed.
        marks |= {day: (DayKind.HOLIDAY, name) for day, name in statutory_days(year).items()}
    for notice in notices:
        marks |= {day: (DayKind.HOLIDAY, name) for day, name in notice.off.items()}
        marks |= {day: (DayKind.MAKE_UP, name) for day, name in notice.working.items()}
        for day in notice.as_usual:
            marks.pop(day, None)
    for local in local_days:
        marks |= dict.fromkeys(local.off, (DayKind.LOCAL_OFF, local.name))
        marks |= dict.fromkeys(local.working, (DayKind.LOCAL_WORKING, local.name))
    return marks


def _running_count(working: array[int], first: int, last: int) -> array[int]:
    """For each day the number of working days up to and including it."""
    worked = set(working)
    counted, total = array("l"), 0
    for ordinal in range(first, last + 1):
        total += ordinal in worked
        counted.append(total)
    return counted
