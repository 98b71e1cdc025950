"""The access token of a WeChat account: asked for once, used until it ends, never written down.

`stable_token` gives every process the same one as long as it holds: processes need not share it.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from django.conf import settings

from gongkai.web.channels.adapters.base import Account, Refused, Unavailable
from gongkai.web.channels.adapters.reaching import reaching
from gongkai.web.channels.outgoing import send_json

_known: dict[tuple[str, str], tuple[str, float]] = {}
_lock = Lock()
_EARLY = 300  # seconds: the platform renews it so long before its end


def token(account: Account) -> str:
    """The token that holds now. Refused where the account's own data are wrong."""
    key = (account.setting("app_id"), account.secret)
    if not all(key):
        zh = "没有填写公众号的 AppID 或 AppSecret。"
        raise Refused("no_account", zh, "AppID or AppSecret is missing.")
    with _lock:
        known, until = _known.get(key, ("", 0.0))
    if known and until > time.monotonic():
        return known
    found, seconds = _asked(*key)
    with _lock:
        _known[key] = (found, time.monotonic() + max(seconds - _EARLY, 0))
    return found


def forget(account: Account, used: str) -> None:
    """The token did not hold; whoever has asked for a newer one meanwhile keeps that."""
    key = (account.setting("app_id"), account.secret)
    with _lock:
        if _known.get(key, ("", 0.0))[0] == used:
            del _known[key]


def _asked(app_id: str, secret: str) -> tuple[str, float]:
    said = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
    with reaching(lost_is=Unavailable):  # nothing was published by that
        answer = send_json(f"{settings.WECHAT_ADDRESS}/cgi-bin/stable_token", said)
    facts: dict[str, Any] = answer.facts() or {}
    found, seconds = facts.get("access_token"), facts.get("expires_in")
    if isinstance(found, str) and 0 < len(found) <= 2000 and found.isascii() and found.isprintable():
        return found, float(seconds) if isinstance(seconds, int) else 0.0
    code = facts.get("errcode")
    if isinstance(code, int) and code > 0:
        told = f"{code} {str(facts.get('errmsg') or '')[:120]}"
        zh = f"公众平台没有给出接口凭据（{told}）。请核对 AppID、AppSecret 和 IP 白名单。"
        raise Refused(f"wechat_{code}", zh, f"No token ({told}).")
    raise Unavailable("no_token", f"公众平台没有给出接口凭据（{answer.status}）。", "No token came back.")
