"""The organ's checklist: items added, changed, closed, imported (CAT, STD); `fulfilling` has what is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.statute.catalogue import category, mode, next_due, record_kind, time_limit
from gongkai.statute.errors import StatuteError
from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.disclosure.field_words import label_of, most_of
from gongkai.web.disclosure.importing.checklist_rows import checklist_rows
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.importing.runs import counted, read_from
from gongkai.web.disclosure.models import ChecklistItem, ImportRun, Purpose
from gongkai.web.disclosure.permissions import may_keep_checklist
from gongkai.web.organs.acting import locked, require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit

BASIC = "主动公开基本目录"
TEXTS = (
    "source",
    "number",
    "level1",
    "level2",
    "level3",
    "content",
    "basis",
    "time_limit",
    "responsible",
    "channel",
    "audience",
    "note",
)
CODES = {"category": category, "kind": record_kind}
MOST_TEXT = 4000
MOST_ROWS = 2000


@transaction.atomic
def add_item(
    *,
    by: Staff,
    organ: Organ,
    facts: Mapping[str, Any],
    unit: Unit | None = None,
    position: int | None = None,
) -> ChecklistItem:
    """A new item. WorkError `item_there_already` where one of the same names and content is in use."""
    organ = locked(organ)
    item = ChecklistItem(organ=organ, source=BASIC)
    _write(item, clean_item({"level1": "", **facts}, organ=organ))
    item.unit = _own(unit, organ)
    require(may_keep_checklist, by, item)
    _alone(item)
    _set_due(item)
    if position is None:
        position = ChecklistItem.objects.filter(organ=organ, source=item.source).count() + 1
    item.position = position
    item.save()
    _enter("add_item", by, item, after=_told(item))
    return item


@transaction.atomic
def change_item(
    *, by: Staff, item: ChecklistItem, facts: Mapping[str, Any], unit: Unit | None = None
) -> ChecklistItem:
    """Change what is named; `unit` None leaves the unit. A closed item is in use again."""
    item = locked(item, "organ", "unit")
    require(may_keep_checklist, by, item)
    before, was_active = _told(item), item.is_active
    limit = item.time_limit
    _write(item, clean_item(facts, organ=item.organ))
    item.unit = _own(unit, item.organ) or item.unit
    item.is_active = True
    _alone(item)
    if item.time_limit != limit or not was_active:
        _set_due(item)
    item.save()
    _enter("change_item" if was_active else "reopen_item", by, item, before=before, after=_told(item))
    return item


@transaction.atomic
def close_item(*, by: Staff, item: ChecklistItem, reason: str) -> ChecklistItem:
    """Take an item out of use; what was published under it stays."""
    item = locked(item, "organ", "unit")
    require(may_keep_checklist, by, item)
    if not item.is_active:
        raise WorkError("closed_already", "这个事项已经停用。", "It is closed already.")
    if not reason.strip():
        raise WorkError("reason_missing", "请写明停用的理由。", "Say why.", field="reason")
    item.is_active, item.next_due_on = False, None
    item.save()
    _enter("close_item", by, item, before={"is_active": True}, why=reason.strip()[:1000])
    return item


def try_items(
    *, by: Staff, organ: Organ, content: bytes, name: str, source: str = BASIC, unit: Unit | None = None
) -> Trial:
    """What importing a table of items would do. Three queries; nothing is written."""
    require(may_keep_checklist, by, organ)
    trial = checklist_rows(content, name, organ=organ, source=source.strip()[:80] or BASIC, unit=unit)
    for row in trial.rows:
        try:
            row.facts["item"] = clean_item(row.facts["item"], organ=organ)
        except Invalid as wrong:
            for fault in wrong.faults:
                row.fault(label_of(ChecklistItem, fault.field), fault.code, fault.zh, fault.en)
    _match(trial.rows, organ)
    return trial


def import_items(
    *,
    by: Staff,
    organ: Organ,
    content: bytes,
    name: str,
    source: str = BASIC,
    unit: Unit | None = None,
    leave_out_bad: bool = False,
) -> ImportRun:
    """Import a table of items, each row through `add_item` or `change_item`: all, or none.

    What is there already (same catalogue and names) is changed, not doubled: the same file twice does
    nothing.
    """
    with transaction.atomic(), read_from(by, organ, Purpose.CHECKLIST, name) as run:
        run.lock()
        trial = try_items(by=by, organ=run.organ, content=content, name=name, source=source, unit=unit)
        for position, row in enumerate(trial.ready(leave_out_bad=leave_out_bad), 1):
            facts, there = row.facts["item"], row.existing
            if row.standing == "new":
                made = add_item(by=by, organ=organ, facts=facts, unit=row.facts["unit"], position=position)
                run.results.append(made.pk)
            elif row.standing == "changed":
                change_item(by=by, item=there, facts=facts, unit=row.facts["unit"])
                run.changed += 1
        return counted(run, trial, content)


def clean_item(facts: Mapping[str, Any], *, organ: Organ) -> dict[str, Any]:
    """The facts of an item in clean form. Raises `Invalid` with a fault for each field."""
    faults: list[WorkError] = []
    clean: dict[str, Any] = {}
    for name in TEXTS:
        if name not in facts:
            continue
        text = "\n".join(line.rstrip() for line in str(facts[name] or "").strip().splitlines())
        most = most_of(ChecklistItem, name) or MOST_TEXT
        if len(text) > most:
            zh = f"“{label_of(ChecklistItem, name)}”最多 {most} 字，现有 {len(text)} 字。"
            faults.append(WorkError(f"{name}_too_long", zh, f"At most {most} characters.", field=name))
        clean[name] = text
    for name, find in CODES.items():
        if name in facts:
            clean[name] = _code(str(facts[name] or ""), name, find, faults)
    if "mode" in facts:
        clean["mode"] = _modes(facts["mode"], faults)
    if "levels" in facts:
        clean["levels"] = str(facts["levels"] or "")[:80]
    if "level1" in facts and not clean.get("level1"):
        faults.append(WorkError("level1_missing", "请填写“一级事项”。", "Name the item.", field="level1"))
    _binding(clean.get("category", ""), organ, faults)
    if faults:
        raise Invalid(faults)
    return clean


def due_of(item: ChecklistItem, today: dt.date | None = None) -> dt.date | None:
    """The next day a periodic item is due; None for limits that run from an event, 及时 and 长期."""
    limit = time_limit(item.time_limit)
    return next_due(limit, item.last_published_on, today or clock.today())


def _set_due(item: ChecklistItem) -> None:
    limit = time_limit(item.time_limit)
    item.limit_form = limit.form.value if limit.form else ""
    item.next_due_on = due_of(item) if "proactive" in item.mode.split(",") else None


def _write(item: ChecklistItem, clean: Mapping[str, Any]) -> None:
    for name, value in clean.items():
        setattr(item, name, value)
    item.source = item.source or BASIC


def _alone(item: ChecklistItem) -> None:
    """Two items of the same names and content would both wait for the same publication."""
    same = ChecklistItem.objects.filter(organ=item.organ, is_active=True, **_names(item)).exclude(pk=item.pk)
    if same.filter(content=item.content).exists():
        zh = f"“{item.source}”里已有相同的事项“{item}”。请修改已有的事项。"
        raise WorkError("item_there_already", zh, "This item is there already.", field="level1")


def _names(item: ChecklistItem) -> dict[str, str]:
    return {name: getattr(item, name) for name in ("source", "level1", "level2", "level3")}


def _match(rows: list[Row], organ: Organ) -> None:
    """Join each row with the item it speaks of: same catalogue and names; of several, in their order.

    The same names may stand over several rows with different content: none of them takes another's place.
    """
    waiting: dict[tuple[str, ...], list[ChecklistItem]] = {}
    sources = {row.facts["item"].get("source", "") for row in rows}
    there = ChecklistItem.objects.filter(organ=organ, source__in=sources).select_related("unit")
    for item in there.order_by("-is_active", "position", "pk"):
        waiting.setdefault(tuple(_names(item).values()), []).append(item)
    good = [row for row in rows if row.standing != "error"]
    # What says the same first: a new row among old ones must not push them all on by one.
    for exactly in (True, False):
        for row in good:
            facts = row.facts["item"]
            key = tuple(facts.get(name, "") for name in ("source", "level1", "level2", "level3"))
            for item in waiting.get(key, ()):
                if row.existing is None and (not exactly or item.content == facts.get("content", "")):
                    row.existing = item
                    waiting[key].remove(item)
                    row.changes = _differs(item, facts, row.facts["unit"])
                    break


def _differs(item: ChecklistItem, facts: Mapping[str, Any], unit: Unit | None) -> bool:
    if not item.is_active or (unit is not None and unit.pk != item.unit_id):
        return True
    return any(getattr(item, name) != value for name, value in facts.items())


def _own(unit: Unit | None, organ: Organ) -> Unit | None:
    if unit is not None and unit.organ_id != organ.pk:
        raise WorkError(
            "unit_of_another_organ", "所选科室不属于本机关。", "No unit of this organ.", field="unit"
        )
    return unit


def _code(value: str, name: str, find: Any, faults: list[WorkError]) -> str:
    if value:
        try:
            find(value)
        except StatuteError as unknown:
            faults.append(WorkError(f"{name}_unknown", unknown.zh, unknown.en, field=name))
    return value


def _modes(value: Any, faults: list[WorkError]) -> str:
    chosen = value.split(",") if isinstance(value, str) else [str(one) for one in value or ()]
    chosen = [one for one in ("proactive", "on_request") if one in chosen] or chosen
    if not any(chosen):
        return "proactive"
    for one in chosen:
        _code(one, "mode", mode, faults)
    return ",".join(chosen)


def _binding(code: str, organ: Organ, faults: list[WorkError]) -> None:
    if code and not any(one.field == "category" for one in faults):
        found = category(code)
        if not found.binds(organ.organ_kind, organ.statute_level):
            zh = f"“{found.short_zh}”（{found.rule}）不适用于本机关，请另选公开类别。"
            faults.append(
                WorkError("category_not_binding", zh, "It does not bind this organ.", field="category")
            )


def _told(item: ChecklistItem) -> dict[str, Any]:
    names = (*TEXTS, *CODES, "mode", "levels", "unit_id", "next_due_on", "is_active")
    return {name: getattr(item, name) for name in names}


def _enter(action: str, by: Staff | None, item: ChecklistItem, **facts: Any) -> None:
    append(Change(f"disclosure.{action}", by, item, touched=[item], **facts))
