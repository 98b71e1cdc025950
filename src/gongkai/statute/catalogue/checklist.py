"""Standard catalogues and basic catalogues read from tables (STD, CAT, REG.22): items, and problems by row.

The tables come from Word, Excel or a page, with merged cells, two header rows, ticks in columns of their own
and “同上”; what is wrong is told by row, and nothing is guessed in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from gongkai.statute.catalogue.cell_words import (
    audience_of,
    is_ditto,
    is_remark,
    levels_of,
    modes_of,
    one_line,
    read_channels,
    tidy,
)
from gongkai.statute.catalogue.columns import Column, Header, columns, find_header, row_is_header
from gongkai.statute.catalogue.entries import pilot_fields
from gongkai.statute.catalogue.time_limits import Limit, LimitForm, time_limit
from gongkai.statute.data_files import data
from gongkai.statute.duties import duty
from gongkai.statute.findings import Finding, worded

_FINDINGS = "catalogue_findings.toml"
_WIDEST = 200  # columns: a table of a catalogue has some fifteen
_TEXTS = ("serial", "first", "second", "third", "content", "basis", "limit", "unit", "channel", "note")
# Taken from above where a csv or a sheet leaves merged cells empty, and told.
_MERGED = ("basis", "limit", "unit", "channel")


@runtime_checkable
class SpannedCell(Protocol):
    """A cell of a table as files give it: `row`, `column` from 1, with what it spans."""

    @property
    def text(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def rowspan(self) -> int: ...
    @property
    def colspan(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One item of a catalogue. `row`: its row in the table, from 1.

    `field`: the code of the pilot field its heading names, "" if none; `section`: that heading. `channels`,
    `modes`: codes of the lists; `levels`: `county`, `township` …; `everybody`: for the whole of
    society, `some`: for whom else. `channel_text`: as written.
    """

    row: int
    serial: str
    first: str
    second: str
    third: str
    content: str
    basis: str
    limit: Limit
    unit: str
    channels: tuple[str, ...]
    channel_text: str
    everybody: bool
    some: str
    modes: tuple[str, ...]
    levels: tuple[str, ...]
    note: str
    section: str
    field: str

    @property
    def name(self) -> str:
        """The item in one line: 一级／二级."""
        parts = dict.fromkeys((self.first, self.second, self.third))  # a merged cell covers two levels
        return "／".join(one_line(part, None) for part in parts if part)


class RowProblem(NamedTuple):
    """What is wrong in a row (from 1; 0: the whole table) and column (its code, "" for the row)."""

    row: int
    column: str
    finding: Finding

    @property
    def code(self) -> str:
        return self.finding.code

    def message(self, lang: str = "zh") -> str:
        return self.finding.message(lang)


class Checklist(NamedTuple):
    """The items of a table in order, and what is wrong with its rows."""

    items: tuple[ChecklistItem, ...]
    problems: tuple[RowProblem, ...]


def read_checklist(rows: Iterable[Sequence[object]]) -> Checklist:
    """The items of a standard or basic catalogue, with the problems of its rows.

    `rows`: of a sheet or csv (texts, numbers, None; below a merged cell there is nothing, and the item,
    basis, limit, organ and channel are taken from above), or rows of cells with their spans
    (`documents.Table.rows`), which say themselves what is merged. Never fails on what a table holds.

    >>> table = [["序号", "公开事项", "公开内容", "公开时限"], [1, "预算", "部门预算", "批准后20日内"]]
    >>> found = read_checklist(table)
    >>> found.items[0].name, found.items[0].limit.amount
    ('预算', 20)
    """
    listed = [list(row) for row in rows]
    spanned = any(isinstance(cell, SpannedCell) for row in listed for cell in row)
    grid = spread(listed) if spanned else [[_text(cell) for cell in row[:_WIDEST]] for row in listed]
    return _Reading(fill=not spanned).read(grid)


def spread(rows: Iterable[Iterable[object]]) -> list[list[str]]:
    """The grid of a table whose cells are listed once: each text in every place its cell covers."""
    cells = [[cell for cell in row if isinstance(cell, SpannedCell)] for row in rows]
    flat = [cell for row in cells for cell in row]
    width = min(_WIDEST, max((cell.column + cell.colspan - 1 for cell in flat), default=0))
    grid = [[""] * width for _ in cells]
    for cell in flat:
        for row in range(max(cell.row - 1, 0), min(cell.row - 1 + cell.rowspan, len(grid))):
            for column in range(max(cell.column - 1, 0), min(cell.column - 1 + cell.colspan, width)):
                grid[row][column] = cell.text
    return grid


