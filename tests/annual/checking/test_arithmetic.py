"""Sums and identities of tables 2 to 4: what holds is left alone, what does not is named with its cells."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from tests.annual.checking.reports import (
    COLUMNS,
    ROWS,
    random_requests,
    report_2014,
    report_2019,
    report_2021,
    requests_table,
    set_cell,
)

from gongkai.annual.checking import check
from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.report import Report, Unread

ARITHMETIC = {"row_sum", "column_sum", "balance", "remedies_sum"}
WARNINGS = {name + "_blank" for name in ARITHMETIC}


def named(findings: list[Finding], *names: str) -> list[Finding]:
    return [finding for finding in findings if finding.name in names]


@pytest.mark.parametrize(
    "report", [report_2021(), report_2019(), report_2014()], ids=["2021", "2019", "2014"]
)
def test_a_valid_report_has_neither_errors_nor_warnings(report: Report) -> None:
    assert [f.message for f in check(report) if f.severity != "info"] == []


@pytest.mark.parametrize("seed", range(300))
def test_a_random_valid_table_never_gives_an_arithmetic_finding(seed: int) -> None:
    report = report_2021(requests=random_requests(seed))
    assert named(check(report), *ARITHMETIC, *WARNINGS) == []


@pytest.mark.parametrize("seed", range(300))
def test_one_changed_cell_gives_an_error_that_names_the_cell_and_its_right_value(seed: int) -> None:
    draw = random.Random(seed)
    report = report_2021(requests=random_requests(seed))
    row, column = draw.choice(ROWS), draw.choice(COLUMNS)
    path = f"requests.{row}.{column}"
    right = report.value(path)
    assert isinstance(right, int)
    set_cell(report, path, right + draw.choice((1, 2, 10, 100)))
    errors = named(check(report), *ARITHMETIC)
    assert errors
    assert all(path in error.cells for error in errors)
    label = next(c.label for c in form("2021").columns if c.code == column)
    assert all(f"的“{label}”一格有误，改为{right}" in error.message for error in errors)


def test_a_row_sum_names_all_seven_cells_and_writes_the_sum_out() -> None:
    report = set_cell(report_2021(), "requests.granted.total", 12)
    found = next(f for f in check(report) if f.rule == "FMT.T3.A")
    assert (found.severity, found.expected, found.found) == ("error", 11, 12)
    assert found.cells == [f"requests.granted.{column}" for column in COLUMNS]
    assert "9＋2＋0＋0＋0＋0＝11" in found.message
    assert "“（一）予以公开”一行" in found.message


def test_the_balance_names_the_four_cells_of_the_contract() -> None:
    table = requests_table()
    for column in ("natural_person", "total"):
        table["received.new"][column] += 3  # type: ignore[operator]
    found = [f for f in check(report_2021(requests=table)) if f.rule == "FMT.T3.C"]
    assert [(f.expected, f.found) for f in found] == [(26, 23), (30, 27)]
    assert found[1].cells == [
        "requests.received.new.total",
        "requests.received.carried_in.total",
        "requests.concluded.total",
        "requests.carried_forward.total",
    ]


def test_two_wrong_cells_are_told_apart() -> None:
    report = set_cell(report_2021(), "requests.granted.natural_person", 19)
    set_cell(report, "requests.unavailable.not_held.business", 4)
    messages = "".join(f.message for f in named(check(report), *ARITHMETIC))
    assert "“（一）予以公开”的“自然人”一格有误，改为9" in messages
    assert "1.本机关不掌握相关政府信息”的“商业企业”一格有误，改为1" in messages


def test_form_2019_adds_its_single_row_of_other_outcomes() -> None:
    report = set_cell(report_2019(), "requests.other.natural_person", 2)
    set_cell(report, "requests.other.total", 2)
    assert [f.rule for f in named(check(report), *ARITHMETIC)] == ["FMT.T3.B", "FMT.T3.B"]


def test_form_2021_may_print_other_outcomes_as_one_row() -> None:
    table = report_2019().requests
    findings = check(report_2021(requests=table))
    assert named(findings, *ARITHMETIC) == []
    assert named(findings, "single_other_row")[0].severity == "info"


def test_an_unread_cell_is_one_finding_and_no_sum_rests_on_it() -> None:
    report = set_cell(report_2021(), "requests.granted.business", None)
    report.unread = [Unread(["requests.granted.business"], "该格无法辨认", "illegible")]
    findings = check(report)
    assert named(findings, *ARITHMETIC, *WARNINGS, "blank_in_table_three") == []
    unread = named(findings, "unread_cells")
    assert [(f.rule, f.severity, f.cells) for f in unread] == [
        ("READ.1", "warning", ["requests.granted.business"])
    ]


@pytest.mark.parametrize("row", ["granted", "concluded", "carried_forward", "received.new"])
def test_an_absent_row_gives_no_arithmetic_finding(row: str) -> None:
    report = report_2021()
    assert report.requests is not None
    del report.requests[row]
    assert named(check(report), *ARITHMETIC, *WARNINGS) == []


def test_blanks_for_zeros_are_one_finding_a_table() -> None:
    table: dict[str, dict[str, Any]] = requests_table()  # type: ignore[assignment]
    for row in table.values():
        for column, value in row.items():
            row[column] = value or None
    findings = check(report_2021(requests=table))
    assert named(findings, *ARITHMETIC, *WARNINGS) == []
    assert [(f.rule, f.severity) for f in named(findings, "blank_in_table_three")] == [
        ("FMT.T3.E", "warning")
    ]


def test_a_blank_that_could_mend_a_sum_makes_it_a_warning() -> None:
    report = set_cell(report_2021(), "requests.granted.business", None)
    findings = check(report)
    assert named(findings, *ARITHMETIC) == []
    assert {f.severity for f in named(findings, *WARNINGS)} == {"warning"}


def test_a_blank_that_cannot_mend_a_sum_leaves_it_an_error() -> None:
    report = set_cell(report_2021(), "requests.granted.research", None)
    set_cell(report, "requests.granted.total", 5)
    assert [(f.expected, f.found) for f in named(check(report), "row_sum")] == [(11, 5)]


def test_blank_totals_of_many_rows_are_one_warning() -> None:
    table: dict[str, dict[str, Any]] = requests_table()  # type: ignore[assignment]
    for row in ROWS:
        table[row]["total"] = None
    findings = check(report_2021(requests=table))
    assert named(findings, *ARITHMETIC) == []
    assert len(named(findings, "row_sum_blank")) == 1


CHANGES: list[tuple[str, Any, str, str, str, int | None]] = [
    # cell, new value, rule, check, severity, expected
    ("remedies.reconsideration.total", 5, "FMT.T4.A", "remedies_sum", "error", 2),
    ("remedies.direct_litigation.pending", 3, "FMT.T4.A", "remedies_sum", "error", 4),
    ("remedies.litigation_after_reconsideration.upheld", 1, "FMT.T4.A", "remedies_sum", "error", 1),
    ("remedies.reconsideration.total", None, "FMT.T4.A", "remedies_sum_blank", "warning", 2),
    ("remedies.reconsideration.other", -1, "FMT.T4.A", "remedies_not_a_count", "error", None),
    ("requests.granted.research", -2, "FMT.T3.E", "requests_not_a_count", "error", None),
    ("requests.granted.research", Decimal("0.5"), "FMT.T3.E", "requests_not_a_count", "error", None),
    ("proactive.licences", -1, "FMT.T2.C2", "proactive_not_a_count", "error", None),
    (
        "proactive.normative_documents.issued",
        Decimal("1.5"),
        "FMT.T2.C2",
        "proactive_not_a_count",
        "error",
        None,
    ),
    (
        "proactive.administrative_fees",
        Decimal("-0.5"),
        "FMT.T2.C2",
        "proactive_negative_money",
        "error",
        None,
    ),
    ("proactive.licences", None, "FMT.T2.C2", "blank_in_table_two", "warning", None),
    ("remedies.reconsideration.other", None, "FMT.T4.A", "blank_in_table_four", "warning", None),
    ("processing_fees.collected_yuan", 930, "FMT.T2.C2", "processing_fee_not_in_table", "warning", None),
    ("proactive.rules.issued", 1, "FMT.T2", "rules_by_organ_without_power", "warning", 0),
    ("requests.other.other.total", 9, "FMT.T3.G", "many_others", "warning", None),
]


@pytest.mark.parametrize(("cell", "value", "rule", "name", "severity", "expected"), CHANGES)
def test_a_changed_cell_gives_the_finding_of_its_rule(
    cell: str, value: Any, rule: str, name: str, severity: str, expected: int | None
) -> None:
    found = named(check(set_cell(report_2021(), cell, value)), name)
    assert len(found) == 1
    assert (found[0].rule, found[0].severity) == (rule, severity)
    assert cell in found[0].cells
    if expected is not None:
        assert found[0].expected == expected


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("proactive.administrative_fees", Decimal("7730.28")),
        ("proactive.licences", 100000),
        ("processing_fees.collected_yuan", 0),
    ],
)
def test_large_figures_and_decimal_fees_are_no_fault(cell: str, value: Any) -> None:
    assert [f.name for f in check(set_cell(report_2021(), cell, value)) if f.severity == "error"] == []


def test_other_outcomes_below_the_threshold_are_no_fault() -> None:
    report = set_cell(report_2021(), "requests.other.other.total", 4)
    assert named(check(report), "many_others") == []


def test_a_change_of_projects_may_be_negative() -> None:
    report = set_cell(report_2019(), "proactive.licences.change", -3)
    assert [f.message for f in check(report) if f.severity == "error"] == []


def test_a_report_of_zeros_is_asked_about() -> None:
    report = report_2021()
    for block in (report.requests, {"": report.proactive}):
        for row in (block or {}).values():
            for key, value in row.items():
                row[key] = dict.fromkeys(value, 0) if isinstance(value, dict) else 0
    assert [f.severity for f in named(check(report), "all_zero")] == ["warning"]


def test_what_stands_in_a_cell_without_a_figure_is_quoted() -> None:
    report = report_2021()
    for path, words in (("requests.granted.total", "十一"), ("requests.granted.business", "1O")):
        set_cell(report, path, None)
        report.written[path] = words
    set_cell(report, "requests.concluded.other", None)
    report.written["requests.concluded.other"] = "／"
    found = named(check(report), "blank_in_table_three")
    assert [f.cells for f in found] == [
        ["requests.concluded.other"],
        ["requests.granted.business", "requests.granted.total"],
    ] or [f.cells for f in found] == [
        ["requests.granted.business", "requests.granted.total"],
        ["requests.concluded.other"],
    ]
    worded = next(f for f in found if len(f.cells) == 2)
    assert "“1O”“十一”" in worded.message
    assert "空白" not in worded.message
