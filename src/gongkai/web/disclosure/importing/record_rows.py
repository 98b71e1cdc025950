"""Rows of records as people keep them in sheets: what each says, ready for `draft_record` (META.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from gongkai.statute.catalogue import (
    Entry,
    categories,
    genre_of_title,
    genres,
    named,
    record_kind,
    record_kinds,
    themes,
)
from gongkai.web.disclosure.importing.cells import CellFault, plain, read_day, read_year, short
from gongkai.web.disclosure.importing.grid import Label, rows_below_header
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.importing.table_task import Sheet
from gongkai.web.organs.models import Organ

MOST_ROWS = 2000
LABELS = (
    Label("title", "标题", ("名称", "信息名称", "文件名称", "信息标题", "文件标题"), "必填"),
    Label("index_number", "索引号", ("索引", "索引编号"), "可不填，由系统编号"),
    Label("document_number", "发文字号", ("文号", "发文号", "文件编号"), "如 虚政发〔2026〕3号"),
    Label("kind", "信息种类", ("种类", "信息类型", "类型"), "可不填，按导入时所选"),
    Label(
        "category", "公开类别", ("类别", "公开目录", "目录", "栏目", "公开事项类别"), "名称或者编号，如 20.07"
    ),
    Label("theme", "主题分类", ("主题", "主题类别", "主题词分类"), "22 个主题之一"),
    Label("genre", "体裁", ("体裁分类", "公文种类", "文种", "体裁类别"), "如 通知、意见"),
    Label(
        "made_on", "成文日期", ("生成日期", "成文时间", "形成日期", "生成时间", "制作日期"), "如 2026-03-01"
    ),
    Label(
        "decided_on", "批准或决定日期", ("批准日期", "批复日期", "决定日期", "处罚决定日期", "许可决定日期")
    ),
    Label("for_year", "所属年度", ("年度", "预算年度", "报告年度"), "预决算、年报填写"),
    Label("effective_on", "实施日期", ("生效日期", "施行日期", "实施时间")),
    Label("expires_on", "有效期至", ("失效日期", "有效期", "有效期届满日")),
    Label("repealed_on", "废止日期", ("废止时间",), "导入后是草稿，公开后再标注废止"),
    Label("summary", "内容概述", ("概述", "摘要", "内容摘要", "简介"), "提交审查前必填"),
    Label("keywords", "关键词", ("主题词", "关键字")),
    Label("joint_organs", "联合发文机关", ("联合发文", "联合发文单位")),
    Label("body", "正文", ("内容", "正文内容", "信息内容", "全文")),
    Label("unit", "责任科室", ("科室", "责任部门", "责任单位", "部门", "起草科室"), "可不填，按导入时所选"),
    Label("item", "公开事项", ("清单事项", "对应事项"), "清单中的事项名称，可不填"),
    Label("files", "附件文件名", ("附件", "附件名称", "附件名"), "与表格一起上传；多个用分号隔开"),
)
NAMES = {label.code: label.zh for label in LABELS}
# Columns of other systems' lists that say what is known here anyway: passed over without a word.
IGNORED = (
    "序号",
    "编号",
    "发布日期",
    "发布时间",
    "公开日期",
    "发布机构",
    "发文机关",
    "公开方式",
    "有效性",
    "状态",
)
_TEXTS = ("title", "document_number", "summary", "keywords", "joint_organs")
_DAYS = ("made_on", "decided_on", "effective_on", "expires_on")
_IS_HTML = re.compile(r"<(?:p|div|br|table|span|h[1-6]|ul|ol|li)\b", re.IGNORECASE)
_CODE = re.compile(r"\d\d\.\d\d?")
_BETWEEN = re.compile(r"[;；\n|]+")
# Commas and 、 stand in names too: they part names only behind a file's ending.
_FILE_END = re.compile(r"(\.[A-Za-z]{3,4})[,，、]\s*")


def record_rows(sheets: Sequence[Sheet], name: str, *, organ: Organ, default_kind: str) -> Trial:
    """What each row of the sheets says, unchecked against what is there. WorkError where they have no rows.

    `facts` of each row: `content`, `kind`, `index_number`, `unit`, `item` (names as written), `files`.
    """
    labels = (*LABELS, *(Label(f"-{zh}", zh) for zh in IGNORED))
    found = rows_below_header(sheets, labels, "title", MOST_ROWS)
    trial = Trial(name, [], found.notes)
    for row, cells in found.rows:
        _read(row, cells, organ, default_kind)
        trial.rows.append(row)
    return trial


def body_of(text: str) -> str:
    """A cell's words as html: as they are where they are html already, else a paragraph for each line.

    >>> body_of("第一段 <100\\n第二段")
    '<p>第一段 &lt;100</p>\\n<p>第二段</p>'
    """
    if _IS_HTML.search(text):
        return text
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _read(row: Row, cells: Mapping[str, str], organ: Organ, default_kind: str) -> None:
    row.title = " ".join(cells.get("title", "").split())
    content: dict[str, Any] = {
        name: " ".join(cells.get(name, "").split()) for name in _TEXTS if name in cells
    }
    for name in _DAYS:
        if cells.get(name):
            content[name] = _cell(row, name, read_day, cells[name])
    if cells.get("for_year"):
        content["for_year"] = _cell(row, "for_year", read_year, cells["for_year"])
    kind = _chosen(row, "kind", record_kinds(), cells.get("kind", "")) or default_kind
    content["theme"] = _chosen(row, "theme", themes(), cells.get("theme", ""))
    content["genre"] = _chosen(row, "genre", genres(), cells.get("genre", "")) or _genre(row.title)
    content["category"] = _category(row, cells.get("category", ""), organ) or record_kind(kind).category
    if cells.get("body"):
        content["body"] = body_of(cells["body"])
    if cells.get("repealed_on"):
        day = _cell(row, "repealed_on", read_day, cells["repealed_on"])
        if day is not None:
            zh = f"导入的信息是草稿，不能标注废止。公开后请在这条信息上“标注废止”（{day}）。"
            row.remark(
                NAMES["repealed_on"], "repeal_after_publication", zh, "Repeal it after its publication."
            )
    row.facts = {
        "content": content,
        "kind": kind,
        "index_number": cells.get("index_number", ""),
        "unit": cells.get("unit", ""),
        "item": cells.get("item", ""),
        "files": _files(cells.get("files", "")),
    }


def _files(text: str) -> list[str]:
    pieces = _BETWEEN.split(_FILE_END.sub(r"\1;", text))
    return list(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))


def _genre(title: str) -> str:
    found = genre_of_title(title)
    return found.code if found else ""


def _category(row: Row, text: str, organ: Organ) -> str:
    """The category that a cell names: by its code, by its name, or by both.

    One name may stand for two, of counties and of townships (REG.21): the one that binds the organ is meant.
    """
    found = _CODE.match(plain(text))
    # A sheet that takes 20.10 for a number keeps 20.1 of it.
    code, name = (found[0].ljust(5, "0"), plain(text)[found.end() :]) if found else ("", text)
    coded = next((one for one in categories() if one.code == code), None)
    if coded is not None and (not name or named((coded,), name)):
        return coded.code
    meant = [one for one in categories() if named((one,), text)]
    binding = [one for one in meant if one.binds(organ.organ_kind, organ.statute_level)]
    if len(binding) > 1:
        codes = "、".join(f"{one.code}（{one.rule}）" for one in binding)
        zh = f"“{short(text)}”有几个同名的公开类别：{codes}。请改填编号。"
        row.fault(NAMES["category"], "category_ambiguous", zh, f"Several categories: {codes}. Write a code.")
        return ""
    if meant:
        return (binding or meant)[0].code
    return _chosen(row, "category", categories(), text)


def _chosen(row: Row, column: str, entries: Iterable[Any], text: str) -> str:
    """The code of the entry that a cell names, or that it is; "" with a fault where there is none."""
    if not text:
        return ""
    listed = list(entries)
    found: Entry | None = named(listed, text) or next((one for one in listed if one.code == text), None)
    if found is not None:
        return str(found.code)
    some = "、".join(getattr(one, "short_zh", "") or one.zh for one in listed[:6])
    zh = f"没有“{short(text)}”这个{NAMES[column]}。可用的有：{some} 等，见模板第二页。"
    row.fault(NAMES[column], f"{column}_unknown", zh, f"{column} is not known.")
    return ""


def _cell(row: Row, column: str, read: Callable[[str], Any], text: str) -> Any:
    """The cell as `read` takes it; None with the fault entered where it cannot."""
    label = NAMES[column]
    if any(one.column == label and one.is_error for one in row.problems):
        return None  # told already: an error value, a formula without a result
    try:
        return read(text)
    except CellFault as wrong:
        row.fault(label, wrong.code, wrong.zh, wrong.en)
        return None
