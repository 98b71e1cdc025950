"""Whose report it is and of which year: from the title, else from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gongkai.annual.interpreting.narrative import Paragraph
from gongkai.wording.normal import simplify

_TITLE = re.compile(r"年度?(?:工作)?报告?|年报|工作报告|情况报告")
_SUBJECT = re.compile(r"(?:政府)?信息公开|政务公开")
_NOT_TITLE = re.compile(r"[>〉»:。]|当前位置|首页|索引号|格式|第五十条|编制|附件")
_SENTENCE = re.compile("根据|按照|条例|现将|如下|我[省市县区镇乡局办委院厅]")
LINES_BEFORE_FIRST_SECTION = 60
LONGEST_TITLE = 60
_YEAR = re.compile(r"(20[0-4]\d)\s*年?度?")
_HAN_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
    "o": "0",
}
_HAN_YEAR = re.compile(r"二[〇○零Oo0][〇○零一二三四五六七八九Oo0]{2}(?=\s*年)")
_PERIOD = re.compile(r"(20[0-4]\d)\s*年\s*1\s*月\s*1\s*日.{0,8}12\s*月\s*31\s*日")
_BODY_YEAR = re.compile(r"(20[0-4]\d)\s*年(?!\s*\d{1,2}\s*月)")
_ANY_DATE = re.compile(r"(20[0-4]\d)\s*[年.\-/]")
_HAN = "\u4e00-\u9fa5"
_SUFFIX = (
    "(?:人民政府办公[厅室]|人民政府|街道办事处|办事处|管理委员会|管委会|委员会|办公[厅室]|公安局|[分总]局|局|厅|"
    "[总支大]队|中心|法院|检察院|联合会|协会|公司|集团|医院|学校|大学|学院|银行|支行|署|委|办|社|馆|所|站|部|院)"
)
_ORGAN_END = re.compile(_SUFFIX + "$")
_PLACE_END = re.compile("[省市县区镇乡旗州盟]$|街道$|新区$|开发区$")
_BODY_ORGAN = re.compile(
    rf"(?:^|[。、(\s,;:由年])([{_HAN}]{{2,16}}?(?:人民政府办公[厅室]|人民政府|办事处|管理?委员会|管委会|委员会|局|厅|办公室))"
    r"(?=[积认严高坚深按根在全始围以切对将结持贯牢紧依共主办政充扎加进不信]|$|[。(,;])"
)
_BODY_PLACE = re.compile(
    rf"(?:^|[。,\s年])([{_HAN}]{{2,5}}(?:[镇乡]|街道))(?=[积认严高坚深按根在始围以切持贯牢紧依共主扎加进])",
    re.MULTILINE,
)
# The title within a sentence: 现公布某区统计局2023年政府信息公开工作年度报告。
_TITLE_IN_TEXT = re.compile(
    rf"(?:公布|编制|发布|公开|编写|形成|[《,;])(?:了|本)?([{_HAN}]{{3,30}}?)\s*(20[0-4]\d)\s*年度?\s*政府信息公开(?:工作)?(?:情况)?年度报告"
)
# What stands before a name in a sentence and is no part of it.
_LEAD = re.compile("公布|编制|发布|编写|形成|现将|请与|根据|按照|做好|关于|报告|通过")
_NOT_OWN_NAME = re.compile(
    r"国务院|[大全格结布]局|成文日期|[我本各]|设在|负责|由|相关|有关|年度|报告|^[省市县区]政府"
)
_UNDERSIGNED = re.compile(
    rf"(?:填报单位|单位名称|报告单位|发布机构|信息来源)[^{_HAN}]{{0,8}}([{_HAN}]{{4,24}})"
)


def title_of(front: Sequence[str], page_title: str = "") -> str | None:
    """The report's title out of the lines before its first section; a title broken over lines is joined.

    `page_title` is what a web page calls itself: it tells the title from those of a list of links.
    """
    found = find_title(front[-LINES_BEFORE_FIRST_SECTION:], page_title)
    if found is not None:
        return found[0]
    parts = re.split(r"[_|｜—–]|\s-\s", page_title)
    return next((part.strip() for part in parts if _SUBJECT.search(part) and year_in(part)), None)


def find_title(lines: Sequence[str], page_title: str = "") -> tuple[str, int] | None:
    """The likeliest title among the lines and the index of the line it begins in.

    Of titles as likely as each other the last: lists of links to other years' reports stand above it.
    """
    page = re.sub(r"\s+", "", page_title)
    best: tuple[int, int, str] | None = None
    for i, line in enumerate(lines):
        text = re.sub(r"\s+", "", line)
        if i + 1 < len(lines) and _SUBJECT.search(text) and not _TITLE.search(simplify(text)):
            text += re.sub(r"\s+", "", lines[i + 1])  # broken within its last words: …年度 / 报告
        plain = simplify(text)
        if len(text) > LONGEST_TITLE or not _TITLE.search(plain) or _SENTENCE.search(plain):
            continue
        text, first = _joined(lines, i, text)
        score = 2 * bool(_SUBJECT.search(text)) + 2 * bool(year_in(text)) + 2 * ("年度报告" in simplify(text))
        score += bool(_organ_in(text)) - 3 * bool(_NOT_TITLE.search(simplify(text)))
        score += 3 * (text in page) + (bool(page) and _organ_in(text) in page)
        if score >= 2 and (best is None or score >= best[0]):
            best = (score, first, text)
    return (best[2], best[1]) if best else None


def _joined(lines: Sequence[str], index: int, text: str) -> tuple[str, int]:
    """Put the lines above before a title that begins in its middle; gives also the first line's index."""
    first = at = index
    while at > 0 and first - at < 3:
        at -= 1
        above = re.sub(r"\s+", "", lines[at])
        if not above:
            continue
        if re.fullmatch(r"20[0-4]\d年?", above):
            text, first = above + text, at  # the year on a line of its own
            continue
        if _organ_in(text) or len(above) > 32 or _NOT_TITLE.search(simplify(above)) or _TITLE.search(above):
            break
        if not re.search(rf"[{_HAN}]{{2}}", simplify(above)):
            break
        text, first = above + text, at
    return text, first


