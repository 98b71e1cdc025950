from __future__ import annotations

from typing import Any

import pytest
from docx.enum.text import WD_BREAK
from tests.documents.samples import (
    APPLICANTS,
    MERGED,
    a_docx,
    applicants_listed,
    docx_of,
    lines,
    listed,
    paragraph,
    read,
    tables,
    texts,
    zipped,
)

from gongkai.documents import DocumentError


def table_of(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    def fill(document: Any) -> None:
        document.add_heading("一、总体情况", 1)
        document.add_table(1, 2).cell(0, 1).text = "0"
        document.add_paragraph("二、后文")

    blocks = read(a_docx(fill)).blocks
    assert [getattr(block, "text", "table") for block in blocks] == ["一、总体情况", "table", "二、后文"]


def test_cells_merged_by_word_are_listed_once_at_their_place() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(len(APPLICANTS), len(APPLICANTS[0]))
        for r, row in enumerate(APPLICANTS):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        for first_row, first_column, last_row, last_column in MERGED:
            table.cell(first_row, first_column).merge(table.cell(last_row, last_column))

    [table] = tables(read(a_docx(fill)))
    assert listed(table) == applicants_listed()


def test_tabs_and_breaks_within_a_paragraph_are_kept() -> None:
    def fill(document: Any) -> None:
        run = document.add_paragraph().add_run("规章\t0")
        run.add_break(WD_BREAK.LINE)
        run.add_text("许可")

    assert lines(read(a_docx(fill))) == ["规章\t0", "许可"]


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_kept() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
        "<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert lines(read(docx_of(body))) == ["新显链"]


def test_a_row_deleted_under_review_is_left_out() -> None:
    deleted = "<w:trPr><w:del/></w:trPr>"
    body = table_of(cell("规章") + cell("0"), deleted + cell("旧行") + cell("9"), cell("许可") + cell("1"))
    assert texts(read(docx_of(body))) == [[["规章", "0"], ["许可", "1"]]]


def test_content_controls_around_paragraphs_rows_and_cells_are_looked_through() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = control(paragraph("一、总体情况")) + table_of(cell("规章") + control(cell("0")))
    document = read(docx_of(body))
    assert lines(document) == ["一、总体情况"]
    assert texts(document) == [[["规章", "0"]]]


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    box = f"<w:txbxContent>{paragraph('框中文字')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>段落</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert lines(read(docx_of(body))) == ["段落", "框中文字"]


def test_rows_that_begin_after_the_first_column_keep_their_columns() -> None:
    shifted = "<w:trPr><w:gridBefore w:val='2'/></w:trPr>"
    [table] = tables(
        read(docx_of(table_of(cell("甲", "<w:gridSpan w:val='2'/>") + cell("1"), shifted + cell("2"))))
    )
    assert [(c.text, c.column, c.colspan) for row in table.rows for c in row] == [
        ("甲", 1, 2),
        ("1", 3, 1),
        ("2", 3, 1),
    ]


def test_a_table_within_a_cell_of_a_table_becomes_text_of_the_cell() -> None:
    rows = [cell(f"项目{i}的名称") + cell(str(i)) for i in range(6)]
    inner = f"<w:tc>{table_of(cell('1') + cell('件'))}{paragraph('')}</w:tc>"
    [table] = texts(read(docx_of(table_of(*rows, cell("其他") + inner))))
    assert table[-1] == ["其他", "1\t件"]


def test_a_frame_of_one_cell_around_the_report_is_unwrapped() -> None:
    inner = f"<w:tc>{paragraph('一、总体情况')}{table_of(cell('规章') + cell('0'))}{paragraph('完')}</w:tc>"
    document = read(docx_of(table_of(inner)))
    assert lines(document) == ["一、总体情况", "完"]
    assert texts(document) == [[["规章", "0"]]]


def test_headers_and_footers_are_left_out() -> None:
    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].footer.paragraphs[0].text = "- 1 -"
        document.add_paragraph("正文")

    assert lines(read(a_docx(fill))) == ["正文"]


def test_an_entity_of_the_file_system_is_never_followed() -> None:
    xml = (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>甲&x;乙</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "root" not in "".join(lines(read(zipped({"word/document.xml": xml}))))


def test_a_docx_of_scanned_pages_is_said_to_be_pictures() -> None:
    parts = {"word/document.xml": "<d><body><p/></body></d>", "word/media/image1.png": b"\x89PNG"}
    with pytest.raises(DocumentError) as error:
        read(zipped(parts))
    assert error.value.code == "image_only"
