"""The calendar's data held against two libraries that keep the same notices, day by day (CAL.4)."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import holidays
import pytest

from gongkai.statute.calendar import national
from gongkai.statute.calendar.statutory import lunar_days, statutory_days

DAYS = [dt.date(2008, 1, 1) + dt.timedelta(days=n) for n in range(6940)]
# Days on which a library is known to differ; the two differ from each other on 2005-12-31 alone.
KNOWN_DIFFERENCES: set[dt.date] = set()


def test_every_day_from_2008_to_2026_is_that_of_chinesecalendar() -> None:
    assert {
        d for d in DAYS if national().is_working_day(d) != chinese_calendar.is_workday(d)
    } == KNOWN_DIFFERENCES


def test_every_day_from_2008_to_2026_is_that_of_holidays() -> None:
    theirs = holidays.country_holidays("CN", years=range(2008, 2027))
    assert {d for d in DAYS if national().is_working_day(d) != theirs.is_working_day(d)} == KNOWN_DIFFERENCES


def test_all_days_were_compared() -> None:
    assert len(DAYS) == 6940
    assert (DAYS[0], DAYS[-1]) == (dt.date(2008, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize("year", range(2008, 2051))
def test_the_statutory_days_of_a_year_are_those_of_holidays(year: int) -> None:
    """Beside them `holidays` names only what a notice moved or added."""
    theirs = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    moved = {d for d, name in theirs.items() if "调休" in name or "延长" in name or "70周年" in name}
    assert set(statutory_days(year)) == {d for d in theirs if d.year == year} - moved


@pytest.mark.parametrize("year", range(2008, 2051))
def test_tomb_sweeping_is_the_solar_term(year: int) -> None:
    terms = chinese_calendar.get_solar_terms(dt.date(year, 4, 1), dt.date(year, 4, 10))
    assert [d for d, _ in terms] == [lunar_days()[year]["tomb_sweeping"]]
