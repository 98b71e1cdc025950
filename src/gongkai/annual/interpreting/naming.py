"""Whose report it is and of which year: from the title, else from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.annual.interpreting.narrative import Paragraph
from gongkai.annual.interpreting.organ_names import (
    HAN,
    is_organ_name,
    name_before_subject,
    named_fully,
    with_office,
)
from gongkai.annual.interpreting.titles import find_title, period_in, title_of, year_in
from gongkai.wording.normal import simplify

__all__ = ["find_title", "organ_of", "title_of", "year_in", "year_of"]

_BODY_YEAR = re.compile(r"(20[0-4]\d)\s*年(?!\s*\d{1,2}\s*月)")
_ANY_DATE = re.compile(r"(20[0-4]\d)\s*[年.\-/]")
_YEAR_UNDER_TITLE = re.compile(r"\(?\s*(20[0-4]\d)\s*年度\s*\)?")
_BODY_ORGAN = re.compile(
    rf"(?:^|[。、(\s,;:由年度])([{HAN}]{{2,16}}?(?:人民政府办公[厅室]|人民政府|办事处|管理?委员会|管委会|委员会|局|厅|办公室))"
    r"(?=[积认严高坚深按根在全始围以切对将结持贯牢紧依共主办政充扎加进不信]|$|[。(,;])"
)
_BODY_PLACE = re.compile(
    rf"(?:^|[。,\s年])([{HAN}]{{2,5}}(?:[镇乡]|街道))(?=[积认严高坚深按根在始围以切持贯牢紧依共主扎加进])",
    re.MULTILINE,
)
# The title within a sentence: 现公布某区统计局2023年政府信息公开工作年度报告。
_TITLE_IN_TEXT = re.compile(
    rf"(?:公布|编制|发布|(?<!信息)(?<!政务)公开|编写|形成|[《,;])(?:了|本)?([{HAN}]{{3,30}}?)\s*(20[0-4]\d)\s*年度?\s*政府信息公开(?:工作)?(?:情况)?年度报告"
)
# The title in a page saved as one line: behind a gap, not behind the colon of 上一篇：.
_TITLE_IN_LINE = re.compile(
    rf"(?:^|[\s|\u3000])([{HAN}()]{{3,30}}?)\s*(20[0-4]\d)\s*年度?\s*政府信息公开(?:工作)?(?:年度报告|年报)(?!\s*20\d\d-)"
)
# What stands before a name in a sentence and is no part of it.
_LEAD = re.compile("公布|编制|发布|编写|形成|现将|请与|根据|按照|做好|关于|报告|年报|通过|年度|^度")
_NOT_OWN_NAME = re.compile(
    r"国务院|[大全格结布]局|成文日期|[我本各]|设在|负责|由|相关|有关|年度|年报|报告|公开|^[省市县区]政府"
    "|^(?:公|办公)室|^(?:党)?委员会"
)
# Fields around the text that name who published it, as content systems print them.
_SIGNED = re.compile(
    rf"(?:填报单位|单位名称|报告单位|发布机构|发文机关|发布单位|信息来源|来源)[^{HAN}]{{0,8}}(?:盖章)?[^{HAN}]{{0,4}}([{HAN}()]{{4,40}})"
)
_SIGNED_ABOVE = re.compile(
    r"\s*(?:填报单位|单位名称|报告单位|发布机构|发文机关|发布单位)(?:\(盖章\))?\s*:?\s*"
)
_NEXT_FIELD = re.compile(
    "成文|发布|发文|生成|公开|索引|主题|浏览|阅读|点击|时间|来源|责任|编辑|作者|文号|名称|日期|字号|字体|打印|分享|联系|审核|填报|体裁|有效|负责|\\("
)
_CONTACT = re.compile(rf"(?:请|可|欢迎)(?:与|向|致电|联系)([{HAN}]{{4,30}}?)(?:联系|反映|咨询|\()")
# The title stands among the first paragraphs.
_FIRST_PARAGRAPHS = 12
# Who is to be asked is an office within the organ: 云岭县教育局办公室. A county government's is an organ.
_OWN_OFFICE = re.compile(
    r"(?:(?<=[局厅])|(?<=[镇乡]人民政府)|(?<=办事处)|(?<=委员会))(?:党政|党政综合|综合|政务公开|信息公开|行政)?(?:办公室|办|科|股|室)$"
)


def year_of(title: str | None, paragraphs: Sequence[Paragraph]) -> int | None:
    """The report's year: the title's, else the period the text states, else the year it speaks of most."""
    if title and (year := year_in(simplify(title))):
        return year
    text = simplify("\n".join(p.text for p in paragraphs))
    if period := period_in(text):
        return period
    if named := _TITLE_IN_TEXT.search(text) or _TITLE_IN_LINE.search(text):
        return int(named[2])
    front = simplify("\n".join(p.text for p in paragraphs if p.section == "front"))
    if head := _YEAR_UNDER_TITLE.search(front):
        return int(head[1])
    texts = [simplify(p.text) for p in paragraphs]
    counts = Counter(int(y) for one in texts for y in _BODY_YEAR.findall(one))
    if not counts:
        counts = Counter(int(y) for one in texts for y in _ANY_DATE.findall(one))
    if not counts:
        return year_in(text[:2000])
    most = max(counts.values())
    return max(year for year, count in counts.items() if count == most)


def organ_of(title: str | None, paragraphs: Sequence[Paragraph]) -> str | None:
    """The organ's name, as full as the report itself gives it, in simplified characters."""
    texts = [simplify(p.text) for p in paragraphs]
    whole_text = "\n".join(texts)
    name = name_before_subject(simplify(title)) if title else ""
    named = _TITLE_IN_TEXT.search("\n".join(texts[:_FIRST_PARAGRAPHS]))
    whole = _LEAD.split(named[1])[-1] if named else ""
    if whole.endswith(name) and named_fully(whole):
        name = whole
    name = name or _beside_title(simplify(title or ""), texts)
    if not name:
        return _printed(_organ_in_text(texts))
    if name.endswith("政府") and not name.endswith("人民政府"):
        name = with_office(name[:-2], whole_text) if named_fully(name[:-2]) else name
    name = with_office(name, whole_text)
    front = "\n".join(text for text, p in zip(texts, paragraphs, strict=True) if p.section == "front")
    return _printed(_with_place_above(name, front))


