"""What a file says and the report written from it does not: kept where it can be, else told."""

from __future__ import annotations

from tests.annual.writing.random_texts import report_with_text

from gongkai.annual import read_reports
from gongkai.annual.report import Report
from gongkai.annual.writing import write_report
from gongkai.annual.writing.printed import Heading, print_report
from gongkai.documents import read_document

OLD_TEXT = """岚汐县青石镇2016年政府信息公开工作年度报告
一、概述
2016年，全镇公开工作平稳推进。
二、组织领导情况
成立领导小组，由镇长任组长。
三、复议和诉讼情况
（一）行政复议
发生行政复议申请0件。
（二）行政诉讼
发生行政诉讼案件0件。
四、主动公开工作情况
全年主动公开信息12条。
五、工作效果
群众知晓率提高。
"""


def read(content: bytes, name: str) -> Report:
    [report] = read_reports(read_document(content, name))
    return report


def notes_of(report: Report) -> str:
    return "".join(zh for zh, _ in print_report(report).notes)


def test_an_old_report_keeps_its_own_headings_in_their_own_order() -> None:
    printed = print_report(read(OLD_TEXT.encode(), "old.txt"))
    headings = [part.text for part in printed.parts if isinstance(part, Heading)]
    assert headings == [
        "一、概述",
        "二、组织领导情况",
        "三、复议和诉讼情况",
        "四、主动公开工作情况",
        "五、工作效果",
    ]
    assert "（一）行政复议" in printed.text()
    assert printed.notes == []


def test_lines_without_a_place_in_the_layout_are_counted_and_quoted() -> None:
    page = write_report(report_with_text("2021", 3), "html").content.decode()
    page = page.replace("<h1>", "<p>来源：岚汐县档案馆</p><p>打印本页</p><h1>")
    zh = notes_of(read(page.encode(), "page.html"))
    assert "2 行" in zh
    assert "来源：岚汐县档案馆" in zh


def test_a_heading_in_other_words_than_the_forms_is_told() -> None:
    page = write_report(report_with_text("2021", 3), "html").content.decode()
    report = read(page.replace("一、总体情况", "一、政府信息公开工作概况").encode(), "page.html")
    assert "工作概况" in notes_of(report)


def test_a_report_of_which_all_is_written_has_no_note() -> None:
    page = write_report(report_with_text("2021", 3), "html").content
    assert notes_of(read(page, "page.html")) == ""
    assert notes_of(report_with_text("2021", 3)) == ""
