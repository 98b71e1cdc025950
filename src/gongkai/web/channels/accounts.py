"""What each kind of channel must be told before it can be sent to."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.web.channels.outgoing import is_inner
from gongkai.web.organs.errors import Invalid, WorkError

_NAME = re.compile(r"[\w-]{1,200}", re.ASCII)


class Setting(NamedTuple):
    """A setting of a kind. `form`: what it must look like."""

    code: str
    words: str | Promise
    hint: str | Promise = ""
    form: Literal["address", "name", "ip", "text", "yes_no"] = "text"
    required: bool = True
    most: int = 300


class AccountForm(NamedTuple):
    """The settings of a kind, and what its secret is called; "" where there is none."""

    settings: tuple[Setting, ...] = ()
    secret_words: str | Promise = ""
    secret_hint: str | Promise = ""
    least_secret: int = 1
    name_hint: Any = ""


_FORMS = {
    "webhook": AccountForm(
        (Setting("address", _("接收地址"), _("对方系统接收的网址，以 https:// 开头。"), "address"),),
        _("签名密钥"),
        _("至少 16 位，与对方系统约定。每次发送都用它签名，对方据此确认来源。"),
        16,
        name_hint=_("例如：市级信息公开平台。"),
    ),
    "wechat": AccountForm(
        (
            Setting("app_id", "AppID", _("公众平台“设置与开发”中的开发者 ID。"), "name"),
            Setting(
                "cover_media_id",
                _("封面图片素材编号"),
                _("公众号永久素材的 media_id：公众平台要求每篇文章有封面。"),
                "name",
            ),
            Setting("author", _("作者"), _("不填的，写机关名称。"), required=False, most=16),
            Setting(
                "drafts_only",
                _("只放入草稿箱，由人工发表"),
                _("账号没有发布接口权限的，请选这一项。"),
                "yes_no",
                required=False,
            ),
        ),
        "AppSecret",
        _("本系统服务器的 IP 须先加入公众平台的 IP 白名单。"),
        name_hint=_("例如：虚构区发布（微信）。"),
    ),
    "weibo": AccountForm(
        (Setting("rip", _("服务器公网 IP"), _("微博接口要求上报发送者的真实 IP。"), "ip"),),
        "access_token",
        _("微博开放平台授权后得到；过期后要重新授权、重新填写。链接的域名须在应用的“安全域名”中。"),
        name_hint=_("例如：虚构区发布（微博）。"),
    ),
    "gazette": AccountForm(name_hint=_("例如：虚构区人民政府公报。")),
    "notice_board": AccountForm(name_hint=_("例如：区政务服务大厅公告栏。")),
    "press_conference": AccountForm(name_hint=_("例如：区政府新闻发布会。")),
    "press": AccountForm(name_hint=_("例如：《虚构日报》。")),
    "other": AccountForm(name_hint=_("例如：村（居）务公开栏。")),
}


def account_form(kind: str) -> AccountForm:
    return _FORMS.get(kind, AccountForm())


def checked_settings(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the kind and nothing else; Invalid with a fault for each that does not hold."""
    kept: dict[str, Any] = {}
    faults: list[WorkError] = []
    for one in account_form(kind).settings:
        if one.form == "yes_no":
            kept[one.code] = bool(given.get(one.code))
            continue
        text = str(given.get(one.code) or "").strip()
        if text and not _holds(one, text):
            zh = f"“{one.words}”填写有误，请按说明核对。"
            faults.append(WorkError("setting_wrong", zh, f"{one.code} is wrong.", field=one.code))
        elif one.form == "address" and text and is_inner(text):
            faults.append(_inner(one.code))
        elif not text and one.required:
            zh = f"请填写“{one.words}”。"
            faults.append(WorkError("setting_missing", zh, f"{one.code} is missing.", field=one.code))
        kept[one.code] = text
    if faults:
        raise Invalid(faults)
    return kept


def _inner(field: str) -> WorkError:
    zh = (
        "这个网址在内部网络中，系统不向内部网络发送。确需发送的，请系统管理员在 GONGKAI_CHANNEL_NETWORKS "
        "中放行该网段（例如 10.1.0.0/16）。"
    )
    en = "In an inner network: the system administrator must allow it in GONGKAI_CHANNEL_NETWORKS first."
    return WorkError("setting_inner", zh, en, field=field)


def checked_secret(kind: str, secret: str, *, has_one: bool) -> None:
    """WorkError where a secret is needed and missing, or too short to sign with."""
    needed = account_form(kind)
    if not needed.secret_words:
        return
    if not secret and not has_one:
        raise WorkError(
            "secret_missing", f"请填写“{needed.secret_words}”。", "The secret is missing.", field="secret"
        )
    if secret and len(secret) < needed.least_secret:
        zh = f"“{needed.secret_words}”至少 {needed.least_secret} 位。"
        raise WorkError("secret_short", zh, "The secret is too short.", field="secret")
    if len(secret) > 2000 or not secret.isprintable():
        raise WorkError("secret_wrong", "密钥填写有误。", "The secret is wrong.", field="secret")


def _holds(setting: Setting, text: str) -> bool:
    if len(text) > setting.most or not text.isprintable():
        return False
    if setting.form == "address":
        return _is_address(text)
    if setting.form == "name":
        return bool(_NAME.fullmatch(text))
    if setting.form == "ip":
        try:
            ipaddress.ip_address(text)
        except ValueError:
            return False
    return True


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        known = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return known and parts.scheme in ("http", "https") and parts.username is None and not parts.fragment
