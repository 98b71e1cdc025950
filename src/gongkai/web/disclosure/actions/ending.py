"""Withdraw, repeal, amend from outside, and the validity that time changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.aftermath import (
    Decision,
    affected,
    decided_for,
    settle,
    take_repeal_back,
)
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.actions.fulfilling import counted_anew
from gongkai.web.disclosure.checks import fit_for_readers
from gongkai.web.disclosure.dates import validity_today
from gongkai.web.disclosure.models import Record, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import may_repeal, may_withdraw
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff


@transaction.atomic
def withdraw(
    *,
    by: Staff,
    record: Record,
    reason: str,
    decisions: Mapping[int, Decision] | None = None,
    seen: int | None = None,
) -> Record:
    """Take a record off the page at once. A stub with the reason stays: nothing vanishes unsaid.

    `decisions`: for each document that stands as repealed or amended by it, by key, what becomes of that.
    """
    record = locked(record, "organ", "unit", "published")
    require(may_withdraw, by, record)
    unchanged(seen, record.revision, "这条信息")
    if record.state != State.PUBLISHED or record.published is None:
        raise WorkError("not_published", "这条信息没有公开，不需要撤回。", "It is not public.")
    if not reason.strip():
        zh = "撤回须写明理由，理由会显示在原页面上。请勿在理由中写个人信息或涉密内容。"
        raise WorkError("reason_missing", zh, "Say why; readers will see it.", field="reason")
    fit_for_readers(reason, record.organ, field="reason")
    decided_for(affected(record), decisions or {})
    version = record.published
    version.stage = Stage.WITHDRAWN
    version.save()
    record.state, record.published = State.WITHDRAWN, None
    record.withdrawn_at, record.withdrawal_reason = clock.now(), reason.strip()[:1000]
    enter(
        "withdraw",
        by=by,
        record=record,
        touched=[version],
        before={"state": State.PUBLISHED},
        after={"state": State.WITHDRAWN, "version": version.number},
        why=record.withdrawal_reason,
    )
    settle(record, decisions or {}, by=by, reason=f"废止或修改它的文件已撤回：{record.withdrawal_reason}")
    counted_anew(record, by=by)
    return record


@transaction.atomic
def repeal(
    *,
    by: Staff,
    record: Record,
    on: dt.date,
    basis: str,
    source: Record | None = None,
    seen: int | None = None,
) -> Record:
    """Say that a document no longer holds from a day on. Page and table 2 follow at once (NOR.5)."""
    record = locked(record, "organ", "unit")
    require(may_repeal, by, record)
    unchanged(seen, record.revision, "这条信息")
    if record.state != State.PUBLISHED:
        raise WorkError(
            "not_published", "只有已公开的文件才能标注废止。", "Only what is public can be repealed."
        )
    if record.repealed_on is not None:
        when = "将于" if record.repealed_on > clock.today() else "已于"
        zh = f"这份文件{when} {record.repealed_on} 废止。标错了的，请先“更正废止标注”。"
        raise WorkError("repealed_already", zh, "It has been marked as repealed already.")
    if not basis.strip():
        zh = "请写明废止依据，例如废止文件的文号和名称。"
        raise WorkError("basis_missing", zh, "Say by what it is repealed.", field="basis")
    fit_for_readers(basis, record.organ, field="basis")
    if record.made_on and on < record.made_on:
        zh = f"废止日期 {on} 早于成文日期 {record.made_on}。"
        raise WorkError("repealed_before_made", zh, "Repealed before it was made.", field="on")
    if source is not None and source.pk == record.pk:
        zh = "废止文件不能是这份文件自己。请填废止它的那份文件的索引号。"
        raise WorkError("repealed_by_itself", zh, "It cannot repeal itself.", field="source")
    if source is not None and source.organ_id != record.organ_id:
        raise WorkError("source_of_another_organ", "所选废止文件不属于本机关。", field="source")
    return mark_repealed(record, on=on, by=by, source=source, basis=basis)


@transaction.atomic
def undo_repeal(*, by: Staff, record: Record, reason: str, seen: int | None = None) -> Record:
    """Take a repeal back that was entered by mistake; the log keeps both."""
    record = locked(record, "organ", "unit")
    require(may_repeal, by, record)
    unchanged(seen, record.revision, "这条信息")
    if record.repealed_on is None:
        raise WorkError("not_repealed", "这份文件没有标注废止。", "It is not repealed.")
    if not reason.strip():
        raise WorkError("reason_missing", "请写明更正废止标注的理由。", "Say why.", field="reason")
    take_repeal_back(record, by=by, reason=reason)
    return record


def mark_repealed(
    record: Record, *, on: dt.date, by: Staff | None, source: Record | None, basis: str
) -> Record:
    """The fact itself, for `repeal` and for a document that repeals others when it is published."""
    before = {"validity": record.validity}
    record.repealed_on, record.repealed_by, record.repeal_basis = on, source, basis.strip()[:200]
    record.validity = validity_today(record)
    enter(
        "repeal",
        by=by,
        record=record,
        touched=[],
        before=before,
        after={"validity": record.validity, "repealed_on": on, "by": source.pk if source else None},
        why=record.repeal_basis,
    )
    return record


def mark_amended(record: Record, *, on: dt.date, by: Staff | None, source: Record) -> Record:
    """Another document has changed this one from a day on."""
    before = {"validity": record.validity}
    record.amended_on = on
    record.validity = validity_today(record)
    after = {"validity": record.validity, "amended_on": on, "by": source.pk}
    enter("amended", by=by, record=record, touched=[], before=before, after=after)
    return record


def follow_the_calendar(today: dt.date | None = None) -> int:
    """Bring validity up to the day where a document has begun or ceased to hold. Gives how many changed."""
    today = today or clock.today()
    turned = Record.objects.filter(state=State.PUBLISHED).filter(
        Q(validity="not_yet", effective_on__lte=today)
        | (
            Q(validity__in=("in_force", "amended", "not_yet"))
            & (Q(expires_on__lt=today) | Q(repealed_on__lte=today))
        )
        | Q(validity="in_force", amended_on__lte=today)
    )
    changed = 0
    for pk in turned.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            record = locked(Record(pk=pk), "organ", "unit")
            validity = validity_today(record, today)
            if validity == record.validity:
                continue
            before = {"validity": record.validity}
            record.validity = validity
            enter("validity", by=None, record=record, touched=[], before=before, after={"validity": validity})
            changed += 1
    return changed
