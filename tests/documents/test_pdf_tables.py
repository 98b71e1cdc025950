"""Ruled tables in a pdf, drawn in the ways programs draw them, come out cell for cell."""

from __future__ import annotations

import io
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from tests.documents.samples import (
    APPLICANTS,
    FONT,
    LINES,
    a_pdf,
    applicants_listed,
    applicants_table,
    lines,
    listed,
    read,
    ruled,
    tables,
    text,
    texts,
)

BLACK = colors.black
WAYS_TO_DRAW = {
    "a line around every cell": [LINES],
    "a heavy frame and thin dashes": [
        ("BOX", (0, 0), (-1, -1), 1.5, BLACK),
        ("INNERGRID", (0, 0), (-1, -1), 0.3, BLACK, 0, (1, 2)),
    ],
    "double lines": [("GRID", (0, 0), (-1, -1), 0.5, BLACK, 0, None, None, 2, 2)],
    "no lines at the left and right": [
        ("INNERGRID", (0, 0), (-1, -1), 0.5, BLACK),
        ("LINEABOVE", (0, 0), (-1, 0), 1, BLACK),
        ("LINEBELOW", (0, -1), (-1, -1), 1, BLACK),
    ],
    "a coloured head": [LINES, ("BACKGROUND", (0, 0), (-1, 2), colors.lightblue)],
}


