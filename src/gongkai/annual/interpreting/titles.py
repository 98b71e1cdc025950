"""The report's title among the lines before its text; on a page of the web most of these are links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.annual.interpreting.organ_names import HAN, is_organ_name, name_before_subject
from gongkai.wording.normal import simplify

SUBJECT = re.compile(r"(?:政府)?信息公开|政务公开")
LINES_BEFORE_FIRST_SECTION = 60
LONGEST_TITLE = 70
_LONGEST_LINE_OF_TITLE = 40
_TITLE = re.compile(
    r"年度?(?:工作)?报告?|年报|工作报告|情况(?:的)?报告|工作(?:情况)?(?:的)?(?:年度)?总结|年度总结"
)
_NOT_TITLE = re.compile(
    r"[>〉»:。]|当前位置|首页|索引号|格式|第五十条|编制|附件|指南|目录|[上下]一[篇条页则]|点击|下载"
)
_SENTENCE = re.compile("根据|按照|条例|现将|如下|我[省市县区镇乡局办委院厅]")
_OTHER_SUBJECT = re.compile("法治政府|预算|决算|统计公报|招标|采购公告|人大|政协")
# Behind the title of a link stands the day it was published; before it a bullet, or which way it leads.
_DAY_BEHIND = re.compile(r"[(\[]?20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?[)\]]?(?:\d{1,2}:\d\d(?::\d\d)?)?$")
_LINK_BEFORE = re.compile(r"^(?:[•●·▪■◆◇○◎*+>»›-]+|[上下]一[篇条页则]:?|相关(?:链接|阅读|文章)?:?)")
_FIELD = re.compile(r"^(?:名称|标题|题名|信息名称|文件名称|文章标题|主题):")
# Wide gaps part the columns of a page saved as text; a title is set wide letter by letter, never in halves.
_GAPS = re.compile(r"\t+| {3,}")
_YEAR_ALONE = re.compile(r"[(《]?(20[0-4]\d)年?度?[)》]?")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*年?度?(?!\d)")
_YEAR_WITH_WORD = re.compile(r"(?<!\d)20[0-4]\d年度?")
_YEAR_MISSING = re.compile(r"^年(?=.{2,30}公开)|(?<!\d)年(?=度?(?:政府信息|政务|信息)公开)")
_PERIOD = re.compile(r"(20[0-4]\d)\s*年\s*1\s*月\s*1\s*日.{0,8}12\s*月\s*31\s*日")
_HAN_YEAR = re.compile(r"二[〇○零Oo0][〇○零一二三四五六七八九Oo0]{2}(?=\s*年)")
_HAN_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○Oo", "0")
# A title with this score names subject, year and report; with less it yields to what the page is called.
_SURE = 6


class _Line(NamedTuple):
    """A line without its spaces, as written and simplified; `number`, from 0, of the line it is part of."""

    text: str
    plain: str
    number: int


def year_in(text: str) -> int | None:
    """The year a text names: 2024年, 2024 年度, 二〇二四年."""
    if match := _YEAR.search(text):
        return int(match[1])
    han = _HAN_YEAR.search(text)
    return int("".join(_HAN_DIGITS.get(c, c) for c in han.group().replace("二", "2"))) if han else None


def period_in(text: str) -> int | None:
    """The year whose first and last day a text states as the period of its figures."""
    match = _PERIOD.search(text)
    return int(match[1]) if match else None


def title_of(front: Sequence[str], page_title: str = "") -> str | None:
    """The report's title out of the lines before its first section; a title broken over lines is joined.

    `page_title` is what a web page calls itself: it tells the title from those of a list of links.
    """
    found = _likeliest(front[-LINES_BEFORE_FIRST_SECTION:], page_title)
    if found is not None and found[0] >= _SURE:
        return found[2]
    parts = (part.strip() for part in re.split(r"[_|｜—–]|\s-\s", page_title))
    named = next((part for part in parts if SUBJECT.search(part) and year_in(part)), None)
    return named or (found[2] if found else None)


def find_title(lines: Sequence[str], page_title: str = "") -> tuple[str, int] | None:
    """The likeliest title among the lines and the index of the line it begins in.

    Of titles as likely as each other the last: lists of links to other years' reports stand above it.
    """
    found = _likeliest(lines, page_title)
    return (found[2], found[1]) if found else None


def _likeliest(lines: Sequence[str], page_title: str) -> tuple[int, int, str] | None:
    """Score, index of the first line and text of the likeliest title."""
    parts = _parts(lines)
    page = simplify(re.sub(r"\s+", "", page_title))
    period = period_in(simplify("\n".join(lines)))
    links = [_is_link(part) for part in parts]
    best: tuple[int, int, str] | None = None
    for at in range(len(parts)):
        text, last = _with_end(parts, at)
        plain = simplify(text)
        if len(text) > LONGEST_TITLE or not _TITLE.search(plain) or _SENTENCE.search(plain):
            continue
        text, first = _with_beginning(parts, links, at, text)
        score = _score(text, page, period) - 4 * any(links[at : last + 1])
        text = _bare(text)
        if score >= 2 and (best is None or score >= best[0]):
            best = (score, parts[first].number, text)
    return best


def _parts(lines: Sequence[str]) -> list[_Line]:
    """The lines that say anything, cut where wide gaps part columns, without their spaces."""
    parts: list[_Line] = []
    for index, line in enumerate(lines):
        pieces = _GAPS.split(simplify(line).strip()) if "\t" in line or "   " in line else [line]
        if len(pieces) > 1 and "\t" not in line and min(len(piece) for piece in pieces) < 4:
            pieces = [line]
        for piece in _without_way(pieces):
            text = re.sub(r"\s+", "", piece)
            plain = simplify(text)
            if re.search(rf"[{HAN}\d]", plain):
                parts.append(_Line(text, plain, index))
    return _with_fallen_years(parts)


def _with_fallen_years(parts: Sequence[_Line]) -> list[_Line]:
    """The lines with a year put back before its 年, where it fell to the next line, being set lower."""
    found: list[_Line] = []
    for part in parts:
        above = found[-1] if found else part
        gap = _YEAR_MISSING.search(above.plain)
        if gap and re.fullmatch(r"20[0-4]\d", part.plain):
            at = gap.start()
            text, plain = (one[:at] + part.plain + one[at:] for one in (above.text, above.plain))
            found[-1] = above._replace(text=text, plain=plain)
        else:
            found.append(part)
    return found


def _without_way(pieces: Sequence[str]) -> list[str]:
    """The pieces of a line, with 首页 > 年报 > 正文 apart from the words right behind it."""
    found: list[str] = []
    for piece in pieces:
        way, mark, rest = piece.rpartition(">")
        if not mark or "首页" not in way or not SUBJECT.search(rest):
            found.append(piece)
        else:
            found += [way + mark, re.sub(r"^\s*(?:正文|详情|详细(?:信息|内容)?|内容)", "", rest)]
    return found


def _is_link(part: _Line) -> bool:
    return bool(_LINK_BEFORE.match(part.plain) or _DAY_BEHIND.search(part.plain))


def _score(text: str, page: str, period: int | None) -> int:
    """How much a text looks like the title of this report."""
    plain = simplify(text)
    organ = name_before_subject(plain)
    year = year_in(plain)
    score = 2 * bool(SUBJECT.search(plain)) + 2 * bool(year) + 2 * ("年度报告" in plain) + bool(organ)
    score -= 3 * bool(_NOT_TITLE.search(_FIELD.sub("", plain))) + 4 * bool(_OTHER_SUBJECT.search(plain))
    if page:
        score += 3 * (plain in page) + bool(organ and organ in page)
    if period and year:
        score += 2 if year == period else -2
    return score


def _bare(text: str) -> str:
    """A title without what frames it: the field it stands in, the marks of a book's title, the day behind."""
    text = _DAY_BEHIND.sub("", _LINK_BEFORE.sub("", text))
    text = re.sub(r"^(?:名称|标题|题名|信息名称|文件名称|文章标题|主题)[:：]", "", text)
    return text[1:-1] if text[:1] == "《" and text.endswith("》") and text.count("《") == 1 else text


