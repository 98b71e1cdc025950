"""What one day is for the clock, and what a last day is worth."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple


class DayKind(StrEnum):
    """What a day is (CAL.2, CAL.3). `LOCAL_…`: fixed by a local government, not by the national notice."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up_working_day"
    LOCAL_OFF = "local_off"
    LOCAL_WORKING = "local_working"

    @property
    def zh(self) -> str:
        return _KIND_WORDS[self]


_KIND_WORDS = {
    DayKind.WORKDAY: "工作日",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "节假日",
    DayKind.MAKE_UP: "调休上班",
    DayKind.LOCAL_OFF: "地方放假",
    DayKind.LOCAL_WORKING: "地方调休上班",
}
WORKING_KINDS = frozenset({DayKind.WORKDAY, DayKind.MAKE_UP, DayKind.LOCAL_WORKING})
WEEKDAYS = "一二三四五六日"


class Day(NamedTuple):
    """A day on a time line. `name`: the holiday's (春节), of its make-up days too; else ""."""

    date: dt.date
    kind: DayKind
    name: str
    provisional: bool

    @property
    def working(self) -> bool:
        return self.kind in WORKING_KINDS

    @property
    def zh(self) -> str:
        """For people: 2026-02-14（周六，调休上班，春节）."""
        words = [f"周{WEEKDAYS[self.date.weekday()]}", self.kind.zh, *([self.name] if self.name else [])]
        return f"{self.date}（{'，'.join(words)}{'，暂定' if self.provisional else ''}）"


class DueDay(NamedTuple):
    """A last day. `provisional`: days of a year not published yet were needed to find it (CAL.5)."""

    date: dt.date
    provisional: bool
    published_through: dt.date

    @property
    def why(self) -> str:
        """Why the day is provisional, or may yet move, in one plain line; "" if nothing is to be said."""
        end = self.published_through
        if self.provisional:
            return (
                f"{end.year + 1} 年放假安排尚未载入，{end} 之后按周一至周五和法定节日推算，日期为暂定；"
                "导入该年通知后须重新计算。"
            )
        if self.date > end - YEAR_END:
            return f"{end.year + 1} 年放假安排尚未载入，该年通知可能调整 {end.year} 年最后几天。"
        return ""

    @property
    def why_en(self) -> str:
        end = self.published_through
        if self.provisional:
            return (
                f"The holidays of {end.year + 1} are not loaded; days after {end} are reckoned from the week "
                "and the statutory days. The date is provisional: recompute it when the notice is in."
            )
        if self.date > end - YEAR_END:
            return (
                f"The holidays of {end.year + 1} are not loaded; they may change the last days of {end.year}."
            )
        return ""


# The notices for 2007, 2008, 2012, 2019 and 2023 moved days from 29 December of the year before onwards.
YEAR_END = dt.timedelta(days=3)
