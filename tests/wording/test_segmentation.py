"""Words and index terms, each at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.wording.normal import simplify
from gongkai.wording.segmentation import index_terms, words

TEXTS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("政府信息公開依申請２０２４Aİ ，\n")))


@given(TEXTS)
def test_words_stand_where_they_say_and_in_order(text: str) -> None:
    last = 0
    for word in words(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= last
        last = word.end


@given(TEXTS)
def test_every_letter_and_figure_is_in_a_word(text: str) -> None:
    covered = {index for word in words(text) for index in range(word.start, word.end)}
    assert {index for index, sign in enumerate(simplify(text)) if sign.isalnum()} <= covered


@given(TEXTS)
def test_terms_are_in_one_spelling_at_true_places(text: str) -> None:
    for term in index_terms(text):
        assert simplify(text[term.start : term.end]).lower() == term.text.lower()


@given(st.text(st.sampled_from("政府信息公开依申请答复"), min_size=2, max_size=30), st.data())
def test_any_phrase_of_the_text_is_found_by_its_terms(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    held = {term.text for term in index_terms(text)}
    assert {text[at : at + 2] for at in range(start, end - 1)} <= held


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依申请公开", ["依", "申请", "公开"]),
        ("第711号令", ["第", "711", "号令"]),
        ("　，。", []),
        ("", []),
    ],
)
def test_words_are_those_a_reader_would_cut(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


def test_traditional_text_gives_the_terms_of_simplified_text() -> None:
    assert [term.text for term in index_terms("政府資訊公開")] == [
        term.text for term in index_terms("政府资讯公开")
    ]


def test_an_offices_own_words_are_whole_and_do_not_leak() -> None:
    own = ("依申请公开",)
    assert [word.text for word in words("依申请公开", own=own)] == ["依申请公开"]
    assert [word.text for word in words("依申请公开")] == ["依", "申请", "公开"]
    with pytest.raises(ValueError, match="不能为空"):
        words("依申请公开", own=(" ",))


def test_a_text_longer_than_a_piece_is_cut_as_one() -> None:
    sentence = "本机关依法办理政府信息公开申请。"
    many = words(sentence * 3000)
    assert len(many) == 3000 * len(words(sentence))
    assert many[-1].end == len(sentence) * 3000 - 1
