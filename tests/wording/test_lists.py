"""Wording lists: what they hold, how they are read, and where an entry does not apply."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.wording.lists import (
    KINDS,
    Grade,
    ListError,
    Matcher,
    WordList,
    load_list,
    read_list,
    starter_lists,
)
from gongkai.wording.normal import simplify

HEAD = "错误表述,正确表述,等级,类别,出处,生效日期,说明,例外,限于\n"


def matched(text: str, *lists: WordList, on: dt.date | None = None) -> list[tuple[str, str]]:
    return [
        (match.entry.wrong, match.mood)
        for match in Matcher(lists or starter_lists()).find(simplify(text), on=on)
    ]


# (text, [(entry, mood)])
SENTENCES = [
    ("电梯按装完毕。", [("按装", "")]),
    ("按装配图纸施工，按装修标准验收。", []),
    ("工作布署到位", [("布署", "")]),
    ("请予公布署名文章", []),
    ("他既使不来", [("既使", "")]),
    ("既使用又维护", []),
    ("《关于按装电梯的通知》", [("按装", "quoted")]),
    ("文中把“安装”写成“按装”。", [("按装", "quoted")]),
    ("報國土資源部備案。", [("国土资源部", "")]),
    ("由国土资源部负责解释。", [("国土资源部", "")]),
    ("原国土资源部印发的文件", [("国土资源部", "past")]),
    ("2016年，国土资源部批复同意。", [("国土资源部", "past")]),
    ("2024年，国土资源部批复同意。", [("国土资源部", "")]),
    ("国土资源部门依法查处", []),
    ("各级农业部门、环境保护部门", []),
    ("《国土资源部关于加强管理的通知》", []),
    ("依照《合同法》第五十二条", [("《合同法》", "")]),
    ("依照《中华人民共和国合同法》第五十二条", [("中华人民共和国合同法", "")]),
    ("依照《劳动合同法》第三十八条", []),
    ("《中华人民共和国合同法释义》一书", []),
    ("《合同法》自2021年1月1日起废止", [("《合同法》", "past")]),
    ("北朝鲜", [("北朝鲜", "")]),
    ("东北朝鲜族聚居地", []),
    ("上级部署的安装工作", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_an_entry_applies_where_it_is_wrong_and_nowhere_else(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert matched(text) == expected


def test_every_entry_shipped_names_its_source_and_is_found_by_itself() -> None:
    for one in starter_lists():
        assert one.entries
        for entry in one.entries:
            assert entry.source
            assert entry.kind in KINDS
            assert matched(f"甲{entry.wrong}乙", one) == [(entry.wrong, "")]
            assert entry.id == f"{one.name}:{entry.wrong}"


def test_no_right_word_of_a_list_is_wrong_in_it() -> None:
    for one in starter_lists():
        for entry in one.entries:
            for right in entry.right:
                assert not matched(f"甲{right}乙", one), (entry.wrong, right)


def test_no_exception_shipped_is_matched() -> None:
    for one in starter_lists():
        for entry in one.entries:
            for word in entry.unless:
                assert not matched(f"甲{word}乙", one), (entry.wrong, word)


def test_outdated_names_hold_from_a_day() -> None:
    for one in starter_lists():
        for entry in one.entries:
            assert (entry.holds_from is not None) == entry.kind.startswith("outdated_"), entry.wrong


def test_the_offices_own_entry_wins_over_the_starter_list() -> None:
    own = read_list(HEAD + "按装,装配,严重表述错误,错别字,本单位,,,,\n", "own")
    (match,) = Matcher((*starter_lists(), own)).find("按装")
    assert (match.entry.right, match.entry.grade) == (("装配",), Grade.GRAVE)


def test_an_entry_can_need_a_word_in_its_sentence() -> None:
    own = read_list(HEAD + "申报,申请,一般错误,不当用语,本单位,,,,公开|信息\n", "own")
    assert matched("申报政府信息公开。项目申报。", own) == [("申报", "")]


def test_a_longer_entry_covers_a_shorter_one() -> None:
    own = read_list(
        HEAD + "甲乙,丙,一般错误,错别字,本单位,,,,\n甲乙丁,戊,一般错误,错别字,本单位,,,,\n", "own"
    )
    assert matched("甲乙丁甲乙", own) == [("甲乙丁", ""), ("甲乙", "")]


# (rows, code, row of the file, what the message says)
BROKEN = [
    ("", "empty", None, "没有内容"),
    ("错误表述,等级\n", "no_column", 1, "缺少列“类别”"),
    ("错误表述,等级,类别,出处,颜色\n", "unknown_column", 1, "颜色"),
    (HEAD + ",安装,一般错误,错别字,本单位\n", "needed", 2, "错误表述"),
    (HEAD + "按装,安装,一般错误,错别字,\n", "needed", 2, "出处"),
    (HEAD + "按装,安装,很严重,错别字,本单位\n", "grade", 2, "很严重"),
    (HEAD + "按装,安装,一般错误,笔误,本单位\n", "kind", 2, "笔误"),
    (HEAD + "按装,安装,一般错误,错别字,本单位,2018年3月\n", "date", 2, "2018-03-17"),
    (HEAD + "按装,按装,一般错误,错别字,本单位\n", "same_word", 2, "相同"),
    (
        HEAD + "# 注\n\n按装,安装,一般错误,错别字,本单位\n按装,安装,一般错误,错别字,本单位\n",
        "doubled",
        5,
        "已有一条",
    ),
    (HEAD + f"{'错' * 61},安装,一般错误,错别字,本单位\n", "too_long", 2, "60"),
    (HEAD + "按装,安装,一般错误,错别字,本单位,,,装配\n", "right_is_wrong", 2, "不含“按装”"),
]


@pytest.mark.parametrize(("text", "code", "row", "says"), BROKEN, ids=[one[1] for one in BROKEN])
def test_a_broken_list_says_where_and_what_to_do(text: str, code: str, row: int | None, says: str) -> None:
    with pytest.raises(ListError) as error:
        read_list(text, "own")
    assert (error.value.code, error.value.row) == (code, row)
    assert says in error.value.zh
    assert "own" in error.value.en


def test_a_list_is_read_from_a_file_as_a_table_program_saves_it(tmp_path: Path) -> None:
    path = tmp_path / "本单位.csv"
    path.write_bytes(
        b"\xef\xbb\xbf" + (HEAD + '按装,"安装|装配",一般错误,wrong_word,"本单位,2026",,,,\r\n').encode()
    )
    one = load_list(path)
    assert one.name == "本单位"
    assert (one.entries[0].right, one.entries[0].source) == (("安装", "装配"), "本单位,2026")
    path.write_bytes("错误表述".encode("gb18030"))
    with pytest.raises(ListError, match="UTF-8"):
        load_list(path)


def test_an_unknown_entry_is_not_switched_off_in_silence() -> None:
    with pytest.raises(KeyError, match="没有"):
        starter_lists()[0].without("不存在的词")


def test_ten_thousand_entries_are_matched_as_plain_search_would() -> None:
    dice = random.Random(11)
    letters = "".join(sign for sign in map(chr, range(0x4E00, 0x5000)) if simplify(sign) == sign)
    words = sorted({"".join(dice.choices(letters, k=dice.choice((3, 4)))) for _ in range(10_000)})
    rows = "".join(f"{word},,一般错误,敏感用语,自拟,,,,\n" for word in words)
    one = read_list(HEAD + rows, "large")
    text = "".join(dice.choices(letters, k=20_000)) + "。".join(words[:50])
    found = Matcher([one]).find(text)
    assert {match.entry.wrong for match in found} <= {word for word in words if word in text}
    assert {match.entry.wrong for match in found} >= set(words[:50])
    assert all(text[match.start : match.end] == match.entry.wrong for match in found)


@given(st.text(st.sampled_from("按装配既使用《》“”国土资源部门原。2018年")))
def test_matches_never_overlap_and_hold_their_words(text: str) -> None:
    last = 0
    for match in Matcher(starter_lists()).find(text):
        assert match.start >= last
        assert text[match.start : match.end] == match.entry.wrong
        last = match.end


def test_no_lists_find_nothing() -> None:
    assert Matcher(()).find("按装") == []
