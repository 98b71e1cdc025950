"""What is kept so that nobody reads it in the database: contacts of citizens, addresses, keys of channels.

AES-256-GCM under a key derived (HKDF, SHA-256) from the installation's secret key: the one that
config/local_key.py makes, or GONGKAI_SECRET_KEY. A copy of the database alone tells nothing. What a value
belongs to is sealed in with it: carried over to another place it does not open. A second derived key makes
blind indexes: equal values can be found, not read. After a change of the key what is listed in
SECRET_KEY_FALLBACKS still opens; resealing.py seals it anew.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.web.organs.errors import WorkError

_NONCE = 12
_MARK = "v1."
_SEALING, _INDEX = b"gongkai sealing 1", b"gongkai blind index 1"


class Unreadable(WorkError):
    """Sealed under another key, for another place, or damaged."""

    def __init__(self) -> None:
        super().__init__(
            "seal_broken",
            "加密保存的内容打不开：系统密钥更换过，或者数据损坏。请管理员核对 GONGKAI_SECRET_KEY；"
            "渠道的密钥请在渠道设置中重新填写。",
            "What was sealed cannot be opened: the installation's key has changed. Check GONGKAI_SECRET_KEY.",
        )


def seal(text: str, belongs_to: str) -> str:
    """The text sealed for what it belongs to, as `report.contact`; "" stays ""."""
    if not text:
        return ""
    nonce = secrets.token_bytes(_NONCE)
    key = AESGCM(_key(settings.SECRET_KEY, _SEALING))
    return (
        _MARK
        + base64.urlsafe_b64encode(nonce + key.encrypt(nonce, text.encode(), belongs_to.encode())).decode()
    )


def unseal(sealed: str, belongs_to: str) -> str:
    """The text; Unreadable where it was sealed under another key or for something else."""
    if not sealed:
        return ""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_MARK).encode())
    except ValueError as damaged:
        raise Unreadable from damaged
    for secret in _secrets():
        if (text := _opened(secret, raw, belongs_to)) is not None:
            return text
    raise Unreadable


def is_sealed_now(sealed: str, belongs_to: str) -> bool:
    """Whether the key of now opens it: not one of those it has followed."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_MARK).encode())
    except ValueError:
        return False
    return _opened(str(settings.SECRET_KEY), raw, belongs_to) is not None


def blind_index(*parts: str) -> str:
    """What equal texts have in common and no other: to find a row by what is sealed. 64 characters."""
    return _index(str(settings.SECRET_KEY), parts)


def blind_indexes(*parts: str) -> list[str]:
    """The same under the key of now and under those it has followed, to find what was kept before."""
    return [_index(secret, parts) for secret in _secrets()]


def _index(secret: str, parts: tuple[str, ...]) -> str:
    told = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(_key(secret, _INDEX), told, hashlib.sha256).hexdigest()


def _opened(secret: str, raw: bytes, belongs_to: str) -> str | None:
    try:
        key = AESGCM(_key(secret, _SEALING))
        return key.decrypt(raw[:_NONCE], raw[_NONCE:], belongs_to.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def _secrets() -> Iterator[str]:
    """The key of now, then those it has followed."""
    yield from (str(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=16)
def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
