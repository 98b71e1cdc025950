"""Rows of records held against the organ: its units, items and records; and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongkai.documents import DocumentError
from gongkai.web.disclosure.content import clean_content
from gongkai.web.disclosure.field_words import label_of
from gongkai.web.disclosure.importing.cells import plain, short
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.importing.record_rows import NAMES
from gongkai.web.disclosure.importing.there_already import Earlier
from gongkai.web.disclosure.index_numbers import given_index_number
from gongkai.web.disclosure.looking_at_files import looked_at
from gongkai.web.disclosure.models import ChecklistItem, Record, Version
from gongkai.web.disclosure.permissions import may_draft
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit


def complete(
    trial: Trial, *, by: Staff, organ: Organ, unit: Unit | None, files: Mapping[str, bytes], digest: str
) -> None:
    """Put units, items and files in the place of their names, and tell everything that is wrong with a row.

    `digest`: of the file, by which it is known again. Four queries, one for each row with an index number of
    its own, and four for every 400 rows.
    """
    units = {plain(one.name): one for one in Unit.objects.filter(organ=organ, is_active=True)}
    items = _items(organ) if any(row.facts.get("item") for row in trial.rows) else {}
    vetted: dict[str, WorkError | None] = {}
    for row in trial.rows:
        _unit(row, units, unit)
        _item(row, items)
        _permitted(row, by, organ)
        _content(row, organ)
        _index_number(row, organ)
        _attachments(row, files, vetted)
    _unused(trial, files)
    earlier = Earlier(organ)
    earlier.same_file(trial, digest)
    _twice_in_file(trial.rows)
    earlier.same_records(trial.rows)
    for row in trial.rows:
        row.problems.sort(key=lambda one: not one.is_error)


def look_again(trial: Trial, organ: Organ, digest: str) -> None:
    """Tell what has come to be there since the rows were tried. Two queries, and four for every 400 rows."""
    earlier = Earlier(organ)
    earlier.same_file(trial, digest)
    earlier.same_records(trial.to_write)


def _unit(row: Row, units: Mapping[str, Unit], otherwise: Unit | None) -> None:
    written = row.facts["unit"]
    row.facts["unit"] = units.get(plain(written), otherwise) if written else otherwise
    if written and plain(written) not in units:
        known = "、".join(one.name for one in list(units.values())[:8])
        zh = f"本机关没有“{short(written)}”这个科室。请改为现有的科室（{known}），或留空。"
        en = f"There is no such unit. Write one of: {known}; or leave it blank."
        row.fault(NAMES["unit"], "unit_unknown", zh, en)


def _items(organ: Organ) -> dict[str, ChecklistItem | None]:
    """Every name an item goes by; None where two go by the same."""
    names: dict[str, ChecklistItem | None] = {}
    for item in ChecklistItem.objects.filter(organ=organ, is_active=True):
        levels = [level for level in (item.level1, item.level2, item.level3) if level]
        own = {plain("".join(levels)), plain("／".join(levels)), plain(" · ".join(levels)), plain(levels[-1])}
        for name in own:
            names[name] = None if name in names else item
    return names


def _item(row: Row, items: Mapping[str, ChecklistItem | None]) -> None:
    written = row.facts["item"]
    row.facts["item"] = None
    if not written:
        return
    key = plain(written)
    found = items.get(key) or items.get(plain(written.replace("/", "／").replace("-", "／")))
    if found is None:
        why = "有几个同名的事项，请写“一级事项／二级事项”" if key in items else "清单中没有这个事项"
        zh = f"“{short(written)}”：{why}。请核对，或留空。"
        row.fault(NAMES["item"], "item_unknown", zh, "The checklist has no such item, or several.")
    row.facts["item"] = found


def _permitted(row: Row, by: Staff, organ: Organ) -> None:
    """The same question that `draft_record` will ask."""
    if not may_draft(by, Record(organ=organ, unit=row.facts["unit"])):
        zh = "您不能为这个科室起草信息。请改为本科室，或由公开工作机构导入。"
        row.fault(NAMES["unit"], "not_allowed", zh, "You may not draft for this unit.")


def _content(row: Row, organ: Organ) -> None:
    """What `draft_record` will say to the content, and what is still to be filled in before review."""
    content = row.facts["content"]
    told = {one.column for one in row.problems if one.is_error}
    try:
        clean = clean_content({"title": "", **content}, organ=organ, kind_code=row.facts["kind"])
        row.facts["content"] = clean
    except Invalid as wrong:
        for fault in wrong.faults:
            label = _label(fault.field)
            if label not in told:
                row.fault(label, fault.code, fault.zh, fault.en)
        return
    except WorkError as wrong:
        row.fault(_label(wrong.field), wrong.code, wrong.zh, wrong.en)
        return
    lacks = [label for name, label in _ASKED.items() if not clean.get(name)]
    if not clean.get("body") and not row.facts["files"]:
        lacks.append("正文或附件")
    if lacks and row.standing != "error":
        zh = f"可以导入；提交审查前还须填写：{'、'.join(lacks)}。"
        row.remark("", "lacking_for_review", zh, "It can be imported; more is needed before review.")


_ASKED = {"summary": "内容概述", "made_on": "成文日期", "category": "公开类别"}


def _index_number(row: Row, organ: Organ) -> None:
    if not row.facts["index_number"]:
        return
    try:
        row.facts["index_number"] = given_index_number(organ, row.facts["index_number"])
    except WorkError as wrong:
        if wrong.code == "index_number_taken":
            row.facts["index_taken"] = wrong  # perhaps by the very record that the row tells of
        else:
            row.fault(NAMES["index_number"], wrong.code, wrong.zh, wrong.en)


def _attachments(row: Row, files: Mapping[str, bytes], vetted: dict[str, WorkError | None]) -> None:
    by_name = {plain(name): name for name in files}
    row.facts["attachments"] = []
    for written in row.facts["files"]:
        name = by_name.get(plain(written))
        if name is None:
            zh = f"附件“{short(written)}”没有上传。请与表格一起选择这个文件，或删去文件名。"
            row.fault(NAMES["files"], "file_not_sent", zh, "This file was not sent with the sheet.")
            continue
        if name not in vetted:
            vetted[name] = _refused(files[name], name)
        refused = vetted[name]
        if refused is not None:
            zh = f"附件“{short(written)}”：{refused.zh}"
            row.fault(NAMES["files"], refused.code, zh, refused.en)
        else:
            row.facts["attachments"].append((name, files[name]))


def _refused(content: bytes, name: str) -> WorkError | None:
    """Why a file may not be attached; None where it may. Looked at in a process of its own."""
    try:
        looked_at(content, name)
    except DocumentError as refused:
        return WorkError(refused.code, refused.zh, refused.en)
    return None


def _unused(trial: Trial, files: Mapping[str, bytes]) -> None:
    """A file that no row names is told: it would go nowhere."""
    used = {plain(name) for row in trial.rows for name in row.facts["files"]}
    left = [name for name in files if plain(name) not in used]
    if left and trial.rows:
        zh = f"这些附件没有被任何一行引用，不会导入：{'、'.join(left[:8])}。请在“附件文件名”栏填写文件名。"
        trial.rows[0].remark(NAMES["files"], "files_not_named", zh, "No row names these files.")


def _twice_in_file(rows: Iterable[Row]) -> None:
    seen: dict[tuple[str, Any], int] = {}
    for row in rows:
        if row.existing is not None:
            continue
        for column, key in _keys(row):
            first = seen.setdefault((column, key), row.number)
            if first == row.number:
                continue
            if column == "whole":
                row.fault(
                    "", "twice", f"与第 {first} 行完全相同。请删去其中一行。", f"The same as row {first}."
                )
                break
            zh = f"与第 {first} 行的{NAMES[column]}相同。请核对，或删去其中一行。"
            row.fault(NAMES[column], f"{column}_twice", zh, f"The same as in row {first}.")


def _keys(row: Row) -> Iterator[tuple[str, Any]]:
    content = row.facts["content"]
    if content.get("title"):
        facts = sorted((name, str(value)) for name, value in content.items() if value)
        yield (
            "whole",
            (row.facts["kind"], *facts, *row.facts["files"], getattr(row.facts["unit"], "pk", None)),
        )
    for name in ("index_number", "document_number"):
        value = row.facts.get(name) or content.get(name)
        if value:
            yield name, value


def _label(field: str) -> str:
    return NAMES.get(field) or label_of(Version, field)
