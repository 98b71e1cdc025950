"""From draft to page: three people, one way, nothing beside it (REG.17)."""

from __future__ import annotations

import pytest
from tests.web.platform import House, open_review, pass_once, published, submitted

from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.reviewing import pass_step, return_step
from gongkai.web.disclosure.models import Record, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def test_three_people_pass_and_it_is_public(town: House) -> None:
    record = submitted(town)
    steps = []
    for _ in range(3):
        steps.append(open_review(record).step)
        assert Record.objects.get(pk=record.pk).state == State.DRAFT
        pass_once(town, record)
    assert steps == ["unit_head", "secrecy_officer", "leader"]
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    assert record.published is not None
    assert record.published.secrecy_reviewer == town[Role.SECRECY_OFFICER]
    assert record.working is None


def test_the_log_verifies_after_it(town: House) -> None:
    published(town)
    verdict = verify()
    assert verdict.faults == []
    assert verdict.entries > 10
    assert verdict.rows > 20


def test_a_return_needs_a_reason_and_goes_back_to_the_drafter(town: House) -> None:
    record = submitted(town)
    with pytest.raises(WorkError, match="理由"):
        return_step(by=town[Role.UNIT_HEAD], review=open_review(record), reason=" ")
    return_step(by=town[Role.UNIT_HEAD], review=open_review(record), reason="第二段电话号码应删除")
    record.refresh_from_db()
    assert record.working is not None
    assert record.working.stage == Stage.RETURNED


@pytest.mark.parametrize("role", [role for role in Role if role != Role.UNIT_HEAD])
def test_nobody_but_the_units_head_takes_the_first_step(town: House, role: Role) -> None:
    record = submitted(town)
    review = open_review(record)
    with pytest.raises(NotAllowed):
        pass_step(by=town[role], review=review, seen=review.version.content_digest)
