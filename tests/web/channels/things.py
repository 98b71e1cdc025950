"""A channel of an organ and a publication on it, for the tests of who gets at what."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.web.platform import House

from gongkai.web.channels.actions.channels import open_channel
from gongkai.web.channels.actions.deciding import record_elsewhere
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role


def channel_things(house: House, out: Record) -> dict[str, dict[str, Any]]:
    """Ids by the names of the addresses. `out`: a public record."""
    channel = open_channel(
        by=house[Role.DISCLOSURE_OFFICE], organ=house.organ, kind="notice_board", name="镇公告栏"
    )
    release = record_elsewhere(
        by=house[Role.CLERK], record=out, channel=channel, on=timezone.localdate(), place="便民服务中心"
    )
    return {
        **{
            f"channels:{name}": {"pk": release.pk}
            for name in ("release", "again", "done", "give_up", "sheet")
        },
        **{f"channels:{name}": {"pk": channel.pk} for name in ("channel", "switch")},
        **{f"subscriptions:{name}": {"token": "none"} for name in ("confirm", "end", "told")},
    }
