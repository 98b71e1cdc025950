"""The written Word document, looked at with eyes that are not ours: python-docx."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.annual.writing.random_texts import report_with_text

from gongkai.annual.writing import write_report


@pytest.fixture(scope="module")
def document() -> Any:
    report = report_with_text("2021", 1)
    return docx.Document(io.BytesIO(write_report(report, "docx").content))


def test_headings_are_word_headings_so_that_navigation_works(document: Any) -> None:
    found = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert len(found) == 6
    assert found[0] == "一、总体情况"
    assert document.paragraphs[0].style.name == "Title"


def test_every_style_in_use_names_a_chinese_font(document: Any) -> None:
    fonts = {}
    for name in ("Title", "Heading 1", "Normal", "Table Text", "Table Head"):
        fonts[name] = document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
    assert fonts == {
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Normal": "仿宋_GB2312",
        "Table Text": "宋体",
        "Table Head": "宋体",
    }


def test_the_language_is_chinese(document: Any) -> None:
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == language.get(qn("w:val")) == "zh-CN"


def test_text_is_set_as_official_documents_are(document: Any) -> None:
    normal = document.styles["Normal"]
    assert normal.font.size.pt == 16
    assert 28 <= normal.paragraph_format.line_spacing.pt <= 30
    assert normal.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_head_rows_are_repeated_and_no_row_breaks_over_pages(document: Any) -> None:
    requests = document.tables[1]._tbl
    rows = requests.findall(qn("w:tr"))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows[:4]] == [True, True, True, False]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_merged_cells_are_merged_in_word(document: Any) -> None:
    requests = document.tables[1]
    assert requests.cell(0, 3).text == requests.cell(0, 9).text == "申请人情况"
    assert requests.cell(5, 0).text == requests.cell(26, 0).text == "三、本年度办理结果"
    assert requests.cell(3, 0).text == requests.cell(3, 2).text == "一、本年新收政府信息公开申请数量"


def test_each_table_fits_between_the_margins(document: Any) -> None:
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        width = (
            sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))) * 635
        )
        assert width <= room + 12700  # a point for rounding


def test_the_foot_of_the_page_has_its_number(document: Any) -> None:
    field = document.sections[0].footer._element.find(f".//{qn('w:fldSimple')}")
    assert field.get(qn("w:instr")) == "PAGE"


def test_the_file_names_its_title_and_the_organ_as_author(document: Any) -> None:
    report = report_with_text("2021", 1)
    assert document.core_properties.author == report.organ
    assert document.core_properties.title == f"{report.organ}{report.year}年政府信息公开工作年度报告"
    assert document.core_properties.comments == ""
