"""Years, days and sums of money as people write them, brought to one writing.

二〇二六年 is asked as 2026年, 2026-07-15 as 2026年7月15日, 18万元 as 十八万元 too. Texts stay: other
writings are looked for beside the one that was typed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = {character: str(at) for at, character in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_NUMERALS = "零〇一二三四五六七八九十百千两"
_YEAR = re.compile(r"(?<![一二三四五六七八九〇零])[一二][零〇九一二三四五六七八]{3}(?=\s*[年〕\]）)】/-])")
_PARTS_OF_A_DAY = re.compile(r"(?<=[年月])\s*([一二三四五六七八九十]{1,3})\s*(?=[月日号])")
_NUMBER_AT_END = re.compile(r"(?<=[〕\]）)】第])\s*([一二三四五六七八九十百零〇]{1,7})\s*号")
_DAY = re.compile(
    r"(?<![\d.\-/])(?P<year>(?:19|20)\d{2})\s*(?:[-./]\s*(?P<month>0?[1-9]|1[0-2])\s*[-./]\s*(?P<day>0?[1-9]|[12]\d|3[01])"
    r"|年\s*(?P<month_>0?[1-9]|1[0-2])\s*月\s*(?P<day_>0?[1-9]|[12]\d|3[01])\s*[日号])(?![\d.\-/])"
)
_SUM = re.compile(
    r"(?<![\d.])(?:(?P<digits>[1-9]\d{0,5})\s*(?P<unit>万元|亿元|万|亿)|(?P<tens>[1-9]\d{0,3})0000元)"
    rf"|(?P<numerals>[{_NUMERALS}]{{1,9}})(?P<unit_>万元|亿元)"
)
# 虚政发2026-4: an organ's word ends so where a document number follows.
_SHORT_NUMBER = re.compile(
    r"(?<=[发规办函字审批令告])\s*((?:19|20)\d{2})\s*[-—–/－]\s*0*([1-9]\d{0,5})(?:号)?(?![\d.\-/年月])"
)
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


class Written(NamedTuple):
    """A piece of a question with its place, and other writings of the same."""

    start: int
    end: int
    text: str
    others: tuple[str, ...]


def plainly(question: str) -> str:
    """Years, months, days and numbers of documents in figures.

    >>> plainly("虚政规〔二〇二六〕一号"), plainly("二〇二六年七月十五日"), plainly("虚政发2026-4")
    ('虚政规〔2026〕1号', '2026年7月15日', '虚政发〔2026〕4号')
    >>> plainly("一九年级")
    '一九年级'
    """
    text = _YEAR.sub(lambda one: "".join(_DIGITS.get(character, "") for character in one[0]), question)
    text = _NUMBER_AT_END.sub(lambda one: f"{value(one[1])}号", text)
    text = _PARTS_OF_A_DAY.sub(lambda one: str(value(one[1])), text)
    text = _PARTS_OF_A_DAY.sub(lambda one: str(value(one[1])), text)
    return _SHORT_NUMBER.sub(r"〔\1〕\2号", text)


def days_and_sums(question: str) -> list[Written]:
    """Days and sums of money in a question, from left to right.

    >>> [(one.text, one.others) for one in days_and_sums("2026.7.15")]
    [('2026年7月15日', ('2026-07-15', '2026-7-15', '二〇二六年七月十五日'))]
    >>> [(one.text, one.others) for one in days_and_sums("每台18万元")]
    [('18万元', ('十八万元', '180000元'))]
    >>> [(one.text, one.others) for one in days_and_sums("180000元")]
    [('180000元', ('18万元', '十八万元'))]
    >>> [(one.text, one.others) for one in days_and_sums("十八万元")]
    [('十八万元', ('18万元', '180000元'))]
    """
    found = [_day(one) for one in _DAY.finditer(question)]
    for one in _SUM.finditer(question):
        if not any(one.start() < other.end and other.start < one.end() for other in found):
            found += _sum(one)
    return sorted(found)


def value(numerals: str) -> int:
    """The number that numerals say; digits in a row are read one by one.

    >>> [value(one) for one in ("十五", "二十", "一百零三", "二〇二六", "千")]
    [15, 20, 103, 2026, 1000]
    """
    if not set(numerals) & set("十百千"):
        return int("".join(_DIGITS[one] for one in numerals) or "0")
    total, digit = 0, 0
    times = {sign: count for count, sign in _PLACES}
    for one in numerals:
        if one in times:
            total += (digit or 1) * times[one]
            digit = 0
        else:
            digit = int(_DIGITS[one])
    return total + digit


def numerals(number: int) -> str:
    """A number under ten thousand as it is read; "" for another.

    >>> [numerals(one) for one in (8, 10, 18, 20, 103, 120, 1008)]
    ['八', '十', '十八', '二十', '一百零三', '一百二十', '一千零八']
    """
    if not 0 < number < 10_000:
        return ""
    said, rest, skipped = "", number, False
    for count, sign in _PLACES:
        digit, rest = divmod(rest, count)
        if digit:
            said += ("零" if skipped and said else "") + "零一二三四五六七八九"[digit] + sign
            skipped = False
        else:
            skipped = bool(said)
    if rest:
        said += ("零" if skipped else "") + "零一二三四五六七八九"[rest]
    return said.removeprefix("一") if 10 <= number < 20 else said


def _day(one: re.Match[str]) -> Written:
    year, month, day = one["year"], int(one["month"] or one["month_"]), int(one["day"] or one["day_"])
    read = "".join("〇一二三四五六七八九"[int(digit)] for digit in year)
    in_words = f"{read}年{numerals(month)}月{numerals(day)}日"
    others = (f"{year}-{month:02d}-{day:02d}", f"{year}-{month}-{day}", in_words)
    text = f"{year}年{month}月{day}日"
    return Written(one.start(), one.end(), text, tuple(dict.fromkeys(others)))


def _sum(one: re.Match[str]) -> list[Written]:
    unit = one["unit"] or one["unit_"] or "万元"
    try:
        number = int(one["digits"] or one["tens"] or 0) or value(one["numerals"])
    except KeyError:  # 两十, and what else is no number
        return []
    if not number:
        return []
    unit = unit if unit.endswith("元") else f"{unit}元"
    zeros = {"万元": "0000", "亿元": "00000000"}[unit]
    words = f"{numerals(number)}{unit}" if numerals(number) else ""
    every = (one[0], f"{number}{unit}", words, f"{number}{zeros}元")
    return [
        Written(
            one.start(),
            one.end(),
            one[0],
            tuple(dict.fromkeys(each for each in every[1:] if each and each != one[0])),
        )
    ]
