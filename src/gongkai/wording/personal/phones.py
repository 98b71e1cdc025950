"""Telephones of persons, told from the office's own (PII.MOB, PII.TEL, PII.L3)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from gongkai.wording.personal.cues import cue_before
from gongkai.wording.personal.digits import DASHES, Cluster
from gongkai.wording.personal.names import Name
from gongkai.wording.personal.on_duty import is_on_duty
from gongkai.wording.personal.surroundings import Hit, in_a_decimal, sentence_start, touches

_MOBILE = re.compile(r"(?=(1[3-9]\d{9}))", re.ASCII)
_COUNTRY = ("86", "0086")
_AMOUNT = re.compile(
    r"(?!多次)\s*(?:余|多)?(?:万|亿)?(?:[元条件次份个篇人吨亩]|平方|立方|公里|千瓦|美元|欧元|日元|度电?)"
)
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
_DOTTED = re.compile(r"1[3-9]\d[.·]\d{4}[.·]\d{4}(?![\d.])", re.ASCII)
_SPOKEN = re.compile(r"[一幺][三四五六七八九][〇零一二三四五六七八九幺]{9}(?![〇零一二三四五六七八九幺])")
_INSIDE = frozenset("0123456789.")
# Words that show a telephone to be published as the office's own …
_OFFICE = re.compile(
    r"联系电话|咨询|办公|受理|监督|值班|热线|传真|单位|机构|地址|邮编|邮箱|举报|服务电话|联系方式|联系人|工作人员"
    r"|如(?:对|有)|疑问|联系|镇|局|政府|办公室|专线"
)
# A person is asked for by 联系电话 too: a mobile number is the office's only beside a word for an office.
_OFFICE_WORD = re.compile(
    r"办公|办事处|政府|(?<![我本])局|委员会|中心|派出所|村委会|居委会|窗口|大厅|单位|机构|机关|热线|专线|值班|监督|受理|举报电话"
    r"|投诉电话|服务电话|工作人员|传真|邮编|(?:党政|公开|民政|财政|综合|经济)办|如[对有]|疑问|咨询(?:电话|热线|[:(])"
)
_INSTITUTION = re.compile(r"中心|派出所|医院|学校|大厅|窗口|委员会|支队|大队|客服|公司|银行|酒店|电话")
# … and words that make it a private person's.
_PRIVATE = re.compile(
    r"申请人|申请者|原告|第三人|投诉人|举报人|信访人|当事人|家庭电话|住宅电话|宅电|家中电话|个人电话|本人|身份证|户主"
    r"|来信人|来电人|反映人|被害人|受害人|死者家属|家长|监护人|业主|住户|患者|农户|村民|居民"
)
_HOME_PHONE = re.compile(r"(?:家庭电话|住宅电话|宅电|家中电话|家里电话)[^。;\n\d]{0,4}\Z")
_TO_CALL = re.compile(r"可|(?<!申)请|拨打|咨询|办公|受理|监督|传真|热线")  # 申请人可拨打咨询电话……
_TO_ASK = re.compile(r"[)\s]{0,2}(?:进行)?(?:咨询|查询)")  # 申请人来电……咨询: the office is called
# PII.TEL. The area code stands apart from the number, in brackets, or the words before say telephone.
_LANDLINE = re.compile(
    rf"(?:\((?:0\d{{2,3}})\)|0\d{{2,3}})[ {DASHES}]{{0,3}}\d{{3,4}}[ {DASHES}]?\d{{4}}(?![\dA-Za-z/])"
)
_LOCAL = re.compile(rf"[2-8]\d{{2,3}}[ {DASHES}]?\d{{4}}(?![\dA-Za-z/])")
_NAME_BEFORE = re.compile(
    r"(?<![一-龥])([一-龥]{2,4}?)(?:先生|女士|同志)?[,:(、\s]{0,3}(?:(?:联系)?(?:手机|电话|方式)(?:号码|号)?)?[:为是\s]{0,3}\Z"
)
_RUN_ON = re.compile(r"\d")


def mobile_numbers(text: str, cluster: Cluster, names: Sequence[Name]) -> Iterator[Hit]:
    """PII.MOB in a cluster of digits, with +86, spaces or hyphens."""
    for found in _MOBILE.finditer(cluster.digits):
        start, end = _start(cluster, found.start(1)), cluster.ends.get(found.end(1))
        if start is None or end is None or in_a_decimal(text, start, end) or _AMOUNT.match(text, end):
            continue
        cue = cue_before(text, start)
        if cue in ("code", "credit", "amount", "card") or _is_part(text, cluster, found, start, end, cue):
            continue
        groups = cluster.inside(found.start(1), found.end(1))
        if groups and not _reads_as_phone(text, cluster, start, found.start(1), groups, cue, names):
            continue
        role = _role(text, start, names)
        yield Hit("PII.MOB", start, end, role, "duty" if role == "private" and _of_duty(text, start) else "")


def _of_duty(text: str, start: int) -> bool:
    """Whether the number is given with the name of somebody on duty (联系人：某某 138…)."""
    before = _NAME_BEFORE.search(text, max(0, start - 24), start)
    return before is not None and is_on_duty(text, before.start(1))


def _start(cluster: Cluster, first: int) -> int | None:
    """The index in the text of the digits from `first`, if a group begins or a country code ends there."""
    for code in ("", *_COUNTRY):
        before = first - len(code)
        if before in cluster.starts and cluster.digits[before:first] == code:
            return cluster.starts[before] + len(code)
    return None


def _is_part(text: str, cluster: Cluster, found: re.Match[str], start: int, end: int, cue: str) -> bool:
    """Whether the eleven digits are a part of a code: glued to letters, or hyphened to other digits."""
    first, last = found.start(1), found.end(1)
    before = cluster.group_before(first)
    gap = cluster.gaps.get(first, "")
    if before and gap.strip() != "" and before not in _COUNTRY and not _MOBILE.match(before):
        return True
    if before and gap == "":  # right behind an x: that must be the end of an identity number
        return before not in _COUNTRY and (not cluster.digits[:first].endswith("X") or first < 18)
    after_gap = cluster.gaps.get(last, " ")
    after = len(cluster.digits) - last
    if after_gap.strip() and after > 4 and not _MOBILE.match(cluster.digits[last:]):
        return True
    if text[start - 1 : start] == "第" and text[end : end + 1] in ("号", "期", "次", "条"):
        return True  # 第13805971234号令
    if cue == "phone" and "/" in (text[start - 1 : start], text[end : end + 1]):
        return False  # 手机13800138000/13900139000
    return not before and touches(text, start, end)


def _reads_as_phone(
    text: str,
    cluster: Cluster,
    start: int,
    first: int,
    groups: list[int],
    cue: str,
    names: Sequence[Name],
) -> bool:
    """Three figures of a table can stand like 138 2013 8000: hyphens or words must speak of a telephone."""
    if groups == [first + 3, first + 7]:
        gaps = {cluster.gaps[offset].strip() for offset in groups}
        if all(gaps):
            return True
    coded = cluster.group_before(first) in _COUNTRY
    return cue == "phone" or coded or _person_before(text, start, names)


def _person_before(text: str, start: int, names: Sequence[Name]) -> bool:
    return stands_between(names, sentence_start(text, start, 30), start) or bool(
        _PRIVATE.search(text, sentence_start(text, start, 20), start)
    )


def spoken_numbers(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    """A mobile number in Chinese digits or with dots (138.0013.8000), where the words say telephone."""
    for found in chain(_SPOKEN.finditer(text), _DOTTED.finditer(text)):
        whole = text[found.start() - 1 : found.start()] not in _INSIDE
        if whole and cue_before(text, found.start()) == "phone":
            yield Hit("PII.MOB", found.start(), found.end(), _role(text, found.start(), names))


def bare_digits(words: str) -> str:
    """The digits of a number as written, Chinese ones as Arabic, nothing else.

    >>> bare_digits("+86 138-0013 8000"), bare_digits("一三八〇〇一三八〇〇〇")
    ('8613800138000', '13800138000')
    """
    return re.sub(r"\D", "", words.translate(_CHINESE_DIGITS))


def telephones(text: str, names: Sequence[Name], taken: Sequence[Hit]) -> list[Hit]:
    """PII.TEL: of a person (`private`), of the office (left out), or of nobody the words name (`unclear`)."""
    spans = {index for hit in taken for index in range(hit.start, hit.end)}
    hits = []
    for found in _LANDLINE.finditer(text):
        start, end = found.span()
        before = text[start - 1 : start] if start else ""
        if (
            (before.isascii() and before.isalnum())
            or before in ("-", "/", ".", "_")
            or not spans.isdisjoint(range(start, end))
        ):
            continue
        digits = bare_digits(found.group())
        if not 10 <= len(digits) <= 12 or text[end : end + 1] == ".":
            continue
        cue = cue_before(text, start)
        if (found.group().isdigit() and cue != "phone") or cue in ("code", "credit", "amount", "card"):
            continue
        role = _landline_role(text, start, end, names)
        if role:
            hits.append(Hit("PII.TEL", start, end, role))
    known = {hit.start for hit in hits}
    hits += [hit for hit in _home_numbers(text) if hit.start not in known and hit.start not in spans]
    return hits


def _landline_role(text: str, start: int, end: int, names: Sequence[Name]) -> str:
    if beside_a_person(text, start, names):
        return "" if _TO_ASK.match(text, end) else "private"
    first = max(sentence_start(text, start), start - 60)
    if _of_duty(text, start):
        return ""
    office = _OFFICE.search(text, first, start) or _INSTITUTION.search(text, first, start)
    return "" if office or cue_before(text, start) == "phone" else "unclear"


def _home_numbers(text: str) -> Iterator[Hit]:
    """A number without area code right behind words that say it is a home's."""
    if "宅电" not in text and "家庭电话" not in text and "家中电话" not in text and "住宅电话" not in text:
        return
    for found in _LOCAL.finditer(text):
        if _RUN_ON.match(text[found.start() - 1 : found.start()] or " "):
            continue
        if _HOME_PHONE.search(text, max(0, found.start() - 10), found.start()):
            yield Hit("PII.TEL", found.start(), found.end(), "private")


def _role(text: str, start: int, names: Sequence[Name]) -> str:
    """`contact` where a mobile number is given as the office's own, else `private`."""
    if beside_a_person(text, start, names):
        return "private"
    return (
        "contact"
        if _OFFICE_WORD.search(text, max(sentence_start(text, start), start - 40), start)
        else "private"
    )


def beside_a_person(text: str, start: int, names: Sequence[Name]) -> bool:
    """Whether the sentence speaks of a private person before the number, and does not ask to call it."""
    if _TO_CALL.search(text, max(0, start - 14), start):
        return False
    sentence = sentence_start(text, start)
    return stands_between(names, sentence, start) or bool(_PRIVATE.search(text, sentence, start))


def stands_between(names: Sequence[Name], first: int, last: int) -> bool:
    """Whether one of the names, which are in order, begins from `first` up to, not at, `last`."""
    index = bisect_left(names, last, key=lambda name: name.start)
    return index > 0 and names[index - 1].start >= first
