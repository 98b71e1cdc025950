"""Tables that run over the end of a page, and what stands around the text on every page."""

from __future__ import annotations

import pytest
from tests.documents.samples import (
    FONT,
    LINES,
    a_pdf,
    lines,
    listed,
    new_page,
    read,
    ruled,
    tables,
    text,
    texts,
)
from tests.documents.test_pdf_tables import Page

ROWS = [[f"{n}.项目名称第{n}种", str(n), "0"] for n in range(1, 61)]


def test_a_table_over_three_pages_is_one_table_that_knows_the_page_of_each_row() -> None:
    document = read(a_pdf(ruled(ROWS, [200, 60, 60], rowHeights=30.0)))
    [table] = tables(document)
    assert [[cell.text for cell in row] for row in table.rows] == ROWS
    assert [cell.row for row in table.rows for cell in row[:1]] == list(range(1, 61))
    assert table.row_pages is not None
    assert sorted(set(table.row_pages)) == [1, 2, 3]
    last = table.rows[-1][0]
    assert table.place(last).page == 3
    assert table.place(table.rows[0][0]).page == 1


def test_a_head_printed_again_on_each_page_is_read_once() -> None:
    head = ["信息内容", "数量", "备注"]
    document = read(a_pdf(ruled([head, *ROWS], [200, 60, 60], rowHeights=30.0, repeatRows=1)))
    assert texts(document) == [[head, *ROWS]]


def test_a_heading_between_two_tables_keeps_them_apart() -> None:
    document = read(
        a_pdf(
            ruled([["规章", "1"]], [100, 60]), new_page(), text("第二段"), ruled([["许可", "2"]], [100, 60])
        )
    )
    assert texts(document) == [[["规章", "1"]], [["许可", "2"]]]


def test_two_tables_of_different_width_on_following_pages_stay_two() -> None:
    document = read(a_pdf(ruled([["规章", "1"]], [100, 60]), new_page(), ruled([["许可", "2"]], [200, 60])))
    assert texts(document) == [[["规章", "1"]], [["许可", "2"]]]


def test_a_row_that_the_end_of_the_page_cuts_in_two_is_one_row() -> None:
    upper = [["4.理由", "0", "3"], ["5.要求行政机关确认或", "8", "9"]]
    lower = [["重新出具信息", "", ""], ["6.其他", "1", "2"]]
    widths = [95.0, 60.0, 60.0]
    document = read(a_pdf(ruled(upper, widths), new_page(), ruled(lower, widths)))
    [table] = texts(document)
    assert ["5.要求行政机关确认或\n重新出具信息", "8", "9"] in table
    assert len(table) == 3


def test_the_rest_of_a_numbered_row_without_figures_is_no_row_of_its_own() -> None:
    widths = [200.0, 60.0]
    upper = ruled([["1.理由", "2"], ["2.危及", "0"]], widths)
    lower = ruled([["安全稳定", ""], ["3.其他", "1"]], widths)
    [table] = texts(read(a_pdf(upper, new_page(), lower)))
    assert table == [["1.理由", "2"], ["2.危及\n安全稳定", "0"], ["3.其他", "1"]]


def test_rows_with_labels_that_are_not_numbered_stay_two_rows_over_the_end_of_a_page() -> None:
    widths = [200.0, 60.0]
    document = read(a_pdf(ruled([["行政处罚", "8"]], widths), new_page(), ruled([["行政强制", "1"]], widths)))
    assert texts(document) == [[["行政处罚", "8"], ["行政强制", "1"]]]


def test_the_heading_of_a_group_that_goes_on_over_the_page_spans_its_rows_on_both() -> None:
    group = [("SPAN", (0, 0), (0, -1)), LINES]
    widths = [60.0, 200.0, 60.0]
    upper = ruled([["（四）无", "1.不掌握", "5"], ["", "2.需制作", "6"]], widths, *group)
    lower = ruled([["法提供", "3.不明确", "7"]], widths)
    [table] = tables(read(a_pdf(upper, new_page(), lower)))
    assert listed(table) == [
        [("（四）无法提供", 1, 1, 3, 1), ("1.不掌握", 1, 2, 1, 1), ("5", 1, 3, 1, 1)],
        [("2.需制作", 2, 2, 1, 1), ("6", 2, 3, 1, 1)],
        [("3.不明确", 3, 2, 1, 1), ("7", 3, 3, 1, 1)],
    ]


