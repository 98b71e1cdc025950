"""How a letter speaks to its reader, and how it tells what a record holds in lines of its own."""

from __future__ import annotations

import datetime as dt
import re

from gongkai.statute.letters import day_words
from gongkai.web.requests.forms.deciding import read_search
from gongkai.web.requests.models import RequesterKind

_ORGANISATIONS = re.compile(
    r"公司|集团|企业|工厂|银行|商店|中心|协会|学会|商会|基金会|委员会|合作社|事务所|个体工商户|经营部"
    r"|(?:[局厅部委院校所站社厂店馆队会处办村组矿场园行])$"
)
_MOST_OF_A_PERSON = 4  # characters of a name without a point
_BLANK = re.compile(r"[\s、，,；;]+")
_QUOTES = "“”\"'‘’「」《》"
_DAYS = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_FOUND_NOTHING = re.compile(r"[未没无][^。；]{0,8}(?:找到|查到|检索到|发现|查询到|相关|信息|记录|文件)")
_STOPS = "。；，、;,. "


def you_of_requester(kind: str) -> str:
    """您 for a person, 你单位 for an organisation."""
    return "您" if kind == RequesterKind.NATURAL_PERSON else "你单位"


def you_of_party(name: str) -> str:
    """As `you_of_requester` for somebody of whom only the name is on record.

    >>> you_of_party("李虚例"), you_of_party("虚构区青禾建设有限公司")
    ('您', '你单位')
    """
    name = name.strip()
    is_person = "·" in name or len(name) <= _MOST_OF_A_PERSON
    return "您" if is_person and not _ORGANISATIONS.search(name) else "你单位"


def in_one_line(words: str) -> str:
    """What a person wrote in several lines, as a sentence takes it: its points stay apart.

    >>> in_one_line("1.征地方案\\n2.补偿标准。")
    '1.征地方案；2.补偿标准。'
    """
    lines = [" ".join(line.split()) for line in words.splitlines()]
    lines = [line for line in lines if line]
    return "".join(
        line if number == len(lines) or line[-1] in "。；：！？，、…" else f"{line}；"
        for number, line in enumerate(lines, 1)
    )


def search_words(record: str, you: str, *, found_nothing: bool) -> str:
    """The record of a search as a sentence for the requester: when, by what words, where; not by whom.

    `found_nothing`: the reply rests on it, so it is said where the clerk's own words do not.

    >>> search_words("检索范围：档案室、业务系统\\n检索关键词：示例村 低保", "您", found_nothing=True)
    '本机关以“示例村”“低保”为关键词检索了档案室、业务系统，未检索到您申请公开的政府信息。'
    """
    told = {name: value.strip(_STOPS) for name, value in read_search(record).items()}
    where, when = told.get("search_where", ""), told.get("search_when", "")
    keywords = [one.strip(_QUOTES) for one in _BLANK.split(told.get("search_keywords", ""))]
    words = "".join(f"“{one}”" for one in keywords if one)
    more = read_search(record).get("search_more", "").strip()
    if not (where or words or when):
        return more
    told_when = f"于{_DAYS.sub(_day, when)}" if when else ""
    by = f"以{words}为关键词" if words else ""
    sentence = f"本机关{told_when}{by}{f'检索了{where}' if where else '进行了检索'}"
    if found_nothing and not _FOUND_NOTHING.search(more):
        sentence += f"，未检索到{you}申请公开的政府信息"
    return f"{sentence}。{more}"


def _day(found: re.Match[str]) -> str:
    try:
        return day_words(dt.date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return found[0]
