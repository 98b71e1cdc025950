"""Files checked together: errors stop no other file, years find each other, results become documents."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
import python_calamine
from tests.annual.test_sheet import whole_report

from gongkai.annual.check_sheet import render_check_sheet
from gongkai.annual.checked import Checked, check_files, findings_to_json, previous_of, reports_to_json
from gongkai.annual.findings import Finding
from gongkai.annual.json_lines import dumps
from gongkai.annual.narrative_html import find_words
from gongkai.annual.report import Report
from gongkai.annual.workbook import write_workbook
from gongkai.documents import DocumentError, Place


def file(organ: str, year: int, name: str | None = None, **edit: Any) -> tuple[str, bytes]:
    report = whole_report("2021")
    report.organ, report.year = organ, year
    return name or f"{organ}{year}.json", dumps({**report.to_json(), **edit}).encode()


def test_a_file_that_cannot_be_read_stops_no_other() -> None:
    results = check_files([("坏.docx", b"\x00\x01"), file("虚构县人民政府", 2024), ("空.txt", b"")])
    assert [item.error is None for item in results] == [False, True, False]
    assert results[2].error is not None
    assert results[2].error.code == "empty"


def test_progress_names_each_file_when_it_is_done() -> None:
    done: list[str] = []
    check_files([("a.txt", b""), ("b.txt", b"")], progress=done.append)
    assert done == ["a.txt", "b.txt"]


def test_a_failure_of_our_own_is_an_error_of_that_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import gongkai.annual

    monkeypatch.setattr(gongkai.annual, "read_reports", lambda document: 1 / 0)
    (item,) = check_files([file("虚构县人民政府", 2024)])
    assert item.error is not None
    assert "程序出错" in item.error.zh


def test_consecutive_years_of_one_organ_find_each_other_in_any_order() -> None:
    later, earlier = file("虚构县人民政府", 2024), file("虚构县人民政府", 2023)
    results = check_files([later, earlier])
    assert [item.compared_with for item in results] == [earlier[0], None]
    assert "FMT.T3.D" in {finding.rule for finding in results[0].findings}


@pytest.mark.parametrize(
    ("organ", "year", "found"),
    [
        ("虚构市虚构县人民政府", 2023, True),  # the same organ with the place above it
        ("虚 构县人民政府", 2023, True),
        ("虚构县人民政府", 2022, False),
        ("别县人民政府", 2023, False),
        (None, 2023, False),
    ],
)
def test_the_year_before_is_the_same_organs(organ: str | None, year: int, found: bool) -> None:
    report = Report("a", "虚构县人民政府", 2024)
    assert (previous_of(report, [Report("b", organ, year)]) is not None) == found


def test_a_short_name_is_not_taken_for_the_end_of_a_longer_one() -> None:
    assert previous_of(Report("a", "财政局", 2024), [Report("b", "虚构县财政局", 2023)]) is None


def test_a_previous_report_that_fits_no_report_is_said_at_each() -> None:
    files = [file("甲县人民政府", 2024), file("乙县人民政府", 2024)]
    results = check_files(files, previous=file("丙县人民政府", 2023))
    assert all("不是本报告的上一年度报告" in item.notes[0][0] for item in results)
    assert all("not this report's previous year" in item.notes[0][1] for item in results)


def test_the_json_of_results_names_the_source_of_each() -> None:
    results = check_files([file("甲县人民政府", 2024), ("空.txt", b"")])
    assert [report["source"] for report in reports_to_json(results)] == ["甲县人民政府2024.json"]
    findings = findings_to_json(results)
    assert {f["source"] for f in findings} == {"甲县人民政府2024.json"}
    assert {f["year"] for f in findings} == {2024}


HOSTILE = ("=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "http://example.org", "<b>&")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_report_becomes_a_formula_or_a_link(text: str) -> None:
    report = whole_report("2021")
    report.organ = report.title = text
    report.written["requests.granted.total"] = text
    finding = Finding("NAR.1", "error", text, text, ["requests.granted.total"], quote=text)
    content = write_workbook(
        [Checked(text, report, [finding]), Checked(text, error=DocumentError("x", text, text))]
    )
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert text in book.get_sheet_by_name("概览").to_python()[1]
    assert text in book.get_sheet_by_name("核对结果").to_python()[1]


def test_two_reports_with_one_name_get_two_worksheets() -> None:
    long = "名称很长的虚构机关" * 5
    results = [Checked(f"{n}.txt", whole_report("2021")) for n in range(3)]
    for item in results:
        assert item.report is not None
        item.report.organ = long + "[]:*?/\\"
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(write_workbook(results)))
    assert len(set(book.sheet_names)) == 5
    assert max(map(len, book.sheet_names)) <= 31


def test_a_workbook_of_nothing_read_still_opens() -> None:
    content = write_workbook([Checked("a.txt", error=DocumentError("empty", "空文件", "empty"))])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_name("概览").to_python()[1][-1] == "空文件"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_check_sheet_holds_all_and_needs_nothing_else(lang: str) -> None:
    report = whole_report("2021")
    report.lines = [("overview", "全年办结 <b>5</b> 件。", Place(line=3))]
    finding = Finding(
        "NAR.1",
        "error",
        "正文与表格不一致",
        "Text differs",
        ["requests.concluded.total"],
        quote="办结<b>5</b>件",
    )
    unread = Checked("b", error=DocumentError("x", "坏", "bad"))
    text = render_check_sheet([Checked("a.txt", report, [finding]), unread], lang)
    assert not re.search(r"<script|<link|src=|url\(", text)
    assert "<b>5</b>" not in text
    assert 'href="#r1-requests.concluded.total"' in text
    assert 'id="r1-requests.concluded.total"' in text
    assert "<mark" in text
    assert ("坏" if lang == "zh" else "bad") in text


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("全年办结5件。", "办结5件", "办结5件"),
        ("全年　办结 5 件。", "办结5件", "办结 5 件"),
        ("全年办结5件。", "办 结5件", "办结5件"),
        ("全年办结5件。", "受理5件", None),
        ("全年办结5件。", "  ", None),
    ],
)
def test_quoted_words_are_found_whatever_the_spaces(text: str, wanted: str, found: str | None) -> None:
    at = find_words(text, wanted)
    assert (None if at is None else text[slice(*at)]) == found


def test_overlapping_quotes_are_both_marked_and_no_word_is_lost() -> None:
    report = whole_report("2021")
    report.lines = [("overview", "甲乙丙丁戊己", Place(line=1))]
    findings = [
        Finding("NAR.1", "error", "一", "one", quote="乙丙丁"),
        Finding("NAR.2", "warning", "二", "two", quote="丁戊"),
    ]
    text = render_check_sheet([Checked("a.txt", report, findings)])
    narrative = text[text.index('class="narrative-text"') :]
    shown = re.sub(r"<a[^>]*marker[^>]*>\d</a>", "", narrative)
    assert "甲乙丙丁戊己" in re.sub(r"<[^>]+>", "", shown)
    assert 'data-findings="r1-f1 r1-f2"' in narrative
    assert 'id="r1-q1"' in narrative
    assert 'id="r1-q2"' in narrative


def test_headings_stand_in_the_text_where_the_report_has_them() -> None:
    report = Report("a.txt", "虚构县人民政府", 2017, "2014")
    report.lines = [
        ("front", "引言", Place(line=1)),
        ("other_matters", "第一段", Place(line=3)),
        ("proactive", "第二段", Place(line=6)),
        ("other_matters", "第三段", Place(line=7)),
    ]
    report.headings = [
        ("proactive", "一、主动公开", Place(line=2)),
        ("requests", "二、依申请公开", Place(line=4)),
        ("remedies", "三、复议诉讼", Place(line=5)),
    ]
    text = render_check_sheet([Checked("a.txt", report)])
    narrative = text[text.index('class="narrative-text"') :]
    order = re.findall(r"<(?:p|h4)>([^<]+)</", narrative)
    assert order[:6] == ["引言", "一、主动公开", "第一段", "三、复议诉讼", "第二段", "第三段"]


def test_the_check_sheet_and_the_workbook_need_no_django() -> None:
    import subprocess
    import sys

    modules = "check_sheet, workbook, checked, contract, sheet"
    program = f"import sys; from gongkai.annual import {modules}; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_the_contracts_finding_has_nothing_else_in_it() -> None:
    (finding, *_) = findings_to_json(check_files([file("甲县人民政府", 2024)]))
    json.loads(dumps(finding))
    assert {"source", "rule", "severity", "organ", "year", "cells", "expected", "found", "message"} <= set(
        finding
    )


def test_a_fault_while_checking_one_report_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.annual import checking

    right = checking.check

    def faulty(report: Report, **given: Any) -> list[Finding]:
        if report.source == "first.json":
            raise RuntimeError("a fault of ours")
        return right(report, **given)

    monkeypatch.setattr(checking, "check", faulty)
    first, second = check_files(
        [file("虚构镇人民政府", 2024, "first.json"), file("虚构县水利局", 2024, "second.json")]
    )
    assert first.error is not None
    assert second.report is not None
