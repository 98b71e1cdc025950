"""Reports as a workbook, one sheet each: text and tables under each other, ready to be printed on A4."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongkai.annual.writing.printed import Heading, Printed
from gongkai.annual.writing.tables import PlacedCell, PrintedTable

LONGEST_SHEET_NAME = 31  # a limit of the file format
LONGEST_TEXT = 32_767  # characters of a cell, another
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
# A sheet keeps fifteen digits of a number; a longer one is written as text, so that no digit is lost.
_LARGEST_EXACT = 10**15
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# The tables share a grid of fifteen columns, those of table 4: where each of their columns begins in it. The
# table of 2014 has three columns and a sheet of its own.
_COLUMN_WIDTH = 8
_GRID = [_COLUMN_WIDTH] * 15
_STATISTICS_GRID = [84, 12, 16]
_BEGINNINGS = {"proactive": [0, 6, 9, 12], "requests": [0, 1, 3, *range(8, 15)], "remedies": [*range(15)]}
_WIDTH_OF_CHARACTER = {"text": 2.6, "cell": 2.2}  # of a Chinese one at that size, in a column's units
_LINE_HEIGHT = {"text": 18.0, "cell": 14.0}  # points
_HIGHEST_ROW = 409.0  # another limit of the file format
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_content(printed: Printed, written_at: dt.datetime) -> bytes:
    return xlsx_of_several([printed], written_at)


def xlsx_of_several(reports: Sequence[Printed], written_at: dt.datetime) -> bytes:
    """The workbook as bytes. No text becomes a formula or a link."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        properties = {"title": reports[0].title, "author": reports[0].organ} if len(reports) == 1 else {}
        book.set_properties({**properties, "created": written_at.astimezone(dt.UTC).replace(tzinfo=None)})
        formats = _formats(book)
        taken: set[str] = set()
        for printed in reports:
            _Sheet(book.add_worksheet(_sheet_name(printed, taken)), printed, formats).write()
    return buffer.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    text: dict[str, Any] = {"text_wrap": True, "valign": "top", "font_name": "仿宋", "font_size": 12}
    cell: dict[str, Any] = {
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
        "font_name": "宋体",
        "font_size": 10,
    }
    wide = {"align": "center", "valign": "vcenter", "text_wrap": True, "font_name": "宋体", "bold": True}
    return {
        "title": book.add_format({**wide, "font_size": 16}),
        "heading": book.add_format({"font_name": "黑体", "font_size": 13, "valign": "vcenter"}),
        "text": book.add_format(text),
        "label": book.add_format(cell),
        "head": book.add_format({**cell, "font_name": "黑体", "align": "center"}),
        "figure": book.add_format({**cell, "align": "center"}),
        **{f"label {n}": book.add_format({**cell, "indent": n}) for n in (1, 2, 3)},
    }


def _sheet_name(printed: Printed, taken: set[str]) -> str:
    """`青石区人民政府 2024`, cut to what a sheet may be called, and no name twice."""
    year = f" {printed.year}" if printed.year else ""
    base = _FORBIDDEN_IN_NAME.sub(" ", printed.organ).strip()[: LONGEST_SHEET_NAME - len(year)]
    name = (base + year).strip() or "年度报告"
    unique, number = name, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{name[: LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
    taken.add(unique.lower())
    return unique


class _Sheet:
    """One report on one worksheet; `row` is the next free one."""

    def __init__(self, sheet: Worksheet, printed: Printed, formats: dict[str, Format]) -> None:
        self.sheet, self.printed, self.formats = sheet, printed, formats
        self.row = 0
        codes = {part.code for part in printed.parts if isinstance(part, PrintedTable)}
        self.widths = _STATISTICS_GRID if "statistics" in codes else _GRID

    def write(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self._wide(self.printed.title, "title", 36)
        for text in self.printed.front:
            self._text(text)
        for part in self.printed.parts:
            if isinstance(part, PrintedTable):
                self._table(part)
            elif isinstance(part, Heading):
                self._wide(part.text, "heading", 26)
            else:
                self._text(part.text)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C— &P —")

    def _text(self, text: str) -> None:
        """A paragraph over the whole width, in a row as high as its lines need."""
        for start in range(0, len(text), LONGEST_TEXT):
            piece = "　　" * (start == 0) + text[start : start + LONGEST_TEXT]
            self._wide(piece, "text", _height(piece, sum(self.widths), "text"))

    def _wide(self, text: str, kind: str, height: float) -> None:
        last = len(self.widths) - 1
        self.sheet.merge_range(self.row, 0, self.row, last, "", self.formats[kind])
        self.sheet.write_string(self.row, 0, text, self.formats[kind])
        self.sheet.set_row(self.row, height)
        self.row += 1

    def _table(self, table: PrintedTable) -> None:
        columns = [*_BEGINNINGS.get(table.code, range(table.columns)), len(self.widths)]
        for cells in table.rows:
            for placed in cells:
                self._cell(placed, columns, table)
        for number, cells in enumerate(table.rows):
            # No program fits a row to merged cells by itself.
            heights = [
                _height(p.cell.text, self._width(p, columns), "cell") for p in cells if p.cell.rowspan == 1
            ]
            self.sheet.set_row(self.row + number, max(heights, default=_LINE_HEIGHT["cell"]) + 4)
        self.row += len(table.rows)

    def _width(self, placed: PlacedCell, columns: list[int]) -> int:
        return sum(self.widths[columns[placed.column] : columns[placed.column + placed.cell.colspan]])

    def _cell(self, placed: PlacedCell, columns: list[int], table: PrintedTable) -> None:
        cell = placed.cell
        format_ = self.formats[_kind(placed, table)]
        row, column = self.row + placed.row, columns[placed.column]
        bottom, right = row + cell.rowspan - 1, columns[placed.column + cell.colspan] - 1
        if (bottom, right) != (row, column):
            self.sheet.merge_range(row, column, bottom, right, "", format_)
        if not cell.text:
            self.sheet.write_blank(row, column, None, format_)
        elif cell.path and _NUMBER.fullmatch(cell.text) and abs(Decimal(cell.text)) < _LARGEST_EXACT:
            self.sheet.write_number(row, column, Decimal(cell.text), format_)
        else:
            self.sheet.write_string(row, column, cell.text, format_)


def _height(text: str, width: float, kind: str) -> float:
    """Points that a text of that kind needs in a cell as wide as that."""
    lines = ceil(len(text) * _WIDTH_OF_CHARACTER[kind] / width) or 1
    return min(lines * _LINE_HEIGHT[kind], _HIGHEST_ROW)


def _kind(placed: PlacedCell, table: PrintedTable) -> str:
    cell = placed.cell
    if cell.header in ("col", "colgroup", "rowgroup"):
        return "head"
    if cell.header == "row" and table.code != "proactive":
        return f"label {cell.level}" if table.code == "statistics" and cell.level else "label"
    return "figure"
