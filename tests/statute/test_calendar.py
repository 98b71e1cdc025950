"""The working-day calendar: limits, kinds of days, what is provisional and what is refused (CAL)."""

from __future__ import annotations

import copy
import datetime as dt
import pickle

import pytest

from gongkai.statute.calendar import Calendar, DayKind, national
from gongkai.statute.errors import CalendarError, CalendarNotPublished


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2024-12-30", 20, "2025-01-27"),
        ("2025-01-20", 7, "2025-02-05"),  # to ask for a supplement (REG.30)
        ("2025-01-20", 20, "2025-02-21"),
        ("2025-04-25", 20, "2025-05-27"),
        ("2025-09-26", 15, "2025-10-23"),  # third party (REG.32)
        ("2025-09-26", 20, "2025-10-30"),
        ("2025-09-26", 40, "2025-11-27"),  # extended (REG.33.2)
        ("2026-02-10", 20, "2026-03-16"),
        ("2026-02-13", 7, "2026-03-02"),
        ("2026-02-14", 20, "2026-03-20"),  # received on a make-up Saturday
        ("2026-02-15", 20, "2026-03-20"),  # received on a holiday
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-11-20", 20, "2026-12-18"),
        ("2026-11-21", 20, "2026-12-18"),  # received on a Saturday
        ("2026-12-03", 20, "2026-12-31"),  # the last receipt whose limit stays in 2026 (CAL.5)
        ("2024-02-29", 1, "2024-03-01"),
        ("2020-01-23", 1, "2020-02-03"),  # the Spring Festival that was prolonged
        ("2019-04-30", 1, "2019-05-05"),  # the May Day that was changed
        ("2015-09-02", 1, "2015-09-06"),  # the seventieth anniversary
        ("2007-12-31", 1, None),
    ],
)
def test_a_limit_counts_from_the_next_working_day(received: str, days: int, due: str | None) -> None:
    if due is None:
        with pytest.raises(CalendarError, match="早于"):
            national().add_working_days(day(received), days)
        return
    found = national().add_working_days(day(received), days)
    assert (str(found.date), found.provisional) == (due, False)


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_the_law_leaves(year: int, count: int) -> None:
    assert national().working_days_between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)) == count


# Days are only moved: a year's working days are its weekdays less its statutory days, but for four years.
MOVED_OR_ADDED = {
    2011: 1,  # Saturday 2011-12-31 was worked …
    2012: -1,  # … for 2012-01-03
    2015: -1,  # 3 September was off once
    2020: -2,  # the Spring Festival was prolonged: a Friday more, and a make-up Saturday less
}


