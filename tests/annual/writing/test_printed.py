"""What a written report says, before it has a file format."""

from __future__ import annotations

from tests.annual.writing.random_texts import report_with_text

from gongkai.annual.interpreting.fees import processing_fees
from gongkai.annual.report import Report, Unread
from gongkai.annual.writing.fees_sentence import fees_sentence
from gongkai.annual.writing.printed import Heading, Paragraph, print_report
from gongkai.annual.writing.tables import TEXT_WIDTH, PrintedTable, printed_tables


def texts(report: Report) -> list[str]:
    return [part.text for part in print_report(report).parts if isinstance(part, Paragraph)]


def headings(report: Report) -> list[str]:
    return [part.text for part in print_report(report).parts if isinstance(part, Heading)]


def table(report: Report, code: str) -> PrintedTable:
    return next(table for table in printed_tables(report) if table.code == code)


def test_the_six_sections_stand_in_the_order_of_the_form() -> None:
    assert headings(report_with_text("2021", 1)) == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_a_section_that_the_report_lacks_gets_no_heading_and_the_others_keep_their_numbers() -> None:
    report = report_with_text("2021", 1)
    del report.sections["problems"]
    report.remedies = None
    assert [text[:2] for text in headings(report)] == ["一、", "二、", "三、", "六、"]


def test_a_report_of_2014_ends_with_its_table_under_a_heading() -> None:
    printed = print_report(report_with_text("2014", 1))
    assert printed.parts[-2] == Heading("二、政府信息公开情况统计表")
    assert isinstance(printed.parts[-1], PrintedTable)


def test_the_statutory_sentence_on_fees_is_added_where_the_text_does_not_tell_them() -> None:
    report = report_with_text("2021", 2)
    report.sections["other_matters"] = "没有其他需要报告的事项。"
    report.processing_fees = {"notices": 1, "charged_yuan": 100, "collected_yuan": 0}
    assert texts(report)[-1] == fees_sentence(report.processing_fees, report.year)
    assert processing_fees(texts(report)[-1]) == report.processing_fees


def test_nothing_is_added_where_the_text_tells_the_fees() -> None:
    report = report_with_text("2021", 2)
    told = "全年发出收费通知1件，总金额100元，实际收取0元。"
    report.sections["other_matters"] = told
    report.processing_fees = {"notices": 1, "charged_yuan": 100, "collected_yuan": 0}
    assert texts(report)[-1] == told


def test_a_text_that_tells_other_fees_than_the_report_is_kept_and_noted() -> None:
    report = report_with_text("2021", 2)
    report.sections["other_matters"] = "全年发出收费通知1件，总金额100元，实际收取0元。"
    report.processing_fees = {"notices": 2, "charged_yuan": 200, "collected_yuan": 200}
    printed = print_report(report)
    assert any("信息处理费" in zh for zh, _ in printed.notes)
    assert "".join(texts(report)).count("收费通知") == 1


def test_a_long_title_is_broken_before_its_year() -> None:
    report = report_with_text("2021", 3)
    report.organ, report.year, report.title = "岚汐市栖霞区云栖街道办事处", 2024, None
    assert print_report(report).title_lines() == [
        "岚汐市栖霞区云栖街道办事处",
        "2024年政府信息公开工作年度报告",
    ]


def test_what_stands_before_the_first_section_is_printed_below_the_title() -> None:
    report = report_with_text("2021", 4)
    report.sections["front"] = "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。"
    assert print_report(report).front == [report.sections["front"]]


def test_text_of_the_sections_with_tables_is_kept() -> None:
    report = report_with_text("2021", 5)
    report.sections["requests"] = "本年度申请主要集中在征地领域。"
    assert "本年度申请主要集中在征地领域。" in texts(report)


def test_rows_that_the_report_does_not_have_are_not_printed_and_groups_shrink() -> None:
    report = report_with_text("2021", 6)
    assert report.requests is not None
    whole = table(report, "requests")
    for code in ("refused.state_secret", "refused.barred_by_law"):
        del report.requests[code]
    cut = table(report, "requests")
    assert len(cut.rows) == len(whole.rows) - 2
    spans = {p.cell.text: p.cell.rowspan for row in cut.rows for p in row if p.cell.header == "rowgroup"}
    assert spans["（三）不予公开"] == 6


def test_heads_are_merged_as_in_the_form() -> None:
    spans = {
        placed.cell.text: (placed.cell.rowspan, placed.cell.colspan)
        for row in table(report_with_text("2021", 6), "requests").rows[:3]
        for placed in row
    }
    assert spans["申请人情况"] == (1, 7)
    assert spans["法人或其他组织"] == (1, 5)
    assert spans["自然人"] == (2, 1)
    assert spans["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"] == (3, 3)


def test_columns_fill_the_width_of_the_page_and_long_figures_get_smaller_type() -> None:
    report = report_with_text("2021", 7)
    assert report.remedies is not None
    report.remedies["reconsideration"]["upheld"] = 123456789
    remedies = table(report, "remedies")
    assert round(sum(remedies.widths()), 6) == TEXT_WIDTH
    sizes = {placed.cell.text: remedies.size_of(placed, 9) for placed in remedies.rows[-1]}
    assert sizes["123456789"] < 6


def test_unread_cells_and_remarks_beside_figures_are_noted() -> None:
    report = report_with_text("2021", 8)
    report.unread.append(Unread(["requests.granted.total"], "没有读出", "not read"))
    report.written["requests.granted.natural_person"] = "3（其中1件已更正）"
    words = "".join(zh for zh, _ in print_report(report).notes)
    assert "1 格未能读出" in words
    assert "1 格在数字旁写有说明" in words
