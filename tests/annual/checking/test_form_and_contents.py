"""Title, form, sections, topics, supervision results, fees, laws (FMT.2.1, 2.6, S1 to S6, T4.C, REG.50)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.annual.checking.reports import TEXT, report_2014, report_2019, report_2021, set_cell, set_text

from gongkai.annual.checking import check
from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place


def text(**sections: list[str]) -> Report:
    return set_text(report_2021(), {**TEXT, **sections})


def without_heading(code: str) -> Report:
    report = report_2021()
    report.headings = [heading for heading in report.headings if heading[0] != code]
    report.lines = [line for line in report.lines if line[0] != code]
    report.sections.pop(code, None)
    if code in ("requests", "remedies", "proactive"):
        setattr(report, code, None)
    return report


def headless(code: str, words: str) -> Report:
    """A report that says something of a section, under no heading of its own."""
    report = without_heading(code)
    section = "front" if code == "overview" else "requests"
    report.lines.append((section, words, Place(line=999)))
    return report


def with_headings(*words: str) -> Report:
    report = report_2021()
    report.headings = [
        (code, words[number], Place(line=number)) for number, (code, _, _) in enumerate(report.headings)
    ]
    return report


def swapped() -> Report:
    report = report_2021()
    report.headings[4], report.headings[5] = report.headings[5], report.headings[4]
    return report


OVERVIEW = TEXT["overview"]
SUPERVISED = OVERVIEW[4]
CASES: list[tuple[str, Callable[[], Report], str, str]] = [
    # check, report, rule, severity
    ("title_incomplete", lambda: report_2021(title="政府信息公开工作年度报告"), "FMT.2.1", "warning"),
    (
        "title_incomplete",
        lambda: report_2021(title="甲县乙镇人民政府政府信息公开工作年度报告"),
        "FMT.2.1",
        "warning",
    ),
    ("title_incomplete", lambda: report_2021(title="2024年政府信息公开工作年度报告"), "FMT.2.1", "warning"),
    ("title_incomplete", lambda: report_2021(title=None), "FMT.2.1", "warning"),
    (
        "title_organ_short",
        lambda: report_2021(title="甲县乙镇2024年政府信息公开工作年度报告"),
        "FMT.2.1",
        "info",
    ),
    ("wrong_form", lambda: report_2021(year=2020), "FMT.2.6", "warning"),
    ("wrong_form", lambda: report_2019(year=2023), "FMT.2.6", "warning"),
    ("section_missing_overview", lambda: without_heading("overview"), "FMT.S1", "error"),
    ("section_missing_requests", lambda: without_heading("requests"), "FMT.S3", "error"),
    ("section_missing_remedies", lambda: without_heading("remedies"), "FMT.S4", "error"),
    ("section_missing_problems", lambda: without_heading("problems"), "FMT.S5", "error"),
    ("section_missing_other_matters", lambda: without_heading("other_matters"), "FMT.S6", "error"),
    ("section_heading_unclear", lambda: headless("problems", "主要问题是解读不足。"), "FMT.S1", "warning"),
    ("section_heading_unclear", lambda: headless("other_matters", "信息处理费0元。"), "FMT.S1", "warning"),
    ("section_heading_unclear", lambda: headless("overview", "我镇主动公开信息9条。"), "FMT.S1", "warning"),
    ("problems_empty", lambda: text(problems=[]), "FMT.S5", "error"),
    ("problems_none", lambda: text(problems=["无。"]), "FMT.S5", "warning"),
    ("problems_none", lambda: text(problems=["本年度无。"]), "FMT.S5", "warning"),
    ("problems_none", lambda: text(problems=["2024年，我镇不存在问题。"]), "FMT.S5", "warning"),
    ("improvement_missing", lambda: text(problems=["存在公开不够主动的问题。"]), "FMT.S5", "warning"),
    ("improvement_missing", lambda: text(problems=["宣传力度有待加强，答复不够规范。"]), "FMT.S5", "warning"),
    ("sections_out_of_order", swapped, "FMT.S1", "warning"),
    (
        "numbering_mixed",
        lambda: with_headings("一、甲", "2、乙", "三、丙", "四、丁", "五、戊", "六、己"),
        "FMT.S1",
        "info",
    ),
    (
        "numbering_mixed",
        lambda: text(overview=[OVERVIEW[0], *(line.replace("（二）", "（2）") for line in OVERVIEW[1:])]),
        "FMT.S1",
        "info",
    ),
    ("overview_topics_missing", lambda: text(overview=[*OVERVIEW[:2], SUPERVISED]), "FMT.S1", "warning"),
    ("overview_too_long", lambda: text(overview=[*OVERVIEW, "公开。" * 400]), "FMT.S1", "info"),
    (
        "supervision_results_missing",
        lambda: text(overview=[*OVERVIEW[:4], "开展监督检查。"]),
        "REG.50(4)",
        "warning",
    ),
    (
        "supervision_results_missing",
        lambda: text(overview=[*OVERVIEW[:4], "开展监督检查，建立培训考核机制。"]),
        "REG.50(4)",
        "warning",
    ),
    (
        "supervision_results_partial",
        lambda: text(overview=[*OVERVIEW[:4], "将政务公开纳入绩效考核，加强监督检查。"]),
        "REG.50(4)",
        "info",
    ),
    ("fees_incomplete", lambda: _fees("2024年我镇未收取任何费用。"), "FMT.S6", "warning"),
    ("fees_incomplete", lambda: _fees("发出收费通知0件，其他无。"), "FMT.S6", "warning"),
    ("corrected_without_problem", lambda: _corrected("一是业务能力不强。"), "FMT.T4.C", "warning"),
    ("remedies_not_in_text", lambda: text(problems=["一是答复质量不高。"]), "FMT.T4", "warning"),
    ("wrong_law_title", lambda: text(front=["依据《政务信息公开规定》编制。"]), "REG.50", "warning"),
    (
        "old_article_number",
        lambda: text(front=["根据《中华人民共和国政府信息公开条例》第三十二条的规定，编制本年度报告。"]),
        "REG.50",
        "warning",
    ),
    ("budget_not_mentioned", lambda: _overview_with("全年公布了部门决算。"), "REG.20", "warning"),
    (
        "late_publication_admitted",
        lambda: text(problems=["部分信息公开不够及时；依申请公开答复、复议、诉讼不足。"]),
        "REG.26",
        "info",
    ),
    (
        "text_of_another_level",
        lambda: _overview_with("全县政府信息公开工作稳步推进。"),
        "FMT.S1",
        "warning",
    ),
    ("text_of_another_level", lambda: _overview_with("全镇各级行政机关均编制了目录。"), "FMT.S1", "warning"),
]


def _fees(words: str) -> Report:
    report = text(other_matters=[words])
    report.processing_fees = None
    return report


def _corrected(problems: str) -> Report:
    report = text(problems=[problems, "二是宣传不够。"])
    set_cell(report, "remedies.reconsideration.corrected", 1)
    return set_cell(report, "remedies.reconsideration.total", 3)


def _overview_with(words: str) -> Report:
    first = OVERVIEW[0].replace("，及时公开预算、决算", "")
    return text(overview=[first + words, *OVERVIEW[1:]])


@pytest.mark.parametrize(("name", "report", "rule", "severity"), CASES)
def test_a_gap_in_form_or_contents_is_found(
    name: str, report: Callable[[], Report], rule: str, severity: str
) -> None:
    found = [f for f in check(report()) if f.name == name]
    assert [(f.rule, f.severity) for f in found] == [(rule, severity)]
    assert found[0].message
    assert found[0].message_en


QUIET: list[tuple[str, Callable[[], Report]]] = [
    ("supervision_results_missing", lambda: report_2021(organ="甲县教育局")),
    ("supervision_results_missing", lambda: report_2021(organ="甲县乙街道办事处")),
    ("supervision_results_missing", report_2014),
    ("overview_topics_missing", report_2014),
    ("fees_incomplete", report_2019),
    ("fees_incomplete", lambda: _fees("收费通知件数、总金额和实际收取金额均为零。")),
    ("fees_incomplete", lambda: _fees("全年发出收费通知2件，总金额600元，实际收取600元。")),
    ("wrong_law_title", lambda: text(front=["依据《条例》《中华人民共和国政府信息公开条例》编制。"])),
    ("wrong_law_title", lambda: text(front=["依据《子省政府信息公开规定》编制。"])),
    ("old_article_number", lambda: text(front=["根据《政府信息公开条例》第五十条编制本年度报告。"])),
    ("old_article_number", lambda: text(front=["依据《行政复议法》第三十二条提出答复。"])),
    ("old_article_number", lambda: report_2014(["按照《条例》第三十二条编制年度报告。"])),
    ("text_of_another_level", lambda: _overview_with("按照全县政府信息公开工作要求，我镇认真落实。")),
    ("text_of_another_level", lambda: _overview_with("参加全县政府信息公开工作培训。")),
    ("text_of_another_level", lambda: report_2021(organ="甲县人民政府")),
    ("budget_not_mentioned", lambda: _overview_with("及时公开财政预决算。")),
    (
        "late_publication_admitted",
        lambda: text(problems=["加强信息公开的及时性，依申请公开答复、复议、诉讼。"]),
    ),
    ("numbering_mixed", report_2021),
    ("problems_none", lambda: text(problems=["没有。下一步将加强培训。"])),
    ("improvement_missing", lambda: text(problems=["解读不足。2025年，我镇将增加图解。"])),
    ("improvement_missing", lambda: text(problems=["一是公开不够及时。针对上述问题，组织了培训。"])),
    ("problems_empty", report_2014),
    (
        "remedies_not_in_text",
        lambda: text(problems=["答复不规范，加强复议答复。公民诉我镇一案已审结。"]),
    ),
    (
        "title_organ_short",
        lambda: report_2021(organ="甲县教育局", title="甲县教育局2024年政府信息公开工作年度报告"),
    ),
    ("title_incomplete", lambda: report_2021(title="甲县乙镇人民政府二〇二四年政府信息公开工作年度报告")),
    ("title_incomplete", lambda: report_2021(title="2024年甲县教育局政府信息公开工作年度报告")),
]


@pytest.mark.parametrize(("name", "report"), QUIET)
def test_what_is_in_order_gives_nothing(name: str, report: Callable[[], Report]) -> None:
    assert [f.message for f in check(report()) if f.name == name] == []


def test_a_government_s_office_is_asked_for_whom_it_reports() -> None:
    report = text(overview=OVERVIEW[:4])
    report.organ = "甲县人民政府办公室"
    found = [f for f in check(report) if f.rule == "REG.50(4)"]
    assert [(f.name, f.severity) for f in found] == [("supervision_results_office", "info")]


def test_a_fragment_gives_one_finding_for_all_missing_sections() -> None:
    report = report_2021()
    report.headings = report.headings[:2]
    report.lines = [line for line in report.lines if line[0] == "overview"]
    report.sections = {"overview": report.sections["overview"]}
    report.requests = report.remedies = None
    found = [f for f in check(report) if f.name.startswith("section")]
    assert [(f.name, f.severity) for f in found] == [("sections_missing_many", "error")]


def test_a_heading_inside_a_section_is_not_taken_for_the_order_of_sections() -> None:
    report = report_2021()
    report.headings.insert(1, ("remedies", "（三）行政复议、行政诉讼情况", Place(line=5)))
    assert [f for f in check(report) if f.name == "sections_out_of_order"] == []


def test_a_report_of_tables_alone_is_not_asked_for_its_words() -> None:
    report = report_2021(title=None)
    report.lines, report.headings, report.sections = [], [], {}
    assert [f.message for f in check(report) if f.severity != "info"] == []


def test_the_quote_of_a_finding_stands_in_the_report_as_printed() -> None:
    words = "2024年，我镇 学习了《政务信息公开规定》。"
    found = next(f for f in check(_overview_with(words)) if f.name == "wrong_law_title")
    assert found.quote == words


def _severities(report: Report) -> list[Any]:
    return [f.severity for f in check(report)]


def test_findings_stand_gravest_first_and_then_as_the_form_runs() -> None:
    report = set_cell(report_2021(title=None), "requests.granted.total", 99)
    set_cell(report, "remedies.reconsideration.total", 99)
    set_cell(report, "proactive.licences", -1)
    ranks = [["error", "warning", "info"].index(severity) for severity in _severities(report)]
    assert ranks == sorted(ranks)
    errors = [f.rule for f in check(report) if f.severity == "error"]
    assert errors[0] == "FMT.T2.C2"
    assert errors[-1] == "FMT.T4.A"


@pytest.mark.parametrize(
    "report",
    [
        Report(source="empty.json"),
        Report(source="form.json", form="2021", requests={}),
        Report(source="old.json", form="2014", statistics=[{"label": "甲", "unit": "件", "value": 3}]),
        Report(source="part.json", requests={"granted": {"total": 3}}, remedies={"reconsideration": {}}),
        Report(source="odd.json", form="2014", year=2024, requests={"granted": {"total": None}}),
    ],
    ids=lambda report: report.source,
)
def test_a_report_with_almost_nothing_is_checked_without_an_error_being_invented(report: Report) -> None:
    assert [f.message for f in check(report) if f.severity == "error" and f.rule != "READ.1"] == []


def test_a_misprinted_label_is_given_with_the_words_of_the_form() -> None:
    report = report_2021()
    report.remarks = [("misprint", "本年度止件数", None), ("misprint", "属于国家密秘", None)]
    (found,) = [f for f in check(report) if f.name == "label_misprinted"]
    assert "“本年度止件数”（格式为“本年废止件数”）" in found.message
    assert "“属于国家密秘”（格式为“属于国家秘密”）" in found.message


def test_a_label_like_none_of_the_form_s_is_given_alone() -> None:
    report = report_2021()
    report.remarks = [("misprint", "子丑寅卯辰巳", None)]
    (found,) = [f for f in check(report) if f.name == "label_misprinted"]
    assert "“子丑寅卯辰巳”。" in found.message
