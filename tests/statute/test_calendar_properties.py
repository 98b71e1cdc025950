"""What holds for every start, every limit and every set of local days (CAL.1, CAL.2, CAL.3)."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.calendar import Calendar, DayKind, national
from gongkai.statute.calendar.days import WORKING_KINDS
from gongkai.statute.calendar.statutory import statutory_days

ONE_DAY = dt.timedelta(days=1)
days = st.dates(dt.date(2008, 1, 1), dt.date(2029, 12, 31))
limits = st.integers(0, 250)


def counted_one_by_one(calendar: Calendar, start: dt.date, limit: int) -> dt.date:
    day = start
    while limit:
        day += ONE_DAY
        limit -= calendar.is_working_day(day)
    return day


@given(days, limits)
def test_a_limit_is_what_counting_one_by_one_gives(start: dt.date, limit: int) -> None:
    assert national().add_working_days(start, limit).date == counted_one_by_one(national(), start, limit)


@given(days, limits)
def test_between_the_start_and_the_last_day_lie_as_many_days_as_the_limit(start: dt.date, limit: int) -> None:
    assert national().working_days_between(start, national().add_working_days(start, limit).date) == limit


@given(days, st.integers(1, 250))
def test_a_last_day_is_a_working_day_after_the_start(start: dt.date, limit: int) -> None:
    due = national().add_working_days(start, limit).date
    assert due > start
    assert national().is_working_day(due)


@given(days, days, limits)
def test_who_comes_later_is_answered_no_earlier(one: dt.date, other: dt.date, limit: int) -> None:
    earlier, later = sorted((one, other))
    assert national().add_working_days(earlier, limit).date <= national().add_working_days(later, limit).date


@given(days, st.integers(0, 120), st.integers(0, 120))
def test_two_limits_one_after_the_other_are_their_sum(start: dt.date, first: int, second: int) -> None:
    middle = national().add_working_days(start, first).date
    assert (
        national().add_working_days(middle, second).date
        == national().add_working_days(start, first + second).date
    )


@given(days, limits)
def test_a_date_is_provisional_exactly_past_the_last_published_year(start: dt.date, limit: int) -> None:
    due = national().add_working_days(start, limit)
    assert due.provisional == (due.date > dt.date(2026, 12, 31))


@given(days)
def test_what_a_day_is_shown_as_is_what_is_counted(day: dt.date) -> None:
    shown = national().kind(day)
    assert shown.working == national().is_working_day(day) == (shown.kind in WORKING_KINDS)
    assert (shown.kind in (DayKind.WEEKEND, DayKind.WORKDAY)) == (shown.name == "")


@given(
    st.sets(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), min_size=1, max_size=40), st.data(), limits
)
def test_local_days_change_their_own_days_alone(local: set[dt.date], data: st.DataObject, limit: int) -> None:
    off = data.draw(st.sets(st.sampled_from(sorted(local))))
    working = {day for day in local - off if day not in statutory_days(day.year)}
    if not off | working:
        return
    calendar = national().with_local_days(name="某节", source="某文", off=off, working=working)
    assert not any(map(calendar.is_working_day, off))
    assert all(map(calendar.is_working_day, working))
    changed = {day for day in off if national().is_working_day(day)}
    changed |= {day for day in working if not national().is_working_day(day)}
    assert set(calendar.changed_days(national())) == changed
    start = min(local) - ONE_DAY
    assert calendar.add_working_days(start, limit).date == counted_one_by_one(calendar, start, limit)
