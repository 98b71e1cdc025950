"""A document scanned for personal data and wrong wording: each finding with its place in the file.

(Pages that are pictures are read by `documents.ocr`; this module scans words.)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from gongkai.documents.intermediate import Document, Line, Place, Table
from gongkai.wording.findings import Finding
from gongkai.wording.scanning import ScanOptions, scan

__all__ = ["PlacedFinding", "scan_document"]


class PlacedFinding(NamedTuple):
    """A finding with the line or cell it begins in; `line` and `column` of the finding count within that."""

    finding: Finding
    place: Place

    def message(self, lang: str = "zh") -> str:
        """Place, words in masked form, and reason in one line: personal data is never repeated."""
        finding = self.finding
        words = finding.suggestion if finding.group == "personal" else finding.text
        if lang == "zh":
            return f"{self.place.label('zh')}：“{words}”，{finding.reason}"
        return f"{self.place.label('en')}: “{words}”, {finding.reason_en}"


def scan_document(document: Document, *, options: ScanOptions | None = None) -> tuple[PlacedFinding, ...]:
    """What must not stand in a document, or needs a look, in reading order (LAW.md section 8).

    Lines are scanned as one text, since a number may run over a line's end; each table cell by itself, with
    the words at the head of its row and column before it, since 手机 stands there and not in the cell.
    A json file, which has no lines, is not scanned: ValueError.
    """
    if document.data is not None:
        raise ValueError(f"“{document.source}”是数据文件，没有可以扫描的文字")
    found: list[PlacedFinding] = []
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += _of_lines(lines, options)
            lines = []
            found += _of_table(block, options)
        else:
            lines.append(block)
    found += _of_lines(lines, options)
    return tuple(found)


def _of_lines(lines: list[Line], options: ScanOptions | None) -> Iterator[PlacedFinding]:
    starts: list[int] = []
    length = 0
    for line in lines:
        starts.append(length)
        length += len(line.text) + 1
    for finding in scan("\n".join(line.text for line in lines), options=options):
        yield PlacedFinding(finding, lines[bisect_right(starts, finding.start) - 1].place)


def _of_table(table: Table, options: ScanOptions | None) -> Iterator[PlacedFinding]:
    heads = {cell.column: cell.text for cell in table.rows[0]} if table.rows else {}
    for number, row in enumerate(table.rows):
        before = ""
        for cell in row:
            head = heads.get(cell.column, "") if number else ""
            lead = _label(head) or _label(before)
            for finding in scan(lead + cell.text, options=options):
                if finding.start >= len(lead):
                    yield PlacedFinding(_moved(finding, lead), table.place(cell))
            before = cell.text


def _label(words: str) -> str:
    """The head of a column or row as the label of a cell: a few words without figures, and a colon."""
    words = "".join(words.split())
    return f"{words}：" if 0 < len(words) <= 12 and not any(sign.isdigit() for sign in words) else ""


def _moved(finding: Finding, lead: str) -> Finding:
    """The finding with its place counted from the cell's own text."""
    shift = len(lead)
    column = finding.column - shift if finding.line == 1 else finding.column
    return replace(finding, start=finding.start - shift, end=finding.end - shift, column=column)
