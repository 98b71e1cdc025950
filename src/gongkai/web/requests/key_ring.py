"""Sealing under a case's own key (decision 0015): what a copy of the database or of the files never tells.

A data key of 32 random bytes belongs to one case. It lies wrapped under the key ring: keys derived (HKDF,
SHA-256) from the installation's secret key and from those it has followed. A value is sealed with the place
it belongs to as associated data: carried to another row or field it does not open. AES-256-GCM, or SM4-GCM
where GONGKAI_CIPHER says so; what was sealed by either opens.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gongkai.web.config.sealing import Unreadable

AES, SM4 = "aes-256-gcm", "sm4-gcm"
CIPHERS = (AES, SM4)
_MARKS = {AES: b"A", SM4: b"S"}
_NONCE, _TAG, _KEY, _RING_ID = 12, 16, 32, 8
_WRAPPING, _INDEX = b"gongkai case key 1", b"gongkai requester index 1"


def new_key() -> bytes:
    """A data key for a case."""
    return secrets.token_bytes(_KEY)


def wrap(key: bytes, belongs_to: str) -> str:
    """A data key under the newest key of the ring: `ring id . sealed`."""
    ring = str(settings.SECRET_KEY)
    return f"{ring_id(ring)}.{_text(_sealed(_derived(ring, _WRAPPING), key, belongs_to))}"


def unwrap(wrapped: str, belongs_to: str) -> bytes:
    """The data key. Unreadable where no key of the ring opens it."""
    named, _, sealed = wrapped.partition(".")
    for ring in _rings():
        if ring_id(ring) == named:
            return _opened(_derived(ring, _WRAPPING), _bytes(sealed), belongs_to)
    raise Unreadable


def is_newest(wrapped: str) -> bool:
    """Whether it lies under the newest key of the ring."""
    return wrapped.partition(".")[0] == newest()


def newest() -> str:
    """The name of the newest key of the ring."""
    return ring_id(str(settings.SECRET_KEY))


def seal_text(key: bytes, text: str, belongs_to: str) -> str:
    """A text sealed for a place, as `requests.requester:3f…:phone`; "" stays ""."""
    return _text(_sealed(key, text.encode("utf-8"), belongs_to)) if text else ""


def open_text(key: bytes, sealed: str, belongs_to: str) -> str:
    """The text; Unreadable for another key or place, or if it is damaged."""
    return _opened(key, _bytes(sealed), belongs_to).decode("utf-8") if sealed else ""


def seal_bytes(key: bytes, content: bytes, belongs_to: str) -> bytes:
    """The bytes of a file, sealed."""
    return _sealed(key, content, belongs_to)


def open_bytes(key: bytes, sealed: bytes, belongs_to: str) -> bytes:
    return _opened(key, sealed, belongs_to)


def index_of(kind: str, value: str) -> str:
    """The blind index of a value: HMAC-SM3 of its normal form, 64 hex digits; "" of an empty one.

    `kind` keeps a telephone apart from an identity number of the same digits. Under the newest key of the
    ring; after a change of the key `resealing.renew` makes the indexes anew.
    """
    return _index(_derived(str(settings.SECRET_KEY), _INDEX), kind, value)


def index_within(key: bytes, kind: str, value: str) -> str:
    """As `index_of`, under a case's data key: the same whatever becomes of the ring, and told by nobody who
    cannot open the case."""
    return _index(key, kind, value)


def normal_form(value: str) -> str:
    """What two writings of one value have in common: width, case, blanks and hyphens say nothing."""
    plain = unicodedata.normalize("NFKC", value).casefold()
    return "".join(one for one in plain if not one.isspace() and one not in "-‐–—_()（）")


def ring_id(ring: str) -> str:
    """The name of a key of the ring: tells nothing of the key."""
    return hashlib.sha256(b"gongkai ring\x1f" + ring.encode()).hexdigest()[:_RING_ID]


def _index(key: bytes, kind: str, value: str) -> str:
    plain = normal_form(value)
    if not plain:
        return ""
    maker = hmac.HMAC(key, hashes.SM3())
    maker.update(f"{kind}\x1f{plain}".encode())
    return maker.finalize().hex()


def _rings() -> Iterator[str]:
    yield from (str(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=32)
def _derived(ring: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=None, info=purpose).derive(ring.encode())


def _sealed(key: bytes, content: bytes, belongs_to: str) -> bytes:
    cipher = getattr(settings, "GONGKAI_CIPHER", AES)
    nonce = secrets.token_bytes(_NONCE)
    maker = Cipher(_algorithm(cipher, key), modes.GCM(nonce)).encryptor()
    maker.authenticate_additional_data(belongs_to.encode())
    told = maker.update(content) + maker.finalize()
    return _MARKS[cipher] + nonce + maker.tag + told


def _opened(key: bytes, sealed: bytes, belongs_to: str) -> bytes:
    cipher = next((name for name, mark in _MARKS.items() if sealed[:1] == mark), None)
    if cipher is None or len(sealed) < 1 + _NONCE + _TAG:
        raise Unreadable
    nonce, tag = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE : 1 + _NONCE + _TAG]
    reader = Cipher(_algorithm(cipher, key), modes.GCM(nonce, tag)).decryptor()
    reader.authenticate_additional_data(belongs_to.encode())
    try:
        return bytes(reader.update(sealed[1 + _NONCE + _TAG :]) + reader.finalize())
    except InvalidTag as wrong:
        raise Unreadable from wrong


def _algorithm(cipher: str, key: bytes) -> algorithms.AES | algorithms.SM4:
    """SM4 has keys of 16 bytes: its own half of what is derived from the data key."""
    if cipher == SM4:
        return algorithms.SM4(hashlib.sha256(b"sm4\x1f" + key).digest()[:16])
    return algorithms.AES(key)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii"))
    except ValueError as damaged:
        raise Unreadable from damaged
