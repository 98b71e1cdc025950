"""Pages that a converter has rolled up into one line. All names and figures are invented."""

from __future__ import annotations

from tests.documents.samples import lines, read

from gongkai.documents import Line

PAGE = ["云溪镇人民政府", "一、总体情况", "2024年，工作平稳。", "全年收到申请3件。", "规章", "0", " ", "5"]


def test_a_page_whose_cells_and_sentences_stand_in_one_line_becomes_lines_again() -> None:
    menu = [f"栏目{i}的名称和说明文字" for i in range(30)]
    found = lines(read("\t".join([*menu, *PAGE]).encode(), "report.txt"))
    assert found[30:] == [
        "云溪镇人民政府",
        "一、总体情况",
        "2024年，工作平稳。",
        "全年收到申请3件。",
        "规章",
        "0",
        "\t",
        "5",
    ]


def test_lines_behind_a_rolled_up_page_have_numbers_of_their_own() -> None:
    menu = [f"栏目{i}的名称和说明文字" for i in range(30)]
    blocks = read(("\t".join([*menu, *PAGE]) + "\n完").encode(), "report.txt").blocks
    numbers = [block.number for block in blocks if isinstance(block, Line)]
    assert numbers == sorted(set(numbers))
    assert blocks[-1] == Line("完", numbers[-1])


def test_a_row_of_many_cells_stays_one_line() -> None:
    row = "\t".join(["行政处罚的名称和说明文字一二三四五六七八九十" * 4, *"0" * 60])
    assert lines(read(row.encode(), "report.txt")) == [row]


def test_prose_within_the_bars_of_a_rolled_up_layout_becomes_lines() -> None:
    sentence = "健全信息发布审核机制，定期对已公开信息开展自查，及时清理失效信息。"
    prose = "　　".join(["一、总体情况", *[sentence] * 30])
    text = f"| 当前位置：首页 |  |  |  | | --- | --- | --- | 云溪镇年报  {prose} | 规章 0  1 | 2 |"
    found = lines(read(text.encode(), "report.md"))
    assert "一、总体情况" in found
    assert found.count(sentence) == 30 - 1
    assert found[-1].split("|")[-2].split() == ["规章", "0", "1"]