def _with_end(parts: Sequence[_Line], at: int) -> tuple[str, int]:
    """A line with the one or two below it, where the title breaks within its last words: …年度 / 报告."""
    text, last = parts[at].text, at
    while last + 1 < len(parts) and last - at < 2:
        plain = simplify(text)
        if not SUBJECT.search(plain) or _ends_as_title(plain) or _NOT_TITLE.search(plain):
            break
        below = parts[last + 1].plain
        if len(below) > 20 or not re.match("工作|年度|报告|情况|的|年报|总结|度|告|作|公开|信息|开", below):
            break
        last += 1
        text += parts[last].text
    return text, last


def _ends_as_title(plain: str) -> bool:
    return (
        bool(re.search(r"(?:报告|年报|总结)[》)\d-]*(?:\([^()]*\))?$", plain)) or len(plain) > LONGEST_TITLE
    )


def _with_beginning(parts: Sequence[_Line], links: Sequence[bool], at: int, text: str) -> tuple[str, int]:
    """Put the lines above before a title that begins in its middle; gives also the first line's index."""
    first = above = at
    while above > 0 and first - above < 3 and not links[at]:
        above -= 1
        line = parts[above]
        if _YEAR_ALONE.fullmatch(line.plain):
            if not year_in(simplify(text)):
                text, first = line.text + text, above
            continue
        organ = name_before_subject(simplify(text))
        if links[above] or _NOT_TITLE.search(line.plain) or len(line.plain) > _LONGEST_LINE_OF_TITLE:
            break
        if not _breaks_words(line.plain, simplify(text)) and (
            (organ and _stands_alone(organ)) or not _may_begin_title(line.plain, bool(organ))
        ):
            break
        text, first = line.text + text, above
    return text, first


def _breaks_words(above: str, below: str) -> bool:
    """Whether the line's end parts the subject of a title or its year: 政府信息公 / 开工作年度报告."""
    joined = above + below
    matches = (*SUBJECT.finditer(joined), *_YEAR_WITH_WORD.finditer(joined))
    return any(match.start() < len(above) < match.end() for match in matches)


def _stands_alone(organ: str) -> bool:
    """Whether a name is one, rather than the end of one broken over two lines: 理局, 人民政府办公室."""
    return len(organ) > 2 and not re.fullmatch(
        "人民政府(?:办公[厅室])?|街道(?:办事处)?|办事处|[监督]*管理(?:委员会|局)|委员会(?:办公室)?|办公[厅室]|.{0,2}改革(?:委员会|局)",
        organ,
    )


def _may_begin_title(plain: str, broken_name: bool) -> bool:
    """Whether a line can begin a title: an organ's name, a year, words that end in their middle."""
    if _TITLE.search(plain) or _SENTENCE.search(plain):
        return False
    words = re.sub(rf"^[《(]|{_YEAR.pattern}|{_HAN_YEAR.pattern}年?度?|关于|年度?$", "", plain)
    if broken_name or not words or is_organ_name(words):
        return bool(re.search(rf"[{HAN}]{{2}}|20\d\d", plain))
    return bool(re.search("关于$|年度?$|工作$|政府$|信息$|公开$|政府信?$", plain))