class _Reading:
    """A table on its way to items: the header that holds, the section, and what stood above."""

    def __init__(self, *, fill: bool) -> None:
        self.fill = fill
        self.section = ""
        self.above: dict[str, str] = {}
        self.seen: dict[tuple[str, str], int] = {}
        self.items: list[ChecklistItem] = []
        self.problems: list[RowProblem] = []

    def read(self, grid: list[list[str]]) -> Checklist:
        header = find_header(grid)
        if header is None:
            self._problem(0, "", "no_header")
            return Checklist((), tuple(self.problems))
        for row in grid[: header.first]:
            self.section = _heading(row) or self.section
        for column in columns():
            if column.required and not header.has(column.code):
                self._problem(header.first + 1, column.code, "column_missing")
        skip = header.last
        for index in range(header.last + 1, len(grid)):
            if index <= skip:
                continue
            if row_is_header(grid[index]):
                header = find_header(grid, index) or header
                skip = header.last
            else:
                self._row(index + 1, grid[index], header)
        if not self.items:
            self._problem(0, "", "no_items")
        return Checklist(tuple(self.items), tuple(self.problems))

    def _row(self, number: int, row: list[str], header: Header) -> None:
        heading = _heading(row)
        if not any(cell.strip() for cell in row) or is_remark(heading):
            return
        if heading and not heading.isdecimal():
            self.section, self.above = heading, {}
            return
        texts = {code: self._text(number, code, header.text(row, code)) for code in _TEXTS}
        self._from_above(number, texts, header)
        if not (texts["first"] or texts["second"]):
            self._problem(number, "item", "item_missing")
            return
        self.above = texts
        self._missing(number, texts, header)
        self.items.append(self._item(number, row, header, texts))

    def _text(self, number: int, code: str, text: str) -> str:
        if not is_ditto(text):
            return tidy(text)
        if not self.above.get(code):
            self._problem(number, code, "nothing_above")
        return self.above.get(code, "")

    def _from_above(self, number: int, texts: dict[str, str], header: Header) -> None:
        """What a merged cell left empty below it, in a table that does not say what is merged."""
        if not self.fill or not self.above or not any(texts.values()):
            return
        if not texts["first"] and (texts["second"] or texts["content"]):
            texts["first"] = self.above["first"]
            if not texts["second"]:
                texts["second"] = self.above["second"]
        for code in _MERGED:
            if header.has(code) and not texts[code] and self.above[code]:
                texts[code] = self.above[code]
                self._problem(number, code, "cell_taken_from_above")

    def _missing(self, number: int, texts: dict[str, str], header: Header) -> None:
        for column in columns():
            if column.required and header.has(column.code) and not texts[column.code]:
                self._problem(number, column.code, "cell_missing")

    def _item(self, number: int, row: list[str], header: Header, texts: dict[str, str]) -> ChecklistItem:
        limit = self._limit(number, texts["limit"])
        channels, unknown = read_channels(texts["channel"])
        if unknown:
            self._problem(number, "channel", "channel_unknown", text=one_line(unknown))
        modes = modes_of(header, row)
        if not modes and (header.has("mode") or header.has("proactive") or header.has("on_request")):
            self._problem(number, "mode", "mode_missing")
        everybody, some = audience_of(header, row)
        item = ChecklistItem(
            row=number,
            **{code: texts[code] for code in ("serial", "first", "second", "third", "content", "basis")},
            limit=limit,
            unit=texts["unit"],
            channels=channels,
            channel_text=texts["channel"],
            everybody=everybody,
            some=some,
            modes=modes,
            levels=levels_of(header, row),
            note=texts["note"],
            section=self.section,
            field=_field(self.section),
        )
        first = self.seen.setdefault((item.name, item.content), number)
        if first != number:
            self._problem(number, "item", "twice", first=first)
        return item

    def _limit(self, number: int, text: str) -> Limit:
        limit = time_limit(text)
        owed = duty("proactive-disclosure").limit
        if text and not limit.ok:
            facts = {"reason": limit.reason_zh, "reason_en": limit.reason_en, "text": one_line(text)}
            self._problem(number, "limit", "limit_unreadable", **facts)
        elif limit.form is LimitForm.WORKING_DAYS and owed and limit.amount > (owed.working_days or 0):
            self._problem(number, "limit", "limit_too_long", days=limit.amount, limit=owed.working_days)
        return limit

    def _problem(self, number: int, column: str, code: str, **facts: object) -> None:
        named = _column_names(column)
        facts |= {"row": number, "column": named[0], "column_en": named[1]}
        found = worded(code, data(_FINDINGS)[code], None, facts)
        self.problems.append(RowProblem(number, column, found))


def checklist_columns() -> tuple[Column, ...]:
    """The columns of a standard catalogue in their order (STD): for a template, a table, an export."""
    return columns()


def _column_names(code: str) -> tuple[str, str]:
    return next(((one.zh, one.en) for one in columns() if one.code == code), ("", ""))


def _heading(row: Sequence[str]) -> str:
    """The text of a row that has one text only, over its whole width or in its first cell; else ""."""
    texts = {tidy(cell) for cell in row} - {""}
    if len(texts) != 1:
        return ""
    held = sum(1 for cell in row if cell.strip())
    whole = held > 1 and held * 2 > len(row)
    return texts.pop() if whole or (held == 1 and row[0].strip()) else ""


def _field(section: str) -> str:
    """The pilot field a heading names; the longest name where one is part of another."""
    found = [one for one in pilot_fields() if one.zh in section]
    return max(found, key=lambda one: len(one.zh)).code if found else ""


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
