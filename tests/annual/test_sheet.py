"""The printed tables: every figure once, spans that fill the grid, blanks that stay blanks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gongkai.annual.contract import report_from_json
from gongkai.annual.forms import form
from gongkai.annual.report import Report, Unread
from gongkai.annual.sheet import SheetTable, cell_name, cell_place, sheet_tables


def whole_report(code: str, single_other: bool = False) -> Report:
    """A report of the form with a different number in each cell, so that a swapped cell is seen."""
    rows = form(code)
    numbers = iter(range(1, 1000))
    report = Report("a.txt", "虚构县人民政府", int(code), code)
    report.proactive = {}
    for block in rows.proactive:
        for row in block.rows:
            cells: Any = {c.code: next(numbers) for c in block.columns if c.code}
            report.proactive[row.code] = cells or next(numbers)
    codes = [row.code for row in rows.rows_with(single_other)]
    report.requests = {row: {c.code: next(numbers) for c in rows.columns} for row in codes}
    report.remedies = {
        group.code: {c.code: next(numbers) for c in rows.remedy_columns} for group in rows.remedy_groups
    }
    report.processing_fees = {"notices": 1, "charged_yuan": 2, "collected_yuan": Decimal("0.50")}
    return report


def grid(table: SheetTable) -> dict[tuple[int, int], str]:
    """The text at each place of the grid; fails where two cells cover one place."""
    filled: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in filled:
                column += 1
            for r in range(cell.rowspan):
                for c in range(cell.colspan):
                    assert (row + r, column + c) not in filled
                    filled[row + r, column + c] = cell.text
    return filled


@pytest.mark.parametrize(("code", "single"), [("2021", False), ("2021", True), ("2019", True)])
def test_every_figure_of_a_report_is_printed_once(code: str, single: bool) -> None:
    report = whole_report(code, single)
    printed = [cell for table in sheet_tables(report) for row in table.rows for cell in row if cell.path]
    assert [c.path for c in printed if report.value(c.path or "") is None] == []
    assert sorted(c.path or "" for c in printed) == sorted(path for path, _ in report.cells())
    assert {c.path: c.text for c in printed} == {path: str(value) for path, value in report.cells()}


@pytest.mark.parametrize(("code", "single"), [("2021", False), ("2021", True), ("2019", True)])
def test_spans_fill_every_place_of_the_table_and_none_twice(code: str, single: bool) -> None:
    for table in sheet_tables(whole_report(code, single)):
        assert len(grid(table)) == len(table.rows) * table.columns, table.code


def test_a_figure_stands_in_the_row_and_column_of_its_labels() -> None:
    report = whole_report("2021")
    table = next(t for t in sheet_tables(report) if t.code == "requests")
    places = grid(table)
    row = next(r for (r, _), text in places.items() if text == "7.属于行政执法案卷")
    column = next(c for (r, c), text in places.items() if text == "法律服务机构" and r == table.heads - 1)
    assert places[row, column] == str(report.value("requests.refused.enforcement_file.legal_services"))
    assert places[row, 0] == "三、本年度办理结果"
    assert places[row, 1] == "（三）不予公开"


def test_other_outcomes_as_one_row_are_printed_as_one_row() -> None:
    table = next(t for t in sheet_tables(whole_report("2021", single_other=True)) if t.code == "requests")
    texts = set(grid(table).values())
    assert "（六）其他处理" in texts
    assert "3.其他" not in texts


def test_a_blank_an_unread_and_an_absent_cell_are_told_apart() -> None:
    report = whole_report("2021")
    assert report.requests is not None
    report.requests["granted"]["total"] = None
    report.requests["partly_granted"]["total"] = None
    report.unread.append(Unread(["requests.partly_granted.total"], "看不清", "not legible"))
    del report.requests["not_processed.petition"]
    cells = {c.path: c for t in sheet_tables(report) for row in t.rows for c in row if c.path}
    assert cells["requests.granted.total"].state == "blank"
    assert cells["requests.partly_granted.total"].state == "unread"
    assert cells["requests.not_processed.petition.total"].state == "absent"
    assert {c.text for c in cells.values() if c.state} == {""}


def test_what_the_report_writes_beside_a_number_is_kept() -> None:
    report = whole_report("2021")
    report.written["requests.granted.total"] = "55（含自然失效29件）"
    report.written["requests.granted.other"] = str(report.value("requests.granted.other"))
    cells = {c.path: c for t in sheet_tables(report) for row in t.rows for c in row if c.path}
    assert cells["requests.granted.total"].note == "55（含自然失效29件）"
    assert cells["requests.granted.other"].note == ""


def test_the_old_form_is_printed_row_by_row_with_its_levels() -> None:
    rows = [
        {"label": "三、依申请公开情况", "unit": None, "value": None},
        {"label": "（一）收到申请数", "unit": "件", "value": 6},
        {"label": "1.当面申请数", "unit": "件", "value": None},
        {"label": "本省增加的一行", "unit": "件", "value": 2},
    ]
    (table,) = sheet_tables(report_from_json({"year": 2017, "form": "2014", "statistics": rows}, "a.json"))
    names = [row[0] for row in table.rows[1:]]
    assert [cell.level for cell in names] == [0, 1, 2, 2]
    assert [row[2].path for row in table.rows[1:]] == [None, *(f"statistics.{n}.value" for n in (1, 2, 3))]
    assert table.rows[3][2].state == "blank"


def test_a_table_that_the_report_lacks_is_not_printed() -> None:
    report = whole_report("2021")
    report.remedies = None
    assert [table.code for table in sheet_tables(report)] == ["proactive", "requests", "processing_fees"]


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        (
            "requests.received.new.total",
            ("一、本年新收政府信息公开申请数量", "总计"),
            ("new requests received this year", "total"),
        ),
        (
            "remedies.direct_litigation.upheld",
            ("未经复议直接起诉", "结果维持"),
            ("litigation without reconsideration", "upheld"),
        ),
        ("proactive.penalties", ("行政处罚", "本年处理决定数量"), ("penalties", "")),
        ("processing_fees.notices", ("信息处理费", "收费通知（件）"), ("fee notices issued", "")),
        ("no.such.cell", ("no.such.cell", ""), ("no: such: cell", "")),
    ],
)
def test_a_cell_has_a_name_that_a_clerk_finds(path: str, zh: tuple[str, str], en: tuple[str, str]) -> None:
    report = whole_report("2021")
    assert cell_place(path, report) == zh
    assert cell_place(path, report, "en") == en
    assert cell_name(path, report) == " · ".join(filter(None, zh))


def test_large_and_small_numbers_are_printed_digit_for_digit() -> None:
    report = whole_report("2021")
    assert report.proactive is not None
    report.proactive["administrative_fees"] = Decimal("1E+3")
    report.proactive["penalties"] = Decimal("0.0000001")
    texts = {c.path: c.text for t in sheet_tables(report) for row in t.rows for c in row if c.path}
    assert texts["proactive.administrative_fees"] == "1000"
    assert texts["proactive.penalties"] == "0.0000001"
