"""Which organ's own host name is being asked."""

from __future__ import annotations

import re

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from gongkai.web.config.headers import GetResponse
from gongkai.web.organs.models import Organ
from gongkai.web.portal.addresses import own_organ

_KEY = "hosts"
# Another process may have changed a host name: it is known here at the latest after this time.
_SECONDS = 60
# An organ's host name has a dot and is no number: for this machine's own names nobody is asked.
_NAME = re.compile(r"(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def own_host(get_response: GetResponse) -> GetResponse:
    """Middleware: while a request is answered, `addresses.own_organ` is the organ of its host name."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = own_organ.set(organ_at(request.get_host()))
        try:
            return get_response(request)
        finally:
            own_organ.reset(token)

    return answer


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
