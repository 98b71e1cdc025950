"""Codes of organisations, people, websites: what they say, what is wrong (PII.USCC, PII.ID18, PII.ID15)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.statute.errors import IdentifierError, plain_day, plain_text
from gongkai.statute.identifiers.check_characters import (
    PROVINCE_CODES,
    credit_check_character,
    is_old_resident_number,
    looks_like_resident_number,
    resident_check_character,
)
from gongkai.statute.identifiers.faults import Fault
from gongkai.statute.identifiers.half_width import HALF_WIDTH

_CREDIT = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")
# GB 32100 leaves these letters out because they are mistaken for what stands beside them.
_MISTAKEN = str.maketrans("IOSZ", "1052")
# Full-width digits and letters, as an input method writes them, to half-width ones.
_SITE = re.compile("(?:[0-9]{10}|bm[0-9]{8})")


class CreditCode(NamedTuple):
    """A unified social credit code (GB 32100): registered by whom, what, where, and the organisation code."""

    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def registered_by(self) -> str:
        return self.code[0]

    @property
    def category(self) -> str:
        return self.code[1]

    @property
    def region(self) -> str:
        """Six digits of GB/T 2260."""
        return self.code[2:8]

    @property
    def organisation_code(self) -> str:
        return self.code[8:17]

    @property
    def ok(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class ResidentNumber:
    """A resident identity number of 18 characters (GB 11643). Printing it shows the mask of PII.M alone."""

    number: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.number[:2]}{'*' * 13}{self.number[-3:]}"

    @property
    def province(self) -> str:
        return self.number[:2]

    @property
    def born(self) -> dt.date:
        return dt.date(int(self.number[6:10]), int(self.number[10:12]), int(self.number[12:14]))

    @property
    def ok(self) -> bool:
        return True


class SiteCode(NamedTuple):
    """网站标识码: ten digits, or `bm` and eight for a department of the State Council."""

    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def central(self) -> bool:
        return self.code.startswith("bm")

    @property
    def region(self) -> str:
        """The six digits of the place; "" for a central department."""
        return "" if self.central else self.code[:6]

    @property
    def ok(self) -> bool:
        return True


def parse_credit_code(text: str) -> CreditCode | Fault:
    """The code, or what is wrong with it (PII.USCC). Blanks around it do not matter.

    >>> parse_credit_code("91350100M000100Y43").region
    '350100'
    >>> parse_credit_code("91350100M000100Y44").code
    'credit_code_check'
    """
    code = plain_text(text, "统一社会信用代码", error=IdentifierError).strip()
    if _CREDIT.fullmatch(code):
        right = credit_check_character(code[:17])
        if right == code[17]:
            return CreditCode(code)
        return Fault(
            ("credit_code_check",),
            f"统一社会信用代码 {code} 校验不符：按前 17 位，末位应为 {right}。请逐位核对。",
            f"Credit code {code} fails its check: by the first 17 the last is {right}. Check them all.",
        )
    joined = re.sub(r"\s", "", code.translate(HALF_WIDTH))
    if len(joined) != 18:
        return Fault(
            ("credit_code_length",),
            f"统一社会信用代码应为 18 位，现为 {len(joined)} 位。请核对。",
            f"A credit code has 18 characters, not {len(joined)}.",
        )
    plain = joined.upper()
    if not _CREDIT.fullmatch(plain):
        plain = plain.translate(_MISTAKEN)
    suggestion = plain if _CREDIT.fullmatch(plain) and credit_check_character(plain[:17]) == plain[17] else ""
    return Fault(
        ("credit_code_characters",),
        "统一社会信用代码只用半角数字和大写字母，不用 I、O、S、V、Z，中间没有空格。"
        + (f"是否为 {suggestion}？" if suggestion else "请核对。"),
        "A credit code has half-width digits and capitals without I, O, S, V, Z, and no blanks."
        + (f" {suggestion}?" if suggestion else ""),
        suggestion,
    )


def parse_resident_number(text: str, *, on: dt.date | None = None) -> ResidentNumber | Fault:
    """The number, one of 15 digits turned into 18, or what is wrong (PII.ID18, PII.ID15).

    A small x, full-width characters and blanks are taken. `on`: the day it was given, after which nobody is
    born. Without it any day of birth up to 2099 passes. IdentifierError for what is no text or no day.

    >>> parse_resident_number("110105491231002").number
    '11010519491231002X'
    """
    written = plain_text(text, "身份证号", error=IdentifierError).translate(HALF_WIDTH)
    number = re.sub(r"\s", "", written).upper()
    day = None if on is None else plain_day(on, "日期", code="identifier_bad_day", error=IdentifierError)
    if is_old_resident_number(number):
        return _born_by(ResidentNumber(resident_number_of_18(number)), day)
    if looks_like_resident_number(number):
        if resident_check_character(number[:17]) == number[17]:
            return _born_by(ResidentNumber(number), day)
        return _resident_fault(
            "resident_number_check", "校验位不符，有一位写错", "its check character is wrong"
        )
    if not re.fullmatch("[0-9]{17}[0-9X]|[0-9]{15}", number):
        return _resident_fault(
            "resident_number_form",
            "应为 18 位（末位可为 X）或旧式 15 位数字",
            "it has 18 characters, or 15 digits of old",
        )
    if number[:2] not in PROVINCE_CODES:
        return _resident_fault(
            "resident_number_province", "前两位不是省级代码", "its first two digits are no province"
        )
    return _resident_fault("resident_number_birth", "出生日期不存在", "its date of birth is no day")


def _born_by(number: ResidentNumber, on: dt.date | None) -> ResidentNumber | Fault:
    if on is None or number.born <= on:
        return number
    return _resident_fault(
        "resident_number_future", f"出生日期晚于 {on}", f"its date of birth comes after {on}"
    )


def resident_number_of_18(old: str) -> str:
    """An old number of 15 digits as one of 18: century 19 put in, check character added (PII.ID15).

    >>> resident_number_of_18("110105491231002")
    '11010519491231002X'
    """
    if not is_old_resident_number(old):
        raise IdentifierError(
            "resident_number_form",
            "不是 15 位身份证号：应为 15 位数字，含省级代码和出生日期。",
            "This is no resident identity number of 15 digits.",
        )
    body = f"{old[:6]}19{old[6:]}"
    return body + resident_check_character(body)


def parse_site_code(text: str) -> SiteCode | Fault:
    """The code of a government website, or what is wrong with it.

    >>> parse_site_code("4207000016").region, parse_site_code("bm01000001").central
    ('420700', True)
    """
    code = plain_text(text, "网站标识码", error=IdentifierError).strip()
    if _SITE.fullmatch(code) and (code.startswith("bm") or code[:2] in PROVINCE_CODES):
        return SiteCode(code)
    if re.fullmatch("[Bb][Mm][0-9]{8}", code):
        return Fault(
            ("site_code_case",),
            f"网站标识码的 bm 应为小写：{code.lower()}。",
            "bm is written small.",
            code.lower(),
        )
    plain = re.sub(r"\s", "", code.translate(HALF_WIDTH)).lower()
    if plain != code and _SITE.fullmatch(plain) and (plain.startswith("bm") or plain[:2] in PROVINCE_CODES):
        return Fault(
            ("site_code_not_plain",),
            f"网站标识码中有空格或者全角字符。建议写作“{plain}”。",
            f"Blanks or full-width characters; write {plain}.",
            plain,
        )
    return Fault(
        ("site_code_form",),
        "网站标识码应为 10 位数字（前两位为省级代码），国务院部门为 bm 加 8 位数字。请核对。",
        "A website code has 10 digits, the first two a province, or bm and 8 digits. Check it.",
    )


def _resident_fault(code: str, zh: str, en: str) -> Fault:
    return Fault((code,), f"身份证号有误：{zh}。请核对原件。", f"Wrong resident identity number: {en}.")
