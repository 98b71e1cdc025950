"""How each kind of channel is spoken to. One interface: adapters.base."""

from __future__ import annotations

from gongkai.web.channels.adapters.base import Account, Adapter
from gongkai.web.channels.adapters.webhook import Webhook
from gongkai.web.channels.adapters.wechat import WeChat
from gongkai.web.channels.adapters.weibo import Weibo

_ADAPTERS: dict[str, type[Adapter]] = {"webhook": Webhook, "wechat": WeChat, "weibo": Weibo}


def adapter_of(kind: str, account: Account) -> Adapter:
    """The adapter of a kind of channel that is sent to by a program; KeyError for others."""
    return _ADAPTERS[kind](account)


def acts_of(kind: str) -> frozenset[str]:
    """What a program can do on that kind of channel; the rest a person does."""
    found = _ADAPTERS.get(kind)
    return found.acts if found else frozenset()
