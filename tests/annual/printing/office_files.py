"""docx and xlsx layouts: merged cells as in the form, or none with the group's words again."""

from __future__ import annotations

import io
from random import Random
from xml.sax.saxutils import escape

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.annual.printing.grids import Grid
from tests.annual.printing.html_pages import report_grids
from tests.annual.printing.printed import Printed


def docx_merged(report: Printed, rng: Random) -> bytes:
    return _docx(report, rng, merged=True)


def docx_flat(report: Printed, rng: Random) -> bytes:
    """No merged cells: the group's words again in every row, or blank."""
    return _docx(report, rng, merged=False)


def _docx(report: Printed, rng: Random, merged: bool) -> bytes:
    document = docx.Document()
    repeat = rng.random() < 0.6
    end = document.element.body.sectPr
    for kind, words in report.parts:
        if kind in ("title", "heading", "paragraph"):
            end.addprevious(parse_xml(_paragraph(words, nsdecls("w"))))
            continue
        for line in report.statistics_title if kind == "statistics" else ():
            end.addprevious(parse_xml(_paragraph(line, nsdecls("w"))))
        for grid in report_grids(kind, report, rng):
            rows = _merged_rows(grid) if merged else _flat_rows(grid.expanded(repeat))
            end.addprevious(parse_xml(f"<w:tbl {nsdecls('w')}>{_table_head(grid)}{rows}</w:tbl>"))
            end.addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraph(words: str, attributes: str = "") -> str:
    """A paragraph, its words in two runs as editing leaves them."""
    half = len(words) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (words[:half], words[half:])
    )
    return f"<w:p {attributes}>{runs}</w:p>"


def _table_head(grid: Grid) -> str:
    columns = '<w:gridCol w:w="900"/>' * grid.width
    return f"<w:tblPr/><w:tblGrid>{columns}</w:tblGrid>"


def _merged_rows(grid: Grid) -> str:
    rows = ""
    for row in range(grid.height):
        cells = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.rowspan]
        rows += "<w:tr>"
        for cell in sorted(cells, key=lambda cell: cell.column):
            span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
            if cell.rowspan > 1:
                span += '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
            words = cell.text if cell.row == row else ""
            rows += f"<w:tc><w:tcPr>{span}</w:tcPr>{_paragraph(words)}</w:tc>"
        rows += "</w:tr>"
    return rows


def _flat_rows(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{_paragraph(text)}</w:tc>" for text in row) for row in rows)
    return "".join(f"<w:tr>{row}</w:tr>" for row in cells)


_SHEETS = {"proactive": "主动公开", "requests": "依申请公开", "remedies": "Sheet3", "statistics": "统计表"}


def xlsx(report: Printed, rng: Random) -> bytes:
    """A workbook: all on one sheet or a sheet for each table; figures as numbers or as text."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    several, merged = rng.random() < 0.4, rng.random() < 0.5
    numbers = rng.random() < 0.7
    sheet, row = workbook.add_worksheet("年度报告"), 0
    for kind, words in report.parts:
        if kind in ("title", "heading", "paragraph"):
            sheet.write_string(row, 0, words)
            row += 1
            continue
        if several:
            sheet, row = workbook.add_worksheet(_SHEETS[kind]), 0
        for line in report.statistics_title if kind == "statistics" else ():
            sheet.write_string(row, 0, line)
            row += 1
        for grid in report_grids(kind, report, rng):
            _write_grid(sheet, row, grid, merged, numbers)
            row += grid.height + 1
    workbook.close()
    return out.getvalue()


def _write_grid(
    sheet: xlsxwriter.worksheet.Worksheet, top: int, grid: Grid, merged: bool, numbers: bool
) -> None:
    for cell in grid.cells:
        if merged and (cell.rowspan > 1 or cell.colspan > 1):
            bottom, right = top + cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1
            sheet.merge_range(top + cell.row, cell.column, bottom, right, cell.text)
        elif numbers and cell.text.isascii() and cell.text.replace(".", "", 1).isdigit():
            sheet.write_number(top + cell.row, cell.column, float(cell.text))
        else:
            sheet.write_string(top + cell.row, cell.column, cell.text)
