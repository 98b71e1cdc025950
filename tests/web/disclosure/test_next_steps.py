"""What a page offers can be done, and what it refuses is refused: every step, state and role of a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.web.platform import District, House, draft, open_review, pass_once, published, submitted
from tests.web.working import now

from gongkai.web.disclosure.actions.drafting import abandon, revise_draft, start_version, take_back
from gongkai.web.disclosure.actions.ending import repeal, undo_repeal, withdraw
from gongkai.web.disclosure.actions.linking import link
from gongkai.web.disclosure.actions.publishing import publish, schedule
from gongkai.web.disclosure.actions.reviewing import (
    pass_step,
    return_step,
    set_review_plan,
    submit_for_review,
)
from gongkai.web.disclosure.actions.settling import open_gate
from gongkai.web.disclosure.models import GateKind, LinkKind, Record
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.disclosure.next_steps import standing_of, steps
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Appointment, Role, Staff

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)


class Undo(Exception):
    """Takes back what a try has done."""


def _review(by: Staff, record: Record) -> None:
    review = open_review(record)
    pass_step(by=by, review=review, seen=review.version.content_digest)


DOING: dict[str, Callable[[Staff, Record], Any]] = {
    "review": _review,
    "edit": lambda by, record: revise_draft(by=by, record=record, facts={"title": "改"}),
    "submit": lambda by, record: submit_for_review(by=by, record=record),
    "publish": lambda by, record: publish(by=by, record=record),
    "schedule": lambda by, record: schedule(by=by, record=record, at=timezone.now() + dt.timedelta(days=1)),
    "take_back": lambda by, record: take_back(by=by, record=record, reason="改"),
    "abandon": lambda by, record: abandon(by=by, record=record, reason="不用了"),
    "amend": lambda by, record: start_version(by=by, record=record, change=ChangeKind.AMENDMENT, note="改"),
    "correct": lambda by, record: start_version(
        by=by, record=record, change=ChangeKind.CORRECTION, note="改"
    ),
    "withdraw": lambda by, record: withdraw(by=by, record=record, reason="差错"),
    "repeal": lambda by, record: repeal(by=by, record=record, on=DAY, basis="新文件"),
    "undo_repeal": lambda by, record: undo_repeal(by=by, record=record, reason="标错"),
    "open_gate": lambda by, record: open_gate(
        by=by, record=record, kind=GateKind.APPROVAL, organ_name="虚构市政府", question="请批准"
    ),
    "link": lambda by, record: link(
        by=by, record=record, target=Record.objects.get(title="另一条"), kind=LinkKind.RELATED
    ),
}


def _gate(town: House, record: Record) -> None:
    open_gate(
        by=town[Role.CLERK], record=record, kind=GateKind.APPROVAL, organ_name="虚构市政府", question="请批准"
    )


def _by_hand(town: House) -> None:
    steps = [{"step": "secrecy_officer", "days": 2}]
    set_review_plan(by=town[Role.ADMINISTRATOR], organ=town.organ, steps=steps, publish_on_passing=False)


def _returned(town: House) -> Record:
    record = submitted(town)
    return_step(by=town[Role.UNIT_HEAD], review=open_review(record), reason="改")
    return record


def _approved(town: House, *, with_gate: bool = False) -> Record:
    _by_hand(town)
    record = submitted(town)
    if with_gate:
        _gate(town, record)
    pass_once(town, record)
    return record


def _repealed(town: House) -> Record:
    return repeal(by=town[Role.LEADER], record=published(town), on=DAY, basis="新文件")


def _withdrawn(town: House) -> Record:
    return withdraw(by=town[Role.LEADER], record=published(town), reason="差错")


def _amended(town: House) -> Record:
    record = published(town)
    start_version(by=town[Role.CLERK], record=record, change=ChangeKind.AMENDMENT, note="改")
    return record


def _abandoned(town: House) -> Record:
    return abandon(by=town[Role.CLERK], record=draft(town), reason="不用了")


def _nobody_reviews(town: House) -> Record:
    Appointment.objects.filter(staff=town[Role.LEADER]).update(
        until=timezone.localdate() - dt.timedelta(days=1)
    )
    return draft(town)


def _scheduled(town: House) -> Record:
    record = _approved(town)
    schedule(by=town[Role.DISCLOSURE_OFFICE], record=record, at=timezone.now() + dt.timedelta(days=3))
    return record


STATES: dict[str, Callable[[House], Record]] = {
    "draft": draft,
    "incomplete draft": lambda town: draft(town, summary="", made_on=None),
    "interpretation without its document": lambda town: draft(town, kind="interpretation"),
    "nobody for a step": _nobody_reviews,
    "in review": submitted,
    "returned": _returned,
    "approved": _approved,
    "approved with an open gate": lambda town: _approved(town, with_gate=True),
    "scheduled": _scheduled,
    "published": published,
    "amended": _amended,
    "repealed": _repealed,
    "withdrawn": _withdrawn,
    "abandoned": _abandoned,
}


def _refusal(code: str, person: Staff, record: Record) -> str | None:
    """Why an action refuses a step; None where it does it. What it has done is taken back."""
    try:
        with transaction.atomic():
            DOING[code](Staff.objects.get(pk=person.pk), now(record))
            raise Undo
    except Undo:
        return None
    except WorkError as refused:
        return refused.zh


@pytest.mark.parametrize("state", STATES)
def test_each_step_offered_succeeds_and_each_refused_one_raises(district: District, state: str) -> None:
    town = district.town
    draft(town, title="另一条")
    record = STATES[state](town)
    people = [
        *town.people.values(),
        district.government[Role.SUPERVISING_AUTHORITY],
        district.bureau[Role.CLERK],
    ]
    tried = 0
    for person in people:
        for offer in steps(standing_of(now(record)), Staff.objects.get(pk=person.pk)):
            tried += 1
            said = f"{offer.code} for {person.username}: {offer.reason}"
            refused = _refusal(offer.code, person, record)
            if offer.can_be_taken:
                assert refused is None, f"offered but refused ({refused}): {said}"
            else:
                assert refused is not None, f"refused but can be done: {said}"
    assert tried or state == "abandoned"


@pytest.mark.parametrize("state", STATES)
def test_a_step_that_no_page_speaks_of_cannot_be_done_either(district: District, state: str) -> None:
    """But editing a text away under a state: what is not told of is what the state knows nothing of."""
    town = district.town
    record = STATES[state](town)
    draft(town, title="另一条")
    offered = {one.code for one in steps(standing_of(now(record)), town[Role.CLERK])}
    for code in sorted(set(DOING) - offered - {"link", "review"}):
        for person in town.people.values():
            said = f"{code} can be done in state {state} by {person.username} and no page says so"
            assert _refusal(code, person, record) is not None, said


def test_reading_what_can_be_done_asks_few_queries(town: House, django_assert_max_num_queries: Any) -> None:
    record = now(draft(town))
    person = Staff.objects.get(pk=town[Role.CLERK].pk)
    with django_assert_max_num_queries(9):
        assert steps(standing_of(record), person)
