"""Title, number, date and year of a holiday notice."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from gongkai.statute.errors import NoticeError

_TITLE = re.compile(r"[一-龥]{0,30}关于(?:[^。,:]{2,80}?)通知")
_HOLIDAY = re.compile(
    r"(?:关于|调整|延长)(?:20\d\d年)?(?!调整|延长)(?P<name>[^\d]\S{1,39}?)(?:假期|调休放假|放假)"
)
# Not one in brackets: that is the number of another document which this one cites.
_NUMBER = re.compile(
    r"(?<![(一-龥])(?P<word>[一-龥]{2,20})[〔\[(](?P<year>20\d\d)[〕\])](?P<number>\d{1,4})号"
)
_NATIONAL = ("国办发明电", "国发明电")  # with words of the web page run together with it: 文号国办发明电
_YEARS = re.compile(r"(?:关于|现将|现将调整|调整|延长)(?P<year>20\d\d)年")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_SIGNED = re.compile(
    r"国务院(?:办公厅)?\n?(?:(?P<y>20\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
    r"|(?P<cy>二[○〇零Oo0一二三四五六七八九]{3})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十]{1,3})日)"
)
_ZEROS = str.maketrans("○零Oo0", "〇〇〇〇〇")
_DIGITS = "〇一二三四五六七八九"


class NoticeHead(NamedTuple):
    """`holiday`: the one the title names, where the notice is about one; `end`: where the title ends."""

    title: str
    year: int
    number: str
    issued: dt.date | None
    amends: bool
    holiday: str
    end: int


def read_head(text: str) -> NoticeHead:
    """The head of a notice whose text is normalised. NoticeError if no year, or two, are told."""
    found = _TITLE.search(text)
    title = found.group().replace("\n", "") if found else ""
    title = title[max(title.find("国务院"), 0) :]  # without what a web page prints before it
    if "延长" in title:
        raise NoticeError(
            "notice_unreadable",
            "延长假期的通知只写假期延至哪一天。请写成文件导入：amends = true，列出新增的放假日期。",
            "A notice that prolongs a holiday tells only its last day. Import a file with amends = true.",
        )
    year = _year(text, title)
    named = _HOLIDAY.search(title)
    whole = not title or "部分节假日" in title
    return NoticeHead(
        title=title or f"{year}年放假安排（所录文字无标题）",
        year=year,
        number=_number(text, found.end() if found else 0),
        issued=_signed(text),
        amends=not whole,
        holiday=named["name"] if named else title or "假日",
        end=found.end() if found else 0,
    )


def _number(text: str, end_of_title: int) -> str:
    """The document number, below the title or in a table of the web page above it; "" if none is seen."""
    found = _NUMBER.search(text[end_of_title:]) or _NUMBER.search(text)
    if not found:
        return ""
    word = next((word for word in _NATIONAL if found["word"].endswith(word)), found["word"])
    return f"{word}〔{found['year']}〕{int(found['number'])}号"


def _year(text: str, title: str) -> int:
    years = {int(found["year"]) for found in _YEARS.finditer(title or text)}
    years |= {int(found["year"]) for found in re.finditer(r"现将(?:调整)?(?P<year>20\d\d)年", text)}
    if not years:
        years = {int(year) for year in _ANY_YEAR.findall(text)[:1]}
    if len(years) != 1:
        told = "、".join(map(str, sorted(years))) or "没有年份"
        raise NoticeError(
            "notice_year_unclear",
            f"看不出是哪一年的放假安排（{told}）。请连同标题“关于××××年部分节假日安排的通知”一起粘贴。",
            f"The year of the notice is unclear ({sorted(years) or 'none'}). Paste the title as well.",
        )
    return years.pop()


def _signed(text: str) -> dt.date | None:
    """The date below the signature; notices to 2011 write it as 二〇一一年十二月五日."""
    date = None
    for found in _SIGNED.finditer(text):
        if found["y"]:
            parts = int(found["y"]), int(found["m"]), int(found["d"])
        else:
            year = "".join(str(_DIGITS.index(digit)) for digit in found["cy"].translate(_ZEROS))
            parts = int(year), _small(found["cm"]), _small(found["cd"])
        try:
            date = dt.date(*parts)
        except ValueError:
            date = None
    return date


def _small(numeral: str) -> int:
    """1 to 99 as written in a date: 十二, 二十一."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.index(tens) if tens else bool(ten)) * 10 + (_DIGITS.index(ones) if ones else 0)
