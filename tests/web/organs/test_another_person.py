"""A secrecy officer whom the drafter has let in is no other person for what the drafter writes (REG.17)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.web.conftest import words
from tests.web.platform import House, appoint, draft, open_review, pass_once, staff
from tests.web.working import browser, now

from gongkai.web.disclosure.actions.reviewing import pass_step, submit_for_review
from gongkai.web.disclosure.models import Record, Step
from gongkai.web.disclosure.queries.reviewers import who_may_take
from gongkai.web.disclosure.queries.reviews import steps_without_reviewer
from gongkai.web.organs import actions
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Appointment, Role, Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafter(town: House) -> Staff:
    """Administers the town and writes as well, as in a small town."""
    person = town[Role.ADMINISTRATOR]
    appoint(person, Role.CLERK, town.organ)
    return person


def _opened(town: House, drafter: Staff) -> Staff:
    made, _ = actions.open_account(by=drafter, organ=town.organ, username="xinbaomi", name="虚构新保密")
    appoint(made, Role.SECRECY_OFFICER, town.organ)
    return made


def _appointed(town: House, drafter: Staff) -> Staff:
    person = staff("xinbaomi", "虚构新保密", town.organ)
    actions.appoint(by=drafter, staff=person, role=Role.SECRECY_OFFICER, organ=town.organ)
    return person


def _reset(town: House, drafter: Staff) -> Staff:
    person = staff("xinbaomi", "虚构新保密", town.organ)
    appoint(person, Role.SECRECY_OFFICER, town.organ)
    actions.reset_password(by=drafter, staff=person)
    return person


def _at_secrecy(town: House, by: Staff) -> Record:
    record = draft(town, by=by)
    submit_for_review(by=by, record=record)
    pass_once(town, record)
    return now(record)


@pytest.mark.parametrize("let_in", [_opened, _appointed, _reset])
def test_who_was_let_in_by_the_drafter_cannot_do_the_secrecy_review(
    town: House, drafter: Staff, let_in: Callable[[House, Staff], Staff]
) -> None:
    officer = let_in(town, drafter)
    review = open_review(_at_secrecy(town, drafter))
    assert review.step == Step.SECRECY
    with pytest.raises(NotAllowed, match="不算另外的人"):
        pass_step(by=Staff.objects.get(pk=officer.pk), review=review, seen=review.version.content_digest)
    assert officer not in who_may_take(review.version, Step.SECRECY)
    assert town[Role.SECRECY_OFFICER] in who_may_take(review.version, Step.SECRECY)
    Staff.objects.filter(pk=officer.pk).update(must_change_password=False)
    page = browser(Staff.objects.get(pk=officer.pk)).get(f"/work/reviews/{review.pk}/")
    assert "不算另外的人" in words(page)
    # what somebody else has written
    other = open_review(_at_secrecy(town, town[Role.CLERK]))
    pass_step(by=Staff.objects.get(pk=officer.pk), review=other, seen=other.version.content_digest)


def test_where_there_is_no_other_officer_the_draft_is_not_taken_in(town: House, drafter: Staff) -> None:
    _appointed(town, drafter)
    held = Appointment.objects.get(staff=town[Role.SECRECY_OFFICER], role=Role.SECRECY_OFFICER)
    actions.end_appointment(by=drafter, appointment=held)
    record = draft(town, by=drafter)
    version = now(record).working
    assert version is not None
    assert steps_without_reviewer(version) == [Step.SECRECY]
    with pytest.raises(WorkError, match="保密审查"):
        submit_for_review(by=drafter, record=record)


def test_a_password_reset_by_another_administrator_since_makes_another_person(
    town: House, drafter: Staff
) -> None:
    officer = _reset(town, drafter)
    second = staff("second.admin", "虚构另一管理", town.organ)
    appoint(second, Role.ADMINISTRATOR, town.organ)
    actions.reset_password(by=second, staff=officer)
    review = open_review(_at_secrecy(town, drafter))
    assert officer in who_may_take(review.version, Step.SECRECY)
    pass_step(by=Staff.objects.get(pk=officer.pk), review=review, seen=review.version.content_digest)
