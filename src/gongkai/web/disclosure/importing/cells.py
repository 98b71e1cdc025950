"""What people write into a cell: days, numbers, names. What cannot be told is refused in words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from gongkai.statute.articles import chinese_number
from gongkai.web.disclosure.importing.masking import masked

_DAY = re.compile(
    r"(\d{4})\s*(?:[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)"
    r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTH_ONLY = re.compile(r"\d{4}\s*(?:年\s*\d{1,2}\s*月|[-/.]\s*\d{1,2})")
_DAY_FIRST = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}")
_DAY_ZERO = dt.date(1899, 12, 30)  # of the numbers a sheet keeps days as
_SERIALS = range(18_264, 73_051)  # 1950 to 2099
_ZEROS = str.maketrans("○Ｏ零", "〇〇〇")
_DIGITS = {character: str(number) for number, character in enumerate("〇一二三四五六七八九")}
_CHINESE = {chinese_number(number): number for number in range(1, 32)} | {"廿": 20, "卅": 30}
_CHINESE_DAY = re.compile(
    r"([〇○Ｏ零一二三四五六七八九]{4})年([一二三四五六七八九十元正]{1,3})月([一二三四五六七八九十廿卅]{1,3})[日号]?"
)
_YEAR = re.compile(r"(\d{4})(?:\.0+)?\s*年?度?")
_MONTH = re.compile(r"(\d{1,2})(?:\.0+)?\s*月?份?")
_WHOLE_YEAR = frozenset({"", "全年", "年度", "全年度", "0", "-", "—", "/"})
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_UNITS = re.compile(r"(万元|元|件|项|个|宗|起|次|份)$")
# What exports put before a cell that begins as a formula.
_GUARD = re.compile(r"'(?=[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")
_AROUND = "\ufeff \t\r\n\u3000\xa0"
_SHOWN = 30
_LOOKED_AT = 120


class CellFault(ValueError):
    """A cell that cannot be read: a code for machines, words that say what is wrong and how to write it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.code = code
        self.zh = zh
        self.en = en


def tidy(text: str) -> str:
    """A cell without blanks at its ends and without the sign an export guards formulas with."""
    shown = text.lstrip(_AROUND)
    return (shown[1:] if _GUARD.match(shown) else shown).strip(_AROUND)


def plain(text: str) -> str:
    """In half-width signs, without any blanks: how labels and names are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("*:：").lower()


def is_error_value(text: str) -> bool:
    """Whether a sheet shows an error of its own here (`#REF!`)."""
    return text.strip().upper() in _ERRORS


def read_day(text: str) -> dt.date:
    """A day in any usual way of writing it, or as the number a sheet keeps it as. CellFault otherwise.

    >>> [str(read_day(one)) for one in ("２０２６/3/1", "46082", "二〇二六年三月一日")]
    ['2026-03-01', '2026-03-01', '2026-03-01']
    """
    chinese = _CHINESE_DAY.fullmatch("".join(text.split()))
    if chinese:
        digits = "".join(_DIGITS[one] for one in chinese[1].translate(_ZEROS))
        month = 1 if chinese[2] in "元正" else _CHINESE.get(chinese[2], 0)
        return _day(int(digits), month, _CHINESE.get(chinese[3], 0), text)
    shown = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(shown) or _EIGHT.fullmatch(shown)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        return _day(year, month, day, text)
    serial = _SERIAL.fullmatch(shown)
    if serial and int(serial[1]) in _SERIALS:
        return _DAY_ZERO + dt.timedelta(days=int(serial[1]))
    if _MONTH_ONLY.fullmatch(shown):
        zh = f"“{short(text)}”只有年月，没有写到日。请写成 2026-03-01 的样子。"
        raise CellFault("day_missing", zh, "A day is needed, not only a month.")
    if _DAY_FIRST.fullmatch(shown):
        zh = f"“{short(text)}”分不清哪个是月、哪个是日。请写成 2026-03-01 的样子。"
        raise CellFault("day_ambiguous", zh, "Day and month cannot be told apart. Write 2026-03-01.")
    zh = f"“{short(text)}”不是日期。请写成 2026-03-01 的样子。"
    raise CellFault("not_a_day", zh, "This is no date. Write 2026-03-01.")


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        zh = f"没有“{short(text)}”这一天。请对照日历核对。"
        raise CellFault("no_such_day", zh, "There is no such day.") from None


def read_year(text: str) -> int:
    """A year of four digits. CellFault `not_a_year` otherwise.

    >>> read_year("２０２６年"), read_year("2026.0")
    (2026, 2026)
    """
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None or not 1949 <= int(found[1]) <= 2099:
        raise CellFault(
            "not_a_year", f"“{short(text)}”不是年份。请写四位数字，如 2026。", "Write a year of four digits."
        )
    return int(found[1])


def read_month(text: str) -> int | None:
    """1 to 12; None for the whole year, which is what a blank cell means. CellFault `not_a_month` otherwise.

    >>> read_month("3月"), read_month("全年")
    (3, None)
    """
    shown = unicodedata.normalize("NFKC", text).strip()
    if shown in _WHOLE_YEAR:
        return None
    found = _MONTH.fullmatch(shown)
    if found is None or not 1 <= int(found[1]) <= 12:
        zh = f"“{short(text)}”不是月份。请写 1 至 12；全年的数据留空。"
        raise CellFault("not_a_month", zh, "Write 1 to 12, or leave it blank for the whole year.")
    return int(found[1])


def read_amount(text: str) -> tuple[Decimal, str]:
    """A number as people write it, exactly, with the unit behind it ("" if none). CellFault otherwise.

    >>> read_amount("１,２３４.50元"), read_amount("3 件")
    ((Decimal('1234.50'), '元'), (Decimal('3'), '件'))
    """
    shown = "".join(unicodedata.normalize("NFKC", text).split())
    unit = _UNITS.search(shown)
    number = shown[: unit.start()] if unit else shown
    if _THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    if not _NUMBER.fullmatch(number) or len(number) > 20:
        zh = f"“{short(text)}”不是数字。请只填数字，没有的填 0。"
        raise CellFault("not_a_number", zh, "This is no number. Write digits alone; 0 where there are none.")
    try:
        return Decimal(number), unit[0] if unit else ""
    except InvalidOperation:  # unreachable by the pattern above, but a number is never guessed
        raise CellFault("not_a_number", f"“{short(text)}”不是数字。", "This is no number.") from None


def short(text: str) -> str:
    """So much of a cell as may stand in a message: personal data masked before it is cut off."""
    shown = masked(" ".join(text.split())[:_LOOKED_AT])
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
