"""A survey's questions as clerks write them, and what an answer may be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.participation.consulting import QUESTIONS

from gongkai.web.participation.questionnaire import (
    KINDS,
    Question,
    answered,
    figures,
    kept,
    read,
    written,
)

WORDS = st.text(alphabet="公交线路很少每天，abc（）?!", min_size=1, max_size=20)
CHOICES = st.builds(
    lambda kind, words, options, needed: Question(kind, words, tuple(options), needed),
    st.sampled_from(["single", "several"]),
    WORDS,
    st.lists(WORDS, min_size=2, max_size=6, unique=True),
    st.booleans(),
)
OPEN = st.builds(
    lambda kind, words, needed: Question(kind, words, (), needed),
    st.sampled_from(["text", "number"]),
    WORDS,
    st.booleans(),
)
SURVEYS = st.lists(st.one_of(CHOICES, OPEN), min_size=1, max_size=8)


@given(SURVEYS)
def test_what_is_written_reads_as_the_same_questions(questions: list[Question]) -> None:
    assert read(written(questions)) == (questions, [])
    assert kept([one.as_dict() for one in questions]) == questions


@given(st.text(max_size=400))
def test_any_text_is_read_or_told_what_is_wrong(text: str) -> None:
    questions, faults = read(text)
    assert all(one.kind in KINDS for one in questions)
    if text.strip() and not questions:
        assert faults


@given(
    SURVEYS,
    st.dictionaries(
        st.sampled_from([f"q{n}" for n in range(9)]),
        st.one_of(st.none(), st.text(max_size=30), st.lists(st.text(max_size=3), max_size=4), st.integers()),
    ),
)
def test_any_answer_is_kept_clean_or_told_wrong_and_can_be_counted(
    questions: list[Question], given: dict[str, Any]
) -> None:
    clean, faults = answered(questions, given)
    assert not set(clean) & set(faults)
    told = figures(questions, [clean])
    for place, one in enumerate(told):
        assert one["answered"] == (1 if f"q{place}" in clean else 0)


def test_lines_are_read_as_people_write_them() -> None:
    questions, faults = read("1. [单选 * ] 题目\nA. 甲\nB、乙\n\n\n２\n")
    assert questions == [Question("single", "题目", ("甲", "乙"), True)]
    assert [one.line for one in faults] == [6]


def test_an_option_that_begins_with_a_figure_keeps_it() -> None:
    options = ("1.5 公里以内", "3.5 公里以内", "更远")
    assert read("\n".join(["【单选】您家多远？", *options]))[0][0].options == options


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("您好吗？", 1, "方括号"),
        ("【单选】题\n只有一个", 1, "至少要有两个选项"),
        ("【单选】题\n甲\n甲", 1, "重复"),
        ("【文字】题\n甲", 1, "没有选项"),
        ("\n\n【打分】题", 3, "题型"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, words: str) -> None:
    _, faults = read(text)
    assert faults[0].line == line
    assert words in faults[0].zh


def test_a_needed_question_must_be_answered_and_no_option_made_up() -> None:
    questions, _ = read(QUESTIONS)
    assert answered(questions, {})[1] == {"q0": "needed"}
    assert answered(questions, {"q0": "3"})[1] == {"q0": "option"}
    assert answered(questions, {"q0": "1", "q2": "三百"})[1] == {"q2": "number"}
    assert answered(questions, {"q0": "1", "q2": "1e999"})[1] == {"q2": "number"}
    assert answered(questions, {"q0": "1", "q3": "长" * 1001})[1] == {"q3": "long"}
    assert answered(questions, {"q0": "1", "q1": ["2", "0", "2"]})[0] == {"q0": 1, "q1": [0, 2]}
