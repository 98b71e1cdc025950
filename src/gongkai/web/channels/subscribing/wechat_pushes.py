"""What the platform pushes to us: that a follower scanned a code, wrote something, or left.

Signature, events and encryption are those of the public documentation (seen on 2026-11-21): SHA-1 over the
sorted token, timestamp and nonce; `subscribe` with `EventKey` qrscene_…, `SCAN`, `unsubscribe`
(w3cschool.cn/weixinkaifawendang/w8od1qcn.html); AES-256-CBC with PKCS#7 to 32 bytes and `msg_signature` over
the encrypted body (developers.weixin.qq.com/doc/oplatform, “技术方案”). In plain mode the signature covers no
body: the encrypted mode is asked for in docs/channels.md, and where a key is set nothing else is taken.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from django.conf import settings

MOST_BYTES = 64 * 1024
FRESH_SECONDS = 300
_BLOCK = 32
_DECLARED = re.compile(rb"<!(?!\[CDATA\[)")  # no DTD, no entities
_OPENID = re.compile(r"[\w-]{1,64}", re.ASCII)


class NotOurs(Exception):
    """Not signed by who knows the token, too old, or not to be read."""


@dataclass(frozen=True, slots=True)
class Push:
    """`kind`: text, or the event: subscribe, scan, unsubscribe; "" for all others. `text`: what was written,
    or the scene of the code scanned."""

    openid: str
    account: str
    kind: str
    text: str = ""


def is_signed(query: Mapping[str, str]) -> bool:
    """Whether an address carries the signature of the push token, and of a moment ago."""
    at, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        return False
    is_fresh = abs(time.time() - int(at)) <= FRESH_SECONDS
    return is_fresh and _same(query.get("signature", ""), _digest(at, nonce))


def read(query: Mapping[str, str], body: bytes) -> Push:
    """What was pushed. NotOurs."""
    if not is_signed(query) or len(body) > MOST_BYTES:
        raise NotOurs
    facts = _facts(body)
    if settings.WECHAT_AES_KEY:
        sealed = facts.get("Encrypt", "")
        given = query.get("msg_signature", "")
        if not sealed or not _same(given, _digest(query["timestamp"], query.get("nonce", ""), sealed)):
            raise NotOurs
        facts = _facts(_opened(sealed))
    openid = facts.get("FromUserName", "")
    if not _OPENID.fullmatch(openid):
        raise NotOurs
    return _push(openid, facts)


def reply(push: Push, words: str) -> bytes:
    """The answer to a push, shown to the follower; encrypted where a key is set."""
    now = int(time.time())
    said = _xml(
        ToUserName=push.openid,
        FromUserName=push.account,
        CreateTime=str(now),
        MsgType="text",
        Content=words,
    )
    if not settings.WECHAT_AES_KEY:
        return said
    sealed, at, nonce = _sealed(said), str(now), secrets.token_hex(8)
    return _xml(Encrypt=sealed, MsgSignature=_digest(at, nonce, sealed), TimeStamp=at, Nonce=nonce)


def _push(openid: str, facts: Mapping[str, str]) -> Push:
    account, event = facts.get("ToUserName", ""), facts.get("Event", "").lower()
    if facts.get("MsgType") == "text":
        return Push(openid, account, "text", facts.get("Content", ""))
    if facts.get("MsgType") == "event" and event in ("subscribe", "scan", "unsubscribe"):
        return Push(openid, account, event, facts.get("EventKey", "").removeprefix("qrscene_"))
    return Push(openid, account, "")


def _facts(body: bytes) -> dict[str, str]:
    if _DECLARED.search(body):
        raise NotOurs
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - signed, short, and without declarations
    except (ElementTree.ParseError, ValueError, LookupError) as broken:
        raise NotOurs from broken
    return {one.tag: one.text or "" for one in root}


def _xml(**facts: str) -> bytes:
    root = ElementTree.Element("xml")
    for name, text in facts.items():
        ElementTree.SubElement(root, name).text = text
    return ElementTree.tostring(root, encoding="utf-8")


def _digest(*parts: str) -> str:
    told = "".join(sorted((str(settings.WECHAT_TOKEN), *parts)))
    return hashlib.sha1(told.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())


def _cipher() -> Cipher[CBC]:
    key = base64.b64decode(f"{settings.WECHAT_AES_KEY}=")
    return Cipher(AES(key), CBC(key[:16]))


def _opened(sealed: str) -> bytes:
    """16 random bytes, the length in four, the message, the AppID: the message."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        opener = _cipher().decryptor()
        padded = opener.update(raw) + opener.finalize()
    except (binascii.Error, ValueError) as broken:
        raise NotOurs from broken
    plain = padded[: -padded[-1]] if padded and 1 <= padded[-1] <= _BLOCK else b""
    size = int.from_bytes(plain[16:20], "big")
    message, name = plain[20 : 20 + size], plain[20 + size :]
    if len(message) != size or name.decode("utf-8", "replace") != settings.WECHAT_APP_ID:
        raise NotOurs
    return message


def _sealed(message: bytes) -> str:
    name = str(settings.WECHAT_APP_ID).encode()
    plain = secrets.token_bytes(16) + len(message).to_bytes(4, "big") + message + name
    short = _BLOCK - len(plain) % _BLOCK
    sealer = _cipher().encryptor()
    return base64.b64encode(sealer.update(plain + bytes([short]) * short) + sealer.finalize()).decode()
