"""Text layouts that take a table apart: all labels, then the values of each column one a line."""

from __future__ import annotations

from random import Random

from tests.annual.printing.printed import Printed, Requests
from tests.annual.printing.text_pages import Lines, TablePrinters, page_text

STYLES = ("labels_first", "values_first", "heading_over_stack", "labels_then_rows")


def stacked_columns(report: Printed, rng: Random) -> str:
    return page_text(report, stacked_printers(rng), rng)


def stacked_printers(rng: Random) -> TablePrinters:
    style = rng.choice(STYLES)
    gap = rng.choice(([], [], [""]))
    return TablePrinters(
        lambda printed: _proactive(printed, rng),
        lambda printed: _requests(printed, style, gap),
        lambda printed: _remedies(printed, rng, gap),
        lambda printed: _statistics(printed, rng, gap),
    )


def _requests(report: Printed, style: str, gap: Lines) -> Lines:
    table = report.requests
    assert table is not None
    columns = list(zip(*(row.values for row in table.rows), strict=True))
    stacks = [[value.strip() for value in column] for column in columns]
    labels = [*row_labels(table), *gap]
    corner = [*([table.note] if table.note else []), table.kind_heading]
    heading = [*corner, table.columns[0], table.organisations, *table.columns[1:]]
    values = [line for stack in stacks for line in (*stack, *gap)]
    if style == "labels_first":
        return [*heading, *labels, *values]
    if style == "values_first":
        return [*heading, *gap, *values, *labels]
    if style == "labels_then_rows":
        return [*heading, *labels, *(" ".join(v.strip() for v in row.values) for row in table.rows)]
    lines = [*corner, *labels]
    for index, (name, stack) in enumerate(zip(table.columns, stacks, strict=True)):
        lines += [*([table.organisations] if index == 1 else []), name, *stack, *gap]
    return lines


def row_labels(table: Requests) -> Lines:
    """All labels of table 3 with the groups' headings where the groups begin."""
    lines: Lines = []
    seen: set[str] = set()
    for row in table.rows:
        lines += [name for name in row.groups if name not in seen]
        seen |= set(row.groups)
        lines.append(row.label)
    return lines


def _proactive(report: Printed, rng: Random) -> Lines:
    """Table 2 as pairs, as a stack for each row, or as a stack for each column under its heading."""
    style = rng.choice(("pairs", "row_stacks", "column_stacks"))
    lines: Lines = []
    for block in report.proactive:
        lines.append(block.item)
        if style == "pairs":
            for row in block.rows:
                pairs = [f"{n} {v.strip()}" for n, v in zip(block.columns, row.values, strict=True)]
                lines.append(" ".join((row.label, *pairs)))
        elif style == "row_stacks":
            lines += [block.corner, *block.columns]
            lines += [line for row in block.rows for line in (row.label, *(v.strip() for v in row.values))]
        else:
            lines += [block.corner, *(row.label for row in block.rows)]
            for index, name in enumerate(block.columns):
                lines += [name, *(row.values[index].strip() for row in block.rows)]
    return lines


def _remedies(report: Printed, rng: Random, gap: Lines) -> Lines:
    table = report.remedies
    assert table is not None
    names = (table.groups[0], *(f"{table.litigation} {group}" for group in table.groups[1:]))
    values = [[value.strip() for value in group] for group in table.values]
    style = rng.choice(("blocks", "pairs", "all"))
    if style == "all":
        heading = [table.groups[0], table.litigation, table.groups[1], table.groups[2], *table.columns * 3]
        return [*heading, *gap, *(value for group in values for value in group)]
    lines: Lines = []
    for name, group in zip(names, values, strict=True):
        lines.append(name)
        if style == "blocks":
            lines += [*table.columns, *group, *gap]
        else:
            lines += [f"{column} {value}" for column, value in zip(table.columns, group, strict=True)]
    return lines


def _statistics(report: Printed, rng: Random, gap: Lines) -> Lines:
    """Form 2014: label, unit and value each on a line of its own, or label and value on one line."""
    style = rng.choice(("three_lines", "one_line", "three_stacks"))
    rows = report.statistics
    lines = [*report.statistics_title]
    if style == "one_line":
        lines.append(" ".join(report.statistics_head))
        return [*lines, *(" ".join(t for t in (r.label, r.unit, r.value.strip()) if t) for r in rows)]
    lines += report.statistics_head
    if style == "three_lines":
        for row in rows:
            lines += [*(t for t in (row.label, row.unit, row.value.strip()) if t), *gap]
        return lines
    lines += [row.label for row in rows]
    lines += [*gap, *(row.unit for row in rows if row.unit)]
    return [*lines, *gap, *(row.value.strip() for row in rows if row.unit)]
