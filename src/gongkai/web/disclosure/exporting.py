"""Records and figures as files: csv (UTF-8 with BOM), xlsx, json; row by row, in steady memory.

The columns bear the labels that an import takes. A cell that a sheet would take for a formula is guarded.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.statute.catalogue import Validity, category, genre, record_kind, theme
from gongkai.statute.errors import StatuteError
from gongkai.web.disclosure.importing import figure_rows, record_rows
from gongkai.web.disclosure.models import Figure, FigureKind, Record, State
from gongkai.web.disclosure.permissions import may_export, may_see
from gongkai.web.organs.acting import require
from gongkai.web.organs.models import Organ, Staff

Row = Sequence[Any]
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
_BOM = "\ufeff"
_AT_ONCE = 2000  # rows fetched from the database in one go
_CHUNK = 64 * 1024
_ROWS_OF_A_SHEET = 1_000_000  # the format's own limit is 1,048,576
LONGEST_CELL = 32_767  # characters: the format's own
# What makes a sheet take a text for a formula, also in full width, also behind blanks.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n].*\S", re.DOTALL)


# ---- records ----

_PUBLIC = (
    "index_number",
    "title",
    "document_number",
    "kind",
    "category",
    "theme",
    "genre",
    "made_on",
    "effective_on",
    "repealed_on",
    "expires_on",
    "validity",
    "summary",
    "unit__name",
    "published_at",
)
_INSIDE = ("state", "due_on", "created_at")
_HEADS = {
    **{label.code: label.zh for label in record_rows.LABELS},
    "unit__name": "责任科室",
    "validity": "有效性",
    "published_at": "公开时间",
    "state": "状态",
    "due_on": "公开期限",
    "created_at": "起草时间",
}


def exported_records(
    records: QuerySet[Record], *, by: Staff | None, organ: Organ, form: str
) -> Iterator[bytes]:
    """The records of a list that belong to the organ, as a file. One query, whatever the size.

    `by` None, or somebody who may not see the organ's inside: what is public, without the inner columns.
    NotAllowed for staff who may not export here.
    """
    if by is not None:
        require(may_export, by, organ, "您不能导出这个机关的信息。")
    inside = by is not None and may_see(by, organ)
    shown = records.filter(organ=organ)
    if not inside:
        shown = shown.filter(state=State.PUBLISHED)
    names = (*_PUBLIC, *_INSIDE) if inside else _PUBLIC
    rows = (_record(names, values) for values in shown.values_list(*names).iterator(chunk_size=_AT_ONCE))
    return file_of([_HEADS[name] for name in names], rows, form, "信息")


def _record(names: Sequence[str], values: Sequence[Any]) -> list[Any]:
    return [
        _WORDS[name](value) if name in _WORDS and value else value
        for name, value in zip(names, values, strict=True)
    ]


def _named(find: Callable[[str], Any], attribute: str = "zh") -> Callable[[str], str]:
    def words(code: str) -> str:
        try:
            return str(getattr(find(code), attribute))
        except (StatuteError, ValueError):
            return code  # a code of older data: told as it stands

    return words


_WORDS: dict[str, Callable[[Any], Any]] = {
    "kind": _named(record_kind),
    "category": _named(category, "short_zh"),
    "theme": _named(theme),
    "genre": _named(genre),
    "validity": _named(Validity),
    "state": _named(State, "label"),
}


# ---- figures ----


def exported_figures(figures: QuerySet[Figure], form: str) -> Iterator[bytes]:
    """Figures under the labels that an import takes; fees in yuan. One query."""
    heads = [label.zh for label in figure_rows.LABELS]
    names = ("year", "month", "unit__name", "kind", "value", "source", "note")
    rows = figures.values_list(*names).iterator(chunk_size=_AT_ONCE)
    return file_of(heads, (_figure(one) for one in rows), form, "统计数据")


def _figure(row: Row) -> list[Any]:
    year, month, unit, kind, value, source, note = row
    label = FigureKind(kind).label if kind in FigureKind.values else kind
    return [year, month, unit, label, value.normalize() + 0, source, note]


# ---- files ----

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def file_of(heads: Sequence[str], rows: Iterable[Row], form: str, name: str) -> Iterator[bytes]:
    """Rows as a file of the form `csv`, `xlsx` or `json`, piece by piece. KeyError for another form."""
    return {"csv": _csv, "xlsx": _xlsx, "json": _json}[form](heads, rows, name)


def guarded(text: str) -> str:
    """A text that no sheet takes for a formula: an apostrophe goes before one that would be.

    >>> guarded("=1+1"), guarded("－5"), guarded("虚政发〔2026〕3号")
    ("'=1+1", "'－5", '虚政发〔2026〕3号')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _csv(heads: Sequence[str], rows: Iterable[Row], name: str) -> Iterator[bytes]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(heads)
    yield (_BOM + line.getvalue()).encode()
    line.seek(0)
    line.truncate()
    for row in rows:
        writer.writerow([guarded(_text(value)) for value in row])
        if line.tell() > _CHUNK:
            yield line.getvalue().encode("utf-8", "replace")
            line.seek(0)
            line.truncate()
    if line.tell():
        yield line.getvalue().encode("utf-8", "replace")


def _json(heads: Sequence[str], rows: Iterable[Row], name: str) -> Iterator[bytes]:
    yield b"["
    before = "\n"
    pieces: list[str] = []
    for row in rows:
        told = {head: _plain(value) for head, value in zip(heads, row, strict=True)}
        pieces.append(before + json.dumps(told, ensure_ascii=False))
        before = ",\n"
        if len(pieces) >= _AT_ONCE:
            yield "".join(pieces).encode("utf-8", "replace")
            pieces = []
    yield "".join(pieces).encode("utf-8", "replace") + b"\n]\n"


def _xlsx(heads: Sequence[str], rows: Iterable[Row], name: str) -> Iterator[bytes]:
    """Written to a file on disk row by row; a list too long for a sheet goes on in the next."""
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, **OPTIONS})
        bold = book.add_format({"bold": True})
        sheet, at, number = None, 0, 0
        for row in rows:
            if sheet is None or at > _ROWS_OF_A_SHEET:
                number += 1
                sheet, at = _begun(book, name, number, heads, bold), 1
            for column, value in enumerate(row):
                _write(sheet, at, column, value)
            at += 1
        if sheet is None:
            _begun(book, name, 1, heads, bold)
        book.close()
        file.seek(0)
        while piece := file.read(_CHUNK):
            yield piece


def _begun(book: Any, name: str, number: int, heads: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name if number == 1 else f"{name}{number}")
    sheet.set_column(0, len(heads) - 1, 18)
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    return sheet


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        # As text, whatever it begins with: a sheet shows it and reckons nothing.
        sheet.write_string(row, column, _text(value)[:LONGEST_CELL])


def _text(value: Any) -> str:
    plain = _plain(value)
    return "" if plain is None else str(plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")
    return value
