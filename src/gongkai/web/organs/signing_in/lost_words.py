"""Words sent when the sign-in was over: kept sealed for an hour, and given back to the same person alone.

Who was signed in here stands in a signed cookie of its own, which outlasts the session: nothing is kept for a
stranger. What is kept lies in the store of values kept for minutes, under a token that one browser has.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.web.organs.typed_words import fields_sent, typed_words

COOKIE = "lost_words"
MARK = "lost-words"  # in the address of a form that is to show them again
_WHO = "worked_here"
_PATH = "/work/"
_HOUR = 3600  # seconds that they are kept
_MOST_BYTES = 1_000_000
_MOST_AN_HOUR = 10  # kept for one person: a form sent over and over fills no store
_WHO_IS_KEPT = 12 * 3600  # seconds; a sign-in lasts no longer, unless the settings say so


class LostWords(NamedTuple):
    """The address of the form's page, and the fields as they were sent."""

    address: str
    fields: dict[str, str]

    @property
    def again_address(self) -> str:
        """The form with the words in it."""
        return f"{self.address}?{urlencode({MARK: 1})}"


def remember_who(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser who is signed in, for the time after."""
    if request.user.is_authenticated and _who(request) != request.user.pk:
        age = max(_WHO_IS_KEPT, settings.SESSION_COOKIE_AGE)
        response.set_signed_cookie(
            _WHO,
            str(request.user.pk),
            salt=_WHO,
            max_age=age,
            path=_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def keep(request: HttpRequest) -> str:
    """Keep what a POST has sent. Gives the token, "" where there is nothing to keep or nobody for it."""
    who = _who(request)
    if who is None:
        return ""
    fields = fields_sent(request)
    plain = json.dumps(sent(request)).encode()
    if not typed_words(fields) or len(plain) > _MOST_BYTES or not _may_keep_more(who):
        return ""
    token, nonce = secrets.token_urlsafe(32), secrets.token_bytes(12)
    sealed = AESGCM(_key(str(settings.SECRET_KEY), token)).encrypt(nonce, plain, str(who).encode())
    cache.set(_place(token), nonce + sealed, _HOUR)
    return token


def carry(response: HttpResponse, token: str) -> None:
    """Give the browser the token."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=_HOUR,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def found(request: HttpRequest) -> LostWords | None:
    """What was kept for the person who is signed in now; of anybody else's not even that it is there."""
    token = request.COOKIES.get(COOKIE, "")
    sealed = cache.get(_place(token)) if token else None
    if not isinstance(sealed, bytes) or not request.user.is_authenticated:
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            who = str(request.user.pk).encode()
            plain = AESGCM(_key(str(secret), token)).decrypt(sealed[:12], sealed[12:], who)
        except InvalidTag:
            continue
        address, fields = json.loads(plain)
        return LostWords(address, fields)
    return None


def given_back(request: HttpRequest) -> dict[str, str]:
    """The fields, to be shown in the form here, and kept no longer; {} where none were asked for."""
    if request.method != "GET" or MARK not in request.GET:
        return {}
    lost = found(request)
    if lost is None or lost.address != request.path:
        return {}
    cache.delete(_place(request.COOKIES[COOKIE]))
    messages.warning(request, _("已填回您刚才输入的内容，还没有保存。请核对后再按一次按钮。"))
    return lost.fields


def sent(request: HttpRequest) -> LostWords:
    """What a POST has sent, to be kept."""
    return LostWords(_came_from(request), fields_sent(request))


def was_here(request: HttpRequest) -> bool:
    """Whether somebody was signed in in this browser, be it in a session that is over."""
    return _who(request) is not None


def _came_from(request: HttpRequest) -> str:
    """The page on which the form stood: where it was sent to may be no page."""
    page = urlsplit(request.headers.get("referer", ""))
    own = page.netloc == request.get_host() and page.path.startswith(_PATH)
    return page.path if own else request.path


def _who(request: HttpRequest) -> int | None:
    age = max(_WHO_IS_KEPT, settings.SESSION_COOKIE_AGE)
    value: Any = request.get_signed_cookie(_WHO, default="", salt=_WHO, max_age=age)
    return int(value) if value else None


def _may_keep_more(who: int) -> bool:
    place = f"lost-words-of:{who}"
    cache.add(place, 0, _HOUR)
    try:
        return cache.incr(place) <= _MOST_AN_HOUR
    except ValueError:  # the hour ended between the two
        return True


def _place(token: str) -> str:
    return f"lost-words:{hashlib.sha256(token.encode('utf-8', 'replace')).hexdigest()}"


def _key(secret: str, token: str) -> bytes:
    """Of the installation and of the token: neither alone opens what is kept."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gongkai lost words")
    return made.derive(f"{secret}:{token}".encode("utf-8", "replace"))
