"""A year's holiday notice as data: checked when made, read from a toml file, written back (CAL.2, CAL.5)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from gongkai.statute.calendar.days import WEEKDAYS
from gongkai.statute.calendar.statutory import last_lunar_year, statutory_count, statutory_days
from gongkai.statute.errors import NoticeError, plain_text, short

FIRST_YEAR = 2008  # the first year of the 2007 list of statutory days, with 清明, 端午 and 中秋 in it
# A notice reaches back into the December before: that for 2012 made 2011-12-31 a working day.
_REACHES_BACK = dt.timedelta(days=7)
_FAR_AWAY = (
    21  # days between a holiday and the day that pays for it: no notice from 2008 to 2026 has more than 14
)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One numbered item of a notice: the days off as it lists them, and the make-up working days."""

    name: str
    off: tuple[dt.date, ...]
    working: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class YearNotice:
    """The notice for a year, or (`amends`) a later one that changes single days of it.

    `source` says where the days were taken from. `as_usual`: days a change gives back to the ordinary week.
    Making one checks it; NoticeError (codes `notice_…`) says which day cannot be right.
    """

    year: int
    title: str
    source: str
    arrangements: tuple[Arrangement, ...]
    number: str = ""
    issued: dt.date | None = None
    url: str = ""
    amends: bool = False
    as_usual: tuple[dt.date, ...] = field(default=())

    def __post_init__(self) -> None:
        _check_head(self)
        _check_days(self)
        if not self.amends:
            _check_statutory_days(self)

    @property
    def off(self) -> dict[dt.date, str]:
        """Day off → the holiday it belongs to."""
        return {day: item.name for item in self.arrangements for day in item.off}

    @property
    def working(self) -> dict[dt.date, str]:
        """Make-up working day → the holiday it pays for."""
        return {day: item.name for item in self.arrangements for day in item.working}

    def doubts(self) -> tuple[str, ...]:
        """What a person should look at again before importing: nothing here is impossible, only unusual."""
        return tuple(_doubts(self))


def parse_notice(text: str) -> YearNotice:
    """The notice in a toml file such as those of data/calendar. NoticeError if it cannot be taken."""
    try:
        table = tomllib.loads(plain_text(text, "放假安排文件", error=NoticeError))
    except tomllib.TOMLDecodeError as error:
        raise NoticeError(
            "notice_not_toml",
            f"放假安排文件不是有效的 TOML：{error}。请对照 data/calendar 中的文件修改。",
            f"The holiday file is no valid TOML: {error}. Compare it with the files of data/calendar.",
        ) from error
    items = _take(table, "holiday", list, [])
    notice = YearNotice(
        year=_take(table, "year", int, 0),
        title=_take(table, "title", str, ""),
        number=_take(table, "number", str, ""),
        issued=_take(table, "issued", dt.date, None),
        url=_take(table, "url", str, ""),
        source=_take(table, "source", str, ""),
        amends=_take(table, "amends", bool, False),
        as_usual=_dates(table, "as_usual"),
        arrangements=tuple(_arrangement(item) for item in items),
    )
    _nothing_left(table)
    return notice


def format_notice(notice: YearNotice) -> str:
    """The notice as a toml file; `parse_notice` gives the same notice back."""
    lines = [f"year = {notice.year}"]
    lines += ["amends = true"] if notice.amends else []
    lines += [f"title = {_quoted(notice.title)}"]
    lines += [f"number = {_quoted(notice.number)}"] if notice.number else []
    lines += [f"issued = {notice.issued}"] if notice.issued else []
    lines += [f"url = {_quoted(notice.url)}"] if notice.url else []
    lines += [f"source = {_quoted(notice.source)}"]
    lines += [f"as_usual = {_listed(notice.as_usual)}"] if notice.as_usual else []
    for item in notice.arrangements:
        lines += ["", "[[holiday]]", f"name = {_quoted(item.name)}", f"off = {_listed(item.off)}"]
        lines += [f"working = {_listed(item.working)}"] if item.working else []
    return "\n".join(lines) + "\n"


def _arrangement(item: object) -> Arrangement:
    if not isinstance(item, dict):
        raise _bad_field("holiday", item)
    made = Arrangement(_take(item, "name", str, ""), _dates(item, "off"), _dates(item, "working"))
    _nothing_left(item)
    return made


