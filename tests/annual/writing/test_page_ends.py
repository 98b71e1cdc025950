"""Where the pages of a written report end: tables and headings whole, in files of every length."""

from __future__ import annotations

import io
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from tests.annual.writing.random_texts import report_with_text

from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.annual.writing import write_report
from gongkai.annual.writing.leading import leads_to
from gongkai.annual.writing.printed import Heading, Paragraph
from gongkai.annual.writing.tables import printed_tables

LINES = range(1, 23, 2)  # of a page of 22: a table begins at each height


def report_of(lines: int, code: str) -> Report:
    """A report whose first section pushes the tables down by that many lines."""
    report = report_with_text(code, 1)
    report.sections["overview"] = "\n".join(
        ["全年更新目录。"] * (lines - 1) + ["（二）制度建设情况", "已建立。"]
    )
    return report


def pages_of(report: Report) -> list[list[str]]:
    """The lines of each page but its number."""
    pages = pypdfium2.PdfDocument(write_report(report, "pdf").content)
    return [page.get_textpage().get_text_range().splitlines()[:-1] for page in pages]


def page_with(pages: list[list[str]], words: str) -> list[int]:
    return [number for number, lines in enumerate(pages) if any(words in line for line in lines)]


@pytest.mark.parametrize("code", ["2021", "2019"])
@pytest.mark.parametrize("lines", LINES)
def test_no_page_of_a_pdf_parts_what_belongs_together(lines: int, code: str) -> None:
    pages = pages_of(report_of(lines, code))
    first, last = form(code).proactive[0].item, form(code).proactive[-1].rows[-1].label
    assert page_with(pages, first) == page_with(pages, last)
    assert page_with(pages, "1.属于国家秘密") == page_with(pages, "8.属于行政查询事项")
    assert page_with(pages, "（一）予以公开") == page_with(pages, "一、本年新收政府信息公开申请数量")
    assert page_with(pages, "（七）总计") == page_with(pages, "四、结转下年度继续办理")
    assert page_with(pages, "四、政府信息公开行政复议") == page_with(pages, "未经复议直接起诉")
    assert page_with(pages, "（二）制度建设情况") == page_with(pages, "已建立。")


@pytest.mark.parametrize("lines", LINES)
def test_no_page_of_a_pdf_ends_with_a_heading(lines: int) -> None:
    ends = [page[-1].strip() for page in pages_of(report_of(lines, "2021"))]
    headings = {
        f"{numeral}、{label}"
        for numeral, (_, label) in zip("一二三四五六", form("2021").sections, strict=True)
    }
    assert not headings & set(ends)


def test_a_heading_within_the_table_of_2014_never_ends_a_page_and_the_last_rows_stay_together() -> None:
    headings = {row.label for row in form("2014").statistics if row.kind == "heading"}
    for lines in range(1, 23, 3):
        report = report_with_text("2014", 1)
        report.sections["overview"] = "\n".join(["全年更新目录。"] * lines)
        pages = pages_of(report)
        assert not headings & {page[-1].strip() for page in pages}
        assert report.statistics is not None
        assert page_with(pages, report.statistics[-1]["label"]) == page_with(
            pages, report.statistics[-2]["label"]
        )


def kept_with_next(row: Any) -> bool:
    return all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p")))


def test_word_keeps_short_tables_whole_and_the_groups_of_table_three() -> None:
    document = docx.Document(io.BytesIO(write_report(report_with_text("2021", 1), "docx").content))
    rows = [[kept_with_next(row) for row in table._tbl.findall(qn("w:tr"))] for table in document.tables]
    assert [row.count(False) for row in rows] == [1, 5, 1]
    ends = [number for number, kept in enumerate(rows[1]) if not kept]
    below = [document.tables[1].cell(number + 1, 1).text for number in ends[:-1]]
    assert below == ["（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"]


def test_a_gap_parts_a_paragraph_from_the_table_below_it() -> None:
    report = report_with_text("2021", 2)
    report.sections["remedies"] = "复议机关的意见均已落实。"
    document = docx.Document(io.BytesIO(write_report(report, "docx").content))
    above = next(p for p in document.paragraphs if p.text == report.sections["remedies"])
    assert above.paragraph_format.space_after.pt == 6
    assert above.paragraph_format.keep_with_next


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("（二）改进情况", True),
        ("1.公开平台建设", True),
        ("主要问题如下：", True),
        ("（一）加强学习，提高能力。", False),
        ("全年更新目录", False),
    ],
)
def test_a_paragraph_that_is_a_heading_stays_with_what_follows(text: str, leads: bool) -> None:
    assert leads_to(Paragraph(text), Paragraph("一是加强学习。")) is leads
    assert not leads_to(Paragraph(text), None)


def test_a_long_paragraph_may_leave_the_table_below_it() -> None:
    [table, *_] = printed_tables(report_with_text("2021", 1))
    assert leads_to(Heading("二、主动公开政府信息情况"), table)
    assert leads_to(Paragraph("情况如下。"), table)
    assert not leads_to(Paragraph("很长的说明，" * 40), table)
