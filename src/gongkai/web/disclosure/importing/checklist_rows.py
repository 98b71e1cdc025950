"""Rows of a standard or basic catalogue as items of the checklist (STD, CAT), with what is wrong by row."""

from __future__ import annotations

from typing import Any

from gongkai.statute.catalogue import ChecklistItem as Item
from gongkai.statute.catalogue import checklist_columns, pilot_field, read_checklist, spread
from gongkai.statute.catalogue.columns import find_header
from gongkai.web.disclosure.importing.cells import plain, short
from gongkai.web.disclosure.importing.grid import letters
from gongkai.web.disclosure.importing.masking import masked
from gongkai.web.disclosure.importing.outcomes import Column, Row, RowProblem, Trial
from gongkai.web.disclosure.importing.table_task import Sheet
from gongkai.web.disclosure.importing.tables import read_file_of_rows
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Unit

# What an export writes over the items of a catalogue, so that they come back into the same one.
SECTION = "目录："
_LONGEST_LABEL = 24
_WHOLE_TABLE = frozenset({"no_header", "no_items"})


def checklist_rows(content: bytes, name: str, *, organ: Organ, source: str, unit: Unit | None) -> Trial:
    """The items of every table of the file. One query. WorkError where no table has the columns of one.

    `facts` of each row: `item`, what the action takes; `unit`, or None.
    """
    units = {plain(one.name): one for one in Unit.objects.filter(organ=organ, is_active=True)}
    trial = Trial(name, [])
    refusals = []
    for sheet in read_file_of_rows(content, name, pages=True):
        found = read_checklist(_as_read(sheet))
        grid = spread(sheet.rows)
        columns = _columns(grid)
        rows = {item.row: _row(item, sheet.name, source, units, unit) for item in found.items}
        for problem in found.problems:
            if problem.code in _WHOLE_TABLE:
                refusals.append(problem)
                continue
            if problem.row not in rows and problem.finding.severity != "error":
                trial.notes.append(_problem(problem))  # of the table as a whole: a column it lacks
                continue
            row = rows.setdefault(problem.row, Row(problem.row, "", sheet.name))
            _placed(row, grid, columns)
            row.problems.append(_problem(problem, row))
        for row in rows.values():
            _placed(row, grid, columns)
        trial.rows += [rows[number] for number in sorted(rows)]
    for row in trial.rows:
        # What another row has said already is told, and not imported a second time.
        row.is_double = any(one.code == "twice" for one in row.problems)
        row.facts.setdefault("item", {})
        row.facts.setdefault("unit", None)
    if not trial.rows and refusals:
        first = refusals[0]
        raise WorkError(first.code, first.message("zh"), first.message("en"), field="file")
    return trial


def _row(item: Item, sheet: str, source: str, units: dict[str, Unit], otherwise: Unit | None) -> Row:
    row = Row(item.row, item.name, sheet)
    audience = ["全社会"] if item.everybody else []
    facts: dict[str, Any] = {
        "source": _source(item, source),
        "number": item.serial,
        "level1": item.first or item.second,
        "level2": item.second if item.first else "",
        "level3": item.third,
        "content": item.content,
        "basis": item.basis,
        "time_limit": item.limit.text.strip(),
        "responsible": item.unit,
        "channel": item.channel_text,
        "audience": "；".join([*audience, *([item.some] if item.some else [])]),
        "mode": ",".join(item.modes) or "proactive",
        "levels": ",".join(item.levels),
        "note": item.note,
    }
    unit = _unit(item.unit, units) or otherwise
    if unit is None and item.unit:
        zh = "公开主体没有对应到本机关的科室，按原文保留；导入后可以指定责任科室。"
        row.remark("公开主体", "unit_not_known", zh, "It names no unit of this organ; the words are kept.")
    if not facts["time_limit"] and "proactive" in facts["mode"].split(","):
        zh = "没有写明公开时限，可以照此导入，但到期不能提醒；请补上，法定为形成或者变更之日起20个工作日内。"
        row.remark("公开时限", "limit_missing", zh, "No limit is given: nothing will remind of it.")
    row.facts = {"item": facts, "unit": unit}
    return row


def _source(item: Item, otherwise: str) -> str:
    """The catalogue an item belongs to: a pilot field, one that an export has named, or what was chosen."""
    if item.section.startswith(SECTION):
        return item.section.removeprefix(SECTION).strip()[:80] or otherwise
    return pilot_field(item.field).zh if item.field else otherwise


def _unit(text: str, units: dict[str, Unit]) -> Unit | None:
    """The unit that the words name: wholly, or as the only one they hold."""
    words = plain(text)
    if words in units:
        return units[words]
    found = [unit for name, unit in units.items() if name in words]
    return found[0] if len(found) == 1 else None


def _problem(problem: Any, row: Row | None = None) -> RowProblem:
    label = next((one.zh for one in checklist_columns() if one.code == problem.column), "")
    is_error = problem.finding.severity == "error"
    place = row.columns.get(label) if row else None
    value = short(row.cells.get(label, "")) if row and is_error else ""
    zh, en = masked(problem.message("zh")), masked(problem.message("en"))
    return RowProblem(label, problem.code, zh, en, is_error, place, value)


def _columns(grid: list[list[str]]) -> dict[str, tuple[int, Column]]:
    """Where each column stands in a sheet, by its label: the first of several of one kind."""
    header = find_header(grid)
    if header is None:
        return {}
    names = {one.code: one.zh for one in checklist_columns()}
    found: dict[str, tuple[int, Column]] = {}
    for index, code in enumerate(header.codes):
        if code in names:
            written = next(
                (grid[row][index] for row in (header.last, header.first) if index < len(grid[row])), ""
            )
            found.setdefault(
                names[code], (index, Column(letters(index), " ".join(written.split())[:_LONGEST_LABEL]))
            )
    return found


def _placed(row: Row, grid: list[list[str]], columns: dict[str, tuple[int, Column]]) -> None:
    """Tell a row where its columns stand and what its cells say."""
    if not 0 < row.number <= len(grid):
        return
    cells = grid[row.number - 1]
    row.columns = {label: column for label, (_index, column) in columns.items()}
    row.cells = {label: cells[index] for label, (index, _column) in columns.items() if index < len(cells)}


def _as_read(sheet: Sheet) -> list[list[Any]]:
    """Cells with their spans where the file has any; else texts: a blank cell may be one of a merged pair."""
    if any(cell.rowspan > 1 or cell.colspan > 1 for row in sheet.rows for cell in row):
        return sheet.rows
    return spread(sheet.rows)
