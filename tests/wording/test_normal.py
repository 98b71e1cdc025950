"""One spelling for matching, with positions that stay true."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.wording import normal
from gongkai.wording.normal import compact, compact_with_positions, simplify

TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("（）：１２　\u3000\ufeff政府資訊公開⺠⾃ \n"))
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("（六）其他處理", "(六)其他处理"),
        ("１２３，４５６．７％", "123,456.7%"),
        ("總計：－", "总计:-"),
        ("⾃然⼈申请，⺠政局", "自然人申请,民政局"),
        ("行政復議、行政訴訟", "行政复议、行政诉讼"),
        ("①5件", "①5件"),  # a circled number stays what it is
        ("著作、乾隆", "著作、乾隆"),  # simplified text uses these characters too
        ("a\u00a0b", "a b"),
    ],
)
def test_one_spelling(written: str, plain: str) -> None:
    assert simplify(written) == plain


@given(TEXTS)
def test_simplifying_keeps_the_length_and_needs_doing_but_once(text: str) -> None:
    plain = simplify(text)
    assert len(plain) == len(text)
    assert simplify(plain) == plain


@given(TEXTS)
def test_compact_text_has_no_space_and_its_positions_lead_back(text: str) -> None:
    plain, positions = compact_with_positions(text)
    assert plain == compact(text)
    assert not any(character.isspace() for character in plain)
    assert [simplify(text[position]) for position in positions] == list(plain)


def test_many_different_traditional_characters_at_once() -> None:
    table = normal._table()
    written = "".join(table)
    assert simplify(written) == "".join(table.values())


def test_the_examples_of_the_documentation_hold() -> None:
    assert doctest.testmod(normal).failed == 0
