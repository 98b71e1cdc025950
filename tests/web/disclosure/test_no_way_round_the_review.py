"""Nothing is published without a recorded secrecy review by another than its writers (REG.17), by no way.

Each test is a way somebody could try: a role, the superuser, an action called out of turn, rows written by
hand, rows written in SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.web.platform import (
    District,
    House,
    appoint,
    draft,
    open_review,
    pass_once,
    published,
    submitted,
)

from gongkai.web.disclosure.actions.drafting import revise_draft, start_version, take_back
from gongkai.web.disclosure.actions.ending import repeal, undo_repeal, withdraw
from gongkai.web.disclosure.actions.publishing import let_out, publish, publish_due, schedule
from gongkai.web.disclosure.actions.reviewing import pass_step, set_review_plan, submit_for_review
from gongkai.web.disclosure.models import Record, Result, Review, State, Version
from gongkai.web.disclosure.models.versions import ChangeKind, Stage
from gongkai.web.organs.errors import Stale, WorkError
from gongkai.web.organs.models import Role, Staff

pytestmark = pytest.mark.django_db
BEFORE_SECRECY = ("draft", "submitted", "unit head passed")


def _at(house: House, point: str) -> Record:
    record = draft(house) if point == "draft" else submitted(house)
    if point == "unit head passed":
        pass_once(house, record)
    return Record.objects.get(pk=record.pk)


def _everybody(district: District) -> list[Staff]:
    people = [person for house in (district.town, district.government) for person in house.people.values()]
    return [*people, Staff.objects.create_superuser("root", "Zhuhai-2026-lake", name="虚构超级用户")]


def _try(action: Callable[..., Any], **arguments: Any) -> None:
    with transaction.atomic():
        action(**arguments)


@pytest.mark.parametrize("point", BEFORE_SECRECY)
def test_no_role_publishes_before_the_secrecy_review(district: District, point: str) -> None:
    record = _at(district.town, point)
    version = record.working
    assert version is not None
    for person in _everybody(district):
        for action, arguments in (
            (publish, {"by": person, "record": record}),
            (let_out, {"by": person, "version": version}),
            (schedule, {"by": person, "record": record, "at": timezone.now() - dt.timedelta(days=1)}),
        ):
            with pytest.raises(WorkError):
                _try(action, **arguments)
    publish_due(timezone.now() + dt.timedelta(days=400))
    _still_unpublished(record)


def test_no_role_but_the_secrecy_officer_takes_the_secrecy_step(district: District) -> None:
    record = _at(district.town, "unit head passed")
    review = open_review(record)
    assert review.step == "secrecy_officer"
    for person in _everybody(district):
        if person == district.town[Role.SECRECY_OFFICER]:
            continue
        with pytest.raises(WorkError):
            pass_step(by=person, review=review, seen=review.version.content_digest)
    _still_unpublished(record)


def test_who_has_written_in_it_does_not_review_it_even_with_every_role(town: House) -> None:
    clerk = town[Role.CLERK]
    for role in (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER, Role.DISCLOSURE_OFFICE):
        appoint(clerk, role, town.organ)
    record = submitted(town)
    for _ in range(3):
        review = open_review(record)
        with pytest.raises(WorkError, match="起草"):
            pass_step(by=clerk, review=review, seen=review.version.content_digest)
        pass_once(town, record)


def test_a_secrecy_officer_who_lent_a_hand_does_not_review_it(town: House) -> None:
    officer = town[Role.SECRECY_OFFICER]
    appoint(officer, Role.CLERK, town.organ)
    other = Staff.objects.create_user("second", "Zhuhai-2026-lake", name="虚构另一人", organ=town.organ)
    appoint(other, Role.SECRECY_OFFICER, town.organ)
    record = draft(town)
    revise_draft(by=officer, record=record, facts={"summary": "改过的概述。"})
    submit_for_review(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk))
    pass_once(town, record)
    review = open_review(record)
    with pytest.raises(WorkError, match="起草"):
        pass_step(by=officer, review=review, seen=review.version.content_digest)
    pass_step(by=other, review=review, seen=review.version.content_digest)


def test_without_another_secrecy_officer_nothing_can_be_handed_in(town: House) -> None:
    record = draft(town, by=town[Role.CLERK])
    appoint(town[Role.SECRECY_OFFICER], Role.CLERK, town.organ)
    revise_draft(by=town[Role.SECRECY_OFFICER], record=record, facts={"summary": "改过的概述。"})
    with pytest.raises(WorkError, match="保密审查"):
        submit_for_review(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk))


def test_what_was_not_on_the_reviewers_screen_is_not_passed(town: House) -> None:
    record = submitted(town)
    with pytest.raises(Stale):
        pass_step(by=town[Role.UNIT_HEAD], review=open_review(record), seen="0" * 64)


def test_a_review_of_an_earlier_round_does_not_count(town: House) -> None:
    record = _at(town, "unit head passed")
    pass_once(town, record)  # secrecy passed
    take_back(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk), reason="还要改")
    revise_draft(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk), facts={"title": "改过的标题"})
    submit_for_review(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk))
    assert open_review(record).step == "unit_head"
    with pytest.raises(WorkError):
        publish(by=town[Role.DISCLOSURE_OFFICE], record=record)


def test_no_plan_is_without_secrecy(town: House) -> None:
    for steps in (
        [],
        [{"step": "leader", "days": 2}],
        [{"step": "unit_head", "days": 1}] * 3,
        "secrecy_officer",
    ):
        with pytest.raises(WorkError):
            set_review_plan(
                by=town[Role.ADMINISTRATOR],
                organ=town.organ,
                steps=steps,
                publish_on_passing=True,  # type: ignore[arg-type]
            )
    set_review_plan(
        by=town[Role.ADMINISTRATOR],
        organ=town.organ,
        steps=[{"step": "secrecy_officer", "days": 3}],
        publish_on_passing=True,
    )
    record = submitted(town)
    pass_once(town, record)
    assert Record.objects.get(pk=record.pk).state == State.PUBLISHED


@pytest.mark.parametrize("point", BEFORE_SECRECY)
def test_rows_written_by_hand_are_refused(town: House, point: str) -> None:
    """As in a shell, or in an import that goes round the actions."""
    record = _at(town, point)
    version = record.working
    assert version is not None
    officer = town[Role.SECRECY_OFFICER]
    attempts: list[Callable[[], Any]] = [
        lambda: Version.objects.filter(pk=version.pk).update(stage=Stage.PUBLISHED),
        lambda: Version.objects.filter(pk=version.pk).update(stage=Stage.SCHEDULED, content_digest="x"),
        lambda: Version.objects.filter(pk=version.pk).update(
            stage=Stage.PUBLISHED, secrecy_reviewer=officer, content_digest="x"
        ),
        lambda: Record.objects.filter(pk=record.pk).update(state=State.PUBLISHED),
        lambda: Record.objects.filter(pk=record.pk).update(
            state=State.PUBLISHED, published=version, published_at=timezone.now()
        ),
        lambda: Version.objects.create(
            record=record,
            number=9,
            stage=Stage.PUBLISHED,
            title="x",
            drafted_by=town[Role.CLERK],
            created_at=timezone.now(),
            changed_at=timezone.now(),
            content_digest="x",
        ),
        lambda: Version.objects.bulk_create(
            [
                Version(
                    record=record,
                    number=9,
                    stage=Stage.APPROVED,
                    title="x",
                    drafted_by=town[Role.CLERK],
                    created_at=timezone.now(),
                    changed_at=timezone.now(),
                    secrecy_reviewer=officer,
                    secrecy_review=Review.objects.filter(version=version).first(),
                    content_digest="x",
                )
            ]
        ),
    ]
    for attempt in attempts:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            attempt()
    _still_unpublished(record)


def test_another_steps_review_does_not_serve_as_secrecy_review(town: House) -> None:
    record = _at(town, "unit head passed")
    version = record.working
    assert version is not None
    passed = Review.objects.get(version=version, result=Result.PASSED)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(
            stage=Stage.PUBLISHED, secrecy_review=passed, secrecy_reviewer=passed.decided_by
        )


def test_another_versions_secrecy_review_does_not_serve(town: House) -> None:
    reviewed = published(town)
    assert reviewed.published is not None
    record = submitted(town, title="另一份文件")
    assert record.working is not None
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Version.objects.filter(pk=record.working.pk).update(
            stage=Stage.PUBLISHED,
            secrecy_review=Review.objects.filter(version=reviewed.published, step="leader").first(),
            secrecy_reviewer=reviewed.published.secrecy_reviewer,
            content_digest=reviewed.published.content_digest,
        )


def test_sql_is_refused_as_well(town: House) -> None:
    record = submitted(town)
    assert record.working is not None
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_version SET stage = 'published' WHERE id = %s", [record.working.pk])
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_record SET state = 'published' WHERE id = %s", [record.pk])
    _still_unpublished(record)


def test_what_is_in_review_or_public_does_not_change_under_the_readers(town: House) -> None:
    for record in (submitted(town), published(town, title="已公开的文件")):
        version = record.working or record.published
        assert version is not None
        with pytest.raises(WorkError):
            revise_draft(by=town[Role.CLERK], record=record, facts={"title": "换过的标题"})
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(body="<p>换过的正文</p>")
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            Version.objects.filter(pk=version.pk).delete()


def test_an_amendment_goes_the_same_way(town: House) -> None:
    record = published(town)
    start_version(by=town[Role.CLERK], record=record, change=ChangeKind.AMENDMENT, note="第三条修改")
    revise_draft(
        by=town[Role.CLERK], record=Record.objects.get(pk=record.pk), facts={"title": "修改后的标题"}
    )
    with pytest.raises(WorkError):
        publish(by=town[Role.DISCLOSURE_OFFICE], record=record)
    record.refresh_from_db()
    assert record.title != "修改后的标题"
    submit_for_review(by=town[Role.CLERK], record=record)
    for _ in range(3):
        pass_once(town, record)
    record.refresh_from_db()
    assert record.title == "修改后的标题"
    assert [one.stage for one in record.versions.order_by("number")] == [Stage.SUPERSEDED, Stage.PUBLISHED]


def test_after_a_withdrawal_it_comes_back_through_review_alone(town: House) -> None:
    record = published(town)
    withdraw(by=town[Role.LEADER], record=record, reason="附件有误")
    record.refresh_from_db()
    assert record.state == State.WITHDRAWN
    with pytest.raises(WorkError):
        publish(by=town[Role.DISCLOSURE_OFFICE], record=record)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(state=State.PUBLISHED)


def test_once_passed_its_drafter_does_not_bring_the_time_forward(town: House) -> None:
    later = timezone.now() + dt.timedelta(days=30)
    record = draft(town)
    schedule(by=town[Role.CLERK], record=record, at=later)
    submit_for_review(by=town[Role.CLERK], record=Record.objects.get(pk=record.pk))
    for _ in range(3):
        pass_once(town, record)
    passed = Record.objects.get(pk=record.pk)
    assert passed.working is not None
    assert passed.working.stage == Stage.SCHEDULED
    soon = timezone.now() + dt.timedelta(minutes=1)
    for role in (Role.CLERK, Role.UNIT_HEAD):
        with pytest.raises(WorkError):
            schedule(by=town[role], record=passed, at=soon)
    schedule(by=town[Role.DISCLOSURE_OFFICE], record=passed, at=soon)


def test_repeal_and_its_undoing_publish_nothing(town: House) -> None:
    record = submitted(town)
    with pytest.raises(WorkError):
        repeal(by=town[Role.LEADER], record=record, on=timezone.localdate(), basis="虚构〔2026〕1号")
    with pytest.raises(WorkError):
        undo_repeal(by=town[Role.LEADER], record=record, reason="误操作")
    _still_unpublished(record)


def _still_unpublished(record: Record) -> None:
    record = Record.objects.get(pk=record.pk)
    assert record.state != State.PUBLISHED
    assert not Version.objects.filter(record=record, stage__in=(Stage.PUBLISHED, Stage.SCHEDULED)).exists()
