"""Whatever a reader comes to see has been in front of a secrecy officer who did not write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.web.conftest import words
from tests.web.platform import House, appoint, draft, open_review, pass_once, published, staff, submitted
from tests.web.working import browser, fill, now

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.drafting import abandon, revise_draft, start_version
from gongkai.web.disclosure.actions.ending import repeal, withdraw
from gongkai.web.disclosure.actions.linking import link, unlink
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.checks import check_version
from gongkai.web.disclosure.models import Attachment, Link, LinkKind, Record, State, Version
from gongkai.web.disclosure.models.versions import ChangeKind, Stage
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, DatabaseError)


def test_what_was_given_up_does_not_come_back_under_another_writers_name(town: House) -> None:
    """An officer who also drafts gives up his words; a colleague's next version must not carry them on."""
    officer = town[Role.SECRECY_OFFICER]
    appoint(officer, Role.CLERK, town.organ)
    appoint(
        staff("beishan.secrecy2", "虚构第二保密", town.organ, town.office), Role.SECRECY_OFFICER, town.organ
    )
    record = published(town)
    start_version(by=officer, record=record, change=ChangeKind.AMENDMENT, note="改一处")
    revise_draft(by=officer, record=now(record), facts={"body": "<p>从未审查过的话</p>"})
    abandon(by=officer, record=now(record), reason="不改了")
    withdraw(by=town[Role.LEADER], record=now(record), reason="附件有误")
    version = start_version(
        by=town[Role.CLERK], record=now(record), change=ChangeKind.CORRECTION, note="重新公开"
    )
    assert "从未审查过的话" not in version.body
    assert "认真贯彻执行" in version.body


@pytest.mark.parametrize("kind", [LinkKind.REPEALS, LinkKind.AMENDS])
def test_what_takes_effect_with_publication_is_not_added_behind_the_reviewers(
    town: House, kind: LinkKind
) -> None:
    target = published(town, title="仍然有效的办法")
    record = submitted(town, title="送审的通知")
    with pytest.raises(WorkError):
        link(by=town[Role.CLERK], record=record, target=target, kind=kind)
    for _ in range(3):
        pass_once(town, record)
    target.refresh_from_db()
    assert target.repealed_on is None
    assert target.amended_on is None


def test_reviewers_see_what_publication_will_repeal(town: House) -> None:
    target = published(town, title="被废止的办法")
    record = draft(town, title="废止通知")
    link(by=town[Role.CLERK], record=record, target=target, kind=LinkKind.REPEALS)
    submit_for_review(by=town[Role.CLERK], record=now(record))
    read = browser(town[Role.UNIT_HEAD]).get(f"/work/reviews/{open_review(record).pk}/")
    assert "公开时废止" in words(read)
    assert "被废止的办法" in words(read)


@pytest.mark.parametrize("kind", [LinkKind.REPEALS, LinkKind.AMENDS])
def test_nor_taken_away(town: House, kind: LinkKind) -> None:
    target = published(town, title="被废止的办法")
    record = draft(town, title="废止通知")
    made = link(by=town[Role.CLERK], record=record, target=target, kind=kind)
    submit_for_review(by=town[Role.CLERK], record=now(record))
    with pytest.raises(WorkError):
        unlink(by=town[Role.CLERK], link=made)
    assert Link.objects.filter(pk=made.pk).exists()


