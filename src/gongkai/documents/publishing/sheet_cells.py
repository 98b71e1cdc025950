"""Cells of a worksheet that hold something and are not shown: in hidden rows, columns, or formatted away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from gongkai.documents.intermediate import Place
from gongkai.documents.publishing.hidden_findings import Findings, Where, quoted
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.xml_part import Element, child, children

_ON = ("1", "true")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
_NOTHING_SHOWN = re.compile(r'\s*(?:;\s*|"\s*"\s*|\[[^\]]*\]\s*)*;(?:;\s*)*\Z')
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}\Z")
_MAX_SHARED = 500_000
_SAMPLE = 3  # texts quoted of hidden rows or columns


class Styles:
    """Which cell formats show nothing: a number format without signs, letters in the colour of the cell."""

    def __init__(self, package: Package, main: str) -> None:
        self.blank: set[int] = set()
        self.pale: set[int] = set()
        for part in package.related(main, "styles")[:1]:
            root = package.xml(part)
            formats = {
                element.get("numFmtId")
                for element in root.iter("{*}numFmt")
                if _is_blank(element.get("formatCode"))
            }
            fonts = [_letters(font) for font in children(child(root, "fonts"), "font")]
            fills = [_ground(fill) for fill in children(child(root, "fills"), "fill")]
            for number, form in enumerate(children(child(root, "cellXfs"), "xf")):
                if form.get("numFmtId") in formats:
                    self.blank.add(number)
                letters = _at(fonts, form.get("fontId"), "000000")
                if letters and letters == _at(fills, form.get("fillId"), "FFFFFF"):
                    self.pale.add(number)


def _is_blank(code: str | None) -> bool:
    """`;;;` and what comes to the same."""
    return bool(code) and (code or "").count(";") >= 2 and bool(_NOTHING_SHOWN.match(code or ""))


def _colour(colour: Element) -> str:
    """A colour as six digits; "" where it is not known: tinted, or no theme colour of paper or ink."""
    if written := colour.get("rgb"):
        return written[-6:].upper() if _RGB.match(written) else ""
    if colour.get("tint"):
        return ""
    if colour.get("theme") == "0" or colour.get("indexed") == "9":
        return "FFFFFF"
    return "000000" if colour.get("theme") == "1" else ""


def _letters(font: Element) -> str:
    colour = child(font, "color")
    return "000000" if colour is None else _colour(colour)


def _ground(fill: Element) -> str:
    pattern = child(fill, "patternFill")
    if pattern is None:
        return "" if len(fill) else "FFFFFF"  # a gradient is a colour
    kind = pattern.get("patternType") or "none"
    if kind == "none":
        return "FFFFFF"
    ground = child(pattern, "fgColor")
    return _colour(ground) if kind == "solid" and ground is not None else ""


def _at(known: list[str], number: str | None, otherwise: str) -> str:
    return known[int(number)] if number and number.isdecimal() and int(number) < len(known) else otherwise


def shared_texts(package: Package, main: str) -> list[str]:
    """The workbook's table of texts."""
    texts: list[str] = []
    for part in package.related(main, "sharedStrings")[:1]:
        for item in package.xml(part).iterchildren("{*}si"):
            if len(texts) < _MAX_SHARED:
                texts.append("".join(piece.text or "" for piece in item.iter("{*}t")))
    return texts


class _Cell(NamedTuple):
    row: int
    column: int
    style: int
    text: str


def _cells(root: Element, texts: list[str], hidden_rows: set[int]) -> Iterator[_Cell]:
    """The cells that hold anything; notes the rows that are hidden."""
    number = 0
    for row in children(child(root, "sheetData"), "row"):
        written = row.get("r") or ""
        number = int(written) if written.isdecimal() and len(written) < 9 else number + 1
        if row.get("hidden") in _ON or row.get("ht") in ("0", "0.0"):
            hidden_rows.add(number)
        column = 0
        for cell in row.iterchildren("{*}c"):
            found = _REFERENCE.match(cell.get("r") or "")
            column = _column(found[1]) if found else column + 1
            text = _text(cell, texts)
            if text:
                style = cell.get("s") or "0"
                yield _Cell(number, column, int(style) if style.isdecimal() else 0, text)


def _text(cell: Element, texts: list[str]) -> str:
    value = child(cell, "v")
    if value is None or value.text is None:
        inline = child(cell, "is")
        held = inline if inline is not None else child(cell, "f")
        return "".join(map(str, held.itertext())) if held is not None else ""
    if cell.get("t") == "s":
        number = value.text.strip()
        return texts[int(number)] if number.isdecimal() and int(number) < len(texts) else ""
    return value.text


def unseen_cells(root: Element, sheet: str, styles: Styles, texts: list[str], findings: Findings) -> None:
    """Notes what a sheet holds and does not show."""
    hidden_columns = _hidden_columns(root)
    hidden_rows: set[int] = set()
    in_rows: dict[int, list[str]] = {}
    in_columns: dict[int, list[str]] = {}
    for count, cell in enumerate(_cells(root, texts, hidden_rows)):
        if count % 5_000 == 0:
            findings.budget.check_time()
        if cell.row in hidden_rows:
            in_rows.setdefault(cell.row, []).append(cell.text)
        if any(first <= cell.column <= last for first, last in hidden_columns):
            in_columns.setdefault(cell.column, []).append(cell.text)
        if cell.style in styles.blank or cell.style in styles.pale:
            code = "hidden_text" if cell.style in styles.blank else "pale_text"
            findings.add(
                code, quoted(cell.text), Where.of(Place(None, None, sheet, None, cell.row, cell.column))
            )
    where = Where.of(Place(sheet=sheet))
    for first, last, found in _runs(in_rows):
        zh, en = (
            (f"第 {first} 至 {last} 行", f"rows {first} to {last}")
            if last > first
            else (f"第 {first} 行", f"row {first}")
        )
        findings.add("hidden_rows", _quotation(found), Where(where.zh + zh, f"{where.en}, {en}"))
    for first, last, found in _runs(in_columns):
        a, b = column_letters(first), column_letters(last)
        zh, en = (f"{a} 至 {b} 列", f"columns {a} to {b}") if last > first else (f"{a} 列", f"column {a}")
        findings.add("hidden_columns", _quotation(found), Where(where.zh + zh, f"{where.en}, {en}"))


def _quotation(texts: list[str]) -> str:
    return quoted("、".join(texts[:_SAMPLE]))


def _hidden_columns(root: Element) -> list[tuple[int, int]]:
    found = []
    for column in children(child(root, "cols"), "col"):
        first, last = column.get("min") or "", column.get("max") or ""
        if (
            (column.get("hidden") in _ON or column.get("width") in ("0", "0.0"))
            and first.isdecimal()
            and last.isdecimal()
        ):
            found.append((int(first), int(last)))
    return found[:1_000]


def _runs(by_number: dict[int, list[str]]) -> Iterator[tuple[int, int, list[str]]]:
    """Numbers that follow each other as first, last and all their texts."""
    numbered = list(enumerate(sorted(by_number)))
    for _, group in groupby(numbered, lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        yield numbers[0], numbers[-1], [text for number in numbers[:_SAMPLE] for text in by_number[number]]


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def column_letters(number: int) -> str:
    """A column's letters.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
