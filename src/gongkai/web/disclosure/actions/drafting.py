"""Writing: a new record, its draft, a further version, taking a draft back or giving it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.statute.catalogue import record_kind
from gongkai.statute.errors import StatuteError
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.answers import keep_answers
from gongkai.web.disclosure.content import CACHED, FIELDS, clean_content
from gongkai.web.disclosure.dates import set_due, validity_today
from gongkai.web.disclosure.index_numbers import given_index_number, take_index_number
from gongkai.web.disclosure.models import ChecklistItem, Record, Result, State, Version
from gongkai.web.disclosure.models.versions import Attachment, ChangeKind, Image, Stage
from gongkai.web.disclosure.permissions import may_draft, may_edit
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Staff, Unit

# What the log says of a text this long is its digest alone (in `states`); short fields are told in full.
_TOLD = tuple(name for name in FIELDS if name != "body")
_RECORD = "这条信息"
_HAVE_BEEN_OUT = (Stage.PUBLISHED, Stage.SUPERSEDED, Stage.WITHDRAWN)


@transaction.atomic
def draft_record(
    *,
    by: Staff,
    organ: Organ,
    kind_code: str,
    facts: Mapping[str, Any],
    unit: Unit | None = None,
    checklist_item: ChecklistItem | None = None,
    index_number: str = "",
) -> Record:
    """A new record with its first version as a draft. Gives it its index number (META.1), for good."""
    _belongs(organ, unit, checklist_item)
    record = Record(organ=organ, unit=unit, kind=_kind(kind_code, organ), checklist_item=checklist_item)
    require(may_draft, by, record, "您不能为这个机关或科室起草信息。")
    clean = clean_content({"title": "", **facts}, organ=organ, kind_code=kind_code)
    now = clock.now()
    record.created_by, record.created_at = by, now
    if index_number:
        record.index_number = given_index_number(organ, index_number)
    else:
        record.index_number = take_index_number(organ, timezone.localdate(now))
    _show(record, clean)
    record.save()
    version = Version(
        record=record, number=1, drafted_by=by, written_by=[by.pk], created_at=now, changed_at=now
    )
    _write(version, clean)
    version.save()
    record.working = version
    set_due(record, version)
    enter("draft", by=by, record=record, touched=[version], after=_told(clean))
    return record


@transaction.atomic
def revise_draft(
    *,
    by: Staff,
    record: Record,
    facts: Mapping[str, Any],
    seen: int | None = None,
    unit: Unit | None = None,
    checklist_item: ChecklistItem | None = None,
    answers: Mapping[str, str] | None = None,
) -> Version:
    """Change the draft. `facts` that are not named stay; `seen`: the revision that was on the screen.

    `answers`: to findings of the checks, by their keys; those that are not named stay.
    """
    record = locked(record, "organ", "unit")
    require(may_edit, by, record)
    unchanged(seen, record.revision, _RECORD)
    version = draft_of(record)
    _belongs(record.organ, unit, checklist_item)
    _item_stays(record, checklist_item)
    clean = clean_content(facts, organ=record.organ, kind_code=record.kind)
    before = {name: getattr(version, name) for name in clean if name in _TOLD}
    _write(version, clean)
    if answers:
        keep_answers(version, answers)
    version.written_by = sorted({*version.written_by, by.pk})
    version.changed_at = clock.now()
    version.save()
    record.unit = unit or record.unit
    record.checklist_item = checklist_item or record.checklist_item
    if record.state == State.DRAFT:
        _show(record, clean)
    set_due(record, version)
    enter("revise", by=by, record=record, touched=[version], before=before, after=_told(clean))
    return version


@transaction.atomic
def start_version(
    *, by: Staff, record: Record, change: ChangeKind, note: str, seen: int | None = None
) -> Version:
    """A further version of what is public: an amendment or the correction of a mistake. Goes the same way."""
    record = locked(record, "organ", "unit", "published")
    require(may_edit, by, record)
    unchanged(seen, record.revision, _RECORD)
    if record.working_id is not None:
        zh = "这条信息已有一个在办的版本，请在那个版本上修改。"
        raise WorkError("version_at_work", zh, "There is a version at work already.")
    # Of one that was withdrawn the last that readers saw: a draft given up since was never reviewed.
    was_out = record.versions.filter(stage__in=_HAVE_BEEN_OUT)
    old = record.published or was_out.order_by("-number").first()
    if record.state not in (State.PUBLISHED, State.WITHDRAWN) or old is None:
        raise WorkError(
            "not_published", "只有公开过的信息才能另起新版本。", "Only what was public has versions."
        )
    if not note.strip():
        raise WorkError("change_note_missing", "请写明改了什么、为什么改。", field="change_note")
    now = clock.now()
    facts = {name: getattr(old, name) for name in FIELDS if name not in ("publish_at", "change_note")}
    clean = clean_content({**facts, "change_note": note}, organ=record.organ, kind_code=record.kind)
    version = Version(
        record=record,
        number=record.versions.count() + 1,
        change=change,
        drafted_by=by,
        written_by=[by.pk],
        created_at=now,
        changed_at=now,
    )
    _write(version, clean)
    version.changed_on = timezone.localdate(now)
    version.save()
    files = _copy_files(old, version)
    record.working = version
    enter(
        "start_version", by=by, record=record, touched=[version, *files], after={"change": change}, why=note
    )
    return version


@transaction.atomic
def take_back(*, by: Staff, record: Record, reason: str, seen: int | None = None) -> Version:
    """Back from review, approval or a set date into the drafter's hands."""
    record = locked(record, "organ", "unit")
    require(may_edit, by, record)
    unchanged(seen, record.revision, _RECORD)
    version = record.working
    if version is None or version.stage not in (Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED):
        raise WorkError("not_in_review", "这条信息不在审查中，不需要收回。", "Nothing is in review.")
    stage = version.stage
    touched = _end_open_review(version, by, reason or "起草人收回")
    version.stage = Stage.DRAFT
    version.secrecy_review = version.secrecy_reviewer = None
    version.save()
    enter("take_back", by=by, record=record, touched=[version, *touched], before={"stage": stage}, why=reason)
    return version


