"""Whether two document numbers are one, however each is written (META.3)."""

from __future__ import annotations

from gongkai.statute.articles import chinese_number
from gongkai.statute.identifiers import DocumentNumber, OrderNumber, parse_document_number
from gongkai.web.disclosure.queries.numbers import document_numbers

# Brackets round the year that are met instead of 〔〕, in records that came from elsewhere too.
_BRACKETS = ("〔〕", "[]", "［］", "()", "（）", "【】", "﹝﹞")
_MOST_NUMERAL = 999


def spellings(number: str) -> list[str]:
    """Every way in which this number may stand in a record, the right one first; [] for none.

    >>> spellings("北政发［2025］ ３ 号")[:2]
    ['北政发〔2025〕3号', '北政发[2025]3号']
    >>> spellings("虚构区人民政府令第十二号")
    ['虚构区人民政府令第12号', '虚构区人民政府令第十二号']
    """
    written = number.strip()
    if not written:
        return []
    right = (document_numbers(written) or [written])[0]
    read = parse_document_number(right)
    if isinstance(read, DocumentNumber):
        found = [f"{read.organ}{b[0]}{read.year}{b[1]}{read.number}号" for b in _BRACKETS]
    elif isinstance(read, OrderNumber):
        found = [str(read._replace(number=one)) for one in _numerals(read.number)]
    else:
        found = [right]
    return list(dict.fromkeys([*found, right, written]))


def _numerals(number: str) -> list[str]:
    """The same numeral in figures and in Chinese."""
    if number.isascii() and number.isdigit():
        figure = int(number)
        return [number, chinese_number(figure)] if 1 <= figure <= _MOST_NUMERAL else [number]
    chinese = {chinese_number(one): str(one) for one in range(1, _MOST_NUMERAL + 1)}
    return [chinese[number], number] if number in chinese else [number]
