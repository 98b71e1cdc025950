"""What is said of a pasted text or an address that is too long; other errors are those of every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.annual_reports import errors

# A course of as many events as there may be has an address of some 10,000 characters.
MOST_CHARACTERS_OF_QUERY = 16_000
_View = Callable[[HttpRequest], HttpResponse]


def of_bounded_length(view: _View) -> _View:
    """A view whose address may not be endless: the page would repeat it in its links."""

    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) > MOST_CHARACTERS_OF_QUERY:
            return address_too_long(request, 414)
        return view(request)

    return checked


def address_too_long(request: HttpRequest, status: int) -> HttpResponse:
    text = _("地址里的内容太多，没有计算。请回到期限计算或者信息处理费页面，重新填写。")
    return errors.problem(request, status, _("地址太长"), text)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that cannot be read."""
    if isinstance(exception, RequestDataTooBig) and request.path.startswith(reverse("text_check")):
        text = _("粘贴的文字太大，没有检查。请回到上一页，分段检查。")
        return errors.problem(request, 413, _("内容太大"), text)
    if isinstance(exception, TooManyFieldsSent) and request.method in ("GET", "HEAD"):
        return address_too_long(request, 400)
    return errors.bad_request(request, exception)
