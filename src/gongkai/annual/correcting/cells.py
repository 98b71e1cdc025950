"""One figure put into a report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongkai.annual.report import Report, Value
from gongkai.annual.sheet import sheet_tables


def put_figure(report: Report, path: str, value: Value) -> None:
    """Sets the cell at `path`, in place. A row that the report lacks begins with all its cells blank.

    What the file said there besides, or that it was hardly or not to be read, holds no longer.
    """
    block, _, rest = path.partition(".")
    row, _, column = rest.rpartition(".")
    if block == "statistics" and report.statistics is not None:
        report.statistics[int(row)]["value"] = value
    else:
        _row(report, block, row)[column] = value
    report.written.pop(path, None)
    report.confidence.pop(path, None)
    report.unread = [
        replace(gap, cells=[cell for cell in gap.cells if cell != path]) if path in gap.cells else gap
        for gap in report.unread
    ]
    report.unread = [gap for gap in report.unread if gap.cells]


def _row(report: Report, block: str, row: str) -> dict[str, Any]:
    """The dictionary that holds the cell: the block's own for a row of one figure."""
    table: dict[str, Any] = getattr(report, block)
    if not row:
        return table
    if row not in table:
        beginning = f"{block}.{row}."
        paths = (path for printed in sheet_tables(report) for path in _in_order(printed.rows))
        table[row] = {
            path.removeprefix(beginning): None
            for path in paths
            if path.startswith(beginning) and "." not in path.removeprefix(beginning)
        }
    found: dict[str, Any] = table[row]
    return found


def _in_order(rows: Any) -> list[str]:
    return [cell.path for row in rows for cell in row if cell.path]
