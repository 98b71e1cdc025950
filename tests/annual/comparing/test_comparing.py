"""Two reports side by side: figures with their change, sums across years, texts sentence by sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from tests.annual.printing import random_report

from gongkai.annual.comparing import Comparison, compare
from gongkai.annual.comparing.page import render_comparison
from gongkai.annual.comparing.plain import plain_comparison
from gongkai.annual.comparing.sentences import split
from gongkai.annual.comparing.texts import Kind, sentence_pairs
from gongkai.annual.contract import report_from_json
from gongkai.annual.json_lines import dumps

ORGAN = "云岭县虚构镇人民政府"  # an invented town


def report(year: int, organ: str = ORGAN, form: str = "2021", **parts: Any) -> Any:
    data = random_report(Random(f"{form}"), form) | {"organ": organ, "year": year, "title": None} | parts
    return report_from_json(json.loads(dumps(data), parse_float=Decimal), f"{organ}-{year}.json")


def with_requests(year: int, row: str, column: str, value: int | None) -> Any:
    changed = report(year)
    changed.requests[row][column] = value
    return changed


def test_two_years_are_put_in_their_order_whichever_is_given_first() -> None:
    for comparison in (compare(report(2023), report(2024)), compare(report(2024), report(2023))):
        assert (comparison.before.year, comparison.after.year) == (2023, 2024)
        assert comparison.years


def test_each_figure_has_its_change_and_its_share_of_the_earlier_one() -> None:
    one, other = with_requests(2023, "granted", "other", 40), with_requests(2024, "granted", "other", 50)
    [pair] = compare(one, other).changed
    assert pair.to_json() == {
        "cell": "requests.granted.other",
        "before": 40,
        "after": 50,
        "change": 10,
        "percent": Decimal("25.0"),
    }


@pytest.mark.parametrize(("before", "after"), [(None, 5), (5, None), (0, 5)])
def test_a_blank_has_no_change_and_nothing_has_a_share_of_zero(before: int | None, after: int | None) -> None:
    one, other = (
        with_requests(2023, "granted", "other", before),
        with_requests(2024, "granted", "other", after),
    )
    [pair] = compare(one, other).changed
    assert pair.percent is None
    assert pair.change == (5 if before == 0 else None)


def test_what_was_carried_forward_and_not_carried_in_is_found_across_the_years() -> None:
    before = with_requests(2023, "carried_forward", "total", 900)
    found = compare(before, report(2024)).findings
    assert "FMT.T3.D" in {finding.rule for finding in found}
    assert not [f for f in compare(before, report(2026)).findings if f.rule == "FMT.T3.D" and f.cells]


def test_findings_of_one_report_alone_are_not_repeated() -> None:
    wrong = with_requests(2024, "concluded", "total", 12345)
    assert {f.rule for f in compare(report(2023), wrong).findings} <= {"FMT.T3.D", "FMT.T2.C1", "FMT.T4.B"}


def test_the_old_table_and_the_new_ones_are_not_held_against_each_other() -> None:
    comparison = compare(report(2018, form="2014"), report(2021))
    assert comparison.figures == ()
    assert "格式不同" in plain_comparison(comparison, "zh")


def test_rows_of_the_old_table_are_paired_by_what_they_say() -> None:
    one, other = report(2017, form="2014"), report(2018, form="2014")
    del other.statistics[1], other.statistics_codes[1]
    comparison = compare(one, other)
    assert [pair.path_after for pair in comparison.changed] == [None]
    assert comparison.changed[0].path_before == "statistics.1.value"


def test_sentences_are_paired_where_they_changed() -> None:
    pairs = sentence_pairs(
        "坚持公开为常态。全年公开信息120条，其中网站80条。召开会议2次。",
        "坚持公开为常态。全年公开信息135条，其中网站95条。新增公众号一个。",
    )
    assert [pair.kind for pair in pairs] == [Kind.SAME, Kind.CHANGED, Kind.LEFT_OUT, Kind.ADDED]
    changed = [(part.kind.value, part.text) for part in pairs[1].parts if part.kind is not Kind.SAME]
    assert changed == [("left_out", "120"), ("added", "135"), ("left_out", "80"), ("added", "95")]


def test_nothing_of_either_text_is_lost_in_the_pairs() -> None:
    old = "甲要做好。乙要做好；丙不足！\n丁有3件。"
    new = "乙要做得更好；戊新增。丁有5件。甲要做好。"
    pairs = sentence_pairs(old, new)
    assert "".join(pair.before for pair in pairs) == old.replace("\n", "")
    assert "".join(pair.after for pair in pairs) == new


def told_of(before: str, after: str, lang: str = "zh") -> str:
    """The line over the texts of section 1."""
    comparison = compare(
        report(2023, sections={"overview": before}), report(2024, sections={"overview": after})
    )
    words = "总体情况" if lang == "zh" else "Overview"
    text = plain_comparison(comparison, lang, 400)
    return next(line for line in text.splitlines() if line.startswith(words))


def test_headings_within_a_section_are_no_sentences_that_stayed() -> None:
    headings = "（一）主动公开情况\n{}。\n（二）依申请公开政府信息办理情况\n{}。\n二、平台建设。本年{}。"
    old = headings.format("通过网站公开各类政府信息共计三百条", "全年收到申请七件均按期答复", "新建专栏一个")
    new = headings.format("围绕惠企政策推出图文解读二十二期", "当面征求申请人意见并上门送达", "改版首页")
    told = told_of(old, new)
    assert told.startswith("总体情况：相同 0 句，")
    assert "雷同 0%" in told


def test_short_sentences_that_stayed_are_said_not_to_count_as_copied() -> None:
    told = told_of(
        "没有收费。以往文字全部改写换成另外一种说法。", "没有收费。本年度针对群众关心事项逐一作出说明。"
    )
    assert "相同 1 句" in told
    assert "雷同 0%（只有数字不同的也算，不足 12 字的短句不算）" in told
    assert "雷同" not in told_of("没有收费。", "没有收费。")
    assert "copied" not in told_of("没有收费。", "没有收费。", "en")


def test_a_little_that_was_copied_is_not_rounded_to_nothing() -> None:
    kept = "认真落实政府信息公开条例各项要求。"
    other = "。".join(
        f"{chr(0x4E00 + n * 40)}项工作逐条对照检查并作出改进安排之{chr(0x5E00 + n)}类" for n in range(150)
    )
    assert "雷同不到 1%" in told_of(kept, kept + other + "。")


def test_a_bracket_alone_in_its_line_is_no_sentence() -> None:
    pairs = sentence_pairs("公开信息（见附件。）\n）", "公开信息（见附件。）\n）")
    assert [pair.kind for pair in pairs] == [Kind.SAME]
    assert "相同 1 句" in told_of("公开信息三条（见附件。\n）", "公开信息三条（见附件。\n）")


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("（一）主动公开情况", True),
        ("3.政府信息管理", True),
        ("存在的主要问题", True),
        ("（一）主动公开。", True),
        ("（一）未收到申请。", False),
        ("本机关没有其他需要报告的事项", False),
        ("（二）公开信息120条", False),
        ("按照上级要求认真抓好各项政府信息公开工作任务的落实", False),
    ],
)
def test_a_heading_is_told_from_a_sentence(line: str, heading: bool) -> None:
    assert split(f"{line}\n后面还有一句话。")[0].heading is heading


def test_the_last_short_line_of_a_section_is_what_it_says_and_no_heading() -> None:
    assert not split("加强领导。\n强化培训考核")[-1].heading


def comparison_of_texts() -> Comparison:
    one = report(2023, sections={"overview": "公开信息3条。<b>旧</b>话。"})
    other = report(2024, sections={"overview": "公开信息5条。<b>旧</b>话。"})
    return compare(one, other)


def test_the_page_marks_what_changed_and_escapes_what_the_files_say() -> None:
    page = render_comparison(comparison_of_texts())
    assert "公开信息<del>3</del>条" in page
    assert "公开信息<ins>5</ins>条" in page
    assert "<b>旧</b>" not in page
    assert "<script" not in page


def test_english_is_english_but_for_the_report_s_own_words() -> None:
    text = plain_comparison(comparison_of_texts(), "en")
    own = {ORGAN, "公开信息3条。", "公开信息5条。"}
    rest = text
    for words in own:
        rest = rest.replace(words, "")
    captions = [line for line in rest.split("\n") if line.startswith(("二、", "三、", "四、"))]
    assert not [c for line in rest.split("\n") if line not in captions for c in line if "一" <= c <= "鿿"]


def test_the_json_holds_every_cell_and_every_sentence() -> None:
    data = json.loads(dumps(comparison_of_texts().to_json()))
    assert data["kind"] == "years"
    assert {"cell", "before", "after", "change", "percent"} == set(data["figures"][0])
    [section] = data["sections"]
    assert [sentence["kind"] for sentence in section["sentences"]] == ["changed", "same"]
