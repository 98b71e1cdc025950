"""Document numbers (META.3): 国办函〔2020〕109号, and orders: 国务院令第711号."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from gongkai.statute.errors import IdentifierError, plain_text, short, whole_number
from gongkai.statute.identifiers.faults import Fault

# META.3: 机关代字 + 〔year〕 + number + 号: six-corner brackets, four-digit year, no leading zeros, no 第.
_RIGHT = re.compile(r"(?P<organ>[一-龥]+)〔(?P<year>(?:19|20)[0-9]{2})〕(?P<number>[1-9][0-9]{0,5})号")
_ORDER = re.compile(
    r"(?P<organ>[一-龥]{2,40}?)(?P<word>令|公告)(?:(?P<year>(?:19|20)[0-9]{2})年)?"
    r"第(?P<number>[1-9][0-9]{0,4}|[一二三四五六七八九十百〇零]{1,7})号"
)
# The same with what people write instead. NFKC has made （ ［ ０ half-width before.
_OPEN, _CLOSE = "〔\\[(【〖〘﹝{<「『", "〕\\])】〗〙﹞}>」』"
_LENIENT = re.compile(
    rf"(?P<organ>[一-龥]+?)(?P<open>[{_OPEN}])(?P<year>[0-9]{{2}}|[0-9]{{4}}|[二一][〇○零一二三四五六七八九]{{3}})(?P<nian>年?)"
    rf"(?P<close>[{_CLOSE}])(?P<di>第?)(?P<number>[0-9]{{1,8}})(?P<hao>号?)"
)
_ORDER_TURNED = re.compile(r"(?P<organ>[一-龥]{2,40}?)第(?P<number>[0-9]{1,5})号(?P<word>令)")
_ORDER_LENIENT = re.compile(
    r"(?P<organ>[一-龥]{2,40}?)(?P<word>令|公告)(?P<di>第?)(?P<number>[0-9]{1,6})(?P<hao>号?)"
)
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_LONGEST = 80

_WORDS = {
    "document_number_brackets": ("年份应用六角括号〔〕", "the year stands in six-corner brackets 〔〕"),
    "document_number_short_year": ("年份应为四位数字", "the year has four digits"),
    "document_number_year_word": ("括号内不写“年”", "no 年 inside the brackets"),
    "document_number_chinese_year": ("年份应用阿拉伯数字", "the year is written in Arabic digits"),
    "document_number_di": ("序号前不加“第”", "no 第 before the number"),
    "document_number_leading_zero": ("序号不编虚位，前面不加 0", "no leading zeros"),
    "document_number_no_hao": ("序号后应有“号”", "号 is missing behind the number"),
    "document_number_traditional": ("“號”应写作“号”", "號 is written 号"),
    "document_number_full_width": ("数字应为半角", "digits are half-width"),
    "document_number_blank": ("中间不应有空格", "no blanks inside"),
    "document_number_order_form": ("令的编号写作“某某令第n号”", "an order is written 某某令第n号"),
}


class DocumentNumber(NamedTuple):
    """发文字号 of an ordinary document. `str()` gives it as it is printed."""

    organ: str  # 机关代字
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.organ}〔{self.year}〕{self.number}号"

    @property
    def ok(self) -> bool:
        return True


class OrderNumber(NamedTuple):
    """Number of an order or announcement: 国务院令第711号. `year` 0 unless written (某部令2021年第3号)."""

    organ: str
    word: str  # 令 or 公告
    number: str  # as written: 711, 二十三
    year: int = 0

    def __str__(self) -> str:
        return f"{self.organ}{self.word}{f'{self.year}年' if self.year else ''}第{self.number}号"

    @property
    def ok(self) -> bool:
        return True


def parse_document_number(text: str) -> DocumentNumber | OrderNumber | Fault:
    """The number, or what is wrong with it and how to write it (META.3). Blanks around it are no fault.

    >>> str(parse_document_number("国办函〔2020〕109号"))
    '国办函〔2020〕109号'
    >>> fault = parse_document_number("国办函[2020]第0109号")
    >>> fault.suggestion, fault.codes[0]
    ('国办函〔2020〕109号', 'document_number_brackets')
    """
    written = plain_text(text, "发文字号", error=IdentifierError).strip()
    right = _RIGHT.fullmatch(written)
    if right:
        return DocumentNumber(right["organ"], int(right["year"]), int(right["number"]))
    order = _ORDER.fullmatch(written)
    if order:
        return OrderNumber(order["organ"], order["word"], order["number"], int(order["year"] or 0))
    fault = _near_miss(written) if len(written) <= _LONGEST else None
    return fault or Fault(
        ("document_number_unreadable",),
        f"不是发文字号：{short(written)}。应如“国办函〔2020〕109号”或“国务院令第711号”。",
        f"{short(written)} is no document number such as 国办函〔2020〕109号 or 国务院令第711号.",
    )


def format_document_number(organ: str, year: int, number: int) -> str:
    """The number in its right form. IdentifierError for a part that does not fit.

    >>> format_document_number("国办函", 2020, 109)
    '国办函〔2020〕109号'
    """
    code = "document_number_bad_part"
    if not re.fullmatch("[一-龥]+", organ):
        raise IdentifierError(
            code,
            f"机关代字应为汉字，现为 {short(organ)}。",
            f"The organ word must be Chinese, not {short(organ)}.",
        )
    whole_number(year, "年份", code=code, least=1900, most=2099, error=IdentifierError)
    whole_number(number, "序号", code=code, least=1, most=999_999, error=IdentifierError)
    return str(DocumentNumber(organ, year, number))


def _near_miss(written: str) -> Fault | None:
    codes = ["document_number_full_width"] if re.search("[０-９]", written) else []
    plain = unicodedata.normalize("NFKC", written)
    if re.search(r"\s", plain):
        codes.append("document_number_blank")
        plain = re.sub(r"\s+", "", plain)
    if re.search("[0-9一二三四五六七八九十百〇零]號", plain):
        codes.append("document_number_traditional")
        plain = plain.replace("號", "号")
    found = _LENIENT.fullmatch(plain)
    if found and int(found["number"]) and int(found["number"]) <= 999_999:
        brackets = _brackets(written)
        codes = [*(["document_number_brackets"] if brackets != ("〔", "〕") else []), *codes, *_faults(found)]
        number = DocumentNumber(found["organ"], _year(found["year"]), int(found["number"]))
        if 1900 <= number.year <= 2099:
            return _fault(codes, str(number))
    return _order_near_miss(plain, codes)


def _order_near_miss(plain: str, codes: list[str]) -> Fault | None:
    found = _ORDER_TURNED.fullmatch(plain) or _ORDER_LENIENT.fullmatch(plain)
    if not found or not int(found["number"]):
        # Right but for blanks or full-width digits.
        right = _ORDER.fullmatch(plain)
        return _fault(codes, plain) if right and codes else None
    parts = found.groupdict()
    if found["number"].startswith("0"):
        codes.append("document_number_leading_zero")
    if parts.get("hao") == "":
        codes.append("document_number_no_hao")
    if "di" not in parts or not parts["di"]:
        codes.append("document_number_order_form")
    return _fault(codes, str(OrderNumber(found["organ"], found["word"], str(int(found["number"])))))


def _brackets(written: str) -> tuple[str, str]:
    """The first opening and closing bracket as they were typed."""
    opening = re.search(r"[〔［\[（(【〖〘﹝{<「『｛＜]", written)
    closing = re.search(r"[〕］\])）】〗〙﹞}>」』｝＞]", written)
    return (opening.group() if opening else "", closing.group() if closing else "")


def _faults(found: re.Match[str]) -> list[str]:
    faults = {
        "document_number_chinese_year": not found["year"].isdigit(),
        "document_number_short_year": len(found["year"]) == 2,
        "document_number_year_word": bool(found["nian"]),
        "document_number_di": bool(found["di"]),
        "document_number_leading_zero": found["number"].startswith("0"),
        "document_number_no_hao": not found["hao"],
    }
    return [code for code, present in faults.items() if present]


def _year(written: str) -> int:
    digits = "".join(_CHINESE_DIGITS.get(digit, digit) for digit in written)
    if len(digits) == 4:
        return int(digits)
    # 〔98〕 was the last century's way of writing; numbers of this century rarely had two digits.
    return int(digits) + (1900 if int(digits) >= 50 else 2000)


def _fault(codes: list[str], suggestion: str) -> Fault | None:
    if not codes:
        return None
    zh = "；".join(_WORDS[code][0] for code in codes)
    en = "; ".join(_WORDS[code][1] for code in codes)
    return Fault(
        tuple(codes), f"发文字号写法不规范：{zh}。建议写作“{suggestion}”。", f"{en}: {suggestion}", suggestion
    )
