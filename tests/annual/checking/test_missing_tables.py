"""Tables and rows that are not there or could not be read are said, each once (READ.1, FMT.T2 to T4)."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from tests.annual.checking.reports import report_2014, report_2019, report_2021, set_text

from gongkai.annual import read_reports
from gongkai.annual.checking import check
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report, Unread
from gongkai.documents import read_document

TABLES = {"proactive": "表二", "requests": "表三", "remedies": "表四"}


def gaps(report: Report) -> list[Finding]:
    return [f for f in check(report) if "missing" in f.name or f.rule == "READ.1"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("make", [report_2021, report_2019], ids=["form 2021", "form 2019"])
def test_a_table_that_is_missing_under_its_heading_is_one_error(
    table: str, make: Callable[..., Report]
) -> None:
    report = make(**{table: None})
    (finding,) = gaps(report)
    assert (finding.rule, finding.severity) == ("READ.1", "error")
    assert TABLES[table] in finding.message
    assert "未参加校验" in finding.message
    assert finding.place == next(place for code, _, place in report.headings if code == table)


def test_a_section_missing_with_its_table_is_one_error() -> None:
    report = report_2021(requests=None)
    report.headings = [heading for heading in report.headings if heading[0] != "requests"]
    assert [(f.name, f.severity) for f in gaps(report)] == [("section_missing_requests", "error")]


def test_a_table_of_which_no_cell_was_read_counts_as_missing_and_is_said_once() -> None:
    report = report_2021()
    cells = [path for path, _ in report.cells() if path.startswith("requests.")]
    report.requests = {code: dict.fromkeys(row) for code, row in (report.requests or {}).items()}
    report.unread = [Unread(cells, "第三张表的数字没有读出。", "table 3 could not be read")]
    assert [f.name for f in gaps(report)] == ["table_three_missing"]
    assert [f.name for f in check(report) if f.name.startswith("blank")] == []


def test_a_few_unread_cells_stay_a_warning() -> None:
    report = report_2021()
    report.unread = [Unread(["requests.granted.total"], "无法辨认。", "illegible")]
    assert [(f.name, f.severity) for f in gaps(report)] == [("unread_cells", "warning")]


@pytest.mark.parametrize(
    ("part", "code", "label", "rule"),
    [
        ("proactive", "licences", "行政许可", "FMT.T2"),
        ("proactive", "administrative_fees", "行政事业性收费", "FMT.T2"),
        ("requests", "refused.state_secret", "（三）不予公开 1.属于国家秘密", "FMT.T3"),
        ("requests", "carried_forward", "四、结转下年度继续办理", "FMT.T3"),
        ("requests", "other.other", "（六）其他处理 3.其他", "FMT.T3"),
        ("remedies", "direct_litigation", "行政诉讼（未经复议直接起诉）", "FMT.T4"),
    ],
)
def test_a_missing_row_is_an_error_that_names_it_and_its_cells(
    part: str, code: str, label: str, rule: str
) -> None:
    report = report_2021()
    del getattr(report, part)[code]
    (finding,) = gaps(report)
    assert (finding.rule, finding.severity) == (rule, "error")
    assert f"“{label}”" in finding.message
    assert finding.cells
    assert all(cell.startswith(f"{part}.{code}") for cell in finding.cells)


def test_many_missing_rows_are_one_finding() -> None:
    report = report_2021()
    table = report.requests or {}
    for code in [code for code in table if code.startswith(("refused", "unavailable"))]:
        del table[code]
    (finding,) = gaps(report)
    assert "11行" in finding.message
    assert len(finding.cells) == 11 * 7


def test_a_row_missing_in_table_two_of_the_trial_form_is_to_be_looked_at() -> None:
    report = report_2019()
    del (report.proactive or {})["central_procurement"]
    assert [(f.name, f.severity) for f in gaps(report)] == [("row_missing_in_trial_form", "warning")]


def test_other_outcomes_as_one_row_are_no_missing_rows() -> None:
    report = report_2021()
    table = report.requests or {}
    table["other"] = table.pop("other.not_supplemented")
    del table["other.fee_unpaid"], table["other.other"]
    assert gaps(report) == []


@pytest.mark.parametrize("year", [2009, 2013])
def test_reports_of_the_first_years_need_no_tables(year: int) -> None:
    report = set_text(
        Report("early.txt", form="2014", year=year, organ="甲县教育局"), {"overview": ["我局推进公开。"]}
    )
    assert gaps(report) == []


def test_reports_for_2014_to_2018_come_with_the_statistics_table() -> None:
    report = set_text(
        Report("old.txt", form="2014", year=2016, organ="甲县教育局"), {"overview": ["我局推进公开。"]}
    )
    assert [(f.name, f.severity) for f in gaps(report)] == [("statistics_table_missing", "warning")]
    assert gaps(report_2014()) == []


def test_a_valid_report_misses_nothing() -> None:
    assert gaps(report_2021()) == gaps(report_2019()) == []


def test_a_file_whose_tables_are_pictures_is_no_all_clear() -> None:
    document = docx.Document()
    document.add_heading("甲县乙镇人民政府2024年政府信息公开工作年度报告", 0)
    for number, words in enumerate(
        (
            "总体情况",
            "主动公开政府信息情况",
            "收到和处理政府信息公开申请情况",
            "政府信息公开行政复议、行政诉讼情况",
            "存在的主要问题及改进情况",
            "其他需要报告的事项",
        )
    ):
        document.add_heading(f"{'一二三四五六'[number]}、{words}", 1)
        if number in (0, 4, 5):
            document.add_paragraph("2024年，乙镇人民政府认真做好政府信息公开工作，加强业务培训。")
    content = io.BytesIO()
    document.save(content)
    [report] = read_reports(read_document(content.getvalue(), "pictures.docx"))
    errors = [f.name for f in check(report) if f.severity == "error"]
    assert errors == ["table_two_missing", "table_three_missing", "table_four_missing"]
