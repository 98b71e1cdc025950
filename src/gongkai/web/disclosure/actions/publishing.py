"""Letting a version out. There is one way: through `let_out`, after every step of its round has passed.

The database holds the same rule (constraints on `Version`, disclosure/guards.py): whoever goes round this
module, by import, shell or crafted form, is refused there.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from gongkai.web.config import clock
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.content import CACHED, content_digest
from gongkai.web.disclosure.dates import validity_today
from gongkai.web.disclosure.models import (
    Attachment,
    Gate,
    Image,
    LinkKind,
    Record,
    Result,
    Review,
    State,
    Step,
    Version,
)
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import may_publish, may_schedule
from gongkai.web.disclosure.review_plan import plan_of
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff

logger = logging.getLogger(__name__)


def let_out(version: Version, *, by: Staff | None) -> Version:
    """After the last step: public at once, at its set time, or when the disclosure office says so."""
    review = _secrecy_review(version)
    version.secrecy_review, version.secrecy_reviewer = review, review.decided_by
    _, at_once = plan_of(version.record.organ)
    if version.publish_at and version.publish_at > clock.now():
        version.stage = Stage.SCHEDULED
    elif at_once and not _open_gates(version.record):
        return _publish(version, by=by)
    else:
        version.stage = Stage.APPROVED
    version.save()
    enter("approve", by=by, record=version.record, touched=[version], after={"stage": version.stage})
    return version


@transaction.atomic
def publish(*, by: Staff, record: Record, seen: int | None = None) -> Version:
    """Publish what has passed every step and waits for it."""
    record = locked(record, "organ", "unit")
    require(may_publish, by, record)
    unchanged(seen, record.revision, "这条信息")
    version = record.working
    if version is None or version.stage not in (Stage.APPROVED, Stage.SCHEDULED):
        zh = "只有全部审查环节都已通过的版本才能公开。"
        raise WorkError("not_approved", zh, "Only what has passed every step can be published.")
    version.record = record
    return _publish(version, by=by)


@transaction.atomic
def schedule(*, by: Staff, record: Record, at: dt.datetime | None, seen: int | None = None) -> Version:
    """Set, move or lift the time at which a version that has passed, or is on its way, becomes public."""
    record = locked(record, "organ", "unit")
    require(may_schedule, by, record)
    unchanged(seen, record.revision, "这条信息")
    version = record.working
    if version is None:
        raise WorkError("nothing_to_schedule", "没有在办的版本。", "There is no version at work.")
    if at is not None and at <= clock.now():
        raise WorkError(
            "time_has_passed", "定时公开的时间须晚于现在。", "Choose a later time.", field="publish_at"
        )
    if at is not None:
        _nothing_refused(record)
    before = version.publish_at
    version.publish_at = at
    if version.stage in (Stage.APPROVED, Stage.SCHEDULED):
        version.stage = Stage.SCHEDULED if at else Stage.APPROVED
    version.save()
    enter(
        "schedule",
        by=by,
        record=record,
        touched=[version],
        before={"publish_at": before},
        after={"publish_at": at},
    )
    return version


def publish_due(now: dt.datetime | None = None) -> tuple[list[Record], list[tuple[Record, WorkError]]]:
    """Publish each version whose set time has come, in a transaction of its own; what is held up, and why."""
    now = now or clock.now()
    done: list[Record] = []
    held: list[tuple[Record, WorkError]] = []
    due = Version.objects.filter(stage=Stage.SCHEDULED, publish_at__lte=now).select_related("record")
    for version in due.order_by("publish_at", "id"):
        try:
            with transaction.atomic():
                record = locked(version.record, "organ", "unit", "working")
                current = record.working
                # Taken back or moved by somebody since the list was read.
                if current is None or current.stage != Stage.SCHEDULED or (current.publish_at or now) > now:
                    continue
                current.record = record
                _publish(current, by=None)
                done.append(record)
        except WorkError as problem:
            held.append((version.record, problem))
            logger.warning("record %s is not published at its time: %s", version.record_id, problem.code)
    return done, held


def _publish(version: Version, *, by: Staff | None) -> Version:
    """Make a version public: what it says becomes what the record shows. Belongs inside a transaction."""
    record = version.record
    _all_passed(version)
    _nothing_open(record)
    _files_there(version)
    now = clock.now()
    old = Version.objects.select_for_update().filter(record=record, stage=Stage.PUBLISHED).first()
    if old is not None:
        old.stage = Stage.SUPERSEDED
        old.save()
    version.stage, version.published_at = Stage.PUBLISHED, now
    version.save()
    before = {"state": record.state, "version": old.number if old else None}
    for name in CACHED:
        setattr(record, name, getattr(version, name))
    record.state, record.published, record.working = State.PUBLISHED, version, None
    record.published_at, record.first_published_at = now, record.first_published_at or now
    record.withdrawn_at, record.withdrawal_reason = None, ""
    record.validity = validity_today(record)
    enter(
        "publish",
        by=by,
        record=record,
        touched=[version, *([old] if old else [])],
        before=before,
        after={
            "state": record.state,
            "version": version.number,
            "secrecy_review": version.secrecy_review_id,
            "secrecy_reviewer": version.secrecy_reviewer_id,
        },
    )
    _take_effect(record, version, by)
    _fulfil(record, by)
    return version


def _secrecy_review(version: Version) -> Review:
    """The recorded secrecy review of this round, of this content, by another than its writers (REG.17)."""
    review = (
        Review.objects.filter(
            version=version, round=version.review_round, step=Step.SECRECY, result=Result.PASSED
        )
        .order_by("-id")
        .first()
    )
    writers = {version.drafted_by_id, *version.written_by}
    if review is None or review.content_digest != version.content_digest or review.decided_by_id in writers:
        zh = "没有由起草人以外的人员对现有内容作出的保密审查记录，不能公开（《条例》第十七条）。"
        raise WorkError("no_secrecy_review", zh, "No publication without a recorded secrecy review.")
    return review


def _all_passed(version: Version) -> None:
    review = _secrecy_review(version)
    passed = set(
        Review.objects.filter(
            version=version,
            round=version.review_round,
            result=Result.PASSED,
            content_digest=version.content_digest,
        ).values_list("position", flat=True)
    )
    if not version.planned_steps or passed != set(range(len(version.planned_steps))):
        raise WorkError("steps_open", "还有审查环节没有通过，不能公开。", "Not every step has passed.")
    if content_digest(version) != version.content_digest:
        zh = "内容与审查时不一致，不能公开。请收回后重新提交审查。"
        raise WorkError("content_differs", zh, "The content is not what was reviewed.")
    version.secrecy_review, version.secrecy_reviewer = review, review.decided_by


def _open_gates(record: Record) -> list[Gate]:
    return list(record.gates.exclude(result__in=(GateResult.AGREED, GateResult.NOT_NEEDED)).order_by("id"))


def _nothing_open(record: Record) -> None:
    """REG.11: other organs consulted have confirmed, and approval is there where it is needed."""
    for gate in _open_gates(record):
        what = f"“{gate.get_kind_display()}”（{gate.organ_name}）"
        if gate.result == GateResult.REFUSED:
            zh = f"{what}的结果是不同意公开，不能公开（《条例》第十一条）。"
            raise WorkError("gate_refused", zh, "The organ asked does not agree.")
        zh = f"{what}还没有结果，不能公开（《条例》第十一条）。"
        raise WorkError("gate_open", zh, "A consultation or approval is open.")


def _nothing_refused(record: Record) -> None:
    """A time set for what another organ has refused would pass in vain."""
    gate = record.gates.filter(result=GateResult.REFUSED).order_by("id").first()
    if gate is not None:
        zh = (
            f"“{gate.get_kind_display()}”（{gate.organ_name}）的结果是不同意公开，到了时间也不能公开"
            "（《条例》第十一条）。可在“不予公开事项”中登记后，收回并作废这个版本；或者收回修改。"
        )
        en = (
            "The organ asked does not agree: at that time it could not be published. "
            "Enter it as withheld and give the version up, or take it back and change it."
        )
        raise WorkError("gate_refused", zh, en, field="publish_at")


def _files_there(version: Version) -> None:
    files: list[Attachment | Image] = [*version.attachments.all(), *version.images.all()]
    for row in files:
        file_store.load(row.sha256)


def _take_effect(record: Record, version: Version, by: Staff | None) -> None:
    """A document that repeals or amends others does so on the day it takes effect (NOR.3, NOR.5)."""
    from gongkai.web.disclosure.actions.ending import mark_amended, mark_repealed

    on = version.effective_on or version.made_on or clock.today()
    links = record.links.filter(kind__in=(LinkKind.REPEALS, LinkKind.AMENDS)).select_related("target")
    for link in links.order_by("target_id"):
        target = locked(link.target, "organ", "unit")
        if target.organ_id != record.organ_id or target.state != State.PUBLISHED:
            continue
        if link.kind == LinkKind.REPEALS and target.repealed_on is None:
            mark_repealed(target, on=on, by=by, source=record, basis=record.document_number or record.title)
        elif link.kind == LinkKind.AMENDS and target.amended_on is None:
            mark_amended(target, on=on, by=by, source=record)


def _fulfil(record: Record, by: Staff | None) -> None:
    """The checklist's item that this publication fulfils has its next due day."""
    if record.checklist_item_id is not None:
        from gongkai.web.disclosure.actions.fulfilling import fulfilled

        fulfilled(record, by=by)
