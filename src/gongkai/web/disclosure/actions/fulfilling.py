"""What fulfils an item of the checklist: publications as they happen, and what was public before, joined.

The next due day follows from the records that are public under the item. It is never before the day that the
item was given when it was put on the list, and it goes back where a record is taken off or withdrawn.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.statute.catalogue import next_due, time_limit
from gongkai.web.audit.actions import Change, append
from gongkai.web.audit.models import Entry
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.checklist import due_of
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.models import ChecklistItem, Record, State, Version
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.disclosure.permissions import may_fulfil
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff

# What gives an item a due day of its own, whatever is published under it.
_KEPT = ("disclosure.add_item", "disclosure.change_item", "disclosure.reopen_item")


@transaction.atomic
def join_record(*, by: Staff, item: ChecklistItem, record: Record, seen: int | None = None) -> Record:
    """Say of a public record that it fulfils an item; its publication counts from its own day.

    WorkError `record_of_another_organ`, `item_closed`, `not_published`, `repealed`, `joined_already`,
    `joined_elsewhere`; Stale where the record has changed since `seen`.
    """
    # The record before the item: publishing locks in the same order.
    record = locked(record, "organ", "unit", "checklist_item")
    item = locked(item, "organ", "unit")
    require(may_fulfil, by, item, "只有公开工作机构和事项的责任科室可以归入信息。")
    unchanged(seen, record.revision, "这条信息")
    _can_be_joined(item, record)
    before = {"checklist_item": None, **_days(item)}
    record.checklist_item = item
    _count(item, having=_published_on(record))
    item.save()
    after = {"checklist_item": item.pk, **_days(item)}
    enter("join_item", by=by, record=record, touched=[item], before=before, after=after)
    return record


@transaction.atomic
def leave_item(*, by: Staff, item: ChecklistItem, record: Record, seen: int | None = None) -> Record:
    """Take a record off an item that it does not fulfil. The item is due as it would be without it.

    WorkError `not_joined` where it is not, or no longer, under the item.
    """
    record = locked(record, "organ", "unit")
    item = locked(item, "organ", "unit")
    require(may_fulfil, by, item, "只有公开工作机构和事项的责任科室可以移出信息。")
    unchanged(seen, record.revision, "这条信息")
    if record.checklist_item_id != item.pk:
        zh = f"“{record.title}”不在“{item}”下，可能刚刚已经移出。"
        raise WorkError("not_joined", zh, "It is not, or no longer, under this item.", field="record")
    before = {"checklist_item": item.pk, **_days(item)}
    record.checklist_item = None
    _count(item, without=record)
    item.save()
    after = {"checklist_item": None, **_days(item)}
    enter("leave_item", by=by, record=record, touched=[item], before=before, after=after)
    return record


def fulfilled(record: Record, *, by: Staff | None) -> None:
    """A record of an item was made public: the item has its next due day. In the publication's transaction.

    The correction of a mistake is no publication for a new period (our own reading, D); what was withdrawn
    and is public again as a correction counts from its own day once more.
    """
    if record.checklist_item_id is None:
        return
    version = record.published
    if version is not None and version.change == ChangeKind.CORRECTION:
        if record.versions.filter(stage="withdrawn", published_at__isnull=False).exists():
            counted_anew(record, by=by)
        return
    item = locked(ChecklistItem(pk=record.checklist_item_id), "organ", "unit")
    before = _days(item)
    day = timezone.localdate(record.published_at)
    item.last_published_on = max(day, item.last_published_on or day)
    if item.is_active:
        item.next_due_on = due_of(item) if _is_proactive(item) else None
    item.save()
    _enter("fulfil_item", by, item, record, before)


def counted_anew(record: Record, *, by: Staff | None) -> None:
    """A record of an item is public no longer, or again: the item is due as its public records have it."""
    if record.checklist_item_id is None:
        return
    item = locked(ChecklistItem(pk=record.checklist_item_id), "organ", "unit")
    before = _days(item)
    _count(item)
    if _days(item) != before:
        item.save()
        _enter("recount_item", by, item, record, before)


def _can_be_joined(item: ChecklistItem, record: Record) -> None:
    if record.organ_id != item.organ_id:
        zh = "这条信息不属于本机关，不能归到本机关的事项。"
        raise WorkError("record_of_another_organ", zh, "It is another organ's.", field="record")
    if not item.is_active:
        zh = f"“{item}”已经停用。请先修改并重新启用，或者选择其他事项。"
        raise WorkError("item_closed", zh, "The item is closed.", field="item")
    if record.state == State.DRAFT:
        zh = "这条信息还没有公开。请在草稿的“公开事项”一栏选择事项，公开时自动计入。"
        raise WorkError("not_published", zh, "It is not public yet: choose the item in it.", field="record")
    if record.state != State.PUBLISHED:
        zh = f"“{record.title}”{State(record.state).label}，不能算作履行。请选择现在公开的信息。"
        raise WorkError("not_published", zh, "It is public no longer.", field="record")
    if record.repealed_on is not None and record.repealed_on <= clock.today():
        zh = f"“{record.title}”已于 {record.repealed_on} 废止，不能算作履行。请选择有效的文件。"
        raise WorkError("repealed", zh, "It has been repealed.", field="record")
    if record.checklist_item_id == item.pk:
        zh = f"“{record.title}”已经归到本项，不用再归。"
        raise WorkError("joined_already", zh, "It is under this item already.", field="record")
    if record.checklist_item is not None:
        zh = f"“{record.title}”已归到“{record.checklist_item}”。请先从那里移出。"
        raise WorkError(
            "joined_elsewhere", zh, "It is under another item: take it off first.", field="record"
        )


def _count(item: ChecklistItem, *, having: dt.date | None = None, without: Record | None = None) -> None:
    """Reckon the item's last publication and next due day from its public records. Two queries."""
    public = Record.objects.filter(checklist_item=item, state=State.PUBLISHED)
    if without is not None:
        public = public.exclude(pk=without.pk)
    days = [day for day in (having, _last_of(public)) if day is not None]
    item.last_published_on = max(days, default=None)
    if not item.is_active or not _is_proactive(item):
        item.next_due_on = None
        return
    limit = time_limit(item.time_limit)
    first = _first_due_on(item)
    following = next_due(limit, item.last_published_on, clock.today())
    if item.last_published_on is None:
        item.next_due_on = (first or following) if following else None
    else:
        item.next_due_on = max(following, first) if following and first else following