def test_blank_cells_at_the_top_of_a_page_are_not_given_to_the_row_above() -> None:
    widths = [200.0, 60.0, 60.0]
    document = read(
        a_pdf(ruled([["1.甲项", "4", "4"]], widths), new_page(), ruled([["2.乙项", "", ""]], widths))
    )
    assert texts(document) == [[["1.甲项", "4", "4"], ["2.乙项", "", ""]]]


def test_a_label_with_room_left_in_its_cell_is_whole_though_the_next_row_is_blank() -> None:
    widths = [200.0, 60.0]
    document = read(a_pdf(ruled([["行政处罚", "0"]], widths), new_page(), ruled([["行政强制", ""]], widths)))
    assert texts(document) == [[["行政处罚", "0"], ["行政强制", ""]]]


@pytest.mark.parametrize(("unit", "figure"), [("条", "5"), ("万元", "1件"), ("人次", "６（含上年5件）")])
def test_units_and_figures_with_units_are_no_labels_that_a_group_stands_beside(
    unit: str, figure: str
) -> None:
    upper, lower = ["制发总数", unit, figure], ["其中：涉及隐私", unit, figure]
    widths = [200.0, 60.0, 120.0]
    document = read(a_pdf(ruled([upper], widths), new_page(), ruled([lower], widths)))
    assert texts(document) == [[upper, lower]]


def test_figures_below_the_end_of_a_page_are_not_put_under_those_above() -> None:
    widths = [200.0, 60.0, 60.0, 60.0]
    upper, lower = ["（一）予以公开", "0件", "0件", "1件"], ["（二）部分公开", "2件", "0", "0件"]
    document = read(a_pdf(ruled([upper], widths), new_page(), ruled([lower], widths)))
    assert texts(document) == [[upper, lower]]


HEADERS = {
    "a running header": [(300, 30, "云溪镇人民政府文件")],
    "a browser's header and footer": [
        (20, 25, "11/21/26, 5:21 AM"),
        (300, 25, "云溪镇年报"),
        (20, 825, "https://example.org/art/2.html"),
        (540, 825, "{}/2"),
    ],
    "a header that counts the pages": [(60, 30, "云溪镇人民政府  第{}页  共2页"), (290, 820, "{}")],
}


@pytest.mark.parametrize("around", HEADERS.values(), ids=HEADERS.keys())
def test_what_stands_at_the_edge_of_every_page_does_not_part_a_table(
    around: list[tuple[float, float, str]],
) -> None:
    page = Page()
    for number, (label, figure) in enumerate([("行政处罚", "8"), ("行政强制", "1")], 1):
        page.canvas.setFont(FONT, 10)
        for x, y, words in around:
            page.text(x, y, words.format(number))
        page.grid([60, 200, 260], [760, 790] if number == 1 else [60, 90])
        page.text(70, 780 if number == 1 else 80, label)
        page.text(220, 780 if number == 1 else 80, figure)
        page.canvas.showPage()
    document = page.read()
    assert texts(document) == [[["行政处罚", "8"], ["行政强制", "1"]]]
    assert not any("example.org" in line or "5:21" in line for line in lines(document))
    assert len(lines(document)) == 1  # what names the organ is kept once


def test_the_head_of_a_table_without_lines_printed_again_is_read_once() -> None:
    page = Page()
    for number in (1, 2, 3):
        page.canvas.setFont(FONT, 10)
        for row, words in enumerate(
            [("信息内容", "单位", "数量"), (f"事项{'甲乙丙'[number - 1]}", "件", "7")]
        ):
            for x, word in zip((60, 200, 300), words, strict=True):
                page.text(x, 60 + 25 * row, word)
        page.canvas.showPage()
    assert lines(page.read()) == ["信息内容\t单位\t数量", "事项甲\t件\t7", "事项乙\t件\t7", "事项丙\t件\t7"]


def test_rows_of_figures_at_the_top_of_following_pages_all_stay() -> None:
    page = Page()
    for _ in (1, 2):
        page.canvas.setFont(FONT, 10)
        for x, word in zip((60, 200, 300), ("总计", "0", "0"), strict=True):
            page.text(x, 60, word)
        page.text(60, 500, "正文")
        page.canvas.showPage()
    assert lines(page.read()) == ["总计\t0\t0", "正文"] * 2