@pytest.mark.parametrize("year", range(2008, 2027))
def test_a_year_loses_its_statutory_days_and_no_others(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    days = [date for date in days if date.year == year]
    weekdays = sum(date.weekday() < 5 for date in days)
    statutory = 13 if year >= 2025 else 11
    worked = sum(map(national().is_working_day, days))
    assert worked == weekdays - statutory + MOVED_OR_ADDED.get(year, 0)


@pytest.mark.parametrize(
    ("date", "kind", "name", "working"),
    [
        ("2026-02-14", DayKind.MAKE_UP, "春节", True),
        ("2026-02-16", DayKind.HOLIDAY, "春节", False),
        ("2026-02-24", DayKind.WORKDAY, "", True),
        ("2026-03-07", DayKind.WEEKEND, "", False),
        ("2025-10-06", DayKind.HOLIDAY, "国庆节、中秋节", False),
        ("2015-06-21", DayKind.WEEKEND, "", False),  # between 端午 on Saturday and its day on Monday
        ("2015-06-22", DayKind.HOLIDAY, "端午节", False),
        ("2020-02-01", DayKind.HOLIDAY, "春节", False),  # first a make-up day, then prolonged
        ("2019-05-02", DayKind.HOLIDAY, "劳动节", False),
        ("2011-12-31", DayKind.MAKE_UP, "元旦", True),  # by the notice for 2012
        ("2018-12-31", DayKind.HOLIDAY, "元旦", False),  # by the notice for 2019
    ],
)
def test_a_day_is_shown_as_what_it_is(date: str, kind: DayKind, name: str, working: bool) -> None:
    shown = national().kind(day(date))
    assert (shown.kind, shown.name, shown.working, shown.provisional) == (kind, name, working, False)
    assert national().is_working_day(day(date)) is working


def test_a_day_is_told_in_words() -> None:
    assert national().kind(day("2026-02-14")).zh == "2026-02-14（周六，调休上班，春节）"
    assert national().kind(day("2027-02-06")).zh == "2027-02-06（周六，节假日，春节，暂定）"


def test_no_days_end_on_the_start_itself_working_day_or_not() -> None:
    assert national().add_working_days(day("2026-02-16"), 0).date == day("2026-02-16")
    assert national().next_working_day(day("2026-02-16")).date == day("2026-02-24")
    assert national().next_working_day(day("2026-02-14")).date == day("2026-02-14")


def test_days_between_are_counted_backwards_as_less_than_none() -> None:
    assert national().working_days_between(day("2025-10-30"), day("2025-09-26")) == -20


def test_a_limit_that_runs_into_a_year_not_published_is_provisional_and_says_so() -> None:
    due = national().add_working_days(day("2026-12-04"), 20)
    assert (due.date, due.provisional) == (day("2027-01-04"), True)
    assert "2027 年放假安排尚未载入" in due.why
    assert "暂定" in due.why
    assert "2027" in due.why_en
    assert "provisional" in due.why_en


def test_a_limit_that_ends_in_the_last_days_of_the_year_says_they_may_move() -> None:
    assert "可能调整 2026 年最后几天" in national().add_working_days(day("2026-12-03"), 20).why
    assert "last days of 2026" in national().add_working_days(day("2026-12-03"), 20).why_en
    assert national().add_working_days(day("2026-11-20"), 20).why == ""
    assert national().add_working_days(day("2026-11-20"), 20).why_en == ""


def test_provisional_days_know_the_statutory_days_and_no_others() -> None:
    off_2027 = [
        str(date)
        for n in range(365)
        if (date := dt.date(2027, 1, 1) + dt.timedelta(days=n)).weekday() < 5
        and not national().is_working_day(date)
    ]
    # Those of the 13 days that fall on Monday to Friday; 初一 is Saturday 6 February.
    assert off_2027 == [
        "2027-01-01",
        "2027-02-05",
        "2027-02-08",
        "2027-04-05",
        "2027-06-09",
        "2027-09-15",
        "2027-10-01",
    ]


def test_nothing_is_said_five_years_past_the_last_notice() -> None:
    assert national().add_working_days(day("2031-12-30"), 1).provisional
    for days in (5, 300):
        with pytest.raises(CalendarNotPublished) as refused:
            national().add_working_days(day("2031-12-30"), days)
        assert refused.value.code == "calendar_not_published"
        assert "2026" in refused.value.zh
        assert "2031-12-31" in refused.value.zh
    with pytest.raises(CalendarNotPublished):
        national().is_working_day(day("2032-01-01"))


@pytest.mark.parametrize(
    "days", [-1, True, 2.0, "20", None, 10**6, 1 << 20_000, float("nan")], ids=lambda n: type(n).__name__
)
def test_a_number_of_days_is_a_whole_number(days: object) -> None:
    with pytest.raises(CalendarError) as refused:
        national().add_working_days(day("2026-01-05"), days)  # type: ignore[arg-type]
    assert refused.value.code == "calendar_bad_count"


@pytest.mark.parametrize("start", [dt.datetime(2026, 1, 5, 23, 30), "2026-01-05", None, 20260105])
def test_a_day_is_a_date_without_a_time(start: object) -> None:
    for ask in (national().is_working_day, national().kind, lambda d: national().add_working_days(d, 20)):
        with pytest.raises(CalendarError) as refused:
            ask(start)  # type: ignore[arg-type]
        assert refused.value.code == "calendar_bad_day"


def test_a_day_before_2008_is_refused_in_words_and_code() -> None:
    with pytest.raises(CalendarError) as refused:
        national().kind(day("2007-12-31"))
    assert refused.value.code == "calendar_before_first_year"
    assert "2008-01-01" in refused.value.message()
    assert "2008-01-01" in refused.value.message("en")


# 凉山州 2011: 凉府办发〔2010〕31号 adds 火把节, 州庆 and 彝族年 to the national notice.
TORCH_FESTIVAL = [dt.date(2011, 7, n) for n in range(24, 31)]


def liangshan() -> Calendar:
    return (
        national()
        .with_local_days(
            name="火把节", source="凉府办发〔2010〕31号", off=TORCH_FESTIVAL, working=[day("2011-07-31")]
        )
        .with_local_days(name="州庆", source="凉府办发〔2010〕31号", off=[day("2011-10-08")])
    )


def test_a_minority_area_adds_its_own_days() -> None:
    shown = [liangshan().kind(dt.date(2011, 7, n)) for n in (22, 25, 31)]
    assert [one.kind for one in shown] == [DayKind.WORKDAY, DayKind.LOCAL_OFF, DayKind.LOCAL_WORKING]
    assert shown[1].name == "火把节"
    assert liangshan().add_working_days(day("2011-07-22"), 1).date == day("2011-07-31")
    assert national().add_working_days(day("2011-07-22"), 1).date == day("2011-07-25")


def test_a_local_day_overrides_a_national_make_up_day() -> None:
    assert national().is_working_day(day("2011-10-08"))
    assert not liangshan().is_working_day(day("2011-10-08"))
    assert liangshan().is_working_day(day("2011-10-09"))


def test_the_national_calendar_is_left_as_it_was() -> None:
    before = national()
    liangshan()
    assert national() is before
    assert not before.local_days
    with pytest.raises(AttributeError):
        before.first = day("2000-01-01")  # type: ignore[misc]


def test_calendars_are_equal_when_made_of_the_same() -> None:
    assert liangshan() == liangshan()
    assert hash(liangshan()) == hash(liangshan())
    assert liangshan() != national()
    assert national() != "日历"
    for copied in (copy.deepcopy(liangshan()), pickle.loads(pickle.dumps(liangshan()))):
        assert copied == liangshan()
        assert copied.add_working_days(day("2011-07-22"), 1).date == day("2011-07-31")


@pytest.mark.parametrize(
    ("off", "working", "code", "words"),
    [
        (["2026-07-06"], ["2026-07-06"], "calendar_local_day_wrong", "同时列为放假和上班"),
        ([], ["2026-10-01"], "calendar_local_day_wrong", "不能改为上班"),
        (["2050-07-06"], [], "calendar_local_day_wrong", "不在工作日历"),
        ([], [], "calendar_local_field_missing", "至少列出一天"),
    ],
)
def test_local_days_that_cannot_be_are_refused(
    off: list[str], working: list[str], code: str, words: str
) -> None:
    with pytest.raises(CalendarError, match=words) as refused:
        national().with_local_days(name="某节", source="某文", off=map(day, off), working=map(day, working))
    assert refused.value.code == code


@pytest.mark.parametrize(("name", "source"), [("", "某文"), ("某节", " ")])
def test_local_days_need_a_name_and_a_source(name: str, source: str) -> None:
    with pytest.raises(CalendarError, match="须写明名称、来源"):
        national().with_local_days(name=name, source=source, off=[day("2026-07-06")])


def test_a_local_day_is_a_date_without_a_time() -> None:
    with pytest.raises(CalendarError, match="不应为时刻"):
        national().with_local_days(name="某节", source="某文", off=[dt.datetime(2026, 7, 6)])


def test_a_day_can_be_asked_whether_it_is_certain() -> None:
    assert not national().is_provisional(day("2026-12-31"))
    assert national().is_provisional(day("2027-01-01"))
    with pytest.raises(CalendarNotPublished):
        national().is_provisional(day("2040-01-01"))


def test_a_refusal_keeps_its_words_when_it_is_carried_elsewhere() -> None:
    with pytest.raises(CalendarNotPublished) as refused:
        national().is_working_day(day("2040-01-01"))
    carried = pickle.loads(pickle.dumps(refused.value))
    assert type(carried) is CalendarNotPublished
    assert (carried.code, carried.message(), carried.message("en")) == (
        refused.value.code,
        refused.value.zh,
        refused.value.en,
    )
