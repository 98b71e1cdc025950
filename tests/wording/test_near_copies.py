"""Paragraphs that are nearly the same, found in a corpus."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.wording.near_copies import Passage, Reference, near_copies, nearest, passages_of

BASE = (
    "本机关坚持以公开为常态、不公开为例外，全面推进决策、执行、管理、服务和结果公开，"
    "切实保障人民群众的知情权。"
)
CHANGED = (
    "我局坚持公开为常态、不公开为例外，全面推进决策、执行、管理、服务、结果公开，保障了人民群众的知情权。"
)
OTHER = "全年组织培训四次，参训人员一百二十人，修订内部规程两项，更新公开指南，调整目录栏目，清理失效文件。"


def test_a_paragraph_with_some_words_changed_is_found() -> None:
    (pair,) = near_copies([("甲局", f"一、概况\n{BASE}"), ("乙局", CHANGED), ("丙局", OTHER)])
    assert (pair.here.source, pair.there.source) == ("甲局", "乙局")
    assert pair.here.start == 5
    assert 0.4 <= pair.share < 1


def test_figures_do_not_make_two_paragraphs_differ() -> None:
    one = "全年收到政府信息公开申请{}件，办结{}件，结转下年度继续办理{}件，均按期答复。"
    (pair,) = near_copies([("甲局", one.format(12, 10, 2)), ("乙局", one.format(305, 300, 5))])
    assert pair.share == pytest.approx(1)


def test_a_source_is_not_held_against_itself() -> None:
    assert near_copies([("甲局", f"{BASE}\n{BASE}")]) == []


def test_a_formula_everybody_uses_is_looked_up_once_and_no_more() -> None:
    texts = [(f"第{number}局", BASE) for number in range(400)]
    assert near_copies(texts) == []  # every n-gram stands in all: none tells who copied from whom


def test_a_copy_is_found_among_many() -> None:
    dice = random.Random(3)
    letters = [chr(0x4E00 + number) for number in range(2000)]
    texts = [(f"第{number}局", "".join(dice.choices(letters, k=60))) for number in range(500)]
    texts += [("甲局", BASE), ("乙局", CHANGED)]
    assert [(pair.here.source, pair.there.source) for pair in near_copies(texts)] == [("甲局", "乙局")]


@given(
    st.lists(st.sampled_from([BASE, CHANGED, OTHER, BASE + OTHER]), min_size=2, max_size=5), st.floats(0.1, 1)
)
def test_shares_are_between_the_least_asked_for_and_one(paragraphs: list[str], least: float) -> None:
    texts = [(str(number), paragraph) for number, paragraph in enumerate(paragraphs)]
    for pair in near_copies(texts, least=least):
        assert least <= pair.share <= 1
        assert pair.here.source < pair.there.source


@pytest.mark.parametrize(("least", "most"), [(0, 5), (-1, 5), (1.1, 5), (0.5, 0), (float("nan"), 5)])
def test_impossible_limits_are_refused(least: float, most: int) -> None:
    with pytest.raises(ValueError, match="least"):
        Reference(passages_of("甲局", BASE)).like(BASE, least=least, most=most)


def test_the_nearest_can_be_reordered_by_a_model_of_ones_own() -> None:
    reference = Reference([Passage("甲", 0, BASE), Passage("乙", 0, CHANGED), Passage("丙", 0, OTHER)])
    assert [passage.source for passage, _ in nearest(BASE, reference)] == ["甲", "乙"]

    def shortest_first(query: str, texts: Sequence[str]) -> list[float]:
        return [-len(text) for text in texts]

    assert [passage.source for passage, _ in nearest(BASE, reference, rerank=shortest_first)] == ["乙", "甲"]
    with pytest.raises(ValueError, match="重排模型"):
        nearest(BASE, reference, rerank=lambda query, texts: [1.0])


def test_nothing_is_nearest_in_an_empty_corpus() -> None:
    assert nearest(BASE, Reference([])) == []