@transaction.atomic
def abandon(*, by: Staff, record: Record, reason: str, seen: int | None = None) -> Record:
    """Give a draft up. The record of a first draft stays, with its index number, and is never shown."""
    record = locked(record, "organ", "unit")
    require(may_edit, by, record)
    unchanged(seen, record.revision, _RECORD)
    version = draft_of(record)
    if not reason.strip():
        raise WorkError("reason_missing", "作废须写明理由。", "A reason is needed.", field="reason")
    version.stage = Stage.ABANDONED
    version.save()
    record.working = None
    if record.state == State.DRAFT:
        record.state = State.ABANDONED
        record.due_on = None
    enter("abandon", by=by, record=record, touched=[version], why=reason)
    return record


def draft_of(record: Record) -> Version:
    """The version that can be written in. WorkError `not_a_draft` says where it is instead."""
    version = record.working
    if version is None:
        zh = "这条信息没有在办的草稿。已公开的信息要修改，请先“修改内容”或“更正差错”，另起新版本。"
        raise WorkError("not_a_draft", zh, "There is no draft.")
    if not version.can_be_edited:
        zh = f"这个版本现在是“{version.get_stage_display()}”，不能修改。请先收回，或等待退回。"
        raise WorkError("not_a_draft", zh, "This version cannot be changed now.")
    version.record = record
    return version


def _kind(code: str, organ: Organ) -> str:
    """The kind, if there is one and the organ can make it. What it has of another kind already stays."""
    try:
        kind = record_kind(code)
    except StatuteError as unknown:
        raise WorkError("kind_unknown", unknown.zh, unknown.en, field="kind") from unknown
    if not kind.can_be_made_by(organ.organ_kind, organ.statute_level):
        zh = f"本机关不能制定{kind.zh}，请另选信息种类（例如“行政规范性文件”“通知公告”）。"
        en = f"This organ cannot make a {kind.en.lower()}: choose another kind."
        raise WorkError("kind_not_of_organ", zh, en, field="kind")
    return kind.code


def _item_stays(record: Record, item: ChecklistItem | None) -> None:
    """What has been public counts for its item from then on: `fulfilling` alone moves it, and counts anew."""
    if record.state != State.DRAFT and item is not None and item.pk != record.checklist_item_id:
        zh = "已公开的信息归到哪个公开事项，请在信息页的“履行清单事项”中更改。"
        raise WorkError(
            "item_of_what_is_public", zh, "Change the item on the record's page.", field="checklist_item"
        )


def _belongs(organ: Organ, unit: Unit | None, item: ChecklistItem | None) -> None:
    """Nothing of another organ is tied to this one's record, whatever a form sends."""
    if unit is not None and unit.organ_id != organ.pk:
        raise WorkError("unit_of_another_organ", "所选科室不属于本机关。", field="unit")
    if item is not None and item.organ_id != organ.pk:
        raise WorkError("item_of_another_organ", "所选公开事项不属于本机关。", field="checklist_item")


def _write(version: Version, clean: Mapping[str, Any]) -> None:
    for name, value in clean.items():
        setattr(version, name, value)


def _show(record: Record, clean: Mapping[str, Any]) -> None:
    """The record's columns for lists, as long as nothing is public."""
    for name in CACHED:
        if name in clean:
            setattr(record, name, clean[name])
    record.validity = validity_today(record)


def _told(clean: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in clean.items() if name in _TOLD}


def _copy_files(old: Version, new: Version) -> list[Attachment | Image]:
    """The new version begins with the old one's files: rows of its own, the same bytes."""
    files: list[Attachment | Image] = [*old.attachments.all(), *old.images.all()]
    for row in files:
        row.pk, row.version = None, new
        row._state.adding = True
        row.save()
    return files


def _end_open_review(version: Version, by: Staff, reason: str) -> list[Any]:
    ended = []
    for review in version.reviews.select_for_update().filter(result=""):
        review.result, review.reason = Result.CANCELLED, reason
        review.decided_by, review.decided_at = by, clock.now()
        review.save()
        ended.append(review)
    return ended
