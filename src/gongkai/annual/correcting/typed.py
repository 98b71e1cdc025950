"""What a person types into a field: read, or refused with words that say what is wrong."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from gongkai.annual.contract import FIRST_YEAR, LARGEST_NUMBER, LAST_YEAR
from gongkai.annual.report import Value
from gongkai.annual.sheet import printed_number

LONGEST_LINE = 200  # characters of a title or an organ's name
LONGEST_TEXT = 50_000  # of a section
_FIGURE = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_FOR_NOTHING = frozenset("-–—/\\无—－") | {"--", "——", "//"}
_MINUS = str.maketrans("−－–—", "----")


class NotAccepted(ValueError):
    """What was typed into the field at `path` cannot stand there: `zh` and `en` say why and what to do."""

    def __init__(self, path: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.path = path
        self.zh = zh
        self.en = en

    def message(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


def read_typed(path: str, kind: str, text: str) -> Value | str:
    """What `text` says in a field of that kind (`Field.kind`); None if empty. Raises `NotAccepted`."""
    if kind == "text":
        return _within(path, text.replace("\r\n", "\n").replace("\r", "\n"), LONGEST_TEXT)
    plain = " ".join(text.split())
    if kind == "line":
        return _within(path, plain, LONGEST_LINE) or None
    plain = unicodedata.normalize("NFKC", plain).replace(" ", "")
    if not plain:
        return None
    return _year(path, plain) if kind == "year" else _figure(path, kind, plain)


def shown_value(value: Value | str) -> str:
    """What a field shows before anything is typed."""
    return value if isinstance(value, str) else printed_number(value)


def _figure(path: str, kind: str, plain: str) -> Value:
    if plain in _FOR_NOTHING:
        raise NotAccepted(
            path,
            f"没有数字就留空，不要填“{plain}”。",
            f"Leave it empty where there is no figure, not “{plain}”.",
        )
    match = _FIGURE.fullmatch(plain.translate(_MINUS))
    if match is None:
        raise NotAccepted(
            path,
            f"“{_short(plain)}”不是数字。请填阿拉伯数字，没有数字就留空。",
            f"“{_short(plain)}” is no number. Type digits, or leave it empty.",
        )
    sign, whole, decimals = match.groups()
    if decimals and kind != "amount":
        raise NotAccepted(
            path,
            f"这一格是数量，应为整数，不能填 {_short(plain)}。",
            f"This is a count: a whole number, not {_short(plain)}.",
        )
    number: int | Decimal = (
        Decimal(whole.replace(",", "") + decimals) if decimals else int(whole.replace(",", "")[:40])
    )
    if number > LARGEST_NUMBER:
        raise NotAccepted(path, "数字过大，请核对。", "The number is too large.")
    if sign == "-" and number and kind != "signed":
        raise NotAccepted(path, "这一格不能是负数。", "This cannot be negative.")
    return -number if sign == "-" else number


def _year(path: str, plain: str) -> int:
    digits = plain.removesuffix("年度").removesuffix("年")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        raise NotAccepted(path, "年度应为四位数字，例如 2024。", "The year has four digits, as 2024.")
    if not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise NotAccepted(
            path,
            f"年度应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。",
            f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.",
        )
    return int(digits)


def _within(path: str, text: str, most: int) -> str:
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    if len(text) > most:
        raise NotAccepted(
            path, f"文字太长，最多 {most} 字。", f"The text is too long: {most} characters at most."
        )
    return text


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
