from decimal import Decimal

import pytest

from gongkai.annual.interpreting.figures import Kind, kind_of, parse_figure, without_grouping


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("0", 0),
        ("158", 158),
        ("1,435", 1435),
        ("1,234,567", 1234567),
        ("55(含自然失效 29 件)", 55),
        ("55 (含自然失效29件)", 55),
        ("3件", 3),
        ("12 人次", 12),
        ("-417", -417),
        ("+19", 19),
        ("7730.28", Decimal("7730.28")),
        ("59237.2449", Decimal("59237.2449")),
        ("12.0", 12),
        ("930元", 930),
        ("〇", 0),
        ("零", 0),
    ],
)
def test_a_cell_states_a_figure(cell: str, figure: int | Decimal) -> None:
    assert parse_figure(cell) == figure


@pytest.mark.parametrize(
    "cell", ["1.属于国家秘密", "3.其他", "2024年", "12-15", "第9条", "(一)", "1、", "99.1%"]
)
def test_a_label_is_no_figure(cell: str) -> None:
    assert parse_figure(cell) is None


@pytest.mark.parametrize("cell", ["", "/", "-", "—", "--", "无", "\\"])
def test_a_mark_for_nothing_is_blank_and_never_zero(cell: str) -> None:
    assert kind_of(cell) == (Kind.BLANK, None)


def test_integers_stay_integers_and_money_stays_exact() -> None:
    assert type(parse_figure("12.00")) is int
    assert parse_figure("0.1") == Decimal("0.1")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1 234", "1234"),
        ("12 345 678", "12345678"),
        ("1 23", "1 23"),
        ("0 000", "0 000"),
        ("1\n234", "1\n234"),
    ],
)
def test_spaces_that_group_digits_are_taken_out(cell: str, text: str) -> None:
    assert without_grouping(cell) == text
