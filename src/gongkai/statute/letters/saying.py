"""How a fact is written in a letter, and whether a letter says it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from gongkai.statute.errors import LetterError, short
from gongkai.statute.letters.catalogue import Fact

Value = str | dt.date | int | Decimal | tuple[str, ...]
_CHINESE_DAY = re.compile(
    r"([二〇○零一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}


def day_words(day: dt.date) -> str:
    """A day as GB/T 9704 writes it: Arabic digits, no zeros in front.

    >>> day_words(dt.date(2026, 3, 2))
    '2026年3月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def money_words(amount: Decimal | int) -> str:
    """Yuan as digits: whole, or with two places.

    >>> money_words(Decimal("12500")), money_words(Decimal("20.5"))
    ('12500', '20.50')
    """
    plain = Decimal(amount)
    return f"{plain:.0f}" if plain == plain.to_integral_value() else f"{plain:.2f}"


def value_words(known: Fact, value: Value) -> str:
    """The value as a letter writes it; lines of a list joined by a semicolon. "" for an empty one.

    LetterError `letter_bad_value` for a value of another kind than the fact's.
    """
    match known.kind, value:
        case "day", dt.date() if not isinstance(value, dt.datetime):
            return day_words(value)
        case "money", int() | Decimal() if not isinstance(value, bool) and Decimal(value).is_finite():
            return money_words(value)
        case "number", int() if not isinstance(value, bool):
            return str(value)
        case "text", str():
            return value.strip()
        case "list", tuple() if all(isinstance(one, str) for one in value):
            return "；".join(one.strip() for one in value if one.strip())
    raise LetterError(
        "letter_bad_value",
        f"“{known.zh}”的值不可用：{short(value)}。请核对其类型（{known.kind}）。",
        f"{known.code} has a value of the wrong kind: {short(value)}; wanted: {known.kind}.",
    )


def says(text: str, known: Fact, value: Value) -> bool:
    """Whether the text of a letter, made `plain`, holds the value: every line of it."""
    if known.kind == "number":
        return re.search(rf"(?<!\d){value_words(known, value)}(?!\d)", text) is not None
    if known.kind == "money":
        return (
            re.search(rf"(?<![\d.]){re.escape(value_words(known, value))}(?:\.00?)?(?![\d]|\.\d)元?", text)
            is not None
        )
    if known.kind == "list":
        assert isinstance(value, tuple)
        # An entry may have a remark behind a bar, which a form prints beside it.
        return all(_within(part, text) for one in value for part in one.split("|") if part.strip())
    return all(_within(line, text) for line in value_words(known, value).splitlines() if line.strip())


def plain(text: str) -> str:
    """Text in the one spelling in which letters are compared: half width, no blanks, days without zeros.

    >>> plain("２０２６年03月02 日"), plain("二〇二六年三月二日")
    ('2026年3月2日', '2026年3月2日')
    """
    half = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    half = _CHINESE_DAY.sub(_day, half)
    half = re.sub(r"(\d{4}年)0?(\d{1,2}月)0?(\d{1,2}日)", r"\1\2\3", half)
    return re.sub(r"(?<=\d),(?=\d{3})", "", half)


def _within(words: str, text: str) -> bool:
    """A sentence may go on where the record ends it: its last stop does not count."""
    return plain(words).rstrip("。.;,、:!?") in text


def _day(found: re.Match[str]) -> str:
    year = "".join(_DIGITS[digit] for digit in found[1])
    return f"{year}年{_small(found[2])}月{_small(found[3])}日"


def _small(numeral: str) -> int:
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return int("".join(_DIGITS[digit] for digit in numeral))
    return 10 * (int(_DIGITS[tens]) if tens else 1) + (int(_DIGITS[ones]) if ones else 0)
