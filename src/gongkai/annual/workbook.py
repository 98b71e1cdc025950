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
from gongkai.annual.findings import SEVERITIES, Finding
from gongkai.annual.report import Report, Value
from gongkai.annual.sheet import SheetCell, SheetTable, sheet_tables
from gongkai.annual.sheet_basis import basis, sides_text
from gongkai.annual.sheet_card import cell_groups
from gongkai.annual.sheet_html import Marks
from gongkai.annual.sheet_rows import row_height
from gongkai.annual.sheet_words import severity_word, word

LONGEST_SHEET_NAME = 31  # a limit of the file format
FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")
# Excel keeps fifteen digits of a number; a longer one is written as text, so that no digit is lost.
LARGEST_EXACT = 10**15

OVERVIEW = (
    ("file", 30),
    ("organ", 26),
    ("year", 8),
    ("form", 12),
    ("error", 8),
    ("warning", 10),
    ("info", 8),
    ("unreadable", 40),
)
# Together they fill a sheet of A4 lying on its side in a type that can still be read.
FINDINGS = (
    ("file", 13),
    ("organ", 13),
    ("year", 6),
    ("severity", 8),
    ("rule", 11),
    ("check", 15),
    ("message", 38),
    ("compared", 16),
    ("cells", 24),
    ("quote", 24),
    ("place", 10),
    ("basis", 26),
)
TABLE_WIDTHS = {"requests": (13, 12, 30), "proactive": (26, 18, 18, 18), "statistics": (64, 8, 12)}
FIGURE_WIDTH = 9
MOST_NAMES_IN_A_LINE = 8
MOST_LINES_OF_CELLS = 12  # a table left blank would fill the page; the tables' own sheet marks them all


A4 = 9  # the file format's number for the paper
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}  # inches


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
        _overview(_sheet(book, word("overview", lang), taken, lang), results, formats, lang)
        _findings(_sheet(book, word("findings_sheet", lang), taken, lang), results, formats, lang)
        for number, item in enumerate(results, start=1):
            if item.report is not None:
                sheet = _sheet(book, _report_name(item.report, number), taken, lang)
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
        "centred": book.add_format({**cell, "align": "center"}),
        # As on the page: not by colour alone, an error is bold and thickly framed, a note dashed.
        "error": book.add_format(
            {**figure, "bg_color": "#FDECEB", "bold": True, "border": 2, "border_color": "#B3261E"}
        ),
        "warning": book.add_format({**figure, "bg_color": "#FFF6DA", "border": 6, "border_color": "#9A6700"}),
        "info": book.add_format({**figure, "bg_color": "#EAF3FC", "border": 3, "border_color": "#0B57A4"}),
    }


def _sheet(book: Workbook, name: str, taken: set[str], lang: str) -> Worksheet:
    """A worksheet with a name the format allows and no other sheet has, ready to be printed."""
    base = FORBIDDEN_IN_NAME.sub(" ", name).strip()[:LONGEST_SHEET_NAME] or "-"
    unique, number = base, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{base[: LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
    taken.add(unique.lower())
    sheet = book.add_worksheet(unique)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)  # as wide as the paper, as many pages as it takes
    sheet.set_footer(f"&L{unique.replace('&', '&&')}&R{word('page_of', lang)}")
    return sheet


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
        _row(sheet, row, cells, formats, OVERVIEW)


def _findings(sheet: Worksheet, results: Sequence[Checked], formats: dict[str, Format], lang: str) -> None:
    _heads(sheet, FINDINGS, formats, lang)
    row = 0
    for item in results:
        report = item.report
        if report is None:
            continue
        for finding in item.findings:
            row += 1
            cells = [item.source, report.organ or "", report.year, *_finding(finding, report, lang)]
            _row(sheet, row, cells, formats, FINDINGS)
    sheet.autofilter(0, 0, max(row, 1), len(FINDINGS) - 1)


def _finding(finding: Finding, report: Report, lang: str) -> list[str]:
    """What a row of the findings says after file, organ and year."""
    rests_on = basis(finding, lang, report.year)
    place = finding.place or next((report.places[c] for c in finding.cells if c in report.places), None)
    return [
        severity_word(finding.severity, lang),
        finding.rule,
        rests_on.title,
        finding.message if lang == "zh" else finding.message_en,
        sides_text(finding, lang),
        _cells(finding, report, lang),
        finding.quote or "",
        place.label(lang) if place else "",
        "\n".join(filter(None, (rests_on.article, rests_on.explanation))),
    ]


def _cells(finding: Finding, report: Report, lang: str) -> str:
    """The cells, a line for each row or column they stand in."""
    colon, comma = ("：", "、") if lang == "zh" else (": ", ", ")
    lines = []
    for head, cells in cell_groups(finding, report, lang).items():
        names = list(cells.values())
        if head and len(names) > MOST_NAMES_IN_A_LINE:
            more = word("more_cells", lang, count=len(names) - MOST_NAMES_IN_A_LINE)
            names = [*names[:MOST_NAMES_IN_A_LINE], more]
        if head:
            lines.append(head + colon + comma.join(names))
        else:
            lines += names
    if len(lines) > MOST_LINES_OF_CELLS:
        over = len(lines) - MOST_LINES_OF_CELLS
        lines = [*lines[:MOST_LINES_OF_CELLS], word("more_lines", lang, count=over)]
    return "\n".join(lines)


def _heads(
    sheet: Worksheet, columns: Sequence[tuple[str, int]], formats: dict[str, Format], lang: str
) -> None:
    heads = [
        (severity_word(name, lang) if name in SEVERITIES else word(name, lang), width)
        for name, width in columns
    ]
    for column, (head, width) in enumerate(heads):
        sheet.write_string(0, column, head, formats["bold"])
        sheet.set_column(column, column, width)
    sheet.set_row(0, row_height(heads))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _row(
    sheet: Worksheet,
    row: int,
    cells: Sequence[str | Value],
    formats: dict[str, Format],
    columns: Sequence[tuple[str, int]],
) -> None:
    for column, value in enumerate(cells):
        centred = columns[column][0] in ("year", "severity")
        _write(sheet, row, column, value, formats["centred" if centred else "text"])
    widths = [width for _, width in columns]
    sheet.set_row(
        row, row_height((str(value or ""), width) for value, width in zip(cells, widths, strict=True))
    )


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
        self.widths: list[int] = []

    def write(self) -> None:
        tables = sheet_tables(self.report)
        title = self.report.title or " ".join(filter(None, (self.report.organ, str(self.report.year or ""))))
        self.sheet.write_string(0, 0, title or self.report.source, self.formats["title"])
        self.row = 2
        if not tables:
            self.sheet.write_string(self.row, 0, word("no_tables", self.lang))
        self.sheet.set_portrait()
        if all(table.code != "statistics" for table in tables):
            self.sheet.fit_to_pages(1, 1)  # the four tables of a report are looked at together
        self.widths = self._widths(tables)
        for column, width in enumerate(self.widths):
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
            texts: list[tuple[str, float]] = []
            for cell in cells:
                while (offset, column) in filled:
                    column += 1
                spanned = [(offset + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan)]
                filled.update(spanned)
                self._cell(self.row + offset, column, cell)
                if cell.rowspan == 1:
                    texts.append((cell.text, sum(self.widths[column : column + cell.colspan])))
                column += cell.colspan
            self.sheet.set_row(self.row + offset, row_height(texts))
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
