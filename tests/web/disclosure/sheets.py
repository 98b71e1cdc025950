"""Workbooks and other files that tests hand in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter


def workbook(
    *rows: Sequence[Any], merged: Sequence[tuple[int, int, int, int, str]] = (), name: str = "表"
) -> bytes:
    """An xlsx of one sheet. `merged`: first row, first column, last row, last column (from 0), text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if hasattr(value, "isoformat"):
                sheet.write_datetime(at, column, value, day)
            elif isinstance(value, tuple):
                sheet.write_formula(at, column, value[0], None, value[1])
            else:
                sheet.write(at, column, value)
    for first_row, first_column, last_row, last_column, text in merged:
        sheet.merge_range(first_row, first_column, last_row, last_column, text)
    book.close()
    return out.getvalue()


def csv(*rows: Sequence[str], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)
