"""Tables read out of a stranger's file, and the files of a zip: in a process of its own, without Django.

Rows keep the numbers they have in the sheet: what is wrong is told by them.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any

from gongkai.documents import Budget, Cell, Document, DocumentError, Table, read_document
from gongkai.documents.archive import Archive
from gongkai.documents.plain_data import dumped
from gongkai.documents.separated_values import read_separated_values
from gongkai.documents.sniffing import sniff
from gongkai.documents.xls import read_xls
from gongkai.documents.xlsx import read_xlsx
from gongkai.documents.xml_part import attribute, child, children, local, parse_part
from gongkai.web.disclosure.importing.unpacking import packed_answer, unpacked

TASK = "gongkai.web.disclosure.importing.table_task:answer"
MOST_SECONDS = 20.0
MOST_CHARACTERS = 12_000_000  # five thousand rows with a page of text each
MOST_ROWS = 20_000  # of a sheet, its blank ones included
_SHEETS = {"xlsx": read_xlsx, "xls": read_xls, "csv": read_separated_values}
_PAGES = frozenset({"docx", "doc", "wordxml", "html", "mht"})


class ImportBudget(Budget):
    """What a file of rows may take: more words than a report has."""

    def take_characters(self, count: int) -> None:
        if count > MOST_CHARACTERS:
            raise DocumentError("too_complex", "", "")


@dataclass(slots=True)
class Sheet:
    """A table: row `n` of it (from 1) is `rows[n - 1]`, empty where the sheet has none.

    `no_value`: row and column of formulas whose result the file does not hold.
    """

    name: str
    rows: list[list[Cell]]
    no_value: list[list[int]] = field(default_factory=list)


@dataclass(slots=True)
class ReadTables:
    kind: str
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def answer(question: Any, content: bytes) -> bytes:
    """`question`: `{"task": "tables" | "unpack", "name": …, "pages": bool}`. DocumentError for refusals."""
    name = str(question["name"])
    if question["task"] == "unpack":
        return packed_answer(unpacked(content))
    return dumped(read_tables(content, name, pages=bool(question.get("pages"))))


def read_tables(content: bytes, name: str, *, pages: bool = False) -> ReadTables:
    """Every table of a workbook or csv, or with `pages` of a Word file or web page. DocumentError if none."""
    budget = ImportBudget(seconds=MOST_SECONDS)
    kind = sniff(content, name)
    if kind in _SHEETS:
        document = _SHEETS[kind](content, name, budget)
    elif pages and kind in _PAGES:
        document = read_document(content, name, budget)
    else:
        raise not_a_table(pages)
    budget.take_characters(_characters(document))
    no_value = _formulas_without_value(content, budget) if kind == "xlsx" else {}
    tables = [block for block in document.blocks if isinstance(block, Table)]
    sheets = [_sheet(table, no_value.get(table.sheet or "", [])) for table in tables]
    return ReadTables(kind, sheets, document.notes)


def not_a_table(pages: bool) -> DocumentError:
    zh = "xlsx、xls、csv、Word 或者网页" if pages else "xlsx、xls 或者 csv"
    return DocumentError(
        "not_a_table",
        f"这个文件不是可以导入的表格。请选择 {zh} 文件；其他格式请另存为 xlsx。",
        "This file is no table that can be imported. Choose an xlsx, xls or csv file.",
    )


def _sheet(table: Table, no_value: list[list[int]]) -> Sheet:
    last = max((cell.row for row in table.rows for cell in row), default=0)
    if last > MOST_ROWS:
        raise DocumentError(
            "too_many_rows",
            f"表格有 {last} 行，最多 {MOST_ROWS} 行。请删去空行，或分成几个文件。",
            f"The table has {last} rows; at most {MOST_ROWS} are read. Split the file.",
        )
    rows: list[list[Cell]] = [[] for _ in range(last)]
    for row in table.rows:
        for cell in row:
            rows[cell.row - 1].append(cell)
    return Sheet(table.sheet or "", rows, no_value)


def _characters(document: Document) -> int:
    tables = (block for block in document.blocks if isinstance(block, Table))
    return sum(len(cell.text) for table in tables for row in table.rows for cell in row)


def _formulas_without_value(content: bytes, budget: Budget) -> dict[str, list[list[int]]]:
    """Sheet -> row and column of each formula that no program has reckoned yet: it reads as a blank cell."""
    archive = Archive(content, "xlsx", budget)
    relations = parse_part(archive.part("xl/_rels/workbook.xml.rels"), "xlsx", budget)
    targets = {one.get("Id"): _part(one.get("Target") or "") for one in children(relations, "Relationship")}
    workbook = parse_part(archive.part("xl/workbook.xml"), "xlsx", budget)
    found: dict[str, list[list[int]]] = {}
    for sheet in children(child(workbook, "sheets"), "sheet"):
        part = targets.get(attribute(sheet, "id") or "")
        if part is None or part not in archive.names:
            continue
        xml = archive.part(part)
        if b"<f" not in xml and b":f" not in xml:
            continue
        places = []
        for row in children(child(parse_part(xml, "xlsx", budget), "sheetData"), "row"):
            for cell in row:
                if local(cell) == "c" and child(cell, "f") is not None and _is_blank(child(cell, "v")):
                    places.append(_place(cell.get("r") or ""))
        found[sheet.get("name") or ""] = places
    return found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _is_blank(value: Any) -> bool:
    return value is None or not (value.text or "").strip()


def _place(reference: str) -> list[int]:
    """Row and column of a reference such as B7; 0 for what the file does not say."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    column = 0
    for letter in letters[:3].upper():
        column = column * 26 + ord(letter) - 64
    return [int(digits[:7]) if digits else 0, column]
