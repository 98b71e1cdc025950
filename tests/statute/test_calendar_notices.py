"""A year's notice as a file: what an administrator imports, and what is refused (CAL.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.calendar import (
    Arrangement,
    Calendar,
    YearNotice,
    format_notice,
    national,
    parse_notice,
)
from gongkai.statute.calendar.statutory import statutory_days
from gongkai.statute.errors import CalendarError, NoticeError

# Invented: nobody has announced the holidays of 2027 in these words.
INVENTED_2027 = """
year = 2027
title = "关于2027年放假安排的样例（虚构）"
number = "样例〔2026〕1号"
issued = 2026-11-05
source = "虚构，仅供测试"

[[holiday]]
name = "元旦"
off = [2027-01-01, 2027-01-02, 2027-01-03]

[[holiday]]
name = "春节"
off = [2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11, 2027-02-12]
working = [2027-01-31, 2027-02-20]

[[holiday]]
name = "清明节"
off = [2027-04-03, 2027-04-04, 2027-04-05]

[[holiday]]
name = "劳动节"
off = [2027-05-01, 2027-05-02, 2027-05-03, 2027-05-04, 2027-05-05]
working = [2027-05-08]

[[holiday]]
name = "端午节"
off = [2027-06-09]

[[holiday]]
name = "中秋节"
off = [2027-09-15]

