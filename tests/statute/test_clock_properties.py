"""What holds of every clock, whatever happens in whatever order."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.calendar import national
from gongkai.statute.clock import Clock, Event, State, clock, event, explanation
from gongkai.statute.clock.events import EventKind
from gongkai.statute.limits import limits_on

CALENDAR = national()
RECEIVED = st.dates(dt.date(2019, 5, 15), dt.date(2026, 6, 30))
# Events that end a request, or begin the period again: what they do to the due date is theirs by law.
LENGTHENING = [
    EventKind.EXTENSION_APPROVED,
    EventKind.EXTENSION_NOTIFIED,
    EventKind.LATER_DATE_AGREED,
    EventKind.THIRD_PARTY_ASKED,
    EventKind.THIRD_PARTY_REACHED,
    EventKind.CO_MAKER_ASKED,
    EventKind.ORGAN_ASKED,
    EventKind.SUPPLEMENT_RECEIVED,
    EventKind.FEE_PAID,
    EventKind.FEE_REACHED,
    EventKind.DECIDED,
]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """A receipt and up to nine events after it, lawful or not."""
    received = draw(RECEIVED)
    found = [event("received", received)]
    for _ in range(draw(st.integers(0, 9))):
        on = received + dt.timedelta(days=draw(st.integers(-5, 90)))
        until = on + dt.timedelta(days=draw(st.integers(0, 60))) if draw(st.booleans()) else None
        kind = draw(st.sampled_from(list(EventKind)))
        if kind is EventKind.LATER_DATE_AGREED:
            until = until or on
        party = draw(st.sampled_from(["", "甲", "乙"]))
        days = draw(st.sampled_from([None, 5, 20, 30]))
        found.append(event(kind, on, party=party, until=until, days=days))
    return found


def shown(found: Clock) -> tuple[object, ...]:
    """All there is to a clock but the calendar."""
    return tuple(getattr(found, name) for name in found._fields if name != "calendar")


@given(histories(), st.randoms(use_true_random=False))
def test_property_the_order_of_recording_does_not_matter(history: list[Event], rng: Random) -> None:
    shuffled = [*history, rng.choice(history)]  # recorded twice, too
    rng.shuffle(shuffled)
    assert shown(clock(shuffled, CALENDAR)) == shown(clock(history, CALENDAR))


@given(histories())
def test_property_every_history_has_a_clock_with_an_explanation(history: list[Event]) -> None:
    found = clock(history, CALENDAR)
    assert len(found.steps) == len(set(history))
    assert all(line.zh and line.en for line in explanation(found))
    assert sum(i.days for i in found.intervals if i.kind == "counted") == found.used
    if found.due is not None and found.closed is None and found.left is not None:
        assert (found.left < 0) == (found.state is State.OVERDUE) or found.due.date <= found.as_of


@given(RECEIVED, st.integers(0, 18), st.integers(0, 14))
def test_property_waiting_k_working_days_moves_the_due_date_by_k(
    received: dt.date, before: int, waited: int
) -> None:
    asked = CALENDAR.add_working_days(received, before).date
    answered = CALENDAR.add_working_days(asked, waited).date
    plain = clock([event("received", received)], CALENDAR)
    paused = clock(
        [
            event("received", received),
            event("third-party-asked", asked),
            event("third-party-answered", answered),
        ],
        CALENDAR,
    )
    assert plain.due is not None
    assert paused.due is not None
    assert CALENDAR.working_days_between(plain.due.date, paused.due.date) == waited


@given(histories(), st.sampled_from(LENGTHENING), st.integers(0, 60), st.integers(0, 60))
def test_property_no_event_shortens_a_limit(
    history: list[Event], kind: EventKind, after: int, length: int
) -> None:
    on = history[0].on + dt.timedelta(days=after)
    until = on + dt.timedelta(days=length)
    day = max(one.on for one in history) + dt.timedelta(days=61)
    before = clock(history, CALENDAR, as_of=day)
    one = event(kind, on, until=until if kind is EventKind.LATER_DATE_AGREED else None)
    later = clock([*history, one], CALENDAR, as_of=day)
    if before.closed is None and before.due is not None and later.due is not None:
        assert later.due.date >= before.due.date


@given(RECEIVED, st.integers(1, 7), st.integers(0, 40))
def test_property_a_supplement_begins_the_period_again(received: dt.date, asked: int, waited: int) -> None:
    notice = CALENDAR.add_working_days(received, asked).date
    supplement = notice + dt.timedelta(days=waited)
    found = clock(
        [
            event("received", received),
            event("supplement-asked", notice),
            event("supplement-received", supplement),
        ],
        CALENDAR,
    )
    assert found.findings == ()
    assert found.due == CALENDAR.add_working_days(supplement, limits_on(received).reply)


@given(histories(), st.integers(0, 200))
def test_property_what_is_not_yet_known_has_no_effect(history: list[Event], days: int) -> None:
    day = history[0].on + dt.timedelta(days=days)
    known = [one for one in history if one.on <= day]
    assert shown(clock(history, CALENDAR, as_of=day)) == shown(clock(known, CALENDAR, as_of=day))
