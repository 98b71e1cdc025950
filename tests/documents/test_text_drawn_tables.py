"""Tables drawn with characters: old notices, terminal browsers, grid tables. All figures are invented."""

from __future__ import annotations

import pytest
from tests.documents.samples import lines, listed, read, tables, texts

from gongkai.documents import Line

WIDE = """云溪镇人民政府
┌────────┬──┬──┐
│统计指标        │单位│数量│
├────────┼──┼──┤
│一、主动公开“信│条  │　12│
│息”数          │    │    │
├────────┼──┼──┤
│二、回应数      │次  │    │
└────────┴──┴──┘
填报人
"""
NARROW = """云溪镇人民政府
┌────────┬────┬──┐
│规章    │件  │12│
│的总数  │    │  │
├────────┼────┼──┤
│“三公” │条  │0 │
└────────┴────┴──┘
填报人
"""


def test_rows_between_two_rules_are_one_row_whose_lines_are_joined() -> None:
    document = read(WIDE.encode("gb18030"), "report.txt")
    assert texts(document) == [
        [["统计指标", "单位", "数量"], ["一、主动公开“信息”数", "条", "12"], ["二、回应数", "次", ""]]
    ]
    assert lines(document) == ["云溪镇人民政府", "填报人"]


def test_quotation_marks_count_one_or_two_columns_as_the_drawing_has_it() -> None:
    assert texts(read(NARROW.encode(), "report.txt")) == [[["规章的总数", "件", "12"], ["“三公”", "条", "0"]]]


def test_a_cell_of_a_drawn_table_tells_the_line_it_stands_in() -> None:
    [table] = tables(read(WIDE.encode(), "report.txt"))
    place = table.place(table.rows[2][0])
    assert (place.line, place.table, place.row, place.column) == (8, 1, 3, 1)
    assert read(WIDE.encode(), "report.txt").blocks[-1] == Line("填报人", 10)


SPANS = """
┌──────────┬───────────┐
│          │申请人情况 │
│          ├────┬──────┤
│          │个人│总计  │
├──┬───────┼────┼──────┤
│（│1.重复 │0   │1     │
│五│申请   │    │      │
│）├───────┼────┼──────┤
│  │2.其他 │0   │2     │
├──┴───────┼────┼──────┤
│总计      │0   │3     │
└──────────┴────┴──────┘
"""


def test_cells_reach_over_rows_and_columns_where_a_line_is_interrupted() -> None:
    [table] = tables(read(SPANS.encode(), "report.txt"))
    assert listed(table) == [
        [("", 1, 1, 2, 2), ("申请人情况", 1, 3, 1, 2)],
        [("个人", 2, 3, 1, 1), ("总计", 2, 4, 1, 1)],
        [("（五）", 3, 1, 2, 1), ("1.重复申请", 3, 2, 1, 1), ("0", 3, 3, 1, 1), ("1", 3, 4, 1, 1)],
        [("2.其他", 4, 2, 1, 1), ("0", 4, 3, 1, 1), ("2", 4, 4, 1, 1)],
        [("总计", 5, 1, 1, 2), ("0", 5, 3, 1, 1), ("3", 5, 4, 1, 1)],
    ]


@pytest.mark.parametrize("marks", ["┏━┳┓┣╋┫┗┻┛┃", "╔═╦╗╠╬╣╚╩╝║", "┌─┬┐├┼┤└┴┘│", "+=++++++++|", "+-++++++++|"])
def test_every_kind_of_line_draws_a_table(marks: str) -> None:
    drawn = SPANS.translate(str.maketrans("┌─┬┐├┼┤└┴┘│", marks))
    [table] = tables(read(drawn.encode(), "report.txt"))
    assert [cell.text for cell in table.rows[3]] == ["2.其他", "0", "2"]
    assert [cell.text for cell in table.rows[4]] == ["总计", "0", "3"]


def test_lines_with_figures_of_their_own_between_two_rules_are_rows() -> None:
    rule = "+------+----+----+\n"
    drawn = f"{rule}| 项目 | 甲 | 乙 |\n{rule}| 许可 | 5  | 1  |\n| 处罚 | 6  | 2  |\n{rule}"
    [table] = texts(read(drawn.encode(), "report.txt"))
    assert table == [["项目", "甲", "乙"], ["许可", "5", "1"], ["处罚", "6", "2"]]


def test_a_bar_that_slipped_aside_still_parts_its_cells() -> None:
    drawn = (
        "┌────┬──┬──┐\n│规章│0 │1 │\n├────┼──┼──┤\n│许可 │12│3 │\n├────┼──┼──┤\n│处罚│ 4 │5│\n└────┴──┴──┘"
    )
    [table] = texts(read(drawn.encode(), "report.txt"))
    assert table == [["规章", "0", "1"], ["许可", "12", "3"], ["处罚", "4", "5"]]


def test_a_table_without_outer_lines_and_with_a_dash_for_nothing_is_read() -> None:
    rule = "────────┼────┼────\n"
    drawn = f"项目    │本年│上年\n{rule}规章    │ ── │3\n{rule}规范性  │4   │\n文件    │    │\n"
    [table] = texts(read(drawn.encode(), "report.txt"))
    assert table == [["项目", "本年", "上年"], ["规章", "──", "3"], ["规范性文件", "4", ""]]


def test_blank_lines_between_the_lines_of_a_drawing_do_not_part_it() -> None:
    drawn = WIDE.replace("\n", "\n\n")
    [table] = texts(read(drawn.encode(), "report.txt"))
    assert table[1] == ["一、主动公开“信息”数", "条", "12"]


def test_a_figure_broken_over_two_lines_of_its_cell_is_one_figure() -> None:
    drawn = "┌──┬───┬───┐\n│规│123│0  │\n│章│45 │   │\n└──┴───┴───┘"
    assert texts(read(drawn.encode(), "report.txt")) == [[["规章", "12345", "0"]]]


def test_a_lone_bar_in_a_sentence_is_no_table() -> None:
    document = read("首页│政务公开│年报\n正文".encode(), "report.txt")
    assert lines(document) == ["首页│政务公开│年报", "正文"]


def test_a_pipe_table_of_markdown_is_left_to_its_lines() -> None:
    assert lines(read("| 规章 | 0 |\n|---|---|\n| 许可 | 1 |".encode(), "report.txt"))[0] == "| 规章 | 0 |"
