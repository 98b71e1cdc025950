"""Time limits as catalogues write them (公开时限, STD, CAT), read into something that gives a date."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from gongkai.statute.articles import chinese_number
from gongkai.statute.catalogue.errors import CatalogueError
from gongkai.statute.errors import plain_text


class LimitForm(StrEnum):
    """What kind of limit: so many days from an event, once in a period, at once, or always there."""

    WORKING_DAYS = "working-days"
    DAYS = "days"  # of the calendar
    MONTHS = "months"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    PROMPT = "prompt"  # 及时、实时
    STANDING = "standing"  # 长期


FROM_EVENT = frozenset({LimitForm.WORKING_DAYS, LimitForm.DAYS, LimitForm.MONTHS})
PERIODIC = frozenset(
    {
        LimitForm.WEEKLY,
        LimitForm.MONTHLY,
        LimitForm.QUARTERLY,
        LimitForm.HALF_YEARLY,
        LimitForm.YEARLY,
    }
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. `form` is None where the words give no date: `reason_zh`, `reason_en` say why.

    `amount`: of days or months, from the event `since` (`formed`, `approved`, `decided`, "" where the words
    name none). Of a periodic limit `month` (within the period, from 1; 0: its last) and `day` (0: the month's
    last) are the last day; or `amount` days of `unit` after the end of the period before.
    """

    text: str
    form: LimitForm | None
    amount: int = 0
    unit: LimitForm | None = None
    since: str = ""
    month: int = 0
    day: int = 0
    reason_zh: str = ""
    reason_en: str = ""

    @property
    def ok(self) -> bool:
        return self.form is not None


