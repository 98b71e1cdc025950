from __future__ import annotations

import pytest
from tests.documents.samples import lines, listed, read, tables, texts

from gongkai.documents import Line

PAGE = "<html><head><title>标题</title></head><body>{}</body></html>"


def page(body: str) -> bytes:
    return PAGE.format(body).encode()


def test_only_what_a_reader_sees_is_read() -> None:
    body = (
        "<script>var a='脚本'</script><style>p{}</style><noscript>无脚本</noscript><!-- 注释 -->"
        "<p>一、总体情况</p><p hidden>藏一</p><div style='color:red; DISPLAY : none'>藏二<p>藏三</p></div>"
        "<p>见文</p><template>模板</template><select><option>选项</select>"
    )
    assert lines(read(page(body))) == ["一、总体情况", "见文"]


def test_blocks_and_br_break_lines_and_inline_elements_do_not() -> None:
    body = "<div>甲<b>乙</b><span>丙</span><br>丁<p>戊</p>己</div>"
    assert lines(read(page(body))) == ["甲乙丙", "丁", "戊", "己"]


def test_a_break_in_the_source_is_no_space_between_chinese_characters() -> None:
    assert lines(read(page("<p>政府信息\n      公开工作 in\n 2024</p>"))) == ["政府信息公开工作 in 2024"]


def test_spaces_that_are_meant_stay_and_entities_are_characters() -> None:
    assert lines(read(page("<p>规章&nbsp;&nbsp;&nbsp;0&lt;1&#65289;&amp;</p>"))) == ["规章   0<1）&"]


def test_preformatted_text_keeps_its_lines_and_columns() -> None:
    assert lines(read(page("<pre>规章    0\n许可    1</pre>"))) == ["规章    0", "许可    1"]


def test_lines_are_numbered_in_reading_order() -> None:
    blocks = read(page("<p>甲</p><table><tr><td>乙<td>丙</table><p>丁</p>")).blocks
    assert [b.number if isinstance(b, Line) else "table" for b in blocks] == [1, "table", 2]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gb2312", "big5"])
def test_the_charset_of_the_page_is_used(encoding: str) -> None:
    content = (
        f'<html><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><p>公文</p></html>'
    )
    assert lines(read(content.encode(encoding))) == ["公文"]


def test_a_page_that_claims_gb2312_and_is_utf8_is_read_as_utf8() -> None:
    assert lines(read('<html><meta charset="gb2312"><p>政府信息公开</p></html>'.encode())) == ["政府信息公开"]


def test_a_page_in_utf16_is_read() -> None:
    assert lines(read("<html><body><p>规章</p></body></html>".encode("utf-16"), "a.html")) == ["规章"]


def test_a_cell_is_listed_once_at_its_place_in_the_grid() -> None:
    body = "<table><tr><th rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁<tr><td>戊<td></td><td>己</table>"
    [table] = tables(read(page(body)))
    assert listed(table) == [
        [("甲", 1, 1, 2, 1), ("乙", 1, 2, 1, 2)],
        [("丙", 2, 2, 1, 1), ("丁", 2, 3, 1, 1)],
        [("戊", 3, 1, 1, 1), ("", 3, 2, 1, 1), ("己", 3, 3, 1, 1)],
    ]


def test_spans_beyond_the_table_end_with_it() -> None:
    [table] = tables(read(page("<table><tr><td rowspan=99>甲<td rowspan=0>乙<tr><td>丙</table>")))
    assert [cell.rowspan for cell in table.rows[0]] == [2, 2]


def test_paragraphs_within_a_cell_stay_apart_and_runs_do_not() -> None:
    body = "<table><tr><td><p>结果</p><p>维持</p><td><span>1</span><span>2</span><td>其他<br>结果</table>"
    assert texts(read(page(body))) == [[["结果\n维持", "12", "其他\n结果"]]]


def test_a_table_that_only_arranges_the_page_is_unwrapped() -> None:
    body = "<table><tr><td><p>一、总体情况</p><table><tr><td>规章<td>0</table><p>完</p></table>"
    document = read(page(body))
    assert lines(document) == ["一、总体情况", "完"]
    assert texts(document) == [[["规章", "0"]]]


def test_a_small_table_within_a_cell_of_figures_does_not_undo_the_table() -> None:
    rows = "".join(f"<tr><td>项目{i}的名称<td>{i}" for i in range(6))
    body = f"<table>{rows}<tr><td>其他<td><table><tr><td>1<td>件</table></table>"
    [table] = texts(read(page(body)))
    assert table[-1] == ["其他", "1\t件"]
    assert len(table) == 7


def test_hidden_cells_do_not_shift_the_others() -> None:
    hidden = "style='display:none'"
    body = f"<table><tr><td>甲<td {hidden}>9<td>1<tr {hidden}><td>8<tr><td>乙<td>2</table>"
    assert texts(read(page(body))) == [[["甲", "1"], ["乙", "2"]]]


def test_a_fragment_without_html_element_is_html_by_its_name() -> None:
    assert lines(read("云溪镇<p>规章</p>".encode(), "report.htm")) == ["云溪镇", "规章"]


def test_markdown_with_an_html_table_stays_markdown() -> None:
    assert read("<table><tr><td>规章</td></tr></table>".encode(), "report.md").kind == "md"


def test_thousands_of_unclosed_elements_within_the_limit_are_walked_without_recursion() -> None:
    assert lines(read(page("<b>" * 450 + "深" + "<p>浅" * 2000)))[0] == "深"


def test_the_title_of_a_page_is_kept_beside_its_text() -> None:
    content = (
        "<head><title>云溪镇\n  年报&amp;附表</title></head><p>正文</p><svg><title>图</title></svg>".encode()
    )
    document = read(content)
    assert document.title == "云溪镇 年报&附表"
    assert lines(document) == ["正文"]


def test_a_page_without_a_title_has_none() -> None:
    assert read("<html><body><p>正文</p><svg><title>图</title></svg></body></html>".encode()).title == ""
