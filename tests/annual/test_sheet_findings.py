"""What a finding shows besides its message: the figures it compares, the article, and in which words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from tests.annual.test_sheet import whole_report

from gongkai.annual.check_sheet import render_check_sheet
from gongkai.annual.checked import Checked
from gongkai.annual.checking import RULES
from gongkai.annual.findings import Finding
from gongkai.annual.plain_sheet import plain_sheet
from gongkai.annual.sheet_basis import article_words, basis, sides, sides_text
from gongkai.annual.sheet_card import cell_groups
from gongkai.annual.sheet_years import why_not_compared

CHINESE = re.compile(r"[\u4e00-\u9fff]")
BY_NAME = {rule.name: rule for rule in RULES}


def finding(name: str, expected: Any = None, found: Any = None) -> Finding:
    return Finding(BY_NAME[name].rule, "error", "说明", "words", expected=expected, found=found, name=name)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("row_sum", ["各项相加", "合计填写"]),
        ("remedies_sum", ["各项相加", "合计填写"]),
        ("old_answered_sum", ["各项相加", "合计填写"]),
        ("balance", ["第一、二项之和", "第三项总计与第四项之和"]),
        ("narrative_mismatch", ["表中", "正文"]),
        ("narrative_all_answered", ["按正文应为", "表中为"]),
        ("carried_in_not_last_year", ["上年报告：结转下年度", "本年报告：上年结转"]),
        ("old_channel_above_total", ["总数", "该渠道"]),
    ],
)
def test_the_two_figures_of_a_finding_are_named_for_what_they_are(name: str, names: list[str]) -> None:
    compared = sides(finding(name, 53, 52))
    assert compared is not None
    assert compared.figures == tuple(zip(names, ("53", "52"), strict=True))


def test_one_cells_value_is_what_it_should_be_and_what_it_is() -> None:
    compared = sides(finding("requests_not_a_count", None, Decimal("1.5")))
    assert compared is not None
    assert compared.figures == (("报告中为", "1.5"),)


def test_a_relation_is_told_only_where_both_figures_are_there() -> None:
    assert sides_text(finding("balance", 12, 13)).endswith("\n两者应相等")
    assert sides_text(finding("row_sum_blank", 12, None)) == "各项相加：12"
    assert sides_text(finding("fees_incomplete")) == ""


def test_figures_have_the_minus_sign_of_the_messages() -> None:
    assert "－5" in sides_text(finding("row_sum", -5, 3))
    assert "Parts add up to: -5" in sides_text(finding("row_sum", -5, 3), "en")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_check_says_in_both_languages_what_it_rests_on(rule: Any) -> None:
    for lang in ("zh", "en"):
        told = basis(finding(rule.name), lang)
        assert told.title
        assert told.article
        assert told.explanation
        names = rule.sides_zh if lang == "zh" else rule.sides_en
        assert len(names) in (0, 2, 3)
        if lang == "en":
            assert not CHINESE.search(told.title + told.article + told.explanation.translate(NUMERALS))
    assert len(rule.sides_zh) == len(rule.sides_en)


# Two English explanations speak of Chinese words.
NUMERALS = str.maketrans("", "", "一（）、规章")


def test_a_report_of_2020_is_held_against_the_form_of_its_time() -> None:
    assert "〔2021〕30号）表三" in article_words("国办公开办函〔2021〕30号 表三", year=2021)
    assert "〔2019〕60号）表三" in article_words("国办公开办函〔2021〕30号 表三", year=2020)
    both = article_words("国办公开办函〔2021〕30号；国办公开办函〔2019〕60号", year=2020)
    assert both.count("60号") == 1


def test_a_source_without_an_english_name_stays_as_it_is_cited() -> None:
    assert article_words("《某某条例》第一条", "en") == "《某某条例》第一条"
    assert article_words("《某某条例》第一条") == "《某某条例》第一条"


def test_the_check_sheet_and_the_terminal_name_the_article() -> None:
    item = Checked("a.txt", whole_report("2021"), [finding("row_sum", 3, 4)])
    assert item.report is not None
    item.report.year = 2024
    named = "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）表三"
    assert named in render_check_sheet([item])
    assert f"依据：{named}" in plain_sheet([item], "zh")
    assert "Basis: Form of the annual report" in plain_sheet([item], "en")


def test_cells_of_one_row_or_one_column_are_named_together() -> None:
    report = whole_report("2021")
    row = finding("row_sum")
    row.cells = ["requests.granted.natural_person", "requests.granted.total"]
    assert cell_groups(row, report, "zh") == {
        "（一）予以公开": {row.cells[0]: "自然人", row.cells[1]: "总计"},
    }
    column = finding("column_sum")
    column.cells = ["requests.granted.total", "requests.concluded.total"]
    assert list(cell_groups(column, report, "zh")) == ["总计"]


@pytest.mark.parametrize(
    ("organ", "year", "why"),
    [
        ("甲县人民政府", 2024, "它也是2024年度的报告"),
        ("甲县人民政府", 2021, "它是2021年度的报告，应为2023年度"),
        ("乙县人民政府", 2023, "它属于“乙县人民政府”"),
        ("甲县人民政府", None, "它没有写明年份"),
    ],
)
def test_why_a_report_was_not_compared_is_said(organ: str, year: int | None, why: str) -> None:
    report, given = whole_report("2021"), whole_report("2021")
    report.organ, report.year = "甲县人民政府", 2024
    given.organ, given.year = organ, year
    assert f"（{why}）" in why_not_compared("去年.docx", given, report)[0]
