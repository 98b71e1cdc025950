"""Reports as csv: every line of text a record of one cell, every row of a table a record."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

from gongkai.annual.writing.printed import Printed
from gongkai.annual.writing.tables import PrintedTable

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # Excel takes the file for UTF-8 by it
# As paragraphs are printed; and a text that begins with `=` is no formula then.
INDENT = "　　"
_FORMULA = ("=", "+", "-", "@", "\t")


def csv_content(printed: Printed, written_at: dt.datetime) -> bytes:
    return csv_of_several([printed])


def csv_of_several(reports: Sequence[Printed]) -> bytes:
    """UTF-8 with a byte order mark; a merged cell stands at its first place, the others are blank."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for number, printed in enumerate(reports):
        if number:
            writer.writerow([])
        writer.writerow([as_text(printed.title)])
        writer.writerows([INDENT + text] for text in printed.front)
        for part in printed.parts:
            if isinstance(part, PrintedTable):
                writer.writerows(_rows(part))
            else:
                writer.writerow([INDENT + part.text])
    return BYTE_ORDER_MARK + buffer.getvalue().encode()


def _rows(table: PrintedTable) -> list[list[str]]:
    rows = [[""] * table.columns for _ in table.rows]
    for placed in (placed for row in table.rows for placed in row):
        cell = placed.cell
        rows[placed.row][placed.column] = cell.text if cell.path and not cell.state else as_text(cell.text)
    return rows


def as_text(text: str) -> str:
    """A text that a spreadsheet takes for one."""
    return INDENT + text if text.startswith(_FORMULA) and len(text) > 1 else text
