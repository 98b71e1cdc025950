"""Title and text speak of one organ and one year; who writes over last year's file forgets one (FMT.2.1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.plain_lines import PlainLine
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.interpreting.organ_names import HAN

_YEAR = re.compile(r"20\d\d|二[〇○零0].{2}年")
# 2024年1月1日至12月31日: the period that the figures are of.
_PERIOD = re.compile(
    r"(?<!\d)(20\d\d)年(?:1|01)月(?:1|01)日起?(?:至|到|-|—|~)+(?:(20\d\d)年)?12月31日(?:止)?"
)
# The year a sentence begins with, and no month, beginning or end of it.
_OPENING_YEAR = re.compile(r"(?:在|自)?(20\d\d)年(?:度|以来|来)?(?![\d〇]|[初底末至到、和与]|以前|之前|起)")
_OF_ANOTHER_YEAR = re.compile("将|计划|下一步|结转|目标|规划|以来|上一?年|去年|同比|相比|开始|起")
_CLAUSE_YEAR = re.compile(
    r"(?:^|[。;])(?:\([一二三四五六七八九十]\)[^。]{2,12}[。:])?(20\d\d)年度?[，,]?(?!\d)"
)
_FEWEST_SENTENCES = 2  # of another year, where the title's own is never named
_FIRST_LINES = 4  # of the text: who the report speaks of is said there
_LONGEST_SUBJECT = 50  # characters
_LAST_LINES = 6  # a signature stands among them

_PLACE = "(?:镇|乡|苏木|街道|[省市县区州盟旗])"
_GOVERNMENT = "(?:人民政府|政府|办事处|党委政府|党工委、办事处|党委、政府)?"
_OFFICE = "(?:局|厅|委员会|委|署|中心|办公室|办)"
# 2024年，某某镇人民政府认真…: the name, then a word with which a predicate begins.
_SUBJECT = re.compile(
    rf"(?:本报告由)?(?:20\d\d年度?(?:以来|来)?|本年度?|今年以来|一年来)?[，,]?"
    rf"(?P<name>(?![在按根为以从由随面围通依自当全各我本该对关经])[{HAN}]{{1,20}}?(?:{_PLACE}{_GOVERNMENT}|{_OFFICE}))"
    r"(?=[积认严高坚深按根始围以切持贯牢紧依共主加进扎不立聚健完强推落多着充])"
)
_NO_NAME = re.compile(
    "[全各我本今年月来的于在为对是等]|工作|公开|信息|政务|领导|相关|有关|所属|上级|下级|基层"
)
_KIND = re.compile(rf"(?:(?P<place>{_PLACE}){_GOVERNMENT}|(?P<office>{_OFFICE}))$")
_TOWNS = ("镇", "乡", "苏木", "街道")
_SIGNED = re.compile(
    rf"(?P<name>[{HAN}]{{3,24}})(?:\(?(?:盖章|公章|章)\)?)?(?P<date>20\d\d年\d{{1,2}}月\d{{1,2}}日)?"
)
_DATE = re.compile(r"(?:20\d\d|二[〇○零].{2})年.{1,3}月.{1,3}日")
_LEFT_OUT = re.compile("人民|政府|党工委、|党委、?|办事处|(?<=委)员会|(?<=办)公室")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of the text, as printed, with the line they stand in."""

    quote: str
    line: PlainLine


@serves("year_differs_in_text", "period_differs")
def title_and_text_are_of_one_year(case: Examination) -> Iterator[Finding]:
    """The year of the title, that of the period stated, and that the text begins with are one."""
    report = case.report
    if report.year is None:
        return
    if (period := _other_period(case, report.year)) is not None:
        yield case.finding(
            "period_differs",
            f"正文写明的统计期限“{period.quote}”与报告年份{report.year}年不符。请核对，可能沿用了往年的文字。",
            f"The period stated in the text is not the year of the report, {report.year}: perhaps it was "
            f"taken over from another year.",
            quote=period.quote,
            place=period.line.place,
        )
    if not _YEAR.search(case.title):
        return  # then the year itself is that of the text
    found = _opening(case, report.year) or _sentences_of_another_year(case, report.year)
    if found is not None:
        yield case.finding(
            "year_differs_in_text",
            f"标题“{report.title}”写的是{report.year}年，正文“{found.quote}”写的是另一年。请核对标题和正文的年份，"
            f"可能沿用了往年的文字。",
            f"The title names {report.year}, the text another year: perhaps it was taken over from another "
            f"year's report.",
            quote=found.quote,
            place=found.line.place,
        )


