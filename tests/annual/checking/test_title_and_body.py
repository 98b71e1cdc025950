"""Title, text, period and signature of one report speak of one organ and one year (FMT.2.1)."""

from __future__ import annotations

import pytest
from tests.annual.checking.reports import TEXT, report_2021, set_text

from gongkai.annual.checking import check
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report

TITLE = "{organ}{year}年政府信息公开工作年度报告"
CHECKS = ("year_differs_in_text", "period_differs", "organ_differs_in_text")


def differing(report: Report) -> list[Finding]:
    return [f for f in check(report) if f.name in CHECKS]


def begun(
    *sentences: str, organ: str = "甲县乙镇人民政府", year: int = 2024, **sections: list[str]
) -> Report:
    """A report with this title, whose section 1 begins with these sentences."""
    text = {**TEXT, "overview": [*sentences, *TEXT["overview"][1:]], **sections}
    return set_text(report_2021(organ=organ, year=year, title=TITLE.format(organ=organ, year=year)), text)


@pytest.mark.parametrize(
    ("report", "name", "quote"),
    [
        (
            begun("2024年，我镇认真推进公开。", year=2023),
            "year_differs_in_text",
            "2024年，我镇认真推进公开。",
        ),
        (begun("2022年，我镇认真推进公开。"), "year_differs_in_text", "2022年，我镇认真推进公开。"),
        (begun("2023年度我镇推进公开。"), "year_differs_in_text", "2023年度我镇推进公开。"),
        (
            begun("2024年，丙镇认真推进公开。"),
            "organ_differs_in_text",
            "2024年，丙镇认真推进公开。",
        ),
        (
            begun("2024年，乙镇人民政府认真推进公开。", organ="甲县丙镇人民政府"),
            "organ_differs_in_text",
            "2024年，乙镇人民政府认真推进公开。",
        ),
        (
            begun("2024年，甲县民政局坚持公开。", organ="甲县教育局"),
            "organ_differs_in_text",
            "2024年，甲县民政局坚持公开。",
        ),
        (
            begun("2024年，丁县人民政府坚持公开。", organ="甲县人民政府"),
            "organ_differs_in_text",
            "2024年，丁县人民政府坚持公开。",
        ),
        (
            begun("我镇推进公开。", front=["数据统计期限为2023年1月1日至2023年12月31日。"]),
            "period_differs",
            "2023年1月1日至2023年12月31日",
        ),
        (
            begun("我镇推进公开。", front=["数据统计期限为2023年1月1日起至2024年12月31日止。"]),
            "period_differs",
            "2023年1月1日起至2024年12月31日止",
        ),
        (
            begun("我镇推进公开。", front=["统计期限自2023年1月1日", "起至12月31日止。"]),
            "period_differs",
            "2023年1月1日起至12月31日止",
        ),
        (
            begun("我镇推进公开。", other_matters=["无。", "丙镇人民政府", "2025年1月20日"]),
            "organ_differs_in_text",
            "丙镇人民政府",
        ),
    ],
)
def test_a_slip_of_last_year_s_file_is_warned_of_with_both_words(
    report: Report, name: str, quote: str
) -> None:
    (finding,) = differing(report)
    assert (finding.name, finding.severity, finding.rule) == (name, "warning", "FMT.2.1")
    assert finding.quote == quote
    assert quote in finding.message
    assert finding.place is not None
    if name != "period_differs":
        assert str(report.title) in finding.message


def test_a_text_that_only_names_another_year_is_warned_of_though_it_begins_without() -> None:
    old = ["我镇认真推进公开。", "2022年，公开信息320条。", "2022年，办结申请3件。"]
    report = set_text(report_2021(), {**TEXT, "overview": old, "other_matters": ["无。"]})
    (finding,) = differing(report)
    assert finding.quote == "2022年，公开信息320条。"


@pytest.mark.parametrize(
    "report",
    [
        begun("2024年，我镇认真推进公开。"),
        begun("2023年反映的问题已整改。2024年，我镇推进公开。"),
        begun("2019年5月15日新修订的《条例》施行后，我镇认真推进公开。"),
        begun("自2019年以来，我镇持续推进公开。"),
        begun("2023年结转的申请均已办结。"),
        begun("2024年，县政府办公室部署后，我镇推进公开。"),
        begun("2024年，甲县人民政府认真部署，我镇推进公开。"),
        begun("2024年，在丙市政府指导下，乙镇坚持公开。"),
        begun("2024年，乙镇坚持公开。"),
        begun("2024年，镇政府坚持公开。"),
        begun("今年全镇共收到申请24件。"),
        begun("2024年，甲县人社局坚持公开。", organ="甲县人力资源和社会保障局"),
        begun("2024年，县发改委坚持公开。", organ="甲县发展和改革委员会"),
        begun("2024年，我局坚持公开。", organ="甲县教育局"),
        begun("2024年，甲县政府坚持公开。", organ="子省甲县人民政府"),
        begun("2024年，区政府办公室坚持公开。", organ="甲市丁区人民政府"),
        begun("我镇推进公开。", front=["统计期限自2024年1月1日起至2024年12月31日止。"]),
        begun("我镇推进公开。", front=["统计期限自2024年1月1日起至12月31日止。"]),
        begun("我镇推进公开。", other_matters=["无。", "乙镇人民政府", "2025年1月20日"]),
        begun("我镇推进公开。", other_matters=["无。", "主办单位：丙镇人民政府", "丁县人民政府办公室"]),
        begun("我镇推进公开。", problems=["2023年，公开不及时；2025年，将加强培训；2025年，将完善制度。"]),
    ],
)
def test_what_belongs_to_the_report_is_no_slip(report: Report) -> None:
    assert [(f.name, f.quote) for f in differing(report)] == []


def test_a_title_without_organ_and_year_is_compared_with_nothing() -> None:
    report = begun("2022年，丙镇认真推进公开。")
    report.title = "政府信息公开工作年度报告"
    assert differing(report) == []
