"""Reports as a table for statistics: one csv row a cell, for any number of reports under one head."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from gongkai.annual.report import Report
from gongkai.annual.sheet import cell_place, printed_number
from gongkai.annual.writing.paragraphs import without_blanks
from gongkai.annual.writing.to_csv import BYTE_ORDER_MARK, as_text

# `row` and `column` are the contract's codes; `cell` is the path by which findings name the cell. `unit` is
# told by the table of 2014 alone: the other forms name theirs in the labels.
CELL_COLUMNS = (
    *("source", "organ", "year", "form", "table", "row", "row_label"),
    *("column", "column_label", "unit", "cell", "value"),
)


def cells_head() -> bytes:
    """The first line, UTF-8 with a byte order mark."""
    return BYTE_ORDER_MARK + _lines([CELL_COLUMNS])


def cells_of(report: Report, lang: str = "zh") -> bytes:
    """The csv lines of one report's cells in the order of its form; a blank cell has an empty value.

    Labels are in `lang`. A row of the 2014 table has its code as `row`, "" where the form has no such row.
    """
    return _lines(_rows(report, lang))


def _rows(report: Report, lang: str) -> Iterator[tuple[str, ...]]:
    about = (
        as_text(report.source),
        as_text(without_blanks(report.organ or "")),
        "" if report.year is None else str(report.year),
        report.form or "",
    )
    for path, value in report.cells():
        table, row, column = _codes(path, report)
        labels = (as_text(" ".join(label.split())) for label in cell_place(path, report, lang))
        row_label, column_label = labels
        number = printed_number(value)
        yield (*about, table, row, row_label, column, column_label, _unit(path, report), path, number)


def _codes(path: str, report: Report) -> tuple[str, str, str]:
    """Table, row and column of a cell; a row's code may have dots of its own, a row of one cell no column."""
    table, _, rest = path.partition(".")
    if table == "statistics":
        index = int(rest.split(".")[0])
        codes = report.statistics_codes
        return table, (codes[index] if index < len(codes) else None) or "", ""
    if table == "processing_fees":
        return table, "", rest
    row, _, column = rest.rpartition(".") if "." in rest else (rest, "", "")
    return table, row, column


def _unit(path: str, report: Report) -> str:
    if not path.startswith("statistics."):
        return ""
    row = (report.statistics or [])[int(path.split(".")[1])]
    return as_text(str(row["unit"] or ""))


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8", "replace")
