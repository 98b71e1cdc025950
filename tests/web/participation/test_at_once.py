"""Many send at the same moment, and somebody closes meanwhile: what is counted is what is there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web import platform
from tests.web.disclosure.test_two_at_once import at_once
from tests.web.participation.consulting import fresh, reported, running
from tests.web.platform import House, published

from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role
from gongkai.web.participation.actions.consulting import close_due
from gongkai.web.participation.actions.feedback import answer_report, mark
from gongkai.web.participation.actions.opining import send_opinion
from gongkai.web.participation.models import Consultation, Helpfulness, Opinion
from gongkai.web.participation.pacing import taken_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None) -> House:
    return platform.district().town


def test_opinions_that_meet_the_closing_are_counted_or_refused(town: House) -> None:
    made = running(town)
    after = clock.now() + dt.timedelta(days=15)

    def close() -> int:
        with clock.set_to(after):
            return close_due()

    def send() -> Any:
        return send_opinion(consultation=made, words="同时提交")

    results = at_once(send, send, close, send, close, send)
    sent = [one for one in results if isinstance(one, Opinion)]
    refused = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, WorkError) and one.code == "over" for one in refused), refused
    assert sum(one for one in results if isinstance(one, int)) == 1
    assert Consultation.objects.get().closed_count == Opinion.objects.count() == len(sent)
    assert fresh(made).closed_at is not None
    assert verify().faults == []


def test_two_answers_to_one_report_become_one(town: House) -> None:
    report, _ = reported(published(town))

    def answer(role: Role) -> Any:
        return lambda: answer_report(by=town[role], report=report, result="fixed", answer=role.label)

    results = at_once(answer(Role.CLERK), answer(Role.DISCLOSURE_OFFICE))
    assert [one.code for one in results if isinstance(one, WorkError)] == ["answered_already"]
    assert verify().faults == []


def test_no_press_is_lost_and_no_answer_serves_twice(town: House) -> None:
    record = published(town)
    results = at_once(*[lambda: mark(record=record, helped=True)] * 8)
    assert results == [None] * 8
    assert Helpfulness.objects.get().helped == 8
    first = at_once(*[lambda: taken_once("the same token", 60)] * 6)
    assert sorted(first) == [False] * 5 + [True]
