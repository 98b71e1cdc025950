from __future__ import annotations

import pytest
from tests.documents.samples import lines, read

from gongkai.documents import DocumentError, Line

REPORT = "云溪镇人民政府2024年年度报告\n\n规章\t0\t0\t12\r\n“三安全一稳定”—完"
AS_LINES = ["云溪镇人民政府2024年年度报告", "", "规章\t0\t0\t12", "“三安全一稳定”—完"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_reads_the_same_in_every_encoding_chinese_offices_use(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert lines(read(mark + REPORT.encode(encoding), "report.txt")) == AS_LINES


def test_lines_are_numbered_as_an_editor_numbers_them() -> None:
    assert [line.number for line in read(REPORT.encode(), "report.txt").blocks if isinstance(line, Line)] == [
        1,
        2,
        3,
        4,
    ]


def test_a_form_feed_begins_the_next_page_and_is_no_line() -> None:
    document = read("第一页\n\f第二页\n又一行\f".encode(), "report.txt")
    found = [(line.text, line.page) for line in document.blocks if isinstance(line, Line)]
    assert [item for item in found if item[0]] == [("第一页", 1), ("第二页", 2), ("又一行", 2)]


def test_pages_are_not_invented_where_no_form_feed_is() -> None:
    assert read(b"one line", "report.txt").blocks == [Line("one line", 1, None)]


def test_markdown_keeps_its_pipes_and_says_it_is_markdown() -> None:
    document = read("| 规章 | 0 |\n|---|---|".encode(), "report.md")
    assert document.kind == "md"
    assert lines(document) == ["| 规章 | 0 |", "|---|---|"]


def test_a_text_cut_within_a_character_is_read_and_the_loss_noted() -> None:
    document = read((REPORT * 20).encode()[:-1], "report.txt")
    assert lines(document)[0] == AS_LINES[0]
    assert "1 处字符" in document.notes[0]


def test_a_text_with_a_few_broken_characters_is_not_taken_for_another_encoding() -> None:
    document = read((REPORT * 30).encode().replace("章".encode(), b"\xe7\xab", 1), "report.txt")
    assert lines(document)[0] == AS_LINES[0]


def test_a_text_in_an_unknown_encoding_is_refused_with_what_to_do() -> None:
    with pytest.raises(DocumentError) as error:
        read("ä, ö, ü, ß, é; ç! ".encode("cp437") * 5, "report.txt")
    assert error.value.code == "wrong_encoding"
    assert "UTF-8" in error.value.zh


def test_a_sentence_in_angle_brackets_stays_text() -> None:
    assert read("<<条例>>规定编制本报告".encode(), "report.txt").kind == "txt"


def test_a_text_that_begins_with_a_bracket_stays_text() -> None:
    assert lines(read("[发布日期] 2025-01-09\n{规章} 0".encode(), "report")) == [
        "[发布日期] 2025-01-09",
        "{规章} 0",
    ]


def test_page_numbers_beside_form_feeds_are_no_figures_and_lines_keep_their_numbers() -> None:
    document = read("规章\t5\n1\n\f许可\t0\n\n 2 \n\f\n3\n处罚\t3\n".encode(), "report.txt")
    found = [(line.text, line.number) for line in document.blocks if isinstance(line, Line) and line.text]
    assert found == [("规章\t5", 1), ("许可\t0", 3), ("处罚\t3", 8)]


def test_a_lone_figure_beside_a_form_feed_that_does_not_count_the_pages_stays() -> None:
    assert "17" in lines(read("规章\n17\n\f许可\n0\n\f处罚\n0\n".encode(), "report.txt"))
