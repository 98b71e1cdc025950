"""Workbooks the checklist as a standard catalogue's table, and empty tables to fill in for imports."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from gongkai.statute.catalogue import categories, checklist_columns, genres, record_kinds, themes
from gongkai.web.disclosure.exporting import LONGEST_CELL, OPTIONS
from gongkai.web.disclosure.importing import figure_rows, record_rows
from gongkai.web.disclosure.importing.checklist_rows import SECTION
from gongkai.web.disclosure.models import ChecklistItem, FigureKind
from gongkai.web.organs.models import Organ


def exported_checklist(items: Iterable[ChecklistItem], organ: Organ) -> bytes:
    """Items as a standard catalogue's table (STD): two header rows, ticks in columns of their own."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **OPTIONS})
    sheet = book.add_worksheet("公开清单")
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
    columns = _standard_columns()
    sheet.merge_range(0, 0, 0, len(columns) - 1, f"{organ.name}主动公开事项清单", title)
    _standard_heads(sheet, head, columns)
    row, source = 3, None
    for item in items:
        if item.source != source:
            source = item.source
            sheet.merge_range(row, 0, row, len(columns) - 1, f"{SECTION}{source}", head)
            row += 1
        for column, text in enumerate(_standard_row(item)):
            sheet.write_string(row, column, text[:LONGEST_CELL], cell)
        row += 1
    for column, (_, _, width) in enumerate(columns):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(1, 2)
    book.close()
    return out.getvalue()


def _standard_columns() -> list[tuple[str, str, int]]:
    """Head, second head, width: in the order of a standard catalogue."""
    zh = {column.code: column.zh for column in checklist_columns()}
    return [
        (zh["serial"], "", 6),
        (zh["item"], zh["first"], 16),
        (zh["item"], zh["second"], 18),
        (zh["item"], zh["third"], 14),
        (zh["content"], "", 40),
        (zh["basis"], "", 30),
        (zh["limit"], "", 20),
        (zh["unit"], "", 14),
        (zh["channel"], "", 20),
        (zh["audience"], zh["everybody"], 8),
        (zh["audience"], zh["some"], 12),
        (zh["mode"], zh["proactive"], 8),
        (zh["mode"], zh["on_request"], 8),
        (zh["level"], "县级", 8),
        (zh["level"], "乡级", 8),
        (zh["note"], "", 16),
    ]


def _standard_heads(sheet: Any, head: Any, columns: Sequence[tuple[str, str, int]]) -> None:
    start = 0
    while start < len(columns):
        top, under, _ = columns[start]
        end = start
        while under and end + 1 < len(columns) and columns[end + 1][0] == top:
            end += 1
        if not under:
            sheet.merge_range(1, start, 2, start, top, head)
        else:
            sheet.merge_range(1, start, 1, end, top, head)
            for column in range(start, end + 1):
                sheet.write_string(2, column, columns[column][1], head)
        start = end + 1


def _standard_row(item: ChecklistItem) -> list[str]:
    audience = [part for part in item.audience.split("；") if part]
    some = "；".join(part for part in audience if part != "全社会")
    modes, levels = item.mode.split(","), item.levels.split(",")
    return [
        item.number,
        item.level1,
        item.level2,
        item.level3,
        item.content,
        item.basis,
        item.time_limit,
        item.responsible or (item.unit.name if item.unit else ""),
        item.channel,
        _tick("全社会" in audience),
        some,
        _tick("proactive" in modes),
        _tick("on_request" in modes),
        _tick("county" in levels),
        _tick("township" in levels),
        item.note,
    ]


def _tick(holds: bool) -> str:
    return "√" if holds else ""


def record_template() -> bytes:
    """A workbook to fill in: the columns of records with a row of hints, and the lists they choose from."""
    lists = {
        "信息种类": [kind.zh for kind in record_kinds()],
        "公开类别": [f"{one.code} {one.short_zh}" for one in categories()],
        "主题分类": [one.zh for one in themes()],
        "体裁": [one.zh for one in genres()],
    }
    return _template("信息", [(label.zh, label.hint) for label in record_rows.LABELS], lists)


def figure_template() -> bytes:
    """A workbook to fill in with figures."""
    lists = {"项目": [str(label) for label in FigureKind.labels]}
    return _template("统计数据", [(label.zh, label.hint) for label in figure_rows.LABELS], lists)


def checklist_template(organ: Organ) -> bytes:
    """A standard catalogue's empty table."""
    return exported_checklist((), organ)


def _template(name: str, columns: Sequence[tuple[str, str]], lists: dict[str, list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **OPTIONS})
    bold = book.add_format({"bold": True, "bg_color": "#f6f8fa", "border": 1})
    words = book.add_worksheet(name)
    explained = book.add_worksheet("填写说明")
    for column, (head, hint) in enumerate(columns):
        words.write_string(0, column, head, bold)
        explained.write_string(column + 1, 0, head)
        explained.write_string(column + 1, 1, hint)
    words.set_column(0, len(columns) - 1, 16)
    words.freeze_panes(1, 0)
    explained.write_row(0, 0, ["填写项", "怎么填"], bold)
    explained.set_column(0, 0, 16)
    explained.set_column(1, 1, 40)
    for offset, (head, entries) in enumerate(lists.items()):
        explained.write_string(0, 3 + offset, f"可用的{head}", bold)
        explained.set_column(3 + offset, 3 + offset, 26)
        for row, entry in enumerate(entries, 1):
            explained.write_string(row, 3 + offset, entry)
    book.close()
    return out.getvalue()
