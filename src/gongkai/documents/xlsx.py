"""xlsx (and the old xls): one table a visible sheet, numbers without the noise of binary floats."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import python_calamine as calamine

from gongkai.documents.archive import Archive, encrypted_office
from gongkai.documents.intermediate import Cell, Document, Table
from gongkai.documents.limits import Budget, damaged, too_complex

# The library lays a sheet out as one full rectangle, from its first used cell to its last.
MAX_RECTANGLE = 4_000_000
# It also copies a shared text into every cell that uses it.
MAX_SHARED_CHARACTERS = 256 * 1024 * 1024
_REFERENCE = re.compile(rb"""[:<]c\s[^>]{0,200}?\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_SHARED = re.compile(rb"""\bt=["']s["']""")
_TEXT_END = re.compile(rb"</(?:\w{1,20}:)?si>")
_SHEET_DIGITS = ".15g"  # a sheet keeps 15 digits of a number; what a float prints beyond them is noise
_EXACT = 10**15

Grid = list[list[Any]]


def read_xlsx(content: bytes, source: str, budget: Budget) -> Document:
    """A workbook's visible sheets, each as one `Table`; rows and columns keep the sheet's own numbers."""
    if content.startswith(b"PK"):
        _check_parts(Archive(content, "xlsx", budget))
    document = Document(source, "xlsx")
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for sheet in workbook.sheets_metadata:
                budget.check_time()
                if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible != calamine.SheetVisibleEnum.Visible:
                    document.notes.append(f"隐藏的工作表“{sheet.name}”未读取。")
                    continue
                _add_sheet(document, workbook.get_sheet_by_name(sheet.name), budget)
    except calamine.PasswordError as error:
        raise encrypted_office() from error
    except (calamine.CalamineError, ValueError, OSError, OverflowError) as error:
        raise damaged("xlsx", str(error)) from error
    return document


def _check_parts(archive: Archive) -> None:
    """Looks at every part the library will read, before it does: their true size and the rectangles."""
    longest = uses = 0
    for name in sorted(archive.names):
        if not name.endswith(".xml") or not name.startswith("xl/"):
            continue
        part = archive.part(name)
        if name.endswith("sharedStrings.xml"):
            ends = [0, *(end.start() for end in _TEXT_END.finditer(part))]
            longest = max((b - a for a, b in pairwise(ends)), default=0)
        elif "worksheets/" in name:
            uses += sum(1 for _ in _SHARED.finditer(part))
            _check_rectangle(part)
    if longest * uses > MAX_SHARED_CHARACTERS:
        raise too_complex("单元格文字过长", "texts of cells too long")


def _check_rectangle(part: bytes) -> None:
    columns: list[int] = []
    rows: list[int] = []
    for letters, row in _REFERENCE.findall(part):
        number = 0
        for letter in letters.upper():
            number = number * 26 + letter - 64
        columns.append(number)
        rows.append(int(row))
    if rows and (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > MAX_RECTANGLE:
        raise too_complex("工作表范围过大", "the used range of a sheet is too wide")


def _add_sheet(document: Document, sheet: calamine.CalamineSheet, budget: Budget) -> None:
    start = sheet.start
    if start is None:
        return
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    budget.check_time()
    spans = _spans(sheet.merged_cell_ranges or [], start)
    top, bottom, left, right = _used(rows)
    if top > bottom:
        return
    budget.take_cells((bottom - top + 1) * (right - left + 1))
    covered: set[tuple[int, int]] = set()
    for (row, column), (height, width) in spans.items():
        height, width = min(height, bottom + 1 - row), min(width, right + 1 - column)
        budget.check_time()
        covered.update((row + i, column + j) for i in range(height) for j in range(width) if i or j)
    table: list[list[Cell]] = []
    for row in range(top, bottom + 1):
        cells = []
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            height, width = spans.get((row, column), (1, 1))
            text = rows[row][column] if column < len(rows[row]) else ""
            cells.append(Cell(text, row + start[0] + 1, column + start[1] + 1, height, width))
        table.append(cells)
    document.blocks.append(Table(len(document.blocks) + 1, table, sheet=sheet.name))


def _spans(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], start: tuple[int, int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Merged cells as (row, column) within the rows read -> (rows, columns) they reach over."""
    return {
        (first[0] - start[0], first[1] - start[1]): (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in ranges
        if first[0] >= start[0] and first[1] >= start[1] and last[0] >= first[0] and last[1] >= first[1]
    }


def _used(rows: list[list[str]]) -> tuple[int, int, int, int]:
    """First and last row and column that hold anything; first > last for a blank sheet."""
    used_rows = [index for index, row in enumerate(rows) if any(row)]
    if not used_rows:
        return 1, 0, 1, 0
    used = {index for row in rows for index, value in enumerate(row) if value}
    return used_rows[0], used_rows[-1], min(used), max(used)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def number_text(value: float) -> str:
    """A sheet's number as people write it: 4119.0 is 4119, 0.30000000000000004 is 0.3, never 1e+06."""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(Decimal(format(value, _SHEET_DIGITS)), "f")