def _with_place_above(name: str, front: str) -> str:
    """A name with the place above it, where the first lines give it: 云岭市 + 溪口区人民政府."""
    for match in re.finditer(rf"([{HAN}]{{2,20}}){re.escape(name)}", front):
        prefix = re.split("[由据是和与在按向及对]|报告|本", match[1])[-1]
        if re.fullmatch(rf"[{HAN}]{{1,8}}[省市州盟县区旗]", prefix):
            return prefix + name
    return name


def _printed(name: str | None) -> str | None:
    return name.replace("(", "（").replace(")", "）") if name else None


def _beside_title(title: str, texts: Sequence[str]) -> str:
    """The organ behind the title, in brackets or on the next line: 2023年政府信息公开年报 / 云岭县教育局."""
    if behind := re.search(rf"报告[(—-]+([{HAN}]{{3,30}})\)?$", title):
        return behind[1] if is_organ_name(behind[1]) else ""
    compact = "".join(title.split())
    lines = ["".join(text.split()) for text in texts]
    at = next((i for i, line in enumerate(lines) if len(line) > 8 and compact.endswith(line)), None)
    below = lines[at + 1 : at + 4] if at is not None else []
    return next((line for line in below if len(line) > 3 and is_organ_name(line)), "")


def _organ_in_text(texts: Sequence[str]) -> str | None:
    """The organ where no title names it: who signs, who is to be asked, who the text speaks of most."""
    for at, text in enumerate(texts):
        if _SIGNED_ABOVE.fullmatch(text) and at + 1 < len(texts) and is_organ_name(texts[at + 1].strip()):
            return texts[at + 1].strip()
        if signed := _SIGNED.search(text):
            name = _NEXT_FIELD.split(signed[1])[0]
            if len(name) >= 4 and named_fully(name):
                return name
    whole = "\n".join(texts)
    if (titled := _TITLE_IN_LINE.search(whole)) and is_organ_name(titled[1]):
        return with_office(titled[1], whole)
    if (asked := _CONTACT.search(whole)) and is_organ_name(asked[1]) and not _NOT_OWN_NAME.search(asked[1]):
        return _OWN_OFFICE.sub("", asked[1])
    names = (_LEAD.split(name)[-1] for name in _BODY_ORGAN.findall(whole))
    counts = Counter(name for name in names if len(name) >= 3 and not _NOT_OWN_NAME.search(name))
    if not counts:
        place = _BODY_PLACE.search(whole)
        return with_office(place[1], whole) if place else None
    most = max(counts.values())
    return next(name for name, count in counts.items() if count == most)
