"""Another system, told by a signed request: Gongkai's own protocol, described in docs/channels.md.

Every request carries `Gongkai-Timestamp` (seconds since 1970) and `Gongkai-Signature: v1=<hex>`, the
HMAC-SHA256 of `<timestamp>.<body>` under the secret that both sides know. The receiver refuses what is older
than REPLAY_SECONDS, and what it has already taken under the same `Gongkai-Delivery`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.html import escape

from gongkai.web.channels.adapters.base import (
    PUBLISH,
    REPEAL,
    UPDATE,
    WITHDRAW,
    Adapter,
    Course,
    Item,
    Outcome,
    Refused,
    Sent,
    Unavailable,
    Unsure,
    remote_name,
    web_address,
)
from gongkai.web.channels.adapters.reaching import reaching
from gongkai.web.channels.outgoing import Answer, Lost, ask

REPLAY_SECONDS = 300
MOST_BODY = 2 * 1024 * 1024
_LATER = frozenset({408, 425, 429, 503})
_MAY_HAVE_BEEN_TAKEN = frozenset({500, 502, 504})


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`v1=<hex>`.

    >>> signature("secret", "1700000000", b"{}")[:11]
    'v1=b8569b78'
    """
    made = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"v1={made.hexdigest()}"


class Webhook(Adapter):
    acts: ClassVar[frozenset[str]] = frozenset({PUBLISH, UPDATE, REPEAL, WITHDRAW})

    def send(self, item: Item, course: Course) -> Outcome:
        body = json.dumps(content(item), ensure_ascii=False).encode("utf-8", "replace")
        if len(body) > MOST_BODY:
            zh = "正文超过 2 MB，不能整篇发送。请改发摘要，或者拆分内容。"
            raise Refused("too_large", zh, "The body is larger than 2 MB.")
        try:
            answer = self._asked("POST", self.account.setting("address"), item, body)
        except Lost as lost:
            raise Unsure(lost.code, lost.zh, lost.en) from lost
        return _judged(answer)

    def find(self, item: Item, course: Course) -> Outcome | None:
        """`GET <address>?delivery=<key>`: `{"known": true, "id": …, "address": …}` or `{"known": false}`."""
        address = self.account.setting("address")
        joint = "&" if "?" in address else "?"
        try:
            answer = self._asked("GET", f"{address}{joint}{urlencode({'delivery': item.key})}", item, b"")
        except Lost as lost:
            raise Unsure(lost.code, lost.zh, lost.en) from lost
        if answer.status in _LATER or answer.status >= 500:
            zh = f"对方系统暂时无法查询是否收到（{answer.status}）。"
            raise Unsure("asked_in_vain", zh, "The receiver cannot say now.")
        facts = answer.facts() or {}
        if facts.get("known") is True:
            return _sent(facts)
        if facts.get("known") is False:
            return None
        zh = "发送后没有收到应答，对方系统也不支持查询。请与对方核对是否收到。"
        raise Unsure("cannot_be_asked", zh, "The receiver cannot be asked.", can_be_asked=False)

    def _asked(self, method: str, address: str, item: Item, body: bytes) -> Answer:
        if not self.account.secret:
            raise Refused("no_secret", "没有设置签名密钥。", "There is no signing secret.")
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Gongkai-Delivery": item.key,
            "Gongkai-Timestamp": timestamp,
            "Gongkai-Signature": signature(self.account.secret, timestamp, body),
        }
        with reaching(lost_is=None):
            return ask(method, address, body=body, headers=headers)


def _judged(answer: Answer) -> Outcome:
    status = answer.status
    if 200 <= status < 300:
        facts = answer.facts()
        if facts is None and answer.body.strip():
            zh = "对方系统的应答无法识别，不能确定是否收到。"
            raise Unsure("nonsense", zh, "The answer makes no sense.")
        return _sent(facts or {})
    if status in _LATER:
        zh = f"对方系统暂时不能接收（{status}）。"
        raise Unavailable("busy", zh, f"The receiver is busy ({status}).", after=_seconds(answer))
    if status in _MAY_HAVE_BEEN_TAKEN or status > 504:
        zh = f"对方系统出错（{status}），不能确定是否收到。"
        raise Unsure("server_error", zh, f"The receiver failed ({status}).")
    told = str((answer.facts() or {}).get("error") or "")[:120]
    zh = f"对方系统拒收（{status}{'：' + told if told else ''}）。请核对渠道设置和双方约定。"
    raise Refused("refused", zh, f"The receiver refused it ({status}). {told}".strip())


def _sent(facts: dict[str, Any]) -> Sent:
    return Sent(remote_name(facts.get("id")), web_address(facts.get("address")))


def _seconds(answer: Answer) -> float:
    told = answer.retry_after.strip()
    return float(min(int(told), 86_400)) if told.isascii() and told.isdigit() and len(told) < 9 else 0.0


def content(item: Item) -> dict[str, Any]:
    """The request's body. Names are those of docs/channels.md; days as 2026-03-01."""
    facts: dict[str, Any] = {
        "delivery": item.key,
        "act": item.act,
        "organ": {"code": item.organ_code, "name": item.organ_name},
        "index_number": item.index_number,
        "version": item.version,
        "address": item.address,
        "id": item.remote_id,
    }
    if item.act == WITHDRAW:
        return {**facts, "reason": item.words}
    return {
        **facts,
        "title": item.title,
        "document_number": item.document_number,
        "kind": item.kind,
        "category": item.category,
        "theme": item.theme,
        "summary": item.summary,
        "validity": item.validity,
        "made_on": item.made_on.isoformat() if item.made_on else None,
        "published_at": item.published_at.isoformat() if item.published_at else None,
        "repealed_on": item.on.isoformat() if item.on else None,
        "repealed_by": item.words,
        "html": _with_pictures(item),
        "attachments": [
            {"name": one.name, "type": one.media_type, "size": one.size, "address": one.address}
            for one in item.files
        ],
    }


def _with_pictures(item: Item) -> str:
    """The body with pictures by the addresses at which the public finds them."""
    html = item.html
    for one in item.pictures:
        html = html.replace(f'src="{one.name}"', f'src="{escape(one.address)}"')
    return html
