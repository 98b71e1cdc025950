"""Channels as their keepers, clerks and citizens meet them: accessible, narrow enough for a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.platform_site import DESK, PHONE, Windows
from tests.browser.test_checking_journeys import page_scrolls_sideways
from tests.web.channels.going_out import opened
from tests.web.channels.servers import Receiver, serving
from tests.web.platform import published

from gongkai.web.channels.delivering import deliver
from gongkai.web.channels.models import Channel, Release
from gongkai.web.organs.models import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]
# Set to a folder, pictures of the pages are kept there to be looked at.
PICTURES = os.environ.get("GONGKAI_PICTURES", "")


def test_pages_of_channels_on_a_desk_and_on_a_phone(windows: Windows, invented: Any, settings: Any) -> None:
    settings.CHANNEL_NETWORKS = ["127.0.0.0/8"]
    town = invented.town
    with serving(Receiver, "shared-secret-of-a-test") as wire:
        wire.fails_with = 422
        opened(town, "webhook", wire.address, name="省政府信息公开平台")
        opened(town, "notice_board", name="便民服务中心公告栏")
        opened(town, "weibo", name="虚构北山发布（微博）", takes="by_hand")
        record = published(town)
        deliver()
    dead, board = Release.objects.get(state="dead"), Release.objects.get(state="task")
    channel = Channel.objects.get(kind="webhook")
    clerk = [
        "/work/", "/work/channels/", f"/work/channels/releases/{dead.pk}/",
        f"/work/channels/releases/{board.pk}/", f"/work/channels/releases/{board.pk}/done/",
        f"/work/channels/releases/{dead.pk}/give-up/", f"/work/channels/releases/{board.pk}/sheet/",
        f"/work/records/{record.pk}/", f"/work/records/{record.pk}/channels/",
        f"/work/records/{record.pk}/channels/elsewhere/",
        "/work/channels/figures/?part=website",
    ]  # fmt: skip
    office = [
        "/work/channels/settings/", "/work/channels/settings/open/",
        "/work/channels/settings/open/?kind=wechat", f"/work/channels/settings/{channel.pk}/",
        f"/work/channels/settings/{channel.pk}/switch/",
    ]  # fmt: skip
    wrong = look(windows.of(town[Role.CLERK].username), clerk)
    wrong += look(windows.of(town[Role.DISCLOSURE_OFFICE].username), office)
    citizens = ["/subscribe/", "/subscribe/?organ=beishan&words=防汛", "/subscribe/end/x/"]
    wrong += look(windows.anybody(), citizens)
    windows.expected(404)
    assert wrong == []


def look(page: Any, paths: list[str]) -> list[str]:
    wrong = []
    for path in paths:
        for size in (DESK, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.goto(path)
            if page_scrolls_sideways(page):
                wrong.append(f"{path} at {size[0]}: scrolls sideways")
            found = Axe().run(page)
            wrong += [f"{path} at {size[0]}: {one['id']}" for one in found.response["violations"]]
            if PICTURES:
                name = path.strip("/").replace("/", "-").replace("?", "-") or "home"
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{size[0]}.png"), full_page=True)
    return wrong