def _published_on(record: Record) -> dt.date | None:
    """The day of its last publication that was no correction."""
    return _last_of(Record.objects.filter(pk=record.pk))


def _last_of(records: Any) -> dt.date | None:
    out = Version.objects.filter(record__in=records, published_at__isnull=False)
    last = out.exclude(change=ChangeKind.CORRECTION).aggregate(last=Max("published_at"))["last"]
    return timezone.localdate(last) if last else None


def _first_due_on(item: ChecklistItem) -> dt.date | None:
    """The due day that the item was given when it was added, taken up again or given another limit.

    The log alone knows it: on the item stands the day that publications have moved on.
    """
    entries = Entry.objects.filter(
        subject_type="disclosure.checklistitem", subject_id=item.pk, action__in=_KEPT
    )
    told = entries.order_by("-number").values_list("before", "after")
    for before, after in told:
        day = after.get("next_due_on")
        if day and day != before.get("next_due_on"):
            return dt.date.fromisoformat(day)
    return None


def _is_proactive(item: ChecklistItem) -> bool:
    return "proactive" in item.mode.split(",")


def _days(item: ChecklistItem) -> dict[str, Any]:
    return {"last_published_on": item.last_published_on, "next_due_on": item.next_due_on}


def _enter(
    action: str, by: Staff | None, item: ChecklistItem, record: Record, before: dict[str, Any]
) -> None:
    after = {**_days(item), "record": record.pk}
    append(Change(f"disclosure.{action}", by, item, before=before, after=after, touched=[item]))
