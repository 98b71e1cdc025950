"""One id for all that one request does."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from gongkai.web.audit.actions import correlation
from gongkai.web.config.headers import GetResponse


def correlated(get_response: GetResponse) -> GetResponse:
    """Middleware: entries of one request share an id, which the answer names for whoever reports a fault."""

    def answer(request: HttpRequest) -> HttpResponse:
        identity = uuid.uuid4()
        token = correlation.set(identity)
        try:
            response = get_response(request)
        finally:
            correlation.reset(token)
        response.headers["X-Correlation-Id"] = str(identity)
        return response

    return answer
