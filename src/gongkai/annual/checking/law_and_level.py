"""Slips of the pen in the narrative: laws that do not exist, old articles, the text of another level."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.documents.intermediate import Place

_BOOK = re.compile("[《<〈]([^《》<>〈〉]{3,40})[》>〉]")
_NEW_REGULATION_SINCE = 2019


@cache
def _titles() -> dict[str, str]:
    return {wrong: entry["right"] for entry in _data()["titles"] for wrong in entry["wrong"]}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("wording_of_law.toml").read_text("utf-8"))


@serves("wrong_law_title")
def laws_are_cited_by_their_titles(case: Examination) -> Iterator[Finding]:
    """Titles that name no law (wording_of_law.toml)."""
    if "《" not in case.text:
        return
    titles = _titles()
    for title in dict.fromkeys(_BOOK.findall(case.text)):
        right = titles.get(title)
        if right is None:
            continue
        quote, place = _sentence_with(case, title)
        yield case.finding(
            "wrong_law_title",
            f"正文引用的《{title}》没有查到这一名称，应为《{right}》。请更正。",
            f"No law is called “{title}”: cite the right one (《{right}》).",
            quote=quote,
            place=place,
        )


@serves("old_article_number")
def articles_are_those_in_force(case: Examination) -> Iterator[Finding]:
    """Articles of the 2007 Regulation in a report for 2020 or later, where the words leave no doubt."""
    year = case.report.year
    if year is None or year <= _NEW_REGULATION_SINCE or "条例" not in case.text:
        return
    for entry in _data()["articles"]:
        if entry["old"] not in case.text:
            continue
        pattern = re.compile(
            f"(?:政府信息公开条例|《条例)[》>]?(?:[(][^)]*[)])?{entry['old']}[^。;]{{0,30}}(?:{entry['beside']})"
        )
        match = pattern.search(case.text)
        if match is None:
            continue
        quote, place = _sentence_with(case, entry["old"])
        yield case.finding(
            "old_article_number",
            f"正文引用《条例》{entry['old']}，这是2007年条例的序号；2019年修订后为{entry['now']}。请更正。",
            "The article number is that of the 2007 Regulation.",
            quote=quote,
            place=place,
        )


_ACCOUNTS = re.compile("决算")
_BUDGET = re.compile("预算|预决算")


@serves("budget_not_mentioned")
def budget_goes_with_accounts(case: Examination) -> Iterator[Finding]:
    """REG.20(7): budget and final accounts are both published; a text that names one alone is asked about."""
    text = case.text
    if case.form.code == "2014" or not _ACCOUNTS.search(text) or _BUDGET.search(text):
        return
    quote, place = _sentence_with(case, "决算")
    yield case.finding(
        "budget_not_mentioned",
        "正文写到公开决算，没有写到预算。财政预算、决算都应主动公开（《条例》第二十条第（七）项），请核对是否已公开预算。",
        "The text speaks of final accounts and not of the budget; both must be published.",
        quote=quote,
        place=place,
    )


_LATE = re.compile(
    "(?:公开|发布|更新|上传)[^，。;]{0,10}(?:不够?及时|不太及时|延迟|滞后|迟缓|拖延|超期|及时性[^，。;]{0,6}(?:不足|不够|不强|有待|欠缺|较差))"
    "|(?:延迟|滞后|未能?及时|没有及时)(?:公开|发布|更新)|未能在[^，。;]{0,16}(?:第一时间|规定时间)[^，。;]{0,8}公开"
)


@serves("late_publication_admitted")
def late_publication_is_noted(case: Examination) -> Iterator[Finding]:
    """REG.26, REG.53(2): section 5 admits that something was published or updated late."""
    if case.form.code == "2014":
        return
    match = _LATE.search(case.section_text("problems"))
    if match is None:
        return
    quote, place = _sentence_with(case, match.group(), "problems")
    yield case.finding(
        "late_publication_admitted",
        f"第五部分承认“{match.group()}”。主动公开的信息应自形成或变更之日起20个工作日内公开（《条例》第二十六条），"
        f"请核实是否已整改，并写明具体措施。",
        "Section 5 admits late publication: the limit is 20 working days (REG.26).",
        quote=quote,
        place=place,
    )


_TOWN = re.compile("(?:镇|乡|苏木)(?:人民)?政府$|街道(?:办事处)?$")
_OTHER_LEVEL = re.compile(
    "全(?:省|市|县|区|旗)(?:政府|政务)?信息公开工作(?=不断|取得|稳步|持续|有序|扎实|深入|再上|水平|得到|呈现|迈上)"
    "|我(?<![按照据实在对]我)(?:省|市|县|旗)(?:各|共收|共受|共主动|全年|政府信息公开工作)"
    "|全[镇乡](?:各级|各)(?:行政机关|人民政府)"
)


@serves("text_of_another_level")
def text_is_of_this_level(case: Examination) -> Iterator[Finding]:
    """A town's report that speaks of 全区 or 我县 as its own, or of several organs in a town: copied text."""
    if not _TOWN.search("".join((case.report.organ or "").split())):
        return
    found = list(dict.fromkeys(match.group() for match in _OTHER_LEVEL.finditer(case.text)))
    if not found:
        return
    quote, place = _sentence_with(case, found[0])
    yield case.finding(
        "text_of_another_level",
        f"正文有“{'”“'.join(found)}”等表述，不是本机关这一层级的情况，可能套用了上级的文字。请改写为本机关的情况。",
        "The text speaks of another level of government as its own: it may have been reused.",
        quote=quote,
        place=place,
    )


def _sentence_with(
    case: Examination, words: str, section: str | None = None
) -> tuple[str | None, Place | None]:
    """The first sentence that holds the words, as printed, with its place."""
    for line in case.plain_lines:
        if words not in line.plain or (section is not None and line.section != section):
            continue
        for quote, plain in line.sentences():
            if words in plain:
                return quote, line.place
    return None, None
