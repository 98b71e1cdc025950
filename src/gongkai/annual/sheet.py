"""A report's tables as they are printed: rows of cells with their spans, for html, xlsx, docx and pdf alike.

All labels come from `annual.forms`; only the few head words that are no row and no column stand here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual.forms import Column, Form, ProactiveBlock, Row, form, form_for_year
from gongkai.annual.forms.english import english_cell, english_row
from gongkai.annual.report import Report, Value

# The head words of the printed form (国办公开办函〔2021〕30号) that belong to no single row or column.
CONTENT_HEAD = "信息内容"
REQUESTERS_HEAD = "申请人情况"
STATISTICS_HEAD = ("统计指标", "单位", "统计数")
STATISTICS_CAPTION = "政府信息公开情况统计表"
FEES_CAPTION = "信息处理费"
FEE_COLUMNS = (
    ("notices", "收费通知（件）"),
    ("charged_yuan", "总金额（元）"),
    ("collected_yuan", "实际收取（元）"),
)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One printed cell. `path` is set for a figure: the report's cell path, as findings name it.

    `header` is "" for a figure, "col" or "row" for a heading; `note` holds what the report writes in the
    cell besides the number; `state` is "" or "blank" (written empty), "unread", "absent" (no such row).
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    path: str | None = None
    header: str = ""
    note: str = ""
    state: str = ""
    level: int = 0  # of a row heading: how deep it stands below the others


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One printed table; `code` is the section of the form it stands in."""

    code: str
    caption: str
    rows: tuple[tuple[SheetCell, ...], ...]
    columns: int
    heads: int  # leading rows that are column headings

    def paths(self) -> set[str]:
        return {cell.path for row in self.rows for cell in row if cell.path}


def sheet_tables(report: Report) -> list[SheetTable]:
    """The tables of a report in the order of its form; a table that the report lacks is left out."""
    if report.statistics is not None:
        return [_statistics(report)]
    rows = form(_form_code(report))
    tables = []
    if report.proactive is not None:
        tables.append(_proactive(report, rows))
    if report.requests is not None:
        tables.append(_requests(report, rows))
    if report.remedies is not None:
        tables.append(_remedies(report, rows))
    if report.processing_fees is not None:
        tables.append(_fees(report, rows))
    return tables


def cell_name(path: str, report: Report, lang: str = "zh") -> str:
    """A cell's name for people: the printed row and column; in English, their English names."""
    return " · ".join(filter(None, cell_place(path, report, lang)))


def cell_place(path: str, report: Report, lang: str = "zh") -> tuple[str, str]:
    """The names of a cell's row and of its column ("" where the row has one figure), as `cell_name`."""
    parts = path.split(".")
    rows = form(_form_code(report))
    if parts[0] == "statistics" and report.statistics:
        index = int(parts[1])
        code = _statistics_code(report, index) if lang != "zh" else None
        label = str(report.statistics[index]["label"])
        return (english_row("statistics", code) if code else label), ""
    if lang != "zh":
        return english_cell(path)
    if parts[0] == "processing_fees":
        return FEES_CAPTION, dict(FEE_COLUMNS).get(parts[-1], parts[-1])
    if parts[0] == "remedies":
        return _label(rows.remedy_groups, parts[1]), _label(rows.remedy_columns, parts[-1])
    if parts[0] == "proactive":
        return _proactive_place(parts, rows)
    if parts[0] == "requests":
        return _request_place(parts, rows)
    return path, ""


def _form_code(report: Report) -> str:
    """The form to print by: the report's own, or the one its content or its year tells."""
    if report.form and report.form != "2014":
        return report.form
    if report.year is None:
        return "2021"
    code = form_for_year(report.year)
    return "2021" if code == "2014" else code


def _request_place(parts: list[str], rows: Form) -> tuple[str, str]:
    code, column = ".".join(parts[1:-1]), parts[-1]
    every = (*rows.rows, *((rows.single_other,) if rows.single_other else ()))
    row = next((r.printed for r in every if r.code == code), code)
    return row, _label(rows.columns, column)


