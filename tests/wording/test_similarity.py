"""Sentences that two texts share, word for word or but for their figures."""

from __future__ import annotations

import doctest
import time

from gongkai.wording import similarity
from gongkai.wording.similarity import overlap, overlaps_among, sentences

FIRST = "一是政策解读形式较为单一，图解偏少；二是公开队伍业务能力有待提高。全年共受理政府信息公开申请12件。"
SECOND = (
    "（二）政策解读形式较为单一, 图解偏少。公开栏目更新不够及时，群众意见较多。"
    "全年共受理政府信息公开申请15件。"
)


def test_sentences_are_the_same_whatever_their_number_and_their_signs() -> None:
    shared = overlap(FIRST, SECOND).shared
    assert [(pair.here.words, pair.identical) for pair in shared] == [
        ("一是政策解读形式较为单一，图解偏少", True),
        ("全年共受理政府信息公开申请12件", False),
    ]


def test_the_two_shares_are_kept_apart() -> None:
    found = overlap(FIRST, SECOND)
    assert found.sentences == 3
    assert 0.3 < found.identical < 0.4
    assert 0.6 < found.identical_but_figures < 0.8


def test_a_text_is_wholly_in_itself_and_not_at_all_in_nothing() -> None:
    assert overlap(FIRST, FIRST).identical == 1
    assert overlap(FIRST, "").identical_but_figures == 0
    assert overlap("", FIRST).identical == 0


def test_numbers_in_chinese_characters_are_figures_too() -> None:
    found = overlap("全年组织召开政务公开专题会议三次。", "全年组织召开政务公开专题会议十二次。")
    assert (found.identical, found.identical_but_figures) == (0, 1)


def test_places_lead_back_to_the_words() -> None:
    text = "工作回顾\n　　公开栏目更新不够及时，群众意见较多。\n短句。"
    (sentence,) = sentences(text)
    assert text[sentence.start :].startswith("公开栏目")
    assert sentence.words == "公开栏目更新不够及时，群众意见较多"


def test_among_many_texts_each_knows_whom_it_shares_with() -> None:
    own = [sentences(text) for text in (FIRST, SECOND, "完全不同的另一段文字，说的是别的事情。")]
    length = len("政策解读形式较为单一图解偏少")
    assert overlaps_among(own, common=10) == {0: {1: length}, 1: {0: length}}


def test_a_sentence_of_everybody_counts_for_none() -> None:
    own = [sentences("依照条例规定编制并公布本年度报告。")] * 5
    assert overlaps_among(own, common=4) == {}
    assert len(overlaps_among(own, common=5)) == 5


def test_sixty_texts_cost_far_less_than_sixty_times_sixty() -> None:
    texts = [
        "".join(f"第{organ}号单位的第{line}条措施已经落实到具体责任人员。" for line in range(60))
        for organ in range(60)
    ]
    begun = time.perf_counter()
    overlaps_among([sentences(text) for text in texts], common=60)
    assert time.perf_counter() - begun < 2  # 0.05 s where this was written; pair by pair it would be seconds


def test_the_examples_of_the_documentation_hold() -> None:
    assert doctest.testmod(similarity).failed == 0
