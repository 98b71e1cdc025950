"""Texts that a reader might take for something else: addresses, signs of Markdown, other scripts."""

from __future__ import annotations

import pytest
from tests.annual.writing.random_texts import report_with_text

from gongkai.annual import read_reports
from gongkai.annual.report import Report
from gongkai.annual.writing import write_report
from gongkai.documents import read_document

TO = ("docx", "pdf", "html", "xlsx", "csv")
WITHOUT_PDF = tuple(to for to in TO if to != "pdf")  # its fonts have no such letters, which it says


def read_back(report: Report, to: str) -> Report:
    [found] = read_reports(read_document(write_report(report, to).content, f"report.{to}"))
    return found


def overview_back(text: str, to: str) -> str:
    report = report_with_text("2021", 1)
    report.sections["overview"] = text
    return read_back(report, to).sections["overview"]


@pytest.mark.parametrize("to", TO)
@pytest.mark.parametrize(
    "text",
    [
        "指南见以下网址：\nhttps://ogi.example.org/guide\n请按需查阅。",
        "全年更新公开目录。\nhttps://ogi.example.org/list?id=1\n目录已经公布。",
    ],
)
def test_a_paragraph_that_is_only_an_address_is_text(text: str, to: str) -> None:
    assert overview_back(text, to) == text


@pytest.mark.parametrize("to", TO)
def test_signs_of_markdown_are_text_where_the_file_is_no_markdown(to: str) -> None:
    told = overview_back("> 引用原文。\n**重点**工作已经完成。\n# 号开头的一句话。", to)
    assert told.replace(" ", "") == ">引用原文。\n**重点**工作已经完成。\n#号开头的一句话。"


@pytest.mark.parametrize("to", WITHOUT_PDF)
@pytest.mark.parametrize("text", ["ئۇيغۇر تىلى خەت", "བོད་ཡིག གསར་པ།", "два слова", "déjà été"])
def test_words_of_other_scripts_keep_the_blanks_between_them(text: str, to: str) -> None:
    assert overview_back(text, to) == text


@pytest.mark.parametrize("to", TO)
def test_one_short_sentence_before_the_first_section_is_kept(to: str) -> None:
    report = report_with_text("2021", 2)
    report.sections["front"] = "根据《条例》编制本报告。"
    assert read_back(report, to).sections["front"] == "根据《条例》编制本报告。"


@pytest.mark.parametrize("to", TO)
def test_a_number_alone_is_lost_at_most_with_a_note(to: str) -> None:
    report = report_with_text("2021", 3)
    report.sections["problems"] = "公开形式不多。\n3\n解读不够及时。"
    written = write_report(report, to, prove=True)
    [found] = read_reports(read_document(written.content, f"report.{to}"))
    kept = found.sections["problems"] == report.sections["problems"]
    assert kept != any("sections.problems" in zh for zh, _ in written.notes)
    assert kept or to == "html"
