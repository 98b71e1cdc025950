"""The accessible mode (适老化、无障碍): large type, high contrast, wide spacing; kept in a cookie.

`?large_type=on` and `?large_type=off` on any page set the cookie and lead back to the page without them,
so that no address that is passed on changes how somebody else reads.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.web.config.headers import GetResponse

COOKIE = "large_type"
ON, OFF = "on", "off"
_ASKED = "large_type"
_A_YEAR = 365 * 24 * 3600


def large_type(get_response: GetResponse) -> GetResponse:
    """Middleware: takes the choice over from the address."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(_ASKED, "")
        if asked in (ON, OFF) and request.method in ("GET", "HEAD"):
            return _chosen(request, asked)
        if asked in (ON, OFF) and request.method == "POST":
            # What answers a form cannot be led to again: it is drawn as chosen, with what was typed.
            request.COOKIES = {**request.COOKIES, COOKIE: asked}
            return _remembered(get_response(request), asked)
        return get_response(request)

    return answer


def is_large(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == ON


def _chosen(request: HttpRequest, asked: str) -> HttpResponse:
    query = request.GET.copy()
    del query[_ASKED]
    # A path of two slashes would lead to another site.
    path = "/" + request.path.lstrip("/\\")
    response = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
    response.headers["Cache-Control"] = "private, no-store"
    return _remembered(response, asked)


def _remembered(response: HttpResponse, asked: str) -> HttpResponse:
    if asked == ON:
        response.set_cookie(
            COOKIE,
            ON,
            max_age=_A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
