"""Which organ an address belongs to: an organ may have a host name of its own."""

from __future__ import annotations

import re

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gongkai.web.config.headers import GetResponse
from gongkai.web.organs.models import Organ
from gongkai.web.organs.queries import organ_by_code

_KEY = "hosts"
# Another process may have changed a host name: it is known here at the latest after this time.
_SECONDS = 60
# An organ's host name has a dot and is no number: for this machine's own names nobody is asked.
_NAME = re.compile(r"(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def organ_of_host(get_response: GetResponse) -> GetResponse:
    """Middleware: `request.organ` is the organ whose host name was asked for; false if it is nobody's own.

    Looked up only when somebody asks.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        request.organ = SimpleLazyObject(lambda: _organ(request))  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def _organ(request: HttpRequest) -> Organ | None:
    code = organ_at(request.get_host())
    return organ_by_code(code) if code else None


def organ_at(host: str) -> str:
    """The code of the open organ that has this host name for its own, or "". A query a minute at most."""
    name = host.partition(":")[0].lower().rstrip(".")
    if not _NAME.fullmatch(name):
        return ""
    known: dict[str, str] | None = caches["portal"].get(_KEY)
    if known is None:
        own = Organ.objects.filter(is_active=True).exclude(hostname="")
        known = dict(own.values_list("hostname", "code"))
        caches["portal"].set(_KEY, known, _SECONDS)
    return known.get(name, "")


def forget(**_: object) -> None:
    """An organ was saved in this process: its host name may be another."""
    caches["portal"].delete(_KEY)
