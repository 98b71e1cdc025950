"""Rows under a header as people write it: labels found tolerantly, merged cells filled, blanks left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.statute.catalogue import spread
from gongkai.web.disclosure.importing.cells import is_error_value, plain, tidy
from gongkai.web.disclosure.importing.outcomes import Column, Row, RowProblem
from gongkai.web.disclosure.importing.table_task import Sheet
from gongkai.web.organs.errors import WorkError

_LOOKED_AT = 20  # rows above a header: titles and remarks are short
_LONGEST_LABEL = 24


class Label(NamedTuple):
    """A column of a template: its code, the label written in exports, and others that people use."""

    code: str
    zh: str
    others: tuple[str, ...] = ()
    hint: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.zh, *self.others)


@dataclass(slots=True)
class Found:
    """The rows of a file below its header, and what holds of the file as a whole."""

    rows: list[tuple[Row, dict[str, str]]]
    notes: list[RowProblem]
    columns: frozenset[str]


def rows_below_header(sheets: Sequence[Sheet], labels: Sequence[Label], needed: str, most: int) -> Found:
    """Each row with what it says by column code. `needed`: the column without which a table is none.

    Sheets without such a header are told and left out. WorkError `no_header`, `too_many_rows`, `no_rows`.
    """
    found = Found([], [], frozenset())
    for sheet in sheets:
        grid = spread(sheet.rows)
        header = _header(grid, labels, needed)
        if header is None:
            if sheet.name:
                zh = f"工作表“{sheet.name}”没有可以识别的表头，没有读取。"
                found.notes.append(
                    RowProblem("", "no_header", zh, "A sheet without a header was left out.", False)
                )
            continue
        at, codes, unknown = header
        found.columns |= frozenset(codes.values())
        found.notes += _unknown(unknown, sheet.name, len(sheets) > 1)
        found.rows += _rows(sheet, grid, at, codes, labels)
    if not found.columns:
        names = "、".join(label.zh for label in labels[:4])
        zh = f"找不到表头。第一行应写栏目名称，如 {names} 等；可以下载模板填写。"
        raise WorkError("no_header", zh, "No header row was found. Use the template.", field="file")
    if len(found.rows) > most:
        zh = f"共有 {len(found.rows)} 行，一次最多导入 {most} 行。请分成几个文件。"
        raise WorkError("too_many_rows", zh, f"At most {most} rows at once.", field="file")
    if not found.rows:
        raise WorkError("no_rows", "表头下面没有数据。", "There are no rows below the header.", field="file")
    return found


def _header(
    grid: list[list[str]], labels: Sequence[Label], needed: str
) -> tuple[int, dict[int, str], list[str]] | None:
    """The header's row (from 0), the code of each column, and labels that are not known."""
    known = {plain(name): label.code for label in labels for name in label.names}
    for at, row in enumerate(grid[:_LOOKED_AT]):
        codes: dict[int, str] = {}
        for column, cell in enumerate(row):
            code = _code(cell, known)
            if code and code not in codes.values():
                codes[column] = code
        if needed in codes.values() and (len(codes) > 1 or sum(1 for cell in row if cell.strip()) == 1):
            unknown = [tidy(cell) for column, cell in enumerate(row) if column not in codes and cell.strip()]
            return at, codes, list(dict.fromkeys(unknown))
    return None


def _code(cell: str, known: Mapping[str, str]) -> str:
    """The column a label names: whole, or without what stands in brackets behind it."""
    label = plain(cell)
    if not label or len(label) > _LONGEST_LABEL:
        return ""
    return known.get(label) or known.get(label.partition("(")[0], "")


def _unknown(labels: list[str], sheet: str, several: bool) -> list[RowProblem]:
    if not labels:
        return []
    where = f"工作表“{sheet}”" if sheet and several else "表中"
    zh = f"{where}有不认识的栏目，没有导入：{'、'.join(labels[:8])}。请对照模板核对栏目名称。"
    return [RowProblem("", "unknown_columns", zh, f"Columns not known: {', '.join(labels[:8])}.", False)]


def _rows(
    sheet: Sheet, grid: list[list[str]], at: int, codes: Mapping[int, str], labels: Sequence[Label]
) -> Iterator[tuple[Row, dict[str, str]]]:
    names = {label.code: label.zh for label in labels}
    columns = {
        names[code]: Column(letters(column), _short_header(grid[at][column]))
        for column, code in codes.items()
    }
    merged = _merged(sheet)
    blank = {(row, column) for row, column in sheet.no_value}
    for index in range(at + 1, len(grid)):
        cells = {
            code: tidy(grid[index][column]) for column, code in codes.items() if column < len(grid[index])
        }
        missing = [code for column, code in codes.items() if (index + 1, column + 1) in blank]
        if not any(cells.values()) and not missing:
            continue
        if index <= _LOOKED_AT + at and _is_header_again(cells, names):
            continue
        said = {names[code]: text for code, text in cells.items()}
        row = Row(index + 1, "", sheet.name, columns=columns, cells=said)
        _unread(row, cells, missing, names)
        whole = [names[code] for column, code in codes.items() if (index + 1, column + 1) in merged]
        if whole:
            zh = f"“{'、'.join(whole)}”是合并单元格，按合并的内容读取，请核对。"
            row.remark("", "merged_cells", zh, "Merged cells: their content was taken for each row.")
        yield row, cells


def _unread(row: Row, cells: Mapping[str, str], missing: Sequence[str], names: Mapping[str, str]) -> None:
    """Cells that a sheet itself could not reckon."""
    for code, text in cells.items():
        if is_error_value(text):
            zh = f"单元格显示“{text}”，是公式出错。请改正公式，或直接填写内容。"
            row.fault(names[code], "cell_is_error", zh, "The cell shows an error of the sheet. Correct it.")
    for code in missing:
        zh = "单元格是公式，文件里没有计算结果。请在 Excel 或 WPS 中打开并保存一次，或直接填写内容。"
        en = "A formula without a result. Open and save the file."
        row.fault(names[code], "formula_without_value", zh, en)


def letters(column: int) -> str:
    """The letters over a column (from 0), as sheets count them.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    above = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        above = chr(ord("A") + letter) + above
    return above


def _short_header(cell: str) -> str:
    return " ".join(tidy(cell).split())[:_LONGEST_LABEL]


def _is_header_again(cells: Mapping[str, str], names: Mapping[str, str]) -> bool:
    return bool(cells) and all(plain(text) == plain(names[code]) for code, text in cells.items() if text)


def _merged(sheet: Sheet) -> set[tuple[int, int]]:
    """Every place that a cell of several rows covers, from its second row on."""
    return {
        (row, column)
        for cells in sheet.rows
        for cell in cells
        if cell.rowspan > 1
        for row in range(cell.row + 1, min(cell.row + cell.rowspan, len(sheet.rows) + 1))
        for column in range(cell.column, min(cell.column + cell.colspan, 200))
    }
