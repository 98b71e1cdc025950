"""Periods of reconsideration and litigation as days: how they begin, run and end (CPL.85, CC.202, ARL.88)."""

from __future__ import annotations

import calendar as months
import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from gongkai.statute.calendar import Calendar, DueDay
from gongkai.statute.errors import CalendarNotPublished, RemedyError, plain_day, whole_number

_MOST = 10_000


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAYS = "working-days"
    DAYS = "days"  # of the calendar
    MONTHS = "months"
    YEARS = "years"

    @property
    def zh(self) -> str:
        return {"working-days": "个工作日", "days": "日", "months": "个月", "years": "年"}[self.value]

    def en(self, amount: int) -> str:
        return self.value.replace("-", " ").removesuffix("s") + ("" if amount == 1 else "s")


class Period(NamedTuple):
    """So many days, months or years. `rule`: the article; `mark`: V, M or D."""

    amount: int
    unit: Unit
    rule: str
    mark: str

    @property
    def zh(self) -> str:
        return f"{self.amount}{self.unit.zh}"

    @property
    def en(self) -> str:
        return f"{self.amount} {self.unit.en(self.amount)}"


def last_day(start: dt.date, period: Period, calendar: Calendar, *, further_days: int = 0) -> DueDay:
    """The last day of a period that begins on `start`; `further_days`: calendar days it is lengthened by.

    The day it begins on is not counted (CPL.85.2). Months and years end on the corresponding day, or on the
    last of a month that has none (CC.202). If the last day is a day off, the period ends on the first working
    day after it (CPL.85.3, CC.203, SPCA.48.3): only the last day is looked at, days off on the way count.
    Working days (ARL.88.2) never end on a day off. RemedyError for a start that is no day;
    CalendarNotPublished past the calendar.

    >>> from gongkai.statute.calendar import national
    >>> six_months = Period(6, Unit.MONTHS, "APL.46.1", "V")
    >>> last_day(dt.date(2025, 8, 31), six_months, national()).date  # 28 February 2026 is a make-up day
    datetime.date(2026, 2, 28)
    """
    plain_day(start, "期间开始之日", code="remedy_bad_day", error=RemedyError)
    whole_number(period.amount, "期间", code="remedy_bad_period", least=1, most=_MOST, error=RemedyError)
    if period.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(start, period.amount)
    try:
        end = calendar_end(start, period) + dt.timedelta(days=further_days)
    except (OverflowError, ValueError):
        raise CalendarNotPublished(
            "calendar_not_published",
            f"{start} 起 {period.zh}：超出工作日历。请核对日期。",
            f"{period.en} from {start}: past the calendar. Check the date.",
        ) from None
    return calendar.next_working_day(end)


def calendar_end(start: dt.date, period: Period) -> dt.date:
    """The day on which days, months or years are over, be it a day off (`last_day` goes on from it)."""
    if period.unit is Unit.DAYS:
        return start + dt.timedelta(days=period.amount)
    return _months_later(start, period.amount * (12 if period.unit is Unit.YEARS else 1))


def months_before(day: dt.date, count: int) -> dt.date:
    """The corresponding day so many months earlier, or the last of a month that has none.

    >>> months_before(dt.date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    return _months_later(day, -count)


def _months_later(day: dt.date, count: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
