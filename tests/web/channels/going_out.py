"""Channels of the invented town, and rounds of delivery as time goes by."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from tests.web.channels.conftest import SECRET
from tests.web.platform import House

from gongkai.web.channels.actions.channels import open_channel
from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Channel, Release
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role

SETTINGS: dict[str, dict[str, Any]] = {
    "wechat": {"app_id": "wx0000000000000000", "cover_media_id": "cover-1"},
    "weibo": {"rip": "203.0.113.7"},
}


def opened(house: House, kind: str, address: str = "", **facts: Any) -> Channel:
    """A channel that takes everything."""
    settings = {"address": f"{address}/inbox"} if kind == "webhook" else SETTINGS.get(kind, {})
    secret = SECRET if kind in ("webhook", "wechat", "weibo") else ""
    given = {"name": f"虚构渠道 {kind}", "takes": "all", "settings": settings, "secret": secret, **facts}
    return open_channel(by=house[Role.DISCLOSURE_OFFICE], organ=house.organ, kind=kind, **given)


def later(hours: float) -> Any:
    """A round of delivery that many hours from now."""
    with clock.set_to(timezone.now() + dt.timedelta(hours=hours)):
        return deliver()


def days(rounds: int = 12) -> None:
    """Rounds over several days: every wait is over in time."""
    for number in range(rounds):
        later(1 + number * 30)


def only(record: Record, **narrowed: Any) -> Release:
    return Release.objects.get(record=record, **narrowed)


def states(record: Record) -> list[tuple[str, str]]:
    """What was done, in order: act and state."""
    found = Release.objects.filter(record=record).order_by("sequence")
    return [(one.act, one.state) for one in found]
