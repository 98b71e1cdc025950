"""The period for the reply: what counts of it, what is excluded, and its last day (REG.33.2, REG.33.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from gongkai.statute.calendar import Calendar, DueDay
from gongkai.statute.clock.consultations import Consultation
from gongkai.statute.clock.standing import Interval

Stretch = tuple[dt.date, dt.date]  # the days after the first, up to and including the second


class Period:
    """`limit` working days after `began`, without the days an opinion was waited for."""

    __slots__ = ("began", "calendar", "later", "letters", "limit", "paid")

    def __init__(self, calendar: Calendar, began: dt.date, limit: int, letters: list[Consultation]) -> None:
        self.calendar = calendar
        self.began = began
        self.limit = limit
        self.letters = letters
        self.later: dt.date | None = None  # the date told to the requester (REG.35)
        self.paid: Interval | None = None  # the wait for a fee, where payment does not begin the period again

    def due(self, day: dt.date | None) -> DueDay:
        """The due date as things stand on `day`; None: if no opinion comes any more."""
        due = self.calendar.add_working_days(self.began, self.limit)
        excluded = 0
        for after, until in self.excluded(day):
            if after >= due.date:
                break  # asked when the period was over: it does not begin again
            excluded += self.calendar.working_days_between(after, until)
            due = self.calendar.add_working_days(self.began, self.limit + excluded)
        if self.later is not None and self.later > due.date:
            return DueDay(self.later, self.later > self.calendar.published_through, due.published_through)
        return due

    def latest(self, due: DueDay) -> DueDay | None:
        """The due date if no opinion comes any more; None where nothing says how long it may be awaited."""
        waited = [one for one in self.letters if one.ended is None and one.asked < due.date]
        if any(one.limit is None or one.reached is None for one in waited):
            return None
        return self.due(None)

    def excluded(self, day: dt.date | None) -> list[Stretch]:
        """What is excluded since the period began, in order and without overlap: no day counts twice."""
        if not self.letters and self.paid is None:
            return []
        found: list[Stretch] = []
        for letter in self.letters:
            after, until = max(letter.asked, self.began), letter.until(day)
            if day is not None and until > day:
                until = day
            if until > after:
                found.append((after, until))
        if self.paid is not None:
            found.append((max(self.paid.after, self.began), self.paid.until))
        return _united(found)

    def left(self, day: dt.date, due: DueDay, used: int) -> int:
        """Working days until the due date; negative behind it."""
        if self.later is not None and due.date == self.later:
            return self.calendar.working_days_between(day, due.date)
        return self.limit - used

    def intervals(self, stop: dt.date, due: DueDay) -> tuple[list[Interval], list[Interval]]:
        """The stretches up to `stop` that count, and those that are excluded."""
        between = self.calendar.working_days_between
        counted: list[Interval] = []
        pauses: list[Interval] = []
        at = self.began
        for after, until in self.excluded(stop):
            if after >= due.date:
                break
            if after > at:
                counted.append(Interval("counted", at, after, between(at, after), "REG.33.2"))
            pauses.append(Interval("excluded", after, until, between(after, until), "REG.33.3"))
            at = until
        if stop > at:
            counted.append(Interval("counted", at, stop, between(at, stop), "REG.33.2"))
        return counted, pauses


def _united(stretches: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for after, until in sorted(stretches):
        if found and after <= found[-1][1]:
            if until > found[-1][1]:
                found[-1] = found[-1][0], until
        else:
            found.append((after, until))
    return found
