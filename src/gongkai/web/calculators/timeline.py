"""The picture of a period: every day from the receipt to the last day, by month, counted and explained."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from gongkai.statute.calendar import Day, DayKind
from gongkai.statute.clock import Clock, Interval, State

A_DAY = dt.timedelta(days=1)
MOST_MONTHS = 12  # a longer course leaves out even months of the period in which nothing happens
_WAITS = ("supplement", "payment")


class Mark(StrEnum):
    """What a day is to the period."""

    OUTSIDE = "outside"  # before the receipt, or behind the end of the picture
    RECEIVED = "received"
    USED = "used"  # counted, and over
    LEFT = "left"  # counted, and still to come
    OVER = "over"  # a working day behind the last day
    EXCLUDED = "excluded"  # an opinion was waited for (REG.33.3)
    WAITING = "waiting"  # a supplement or a payment was waited for (REG.30, FEE.6)
    VOID = "void"  # counted once; the period has begun again since
    OFF = "off"  # no working day (CAL.2)


# Months of waiting or of delay alone are left out of the picture.
_COUNTING = frozenset({Mark.USED, Mark.LEFT, Mark.EXCLUDED})


class Cell(NamedTuple):
    """One day. `number`: of the counted days from 1, or of the days behind the last one. `lines`: numbers of
    the lines of the explanation that speak of an event on it."""

    day: Day
    mark: Mark
    number: int | None = None
    lines: tuple[int, ...] = ()
    is_due: bool = False
    is_as_of: bool = False

    @property
    def is_quiet(self) -> bool:
        return not (self.lines or self.is_due or self.is_as_of)

    @property
    def is_make_up(self) -> bool:
        return self.day.kind in (DayKind.MAKE_UP, DayKind.LOCAL_WORKING)


class Month(NamedTuple):
    """A month as a sheet of a calendar: weeks from Monday; None where another month's days would stand."""

    first: dt.date
    weeks: tuple[tuple[Cell | None, ...], ...]


class Gap(NamedTuple):
    """Months left out of the picture, `first` to `last` (the first day of each), with their working days."""

    first: dt.date
    last: dt.date
    working: int


class Picture(NamedTuple):
    """The sheets in order; `cells`: the days of the period that they show; `marks`: what occurs in it."""

    sheets: tuple[Month | Gap, ...]
    cells: tuple[Cell, ...]
    marks: frozenset[str]

    @property
    def months(self) -> int:
        return sum(isinstance(sheet, Month) for sheet in self.sheets)


def picture(clock: Clock) -> Picture:
    """The days of a clock, marked. The last counted day bears the limit's number, and is the due date."""
    cells = {cell.day.date: cell for cell in _cells(clock)}
    sheets = tuple(_sheets(clock, cells))
    shown = tuple(
        cell
        for sheet in sheets
        if isinstance(sheet, Month)
        for week in sheet.weeks
        for cell in week
        if cell is not None and cell.mark is not Mark.OUTSIDE
    )
    marks = {str(cell.mark) for cell in shown}
    marks |= {"make-up"} if any(cell.is_make_up for cell in shown) else set()
    marks |= {"provisional"} if any(cell.day.provisional for cell in shown) else set()
    return Picture(sheets, shown, frozenset(marks))


def _cells(clock: Clock) -> Iterator[Cell]:
    lines: dict[dt.date, list[int]] = {}
    for number, step in enumerate(clock.steps, 1):
        lines.setdefault(step.event.on, []).append(number)
    first = min(clock.received, *lines)
    numbers: Counter[Mark] = Counter()
    day, end = first, _end(clock)
    while day <= end:
        mark = _mark(clock, day)
        count = None
        if mark in (Mark.USED, Mark.LEFT, Mark.OVER):
            # What is still to come goes on from what is used.
            counted = Mark.OVER if mark is Mark.OVER else Mark.USED
            numbers[counted] += 1
            count = numbers[counted]
        yield Cell(
            clock.calendar.kind(day),
            mark,
            count,
            tuple(lines.get(day, ())),
            clock.due is not None and day == clock.due.date,
            day == clock.as_of,
        )
        day += A_DAY


