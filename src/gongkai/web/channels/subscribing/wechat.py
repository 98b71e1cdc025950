"""The official account (服务号) of the installation, over which followers are told of what is new.

Names are those of the public documentation and of texts about it (seen on 2026-11-21): message/template/send
(blog.csdn.net/wang_quan_li/article/details/38921601 gives the documented request), qrcode/create with
`expire_seconds`, `action_name`, `action_info.scene` and the answer's `url`, of which a QR code may be made
(kancloud.cn/houdunwang/wechat/232814). Tried against a server of our own that speaks so; never on the
platform itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from gongkai.web.channels.adapters.base import Account, Trouble, shortened, web_address
from gongkai.web.channels.adapters.limits import limits
from gongkai.web.channels.adapters.wechat_asking import asked

# 40003 invalid openid; 43004 require subscribe: the follower has left.
GONE = frozenset({"wechat_40003", "wechat_43004"})
# What the operator mends, and then it goes out: AppID, AppSecret, IP, template, rights of the account.
OF_THE_ACCOUNT = frozenset(
    {"no_account", *(f"wechat_{one}" for one in (40013, 40037, 40125, 40164, 41001, 48001, 61004))}
)


def is_open() -> bool:
    """Whether the account, its push token and a template are set: without them WeChat is not offered."""
    return all(
        (settings.WECHAT_APP_ID, settings.WECHAT_SECRET, settings.WECHAT_TOKEN, settings.WECHAT_TEMPLATE)
    )


def scene_address(code: str, seconds: int) -> str:
    """What a QR code holds that leads a follower here with the code; "" where the platform does not give it
    now: the code can be sent by hand."""
    said = {
        "expire_seconds": seconds,
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": code}},
    }
    try:
        return web_address(asked(_account(), "qrcode/create", said).get("url"))
    except Trouble:
        return ""


def send_template(openid: str, facts: Mapping[str, str], link: str) -> None:
    """A message of the template; `facts`: `title`, `organ`, `date`, `count`. Refused, Unavailable, Unsure."""
    most = limits("wechat")["template_value"]
    name, *fields = str(settings.WECHAT_TEMPLATE).split()
    pairs = (one.partition("=") for one in fields)
    data = {field: {"value": shortened(facts.get(fact, ""), most)} for field, _, fact in pairs}
    said = {"touser": openid, "template_id": name, "url": link, "data": data}
    asked(_account(), "message/template/send", said)


def _account() -> Account:
    return Account({"app_id": settings.WECHAT_APP_ID}, settings.WECHAT_SECRET)
