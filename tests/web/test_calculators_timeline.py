"""The picture of a period counts as the clock does, whatever happened."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.calendar import national
from gongkai.statute.clock import Clock, Event, EventKind, State, clock, event, explanation
from gongkai.web.calculators.timeline import Gap, Mark, Month, Picture, picture

RECEIVED = dt.date(2025, 3, 3)
KINDS = sorted(set(EventKind) - {EventKind.RECEIVED})


def at(days: int) -> dt.date:
    return RECEIVED + dt.timedelta(days=days)


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    made = [event("received", RECEIVED)]
    for _number in range(draw(st.integers(0, 8))):
        kind, on = draw(st.sampled_from(KINDS)), draw(st.integers(-5, 120))
        until = None
        if kind in (EventKind.LATER_DATE_AGREED, EventKind.SUPPLEMENT_ASKED):
            until = at(on + draw(st.integers(0, 200)))
        party = (
            draw(st.sampled_from(["", "甲", "乙"]))
            if kind.value.startswith(("third", "co-", "organ"))
            else ""
        )
        made.append(event(kind, at(on), until=until, party=party))
    return made


def numbers(drawn: Picture, *marks: Mark) -> list[int]:
    return [cell.number for cell in drawn.cells if cell.mark in marks and cell.number is not None]


def whole(stands: Clock) -> Picture:
    """The picture without gaps, as it is of any course within a year."""
    drawn = picture(stands)
    return drawn if not any(isinstance(one, Gap) for one in drawn.sheets) else Picture((), (), frozenset())


@settings(max_examples=300, deadline=None)
@given(events(), st.integers(0, 150))
def test_the_days_of_the_picture_are_those_of_the_clock(known: list[Event], days: int) -> None:
    stands = clock(known, national(), as_of=at(days))
    drawn = whole(stands)
    if not drawn.sheets:
        return
    used, left, over = (numbers(drawn, mark) for mark in (Mark.USED, Mark.LEFT, Mark.OVER))
    assert used + left == list(range(1, len(used) + len(left) + 1))
    assert over == list(range(1, len(over) + 1))
    assert len(used) + len(over) == stands.used
    if stands.due is not None and stands.left is not None:
        assert len(left) == max(stands.left, 0)
        assert [cell.day.date for cell in drawn.cells if cell.is_due] == [stands.due.date]
        if stands.left <= 0 and (stands.closed or stands.as_of) >= stands.due.date:
            assert len(over) == -stands.left
    excluded = sum(cell.mark is Mark.EXCLUDED for cell in drawn.cells)
    assert excluded == sum(one.days for one in stands.intervals if one.kind == "excluded")


@settings(max_examples=200, deadline=None)
@given(events(), st.integers(0, 150))
def test_every_day_stands_once_and_every_line_of_an_event_has_its_day(known: list[Event], days: int) -> None:
    stands = clock(known, national(), as_of=at(days))
    drawn = picture(stands)
    shown = [
        cell.day.date
        for sheet in drawn.sheets
        if isinstance(sheet, Month)
        for week in sheet.weeks
        for cell in week
        if cell is not None
    ]
    assert shown == sorted(set(shown))
    lines = [
        line
        for sheet in drawn.sheets
        if isinstance(sheet, Month)
        for week in sheet.weeks
        for cell in week
        if cell is not None
        for line in cell.lines
    ]
    assert sorted(lines) == list(range(1, len(stands.steps) + 1))
    assert len(explanation(stands)) >= len(lines)


@settings(max_examples=200, deadline=None)
@given(events(), st.integers(0, 150))
def test_a_day_that_is_no_working_day_bears_no_number(known: list[Event], days: int) -> None:
    for cell in picture(clock(known, national(), as_of=at(days))).cells:
        assert cell.number is None or cell.day.working
        if cell.mark is not Mark.RECEIVED:
            assert (cell.mark is Mark.OFF) == (not cell.day.working)


@settings(max_examples=100, deadline=None)
@given(events(), st.integers(0, 2000))
def test_however_long_the_course_the_picture_stays_short(known: list[Event], days: int) -> None:
    stands = clock(known, national(), as_of=at(days))
    assert picture(stands).months <= 24


def test_what_is_still_to_come_is_told_from_what_is_past() -> None:
    stands = clock([event("received", RECEIVED)], national(), as_of=dt.date(2025, 3, 10))
    drawn = picture(stands)
    assert stands.state is State.RUNNING
    assert numbers(drawn, Mark.USED) == [1, 2, 3, 4, 5]
    assert numbers(drawn, Mark.LEFT) == list(range(6, 21))


def test_the_days_before_a_supplement_are_void_and_those_of_waiting_are_marked() -> None:
    known = [
        event("received", RECEIVED),
        event("supplement-asked", dt.date(2025, 3, 6)),
        event("supplement-received", dt.date(2025, 3, 12)),
    ]
    drawn = picture(clock(known, national(), as_of=dt.date(2025, 3, 13)))
    marks = {cell.day.date.day: cell.mark for cell in drawn.cells if cell.day.date.month == 3}
    assert [marks[day] for day in (3, 4, 5, 6)] == [Mark.RECEIVED, Mark.VOID, Mark.VOID, Mark.VOID]
    assert [marks[day] for day in (7, 8, 10, 11, 12)] == [
        Mark.WAITING,
        Mark.OFF,
        Mark.WAITING,
        Mark.WAITING,
        Mark.WAITING,
    ]
    assert marks[13] is Mark.USED
