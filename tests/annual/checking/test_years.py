"""Two years of one organ: FMT.T3.D, FMT.T2.C1, FMT.T4.B."""

from __future__ import annotations

from typing import Any

import pytest
from tests.annual.checking.reports import report_2019, report_2021, set_cell, with_overview

from gongkai.annual.checking import check
from gongkai.annual.checking.years import same_organ
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report

ACROSS = {
    "carried_in_not_last_year",
    "carried_in_shifted",
    "in_force_not_continued",
    "pending_cases_vanished",
    "projects_not_continued",
    "years_not_consecutive",
    "another_organ",
}


def last_year(**cells: Any) -> Report:
    """A report for 2023 that the valid one for 2024 continues: it carried 3 cases forward."""
    report = report_2021(year=2023)
    for column, value in (("natural_person", 3), ("business", 0), ("total", 3)):
        set_cell(report, f"requests.carried_forward.{column}", value)
    for path, value in cells.items():
        set_cell(report, path.replace("__", "."), value)
    return report


def across(previous: Report, report: Report | None = None) -> list[Finding]:
    return [f for f in check(report or report_2021(), previous=previous) if f.name in ACROSS]


def test_years_that_continue_give_nothing() -> None:
    assert across(last_year()) == []


CHANGES: list[tuple[dict[str, Any], str, str, str, Any, Any]] = [
    (
        {"requests__carried_forward__total": 5, "requests__carried_forward__natural_person": 3},
        "FMT.T3.D",
        "error",
        "requests.received.carried_in.total",
        5,
        3,
    ),
    (
        {"proactive__normative_documents__in_force": 4},
        "FMT.T2.C1",
        "warning",
        "proactive.normative_documents.in_force",
        4,
        0,
    ),
    (
        {"remedies__reconsideration__pending": 4},
        "FMT.T4.B",
        "warning",
        "remedies.reconsideration.total",
        4,
        2,
    ),
]


@pytest.mark.parametrize(("cells", "rule", "severity", "cell", "expected", "found"), CHANGES)
def test_what_does_not_continue_is_found(
    cells: dict[str, Any], rule: str, severity: str, cell: str, expected: Any, found: Any
) -> None:
    result = across(last_year(**cells))
    assert [(f.rule, f.severity, f.expected, f.found) for f in result] == [(rule, severity, expected, found)]
    assert cell in result[0].cells


def test_a_shift_between_kinds_of_requesters_is_one_warning() -> None:
    previous = last_year(requests__carried_forward__natural_person=2, requests__carried_forward__business=1)
    result = across(previous)
    assert [(f.rule, f.severity) for f in result] == [("FMT.T3.D", "warning")]
    assert result[0].cells == [
        "requests.received.carried_in.natural_person",
        "requests.received.carried_in.business",
    ]


def test_one_slip_in_a_kind_of_requester_and_in_the_total_is_one_finding() -> None:
    previous = last_year(requests__carried_forward__natural_person=5, requests__carried_forward__total=5)
    (finding,) = across(previous)
    assert (finding.rule, finding.severity, finding.expected, finding.found) == ("FMT.T3.D", "error", 5, 3)
    assert finding.cells == [
        "requests.received.carried_in.natural_person",
        "requests.received.carried_in.total",
    ]
    assert "“自然人”3（上年报告5）" in finding.message
    assert "“总计”3（上年报告5）" in finding.message


def test_years_that_do_not_follow_each_other_are_said_and_not_compared() -> None:
    previous = last_year(requests__carried_forward__total=50)
    previous.year = 2021
    assert [(f.name, f.severity) for f in across(previous)] == [("years_not_consecutive", "info")]


def test_another_organ_is_a_warning_and_not_compared() -> None:
    previous = last_year(requests__carried_forward__total=50)
    previous.organ = "甲县丙镇人民政府"
    assert [(f.name, f.severity) for f in across(previous)] == [("another_organ", "warning")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("甲县乙镇人民政府", "乙镇人民政府", True),
        ("子省丑市甲县乙镇人民政府", "丑市甲县乙镇人民政府", True),
        ("丑市教育局", "丑市教育局", True),
        ("丑市教育局", "寅市教育局", False),
        ("丑市教育局", "丑市卫生健康委员会", False),
        ("甲县乙镇人民政府", "甲县丁镇人民政府", False),
        (None, "甲县乙镇人民政府", True),
    ],
)
def test_an_organ_is_known_by_its_longer_and_shorter_name(one: str | None, other: str, same: bool) -> None:
    assert same_organ(one, other) is same


def test_without_last_year_the_implied_figure_is_given() -> None:
    report = set_cell(report_2021(), "proactive.normative_documents.in_force", 9)
    found = [f for f in check(report) if f.name == "implied_in_force"]
    assert [(f.severity, f.expected) for f in found] == [("info", 9)]
    report = set_cell(report_2021(), "proactive.normative_documents.issued", 5)
    found = [f for f in check(report) if f.name == "implied_in_force_negative"]
    assert [(f.severity, f.expected) for f in found] == [("warning", -3)]


def test_projects_of_the_2019_form_continue() -> None:
    previous = report_2019(year=2019)
    set_cell(previous, "proactive.licences.change", 2)
    for column, value in (("natural_person", 3), ("total", 3)):
        set_cell(previous, f"requests.carried_forward.{column}", value)
    result = across(previous, report_2019())
    assert [(f.name, f.expected, f.found) for f in result] == [("projects_not_continued", 7, 5)]


def test_a_text_may_leave_out_the_cases_pending_since_last_year() -> None:
    sentence = "2024年发生政府信息公开行政复议1件。"
    alone = [f for f in check(with_overview(sentence)) if f.rule == "NAR.1"]
    assert [(f.severity, f.expected, f.found) for f in alone] == [("error", 2, 1)]
    previous = last_year(remedies__reconsideration__pending=1)
    beside = [f for f in check(with_overview(sentence), previous=previous) if f.rule == "NAR.1"]
    assert [f.severity for f in beside] == ["warning"]
