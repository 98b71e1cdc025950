"""Two versions of a text side by side: what people read, and that nothing is lost."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.wording.differences import FieldChange, Piece, differences, field_changes

ARTICLES = [
    "第一条 为了规范虚构县供水安全管理，保障用水，制定本办法。",
    "第二条 本办法适用于虚构县行政区域内的集中供水工程。",
    "第三条 县水利部门负责供水工程的监督管理，各镇人民政府负责日常管护。",
    "第四条 供水单位应当每月检测水质，并向社会公布检测结果。",
    "第五条 违反本办法的，依照有关法律、法规处理。",
]


def marked(old: str, new: str) -> str:
    """The pieces as a person sees them: [-removed-], {+added+}."""
    shapes = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(shapes[piece.kind].format(piece.text) for piece in differences(old, new))


def side(pieces: tuple[Piece, ...], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != without)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("全年收到申请30件。", "全年收到申请31件。", "全年收到申请[-30-]{+31+}件。"),
        ("本办法自2024年起施行。", "本办法自2025年起施行。", "本办法自[-2024-]{+2025+}年起施行。"),
        ("电话：85551234", "电话：85551235", "电话：[-85551234-]{+85551235+}"),
        ("公开指南", "公开办法", "公开[-指南-]{+办法+}"),
        ("定期公开", "定期公开检查结果", "定期公开{+检查结果+}"),
        ("按期答复，没有收费。", "按期答复。", "按期答复[-，没有收费-]。"),
        ("", "新文", "{+新文+}"),
        ("旧文", "", "[-旧文-]"),
        ("同文\n", "同文\n", "同文\n"),
        ("末行", "末行\n", "末行{+\n+}"),
    ],
)
def test_a_change_is_shown_by_words(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_two_empty_texts_differ_in_nothing() -> None:
    assert differences("", "") == ()


def test_an_inserted_paragraph_leaves_its_neighbours_as_they_are() -> None:
    new = [*ARTICLES[:2], "新增条款，另起一段。", *ARTICLES[2:]]
    found = differences("\n".join(ARTICLES), "\n".join(new))
    assert [(piece.kind, piece.text) for piece in found if piece.kind != "same"] == [
        ("added", "新增条款，另起一段。\n")
    ]


def test_a_paragraph_that_moved_is_removed_here_and_added_there() -> None:
    new = [*ARTICLES[1:], ARTICLES[0]]
    found = differences("\n".join(ARTICLES) + "\n", "\n".join(new) + "\n")
    assert [(piece.kind, piece.text) for piece in found if piece.kind != "same"] == [
        ("removed", ARTICLES[0] + "\n"),
        ("added", ARTICLES[0] + "\n"),
    ]


def test_changed_paragraphs_are_compared_with_their_own_older_version() -> None:
    new = [article.replace("供水", "给水") for article in ARTICLES]
    del new[1]
    found = differences("\n".join(ARTICLES), "\n".join(new))
    removed = [piece.text for piece in found if piece.kind == "removed"]
    assert [len(text) <= 4 for text in removed].count(False) == 1
    assert ARTICLES[1] + "\n" in removed


def test_a_rewritten_sentence_is_shown_whole_and_not_in_shreds() -> None:
    old, new = "县水利局负责供水安全管理，定期检查。", "镇政府承担道路维修养护，每月巡查。"
    found = differences(old, new)
    assert len([piece for piece in found if piece.kind == "same"]) <= 1


def test_no_single_character_is_kept_between_two_changes() -> None:
    seed = random.Random(7)
    for _ in range(200):
        old = "".join(seed.choices("县水利局负责安全的了和检查公开", k=40))
        new = "".join(seed.choices("县水利局负责安全的了和检查公开", k=40))
        found = differences(old, new)
        inner = [piece.text for piece in found[1:-1] if piece.kind == "same"]
        assert all(len(text) >= 2 for text in inner)


TEXTS = st.text(st.sampled_from("公开政府信息的了。，；\n 12a　🀄\r\u2028\x0b"), max_size=80)


@given(TEXTS, TEXTS)
def test_property_the_pieces_of_a_side_are_that_side(old: str, new: str) -> None:
    found = differences(old, new)
    assert (side(found, "added"), side(found, "removed")) == (old, new)
    assert all(piece.text for piece in found)
    assert all(one.kind != next_one.kind for one, next_one in pairwise(found))


@settings(max_examples=50)
@given(st.lists(st.sampled_from(ARTICLES), max_size=8), st.lists(st.sampled_from(ARTICLES), max_size=8))
def test_property_whole_paragraphs_are_lost_on_neither_side(old: list[str], new: list[str]) -> None:
    found = differences("\n".join(old), "\n".join(new))
    assert side(found, "added") == "\n".join(old)
    assert side(found, "removed") == "\n".join(new)


@given(TEXTS)
def test_property_a_text_is_the_same_as_itself(text: str) -> None:
    assert {piece.kind for piece in differences(text, text)} <= {"same"}


def _large(size: int, seed: random.Random) -> list[str]:
    # Characters of the common plane, so that no sentence stands twice.
    words = "".join(chr(seed.randrange(0x4E00, 0x9FA5)) for _ in range(600))
    return [
        "，".join("".join(seed.choices(words, k=18)) for _ in range(8)) + "。" for _ in range(size // 150)
    ]


@pytest.mark.parametrize("joint", ["\n", "", "\n\n"])
def test_200_kilobytes_heavily_changed_take_less_than_two_seconds(joint: str) -> None:
    seed = random.Random(11)
    old = _large(70_000, seed)
    new = ["".join(seed.choice("变更修订") if seed.random() < 0.1 else c for c in line) for line in old]
    moved = new[: len(new) // 4]
    seed.shuffle(moved)
    new[: len(moved)] = moved
    one, other = joint.join(old), joint.join(new)
    assert len(one.encode()) > 200_000
    differences("预热", "预备")  # the dictionary loads at first use
    start = time.process_time()
    found = differences(one, other)
    assert time.process_time() - start < 2
    assert (side(found, "added"), side(found, "removed")) == (one, other)
    same = sum(len(piece.text) for piece in found if piece.kind == "same")
    assert same > len(one) / 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("的" * 70_000, "的" * 69_990 + "了"),
        ("的了" * 35_000, "了的的" * 23_000),
        ("0\n" * 50_000, "0\n1\n" * 25_000),
    ],
    ids=["one character", "two characters", "figures"],
)
def test_a_monotonous_text_takes_no_longer(old: str, new: str) -> None:
    start = time.process_time()
    found = differences(old, new)
    assert time.process_time() - start < 3
    assert (side(found, "added"), side(found, "removed")) == (old, new)


def test_fields_that_changed_are_told_with_their_labels_in_the_order_of_the_form() -> None:
    before = {"number": None, "title": "关于供水的通知", "validity": "有效", "secret": "x"}
    after = {"number": "虚政发〔2026〕3号", "title": "关于供水的通告", "validity": "有效", "secret": "y"}
    labels = {"title": "标题", "number": "发文字号", "validity": "有效性"}
    assert field_changes(before, after, labels) == (
        FieldChange("标题", "关于供水的通知", "关于供水的通告"),
        FieldChange("发文字号", "", "虚政发〔2026〕3号"),
    )


def test_a_field_that_is_new_or_gone_is_a_change_and_an_empty_one_is_not() -> None:
    assert field_changes({"a": "1", "b": None}, {"b": "", "c": 2}) == (
        FieldChange("a", "1", ""),
        FieldChange("c", "", "2"),
    )
