"""Checked reports as an xlsx workbook: overview, findings, and each report's tables with the cells marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongkai.annual.checked import Checked
from gongkai.annual.report import Report, Value
from gongkai.annual.sheet import SheetCell, SheetTable, cell_name, sheet_tables
from gongkai.annual.sheet_html import Marks
from gongkai.annual.sheet_words import severity_word, word

LONGEST_SHEET_NAME = 31  # a limit of the file format
FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")
# Excel keeps fifteen digits of a number; a longer one is written as text, so that no digit is lost.
LARGEST_EXACT = 10**15

OVERVIEW = (
    ("file", 34),
    ("organ", 30),
    ("year", 8),
    ("form", 12),
    ("error", 8),
    ("warning", 10),
    ("info", 8),
    ("unreadable", 50),
)
FINDINGS = (
    ("file", 28),
    ("organ", 26),
    ("year", 8),
    ("severity", 10),
    ("rule", 12),
    ("message", 64),
    ("cells", 44),
    ("expected", 10),
    ("found", 10),
    ("quote", 50),
)
TABLE_WIDTHS = {"requests": (16, 14, 34), "proactive": (26, 18, 18, 18), "statistics": (64, 8, 12)}
FIGURE_WIDTH = 11


def write_workbook(results: Sequence[Checked], lang: str = "zh") -> bytes:
    """The workbook as bytes. No text becomes a formula or a link: every text is written as text."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = _formats(book)
        taken: set[str] = set()
        _overview(_sheet(book, word("overview", lang), taken), results, formats, lang)
        _findings(_sheet(book, word("findings_sheet", lang), taken), results, formats, lang)
        for number, item in enumerate(results, start=1):
            if item.report is not None:
                sheet = _sheet(book, _report_name(item.report, number), taken)
                _Tables(sheet, item, formats, lang).write()
    return buffer.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    cell: dict[str, Any] = {"border": 1, "border_color": "#8C959F", "valign": "vcenter", "text_wrap": True}
    head = {**cell, "bg_color": "#F6F8FA", "align": "center"}
    figure = {**cell, "align": "right"}
    return {
        "text": book.add_format(cell),
        "head": book.add_format(head),
        "bold": book.add_format({**head, "bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "caption": book.add_format({"bold": True}),
        "figure": book.add_format(figure),
        # As on the page: not by colour alone, an error is bold and thickly framed, a note dashed.
        "error": book.add_format(
            {**figure, "bg_color": "#FDECEB", "bold": True, "border": 2, "border_color": "#B3261E"}
        ),
        "warning": book.add_format({**figure, "bg_color": "#FFF6DA", "border": 6, "border_color": "#9A6700"}),
        "info": book.add_format({**figure, "bg_color": "#EAF3FC", "border": 3, "border_color": "#0B57A4"}),
    }


def _sheet(book: Workbook, name: str, taken: set[str]) -> Worksheet:
    """A worksheet with a name the format allows and no other sheet has."""
    base = FORBIDDEN_IN_NAME.sub(" ", name).strip()[:LONGEST_SHEET_NAME] or "-"
    unique, number = base, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{base[: LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
    taken.add(unique.lower())
    return book.add_worksheet(unique)


def _report_name(report: Report, number: int) -> str:
    """`1 青石区人民政府 2024`: the number keeps two reports of one organ apart when the name is cut."""
    year = str(report.year or "")
    organ = (report.organ or "")[: LONGEST_SHEET_NAME - len(f"{number}  {year}")]
    return f"{number} {organ} {year}".strip()


def _overview(sheet: Worksheet, results: Sequence[Checked], formats: dict[str, Format], lang: str) -> None:
    _heads(sheet, OVERVIEW, formats, lang)
    for row, item in enumerate(results, start=1):
        report = item.report
        if report is None:
            cells: list[str | Value] = [
                item.source,
                "",
                "",
                "",
                "",
                "",
                "",
                item.error.message(lang) if item.error else "",
            ]
        else:
            counts = [item.count(severity) for severity in ("error", "warning", "info")]
            cells = [item.source, report.organ or "", report.year, report.form or "", *counts, ""]
        _row(sheet, row, cells, formats)


def _findings(sheet: Worksheet, results: Sequence[Checked], formats: dict[str, Format], lang: str) -> None:
    _heads(sheet, FINDINGS, formats, lang)
    row = 0
    for item in results:
        report = item.report
        if report is None:
            continue
        for finding in item.findings:
            row += 1
            message = finding.message if lang == "zh" else finding.message_en
            cells = "\n".join(cell_name(path, report, lang) for path in dict.fromkeys(finding.cells))
            start = [
                item.source,
                report.organ or "",
                report.year,
                severity_word(finding.severity, lang),
                finding.rule,
            ]
            end = [message, cells, finding.expected, finding.found, finding.quote or ""]
            _row(sheet, row, [*start, *end], formats)
    sheet.autofilter(0, 0, max(row, 1), len(FINDINGS) - 1)


def _heads(
    sheet: Worksheet, columns: Sequence[tuple[str, int]], formats: dict[str, Format], lang: str
) -> None:
    for column, (name, width) in enumerate(columns):
        head = severity_word(name, lang) if name in ("error", "warning", "info") else word(name, lang)
        sheet.write_string(0, column, head, formats["bold"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)


def _row(sheet: Worksheet, row: int, cells: Sequence[str | Value], formats: dict[str, Format]) -> None:
    for column, value in enumerate(cells):
        _write(sheet, row, column, value, formats["text"])


def _write(sheet: Worksheet, row: int, column: int, value: str | Value, format_: Format) -> None:
    """A number as a number, all else as text: `=1+1` in a report stays those four characters."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, format_)
    elif isinstance(value, int | Decimal) and -LARGEST_EXACT < value < LARGEST_EXACT:
        sheet.write_number(row, column, value, format_)
    else:
        sheet.write_string(row, column, str(value), format_)


class _Tables:
    """One report's tables on one worksheet, under each other; a marked cell has its finding as a comment."""

    def __init__(self, sheet: Worksheet, item: Checked, formats: dict[str, Format], lang: str) -> None:
        assert item.report is not None
        self.sheet, self.report, self.formats, self.lang = sheet, item.report, formats, lang
        self.marks = Marks.of("", item.findings, lang)
        self.row = 0

    def write(self) -> None:
        tables = sheet_tables(self.report)
        title = self.report.title or " ".join(filter(None, (self.report.organ, str(self.report.year or ""))))
        self.sheet.write_string(0, 0, title or self.report.source, self.formats["title"])
        self.row = 2
        if not tables:
            self.sheet.write_string(self.row, 0, word("no_tables", self.lang))
        for column, width in enumerate(self._widths(tables)):
            self.sheet.set_column(column, column, width)
        for table in tables:
            self._table(table)

    def _widths(self, tables: Sequence[SheetTable]) -> list[int]:
        """Widths that suit the widest table; the first columns hold labels."""
        first = next((t.code for t in tables if t.code in ("requests", "statistics")), "proactive")
        widths = list(TABLE_WIDTHS[first])
        most = max((table.columns for table in tables), default=0)
        return widths + [FIGURE_WIDTH] * (most - len(widths))

    def _table(self, table: SheetTable) -> None:
        self.sheet.write_string(self.row, 0, table.caption, self.formats["caption"])
        self.row += 1
        filled: set[tuple[int, int]] = set()
        for offset, cells in enumerate(table.rows):
            column = 0
            for cell in cells:
                while (offset, column) in filled:
                    column += 1
                spanned = [(offset + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)]
                filled.update(spanned)
                self._cell(self.row + offset, column, cell)
                column += cell.colspan
        self.row += len(table.rows) + 1

    def _cell(self, row: int, column: int, cell: SheetCell) -> None:
        numbers = self.marks.by_cell.get(cell.path, []) if cell.path else []
        format_ = self.formats[self._format_name(cell, numbers)]
        if cell.rowspan > 1 or cell.colspan > 1:
            self.sheet.merge_range(
                row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", format_
            )
        value: str | Value = self.report.value(cell.path) if cell.path else cell.text
        _write(self.sheet, row, column, cell.text if value is None else value, format_)
        comment = [f"{n}. {self.marks.message(n)}" for n in numbers]
        if cell.note:
            comment.append(word("written", self.lang, text=cell.note))
        if comment:
            self.sheet.write_comment(row, column, "\n".join(comment), {"x_scale": 2, "y_scale": 1.5})

    def _format_name(self, cell: SheetCell, numbers: Sequence[int]) -> str:
        if numbers:
            return self.marks.gravest(numbers)
        if cell.header:
            return "text" if cell.header == "row" else "head"
        return "figure" if cell.path else "text"
