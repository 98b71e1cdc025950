"""Histories lawful and unlawful, driven through the actions: the database says what the clock says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.web.platform import House
from tests.web.requests.asking import at, received

from gongkai.statute.calendar import national
from gongkai.statute.clock import EventKind
from gongkai.statute.clock import clock as statute_clock
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.stepping import step, void
from gongkai.web.requests.models import Case
from gongkai.web.requests.stands import RECKONED, as_event, reckon, reckon_due
from gongkai.web.requests.steps import OFFERED, offers

DAY = dt.date(2025, 9, 26)
UNHURRIED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(OFFERED),
        st.integers(0, 25),  # days later
        st.integers(0, 3),  # days the fact lies back
        st.sampled_from(["", "第三方1", "第三方2"]),
        st.integers(-2, 40),  # the period given
    ),
    max_size=9,
)


@pytest.mark.django_db
@settings(max_examples=examples(60), deadline=None, suppress_health_check=UNHURRIED)
@given(moves=MOVES)
def test_whatever_is_done_the_case_stands_where_the_clock_says(town: House, moves: list[Any]) -> None:
    case, today = received(town, DAY), DAY
    for kind, later, back, party, period in moves:
        today += dt.timedelta(days=later)
        on = max(DAY, today - dt.timedelta(days=back))
        with at(today):
            before = list(case.events.values_list("pk", flat=True))
            try:
                step(
                    by=town[Role.DISCLOSURE_OFFICE],
                    case=case,
                    kind=kind.value,
                    on=on,
                    party=party,
                    until=on + dt.timedelta(days=period),
                )
            except WorkError:
                assert list(case.events.values_list("pk", flat=True)) == before
            says(case, today)
    last = case.events.exclude(kind=EventKind.RECEIVED.value).last()
    if last is not None:
        with at(today):
            void(by=town[Role.LEADER], event=last, reason="日期记错")
            says(case, today)
    later_still = today + dt.timedelta(days=45)
    with at(later_still):
        reckon_due()
        says(case, later_still)


def says(case: Case, today: dt.date) -> None:
    """The columns are those of the clock of the events that stand."""
    case.refresh_from_db()
    events = [as_event(row) for row in case.events.filter(voided_at=None)]
    told = statute_clock(events, national(), as_of=today)
    if not case.is_closed:
        assert case.reckoned_on == today or case.reckoned_on is not None
    fresh = Case.objects.get(pk=case.pk)
    reckon(fresh, today)
    known = {name: getattr(case, name) for name in RECKONED if name != "reckoned_on"}
    if case.reckoned_on == today or case.is_closed:
        assert known == {name: getattr(fresh, name) for name in known}
        assert case.stands == told.state.value
        assert case.due_on == (told.due.date if told.due else None)
        assert case.closed_on == told.closed


@pytest.mark.django_db
def test_the_next_lawful_steps_are_offered_and_the_others_say_why(town: House) -> None:
    case = received(town, DAY)
    with at(dt.date(2025, 9, 29)):
        told = {one.kind: one for one in offers(case)}
        assert told[EventKind.SUPPLEMENT_ASKED].is_lawful
        assert told[EventKind.THIRD_PARTY_ASKED].is_lawful
        assert not told[EventKind.SUPPLEMENT_RECEIVED].is_lawful
        assert not told[EventKind.EXTENSION_NOTIFIED].is_lawful
        assert told[EventKind.EXTENSION_NOTIFIED].against[0].rule == "REG.33.2"
    with at(dt.date(2025, 10, 20)):
        late = {one.kind: one for one in offers(case)}
        assert late[EventKind.SUPPLEMENT_ASKED].against[0].code == "supplement_notice_late"
        assert late[EventKind.EXTENSION_APPROVED].is_lawful
    with at(dt.date(2025, 10, 31)):
        over = {one.kind: one for one in offers(case)}
        assert over[EventKind.EXTENSION_APPROVED].against[0].code == "extension_after_limit"


@pytest.mark.django_db
def test_the_log_of_a_history_holds_and_a_voided_fact_stays_to_be_seen(town: House) -> None:
    case = received(town, DAY)
    office = town[Role.DISCLOSURE_OFFICE]
    with at(dt.date(2025, 9, 30)):
        made = step(
            by=office,
            case=case,
            kind="supplement-asked",
            on=dt.date(2025, 9, 30),
            until=dt.date(2025, 10, 20),
        )
        assert made.case.stands == "awaiting-supplement"
        void(by=office, event=made.event, reason="未实际发出")
    case.refresh_from_db()
    assert case.stands == "running"
    assert case.events.count() == 2
    assert verify().faults == []
