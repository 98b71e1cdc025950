"""Mail boxes, number plates, homes and health (PII.MAIL, PII.L3, PII.CAR, PII.ADDR, PII.HEALTH)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from gongkai.wording.personal.names import Name
from gongkai.wording.personal.numbers import Hit, stands_between

_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}\s?@\s?((?:[A-Za-z0-9-]+\s?\.\s?)+[A-Za-z]{2,6})")
_PRIVATE_BOX = re.compile(r"申请人|申请者|原告|第三人|投诉人|举报人|个人邮箱|私人邮箱|本人邮箱")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?<![A-Za-z0-9].)"
    r"[A-HJ-NP-Z]\s?[·•.]?\s?(?=[A-HJ-NP-Z0-9]{0,5}\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_HOME_CUE = re.compile(
    r"家庭住址|家庭地址|家住|住址|现住|常住地址|户籍地|户籍所在地|户籍位于|户口所在地|居住[地在于]|住(?=[^宿房建所院户宅址])"
)
_HOME_LINK = re.compile(r"[址地]{0,2}[:为是于在]{0,2}\s?")
_HOME = re.compile(
    r"[^。;!?,:\n、]{2,40}?(?:\d+|[一二三四五六七八九十]+)\s?(?:号楼|号院|号|室|单元|组|栋|幢|弄)"
    r"[^。;!?,:\n、()]{0,12}"
)
_HOME_END = re.compile(r".*(?:号楼|号院|号|室|单元|组|栋|幢|弄|层|户)")
_WAY = re.compile(r"[路街巷村组弄里屯社区庄寨园苑楼栋幢胡同小区]")
_HEALTH = re.compile(
    r"患有?[一-龥]{1,8}?(?:病|症|癌|炎|瘤)|(?:智力|肢体|视力|听力|精神)残疾|精神分裂|精神障碍|精神病|残疾|低保(?!名单|政策|标准|资金|信息|金|发放|审[核批])"
    r"|艾滋病|癌症|尿毒症|白血病|抑郁症|结核|肝炎|梅毒|吸毒|病历|流产|怀孕"
)
# How far from a name a word of illness still speaks of its bearer.
_NEAR = 15


def find_contacts(text: str, names: Sequence[Name]) -> list[Hit]:
    """Mail boxes, plates, homes and words of health in simplified text."""
    hits: list[Hit] = []
    if "@" in text:
        hits += _mail_boxes(text, names)
    hits += [Hit("PII.CAR", found.start(), found.end(), "private") for found in _PLATE.finditer(text)]
    hits += _homes(text)
    if names:
        hits += _health(text, names)
    return hits


def _mail_boxes(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    """A box beside a private person is that person's; else a commercial one is a poor contact (PII.L3)."""
    for found in _MAIL.finditer(text):
        earliest = max(0, found.start() - 200)
        sentence = max(earliest, *(text.rfind(stop, earliest, found.start()) + 1 for stop in "。;\n"))
        private = stands_between(names, sentence, found.start())
        if private or _PRIVATE_BOX.search(text, max(sentence, found.start() - 20), found.start()):
            if not _is_official(found.group(1)):
                yield Hit("PII.MAIL", found.start(), found.end(), "private")
        elif "".join(found.group(1).lower().split()) in commercial_mailboxes():
            yield Hit("PII.L3", found.start(), found.end(), "contact")


def _is_official(domain: str) -> bool:
    return "".join(domain.lower().split()).endswith(".gov.cn")


@cache
def commercial_mailboxes() -> frozenset[str]:
    """Domains of commercial mail providers, from data/commercial_mailboxes.txt."""
    data = resources.files("gongkai.wording").joinpath("data/commercial_mailboxes.txt").read_text("utf-8")
    return frozenset(line.strip() for line in data.splitlines() if line and not line.startswith("#"))


def _homes(text: str) -> Iterator[Hit]:
    """An address with a number of a house or a group after a word of residence, which no office has."""
    for cue in _HOME_CUE.finditer(text):
        if cue.group() == "住" and text[cue.start() - 1 : cue.start()] not in ("(", ","):  # 某某(住某镇…)
            continue
        link = _HOME_LINK.match(text, cue.end())
        start = link.end() if link else cue.end()
        found = _HOME.match(text, start)
        if found and _WAY.search(found.group()):
            last = _HOME_END.match(found.group())
            yield Hit("PII.ADDR", start, start + (last.end() if last else len(found.group())), "private")


def _health(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    for found in _HEALTH.finditer(text):
        index = bisect_left(names, found.start(), key=lambda name: name.start)
        neighbours = names[max(0, index - 1) : index + 1]
        if any(_near(text, found.start(), found.end(), name) for name in neighbours):
            yield Hit("PII.HEALTH", found.start(), found.end(), "private")


def _near(text: str, start: int, end: int, name: Name) -> bool:
    """Whether the words stand in one clause with the name, a few characters away."""
    first, last = (name.end, start) if name.end <= start else (end, name.start)
    return 0 <= last - first <= _NEAR and not re.search(r"[。;!?\n]", text[first:last])
