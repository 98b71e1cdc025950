from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.documents.samples import (
    APPLICANTS,
    MERGED,
    an_xlsx,
    applicants_listed,
    listed,
    read,
    tables,
    texts,
    zipped,
)

from gongkai.documents import DocumentError
from gongkai.documents.sheet_values import number_text


def sheet_of(rows: str, after: str = "") -> bytes:
    """A workbook of one sheet whose rows are the given xml."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "xl/workbook.xml": f'<w xmlns:r="{relations}"><sheets><sheet name="表" r:id="r1"/></sheets></w>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Target="/xl/worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>",
        }
    )


def test_a_sheet_is_a_table_with_its_name_and_its_own_row_numbers() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("表三")
        sheet.write(4, 2, "规章")
        sheet.write(4, 4, 12)

    [table] = tables(read(an_xlsx(fill)))
    assert table.sheet == "表三"
    assert listed(table) == [[("规章", 5, 3, 1, 1), ("", 5, 4, 1, 1), ("12", 5, 5, 1, 1)]]
    assert table.place(table.rows[0][2]).label() == "工作表“表三”表1第5行第5列"


def test_merged_cells_are_listed_once_with_their_spans() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        for r, row in enumerate(APPLICANTS):
            for c, text in enumerate(row):
                sheet.write_number(r, c, int(text)) if text.isdigit() else sheet.write_string(r, c, text)
        for r, c, last_row, last_column in MERGED:
            sheet.merge_range(r, c, last_row, last_column, APPLICANTS[r][c])

    [table] = tables(read(an_xlsx(fill)))
    assert listed(table) == applicants_listed()


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (4119, "4119"),
        (930.5, "930.5"),
        (0.1 + 0.2, "0.3"),
        (7730.28, "7730.28"),
        (-3.0, "-3"),
        (1e15, "1" + "0" * 15),
    ],
)
def test_numbers_are_as_people_write_them(stored: float, shown: str) -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet().write_number(0, 0, stored)

    assert texts(read(an_xlsx(fill))) == [[[shown]]]
    assert number_text(float(stored)) == shown


def test_binary_noise_stored_in_the_file_is_not_shown() -> None:
    assert texts(read(sheet_of("<row><c><v>18.871000000000002</v></c></row>"))) == [[["18.871"]]]


def test_dates_are_written_in_iso_form_and_figures_with_a_unit_are_no_dates() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        money = workbook.add_format({"num_format": '#,##0.00"元/day"'})
        sheet.write_datetime(0, 0, dt.datetime(2025, 1, 31), day)
        sheet.write_datetime(0, 1, dt.datetime(2025, 1, 31, 9, 30), workbook.add_format({"num_format": 22}))
        sheet.write_number(0, 2, 930, money)

    assert texts(read(an_xlsx(fill))) == [[["2025-01-31", "2025-01-31 09:30:00", "930"]]]


def test_formulas_give_the_value_the_sheet_shows() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, '="a"', None, "合计")
        sheet.write_boolean(0, 2, True)

    assert texts(read(an_xlsx(fill))) == [[["2", "合计", "TRUE"]]]


def test_hidden_sheets_are_left_out_and_said_to_be() -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("正表").write(0, 0, "规章")
        hidden = workbook.add_worksheet("草稿")
        hidden.write(0, 0, "旧数")
        hidden.hide()

    document = read(an_xlsx(fill))
    assert texts(document) == [[["规章"]]]
    assert "草稿" in document.notes[0]


def test_rich_text_and_inline_text_are_read_whole() -> None:
    inline = '<c t="inlineStr"><is><r><t>结果</t></r><r><t>维持</t></r></is></c>'
    assert texts(read(sheet_of(f'<row>{inline}<c t="str"><v>甲</v></c></row>'))) == [[["结果维持", "甲"]]]


def test_cells_without_references_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert texts(read(sheet_of(rows))) == [[["1", "2"], ["3", ""]]]


def test_two_cells_in_the_far_corners_of_a_sheet_cost_two_cells() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    [table] = tables(read(sheet_of(rows)))
    assert listed(table) == [[("1", 1, 1, 1, 1)], [("2", 1_048_576, 16_384, 1, 1)]]


def test_a_cell_reference_beyond_any_sheet_does_not_move_the_other_cells() -> None:
    rows = '<row r="1"><c r="B99999999999"><v>5</v></c><c r="C1"><v>6</v></c></row>'
    assert texts(read(sheet_of(rows))) == [[["5", "", "6"]]]


def test_text_lying_under_a_merged_cell_is_not_lost() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    assert texts(read(sheet_of(rows, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))) == [[["1", "2"]]]


def test_a_workbook_without_a_single_value_is_empty() -> None:
    with pytest.raises(DocumentError) as error:
        read(an_xlsx(lambda workbook: workbook.add_worksheet()))
    assert error.value.code == "empty"