def _proactive_place(parts: list[str], rows: Form) -> tuple[str, str]:
    for block in rows.proactive:
        for row in block.rows:
            if row.code == parts[1]:
                return row.label, _label(block.columns, parts[2] if len(parts) > 2 else "")
    return ".".join(parts[1:]), ""


def _label(columns: Sequence[Column], code: str) -> str:
    return next((c.label for c in columns if c.code == code), code)


# ---- the tables ----


def _proactive(report: Report, rows: Form) -> SheetTable:
    width = 1 + max(len(block.columns) for block in rows.proactive)
    printed: list[tuple[SheetCell, ...]] = []
    for block in rows.proactive:
        printed.append((SheetCell(block.item, colspan=width, header="colgroup"),))
        heads = [SheetCell(CONTENT_HEAD, header="col")]
        heads += [SheetCell(c.label, header="col") for c in block.columns]
        printed.append(_stretched(heads, width))
        printed += [_stretched(cells, width) for cells in _proactive_rows(report, block)]
    return SheetTable("proactive", _caption(rows, "proactive"), tuple(printed), width, heads=0)


def _proactive_rows(report: Report, block: ProactiveBlock) -> list[list[SheetCell]]:
    present = report.proactive or {}
    result = []
    for row in block.rows:
        cells = [_figure(report, path, row.code in present) for path in block.paths(row)]
        result.append([SheetCell(row.label, header="row"), *cells])
    return result


def _stretched(cells: list[SheetCell], width: int) -> tuple[SheetCell, ...]:
    """The row with its last cell spanning what is left of the width, as the form prints it."""
    last = cells[-1]
    span = width - len(cells) + 1
    wide = SheetCell(last.text, span, 1, last.path, last.header, last.note, last.state)
    return (*cells[:-1], wide)


def _requests(report: Report, rows: Form) -> SheetTable:
    present = report.requests or {}
    single = "other" in present and not any(code.startswith("other.") for code in present)
    body = rows.rows_with(single_other=single or (rows.code == "2019" and "other.other" not in present))
    depth = 1 + max(len(row.group) for row in body)
    printed = _requests_head(rows, depth)
    heads = len(printed)
    for index, row in enumerate(body):
        labels = _row_labels(body, index, depth)
        figures = [
            _figure(report, f"requests.{row.code}.{column.code}", row.code in present)
            for column in rows.columns
        ]
        printed.append((*labels, *figures))
    caption = _caption(rows, "requests")
    return SheetTable("requests", caption, tuple(printed), depth + len(rows.columns), heads)


def _requests_head(rows: Form, depth: int) -> list[tuple[SheetCell, ...]]:
    """Three rows: the identity note beside 申请人情况, then the columns, grouped ones one row lower."""
    note = SheetCell(rows.identity_note, colspan=depth, rowspan=3, header="col")
    top = (note, SheetCell(REQUESTERS_HEAD, colspan=len(rows.columns), header="colgroup"))
    return [top, *_grouped_heads(rows.columns)]


def _grouped_heads(columns: Sequence[Column]) -> list[tuple[SheetCell, ...]]:
    upper: list[SheetCell] = []
    lower: list[SheetCell] = []
    for index, column in enumerate(columns):
        if not column.group:
            upper.append(SheetCell(column.label, rowspan=2, header="col"))
            continue
        lower.append(SheetCell(column.label, header="col"))
        if index == 0 or columns[index - 1].group != column.group:
            span = sum(1 for c in columns if c.group == column.group)
            upper.append(SheetCell(column.group[0], colspan=span, header="colgroup"))
    return [tuple(upper), tuple(lower)]