_REASONS = {
    "empty": ("没有写明时限。", "No limit is given."),
    "several": ("有几个不同的时限，请拆成几项。", "It names several limits: make several items of it."),
    "advance": ("时限在某事之前，须另行确定日期。", "It ends before an event: the day must be set by hand."),
    "duration": ("写的是公示多久，没有写何时公开。", "It says how long, not by when."),
    "once": ("是某一年的日期，没有写此后何时公开。", "It is a date of one year, not a limit."),
    "other_period": (
        "这种周期不能换算，请改写。",
        "A period of this kind cannot be reckoned: word it otherwise.",
    ),
    "unknown": (
        "读不出日数、日期或者周期，请改写。",
        "No days, dates or periods are found: word it otherwise.",
    ),
}
_CHINESE = {chinese_number(number): number for number in range(1, 367)} | {"两": 2, "廿": 20, "卅": 30}
_NUMERALS = "".join(sorted({character for word in _CHINESE for character in word}))
_WORDS = "|".join(sorted(_CHINESE, key=len, reverse=True))
# A whole numeral: a part of “二三” or of a longer figure is none.
_N = rf"((?<!\d)\d{{1,4}}(?!\d)|(?<![{_NUMERALS}])(?:{_WORDS})(?![{_NUMERALS}]))"
_SPAN = r"个?(工作日|自然日|日历日|日|天)"
# Titles and numbers of documents have figures of their own; “另有规定的，从其规定” stands in most limits.
_ASIDE = re.compile(
    r"《[^《》]*》|\[[^\[\]]*\]|〔[^〔〕]*〕"
    r"|(?:法律|法规|规章|行政法规|国家|上级)[^;。,]{0,20}另有规定的?,?(?:从其规定|[依按]照?其规定(?:执行)?|除外)?"
)
_ADVANCE = re.compile(rf"提前{_N}{_SPAN}|(?:召开|开始|实施|施行|举行|开考|举办)前{_N}{_SPAN}")
_LONG = r"(?:不少于|不得少于|不低于|至少|持续)"
_DURATION = re.compile(
    rf"(?:(?:公示|公告)(?:期限|期|时间)?[:为]?{_LONG}?|(?:保留|张贴){_LONG}?|{_LONG}){_N}{_SPAN}(?!之?以?内)"
)
_RANGE = re.compile(rf"{_N}(?:个?(?:工作日|日|天))?(?:-|~|—|–|至|到){_N}{_SPAN}")
_DAYS = re.compile(rf"(?<![月年第每])(?<!月份){_N}{_SPAN}(?![期常前])")
_HOURS = re.compile(rf"{_N}个?小时")
_WEEKS = re.compile(rf"(?<![每第]){_N}个?(?:周|星期)(?:内|之内|以内)")
_MONTHS = re.compile(rf"(?<![每第]){_N}个月(?:内|之内|以内)|(?<!每)(半年|一年)(?:内|之内|以内)")
_SAME_DAY = re.compile(r"当日|当天|即日|同日")
_NEXT_DAY = re.compile(r"次日|第二天|翌日")
_DATE = re.compile(rf"{_N}月份?(?:{_N}[日号]|(底|末))")
_BARE_MONTH = re.compile(rf"{_N}月")
_DAY_OF_MONTH = re.compile(rf"(?:每月|次月|每个月|当月|按月)的?{_N}[日号](?:前|之前|以前)")
_MONTH_OF_QUARTER = re.compile(rf"(首|第一个|第1个|第二个|第2个|第三个|第3个|末)月份?{_N}[日号]")
_ONE_YEAR = re.compile(r"(?:19|20)\d{2}年")
_OTHER_PERIOD = re.compile(
    rf"每{_N}个?(?:年|月|季度|周)|每学[期年]|每个?工作日|每[日天旬]|[年季月]初|[上中下]旬|[上下]半年|第[一二三四1-4]季度"
)
_PERIODS = (
    (LimitForm.HALF_YEARLY, re.compile(r"每半年|半年一次|半年度|按半年|半年(?:公开|公布|更新)")),
    (LimitForm.QUARTERLY, re.compile(r"每个?季度?|按季度?|季度一次|逐季|季度终了|季度结束|季后")),
    (LimitForm.MONTHLY, re.compile(r"每个?月|按月|逐月|月度|次月|一月一次")),
    (LimitForm.WEEKLY, re.compile(r"每周|每个?星期|按周")),
    (LimitForm.YEARLY, re.compile(r"每年|年度|逐年|按年|一年一次|次年|当年|年底|年末|年终")),
)
_AFTER_END = re.compile(r"(?:结束|终了|期满|季|季度|月|年度?)(?:之日起|以?后|之后|起)")
_PROMPT = re.compile(r"及时|实时|即时|适时|随时|同步|同时|立即|第一时间|动态")
_STANDING = re.compile(r"长期|常年|永久|固定|全年|始终|一直")
_SINCE = (
    ("approved", re.compile(r"批准|批复|审批|审议通过|审定|核准|通过")),
    ("decided", re.compile(r"作出|决定")),
    ("formed", re.compile(r"形成|变更|生成|制作|产生|获取|更新|变动|印发|发布")),
)
_LAST_MONTH = {"首": 1, "末": 3, "第一个": 1, "第1个": 1, "第二个": 2, "第2个": 2, "第三个": 3, "第3个": 3}
_HOURS_A_DAY = 24


def time_limit(text: str) -> Limit:
    """A time limit read from the words of a catalogue (公开时限). Never fails on words: see `Limit.ok`.

    “日” and “天” are days of the calendar, “工作日” working days. Several limits in one text are not read:
    which holds for what only a person can tell. CatalogueError `not_text` for what is no text.

    >>> time_limit("自信息形成或变更之日起20个工作日内").amount
    20
    >>> found = time_limit("每年1月31日前")
    >>> found.form.value, found.month, found.day
    ('yearly', 1, 31)
    >>> time_limit("按有关规定").reason_zh
    '读不出日数、日期或者周期，请改写。'
    """
    words = plain_text(text, "公开时限", error=CatalogueError)
    plain = "".join(unicodedata.normalize("NFKC", words).split()).replace("，", ",").replace("；", ";")
    if not plain.strip("-—/无"):
        return _unreadable(words, "empty")
    plain = _ASIDE.sub("", plain)
    if _RANGE.search(plain):
        return _unreadable(words, "several")
    if _ADVANCE.search(plain):
        return _unreadable(words, "advance")
    lasting = _DURATION.search(plain) is not None
    plain = _DURATION.sub("", plain)
    return _periodic(words, plain) or _from_event(words, plain) or _in_words(words, plain, lasting)


