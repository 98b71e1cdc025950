"""A comparison in a terminal: no line wider than it, every name whole, Chinese signs where they belong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annual.comparing.test_comparing import report

from gongkai.annual.comparing import Comparison, compare
from gongkai.annual.comparing.page import render_comparison
from gongkai.annual.comparing.plain import plain_comparison
from gongkai.annual.comparing.terminal import columns_of, wrapped
from gongkai.annual.forms import form

# Invented: an organ with one of the longest names there are.
LONG = "虚构省云岭民族自治州青石区高新技术产业开发示范区管理委员会驻某地办事处"


def two_organs(form_code: str = "2021") -> Comparison:
    """Two reports that differ in every figure."""
    one, other = report(2024, form=form_code), report(2024, organ=LONG, form=form_code)
    for rows in (other.requests, other.remedies):
        for row in (rows or {}).values():
            row.update({column: (value or 0) + 12_345 for column, value in row.items()})
    for row in other.statistics or ():
        row["value"] = (row["value"] or 0) + 7
    return compare(one, other)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [24, 40, 50, 80, 100, 200])
@pytest.mark.parametrize("form_code", ["2014", "2019", "2021"])
def test_no_line_is_wider_than_the_terminal(form_code: str, width: int, lang: str) -> None:
    text = plain_comparison(two_organs(form_code), lang, width)
    assert max(map(columns_of, text.splitlines())) <= width


@pytest.mark.parametrize("width", [24, 40, 60, 100])
def test_every_name_stands_there_whole(width: int) -> None:
    text = plain_comparison(two_organs(), "zh", width)
    assert "…" not in text
    without_breaks = re.sub(r"\s", "", text)
    for row in form("2021").rows:
        assert re.sub(r"\s", "", row.printed) in without_breaks
    assert LONG in without_breaks


def test_rows_of_one_name_are_told_apart_by_the_group_they_stand_in() -> None:
    grouped = [row for row in form("2021").rows if len(row.group) > 1]
    for told in (plain_comparison(two_organs(), "zh", 200), render_comparison(two_organs())):
        for row in grouped:
            assert f"{row.group[-1]} · {row.printed}" in told


def test_a_long_name_has_a_letter_over_its_column_and_a_year_stands_there_itself() -> None:
    text = plain_comparison(two_organs(), "zh", 100)
    assert f"乙：{LONG}" in text
    assert re.search(r"项目 +甲 +乙 +增减", text)
    before, after = report(2023), report(2024)
    after.requests["granted"]["total"] += 1
    assert re.search(r"项目 +2023年 +2024年 +增减", plain_comparison(compare(before, after), "zh"))


def test_where_columns_have_no_room_each_figure_has_a_line() -> None:
    before, after = report(2023), report(2024)
    before.requests["granted"]["total"], after.requests["granted"]["total"] = 40, 50
    text = plain_comparison(compare(before, after), "zh", 36)
    assert "总计：40 → 50（+10，+25.0%）" in text
    assert "2023年 → 2024年" in text.replace("\n  ", "")


def test_the_page_names_the_table_of_each_figure_and_keeps_captions_above_what_scrolls() -> None:
    page = render_comparison(two_organs())
    changes = page[page.index("summary changes") :]
    assert "三、收到和处理政府信息公开申请情况</th>" in changes
    assert f'<p class="table-title">{LONG} · 三、收到和处理政府信息公开申请情况</p>' in page
    assert "<caption" not in page


@given(st.text(alphabet="公开信息，。；）”…abc 1234567890-\n", max_size=80), st.integers(16, 40))
def test_wrapping_loses_no_sign_and_begins_no_line_with_one_that_closes(text: str, width: int) -> None:
    lines = list(wrapped(text, width, "- ", "  "))
    assert re.sub(r"\s", "", "".join(line[2:] for line in lines)) == re.sub(r"\s", "", text)
    assert all(columns_of(line) <= width for line in lines)


def test_a_closing_sign_stays_with_its_word() -> None:
    assert list(wrapped("公开信息三条。", 12)) == ["公开信息三", "条。"]
