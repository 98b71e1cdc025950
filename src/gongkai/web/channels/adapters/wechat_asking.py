"""A question to the WeChat platform: with a token that holds, and what its error codes mean for us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.conf import settings

from gongkai.web.channels.adapters.base import Account, Refused, Unavailable, Unsure
from gongkai.web.channels.adapters.reaching import reaching
from gongkai.web.channels.adapters.wechat_token import forget, token
from gongkai.web.channels.outgoing import Answer, Upload, send_files, send_json

# The documentation's own words: 40001 invalid credential, 40014 invalid access_token, 42001 expired.
_TOKEN_IS_OLD = frozenset({40001, 40014, 42001})
_BUSY = -1  # 系统繁忙，此时请开发者稍候再试
_TOO_OFTEN = frozenset({45009, 45011})


def asked(account: Account, what: str, said: Mapping[str, Any] | list[Upload]) -> dict[str, Any]:
    """The answer to a question, with a new token where the old one no longer holds. `what`: the interface, as
    `draft/add`. Refused, Unavailable, Unsure."""
    for is_last in (False, True):
        used = token(account)
        address = f"{settings.WECHAT_ADDRESS}/cgi-bin/{what}?access_token={used}"
        asks: Callable[[], Answer]
        asks = (
            partial(send_files, address, said)
            if isinstance(said, list)
            else partial(send_json, address, said)
        )
        facts = _facts(asks)
        code = facts.get("errcode") or 0
        if code in _TOKEN_IS_OLD and not is_last:
            forget(account, used)
            continue
        _complain(code, str(facts.get("errmsg") or ""))
        return facts
    raise AssertionError("unreachable")


def _facts(question: Callable[[], Answer]) -> dict[str, Any]:
    with reaching():
        answer = question()
    if answer.status in (429, 503):
        raise Unavailable("busy", f"公众平台暂时不能接收（{answer.status}）。", "The platform is busy.")
    facts = answer.facts() if answer.status == 200 else None
    if facts is None:
        zh = f"公众平台的应答无法识别（{answer.status}）。"
        raise Unsure("nonsense", zh, f"The answer makes no sense ({answer.status}).")
    return facts


def _complain(code: Any, words: str) -> None:
    """What an errcode means for us. The words of the platform are told as they are."""
    if code == 0:
        return
    told = f"{code} {words[:120]}"
    if code == _BUSY:
        raise Unsure("wechat_-1", f"公众平台系统繁忙（{told}）。", f"The platform is busy ({told}).")
    if code in _TOO_OFTEN:
        zh = f"公众平台接口调用次数已到上限（{told}）。"
        raise Unavailable(f"wechat_{code}", zh, f"Called too often ({told}).", after=3600)
    zh = f"公众平台拒绝了请求（{told}）。请按公众平台的错误码说明处理后再发。"
    raise Refused(f"wechat_{code}"[:60], zh, f"The platform refused it ({told}).")
