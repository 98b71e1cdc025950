"""Reads the text of the State Council's holiday notice: a year is imported the day it comes out (CAL.5).

A notice is a list of items such as “三、某节：6月19日（周五）至21日（周日）放假，共3天。”
Every clause with a date in it is understood or refused; each weekday in brackets is held against its date and
each “共3天” against the days. What is misprinted is told, never taken.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import NoReturn

from gongkai.statute.calendar.days import WEEKDAYS
from gongkai.statute.calendar.notice_head import NoticeHead, read_head
from gongkai.statute.calendar.notices import Arrangement, YearNotice
from gongkai.statute.errors import NoticeError, plain_text

_LONGEST = 20_000  # characters: a notice has about 600
_ITEM = re.compile(r"(?:^|[\n。;])[一二三四五六七八九十]{1,3}、(?P<name>[^\d:,。;\n]{1,40}?)[:\n]*(?=\d)")
# What follows the items: advice on duty rosters, the signature, and what a website prints below it.
_END = re.compile(r"节假日期间|[^,。]{0,10}期间,|各地区、各部门|国务院(?:办公厅)?(?:20|二)")
_ADVICE = re.compile(r"[^。]*鼓励")  # 鼓励各单位……安排职工在除夕（2月9日）休息: nobody is off by it

_DATE = (
    r"(?:(?P<{0}y>20\d\d)年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日(?:\((?P<{0}n>[^()]{{0,40}})\))?"
)
_SPAN = re.compile(rf"(?<!\d){_DATE.format('a')}(?:[至到—–―~-]+{_DATE.format('b')})?")
_JOINED = re.compile(r"[、和及与]")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_COUNT = re.compile(r"(?:共|放假)(\d{1,2}|[一二三四五六七八九十])天")
_OFF = re.compile(r"(?:全国)?(?:调休)?(?:放假|补休|调休|公休)")
_KNOWN_OFF = re.compile(r"(?:均?为)[^,。]{0,14}(?:法定(?:节)?假日|公休日)|照常公休")
_MOVED = re.compile(r"(?:[一二两三四]个)?公休日?(?:及[一-龥]{2,4}节)?(?:分别)?调至")
_WORK = re.compile(r"(?:正常|照常|均)?上班")
_NUMERALS = "零一二三四五六七八九十"


def read_notice(text: str, *, source: str = "通知原文", url: str = "") -> YearNotice:
    """The notice as data, every weekday and every number of days held against the dates.

    `text`: the whole notice as copied from the web page. Raises NoticeError: `notice_unreadable` (a clause is
    not understood, a holiday is only prolonged), `notice_weekday_wrong`, `notice_count_wrong`,
    `notice_contradiction`, and what YearNotice refuses.

    >>> notice = read_notice("关于2015年某纪念日放假的通知：9月3日（周四）放假1天。")
    >>> notice.year, notice.off
    (2015, {datetime.date(2015, 9, 3): '某纪念日'})
    """
    plain_text(text, "通知原文", error=NoticeError)
    if len(text) > _LONGEST:
        raise NoticeError(
            "notice_unreadable",
            f"文字共 {len(text)} 字，不像一份放假安排通知。请只粘贴通知正文。",
            f"{len(text)} characters are too many for a holiday notice. Paste the notice only.",
        )
    clean = _normal(text)
    head = read_head(clean)
    items = _items(clean, head)
    return YearNotice(
        year=head.year,
        title=head.title,
        number=head.number,
        issued=head.issued,
        url=url,
        source=source,
        amends=head.amends,
        arrangements=tuple(_Item(name, head.year).read(body) for name, body in items),
    )


def _normal(text: str) -> str:
    """Half-width digits, brackets and commas, no blanks; lines stay."""
    lines = (re.sub(r"\s+", "", line) for line in unicodedata.normalize("NFKC", text).splitlines())
    return "\n".join(line for line in lines if line)


def _items(text: str, head: NoticeHead) -> Iterator[tuple[str, str]]:
    """Holiday and what is said of it. A notice about one holiday has no such items: its title names it."""
    items = list(_ITEM.finditer(text))
    if not items:
        yield head.holiday, text[head.end :].replace("\n", "")
    ends = [*(item.start() for item in items[1:]), len(text)]
    for item, end in zip(items, ends, strict=False):
        yield re.sub('[“”"]', "", item["name"]), text[item.end() : end].replace("\n", "")


class _Item:
    """The days of one item, gathered sentence by sentence."""

    def __init__(self, name: str, year: int) -> None:
        self.name = name
        self.year = year
        self.off: set[dt.date] = set()
        self.working: set[dt.date] = set()
        self.told_off: set[dt.date] = (
            set()
        )  # named again as statutory, as weekend, as what a weekend is moved to
        self.moved: set[dt.date] = set()
        self.last: tuple[int, int] | None = None  # year and month last written: 9月19日、25日

    def read(self, body: str) -> Arrangement:
        for sentence in re.split("[。;]", body):
            if _END.match(sentence):
                break
            if not _ADVICE.match(sentence):
                self._sentence(sentence)
        strange = sorted(self.told_off - self.off)
        if strange:
            raise NoticeError(
                "notice_contradiction",
                f"{self.name}：{strange[0]} 说是假日，却不在所列放假日期之内。请核对原文。",
                f"{self.name}: {strange[0]} is called a day off, yet lies outside the days off. Check it.",
            )
        # A weekend day that is moved elsewhere is worked, whether 上班 is said of it or not.
        working = self.working | (self.moved - self.off)
        return Arrangement(self.name, tuple(sorted(self.off)), tuple(sorted(working)))

    def _sentence(self, sentence: str) -> None:
        moved_to = False
        for days, after in self._groups(sentence):
            if moved_to:
                self.told_off |= days
                moved_to = False
            elif _KNOWN_OFF.match(after):
                self.told_off |= days
            elif _MOVED.match(after):
                self.moved |= days
                moved_to = True
            elif _WORK.match(after):
                self.working |= days
            elif _OFF.match(after):
                self.off |= days
                self._hold_against(after)
            else:
                self._refuse(sentence)
        if moved_to:
            self._refuse(sentence)

    def _groups(self, sentence: str) -> Iterator[tuple[set[dt.date], str]]:
        """Dates that share one verb (1月24日、2月1日), and the words behind them up to the next date."""
        spans = list(_SPAN.finditer(sentence))
        ends = [*(span.start() for span in spans[1:]), len(sentence)]
        days: set[dt.date] = set()
        for span, end in zip(spans, ends, strict=False):
            days |= self._span(span)
            after = sentence[span.end() : end]
            if end < len(sentence) and _JOINED.fullmatch(after):
                continue
            yield days, after
            days = set()

    def _span(self, found: re.Match[str]) -> set[dt.date]:
        first = last = self._date(found, "a")
        if found["bd"]:
            last = self._date(found, "b")
        if not first <= last <= first + dt.timedelta(days=31):
            self._refuse(found.group())
        return {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}

    def _date(self, found: re.Match[str], which: str) -> dt.date:
        month = int(found[which + "m"] or (self.last[1] if self.last else 0))
        if found[which + "y"]:
            year = int(found[which + "y"])
        elif found[which + "m"] or not self.last:
            # 元旦 alone reaches back: 12月30日至1月1日
            year = self.year - (month == 12 and "元旦" in self.name)
        else:
            year = self.last[0]
        try:
            day = dt.date(year, month, int(found[which + "d"]))
        except ValueError:
            self._refuse(found.group())
        self.last = year, month
        self._hold_weekday(day, found[which + "n"] or "")
        return day

    def _hold_weekday(self, day: dt.date, note: str) -> None:
        written = _WEEKDAY.search(note)
        if written and WEEKDAYS.index(written[1].replace("天", "日")) != day.weekday():
            right = WEEKDAYS[day.weekday()]
            raise NoticeError(
                "notice_weekday_wrong",
                f"{self.name}：{day} 是周{right}，通知写作“{written[0]}”。日期或星期有误，请核对原文。",
                f"{self.name}: {day} is a {day:%A}, the text says {written[0]}. Check the text.",
            )

    def _hold_against(self, after: str) -> None:
        """“共3天” and “与周末连休” must fit the days."""
        count = _COUNT.search(after)
        told = count and (int(count[1]) if count[1].isdigit() else _NUMERALS.index(count[1]))
        if count and told != len(self.off):
            raise NoticeError(
                "notice_count_wrong",
                f"{self.name}：通知写“{count[0]}”，所列日期却有 {len(self.off)} 天。请核对原文。",
                f"{self.name}: the text says {told} days, its dates are {len(self.off)}. Check the text.",
            )
        if "与周末连休" in after and not any(day.weekday() in (0, 4) for day in self.off):
            self._refuse(after)

    def _refuse(self, clause: str) -> NoReturn:
        raise NoticeError(
            "notice_unreadable",
            f"{self.name}：看不懂“{clause[:60]}”。请核对原文，或按 data/calendar 中的格式写成文件导入。",
            f"{self.name}: the clause {clause[:60]!r} is not understood. Check it, or import a file instead.",
        )