def _from_event(words: str, plain: str) -> Limit | None:
    """So many days or months from an event."""
    found = _spans(plain)
    if not found:
        return None
    if len(found) > 1:
        return _unreadable(words, "several")
    form, amount = next(iter(found))
    return Limit(words, form, amount, since=_since(plain))


def _spans(plain: str) -> set[tuple[LimitForm, int]]:
    """Every span of time in the text, once."""
    found = set()
    for match in _DAYS.finditer(plain):
        form = LimitForm.WORKING_DAYS if match[2] == "工作日" else LimitForm.DAYS
        found.add((form, _number(match[1])))
    for match in _HOURS.finditer(plain):
        found.add((LimitForm.DAYS, -(-_number(match[1]) // _HOURS_A_DAY)))
    for match in _WEEKS.finditer(plain):
        found.add((LimitForm.DAYS, 7 * _number(match[1])))
    for match in _MONTHS.finditer(plain):
        months = _number(match[1]) if match[1] else 6 if match[2] == "半年" else 12
        found.add((LimitForm.MONTHS, months))
    if _SAME_DAY.search(plain):
        found.add((LimitForm.DAYS, 0))
    if _NEXT_DAY.search(plain):
        found.add((LimitForm.DAYS, 1))
    return found


def _periodic(words: str, plain: str) -> Limit | None:
    """Once in a period: by its end, by a day in it, or so many days after the end of the one before."""
    if _OTHER_PERIOD.search(plain):
        return _unreadable(words, "other_period")
    form = next((form for form, pattern in _PERIODS if pattern.search(plain)), None)
    dates = {(_number(m[1]), 0 if m[3] else _number(m[2])) for m in _DATE.finditer(plain)}
    if dates and _ONE_YEAR.search(plain):
        return _unreadable(words, "once")
    if dates:
        return _on_dates(words, dates, form, plain)
    if form is None:
        return None
    if match := _DAY_OF_MONTH.search(plain):
        return _by_day(words, LimitForm.MONTHLY, 0, _number(match[1]))
    if form is LimitForm.QUARTERLY and (match := _MONTH_OF_QUARTER.search(plain)):
        return _by_day(words, form, _LAST_MONTH[match[1]], _number(match[2]))
    if _BARE_MONTH.search(plain):  # “每年3月前”: before its first day or its last?
        return _unreadable(words, "other_period")
    return _with_days(words, form, plain)


def _with_days(words: str, form: LimitForm, plain: str) -> Limit | None:
    """A period, with days after its end if the words have any. None: the days run from an event."""
    spans = _spans(plain)
    if not spans:
        return Limit(words, form)
    if len(spans) > 1:
        return _unreadable(words, "several")
    unit, amount = next(iter(spans))
    if _AFTER_END.search(plain) and unit is not LimitForm.MONTHS:
        return Limit(words, form, amount, unit)
    # “年度预算批准后20日内”: the year says what it is about, the days when.
    return None if form is LimitForm.YEARLY else _unreadable(words, "several")


def _on_dates(words: str, dates: set[tuple[int, int]], form: LimitForm | None, plain: str) -> Limit:
    if len(dates) > 1 or form not in (None, LimitForm.YEARLY) or _spans(plain):
        return _unreadable(words, "several")
    return _by_day(words, LimitForm.YEARLY, *next(iter(dates)))


def _by_day(words: str, form: LimitForm, month: int, day: int) -> Limit:
    """By a day of the period; unreadable if there is no such day in any month."""
    possible = day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)
    if form is LimitForm.QUARTERLY:
        possible = day <= 31
    if not possible or (form is LimitForm.YEARLY and not 1 <= month <= 12):
        return _unreadable(words, "unknown")
    return Limit(words, form, month=month, day=day)


def _in_words(words: str, plain: str, lasting: bool) -> Limit:
    if _PROMPT.search(plain):
        return Limit(words, LimitForm.PROMPT, since=_since(plain))
    if _STANDING.search(plain):
        return Limit(words, LimitForm.STANDING)
    return _unreadable(words, "duration" if lasting else "unknown")


def _since(plain: str) -> str:
    return next((code for code, pattern in _SINCE if pattern.search(plain)), "")


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _CHINESE[written]


def _unreadable(words: str, reason: str) -> Limit:
    zh, en = _REASONS[reason]
    return Limit(words, None, reason_zh=zh, reason_en=en)
