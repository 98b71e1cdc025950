"""Which organ an address belongs to: an organ may have a host name of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gongkai.web.config.headers import GetResponse
from gongkai.web.organs.models import Organ
from gongkai.web.organs.queries import organ_by_hostname


def organ_of_host(get_response: GetResponse) -> GetResponse:
    """Middleware: `request.organ` is the organ whose host name was asked for; false if it is nobody's own.

    Looked up (one query) only when somebody asks.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        request.organ = SimpleLazyObject(lambda: _organ(request))  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def _organ(request: HttpRequest) -> Organ | None:
    return organ_by_hostname(request.get_host().partition(":")[0])
