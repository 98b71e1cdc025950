"""Which organ's own host name is being asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai.web.config.headers import GetResponse
from gongkai.web.organs.hosts import organ_at
from gongkai.web.portal.addresses import own_organ


def own_host(get_response: GetResponse) -> GetResponse:
    """Middleware: while a request is answered, `addresses.own_organ` is the organ of its host name."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = own_organ.set(organ_at(request.get_host()))
        try:
            return get_response(request)
        finally:
            own_organ.reset(token)

    return answer
