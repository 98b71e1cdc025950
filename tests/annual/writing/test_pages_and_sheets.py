"""The written html page, csv file and workbook."""

from __future__ import annotations

import csv
import io

import python_calamine
from selectolax.lexbor import LexborHTMLParser
from tests.annual.writing.random_texts import report_with_text

from gongkai.annual.report import Report
from gongkai.annual.writing import write_report


def page(report: Report) -> LexborHTMLParser:
    return LexborHTMLParser(write_report(report, "html").content.decode())


def records(report: Report) -> list[list[str]]:
    content = write_report(report, "csv").content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_page_loads_and_runs_nothing() -> None:
    tree = page(report_with_text("2021", 1))
    assert tree.css("script, link, img, iframe, [onclick], [src], [href]") == []
    style = tree.css_first("style")
    assert style is not None
    assert "url(" not in style.text()
    assert "@import" not in style.text()


def test_the_page_has_a_language_one_main_heading_and_the_sections_below_it() -> None:
    report = report_with_text("2021", 1)
    tree = page(report)
    html = tree.css_first("html")
    assert html is not None
    assert html.attributes["lang"] == "zh-Hans"
    assert [h.text() for h in tree.css("h1")] == [f"{report.organ}{report.year}年政府信息公开工作年度报告"]
    assert len(tree.css("h2")) == 6
    assert tree.css_first("meta[name=viewport]") is not None


def test_tables_have_captions_and_every_heading_cell_its_scope() -> None:
    tree = page(report_with_text("2021", 1))
    assert [len(table.css("caption")) for table in tree.css("table")] == [1, 1, 1]
    scopes = {cell.attributes.get("scope") for cell in tree.css("th")}
    assert scopes == {"col", "colgroup", "row", "rowgroup"}
    assert len(tree.css("table")[1].css("thead tr")) == 3


def test_a_wide_table_scrolls_in_its_own_frame_that_the_keyboard_reaches() -> None:
    frames = page(report_with_text("2021", 1)).css("div.frame")
    assert len(frames) == 3
    assert all(frame.attributes["tabindex"] == "0" and frame.attributes["aria-label"] for frame in frames)


def test_markup_in_a_text_is_shown_as_text() -> None:
    report = report_with_text("2021", 1)
    report.sections["overview"] = "<img src=x onerror=alert(1)>&amp;。"
    tree = page(report)
    assert tree.css("img") == []
    assert "<img src=x onerror=alert(1)>&amp;。" in [p.text() for p in tree.css("p")]


def test_excel_takes_the_csv_file_for_utf_8() -> None:
    assert write_report(report_with_text("2021", 2), "csv").content.startswith(b"\xef\xbb\xbf")


def test_no_text_of_the_csv_file_begins_as_a_formula() -> None:
    report = report_with_text("2021", 2)
    report.sections["overview"] = "=1+1是公式。\n+86是区号。\n@某单位的账号。\n-另一行。"
    report.title = "=cmd"
    begins = [cell for record in records(report) for cell in record if cell[:1] in ("=", "+", "@")]
    assert begins == []
    assert not [cell for record in records(report) for cell in record if cell[:1] == "-" and cell[1:2] > "9"]


def test_a_row_of_the_csv_file_is_a_row_of_the_form() -> None:
    report = report_with_text("2021", 2)
    assert report.requests is not None
    row = next(r for r in records(report) if r and r[0] == "一、本年新收政府信息公开申请数量")
    assert row[3:10] == [str(report.requests["received.new"][c]) for c in report.requests["received.new"]]


def test_figures_of_the_workbook_are_numbers_and_texts_are_no_formulas() -> None:
    report = report_with_text("2021", 3)
    report.sections["overview"] = "=1+1"
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(write_report(report, "xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert any("=1+1" in str(cell) for row in rows for cell in row)
    assert report.requests is not None
    new = next(row for row in rows if row[0] == "一、本年新收政府信息公开申请数量")
    assert new[-1] == float(report.requests["received.new"]["total"])


def test_the_sheet_is_named_for_organ_and_year() -> None:
    report = report_with_text("2021", 3)
    report.organ = "甲/乙:丙[丁]县人民政府" + "某" * 40
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(write_report(report, "xlsx").content))
    [name] = book.sheet_names
    assert len(name) <= 31
    assert name.startswith("甲 乙 丙 丁 县人民政府")
    assert name.endswith(str(report.year))
