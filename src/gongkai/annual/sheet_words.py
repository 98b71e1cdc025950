"""The words of the check sheet, in Chinese and English: the page and the file show the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

SEVERITY_WORDS = {
    "error": ("错误", "Error"),
    "warning": ("需要核对", "To be checked"),
    "info": ("提示", "Note"),
}

_WORDS = {
    "sheet_title": ("年度报告核对单", "Check sheet of annual reports"),
    "printed_by": (
        "由公开（Gongkai）核对。核对结果供参考，以报告单位核实为准。",
        "Checked with Gongkai. The findings are for information; the reporting organ decides.",
    ),
    "files": ("文件一览", "Files"),
    "file": ("文件", "File"),
    "organ": ("机关", "Organ"),
    "year": ("年度", "Year"),
    "no_organ": ("未写明机关", "Organ not stated"),
    "no_year": ("未写明年度", "year not stated"),
    "report_of": ("{organ} {year} 年度报告", "{organ}, annual report for {year}"),
    "form": ("格式", "Form"),
    "no_form": ("未能判定", "not recognised"),
    "compared_with": ("已与“{source}”作跨年核对", "Checked against {source} across years"),
    "unreadable": ("未能读取", "Not read"),
    "unreadable_head": ("未能读取：{source}", "Not read: {source}"),
    "verdict_none": ("没有发现问题", "Nothing found"),
    "verdict_none_more": (
        "表内勾稽关系、文字与表格、完整性和个人信息各项核对均无异议。",
        "Identities, narrative against tables, completeness and personal data: no objection.",
    ),
    "findings": ("问题和提示", "Findings"),
    "tables": ("报告表格", "Tables of the report"),
    "no_tables": (
        "报告中没有读到统计表格。",
        "No table was read in this report.",
    ),
    "narrative": ("报告正文", "Narrative of the report"),
    "narrative_note": (
        "核对结果引用的文字已加底色和编号。",
        "The words findings rest on are marked and numbered.",
    ),
    "narrative_cut": (
        "正文较长，只显示前 {count} 段和被引用的段落。",
        "The narrative is long: the first {count} paragraphs and the quoted ones are shown.",
    ),
    "expected": ("应为", "Expected"),
    "found": ("报告中为", "Found"),
    "cells": ("表中位置", "Cells"),
    "more_cells": ("其余 {count} 格", "{count} more cells"),
    "more_lines": ("（另有 {count} 行，见报告表格）", "({count} more lines: see the tables)"),
    "more_findings": (
        "另有 {count} 项没有列出，请下载 Excel 或 JSON 查看全部。",
        "{count} more are not listed: the Excel and JSON downloads hold all.",
    ),
    "see_text": ("看原文", "See the text"),
    "marker": ("第 {number} 项，{severity}", "Finding {number}, {severity}"),
    "blank": ("空", "blank"),
    "unread": ("未读出", "not read"),
    "absent": ("无", "none"),
    "written": ("原文：{text}", "written: {text}"),
    "overview": ("概览", "Overview"),
    "findings_sheet": ("核对结果", "Findings"),
    "severity": ("级别", "Severity"),
    "message": ("说明", "What is wrong"),
    "quote": ("报告原文", "Words of the report"),
    "rule": ("规则编号", "Rule"),
    "basis": ("依据", "Basis"),
    "explanation": ("核对要求", "What it asks for"),
    "relation": ("关系", "Relation"),
    "check": ("核对项目", "Check"),
    "compared": ("数字对照", "Figures compared"),
    "place": ("所在位置", "Place in the file"),
    "scroll_hint": ("表格较宽，可左右滑动。", "The table is wide: scroll it sideways."),
    "this_cell": ("{row}，{column}", "{row}, {column}"),
    "in_file": ("文件中：{place}", "in the file: {place}"),
    "back_to": ("回到第 {number} 项", "Back to finding {number}"),
    "page_of": ("第 &P 页，共 &N 页", "Page &P of &N"),
}


class Counted(Protocol):
    """Something with findings of each severity: `annual.checked.Checked`."""

    def count(self, severity: str) -> int: ...


def word(key: str, lang: str, **values: object) -> str:
    """The word for `key` in "zh" or "en", with `values` filled in."""
    return _WORDS[key][0 if lang == "zh" else 1].format(**values)


def severity_word(severity: str, lang: str) -> str:
    return SEVERITY_WORDS[severity][0 if lang == "zh" else 1]


def verdict(item: Counted, lang: str) -> str:
    """One line: `发现 2 处错误、7 处需要核对、1 条提示`, or that nothing was found."""
    counts = [item.count(severity) for severity in SEVERITY_WORDS]
    if not any(counts):
        return word("verdict_none", lang)
    if lang == "zh":
        said = [
            words.format(count)
            for words, count in zip(("{} 处错误", "{} 处需要核对", "{} 条提示"), counts, strict=True)
            if count
        ]
        return "发现 " + "、".join(said)
    return "Found: " + ", ".join(_english_counts(counts))


def _english_counts(counts: Sequence[int]) -> list[str]:
    named = (("error", "errors"), ("point to check", "points to check"), ("note", "notes"))
    return [
        f"{count} {one if count == 1 else many}"
        for (one, many), count in zip(named, counts, strict=True)
        if count
    ]