def _take(table: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = table.pop(key, default)
    if value is default:
        return value
    # A date-time is a date to Python and True an int: neither may pass for one.
    if type(value) is not kind:
        raise _bad_field(key, value)
    return value


def _dates(table: dict[str, Any], key: str) -> tuple[dt.date, ...]:
    days = _take(table, key, list, [])
    for day in days:
        if type(day) is not dt.date:
            raise _bad_field(key, day)
    return tuple(days)


def _nothing_left(table: dict[str, Any]) -> None:
    if table:
        key = min(table)
        raise NoticeError(
            "notice_unknown_field",
            f"放假安排文件中有不认识的项“{key}”。请删去，或改为规定的名称。",
            f"The holiday file has an unknown field {key!r}. Remove it or correct its name.",
        )


def _bad_field(key: str, value: object) -> NoticeError:
    return NoticeError(
        "notice_bad_field",
        f"放假安排文件中“{key}”的值不合要求：{short(value)}。日期写作 2026-10-01，不加引号。",
        f"Field {key!r} of the holiday file is wrong: {short(value)}. Dates stand unquoted: 2026-10-01.",
    )


def _quoted(text: str) -> str:
    # The control characters are the only ones that toml does not take as they are.
    shown = "".join(
        f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c for c in text.replace("\\", "\\\\")
    )
    return '"' + shown.replace('"', '\\"') + '"'


def _listed(days: Iterable[dt.date]) -> str:
    return "[" + ", ".join(map(str, days)) + "]"


def _check_head(notice: YearNotice) -> None:
    if type(notice.year) is not int or not FIRST_YEAR <= notice.year <= last_lunar_year():
        raise NoticeError(
            "notice_bad_year",
            f"放假安排的年份应在 {FIRST_YEAR} 至 {last_lunar_year()} 之间，现为 {short(notice.year)}。",
            f"The year must lie from {FIRST_YEAR} to {last_lunar_year()}, not {short(notice.year)}.",
        )
    named = [item.name.strip() for item in notice.arrangements]
    if not (notice.title.strip() and notice.source.strip() and all(named)):
        raise NoticeError(
            "notice_field_missing",
            f"{notice.year} 年放假安排须写明标题、来源和每个节日的名称。",
            f"The notice for {notice.year} must state its title, its source and each holiday's name.",
        )
    if not notice.as_usual and not any(item.off for item in notice.arrangements):
        raise NoticeError(
            "notice_empty",
            f"{notice.year} 年放假安排中没有一天放假。",
            f"The notice for {notice.year} has no day off.",
        )


def _check_days(notice: YearNotice) -> None:
    first, last = dt.date(notice.year, 1, 1) - _REACHES_BACK, dt.date(notice.year, 12, 31)
    seen: set[dt.date] = set()
    for day in (*_every_day(notice), *notice.as_usual):
        if not first <= day <= last:
            raise NoticeError(
                "notice_day_outside_year",
                f"{notice.year} 年放假安排中的 {day} 不在该年（可上溯至 {first}）。请核对年份。",
                f"{day} does not belong to the notice for {notice.year} (from {first}). Check the year.",
            )
        if day in seen:
            raise NoticeError(
                "notice_day_twice",
                f"{notice.year} 年放假安排中 {day} 出现两次。一天只能是放假、上班之一，请删去多余的。",
                f"{day} stands twice in the notice for {notice.year}. Remove one.",
            )
        seen.add(day)
    for day, name in notice.working.items():
        if day.weekday() < 5:
            raise NoticeError(
                "notice_make_up_on_weekday",
                f"{name}的调休上班日 {day} 是周{WEEKDAYS[day.weekday()]}，本来就上班。"
                "调休上班日应为周六或周日，请核对。",
                f"The make-up working day {day} of {name} is no Saturday or Sunday. Check it.",
            )


def _check_statutory_days(notice: YearNotice) -> None:
    for day, name in statutory_days(notice.year).items():
        if day not in notice.off:
            raise NoticeError(
                "notice_statutory_day_missing",
                f"{notice.year} 年放假安排缺少法定节日：{name} {day}。请补上，或核对年份。",
                f"The notice for {notice.year} lacks a statutory day: {day} ({name}).",
            )


def _every_day(notice: YearNotice) -> Iterator[dt.date]:
    for item in notice.arrangements:
        yield from item.off
        yield from item.working


def _doubts(notice: YearNotice) -> Iterator[str]:
    moved = sum(day.weekday() < 5 for day in notice.off) - len(notice.working)
    due = statutory_count(notice.year)
    if not notice.amends and moved != due:
        # Days are only moved: weekdays off, less make-up days, are the statutory days.
        yield f"放假的工作日比调休上班日多 {moved} 天，而法定节日为 {due} 天：请核对有无漏写或多写。"
    for item in notice.arrangements:
        for day in item.working:
            if item.off and min(abs((day - off).days) for off in item.off) > _FAR_AWAY:
                yield f"{item.name}的调休上班日 {day} 离假期超过 {_FAR_AWAY} 天：请核对月份。"
    if not (notice.number and notice.issued):
        yield "未写明文号或印发日期。"
    elif not notice.amends and notice.issued.year not in (notice.year - 1, notice.year):
        yield f"印发日期 {notice.issued} 不在上一年：请核对。"
