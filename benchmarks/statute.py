"""A due date of 20 working days, beside the loop over chinesecalendar that gives the same date."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Callable, Iterator

from benchmarks.measure import Measure, milliseconds

LIMIT = 3.0  # microseconds a due date
DAYS = 20
STARTS = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(500)]


def measures() -> Iterator[Measure]:
    from gongkai.statute.calendar import national

    due = national().add_working_days
    value = _microseconds_each(lambda: [due(start, DAYS) for start in STARTS])
    yield Measure("due date of 20 working days", value, "µs", LIMIT, False, *_chinesecalendar())


def _chinesecalendar() -> tuple[str, float] | tuple[None, None]:
    """Day after day until 20 have been working days, where the library is installed."""
    if importlib.util.find_spec("chinese_calendar") is None:
        return None, None
    from chinese_calendar import is_workday

    def due(start: dt.date) -> dt.date:
        left, day = DAYS, start
        while left:
            day += dt.timedelta(days=1)
            left -= is_workday(day)
        return day

    return "loop over chinesecalendar", _microseconds_each(lambda: [due(start) for start in STARTS])


def _microseconds_each(work: Callable[[], object]) -> float:
    return milliseconds(work) * 1000 / len(STARTS)