def _end(clock: Clock) -> dt.date:
    """The last day of the picture: the due date, what happened behind it, and today while it is open."""
    days = [clock.began, *(step.event.on for step in clock.steps)]
    if clock.due is not None:
        days.append(clock.due.date)
    if clock.closed is None:
        days.append(clock.as_of)
    return max(days)


def _mark(clock: Clock, day: dt.date) -> Mark:
    if day <= clock.received:
        return Mark.RECEIVED if day == clock.received else Mark.OUTSIDE
    if not clock.calendar.is_working_day(day):
        return Mark.OFF
    if day <= clock.began:
        # Between the receipt and the day the period began again.
        waited = any(_within(day, one) for one in clock.intervals if one.kind in _WAITS)
        return Mark.WAITING if waited else Mark.VOID
    stop = clock.closed or clock.as_of
    waiting = _waiting_since(clock)
    if waiting is not None and day > waiting:
        return Mark.WAITING if day <= stop else Mark.OUTSIDE
    if any(_within(day, one) for one in clock.intervals if one.kind not in ("counted", *_WAITS)):
        return Mark.EXCLUDED
    if any(_within(day, one) for one in clock.intervals if one.kind in _WAITS):
        return Mark.WAITING
    if clock.due is not None and day > clock.due.date:
        return Mark.OVER if day <= stop else Mark.OUTSIDE
    if day <= stop:
        return Mark.USED
    return Mark.LEFT if clock.due is not None else Mark.OUTSIDE


def _within(day: dt.date, interval: Interval) -> bool:
    return interval.after < day <= interval.until


def _waiting_since(clock: Clock) -> dt.date | None:
    """The day of the notice whose supplement or payment has not come; None if nothing is waited for."""
    if clock.state is State.SERVED:
        return None
    since = None
    for step in clock.steps:
        if step.effect == "waiting":
            since = step.event.on
        elif step.effect in ("restarted", "resumed"):
            since = None
    return since


def _sheets(clock: Clock, cells: dict[dt.date, Cell]) -> Iterator[Month | Gap]:
    months = [list(days) for _month, days in groupby(sorted(cells), key=lambda day: (day.year, day.month))]
    is_long = len(months) > MOST_MONTHS

    def is_left_out(days: list[dt.date]) -> bool:
        marks = {cells[day].mark for day in days}
        return all(cells[day].is_quiet for day in days) and (is_long or not marks & _COUNTING)

    for left_out, found in groupby(months, key=is_left_out):
        run = list(found)
        if not left_out or len(run) == 1:
            yield from (_sheet(clock, days[0], cells) for days in run)
            continue
        working = sum(cells[day].day.working for days in run for day in days)
        yield Gap(run[0][0].replace(day=1), run[-1][0].replace(day=1), working)


def _sheet(clock: Clock, day: dt.date, cells: dict[dt.date, Cell]) -> Month:
    first = at = day.replace(day=1)
    week: list[Cell | None] = [None] * first.weekday()
    weeks = []
    while (at.year, at.month) == (first.year, first.month):
        week.append(cells.get(at) or Cell(clock.calendar.kind(at), Mark.OUTSIDE))
        if len(week) == 7:
            weeks.append(tuple(week))
            week = []
        at += A_DAY
    if week:
        weeks.append((*week, *[None] * (7 - len(week))))
    return Month(first, tuple(_without_empty_ends(weeks)))


def _without_empty_ends(weeks: list[tuple[Cell | None, ...]]) -> list[tuple[Cell | None, ...]]:
    """The weeks from the first to the last one in which something stands."""
    full = [
        n for n, week in enumerate(weeks) if any(c and (c.mark is not Mark.OUTSIDE or c.lines) for c in week)
    ]
    return weeks[full[0] : full[-1] + 1]
