"""pdf layouts: a ruled table as an office prints it, and words set by position with no rules at all."""

from __future__ import annotations

import io
from functools import cache
from random import Random

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from tests.annual.printing.grids import Grid
from tests.annual.printing.html_pages import report_grids
from tests.annual.printing.printed import Printed
from tests.annual.printing.text_pages import wrapped

_FONT = "STSong-Light"
_Cell = tuple[float, list[str], float]  # left edge, lines, size of the type
_WIDTH = 500.0  # points between the margins of an A4 page


@cache
def _register_font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


@cache
def _style(size: float) -> ParagraphStyle:
    _register_font()
    return ParagraphStyle("text", fontName=_FONT, fontSize=size, leading=size * 1.25, wordWrap="CJK")


def pdf_ruled(report: Printed, rng: Random) -> bytes:
    """Tables with rules and merged cells that break over pages; page numbers at the foot."""
    flow: list[Flowable] = []
    numbered = rng.random() < 0.7
    for kind, words in report.parts:
        if kind in ("title", "heading", "paragraph"):
            flow.append(Paragraph(words, _style(16 if kind == "title" else 12)))
            continue
        flow += [Paragraph(line, _style(12)) for line in report.statistics_title if kind == "statistics"]
        for grid in report_grids(kind, report, rng):
            flow += [_table(grid), Spacer(1, 8)]

    def foot(canvas: Canvas, _: object) -> None:
        if numbered:
            canvas.setFont(_FONT, 9)
            canvas.drawCentredString(A4[0] / 2, 30, f"- {canvas.getPageNumber()} -")

    out = io.BytesIO()
    template = SimpleDocTemplate(out, pagesize=A4, leftMargin=45, rightMargin=45)
    template.build(flow, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _table(grid: Grid) -> Table:
    style = _style(7.5)
    rows = [[Paragraph(text, style) if text else "" for text in row] for row in grid.expanded()]
    rules: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    rules += [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 2)]
    for cell in grid.cells:
        last = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
        # A tall merged cell cannot be broken over pages: its rows stay apart, ruled as rows.
        if cell.rowspan <= 8 and last != (cell.column, cell.row):
            rules.append(("SPAN", (cell.column, cell.row), last))
    return Table(rows, colWidths=_column_widths(grid), style=TableStyle(rules))


def _column_widths(grid: Grid) -> list[float]:
    """Labels take half of the page in table 3 and in the statistics, an equal share elsewhere."""
    if grid.width == 10:
        return [60.0, 60.0, 135.0] + [35.0] * 7
    if grid.width == 3:
        return [340.0, 60.0, 100.0]
    return [_WIDTH / grid.width] * grid.width


def pdf_positioned(report: Printed, rng: Random) -> bytes:
    """Words set cell by cell with no rules: only their places tell the columns."""
    _register_font()
    out = io.BytesIO()
    page = _Page(Canvas(out, pagesize=A4, pageCompression=1), rng.random() < 0.6)
    for kind, words in report.parts:
        if kind in ("title", "heading", "paragraph"):
            for line in wrapped(words, 38):
                page.lines([(50.0, [line], 11.0)])
            continue
        for line in report.statistics_title if kind == "statistics" else ():
            page.lines([(50.0, [line], 11.0)])
        for grid in report_grids(kind, report, rng, side_by_side=False):
            _set_grid(page, grid)
    page.finish()
    return out.getvalue()


def _set_grid(page: _Page, grid: Grid) -> None:
    widths = _column_widths(grid)
    lefts = [45.0 + sum(widths[:i]) for i in range(grid.width)]
    for row in range(grid.height):
        cells: list[_Cell] = []
        for cell in (cell for cell in grid.cells if cell.row == row and cell.text.strip()):
            width = sum(widths[cell.column : cell.column + cell.colspan])
            lines = wrapped(cell.text.strip(), max(3, int(width // 8 * 0.94) - 1))
            # A figure too wide for its column is set smaller, or it would run into the next one.
            widest = max(pdfmetrics.stringWidth(line, _FONT, 8) for line in lines)
            cells.append((lefts[cell.column], lines, min(8.0, 8.0 * (width - 8) / widest)))
        if cells:
            page.lines(cells)


class _Page:
    """Where the next line goes; a new page when the last is full."""

    def __init__(self, canvas: Canvas, numbered: bool) -> None:
        self._canvas = canvas
        self._numbered = numbered
        self._top = A4[1] - 60

    def lines(self, cells: list[_Cell]) -> None:
        """One row: cells beside each other, each of one or several lines, centred on the row."""
        leading = max(size for _, _, size in cells) * 1.3
        height = max(len(words) for _, words, _ in cells) * leading
        if self._top - height < 60:
            self.finish_page()
        for left, words, size in cells:
            self._canvas.setFont(_FONT, size)
            first = self._top - leading * 0.8 - (height - len(words) * leading) / 2
            for index, line in enumerate(words):
                self._canvas.drawString(left, first - index * leading, line)
        self._top -= height + 3

    def finish_page(self) -> None:
        if self._numbered:
            self._canvas.setFont(_FONT, 9)
            self._canvas.drawCentredString(A4[0] / 2, 30, f"— {self._canvas.getPageNumber()} —")
        self._canvas.showPage()
        self._top = A4[1] - 60

    def finish(self) -> None:
        self.finish_page()
        self._canvas.save()
