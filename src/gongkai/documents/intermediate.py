"""The one shape every file is turned into: text lines and tables, in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Place(NamedTuple):
    """Where something stands in a file. All numbers count from 1; None where the file has no such thing."""

    page: int | None = None  # pdf page
    line: int | None = None  # text line of the file (txt, md, html: of the extracted text)
    sheet: str | None = None  # worksheet name
    table: int | None = None  # table within the file
    row: int | None = None
    column: int | None = None

    def label(self, lang: str = "zh") -> str:
        """The place in words: `第3页表2第4行第5列`, or `page 3, table 2, row 4, column 5`."""
        parts = []
        for name, value in zip(self._fields, self, strict=True):
            if value is None:
                continue
            if lang == "zh":
                parts.append(_ZH[name].format(value))
            else:
                parts.append(f"{name} {value}")
        return "".join(parts) if lang == "zh" else ", ".join(parts)


_ZH = {
    "page": "第{}页",
    "line": "第{}行",
    "sheet": "工作表“{}”",
    "table": "表{}",
    "row": "第{}行",
    "column": "第{}列",
}


class Line(NamedTuple):
    """One line of text as it stands in the file (tabs and inner spaces kept, no line break)."""

    text: str
    number: int  # 1-based, unique and rising within the document
    page: int | None = None

    @property
    def place(self) -> Place:
        return Place(self.page, self.number)


class Cell(NamedTuple):
    """One cell of a table, listed once at its upper left corner, even where it spans rows or columns."""

    text: str
    row: int  # 1-based position in the table's grid
    column: int
    rowspan: int = 1
    colspan: int = 1
    confidence: float | None = None  # 0 to 1 of a text recognised in a picture; None where it was written


@dataclass(slots=True)
class Table:
    """A table: its rows in order, each the cells that begin in it, from left to right."""

    number: int  # 1-based within the document
    rows: list[list[Cell]]
    page: int | None = None  # of the first row
    sheet: str | None = None
    row_pages: list[int] | None = None  # pdf: the page of each row, where the table runs over pages

    def place(self, cell: Cell) -> Place:
        page = self.row_pages[cell.row - 1] if self.row_pages else self.page
        return Place(page, None, self.sheet, self.number, cell.row, cell.column)


Block = Line | Table


@dataclass(slots=True)
class Document:
    """A file as text lines and tables in reading order.

    `data` is set for a json file alone: the parsed value, which needs no interpreting.
    `notes` are things a reader had to leave out or guess, in Chinese, for people.
    """

    source: str  # the file's name as people know it
    kind: str  # txt, md, html, docx, doc, pdf, picture, xlsx, xls, csv, json
    blocks: list[Block] = field(default_factory=list)
    data: Any = None
    notes: list[str] = field(default_factory=list)
    title: str = ""  # what the file calls itself outside its text: the title of a web page
