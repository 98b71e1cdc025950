"""Requests for a host name that is not ours: answered shortly, told in one line."""

from __future__ import annotations

import logging

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

from gongkai.web.config.headers import GetResponse

_LOG = logging.getLogger(__name__)
_MOST = 100  # characters of what was sent that are told
_WORDS = (
    "这个网址不是本平台的网址（400）。管理员：如果它应当是，请把它加到 GONGKAI_ALLOWED_HOSTS。\n"
    "This host name is not ours (400). Administrators: see GONGKAI_ALLOWED_HOSTS.\n"
)


def known_host(get_response: GetResponse) -> GetResponse:
    """Middleware: 400 for a foreign host. Such requests come from scanners by the hundred: no traceback."""

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            told = request.META.get("HTTP_HOST", "")
            _LOG.warning("foreign host %.100r refused", str(told)[:_MOST])
            refused = HttpResponseBadRequest(_WORDS, content_type="text/plain; charset=utf-8")
            refused._has_been_logged = True  # type: ignore[attr-defined]  # Django would tell it once more
            return refused
        return get_response(request)

    return answer
