"""The days on which everybody is off by the 全国年节及纪念日放假办法, as it stood in each year (CAL.3)."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

DATA = resources.files("gongkai.statute") / "data" / "calendar"
_WRITTEN = re.compile(r"(?:(?P<month>\d+)-(?P<day>\d+)|(?P<lunar>[a-z_]+)(?P<shift>[+-]\d+)?)")


class StatutoryList(NamedTuple):
    """The list in force from a date: festival → its days as statutory_days.toml writes them."""

    holds_from: dt.date
    order: str
    days: dict[str, tuple[str, ...]]


@cache
def statutory_lists() -> tuple[StatutoryList, ...]:
    """Every list, the oldest first."""
    rows = tomllib.loads((DATA / "statutory_days.toml").read_text("utf-8"))["list"]
    lists = (
        StatutoryList(
            row["holds_from"], row["order"], {name: tuple(days) for name, days in row["days"].items()}
        )
        for row in rows
    )
    return tuple(sorted(lists, key=lambda found: found.holds_from))


@cache
def lunar_days() -> dict[int, dict[str, dt.date]]:
    """Year → the days that moon and sun fix; the table was made with `holidays` 0.108 (MIT).

    lunar_python 1.4.8 gives the same days for every year of it.
    """
    rows = csv.DictReader((DATA / "lunar_days.csv").read_text("utf-8").splitlines())
    return {
        int(row.pop("year")): {name: dt.date.fromisoformat(day) for name, day in row.items()} for row in rows
    }


def last_lunar_year() -> int:
    """The last year whose lunar days are in the table."""
    return max(lunar_days())


@cache
def statutory_days(year: int) -> dict[dt.date, str]:
    """Day → festival for one year (CAL.3). 中秋 on a day of 国庆 counts once. KeyError outside the table.

    >>> [f"{day:%m-%d} {name}" for day, name in statutory_days(2025).items()][:6]
    ['01-01 元旦', '01-28 春节', '01-29 春节', '01-30 春节', '01-31 春节', '04-04 清明节']
    >>> len(statutory_days(2024)), len(statutory_days(2026))
    (11, 13)
    """
    in_force = [found for found in statutory_lists() if found.holds_from.year <= year][-1]
    lunar = lunar_days()[year]
    days: dict[dt.date, str] = {}
    for name, written in in_force.days.items():
        for text in written:
            days.setdefault(_day(text, year, lunar), name)
    return dict(sorted(days.items()))


def statutory_count(year: int) -> int:
    """How many days off the law gives in a year: a day on which two festivals meet counts twice."""
    return sum(
        map(len, [found for found in statutory_lists() if found.holds_from.year <= year][-1].days.values())
    )


def _day(written: str, year: int, lunar: dict[str, dt.date]) -> dt.date:
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise ValueError(f"statutory_days.toml: {written!r} is no day")
    if found["month"]:
        return dt.date(year, int(found["month"]), int(found["day"]))
    return lunar[found["lunar"]] + dt.timedelta(days=int(found["shift"] or 0))