@pytest.mark.parametrize("style", WAYS_TO_DRAW.values(), ids=WAYS_TO_DRAW.keys())
def test_every_cell_is_found_however_the_lines_are_drawn(style: list[tuple[Any, ...]]) -> None:
    document = read(a_pdf(text("三、收到和处理情况"), applicants_table(*style), text("四、后文")))
    assert [listed(table) for table in tables(document)] == [applicants_listed()]
    assert lines(document) == ["三、收到和处理情况", "四、后文"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_shown_turned_is_read_the_way_its_text_runs(rotation: int) -> None:
    document = read(a_pdf(applicants_table(), rotation=rotation, page_size=landscape(A4)))
    assert [listed(table) for table in tables(document)] == [applicants_listed()]


class Page:
    """One page drawn by hand: text and lines where they are put, from the upper left corner, in points."""

    def __init__(self) -> None:
        self._stream = io.BytesIO()
        self.canvas = Canvas(self._stream, pagesize=A4)
        self.canvas.setFont(FONT, 10)

    def text(self, x: float, y: float, words: str) -> None:
        self.canvas.drawString(x, A4[1] - y, words)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, A4[1] - y0, x1, A4[1] - y1)

    def bar(self, x: float, y: float, wide: float, high: float) -> None:
        self.canvas.rect(x, A4[1] - y - high, wide, high, stroke=0, fill=1)

    def grid(self, xs: list[float], ys: list[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def read(self) -> Any:
        self.canvas.save()
        return read(self._stream.getvalue())


def test_lines_drawn_as_thin_filled_bars_are_lines() -> None:
    page = Page()
    for x in (50, 150, 250):
        page.bar(x, 100, 0.7, 60)
    for y in (100, 130, 160):
        page.bar(50, y, 200, 0.7)
    for x, y, words in ((60, 120, "规章"), (160, 120, "0"), (60, 150, "许可"), (160, 150, "12")):
        page.text(x, y, words)
    assert texts(page.read()) == [[["规章", "0"], ["许可", "12"]]]


def test_lines_within_a_form_object_are_lines() -> None:
    page = Page()
    page.canvas.beginForm("frame")
    page.grid([50, 150, 250], [100, 130, 160])
    page.canvas.endForm()
    page.canvas.translate(20, -10)
    page.canvas.doForm("frame")
    page.text(60, 120, "规章")
    page.text(160, 120, "7")
    assert texts(page.read()) == [[["规章", "7"], ["", ""]]]


def test_text_turned_on_an_upright_page_is_read_along_its_own_direction() -> None:
    page = Page()
    page.canvas.translate(500, 0)
    page.canvas.rotate(90)
    page.canvas.translate(0, -500)
    page.grid([50, 150, 250], [100, 130, 160])
    for x, y, words in ((60, 120, "规章"), (160, 120, "0"), (60, 150, "许可"), (160, 150, "12")):
        page.text(x, y, words)
    assert texts(page.read()) == [[["规章", "0"], ["许可", "12"]]]


def test_a_heading_set_one_character_a_line_in_a_narrow_cell_is_one_cell() -> None:
    page = Page()
    page.grid([50, 70, 200, 260], [100, 220])
    page.line(70, 160, 260, 160)
    for index, character in enumerate("三、本年度办理"):
        page.text(55, 115 + 14 * index, character)
    for y, words in ((130, "（一）予以公开"), (190, "（二）部分公开")):
        page.text(75, y, words)
        page.text(220, y, "5")
    [table] = tables(page.read())
    assert table.rows[0][0].text == "三\n、\n本\n年\n度\n办\n理"
    assert [[cell.text for cell in row] for row in table.rows][1] == ["（二）部分公开", "5"]


def test_a_figure_wider_than_its_cell_is_not_cut_in_two() -> None:
    page = Page()
    page.grid([50, 150, 180, 210, 240], [100, 130])
    page.text(60, 120, "行政许可")
    page.text(148, 120, "1234567")
    page.text(220, 120, "0")
    assert texts(page.read()) == [[["行政许可", "1234567", "", "0"]]]


@pytest.mark.parametrize("label", ["行政强制", "1.属于国家秘密"])
def test_a_figure_that_touches_the_line_at_its_left_is_in_its_own_cell(label: str) -> None:
    page = Page()
    line = 52 + 10 * len(label) - (5 if label[0] == "1" else 0) + 0.6  # the label fills its cell
    page.grid([50, line, line + 60, line + 120], [100, 130])
    page.text(52, 120, label)
    page.text(line + 0.4, 120, "0")
    page.text(line + 61, 120, "7")
    assert texts(page.read()) == [[[label, "0", "7"]]]


def test_heads_that_fill_their_cells_are_parted_by_the_line_between_them() -> None:
    page = Page()
    page.grid([50, 90.5, 131], [100, 130])
    page.text(50.2, 120, "商业企业")
    page.text(90.9, 120, "科研机构")
    assert texts(page.read()) == [[["商业企业", "科研机构"]]]


def test_a_unit_broken_over_two_lines_of_its_cell_is_whole() -> None:
    page = Page()
    page.grid([50, 150, 165, 240], [100, 140])
    page.text(60, 120, "收取的费用")
    page.text(152, 115, "万")
    page.text(152, 130, "元")
    page.text(180, 120, "203")
    assert texts(page.read()) == [[["收取的费用", "万元", "203"]]]


def test_text_drawn_in_one_go_across_cells_is_shared_out_among_them() -> None:
    page = Page()
    page.grid([50, 100, 140, 190], [100, 130])
    page.text(52, 120, "行政许可" + " " * 8 + "12" + " " * 14 + "345")
    assert texts(page.read()) == [[["行政许可", "12", "345"]]]


def test_a_watermark_across_the_page_does_not_get_into_the_cells() -> None:
    page = Page()
    page.grid([50, 150, 250], [100, 130])
    page.text(60, 120, "规章")
    page.text(160, 120, "7")
    page.text(60, 300, "正文在此，文字不少，水印斜着")
    page.canvas.translate(100, A4[1] - 200)
    page.canvas.rotate(45)
    page.canvas.drawString(0, 50, "内部资料")
    document = page.read()
    assert texts(document) == [[["规章", "7"]]]
    assert lines(document) == ["正文在此，文字不少，水印斜着"]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    page = Page()
    for shift in (0, 0.3):
        page.text(60 + shift, 120, "二、主动公开")
    assert lines(page.read()) == ["二、主动公开"]


def test_a_figure_broken_over_lines_in_a_narrow_cell_is_one_figure() -> None:
    page = Page()
    page.grid([50, 150, 178, 240], [100, 140])
    page.text(60, 120, "行政许可")
    page.text(156, 115, "104")
    page.text(156, 128, "35")
    assert texts(page.read()) == [[["行政许可", "10435", ""]]]


def test_figures_one_below_the_other_in_a_wide_cell_stay_apart() -> None:
    page = Page()
    page.grid([50, 150, 240], [100, 140])
    page.text(60, 120, "行政许可")
    page.text(190, 115, "1")
    page.text(190, 128, "2")
    assert texts(page.read()) == [[["行政许可", "1\n2"]]]


def test_a_row_across_the_whole_of_a_table_without_outer_lines_is_in_the_table() -> None:
    page = Page()
    for y in (100, 130, 160):
        page.line(50, y, 250, y)
    page.line(150, 130, 150, 160)
    page.text(110, 120, "第二十条第（一）项")
    page.text(60, 150, "规章")
    page.text(180, 150, "7")
    assert texts(page.read()) == [[["第二十条第（一）项"], ["规章", "7"]]]


@pytest.mark.parametrize("scale", [0.25, 4.0])
def test_the_size_of_the_page_does_not_matter(scale: float) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(A4[0] * scale, A4[1] * scale))
    canvas.scale(scale, scale)
    canvas.setFont(FONT, 10)
    canvas.setLineWidth(1)
    canvas.grid([50, 150, 250], [600, 618, 636])
    for x, y, words in ((60, 623, "规章"), (160, 623, "0"), (60, 605, "许可"), (160, 605, "12")):
        canvas.drawString(x, y, words)
    canvas.drawString(60, 500, "open government 2024")
    canvas.save()
    document = read(stream.getvalue())
    assert texts(document) == [[["规章", "0"], ["许可", "12"]]]
    assert lines(document) == ["open government 2024"]


def test_an_underline_and_a_frame_around_a_word_make_no_table() -> None:
    page = Page()
    page.text(60, 120, "云溪镇文件")
    page.line(50, 125, 500, 125)
    page.canvas.rect(55, A4[1] - 170, 100, 30)
    page.text(60, 160, "公开")
    document = page.read()
    assert lines(document) == ["云溪镇文件", "公开"]
    assert tables(document) == []


def test_text_beside_a_table_of_uneven_outline_is_never_lost() -> None:
    page = Page()
    page.grid([50, 100, 150], [100, 130, 160])
    page.line(150, 160, 300, 160)  # only the last rows are wider
    page.line(150, 190, 300, 190)
    page.line(300, 160, 300, 190)
    page.line(50, 160, 50, 190)
    page.line(150, 160, 150, 190)
    page.line(50, 190, 150, 190)
    page.text(60, 120, "甲")
    page.text(200, 120, "表外的话")
    page.text(60, 180, "乙")
    page.text(200, 180, "丙")
    document = page.read()
    found = "".join(lines(document)) + "".join(
        cell for table in texts(document) for row in table for cell in row
    )
    assert sorted(found) == sorted("甲表外的话乙丙")
    assert lines(document) == ["表外的话"]


def test_without_lines_the_columns_of_a_row_are_set_apart_by_tabs() -> None:
    rows = [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "0", "12"]]
    document = read(a_pdf(ruled(rows, [120, 120, 120], ("LEFTPADDING", (0, 0), (-1, -1), 6))))
    assert tables(document) == []
    assert lines(document) == ["信息内容\t本年制发件数\t现行有效件数", "规章\t0\t12"]


def test_wide_set_headings_are_not_taken_apart_and_words_keep_their_space() -> None:
    page = Page()
    for index, character in enumerate("邮编政府"):
        page.text(60 + 14 * index, 120, character)
    page.text(60, 150, "open government 2024")
    assert lines(page.read()) == ["邮编政府", "open government 2024"]


def test_in_a_table_without_lines_no_figure_is_glued_to_its_neighbours() -> None:
    page = Page()
    labels = ["1.属于国家秘密", "2.法律禁止公开的", "3.危及安全", "4.保护权益", "5.内部事务"]
    for row, label in enumerate(labels):
        y = 120 + 25 * row
        page.text(60, y, label)
        page.text(60 + 10 * len(labels[0]) + 3, y, "条")
        for column in range(3):
            page.text(160 + 16 * column, y, "０")
    assert lines(page.read()) == [f"{label}\t条\t０\t０\t０" for label in labels]


def test_the_sample_table_holds_blank_cells_so_that_the_tests_above_cover_them() -> None:
    assert APPLICANTS[3][5] == ""
