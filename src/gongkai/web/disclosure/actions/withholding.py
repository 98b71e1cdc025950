"""Information that is not disclosed: why, and looking at it again when that is due (REG.14-16, REG.18)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.statute.errors import StatuteError
from gongkai.statute.outcomes import exemption
from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.drafting import draft_record
from gongkai.web.disclosure.models import Record, State, WithheldItem
from gongkai.web.disclosure.permissions import may_keep_withheld
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit

MOST_TITLE, MOST_TEXT = 300, 2000
MOST_YEARS = 10  # until the next review: what is never looked at again is not reviewed (D)
_EARLIEST = dt.date(1949, 10, 1)


@transaction.atomic
def withhold(
    *,
    by: Staff,
    organ: Organ,
    title: str,
    basis: str,
    reason: str,
    unit: Unit | None = None,
    decided_on: dt.date | None = None,
    next_review_on: dt.date | None = None,
) -> WithheldItem:
    """Enter information that is not disclosed. `basis`: an exemption's id (REG.14a …).

    It is looked at again on `next_review_on`, a year from today where none is given (REG.18; the year: D).
    """
    today = clock.today()
    item = WithheldItem(organ=organ, unit=unit, title=title.strip(), basis=basis, reason=reason.strip())
    item.decided_on = decided_on or today
    item.decided_by = by
    item.next_review_on = next_review_on or a_year_later(today)
    if unit is not None and unit.organ_id != organ.pk:
        raise WorkError(
            "unit_of_another_organ", "所选科室不属于本机关。", "No unit of this organ.", field="unit"
        )
    require(may_keep_withheld, by, item)
    faults = [*_words(item), *_basis(basis), *_days(item.decided_on, item.next_review_on, today)]
    if faults:
        raise Invalid(faults)
    item.save()
    _enter("withhold", by, item, after=_told(item), why=item.reason)
    return item


@transaction.atomic
def stay_withheld(
    *, by: Staff, item: WithheldItem, note: str, next_review_on: dt.date | None = None
) -> WithheldItem:
    """Looked at again: the reasons still hold. `next_review_on`: a year from today where none is given."""
    item = _open(by, item)
    today = clock.today()
    following = next_review_on or a_year_later(today)
    faults = [*_note(note), *_days(item.decided_on, following, today)]
    if faults:
        raise Invalid(faults)
    before = _told(item)
    item.reviewed_on, item.review_note, item.next_review_on = today, note.strip(), following
    item.is_open, item.disclosed_as = True, None
    item.save()
    _enter("stay_withheld", by, item, before=before, after=_told(item), why=item.review_note)
    return item


@transaction.atomic
def disclose_withheld(*, by: Staff, item: WithheldItem, note: str, kind_code: str = "document") -> Record:
    """Circumstances have changed (REG.18): begin a draft for it, which goes the way of every record.

    It counts as withheld no longer; if the draft is given up, it is due for review again.
    """
    item = _open(by, item)
    faults = _note(note)
    if faults:
        raise Invalid(faults)
    facts = {"title": item.title}
    record = draft_record(by=by, organ=item.organ, unit=item.unit, kind_code=kind_code, facts=facts)
    before = _told(item)
    item.reviewed_on, item.review_note = clock.today(), note.strip()
    item.is_open, item.disclosed_as = False, record
    item.save()
    _enter("disclose_withheld", by, item, before=before, after=_told(item), why=item.review_note)
    return record


def a_year_later(day: dt.date) -> dt.date:
    """The same day a year on; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _open(by: Staff, item: WithheldItem) -> WithheldItem:
    item = locked(item, "organ", "unit", "disclosed_as")
    require(may_keep_withheld, by, item)
    given_up = item.disclosed_as is not None and item.disclosed_as.state == State.ABANDONED
    if not item.is_open and not given_up:
        number = item.disclosed_as.index_number if item.disclosed_as else ""
        zh = f"这项信息已转为公开（{number}），不需要再评估。"
        raise WorkError("disclosed_already", zh, "It is on its way to disclosure already.")
    return item


def _words(item: WithheldItem) -> list[WorkError]:
    faults = []
    if not item.title:
        faults.append(WorkError("title_missing", "请填写信息名称。", "Name it.", field="title"))
    if len(item.title) > MOST_TITLE:
        faults.append(
            WorkError("title_too_long", f"信息名称最多 {MOST_TITLE} 字。", "Too long.", field="title")
        )
    if not item.reason:
        zh = "请写明不予公开的理由。请勿写入涉密内容本身。"
        faults.append(WorkError("reason_missing", zh, "Give the reasons.", field="reason"))
    if len(item.reason) > MOST_TEXT:
        faults.append(WorkError("reason_too_long", f"理由最多 {MOST_TEXT} 字。", "Too long.", field="reason"))
    return faults


def _note(note: str) -> list[WorkError]:
    if not note.strip():
        return [WorkError("note_missing", "请写明评估意见。", "Say what was found.", field="note")]
    if len(note) > MOST_TEXT:
        return [WorkError("note_too_long", f"评估意见最多 {MOST_TEXT} 字。", "Too long.", field="note")]
    return []


def _basis(code: str) -> list[WorkError]:
    if not code:
        return [WorkError("basis_missing", "请选择不予公开的依据。", "Choose the exemption.", field="basis")]
    try:
        exemption(code)
    except StatuteError as unknown:
        return [WorkError("basis_unknown", unknown.zh, unknown.en, field="basis")]
    return []


def _days(decided_on: dt.date, following: dt.date, today: dt.date) -> list[WorkError]:
    faults = []
    if not _EARLIEST <= decided_on <= today:
        zh = f"决定日期 {decided_on} 不合理：应不晚于今天。"
        faults.append(
            WorkError(
                "decided_on_impossible", zh, "It lies in the future or too far back.", field="decided_on"
            )
        )
    if not today < following <= today.replace(year=today.year + MOST_YEARS, day=1):
        zh = f"下次评估日期 {following} 应在明天以后、{MOST_YEARS} 年以内。"
        faults.append(
            WorkError(
                "next_review_impossible",
                zh,
                "Choose a day from tomorrow, within ten years.",
                field="next_review_on",
            )
        )
    return faults


def _told(item: WithheldItem) -> dict[str, object]:
    names = ("title", "basis", "decided_on", "next_review_on", "reviewed_on", "is_open", "disclosed_as_id")
    return {name: getattr(item, name) for name in names}


def _enter(action: str, by: Staff, item: WithheldItem, **facts: object) -> None:
    append(Change(f"disclosure.{action}", by, item, touched=[item], **facts))  # type: ignore[arg-type]
