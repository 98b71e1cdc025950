"""A due date of 20 working days, beside the loop over chinesecalendar that gives the same; a whole clock."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Callable, Iterator

from benchmarks.measure import Measure, milliseconds

LIMIT = 3.0  # microseconds a due date
DAYS = 20
CLOCK_LIMIT = 50.0  # microseconds a clock with ten events
HISTORY = (
    "2025-09-26:received",
    "2025-09-29:supplement-asked:2025-10-15",
    "2025-10-13:supplement-received",
    "2025-10-14:third-party-asked",
    "2025-10-15:third-party-reached",
    "2025-10-20:third-party-answered",
    "2025-10-28:extension-approved",
    "2025-10-29:extension-notified",
    "2025-11-20:decided",
    "2025-11-21:served",
)
STARTS = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(500)]


def measures() -> Iterator[Measure]:
    from gongkai.statute.calendar import national

    due = national().add_working_days
    value = _microseconds_each(lambda: [due(start, DAYS) for start in STARTS])
    yield Measure("due date of 20 working days", value, "µs", LIMIT, False, *_chinesecalendar())
    yield _clock()


def _clock() -> Measure:
    """State, due date, intervals and findings of a request with ten events."""
    from gongkai.statute.calendar import national
    from gongkai.statute.clock import clock, parse_event

    calendar, events = national(), [parse_event(text) for text in HISTORY]
    value = milliseconds(lambda: [clock(events, calendar) for _ in range(100)]) * 10
    return Measure(f"clock of a request, {len(events)} events", value, "µs", CLOCK_LIMIT, False)


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