def _other_period(case: Examination, year: int) -> _Words | None:
    """A period that is not the whole of the report's year."""
    if "12月31日" not in case.text:
        return None
    text = case.text.replace("\n", "")  # a pdf breaks lines in the midst of a date
    for match in _PERIOD.finditer(text):
        if {int(named) for named in match.groups() if named} != {year}:
            begins = match.group()[:9]
            line = next((line for line in case.plain_lines if begins in line.plain), None)
            if line is not None and line.section in ("front", "overview"):
                return _Words(match.group(), line)
    return None


def _opening(case: Examination, year: int) -> _Words | None:
    """The first sentence of section 1, where it begins with another year and does not name the report's."""
    for line in _first_lines(case, "overview"):
        match = _OPENING_YEAR.match(line.plain)
        if match is None:
            continue
        if int(match[1]) == year or str(year) in line.plain:
            return None
        first = line.sentences()[0]
        if _OF_ANOTHER_YEAR.search(first[1]):
            return None
        return _Words(first[0], line)
    return None


def _sentences_of_another_year(case: Examination, year: int) -> _Words | None:
    """Sentences that begin with one other year, where the text never names the report's own."""
    named = str(year)
    if any(named in line.plain for line in case.plain_lines if line.section != "front"):
        return None
    found: list[tuple[str, _Words]] = []
    for line in case.plain_lines:
        if line.section == "front" or "年" not in line.plain:
            continue
        for quote, plain in line.sentences():
            match = _CLAUSE_YEAR.match(plain)
            if match and not _OF_ANOTHER_YEAR.search(plain):
                found.append((match[1], _Words(quote, line)))
    counts = Counter(named for named, _ in found)
    if not counts or max(counts.values()) < _FEWEST_SENTENCES:
        return None
    most = counts.most_common(1)[0][0]
    return next(words for named, words in found if named == most)


@serves("organ_differs_in_text")
def title_and_text_are_of_one_organ(case: Examination) -> Iterator[Finding]:
    """The organ of the title, the subject of the first sentence and who signs are one."""
    title, organ = case.title, "".join((case.report.organ or "").split())
    if not title or not organ:
        return
    for name, line in _organs_named(case):
        if name in organ:
            continue
        kind = _kind(organ)
        if kind is None or not _named_in(title, organ):
            return
        if _kind(name) != kind or _NO_NAME.search(name) or same_organ_shortened(name, organ):
            continue
        quote = line.sentences()[0][0]
        yield case.finding(
            "organ_differs_in_text",
            f"标题“{case.report.title}”的机关是“{case.report.organ}”，正文“{quote}”写的是“{name}”。请核对，"
            f"可能沿用了其他机关的文字。",
            f"The title names “{case.report.organ}”, the text “{name}”: perhaps it was taken over "
            f"from another organ's report.",
            quote=quote,
            place=line.place,
        )
        return


def _organs_named(case: Examination) -> Iterator[tuple[str, PlainLine]]:
    """Organs that the text names as its own, with their lines: the subject it begins with, the signature."""
    for section in ("front", "overview"):
        for line in _first_lines(case, section):
            if section == "front" and "编制" not in line.plain:
                continue  # links and fields around the text name organs of all kinds
            match = _SUBJECT.match(line.plain, 0, _LONGEST_SUBJECT)
            if match is not None:
                yield match["name"], line
                break
    last = case.plain_lines[-_LAST_LINES:]
    for number, line in enumerate(last):
        match = _SIGNED.fullmatch(line.plain) if len(line.plain) < _LONGEST_SUBJECT else None
        if match is None:
            continue
        below = last[number + 1].plain if number + 1 < len(last) else ""
        if match["date"] or _DATE.fullmatch(below):
            yield match["name"], line


def _first_lines(case: Examination, section: str) -> list[PlainLine]:
    lines = [line for line in case.plain_lines if line.section == section]
    return lines if section == "front" else lines[:_FIRST_LINES]


def _kind(name: str) -> str | None:
    """What kind of organ a name is of: of a town, of a county (县), a bureau (局)… Only like are compared."""
    match = _KIND.search(name)
    if match is None:
        return None
    word = match["place"] or match["office"]
    if word in _TOWNS:
        return "town"
    return {"委员会": "委", "办公室": "办"}.get(word, word)


def _named_in(title: str, organ: str) -> bool:
    """Whether the organ is that of the title, and not found elsewhere in the text."""
    core = _LEFT_OUT.sub("", organ)
    return core[-3:] in _LEFT_OUT.sub("", title)


def same_organ_shortened(one: str, other: str) -> bool:
    """Whether one name can be short for the other: its characters stand in the other in their order.

    >>> same_organ_shortened("人社局", "某县人力资源和社会保障局")
    True
    >>> same_organ_shortened("甲镇", "某县乙镇人民政府")
    False
    """
    short, full = sorted((_LEFT_OUT.sub("", one), _LEFT_OUT.sub("", other)), key=len)
    characters = iter(full)
    return all(character in characters for character in short)
