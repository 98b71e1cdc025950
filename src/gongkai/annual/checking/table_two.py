"""Table 2, the figures of proactive disclosure (FMT.T2): counts, fees, and who may make rules at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import is_count, written, written_en
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.forms.english import english_cell

# Figures of form 2019 that may be negative (本年增/减) or hold money.
_MAY_FALL = ("change",)
_MONEY = ("administrative_fees", "amount")

# Organs that make no 规章 (LAW.md 2.2 [M]): towns, streets, counties, districts and their departments.
_NO_RULES = re.compile(
    r"(?:镇|乡|苏木)(?:人民)?政府$|街道(?:办事处)?$|(?:县|区|旗)人民政府(?:办公室)?$"
    r"|[市县区旗镇乡].{0,20}(?:局|委员会|委|中心|大队|支队)$"
)
_NATIONAL = re.compile(r"^(?:国家|国务院|中国|中华人民共和国)|自治区人民政府")


@serves("proactive_not_a_count", "proactive_negative_money")
def table_two_holds_counts(case: Examination) -> Iterator[Finding]:
    """FMT.T2.C2: documents and decisions are whole numbers of zero or more; fees are not negative."""
    rows = (case.report.proactive or {}).values()
    figures = [v for row in rows for v in (row.values() if isinstance(row, dict) else (row,))]
    if {*map(type, figures)} == {int} and min(figures) >= 0:  # a quick look that most tables pass
        return
    for block in case.form.proactive:
        for row in block.rows:
            for path, column in zip(block.paths(row), block.columns, strict=True):
                value = case.number(path)
                if value is None or column.code in _MAY_FALL:
                    continue
                money = row.code in _MONEY or column.code in _MONEY
                if (value >= 0) if money else is_count(value):
                    continue
                name = "proactive_negative_money" if money else "proactive_not_a_count"
                wanted, wanted_en = (
                    ("金额不应为负数", "not negative")
                    if money
                    else (
                        "件数应为不小于0的整数",
                        "a whole number of zero or more",
                    )
                )
                yield case.finding(
                    name,
                    f"表二“{row.label}”的“{column.label}”填{written(value)}：{wanted}，请更正。",
                    f"Table 2, {', '.join(filter(None, english_cell(path)))}: {written_en(value)} should be "
                    f"{wanted_en}.",
                    cells=[path],
                    found=value,
                )


@serves("all_zero")
def report_is_not_all_zero(case: Examination) -> Iterator[Finding]:
    """A report without a single figure above zero: ask whether it was filled in ([D])."""
    report = case.report
    if report.proactive is None or report.requests is None or report.unread:
        return
    if any(value for value in report.proactive.values() if not isinstance(value, dict)):
        return  # most organs decide something
    rows = [*report.proactive.values(), *report.requests.values()]
    figures = [v for row in rows for v in (row.values() if isinstance(row, dict) else (row,))]
    if any(figures) or not any(value is not None for value in figures):
        return
    yield case.finding(
        "all_zero",
        "表二、表三的全部数据均为0（行政许可、行政处罚、行政强制、规范性文件和依申请公开都没有发生）。"
        "请确认不是漏填；确实没有的，可在第一部分说明。",
        "All figures of tables 2 and 3 are 0: confirm that none was left out.",
        cells=["proactive.licences", "proactive.penalties", "proactive.compulsory_measures"],
        found=0,
    )


@serves("rules_by_organ_without_power")
def only_some_organs_make_rules(case: Examination) -> Iterator[Finding]:
    """LAW.md 2.2 [M]: towns, counties, districts and local departments make no 规章."""
    organ = case.report.organ or ""
    if not _NO_RULES.search(organ) or _NATIONAL.search(organ):
        return
    columns = case.form.proactive[0].columns if case.form.proactive else ()
    cells = [f"proactive.rules.{column.code}" for column in columns]
    filled = [cell for cell in cells if case.number(cell)]
    if not filled:
        return
    yield case.finding(
        "rules_by_organ_without_power",
        f"表二“规章”填有数字（{'、'.join(written(case.number(cell)) for cell in filled)}）。"
        f"{organ}无规章制定权，请核对是否应填在“行政规范性文件”一行。",
        "Table 2 reports rules (规章), which this organ has no power to make: check whether they belong "
        "to the row of normative documents.",
        cells=filled,
        expected=0,
        found=case.number(filled[0]),
    )
