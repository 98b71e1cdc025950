"""Invented requests for tests. The identity number is made up and passes its check (LAW.md PII.ID18)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.platform import House

from gongkai.web.config import clock
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.receiving import register, submit
from gongkai.web.requests.asked import Asked
from gongkai.web.requests.models import Case

DAY = dt.date(2025, 9, 26)  # the eve of a week of holidays, two days before a make-up day
IDENTITY = "11010519491231002X"
PHONE = "13800001234"
ADDRESS = "虚构区北山镇云溪路8号2单元301室"
NAME = "虚构申请人"
SECRETS = (IDENTITY, PHONE, ADDRESS, NAME)


def asked(**facts: Any) -> Asked:
    usual = {
        "requester_kind": "natural_person",
        "name": NAME,
        "identity_kind": "resident",
        "identity_number": IDENTITY,
        "phone": PHONE,
        "address": ADDRESS,
        "words": "申请公开北山镇2025年农村公路养护资金的分配方案",
        "reply_ways": ("post",),
    }
    return Asked(**{**usual, **facts})


def at(day: dt.date, hour: int = 9) -> Any:
    """Within it, it is that day."""
    return clock.set_to(
        dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    )


def received(house: House, on: dt.date, **facts: Any) -> Case:
    """A request handed in over the counter on a day."""
    with at(on):
        return register(
            by=house[Role.DISCLOSURE_OFFICE],
            organ=house.organ,
            asked=asked(**facts),
            channel="in-person",
            arrived_on=on,
        ).case


def sent(house: House, on: dt.date, **facts: Any) -> tuple[Case, str]:
    """A request sent by the portal on a day, with its code."""
    with at(on):
        return submit(organ=house.organ, asked=asked(**facts))


@pytest.fixture
def day() -> dt.date:
    return dt.date(2025, 9, 26)
