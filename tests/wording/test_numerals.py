"""Numbers as reports write them, and which of them count something."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.wording import numerals
from gongkai.wording.numerals import find_numbers, find_quantities, parse_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共收到申请247件", [(247, "件")]),
        ("主动公开2,305条", [(2305, "条")]),
        ("主动公开１２件", [(12, "件")]),
        ("主动公开２，３０５条", [(2305, "条")]),
        (
            "分别为247，613件",
            [(247, ""), (613, "件")],
        ),  # a full-width comma between half-width figures lists them
        ("访问量1.2万次", [(12000, "次")]),
        ("收费0.085万元", [(850, "元")]),
        ("收费12.5元", [(Decimal("12.5"), "元")]),
        ("发布 18 份", [(18, "份")]),
        ("推送3700余条", [(3700, "条")]),
        ("受理一百二十三件", [(123, "件")]),
        ("诉讼两起", [(2, "起")]),
        ("受理三千零五件", [(3005, "件")]),
        ("公开十二件", [(12, "件")]),
        ("公开廿一条", [(21, "条")]),
        ("公开壹佰贰拾件", [(120, "件")]),
        ("受理10至12件", [(10, ""), (12, "件")]),
        ("培训3-5次", [(3, ""), (5, "次")]),
        ("予以公开7件，部分公开4件，无法提供9件", [(7, "件"), (4, "件"), (9, "件")]),
        ("二十个工作日内", [(20, "个工作日")]),
        ("召开专题会议一次", [(1, "次")]),
        ("受理申请0件", [(0, "件")]),
        ("新收申请20件次，其中自然人18人次", [(20, "件次"), (18, "人次")]),
        ("受理申请〇件、零件", [(0, "件"), (0, "件")]),
    ],
)
def test_quantities_with_their_units(text: str, expected: list[tuple[object, str]]) -> None:
    assert [(found.value, found.unit) for found in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第五十条规定", "ordinal"),
        ("《条例》第15条", "ordinal"),
        ("按照第9至12条", "ordinal"),
        ("国务院令第711号", "ordinal"),
        ("附件2", "ordinal"),
        ("一、总体情况", "heading"),
        ("（一）主动公开", "heading"),
        ("(2)主动公开", "heading"),
        ("1.主动公开", "heading"),
        ("一是加强领导", "enumerator"),
        ("一方面人员不足", "enumerator"),
        ("其一是人员", "enumerator"),
        ("2024年", "date"),
        ("二〇二四年", "date"),
        ("12月31日", "date"),
        ("三月", "date"),
        ("电话010-61234567", "code"),
        ("某办函〔2021〕30", "code"),
        ("编号20240000123", "code"),
        ("达到100%", "percent"),
        ("提高3个百分点", "percent"),
        ("百分之十二", "percent"),
        ("国办函〔2020〕109号", "code"),
        ("进一步", "word"),
        ("统一", "word"),
        ("一些问题", "word"),
        ("三审三校", "word"),
        ("十四五时期", "word"),
        ("双随机、一公开", "word"),
        ("万一", "word"),
        ("单位：万元", "word"),
    ],
)
def test_what_counts_nothing_is_called_by_its_kind(text: str, kind: str) -> None:
    found = find_numbers(text)
    assert found
    assert {number.kind for number in found} == {kind}


def test_places_are_those_of_the_number_with_its_scale() -> None:
    text = "访问量 1.2万 次"
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.unit) == ("1.2万", "次")


def _chinese(value: int) -> str:
    """The usual numeral of 0 to 9999, made apart from the code under test."""
    if value == 0:
        return "零"
    digits, scales, words = "零一二三四五六七八九", ("千", "百", "十", ""), ""
    for position, digit in enumerate(f"{value:04}"):
        if digit != "0":
            words += digits[int(digit)] + scales[position]
        elif words and not words.endswith("零") and int(f"{value:04}"[position:]):
            words += "零"
    return words.removeprefix("一") if words.startswith("一十") else words


@given(st.integers(0, 9999))
def test_every_chinese_numeral_up_to_9999_is_read(value: int) -> None:
    assert parse_chinese(_chinese(value)) == value


@given(st.integers(0, 10**9))
def test_every_figure_with_a_unit_is_read_in_each_spelling(value: int) -> None:
    full_width = str(value).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    for written in (str(value), f"{value:,}", full_width):
        assert [found.value for found in find_quantities(f"共公开{written}件。")] == [value]


@given(st.text("一二三十百千万亿零〇两廿第条件（）、是年月日2024.,，-—%号步统些 \n", max_size=30))
def test_no_text_stops_the_reading_and_places_lie_inside_it(text: str) -> None:
    for found in find_numbers(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value >= 0


def test_endless_digits_are_no_number() -> None:
    assert find_numbers("9" * 10000 + "件") == find_numbers("一" * 10000 + "件") == []


def test_what_is_no_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="数词"):
        parse_chinese("件")
    with pytest.raises(ValueError, match="数词"):
        parse_chinese("")


def test_the_examples_of_the_documentation_hold() -> None:
    assert doctest.testmod(numerals).failed == 0