def year_in(text: str) -> int | None:
    """The year a text names: 2024年, 2024 年度, 二〇二四年."""
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    han = _HAN_YEAR.search(text)
    return int("".join(_HAN_DIGITS.get(c, c) for c in han.group().replace("二", "2"))) if han else None


def year_of(title: str | None, paragraphs: Sequence[Paragraph]) -> int | None:
    """The report's year: the title's, else the period the text states, else the year it speaks of most."""
    if title and (year := year_in(simplify(title))):
        return year
    text = "\n".join(p.text for p in paragraphs)
    if period := _PERIOD.search(text):
        return int(period[1])
    if named := _TITLE_IN_TEXT.search(simplify(text)):
        return int(named[2])
    front = "\n".join(p.text for p in paragraphs if p.section == "front")
    if (head := re.search(r"\(?\s*(20[0-4]\d)\s*年度\s*\)?", simplify(front))) is not None:
        return int(head[1])
    counts = Counter(int(y) for p in paragraphs for y in _BODY_YEAR.findall(p.text))
    if not counts:
        counts = Counter(int(y) for p in paragraphs for y in _ANY_DATE.findall(p.text))
    if not counts:
        return year_in(simplify(text[:2000]))
    most = max(counts.values())
    return max(year for year, count in counts.items() if count == most)


def _organ_in(title: str) -> str:
    """What a title names before its subject: the organ."""
    text = _HAN_YEAR.sub("", _YEAR.sub("", simplify(title)))
    subject = _SUBJECT.search(text)
    text = text[: subject.start()] if subject else _TITLE.split(text)[0]
    if not subject and not _ORGAN_END.search(text) and not _PLACE_END.search(text):
        return ""
    text = re.sub(r"^(?:附件\d*|关于|公布|发布|印发|度)+|年度?|[《》\s\"“”():：—-]", "", text)
    text = re.sub(r"(?:关于|工作|年)$", "", text)
    return text if re.fullmatch(rf"[{_HAN}·]{{2,40}}", text) else ""


def organ_of(title: str | None, paragraphs: Sequence[Paragraph]) -> str | None:
    """The organ's name, as full as the report itself gives it."""
    name = _organ_in(title) if title else ""
    named = _TITLE_IN_TEXT.search(simplify("\n".join(p.text for p in paragraphs[:12])))
    whole = _LEAD.split(named[1])[-1] if named else ""
    if whole.endswith(name) and (_ORGAN_END.search(whole) or _PLACE_END.search(whole)):
        name = whole
    if not name:
        return _organ_in_text(paragraphs)
    name = _with_office(name)
    front = simplify("\n".join(p.text for p in paragraphs if p.section == "front"))
    for match in re.finditer(rf"([{_HAN}]{{2,20}}){re.escape(name)}", front):
        prefix = re.split("[由据是和与在按向及对]|报告|本", match[1])[-1]
        if re.fullmatch(rf"[{_HAN}]{{1,8}}[省市州盟县区旗]", prefix):
            return prefix + name
    return name


def _with_office(name: str) -> str:
    """A place's name made its government's: 溪口镇 -> 溪口镇人民政府."""
    if _ORGAN_END.search(name) or not _PLACE_END.search(name):
        return name
    return name + ("办事处" if name.endswith("街道") else "人民政府")


def _organ_in_text(paragraphs: Sequence[Paragraph]) -> str | None:
    for paragraph in paragraphs:
        if signed := _UNDERSIGNED.search(paragraph.text):
            return str(signed[1])
    text = "\n".join(p.text for p in paragraphs)
    names = (_LEAD.split(name)[-1] for name in _BODY_ORGAN.findall(simplify(text)))
    counts = Counter(name for name in names if len(name) >= 3 and not _NOT_OWN_NAME.search(name))
    if not counts:
        place = _BODY_PLACE.search(simplify(text))
        return _with_office(place[1]) if place else None
    most = max(counts.values())
    return str(next(name for name, count in counts.items() if count == most))
