"""A time set at which something becomes public: what stands in its way is told, before and after."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.web.conftest import words
from tests.web.platform import House, pass_once, submitted
from tests.web.working import browser, fill, now

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.publishing import publish_due, schedule
from gongkai.web.disclosure.actions.reviewing import set_review_plan
from gongkai.web.disclosure.actions.settling import answer_gate, open_gate
from gongkai.web.disclosure.models import Gate, GateKind, Record, State, Version
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
WATER = "虚构区水务局"
HOUR = dt.timedelta(hours=1)


def _passed(town: House) -> Record:
    """Passed, and left to the office to publish."""
    steps = [{"step": "secrecy_officer", "days": 2}]
    set_review_plan(by=town[Role.ADMINISTRATOR], organ=town.organ, steps=steps, publish_on_passing=False)
    record = submitted(town, title="虚构的水质通报")
    pass_once(town, record)
    return now(record)


def _asked(town: House, record: Record) -> Gate:
    return open_gate(
        by=town[Role.CLERK],
        record=now(record),
        kind=GateKind.CONSULT_ORGAN,
        organ_name=WATER,
        question="是否同意公开",
    )


def _refused(town: House, gate: Gate) -> None:
    answer_gate(
        by=town[Role.CLERK],
        gate=gate,
        result=GateResult.REFUSED,
        answered_on=clock.today(),
        answer="数据未经核定",
    )


def _time_comes(record: Record) -> None:
    """As if its time had been an hour ago."""
    Version.objects.filter(pk=now(record).working_id).update(publish_at=clock.now() - HOUR)


def test_no_time_is_set_for_what_another_organ_has_refused(town: House) -> None:
    record = _passed(town)
    _refused(town, _asked(town, record))
    with pytest.raises(WorkError, match="不予公开") as refused:
        schedule(by=town[Role.DISCLOSURE_OFFICE], record=now(record), at=clock.now() + HOUR)
    assert refused.value.code == "gate_refused"
    assert now(record).working.publish_at is None
    page = browser(town[Role.DISCLOSURE_OFFICE]).get(f"/work/records/{record.pk}/schedule/", follow=True)
    assert WATER in words(page)
    assert "不同意公开" in words(page)


def test_a_time_set_before_the_refusal_can_still_be_lifted(town: House) -> None:
    record = _passed(town)
    gate = _asked(town, record)
    schedule(by=town[Role.DISCLOSURE_OFFICE], record=now(record), at=clock.now() + HOUR)
    _refused(town, gate)
    office = browser(town[Role.DISCLOSURE_OFFICE])
    fill(office, f"/work/records/{record.pk}/schedule/", publish_at="")
    assert now(record).working.stage == Stage.APPROVED


def test_a_time_is_set_with_a_warning_while_an_answer_is_awaited(town: House) -> None:
    record = _passed(town)
    _asked(town, record)
    page = browser(town[Role.DISCLOSURE_OFFICE]).get(f"/work/records/{record.pk}/schedule/")
    assert "不会公开" in words(page)
    assert WATER in words(page)
    schedule(by=town[Role.DISCLOSURE_OFFICE], record=now(record), at=clock.now() + HOUR)
    assert now(record).working.stage == Stage.SCHEDULED


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_time_that_passes_in_vain_is_told_on_the_page_and_today(town: House, is_refused: bool) -> None:
    record = _passed(town)
    gate = _asked(town, record)
    schedule(by=town[Role.DISCLOSURE_OFFICE], record=now(record), at=clock.now() + HOUR)
    if is_refused:
        _refused(town, gate)
    _time_comes(record)
    assert [len(one) for one in publish_due()] == [0, 1]
    state = "不同意公开" if is_refused else "还没有结果"
    for role in (Role.DISCLOSURE_OFFICE, Role.CLERK):
        client = browser(town[role])
        for address in (f"/work/records/{record.pk}/", "/work/"):
            text = words(client.get(address))
            assert "已过，没有公开" in text, (role, address)
            assert state in text, (role, address)
            assert WATER in text, (role, address)
    assert now(record).state == State.DRAFT


def test_today_does_not_say_that_what_is_refused_waits_to_be_public(town: House) -> None:
    record = _passed(town)
    office = browser(town[Role.DISCLOSURE_OFFICE])
    assert "等待公开" in words(office.get("/work/"))
    _refused(town, _asked(town, record))
    text = words(office.get("/work/"))
    assert "等待公开" not in text
    assert "不予公开" in text


def test_a_time_to_come_is_not_told_as_late(town: House) -> None:
    record = _passed(town)
    schedule(by=town[Role.DISCLOSURE_OFFICE], record=record, at=clock.now() + HOUR)
    office = browser(town[Role.DISCLOSURE_OFFICE])
    assert "没有公开" not in words(office.get(f"/work/records/{record.pk}/"))
    assert "虚构的水质通报" not in words(office.get("/work/"))
