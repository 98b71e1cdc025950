"""The limits of disclosure on request, by the day a request was received (REG.30 to REG.35, FEE.6)."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from gongkai.statute.data_files import data
from gongkai.statute.errors import ClockError


class Limits(NamedTuple):
    """Working days, and the choices where the law is silent. `holds_from`: the first day of receipt."""

    name: str
    number: str
    holds_from: dt.date
    reply: int
    extension: int
    supplement_notice: int
    third_party: int
    co_maker: int
    payment: int
    fee_payment_restarts: bool
    late_supplement_notice_restarts: bool
    alarms: tuple[int, ...]


@cache
def all_limits() -> tuple[Limits, ...]:
    """Every regulation's limits, the newest first."""
    found = [
        Limits(
            name=entry["name"],
            number=entry["number"],
            holds_from=entry["holds_from"],
            **entry["days"],
            **{**entry["choices"], "alarms": tuple(entry["choices"]["alarms"])},
        )
        for entry in data("limits.toml")["limits"]
    ]
    return tuple(sorted(found, key=lambda limits: limits.holds_from, reverse=True))


def limits_on(received: dt.date) -> Limits:
    """The limits for a request received on that day. ClockError before the first regulation kept here."""
    for limits in all_limits():
        if received >= limits.holds_from:
            return limits
    first = all_limits()[-1]
    raise ClockError(
        "clock_before_regulation",
        f"{received} 收到的申请早于{first.name}施行之日（{first.holds_from}），适用当时的条例，"
        "其期限未收入本程序。请核对日期。",
        f"A request received on {received} comes before {first.holds_from}, when the Regulation kept here "
        "took effect; the limits of the time are not known to this program. Check the date.",
    )
