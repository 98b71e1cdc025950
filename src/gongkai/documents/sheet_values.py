"""What a cell of a worksheet holds, as the text a person would write: numbers plain, dates in ISO form."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from gongkai.documents.archive import Archive
from gongkai.documents.limits import Budget
from gongkai.documents.xml_part import Element, child, children, local, parse_part

_INTEGER = re.compile(r"-?\d{1,15}")
_SHEET_DIGITS = ".15g"  # a sheet keeps 15 digits of a number; what a float prints beyond them is noise
_EXACT = 10**15
# Built-in number formats that show a date or time (ECMA-376, 18.8.30; 27–36 and 50–58 are the Chinese ones).
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NO_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # what a format prints as it stands
_DAY_ZERO = dt.datetime(1899, 12, 30)
_DAY_ZERO_1904 = dt.datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31
_SECONDS = 86_400


class Values:
    """Reads cells of one workbook: its shared texts, and which of its styles show dates."""

    def __init__(self, archive: Archive, workbook: Element, budget: Budget) -> None:
        self._texts = _shared_texts(archive, budget)
        self._dates = _date_styles(archive, budget)
        properties = child(workbook, "workbookPr")
        starts_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._day_zero = _DAY_ZERO_1904 if starts_1904 else _DAY_ZERO

    def text(self, cell: Element) -> str:
        """The cell's text without blanks around it; "" for a blank cell."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(child(cell, "is")).strip()
        value = child(cell, "v")
        written = (value.text or "").strip() if value is not None else ""
        if not written:
            return ""
        if kind == "s":
            known = written.isascii() and written.isdigit() and int(written) < len(self._texts)
            return self._texts[int(written)] if known else ""
        if kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        if kind == "n":
            return self._number(written, cell.get("s"))
        return written  # str (a formula's text), e (an error), d (an ISO date)

    def _number(self, written: str, style: str | None) -> str:
        try:
            value = float(written)
        except ValueError:
            return written
        if style in self._dates and 0 <= value <= _LAST_DAY:
            return self._date(value)
        return written if _INTEGER.fullmatch(written) else number_text(value)

    def _date(self, days: float) -> str:
        moment = self._day_zero + dt.timedelta(seconds=round(days * _SECONDS))
        if days < 1:
            return moment.time().isoformat()
        return moment.date().isoformat() if days.is_integer() else moment.isoformat(" ")


def number_text(value: float) -> str:
    """A sheet's number as people write it: 4119.0 is 4119, 0.30000000000000004 is 0.3, never 1e+06."""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(Decimal(format(value, _SHEET_DIGITS)), "f")


def _shared_texts(archive: Archive, budget: Budget) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.names:
        return []
    root = parse_part(archive.part("xl/sharedStrings.xml"), "xlsx", budget)
    return [_rich_text(item).strip() for item in children(root, "si")]


def _rich_text(item: Element | None) -> str:
    """The text of a shared or inline string, its runs together, without the reading aid above words (rPh)."""
    pieces = []
    for part in item if item is not None else ():
        if local(part) == "t":
            pieces.append(part.text or "")
        elif local(part) == "r":
            pieces.extend(text.text or "" for text in children(part, "t"))
    return "".join(pieces).replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n")


def _date_styles(archive: Archive, budget: Budget) -> frozenset[str]:
    """Numbers of the cell styles (as cells name them) that show a date or a time."""
    if "xl/styles.xml" not in archive.names:
        return frozenset()
    root = parse_part(archive.part("xl/styles.xml"), "xlsx", budget)
    own = {
        item.get("numFmtId"): _shows_date(item.get("formatCode") or "")
        for item in children(child(root, "numFmts"), "numFmt")
    }
    found = set()
    for index, style in enumerate(children(child(root, "cellXfs"), "xf")):
        number = style.get("numFmtId") or ""
        known = number.isascii() and number.isdigit() and len(number) < 6 and int(number) in _DATE_FORMATS
        if own.get(number, known):
            found.add(str(index))
    return frozenset(found)


def _shows_date(code: str) -> bool:
    # Only the first section counts; the others are for negative numbers and text.
    letters = _NO_LETTERS.sub("", code).split(";")[0].lower()
    return "general" not in letters and bool(re.search("[ymdhs]", letters))
