"""Text saved from a pdf by programs that know nothing of tables or pages."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.annual.printing.printed import Printed
from tests.annual.printing.text_pages import Lines, TablePrinters, page_text
from tests.annual.printing.text_pdf import PdfManner, pdf_printers
from tests.annual.printing.text_stacked import row_labels


def saved_pages(report: Printed, rng: Random) -> str:
    """Rows of text, and at the edge of each page its number, the organ's name, a browser's line."""
    manner = PdfManner(report, rng)
    manner.page_numbers = False
    printers = pdf_printers(manner, rng)
    tables = replace(printers, remedies=lambda printed: _in_one_row(printers.remedies(printed)))
    lines = page_text(report, tables, rng).split("\n")
    length = rng.randint(30, 48)
    style = rng.choice(("number", "number", "name", "number and name", "browser"))
    printed: Lines = []
    for page, start in enumerate(range(0, len(lines), length), start=1):
        edge = _edge(style, page, -(-len(lines) // length), report)
        printed += [*lines[start : start + length], *edge]
    return "\n".join(printed)


def _in_one_row(lines: Lines) -> Lines:
    """The figures at the end as one line: among figures one a line a page number cannot be told."""
    words = max(i for i, line in enumerate(lines) if any(c >= "\u4e00" for c in line)) + 1
    return [*lines[:words], " ".join(lines[words:])]


def _edge(style: str, page: int, pages: int, report: Printed) -> Lines:
    if style == "browser":
        return [f"about:blank {page}/{pages}", f"2025/1/20 15:{page:02d} {report.truth['organ']}"]
    number = [str(page)] if "number" in style else []
    return [*number, *([f"{report.truth['organ']}文件"] if "name" in style else [])]


def figures_behind_the_next_heading(report: Printed, rng: Random) -> str:
    """All labels of table 3, then the next section's heading and heads, then the figures of both tables."""
    printers = pdf_printers(PdfManner(report, rng), rng)
    by_column = rng.random() < 0.5

    def requests(printed: Printed) -> Lines:
        table = printed.requests
        assert table is not None
        note = [table.note] if table.note else []
        heading = [table.kind_heading, table.columns[0], table.organisations, *table.columns[1:]]
        return [*note, *heading, *row_labels(table)]

    def remedies(printed: Printed) -> Lines:
        table, rows = printed.remedies, printed.requests
        assert table is not None
        assert rows is not None
        lines = [*rows.rows]
        values = [[value.strip() for value in row.values] for row in lines]
        if by_column:
            values = [list(column) for column in zip(*values, strict=True)]
        heads = [table.groups[0], table.litigation, *table.groups[1:], *table.columns * 3]
        figures = [value for row in values for value in row]
        return [*heads, *figures, *(value.strip() for group in table.values for value in group)]

    tables = TablePrinters(printers.proactive, requests, remedies, printers.statistics)
    return page_text(report, tables, rng)