def _back_to_draft(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(stage=Stage.DRAFT)
    Version.objects.filter(pk=version.pk).update(body="<p>换过的正文</p>")
    Version.objects.filter(pk=version.pk).update(stage=Stage.PUBLISHED)


def _returned(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(stage=Stage.RETURNED)
    Attachment.objects.create(
        version_id=version.pk, name="密.txt", media_type="text/plain", size=1, sha256="0" * 64
    )
    Version.objects.filter(pk=version.pk).update(stage=Stage.PUBLISHED)


def _catalogue_row(version: Version) -> None:
    Record.objects.filter(pk=version.record_id).update(title="换过的标题", summary="没有审查过")


def _other_number(version: Version) -> None:
    Record.objects.filter(pk=version.record_id).update(document_number="北政发〔2026〕99号")


@pytest.mark.parametrize("attempt", [_back_to_draft, _returned, _catalogue_row, _other_number])
def test_what_is_public_is_not_changed_by_a_way_round_through_the_draft(
    town: House, attempt: Callable[[Version], None]
) -> None:
    """As in a shell: each step alone looks lawful to the database."""
    record = published(town)
    assert record.published is not None
    with pytest.raises(REFUSED), transaction.atomic():
        attempt(record.published)


def test_a_draft_does_not_slip_among_the_former_versions(town: House) -> None:
    """Readers see former versions; a row of that stage needs its review as well."""
    record = published(town)
    version = start_version(by=town[Role.CLERK], record=record, change=ChangeKind.AMENDMENT, note="改")
    review = version.record.versions.get(number=1).reviews.get(step="secrecy_officer")
    with pytest.raises(REFUSED), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(
            stage=Stage.SUPERSEDED,
            secrecy_review=review.version.reviews.get(step="leader"),
            secrecy_reviewer=review.decided_by,
            content_digest="x",
        )


def test_a_returned_version_goes_out_with_its_old_review_in_no_way(town: House) -> None:
    record = submitted(town)
    pass_once(town, record)
    pass_once(town, record)
    version = now(record).working
    assert version is not None
    secrecy = version.reviews.get(step="secrecy_officer", result="passed")
    facts: dict[str, Any] = {"secrecy_review": secrecy, "secrecy_reviewer": secrecy.decided_by}
    Version.objects.filter(pk=version.pk).update(stage=Stage.DRAFT)
    Version.objects.filter(pk=version.pk).update(body="<p>换过的正文</p>")
    for stage in (Stage.APPROVED, Stage.PUBLISHED, Stage.SUPERSEDED, Stage.IN_REVIEW):
        with pytest.raises(REFUSED), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(stage=stage, **facts)


def test_crafted_fields_of_the_editor_set_nothing_but_content(town: House) -> None:
    officer = town[Role.SECRECY_OFFICER]
    record = draft(town)
    crafted = {
        "state": "published", "stage": "published", "published": "1", "published_at": "2026-01-01",
        "secrecy_review": "1", "secrecy_reviewer": officer.pk, "secrecy_reviewer_id": officer.pk,
        "drafted_by": officer.pk, "written_by": "[]", "content_digest": "0" * 64, "review_round": "9",
        "planned_steps": "[]", "organ": "1", "kind": "interpretation", "mode": "x", "index_number": "x",
        "created_by": officer.pk, "revision": "0", "publish_at": "2020-01-01T00:00", "validity": "repealed",
    }  # fmt: skip
    before = now(record)
    fill(browser(town[Role.CLERK]), f"/work/records/{record.pk}/edit/", **crafted)
    after = now(record)
    assert after.working is not None
    assert before.working is not None
    assert after.revision == before.revision + 1  # it was saved, without them
    for name in ("state", "published_id", "index_number", "kind", "organ_id", "created_by_id", "validity"):
        assert getattr(after, name) == getattr(before, name), name
    for name in ("stage", "drafted_by_id", "written_by", "content_digest", "review_round", "planned_steps",
                 "secrecy_review_id", "secrecy_reviewer_id", "mode", "publish_at"):  # fmt: skip
        assert getattr(after.working, name) == getattr(before.working, name), name


def test_words_that_readers_see_at_once_hold_no_personal_data(town: House) -> None:
    """A withdrawal's reason and a repeal's basis are public without a review."""
    record = published(town)
    for reason in ("误将张伟的身份证号码公开", "请致电 13812345678"):
        with pytest.raises(WorkError) as refused:
            withdraw(by=town[Role.LEADER], record=record, reason=reason)
        assert refused.value.code == "personal_data_in_public_words"
        with pytest.raises(WorkError):
            repeal(by=town[Role.LEADER], record=record, on=clock.today(), basis=reason)
    assert withdraw(by=town[Role.LEADER], record=record, reason="附件有误，正在核对").state == State.WITHDRAWN


def test_joint_organs_are_looked_through_like_every_other_words(town: House) -> None:
    record = draft(town, joint_organs="虚构区民政局 张某 13812345678")
    assert record.working is not None
    assert any(one.code == "PII.MOB" for one in check_version(record.working))