[[holiday]]
name = "国庆节"
off = [2027-10-01, 2027-10-02, 2027-10-03, 2027-10-04, 2027-10-05, 2027-10-06, 2027-10-07]
working = [2027-09-26, 2027-10-09]
"""


def notice_2027() -> YearNotice:
    return parse_notice(INVENTED_2027)


def test_a_year_imported_makes_its_dates_certain() -> None:
    calendar = national().with_year(notice_2027())
    start = dt.date(2026, 12, 4)
    assert national().add_working_days(start, 40).provisional
    due = calendar.add_working_days(start, 40)
    assert (due.date, due.provisional, due.why) == (dt.date(2027, 1, 31), False, "")
    assert calendar.years == range(2008, 2028)
    assert calendar.published_through == dt.date(2027, 12, 31)


def test_the_days_an_import_changes_are_listed_for_recomputing() -> None:
    changed = national().with_year(notice_2027()).changed_days(national())
    assert dt.date(2027, 1, 31) in changed
    assert dt.date(2027, 2, 9) in changed
    assert all(day.year == 2027 or day.year > 2031 for day in changed)


def test_local_days_stay_when_a_year_is_imported() -> None:
    local = national().with_local_days(name="某节", source="某文", off=[dt.date(2027, 1, 31)])
    assert not local.with_year(notice_2027()).is_working_day(dt.date(2027, 1, 31))


def test_the_order_in_which_notices_come_does_not_matter() -> None:
    assert Calendar(reversed(national().notices)) == national()


@pytest.mark.parametrize("notice", national().notices, ids=lambda n: f"{n.year}{'-change' * n.amends}")
def test_every_notice_of_the_package_is_written_back_as_it_was_read(notice: YearNotice) -> None:
    assert parse_notice(format_notice(notice)) == notice


@pytest.mark.parametrize("notice", national().notices, ids=lambda n: f"{n.year}{'-change' * n.amends}")
def test_nothing_in_the_packages_notices_is_doubtful_but_two_numbers_not_seen(notice: YearNotice) -> None:
    assert notice.doubts() == (("未写明文号或印发日期。",) if notice.year in (2008, 2009) else ())


texts = st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != "")


@given(texts, texts, st.text(max_size=20), texts)
def test_any_title_source_and_name_are_written_back(title: str, source: str, url: str, name: str) -> None:
    notice = replace(
        notice_2027(),
        title=title,
        source=source,
        url=url,
        amends=True,
        as_usual=(dt.date(2027, 2, 20),),
        arrangements=(Arrangement(name, (dt.date(2027, 3, 1),)),),
    )
    assert parse_notice(format_notice(notice)) == notice


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2027-02-20", "2027-02-19", "notice_make_up_on_weekday"),  # a Friday
        ("2027-06-09", "2028-06-09", "notice_day_outside_year"),
        ("2027-06-09", "2026-06-09", "notice_day_outside_year"),
        ("[2027-06-09]", "[2027-06-09, 2027-06-09]", "notice_day_twice"),
        ("2027-09-26", "2027-10-03", "notice_day_twice"),  # off and worked
        ("2027-06-09", "2027-06-10", "notice_statutory_day_missing"),
        ("2027-05-02, ", "", "notice_statutory_day_missing"),  # off by law since 2025
        ("year = 2027", "year = 2099", "notice_bad_year"),
        ("year = 2027", "year = 2007", "notice_bad_year"),
        ("year = 2027", 'year = "2027"', "notice_bad_field"),
        ("year = 2027", "year = true", "notice_bad_field"),
        ("[2027-06-09]", '["2027-06-09"]', "notice_bad_field"),
        ("[2027-06-09]", "[2027-06-09T00:00:00]", "notice_bad_field"),
        ("[2027-06-09]", "2027-06-09", "notice_bad_field"),
        ("issued = 2026-11-05", "issued = 2026-11-05T08:00:00", "notice_bad_field"),
        ("source =", "sauce =", "notice_field_missing"),
        ("number =", "nummer =", "notice_unknown_field"),
        ("working = [2027-05-08]", "work = [2027-05-08]", "notice_unknown_field"),
        ('name = "端午节"', 'name = " "', "notice_field_missing"),
        ("2027-06-09", "2027-06-31", "notice_not_toml"),
        ("[[holiday]]", "[[holiday", "notice_not_toml"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_its_reason(old: str, new: str, code: str) -> None:
    assert old in INVENTED_2027
    with pytest.raises(NoticeError) as refused:
        parse_notice(INVENTED_2027.replace(old, new, 1))
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en


def test_the_reason_names_the_holiday_the_day_and_the_weekday() -> None:
    with pytest.raises(NoticeError, match="春节的调休上班日 2027-02-19 是周五"):
        parse_notice(INVENTED_2027.replace("2027-02-20", "2027-02-19"))
    with pytest.raises(NoticeError, match="缺少法定节日：端午节 2027-06-09"):
        parse_notice(INVENTED_2027.replace("2027-06-09", "2027-06-10"))


def test_a_holiday_that_is_no_table_is_refused() -> None:
    with pytest.raises(NoticeError, match="holiday"):
        parse_notice('year = 2027\ntitle = "样例"\nsource = "虚构"\nholiday = [1]')


def test_a_notice_without_a_day_off_is_refused() -> None:
    with pytest.raises(NoticeError, match="没有一天放假"):
        replace(notice_2027(), arrangements=())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("working = [2027-05-08]\n", "", "法定节日为 13 天"),  # a make-up day left out
        ("2027-10-09", "2027-11-06", "离假期超过 21 天"),
        ('number = "样例〔2026〕1号"\n', "", "未写明文号"),
        ("issued = 2026-11-05", "issued = 2025-11-05", "不在上一年"),
    ],
)
def test_what_is_possible_but_unusual_is_shown_before_importing(old: str, new: str, words: str) -> None:
    assert notice_2027().doubts() == ()
    assert any(words in doubt for doubt in parse_notice(INVENTED_2027.replace(old, new)).doubts())


def test_a_year_is_not_imported_twice() -> None:
    with pytest.raises(CalendarError) as refused:
        national().with_year(notice_2027()).with_year(notice_2027())
    assert refused.value.code == "calendar_year_present"


def test_years_follow_one_another() -> None:
    later = YearNotice(
        year=2028,
        title="样例（虚构）",
        source="虚构",
        arrangements=(Arrangement("法定节日", tuple(statutory_days(2028))),),
    )
    with pytest.raises(CalendarError, match="2027 年的放假安排缺失") as refused:
        national().with_year(later)
    assert refused.value.code == "calendar_year_missing"
    with pytest.raises(CalendarError):
        Calendar([])
    with pytest.raises(CalendarError):
        Calendar([*national().notices, national().notices[0]])


def change_of_2026(**changed: object) -> YearNotice:
    parts: dict[str, object] = {
        "year": 2026,
        "title": "关于调整放假的样例（虚构）",
        "source": "虚构",
        "amends": True,
        "arrangements": (Arrangement("国庆节", (dt.date(2026, 10, 8),), (dt.date(2026, 10, 11),)),),
    }
    return YearNotice(**(parts | changed))  # type: ignore[arg-type]


def test_a_later_change_overrides_the_notice_of_the_year() -> None:
    calendar = national().with_year(change_of_2026(as_usual=(dt.date(2026, 10, 10),)))
    worked = [calendar.is_working_day(dt.date(2026, 10, n)) for n in (7, 8, 9, 10, 11)]
    assert worked == [False, False, True, False, True]
    assert calendar.published_through == dt.date(2026, 12, 31)


def test_a_change_may_only_give_days_back() -> None:
    calendar = national().with_year(change_of_2026(arrangements=(), as_usual=(dt.date(2026, 10, 7),)))
    assert calendar.changed_days(national()) == (dt.date(2026, 10, 7),)


def test_a_change_of_a_year_not_loaded_is_refused() -> None:
    with pytest.raises(CalendarError, match="2027 年，该年的放假安排尚未载入"):
        national().with_year(replace(notice_2027(), amends=True))
