"""A form sent twice does its work once: the second is led to where the first has led."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string

FIELD = "once"
_TOKEN = re.compile(r"[A-Za-z0-9]{22}")
_KEPT = 3600  # seconds: a page open for longer is sent by hand, not by a double click
_WAITING = 10.0  # seconds that the second waits for the first
_UNDER_WAY = "-"

View = Callable[..., HttpResponse]


def token() -> str:
    """What a form carries that does something: of its own for each page shown."""
    return get_random_string(22)


def once(view: View) -> View:
    """Decorator: a POST with a token already used by this person on this page gets the first one's redirect.

    What was refused has not used its token: it may be sent again.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not _TOKEN.fullmatch(sent):
            return view(request, *args, **kwargs)
        key = f"once:{request.user.pk}:{sent}:{_short(request.path)}"
        led_to = _taken(key)
        if led_to:
            return HttpResponseRedirect(led_to)
        response = None
        try:
            response = view(request, *args, **kwargs)
        finally:
            if isinstance(response, HttpResponseRedirect):
                cache.set(key, response.url, _KEPT)
            else:
                cache.delete(key)
        return response

    return answer


def _short(path: str) -> str:
    """A path as part of a key: short, whatever stands in it."""
    return hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:16]


def _taken(key: str) -> str:
    """Takes the key for oneself (""), or waits for who has it and tells where that led. Past the waiting time
    the work is done all the same: the actions see to it that nothing is overwritten unseen."""
    until = time.monotonic() + _WAITING
    while not cache.add(key, _UNDER_WAY, _KEPT):
        found = str(cache.get(key) or "")
        if found not in ("", _UNDER_WAY):
            return found
        if time.monotonic() > until:
            break
        time.sleep(0.1)
    return ""
