"""What the pages here do alike: signed in, by GET, nothing kept by browsers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Staff
from gongkai.web.organs.typed_words import fields_sent, typed_words

View = Callable[..., HttpResponse]


def staff_page(*methods: str) -> Callable[[View], View]:
    """Decorator: signed in, these methods alone; what the person may not see is a page with status 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refused:
                words = refused.message(language())
                typed = typed_words(fields_sent(request)) if request.method == "POST" else []
                context = {"title": _("不能查看"), "words": words, "typed": typed}
                return render(request, "disclosure/refusal.html", context, status=403)

        return login_required(require_http_methods([*methods, "HEAD"])(answer))

    return decorate


def staff_of(request: HttpRequest) -> Staff:
    """The person who is signed in."""
    return request.user  # type: ignore[return-value]


def language() -> str:
    """`en` for readers of English, else `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"
