"""Which language a page is in: `?lang=en` or `?lang=zh`, then the cookie it leaves, then Chinese."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from gongkai.web.config.headers import GetResponse

SHORT = {"zh": "zh-hans", "en": "en"}
A_YEAR = 365 * 24 * 3600


def language(get_response: GetResponse) -> GetResponse:
    """Middleware. The browser's own languages are not asked: the platform is Chinese first."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = SHORT.get(request.GET.get("lang", ""))
        code = asked or _from_cookie(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ["Cookie"])
        if asked:
            _remember(response, asked)
        return response

    return answer


def short_language(request: HttpRequest) -> str:
    """ "zh" or "en", as the floors below name the languages."""
    return "en" if getattr(request, "LANGUAGE_CODE", "") == "en" else "zh"


def _from_cookie(request: HttpRequest) -> str:
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in SHORT.values() else str(settings.LANGUAGE_CODE)


def _remember(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