def _row_labels(body: Sequence[Row], index: int, depth: int) -> list[SheetCell]:
    """The headings that begin in this row: each group at its first row, then the row's own label."""
    row = body[index]
    cells = []
    for level in range(len(row.group)):
        group = row.group[: level + 1]
        if index and body[index - 1].group[: level + 1] == group:
            continue  # begun in a row above, and spans this one
        span = next(
            (n for n, later in enumerate(body[index:]) if later.group[: level + 1] != group),
            len(body) - index,
        )
        cells.append(SheetCell(group[-1], rowspan=span, header="rowgroup", level=level))
    cells.append(SheetCell(row.printed, colspan=depth - len(row.group), header="row"))
    return cells


def _remedies(report: Report, rows: Form) -> SheetTable:
    each = len(rows.remedy_columns)
    upper: list[SheetCell] = []
    lower: list[SheetCell] = []
    for index, group in enumerate(rows.remedy_groups):
        if not group.group:
            upper.append(SheetCell(group.label, colspan=each, rowspan=2, header="colgroup"))
            continue
        lower.append(SheetCell(group.label, colspan=each, header="colgroup"))
        if index == 0 or rows.remedy_groups[index - 1].group != group.group:
            span = each * sum(1 for g in rows.remedy_groups if g.group == group.group)
            upper.append(SheetCell(group.group[0], colspan=span, header="colgroup"))
    heads = tuple(SheetCell(c.label, header="col") for _ in rows.remedy_groups for c in rows.remedy_columns)
    present = report.remedies or {}
    figures = tuple(
        _figure(report, f"remedies.{group.code}.{column.code}", group.code in present)
        for group in rows.remedy_groups
        for column in rows.remedy_columns
    )
    printed = (tuple(upper), tuple(lower), heads, figures)
    return SheetTable(
        "remedies", _caption(rows, "remedies"), printed, each * len(rows.remedy_groups), heads=3
    )


def _fees(report: Report, rows: Form) -> SheetTable:
    heads = tuple(SheetCell(label, header="col") for _, label in FEE_COLUMNS)
    figures = tuple(_figure(report, f"processing_fees.{code}", present=True) for code, _ in FEE_COLUMNS)
    caption = f"{_caption(rows, 'other_matters')}：{FEES_CAPTION}"
    return SheetTable("processing_fees", caption, (heads, figures), len(FEE_COLUMNS), heads=1)


def _statistics(report: Report) -> SheetTable:
    levels = {row.code: row.level for row in form("2014").statistics}
    printed = [tuple(SheetCell(text, header="col") for text in STATISTICS_HEAD)]
    level = 0
    for index, row in enumerate(report.statistics or ()):
        code = _statistics_code(report, index)
        level = levels.get(code, level) if code else level  # an unknown row stands where its neighbour does
        name = SheetCell(row["label"], header="row", level=level)
        if row["unit"] is None and row["value"] is None:
            printed.append((name, SheetCell(""), SheetCell("")))
            continue
        figure = _figure(report, f"statistics.{index}.value", present=True)
        printed.append((name, SheetCell(row["unit"] or ""), figure))
    return SheetTable("statistics", STATISTICS_CAPTION, tuple(printed), len(STATISTICS_HEAD), heads=1)


def _statistics_code(report: Report, index: int) -> str | None:
    return report.statistics_codes[index] if index < len(report.statistics_codes) else None


def _caption(rows: Form, code: str) -> str:
    """The section's heading as printed: `二、主动公开政府信息情况`."""
    for numeral, (section, label) in zip("一二三四五六七八九", rows.sections, strict=False):
        if section == code:
            return f"{numeral}、{label}"
    return code


def _figure(report: Report, path: str, present: bool) -> SheetCell:
    value = report.value(path)
    written = report.written.get(path, "")
    if value is not None:
        note = "" if written.strip() in ("", str(value)) else written
        return SheetCell(printed_number(value), path=path, note=note)
    if any(path in unread.cells for unread in report.unread):
        return SheetCell("", path=path, note=written, state="unread")
    return SheetCell(written, path=path, state="blank" if present else "absent")


def printed_number(value: Value) -> str:
    """A figure as plain digits, never in exponent notation; "" for a blank."""
    return "" if value is None else format(value, "f") if not isinstance(value, int) else str(value)
