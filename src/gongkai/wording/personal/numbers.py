"""Numbers that lead to one person: of identity cards, mobile and home telephones, bank cards (PII.ID18 …)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.statute import identifiers
from gongkai.wording.personal.names import Name


class Hit(NamedTuple):
    """Personal data of a kind at a place; `role` as in PersonalData."""

    kind: str
    start: int
    end: int
    role: str


# A run of digits as long as a telephone number, and what may not touch it: letters, slashes and dots make it
# a part of an index number, a document number or an address of a page. (Looking around after the match, not
# inside the pattern, takes a tenth of the time.)
_RUN = re.compile(r"[0-9]{7,}[Xx]?")
_TOUCHING = frozenset("/_=%#-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_GROUP = re.compile(r"[0-9](?:[ -][0-9]{4}[ -][0-9]{4}| [0-9]{8} [0-9])")
_GROUPED = re.compile(
    r"(?<![\d A-Za-z/_.-])(?:\+?86[- ]?)?(?:(?P<mobile>1[3-9]\d([ -])\d{4}\2\d{4})"
    r"|(?P<card>62\d{2}(?: \d{4}){3}(?: \d{1,3})?)|(?P<id>[1-9]\d{5} \d{8} \d{3}[\dXx]))(?![\dA-Za-z/-])"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_AMOUNT = re.compile(r"\s*(?:余|多)?(?:万|亿)?[元条件次份个篇人吨亩]")
_PHONE_CUE = re.compile(r"电话|手机|联系|热线|致电|拨打|传真|微信|tel|phone|号码|\+86", re.IGNORECASE)
_IDENTITY_CUE = re.compile(r"身份证|证件号|公民身份|身份号码")
_CARD_CUE = re.compile(r"卡号|银行卡|银行账[号户]|账号|账户|存折")
_CODE_CUE = re.compile(r"信用代码|索引号|流水号|编号|文号|备案号|标识码|订单|案号|条码")
# Words that show a telephone to be published as the office's own …
_OFFICE = re.compile(
    r"联系电话|咨询|办公|受理|监督|值班|热线|传真|单位|机构|地址|邮编|邮箱|举报|服务电话|联系方式|联系人|工作人员"
    r"|如(?:对|有)|疑问|联系|镇|局|政府|办公室"
)
# … and words that make it a private person's.
_PRIVATE = re.compile(
    r"申请人|申请者|原告|第三人|投诉人|举报人|信访人|当事人|家庭电话|住宅电话|宅电|家中电话|个人电话|本人|身份证|户主"
)
_TO_CALL = re.compile(r"可|(?<!申)请|拨打|咨询|办公|受理|监督|传真|热线")  # 申请人可拨打咨询电话……
_TO_ASK = re.compile(r"[)\s]{0,2}(?:进行)?(?:咨询|查询)")  # 申请人来电……咨询: the office is called
_LANDLINE = re.compile(r"\(?0\d{2,3}\)?[- ]?\d{7,8}(?![\dA-Za-z/])")
_STOP = re.compile(r"[^。;!?\n]*\Z")


def find_numbers_of_people(text: str, names: Sequence[Name]) -> list[Hit]:
    """Numbers of private persons in simplified text."""
    hits: list[Hit] = []
    runs = list(_RUN.finditer(text))
    for found in runs:
        if len(found.group()) >= 11 and not _embedded(text, found.start(), found.end()):
            hit = _judge(text, found.group(), found.start(), found.end(), names)
            if hit:
                hits.append(hit)
    if runs:
        hits += _landlines(text, names)
    if _GROUP.search(text):
        hits += _grouped(text, names)
    return hits


def _embedded(text: str, start: int, end: int) -> bool:
    """Whether the run is a part of something longer."""
    before, after = text[max(0, start - 4) : start], text[end : end + 2]
    if before.endswith(("+86-", "+86")):
        before = ""
    return (
        before[-1:] in _TOUCHING
        or (before[-1:] == "." and before[-2:-1].isalnum())
        or after[:1] in _TOUCHING
        or (after[:1] == "." and after[1:].isdigit())
    )


def _judge(text: str, digits: str, start: int, end: int, names: Sequence[Name]) -> Hit | None:
    if len(digits) == 13 and digits.startswith("86"):
        digits, start = digits[2:], start + 2
    before = text[max(0, start - 16) : start]
    if len(digits) == 18:
        return _identity(digits, start, end, before)
    if _CODE_CUE.search(before):
        return None
    if len(digits) == 15 and _IDENTITY_CUE.search(before) and identifiers.is_old_resident_number(digits):
        return Hit("PII.ID15", start, end, "private")
    if _MOBILE.fullmatch(digits):
        if _AMOUNT.match(text, end):
            return None
        return Hit("PII.MOB", start, end, _phone_role(text, start, names))
    return Hit("PII.BANK", start, end, "private") if _is_card(digits, before) else None


def _identity(digits: str, start: int, end: int, before: str) -> Hit | None:
    """An identity number, and not a unified social credit code: the two have the same length."""
    cued = bool(_IDENTITY_CUE.search(before))
    if _CODE_CUE.search(before) and not cued:
        return None
    if identifiers.is_resident_number(digits) or (cued and identifiers.looks_like_resident_number(digits)):
        return Hit("PII.ID18", start, end, "private")
    if (_CARD_CUE.search(before) or not identifiers.is_credit_code(digits)) and _is_card(digits, before):
        return Hit("PII.BANK", start, end, "private")
    return None


def _is_card(digits: str, before: str) -> bool:
    """One number in ten passes the Luhn check by chance: it must begin as a card does, or be called one."""
    if not identifiers.is_bank_card(digits):
        return False
    return (digits.startswith("62") and len(digits) >= 16) or bool(_CARD_CUE.search(before))


def _grouped(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    for found in _GROUPED.finditer(text):
        digits = re.sub(r"[ -]", "", found.group(found.lastgroup or 0))
        start, end = found.span(found.lastgroup or 0)
        before = text[max(0, start - 16) : start]
        if found.lastgroup == "id" and identifiers.is_resident_number(digits):
            yield Hit("PII.ID18", start, end, "private")
        elif found.lastgroup == "card" and identifiers.is_bank_card(digits):
            yield Hit("PII.BANK", start, end, "private")
        elif found.lastgroup == "mobile" and _PHONE_CUE.search(before):
            # Three figures of a table can stand like this too, so the words before must speak of a telephone.
            yield Hit("PII.MOB", start, end, _phone_role(text, start, names))


def _landlines(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    for found in _LANDLINE.finditer(text):
        touching = text[max(0, found.start() - 1) : found.start()]
        if touching.isalnum() and touching.isascii():
            continue
        if _beside_a_person(text, found.start(), names) and not _TO_ASK.match(text, found.end()):
            yield Hit("PII.TEL", found.start(), found.end(), "private")


def _phone_role(text: str, start: int, names: Sequence[Name]) -> str:
    """`contact` where a mobile number is given as the office's own, else `private`."""
    if _beside_a_person(text, start, names):
        return "private"
    return (
        "contact" if _OFFICE.search(text, max(_sentence_start(text, start), start - 40), start) else "private"
    )


def _beside_a_person(text: str, start: int, names: Sequence[Name]) -> bool:
    """Whether the sentence speaks of a private person before the number, and does not ask to call it."""
    if _TO_CALL.search(text, max(0, start - 14), start):
        return False
    sentence = _sentence_start(text, start)
    return stands_between(names, sentence, start) or bool(_PRIVATE.search(text, sentence, start))


def stands_between(names: Sequence[Name], first: int, last: int) -> bool:
    """Whether one of the names, which are in order, begins from `first` up to, not at, `last`."""
    index = bisect_left(names, last, key=lambda name: name.start)
    return index > 0 and names[index - 1].start >= first


def _sentence_start(text: str, end: int) -> int:
    found = _STOP.search(text, max(0, end - 120), end)
    return found.start() if found else end
