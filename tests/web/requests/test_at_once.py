"""Many act at the same moment: numbers have no gap and no double, and the second to act is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web import platform
from tests.web.disclosure.test_two_at_once import at_once
from tests.web.platform import House
from tests.web.requests.asking import asked, at, received

from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.deciding import decide_step, draft_decision, submit_decision
from gongkai.web.requests.actions.receiving import register, submit
from gongkai.web.requests.actions.stepping import step
from gongkai.web.requests.models import Case
from gongkai.web.requests.stands import reckon_due

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.date(2025, 9, 26)


@pytest.fixture
def town(transactional_db: None) -> House:
    return platform.district().town


def test_numbers_have_no_gap_and_no_double(town: House) -> None:
    def come(place: int) -> Any:
        def run() -> Any:
            with at(DAY):
                if place % 4 == 3:  # this one is refused: its number goes to another
                    return submit(organ=town.organ, asked=asked(words=""))
                if place % 2:
                    return submit(organ=town.organ, asked=asked())
                return register(
                    by=town[Role.CLERK], organ=town.organ, asked=asked(), channel="fax", arrived_on=DAY
                )

        return run

    results = at_once(*(come(place) for place in range(16)))
    assert sum(isinstance(one, Invalid) for one in results) == 4
    taken = [one.case for one in results if not isinstance(one, Exception)]
    assert sorted(Case.objects.values_list("serial", flat=True)) == list(range(1, 13))
    assert {case.pk for case in taken} == set(Case.objects.values_list("pk", flat=True))
    assert verify().faults == []


def test_two_steps_at_once_are_taken_one_after_another(town: House) -> None:
    case = received(town, DAY)

    def run(kind: str) -> Any:
        def act() -> Any:
            with at(dt.date(2025, 9, 29)):
                until = dt.date(2025, 10, 20)
                return step(
                    by=town[Role.CLERK], case=case, kind=kind, on=dt.date(2025, 9, 29), until=until, seen=1
                )

        return act

    results = at_once(run("supplement-asked"), run("supplement-asked"), run("withdrawn"))
    assert sum(isinstance(one, WorkError) and one.code == "stale" for one in results) == 2
    assert case.events.count() == 2
    assert verify().faults == []


def test_two_approvals_at_once_become_one(town: House) -> None:
    case = received(town, DAY)
    with at(DAY):
        decision = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        approval = submit_decision(by=town[Role.CLERK], decision=decision)

    def run(passes: bool) -> Any:
        def act() -> Any:
            with at(DAY):
                head = town[Role.UNIT_HEAD]
                return decide_step(by=head, approval=approval, passes=passes, reason="请补充")

        return act

    results = at_once(run(True), run(False), run(True))
    assert [one.code for one in results if isinstance(one, WorkError)] == ["decided_already"] * 2
    assert decision.approvals.exclude(result="").count() == 1
    assert verify().faults == []


def test_the_daily_reckoning_beside_a_step_loses_neither(town: House) -> None:
    cases = [received(town, DAY) for _ in range(6)]
    day = dt.date(2025, 10, 31)

    def reckoning() -> Any:
        with at(day):
            return reckon_due()

    def acting() -> Any:
        with at(day):
            return [step(by=town[Role.CLERK], case=one, kind="withdrawn", on=day) for one in cases[:3]]

    results = at_once(reckoning, acting, reckoning)
    assert not any(isinstance(one, Exception) for one in results), results
    with at(day):
        reckon_due()
    told = dict(Case.objects.values_list("serial", "stands"))
    assert told == {1: "withdrawn", 2: "withdrawn", 3: "withdrawn", 4: "overdue", 5: "overdue", 6: "overdue"}
    assert verify().faults == []
