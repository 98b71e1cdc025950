"""What the page makes of a stored body besides cleaning it."""

from __future__ import annotations

import nh3
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.publishing.markup import VOCABULARY
from gongkai.web.portal.bodies import public_body

FRAME = '<div class="wide-table" role="region" tabindex="0" aria-label="表格">'


def shown(body: str) -> str:
    return str(public_body(body, str))


def test_a_table_stands_in_a_frame_that_scrolls() -> None:
    table = "<table><tbody><tr><td>表内</td></tr></tbody></table>"
    assert shown(f"<p>前</p>{table}<p>后</p>") == f"<p>前</p>{FRAME}{table}</div><p>后</p>"


def test_a_table_within_a_table_has_no_frame_of_its_own() -> None:
    inner = "<table><tbody><tr><td>内</td></tr></tbody></table>"
    found = shown(f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>{inner}")
    assert found.count("<div") == found.count("</div>") == 2
    assert found.startswith(FRAME)


def test_several_tables_are_told_apart_by_who_hears_the_page() -> None:
    table = "<table><tbody><tr><td>表内</td></tr></tbody></table>"
    found = shown(f"{table}{table}{table}")
    assert [found.count(f'aria-label="{name}"') for name in ("表格", "表格 2", "表格 3")] == [1, 1, 1]


def test_words_that_look_like_a_table_stay_words() -> None:
    assert shown("<p>写作 &lt;table&gt;</p>") == "<p>写作 &lt;table&gt;</p>"


def test_a_table_left_open_is_closed_with_its_frame() -> None:
    found = shown("<table><tbody><tr><td>开着")
    assert found.endswith("</table></div>")


def cells(rows: list[list[str]]) -> list[list[bool]]:
    """Whether each cell of a table (its head first) stands on the right."""
    head, *others = rows
    told = "".join(f'<th scope="col">{one}</th>' for one in head)
    lines = ["<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in others]
    html = shown(f"<table><thead><tr>{told}</tr></thead><tbody>{''.join(lines)}</tbody></table>")
    rows_shown = LexborHTMLParser(html).css("tr")
    return [
        ["number" in (one.attributes.get("class") or "") for one in row.css("th, td")] for row in rows_shown
    ]


def test_figures_stand_on_the_right_with_the_head_of_their_column() -> None:
    table = [
        ["项目", "金额（万元）", "增减"],
        ["教育支出", "1,970.00", "-3.5％"],
        ["其他", "—", ""],
        ["合计", "<p>84.00</p>", "+2.1%"],
    ]
    assert cells(table) == [[False, True, True]] * 4


def test_what_is_no_figure_stays_on_the_left() -> None:
    table = [
        ["序号", "电话", "日期", "文号", "内容"],
        ["1", "0000-8800001", "2026-03-05", "虚政发〔2026〕3号", "12户"],
        ["2", "110", "2026年", "3", ""],
    ]
    assert cells(table) == [[False] * 5] * 3


def test_in_a_table_with_joined_cells_each_figure_is_taken_by_itself() -> None:
    body = (
        '<table><tbody><tr><td rowspan="2">镇</td><td>村</td><td>12</td></tr><tr><td>村</td><td>7</td></tr>'
        '<tr><td class="centre">镇</td><td colspan="2" class="right">9</td></tr></tbody></table>'
    )
    found = LexborHTMLParser(shown(body)).css(".number")
    assert [one.text() for one in found] == ["12", "7"]


@given(st.text(alphabet='<>/tdrhable"= 0123456789.,%&;classnumber', max_size=200))
def test_no_body_comes_out_broken_by_the_alignment(text: str) -> None:
    """What is shown says the same words as the clean body, and is still clean."""
    plain = LexborHTMLParser(nh3.clean(text, tags=set(VOCABULARY)))
    found = LexborHTMLParser(shown(text))
    assert (found.body.text() if found.body else "") == (plain.body.text() if plain.body else "")
