"""Tables drawn without lines: their columns are told by where the figures stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from tests.documents.samples import FONT, lines, tables
from tests.documents.test_pdf_tables import Page

LABELS = ["（一）予以公开", "（二）部分公开", "1.属于国家秘密", "2.危及安全", "3.保护权益", "（七）总计"]
FIGURES = [
    ["3", "", "12", "", "0", "", "15"],
    ["", "0", "", "", "", "1", "1"],
    ["1", "2", "3", "4", "5", "6", "21"],
    ["", "", "", "", "", "", "0"],
    ["2093", "", "", "7", "", "", "2100"],
    ["", "10", "", "", "", "", "10"],
]
WRITTEN = ["\t".join([label, *row]) for label, row in zip(LABELS, FIGURES, strict=True)]


class Unruled(Page):
    def cell(self, left: float, right: float, y: float, words: str, align: str) -> None:
        room = right - left - stringWidth(words, FONT, 10)
        self.text(left + {"left": 0.0, "centre": room / 2, "right": room}[align], y, words)

    def row(
        self, y: float, label: str, figures: Sequence[str], align: str = "right", wide: float = 40
    ) -> None:
        self.text(60, y, label)
        for column, figure in enumerate(figures):
            self.cell(200 + wide * column, 200 + wide * column + wide - 8, y, figure, align)


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_blank_cells_show_however_the_figures_are_set(align: str) -> None:
    page = Unruled()
    for number, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True)):
        page.row(120 + 25 * number, label, figures, align)
    document = page.read()
    assert tables(document) == []
    assert lines(document) == WRITTEN


def test_lines_between_the_rows_alone_change_nothing() -> None:
    page = Unruled()
    for number, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True)):
        page.row(120 + 25 * number, label, figures)
        page.line(55, 127 + 25 * number, 500, 127 + 25 * number)
    assert lines(page.read()) == [
        "\t".join([label, *row]) for label, row in zip(LABELS, FIGURES, strict=True)
    ]


def test_columns_hardly_wider_than_their_figures_are_parted() -> None:
    page = Unruled()
    rows = [["０"] * 7, ["０", "３", "０", "０", "１", "０", "４"], ["０"] * 7, ["２", *["０"] * 5, "２"]]
    for number, row in enumerate(rows):
        page.text(60, 120 + 20 * number, LABELS[number])
        for left, figure in zip([200, 230, 241, 252, 263, 274, 285], row, strict=True):
            page.text(left, 120 + 20 * number, figure)
    assert lines(page.read()) == ["\t".join([LABELS[n], *row]) for n, row in enumerate(rows)]


def test_a_figure_of_several_digits_is_never_taken_apart() -> None:
    page = Unruled()
    rows = [
        ["１２３４", "２０４８"],
        ["５６７８", "３３３３"],
        ["９９９９", "１０００"],
        ["４４４４", "７７７７"],
    ]
    for number, row in enumerate(rows):
        page.row(120 + 20 * number, LABELS[number], row, wide=60)
    assert lines(page.read()) == ["\t".join([LABELS[n], *row]) for n, row in enumerate(rows)]


def test_a_figure_set_close_to_its_label_is_parted_from_it() -> None:
    page = Unruled()
    for number, label in enumerate(["行政许可", "行政处罚", "行政强制", "行政事业性收费"]):
        page.text(60, 120 + 20 * number, label)
        page.text(131, 120 + 20 * number, "0")
        page.text(200, 120 + 20 * number, "5")
    assert lines(page.read()) == [
        "行政许可\t0\t5",
        "行政处罚\t0\t5",
        "行政强制\t0\t5",
        "行政事业性收费\t0\t5",
    ]


def test_the_head_tells_the_columns_where_every_row_has_blank_cells() -> None:
    page = Unruled()
    page.row(120, "信息内容", ["制发件数", "废止件数", "现行有效件数"], "centre", 90)
    page.row(145, "规章", ["", "", "1"], "centre", 90)
    page.row(170, "规范性文件", ["5", "", ""], "centre", 90)
    assert lines(page.read()) == [
        "信息内容\t制发件数\t废止件数\t现行有效件数",
        "规章\t\t\t1",
        "规范性文件\t5\t\t",
    ]


def test_a_figure_broken_over_two_lines_is_one_figure_of_its_row() -> None:
    page = Unruled()
    for number in (0, 1, 3, 4):
        page.row(120 + 30 * number, LABELS[number], ["1", "0", "0"], "left", 20)
    page.row(180, LABELS[2], ["1", "0"], "left", 20)
    page.text(240, 174, "2")
    page.text(240, 186, "7")
    found = lines(page.read())
    assert found[2] == f"{LABELS[2]}\t1\t0\t27"
    assert len(found) == 5


def test_a_label_of_two_lines_with_its_figures_midway_is_one_row() -> None:
    page = Unruled()
    for number in (0, 1, 3):
        page.row(120 + 30 * number, LABELS[number], ["1", "0", "0"])
    page.row(180, "", ["4", "5", "9"])
    page.text(60, 173, "5.要求行政机关确认或")
    page.text(60, 187, "重新出具信息")
    assert lines(page.read())[2] == "5.要求行政机关确认或重新出具信息\t4\t5\t9"


def test_the_name_of_a_group_between_two_rows_leaves_them_apart() -> None:
    page = Unruled()
    for number in range(4):
        page.row(120 + 24 * number, "", ["1", "0", str(number)])
        page.text(120, 120 + 24 * number, f"{number + 1}.事项")
    page.text(60, 132, "不予")
    found = lines(page.read())
    assert [line for line in found if "事项" in line] == [f"{n + 1}.事项\t1\t0\t{n}" for n in range(4)]
    assert "不予" in found


def test_a_unit_broken_over_two_lines_is_whole() -> None:
    page = Unruled()
    rows = [("（一）机构数", "个", "3"), ("（三）培训人员数", "人", "20"), ("（五）其他数", "件", "0")]
    for number, (label, unit, figure) in enumerate(rows):
        for x, words in ((60, label), (300, unit), (340, figure)):
            page.text(x, 120 + 30 * number, words)
    page.text(300, 163, "次")
    assert lines(page.read())[1] == "（三）培训人员数\t人次\t20"


def test_a_page_number_below_a_table_is_no_cell_of_it() -> None:
    page = Unruled()
    for number, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True)):
        page.row(690 + 20 * number, label, figures)
    page.text(295, 815, "1")
    assert lines(page.read())[-1] == "\t".join([LABELS[-1], *FIGURES[-1]])


def test_running_text_with_figures_at_the_ends_of_its_lines_stays_text() -> None:
    page = Page()
    words = [
        "全年共收到申请 158 件，其中网络申请 37",
        "件，当面申请 12 件，均已答复，较上年增加 3",
        "件。联系电话：0000 5550 142",
        "二〇二五年一月　云溪镇",
    ]
    for number, line in enumerate(words):
        page.text(60, 120 + 18 * number, line)
    found = lines(page.read())
    assert len(found) == 4
    assert not any("\t" in line for line in found[:3])
