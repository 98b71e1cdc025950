"""Channels for tests: servers of this machine, patience cut short, a town with a channel of each kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.channels.servers import Receiver, WeChatServer, WeiboServer, Wire, serving

from gongkai.web.channels import kinds
from gongkai.web.channels.adapters import wechat_token

SECRET = "shared-secret-of-a-test"


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    settings.CHANNEL_NETWORKS = ["127.0.0.0/8"]
    settings.PUBLIC_ADDRESS = "https://www.xugou.example.cn"
    short = dataclasses.replace(kinds.patience(), request_seconds=0.8)
    for place in ("gongkai.web.channels.outgoing", "gongkai.web.channels.actions.sending"):
        monkeypatch.setattr(f"{place}.patience", lambda: short)
    wechat_token._known.clear()
    yield
    wechat_token._known.clear()


@pytest.fixture
def receiver() -> Iterator[Wire]:
    with serving(Receiver, SECRET) as wire:
        yield wire


@pytest.fixture
def wechat(settings: Any) -> Iterator[Wire]:
    with serving(WeChatServer, SECRET) as wire:
        settings.WECHAT_ADDRESS = wire.address
        yield wire


@pytest.fixture
def weibo(settings: Any) -> Iterator[Wire]:
    with serving(WeiboServer, SECRET) as wire:
        settings.WEIBO_ADDRESS = wire.address
        yield wire
