"""Time as it passes in the sample: stories take turns, each step at its moment, until the present day.

A story is a generator that yields the moment of its next step. A step that lies in the future is not taken:
so at present some records are being reviewed, some wait, some are late.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from gongkai.statute.calendar import national
from gongkai.web.config import clock
from gongkai.web.sample.founding import House
from gongkai.web.sample.texts import Numbers

Story = Iterator[dt.datetime]
_ONE_DAY = dt.timedelta(days=1)
_OPENS, _CLOSES = 9, 17  # hours


@dataclass(slots=True)
class World:
    """What stories share: the houses, numbers given out, chance, and the present moment."""

    houses: dict[str, House]
    numbers: Numbers
    chance: Random
    now: dt.datetime
    _seconds: int = field(default=0)

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.now)

    def ago(self, days: int, hour: int = 9) -> dt.datetime:
        """A moment at work so many days ago, or on the working day before."""
        day = self.today - dt.timedelta(days=days)
        while not national().is_working_day(day):
            day -= _ONE_DAY
        return self._at(day, hour)

    def later(self, days: int = 1, hour: int | None = None) -> dt.datetime:
        """A moment at work so many working days after the one it is; on the same day, later."""
        then = clock.now()
        if not days:
            return then + dt.timedelta(minutes=self.chance.randint(20, 70))
        day = timezone.localdate(then)
        for _ in range(days):
            day += _ONE_DAY
            while not national().is_working_day(day):
                day += _ONE_DAY
        return self._at(day, self.chance.randint(_OPENS, _CLOSES - 1) if hour is None else hour)

    def _at(self, day: dt.date, hour: int) -> dt.datetime:
        # No two steps at one moment: minutes and seconds of their own.
        self._seconds = (self._seconds + 397) % 3600
        start = dt.datetime.combine(day, dt.time(hour), timezone.get_default_timezone())
        return start + dt.timedelta(seconds=self._seconds)


def run(stories: Iterable[Story], now: dt.datetime) -> None:
    """Let the stories pass, step by step in the order of time, up to `now`."""
    waiting: list[tuple[dt.datetime, int, Story]] = []
    for number, story in enumerate(stories):
        waiting.append((next(story), number, story))
    heapq.heapify(waiting)
    while waiting and waiting[0][0] <= now:
        moment, number, story = heapq.heappop(waiting)
        with clock.set_to(moment):
            following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (max(following, moment), number, story))
