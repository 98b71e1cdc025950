"""Markdown as converters and people write it: marks, escapes, tables in html. All names are invented."""

from __future__ import annotations

import pytest
from tests.documents.samples import lines, listed, read, tables, texts

from gongkai.documents import Line


def shown(text: str, name: str = "report.md") -> list[str]:
    return [line for line in lines(read(text.encode(), name)) if line.strip()]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"1\.规章", "1.规章"),
        (r"\-3", "-3"),
        (r"94\.5", "94.5"),
        (r"0000\-5550006", "0000-5550006"),
        (r"\（一\）\*注\*", r"\（一\）*注*"),
        ("__一、总体情况__", "一、总体情况"),
        ("**一、****总体情况**", "一、总体情况"),
        ("***云溪镇***人民政府", "云溪镇人民政府"),
        ("*斜体*。", "斜体。"),
        ("5*4*3", "5*4*3"),
        ("____年____月", "____年____月"),
        ("## 云溪镇人民政府 ##", "云溪镇人民政府"),
        ("##云溪镇人民政府", "云溪镇人民政府"),
        ("> 本报告", "本报告"),
        ("云溪镇人民政府\\", "云溪镇人民政府"),
        ("规章&nbsp;&#160;5&lt;6", "规章\u00a0\u00a05<6"),
        ('当前位置：[首页](/) > [年报](/c1/nb.html "年报")', "当前位置：首页 > 年报"),
        ("![图](a.png)云溪镇", "云溪镇"),
        ("国办公开办函[2021]30号", "国办公开办函[2021]30号"),
        ("规范性文件<sup>1</sup>", "规范性文件1"),
        ("| 结果<br>维持 | 3<br/>件 |", "| 结果维持 | 3 件 |"),
        (r"| 增\|减 | \-1 |", "| 增｜减 | -1 |"),
        ("| **12** | __规章__ |", "| 12 | 规章 |"),
    ],
)
def test_marks_are_taken_out_and_words_stay(written: str, seen: str) -> None:
    assert shown(written) == [seen]


@pytest.mark.parametrize("mark", ["=====", "---", "***", "```", "~~~", "```json"])
def test_a_line_of_marks_alone_is_blank(mark: str) -> None:
    assert shown(f"云溪镇人民政府\n{mark}\n一、总体情况") == ["云溪镇人民政府", "一、总体情况"]


def test_lines_keep_their_numbers() -> None:
    found = read("标题\n=====\n\n**一、总体**\n1\\.甲".encode(), "report.md").blocks
    assert [(b.text, b.number) for b in found if isinstance(b, Line) and b.text] == [
        ("标题", 1),
        ("一、总体", 4),
        ("1.甲", 5),
    ]


def test_breaks_outside_tables_part_lines_whose_numbers_still_rise() -> None:
    found = read("云溪镇人民政府<br>2024年年报\n一、总体情况\n\n完".encode(), "report.md").blocks
    assert [(b.text, b.number) for b in found if isinstance(b, Line) and b.text] == [
        ("云溪镇人民政府", 1),
        ("2024年年报", 2),
        ("一、总体情况", 3),
        ("完", 5),
    ]


def test_a_plain_text_with_the_marks_of_markdown_is_read_alike() -> None:
    assert shown("# 标题\n\n1\\.规章\\-3", "report.txt") == ["标题", "1.规章-3"]


def test_a_plain_text_without_marks_stays_as_it_is() -> None:
    text = "张**、李**\n规章\t\\\t5\n#标题"
    assert lines(read(text.encode(), "report.txt")) == text.split("\n")


HTML = """# 云溪镇人民政府2024年政府信息公开工作年度报告

一、总体情况 2024年**平稳**。

<table border="1">
<tr><td rowspan="2">申请</td><td>1.新收</td><td>3</td></tr>
<tr><td>2.结转</td>
<td>&nbsp;</td></tr>
</table>

<div>二、说明</div>
"""


@pytest.mark.parametrize("name", ["report.md", "report.txt"])
def test_a_table_in_html_is_read_as_one_and_the_rest_as_text(name: str) -> None:
    document = read(HTML.encode(), name)
    [table] = tables(document)
    assert listed(table) == [
        [("申请", 1, 1, 2, 1), ("1.新收", 1, 2, 1, 1), ("3", 1, 3, 1, 1)],
        [("2.结转", 2, 2, 1, 1), ("", 2, 3, 1, 1)],
    ]
    assert [line for line in lines(document) if line] == [
        "云溪镇人民政府2024年政府信息公开工作年度报告",
        "一、总体情况 2024年平稳。",
        "二、说明",
    ]


def test_cells_of_a_table_in_html_tell_their_lines() -> None:
    document = read(HTML.encode(), "report.md")
    [table] = tables(document)
    assert [table.place(row[0]).line for row in table.rows] == [6, 7]
    assert document.blocks[-1] == Line("二、说明", 11)


def test_a_table_on_one_line_within_tags_of_a_page_does_not_make_the_file_a_page() -> None:
    table = "<html><body><table><tr><td>规章</td><td>5</td></tr></table></body></html>"
    text = f"云溪镇人民政府\n\n一、总体情况\n\n{table}\n\n二、说明"
    document = read(text.encode(), "report.md")
    assert document.kind == "md"
    assert texts(document) == [[["规章", "5"]]]
    assert [line for line in lines(document) if line] == ["云溪镇人民政府", "一、总体情况", "二、说明"]


def test_a_page_of_the_web_saved_under_the_name_of_a_text_is_a_page() -> None:
    assert read("<!-- 保存 -->\n<html><body><p>规章</p></body></html>".encode(), "report.txt").kind == "html"


def test_a_page_behind_many_comments_and_blanks_is_told_from_text_at_once() -> None:
    head = "<!-- 注 -->" * 90 + " " * 900
    assert read(f"{head}<html><body><p>规章</p></body></html>".encode(), "report.txt").kind == "html"
    assert read(f"{head}<html><body><p>规章</p></body></html>".encode(), "report.md").kind == "html"


def test_a_table_that_the_file_breaks_off_in_keeps_its_cells() -> None:
    document = read("云溪镇\n<table><tr><td>规章</td><td>5</td></tr>\n<tr><td>许可".encode(), "report.md")
    assert texts(document) == [[["规章", "5"], ["许可"]]]


def test_tables_of_every_kind_are_numbered_in_their_order() -> None:
    drawn = "┌──┬──┐\n│规章│5   │\n└──┴──┘\n"
    document = read(
        f"{drawn}\n<table><tr><td>许可</td><td>6</td></tr></table>\n\n{drawn}".encode(), "report.txt"
    )
    assert [(table.number, table.rows[0][0].text) for table in tables(document)] == [
        (1, "规章"),
        (2, "许可"),
        (3, "规章"),
    ]


def test_an_escaped_figure_in_a_cell_of_a_grid_is_a_figure() -> None:
    grid = "+------+-----+\n| 规章 | \\-3 |\n+------+-----+\n"
    assert texts(read(grid.encode(), "report.md")) == [[["规章", "-3"]]]
