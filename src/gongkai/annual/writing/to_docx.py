"""A report as a Word document that a clerk goes on with: real headings, real tables."""

from __future__ import annotations

import datetime as dt
from itertools import zip_longest

from gongkai.annual.writing.leading import leads_to
from gongkai.annual.writing.printed import Heading, Paragraph, Printed
from gongkai.annual.writing.tables import PlacedCell, PrintedTable
from gongkai.documents.writing.word_file import TABLE_SIZE, WordCell, WordFile


def docx_content(printed: Printed, written_at: dt.datetime) -> bytes:
    file = WordFile(printed.title, printed.organ, written_at)
    file.title(printed.title_lines())
    for text in printed.front:
        file.paragraph(text)
    for part, following in zip_longest(printed.parts, printed.parts[1:]):
        match part:
            case Heading(text):
                file.heading(text)
            case Paragraph(text):
                file.paragraph(text, leads_to(part, following), isinstance(following, PrintedTable))
            case PrintedTable():
                rows = [[_cell(part, placed) for placed in row] for row in part.rows]
                kept = [part.kept_with_next(row) for row in range(len(rows))]
                file.table(rows, part.widths(), part.heads, part.caption, kept)
    return file.content()


def _cell(table: PrintedTable, placed: PlacedCell) -> WordCell:
    cell, row, column = placed
    return WordCell(
        text=cell.text,
        row=row,
        column=column,
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        head=cell.header in ("col", "colgroup"),
        centred=bool(cell.path) or cell.header in ("", "rowgroup") or table.code == "proactive",
        indent=cell.level if table.code == "statistics" else 0,
        size=table.size_of(placed, TABLE_SIZE),
    )
