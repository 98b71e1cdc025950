"""Sessions in the database, with the person, the place and the last use in columns of their own.

The engine of `settings.SESSION_ENGINE`. What counts stands in the session itself; the columns are written
from it, so that a list of sessions need not open them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone

from gongkai.web.organs.models import Session

STARTED = "signed_in_at"
SEEN = "seen_at"
ADDRESS = "address"
BROWSER = "browser"
# The last use is written down no more often than this (seconds): reading a page is no write.
SEEN_EVERY = 60


class SessionStore(DatabaseSessions):
    """Django's session in the database, in our own table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.staff_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.started_at = _moment(data.get(STARTED))
        row.seen_at = _moment(data.get(SEEN))
        row.address = str(data.get(ADDRESS, ""))[:45]
        row.browser = str(data.get(BROWSER, ""))[:200]
        return row


class Sessions(SessionMiddleware):
    """Django's, but who was signed out elsewhere while a page was made is led to signing in."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            there = HttpResponseRedirect(resolve_url(settings.LOGIN_URL))
            there.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
            return there


def begin(session: Any, address: str, browser: str) -> None:
    """Note in a session who has just begun it: from now its hours count."""
    now = timezone.now().timestamp()
    session[STARTED], session[SEEN] = now, now
    session[ADDRESS], session[BROWSER] = address, browser[:200]


def is_over(session: Any) -> bool:
    """Whether a session has lasted its hours, or was not used for longer than it may rest."""
    now = timezone.now().timestamp()
    started, seen = session.get(STARTED), session.get(SEEN)
    if started is None or seen is None:
        return True
    return bool(now - started > settings.SESSION_COOKIE_AGE or now - seen > settings.IDLE_MINUTES * 60)


def seen(session: Any) -> None:
    """Note that a session is in use."""
    now = timezone.now().timestamp()
    if now - session.get(SEEN, 0) >= SEEN_EVERY:
        session[SEEN] = now


def _moment(stamp: float | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(stamp, tz=dt.UTC) if stamp is not None else None
