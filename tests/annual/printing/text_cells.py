"""Text layouts in which a reader sees the cells: a cell a line, tabs, pipes, csv, aligned columns."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from random import Random
from unicodedata import east_asian_width

from tests.annual.printing.grids import Grid, requests_grid
from tests.annual.printing.printed import Printed
from tests.annual.printing.text_pages import Lines, TablePrinters, grid_printers, page_text, wrapped


def cell_lines(report: Printed, rng: Random) -> str:
    return page_text(report, cell_line_printers(report, rng), rng)


def cell_line_printers(report: Printed, rng: Random) -> TablePrinters:
    """A cell a line, as a word processor saves a table: a tab before each, an empty line after a row."""
    has_blanks = any(d.endswith("blank_zeros") for d in report.disturbances)
    lead = "\t" if has_blanks else rng.choice(("\t", "\t", "\t ", " \t", ""))
    narrow = rng.random() < 0.5

    def printer(grid: Grid) -> Lines:
        lines: Lines = []
        for index, row in enumerate(grid.saved_as_text()):
            for text in row:
                if narrow and index < grid.body and len(text) == 4 and rng.random() < 0.4:
                    text = f"{text[:2]}\n{text[2:]}"  # a narrow column's heading in two paragraphs
                lines += ((lead + text) if text or lead else "").split("\n")
            lines.append("")
        return [line for line in lines if line or lead] if not lead else lines

    return grid_printers(printer, rng)


def tab_rows(report: Printed, rng: Random) -> str:
    return page_text(report, tab_row_printers(rng), rng)


def tab_row_printers(rng: Random) -> TablePrinters:
    """A row a line, cells apart by tabs; spans over columns leave blank cells or not."""
    repeat = rng.random() < 0.2
    expand = rng.random() < 0.6
    lead, trail = rng.choice(("", "", "\t")), rng.choice(("", "", "\t"))

    def printer(grid: Grid) -> Lines:
        rows = grid.expanded(repeat) if expand else grid.saved_as_text()
        return [lead + "\t".join(row) + trail for row in rows]

    return grid_printers(printer, rng)


def shifted_tab_rows(report: Printed, rng: Random) -> str:
    """Tab rows put together by hand: groups missing or in the label's place, rows moved sideways."""
    tables = grid_printers(lambda grid: ["\t".join(row) for row in grid.expanded()], rng)

    def requests(printed: Printed) -> Lines:
        assert printed.requests is not None
        rows = requests_grid(printed.requests).expanded()
        lines = ["\t".join(row) for row in rows[:3]]
        for row, cells in zip(printed.requests.rows, rows[3:], strict=True):
            labels = cells[:3]
            how = rng.random()
            if how < 0.15:
                labels = [row.label, "", ""]
            elif how < 0.3:
                labels = [row.label]
            elif how < 0.4:
                labels = [*row.groups, row.label]
            elif how < 0.5:
                labels = ["", *labels]
            before, after = rng.choice(((0, 0), (0, 0), (1, 0), (0, 1), (2, 0), (0, 2)))
            lines.append("\t".join([*labels, *[""] * before, *row.values, *[""] * after]))
        return lines

    return page_text(report, replace(tables, requests=requests), rng)


def pipes(report: Printed, rng: Random) -> str:
    """Markdown tables: the group's cell blank or repeated under its first row."""
    repeat = rng.random() < 0.4
    edge = rng.random() < 0.8
    dashes = rng.choice((" --- ", "---", ":---:", "------"))

    def printer(grid: Grid) -> Lines:
        rows = [[text.replace("\n", "<br>") for text in row] for row in grid.expanded(repeat)]
        lines = [("| " if edge else "") + " | ".join(row) + (" |" if edge else "") for row in rows]
        rule = ("|" if edge else "") + "|".join([dashes] * grid.width) + ("|" if edge else "")
        return ["", lines[0], rule, *lines[1:], ""]

    mark = rng.choice(("##", "##", ""))
    return page_text(report, replace(grid_printers(printer, rng), heading_mark=mark), rng)


def comma_separated(report: Printed, rng: Random) -> str:
    """A worksheet saved as csv: text lines in the first column, tables as their cells."""
    repeat = rng.random() < 0.2

    def printer(grid: Grid) -> Lines:
        return [_csv_row(row) for row in grid.expanded(repeat)]

    return page_text(_quoted(report), grid_printers(printer, rng), rng)


def _csv_row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _quoted(report: Printed) -> Printed:
    parts = [(kind, _csv_row([words]) if words else words) for kind, words in report.parts]
    title = [_csv_row([line]) for line in report.statistics_title]
    return replace(report, parts=parts, statistics_title=title)


def aligned(report: Printed, rng: Random) -> str:
    return page_text(report, aligned_printers(rng), rng)


def aligned_printers(rng: Random) -> TablePrinters:
    """Columns lined up with spaces, labels broken inside their column: a pdf's text by its layout."""
    gap = rng.choice((2, 3, 4))
    label_width = rng.choice((12, 16, 20, 40))

    def printer(grid: Grid) -> Lines:
        return _aligned(grid, gap, label_width)

    return replace(grid_printers(printer, rng, plain=True), wrap=rng.choice((0, 36)))


def _aligned(grid: Grid, gap: int, label_width: int) -> Lines:
    """Each column as wide as its widest cell; a value stands on the middle line of its row."""
    rows = [[wrapped(text.strip(), label_width) for text in row] for row in grid.expanded()]
    spanning = {(cell.row, cell.column) for cell in grid.cells if cell.colspan > 1}
    widths = [
        max((_width(p) for r, row in enumerate(rows) if (r, c) not in spanning for p in row[c]), default=0)
        for c in range(grid.width)
    ]
    lines: Lines = []
    for row in rows:
        height = max(len(cell) for cell in row)
        shifted = [[""] * ((height - len(cell)) // 2) + cell for cell in row]
        for i in range(height):
            parts = [cell[i] if i < len(cell) else "" for cell in shifted]
            lines.append(_line_up(parts, widths, gap))
    return lines


def _line_up(parts: list[str], widths: list[int], gap: int) -> str:
    line, column_start = "", 0
    for part, width in zip(parts, widths, strict=True):
        if part:
            line += " " * max(column_start - _width(line), gap if line.strip() else 0) + part
        column_start += width + gap
    return line


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
