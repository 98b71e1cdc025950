"""xlsx: one table a visible sheet, read from the XML itself.

The fast libraries lay a sheet out as one full rectangle from its first cell to its last: a single wrong cell
reference makes them ask for gigabytes and takes the whole process down. Here a sheet costs what it holds.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from gongkai.documents.archive import Archive
from gongkai.documents.intermediate import Cell, Document, Table
from gongkai.documents.limits import MAX_CELLS, Budget, damaged, too_complex
from gongkai.documents.sheet_values import Values
from gongkai.documents.xml_part import Element, attribute, child, children, local, parse_part

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384  # the format's own
_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LOOK_AT_CLOCK = 1_000  # rows between two looks

Position = tuple[int, int]  # row and column of a cell, counted from 1


def read_xlsx(content: bytes, source: str, budget: Budget) -> Document:
    """A workbook's visible sheets, each as one `Table`; rows and columns keep the sheet's own numbers.

    Numbers are as written (4119, 930.5), dates in ISO form; blank rows and columns at the edges are left out.
    """
    archive = Archive(content, "xlsx", budget)
    document = Document(source, "xlsx")
    workbook = parse_part(archive.part(_WORKBOOK), "xlsx", budget)
    values = Values(archive, workbook, budget)
    targets = _targets(archive, budget)
    for sheet in children(child(workbook, "sheets"), "sheet"):
        name, part = sheet.get("name") or "", targets.get(attribute(sheet, "id") or "")
        if part is None or part not in archive.names or "worksheets/" not in part:
            continue  # a chart or a macro sheet
        if sheet.get("state", "visible") != "visible":
            document.notes.append(f"隐藏的工作表“{name}”未读取。")
            continue
        found = _sheet(parse_part(archive.part(part), "xlsx", budget), values, budget)
        rows = found.table(budget)
        if rows:
            document.blocks.append(Table(len(document.blocks) + 1, rows, sheet=name))
    return document


def _targets(archive: Archive, budget: Budget) -> dict[str, str]:
    """Relation id -> part, as the workbook names its sheets."""
    root = parse_part(archive.part("xl/_rels/workbook.xml.rels"), "xlsx", budget)
    targets = {}
    for relation in children(root, "Relationship"):
        target = relation.get("Target") or ""
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        targets[relation.get("Id") or ""] = part
    return targets


@dataclass(slots=True)
class _Sheet:
    """The cells of a sheet that hold anything, and its merged cells: (row, column) -> (rows, columns)."""

    texts: dict[Position, str] = field(default_factory=dict)
    merged: dict[Position, Position] = field(default_factory=dict)

    def table(self, budget: Budget) -> list[list[Cell]]:
        """The used rectangle row by row, blank cells included unless it is nearly empty and vast."""
        if not self.texts:
            return []
        rows, columns = [row for row, _ in self.texts], [column for _, column in self.texts]
        top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
        if (bottom - top + 1) * (right - left + 1) <= MAX_CELLS:
            positions = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        else:
            positions = sorted(self.texts)
        covered = self._covered(bottom, right, budget)
        table: dict[int, list[Cell]] = {}
        for row, column in positions:
            cells = table.setdefault(row, [])
            if (row, column) not in covered:
                height, width = self.merged.get((row, column), (1, 1))
                cells.append(Cell(self.texts.get((row, column), ""), row, column, height, width))
        budget.take_cells(sum(map(len, table.values())))
        return list(table.values())

    def _covered(self, bottom: int, right: int, budget: Budget) -> set[Position]:
        covered: set[Position] = set()
        for (row, column), (height, width) in self.merged.items():
            budget.check_time()
            reach = (min(row + height, bottom + 1) - row) * (min(column + width, right + 1) - column)
            if max(reach, len(covered)) > MAX_CELLS:
                raise too_complex("合并单元格范围过大", "merged cells over a vast range")
            inside = [
                (r, c)
                for r in range(row, min(row + height, bottom + 1))
                for c in range(column, min(column + width, right + 1))
            ]
            covered.update(inside[1:])
        return covered - self.texts.keys()  # a text under a merged cell is not shown, but never lost


def _sheet(root: Element, values: Values, budget: Budget) -> _Sheet:
    sheet = _Sheet()
    row_number = 0
    for count, row in enumerate(children(child(root, "sheetData"), "row")):
        if count % _LOOK_AT_CLOCK == 0:
            budget.check_time()
        row_number = _whole(row.get("r"), row_number + 1, MAX_ROW)
        column = 0
        for cell in row:
            if local(cell) != "c":
                continue
            row_number, column = _position(cell.get("r"), (row_number, column + 1))
            text = values.text(cell)
            if text:
                sheet.texts[row_number, column] = text
        if len(sheet.texts) > MAX_CELLS:
            budget.take_cells(len(sheet.texts))
    for merge in children(child(root, "mergeCells"), "mergeCell"):
        first, _, last = (merge.get("ref") or "").partition(":")
        start, end = _position(first, (0, 0)), _position(last, (0, 0))
        if 0 < start[0] <= end[0] and start[1] <= end[1]:
            sheet.merged[start] = (end[0] - start[0] + 1, end[1] - start[1] + 1)
    return sheet


def _whole(written: str | None, otherwise: int, most: int) -> int:
    number = (
        int(written)
        if written and written.isascii() and written.isdigit() and len(written) < 9
        else otherwise
    )
    if not 0 < number <= most:
        raise damaged("xlsx", "a row beyond the sheet")
    return number


def _position(reference: str | None, otherwise: Position) -> Position:
    """Row and column of a reference such as B7; `otherwise` where there is none or it makes no sense."""
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return otherwise
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row <= MAX_ROW and column <= MAX_COLUMN else otherwise
