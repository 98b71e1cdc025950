"""The processing fee: three figures that agree, and the cell of table 2 in 万元 (FMT.S6, FMT.T2.C2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.annual.checking.reports import TEXT, report_2021, set_cell, set_text

from gongkai.annual.checking import check
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report

CHECKS = (
    "fees_contradict", "fees_collected_above_charged", "processing_fee_not_in_table",
    "processing_fee_above_table", "fee_in_wrong_unit", "fees_incomplete",
)  # fmt: skip


def of_fees(report: Report) -> list[Finding]:
    return [f for f in check(report) if f.name in CHECKS]


def report_with(notices: int, charged: int, collected: int, cell: Any, written: str = "") -> Report:
    fees = {"notices": notices, "charged_yuan": charged, "collected_yuan": collected}
    report = set_cell(report_2021(processing_fees=fees), "proactive.administrative_fees", cell)
    if written:
        report.written["proactive.administrative_fees"] = written
    return report


@pytest.mark.parametrize(
    ("report", "name", "severity", "expected", "found"),
    [
        (report_with(2, 300, 350, 1), "fees_collected_above_charged", "warning", 300, 350),
        (report_with(0, 0, 100, 1), "fees_collected_above_charged", "warning", 0, 100),
        (report_with(0, 300, 300, 1), "fees_contradict", "error", None, None),
        (report_with(2, 0, 0, 1), "fees_contradict", "error", None, None),
        (report_with(2, 350, 350, 0), "processing_fee_not_in_table", "warning", Decimal("0.035"), 0),
        (
            report_with(2, 350, 350, Decimal("0.02")),
            "processing_fee_above_table",
            "warning",
            Decimal("0.035"),
            Decimal("0.02"),
        ),
        (report_with(2, 350, 350, 350), "fee_in_wrong_unit", "warning", None, 350),
        (
            report_with(2, 300, 300, Decimal("0.03"), "0.03元"),
            "fee_in_wrong_unit",
            "warning",
            None,
            Decimal("0.03"),
        ),
    ],
)
def test_fees_that_contradict_each_other_are_found(
    report: Report, name: str, severity: str, expected: Any, found: Any
) -> None:
    (finding,) = of_fees(report)
    assert (finding.name, finding.severity) == (name, severity)
    assert (finding.expected, finding.found) == (expected, found)
    assert finding.cells


@pytest.mark.parametrize(
    "report",
    [
        report_with(0, 0, 0, 0),
        report_with(0, 0, 0, Decimal("12.5"), "12.5万元"),
        report_with(2, 350, 300, 1),
        report_with(2, 350, 350, Decimal("0.035")),
        report_with(2, 350, 350, Decimal("0.04")),
        report_with(2, 350, 350, Decimal("0.03")),  # cut after two decimals
        report_with(0, 0, 0, 0, "0元"),
    ],
)
def test_fees_that_agree_give_nothing(report: Report) -> None:
    assert [f.message for f in of_fees(report)] == []


def words(text: str, **fees: int) -> Report:
    report = set_text(report_2021(), {**TEXT, "other_matters": [text]})
    report.processing_fees = {"notices": None, "charged_yuan": None, "collected_yuan": None, **fees}
    return report


@pytest.mark.parametrize(
    "report",
    [
        words("全年未发出收费通知，收取信息处理费0元。", notices=0, collected_yuan=0),
        words("2024年度我镇未发出信息处理费收费通知，未收取信息处理费。"),
        words("没有发出收费通知，实际收取0元。"),
    ],
)
def test_where_no_notice_was_issued_its_total_is_not_asked_for(report: Report) -> None:
    assert of_fees(report) == []


@pytest.mark.parametrize("text", ["本年度未收取信息处理费。", "无。", "未发出收费通知。"])
def test_what_is_left_open_is_asked_for(text: str) -> None:
    assert [(f.name, f.severity) for f in of_fees(words(text))] == [("fees_incomplete", "warning")]
