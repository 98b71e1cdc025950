"""xls: workbooks of Excel 97 to 2003, and what WPS calls et; made into an xlsx in a process of its own."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from typing import Any

from gongkai.documents.archive import encrypted_office
from gongkai.documents.conversion import converted
from gongkai.documents.intermediate import Document
from gongkai.documents.limits import MAX_CELLS, Budget, damaged, too_complex
from gongkai.documents.xlsx import read_xlsx

_TEXT, _NUMBER, _DATE, _BOOLEAN = 1, 2, 3, 4  # xlrd's kinds of cells
_FAULTS = (ArithmeticError, LookupError, ValueError, TypeError, AttributeError, AssertionError, struct.error)


def read_xls(content: bytes, source: str, budget: Budget) -> Document:
    """An old workbook's visible sheets, each as one `Table`, its merged cells as in an xlsx.

    Raises damaged, encrypted, too_complex, too_slow.
    """
    return replace(read_xlsx(converted(content, "xls", budget), source, budget), kind="xls")


def to_xlsx(content: bytes) -> bytes:
    """The old workbook as an xlsx: texts, numbers with their formats, merged cells, hidden sheets.

    Runs in the process for conversions. Raises damaged, encrypted, too_complex.
    """
    import xlrd
    import xlsxwriter
    from xlrd.compdoc import CompDocError

    try:
        # What xlrd says of slips it can live with would go to standard output.
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
        out = io.BytesIO()
        made = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": bool(book.datemode)})
        cells = 0
        for sheet in book.sheets():
            cells += sum(map(len, (sheet.row(row) for row in range(sheet.nrows))))
            if cells > MAX_CELLS:
                raise too_complex(f"表格超过 {MAX_CELLS} 格", f"more than {MAX_CELLS} table cells")
            _copy(book, sheet, made)
        made.close()
    except (xlrd.XLRDError, CompDocError, *_FAULTS) as error:
        if "encrypted" in str(error):
            raise encrypted_office() from error
        raise damaged("xls", str(error)) from error
    return out.getvalue()


def _copy(book: Any, sheet: Any, made: Any) -> None:
    copy = made.add_worksheet()
    copy.name = sheet.name  # as it is: xlsxwriter refuses some that old programs wrote
    if sheet.visibility:
        copy.hide()
    formats: dict[int, Any] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == _TEXT:
                copy.write_string(row, column, cell.value)
            elif cell.ctype in (_NUMBER, _DATE):
                style = formats.get(cell.xf_index)
                if style is None:
                    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                    style = formats.setdefault(cell.xf_index, made.add_format({"num_format": code}))
                copy.write_number(row, column, cell.value, style)
            elif cell.ctype == _BOOLEAN:
                copy.write_boolean(row, column, bool(cell.value))
    for first_row, after_row, first_column, after_column in sheet.merged_cells:
        # merge_range() would write the texts anew and refuses ranges that overlap.
        copy.merge.append([first_row, first_column, after_row - 1, after_column - 1])
