"""What citizens see when there is nothing to show: words in the portal's face. Other pages keep their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.annual_reports import errors as general
from gongkai.web.portal.addresses import own_organ
from gongkai.web.portal.answering import page

_PATHS = ("/o/", "/reports/")


def problem(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """A page that says what is wrong and what to do. Asks nothing of the database."""
    code = own_organ.get()
    context = {
        "title": title,
        "text": text,
        "back_address": reverse("portal:organ", args=[code]) if code else reverse("portal:organs"),
        "at_an_organ": bool(code),
    }
    return page(request, "portal/problem.html", context, status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for a record that is not public, that never was, and that nobody has heard of."""
    if not _is_ours(request):
        return general.not_found(request, exception)
    text = _("地址可能写错了，或者这里没有公开的信息。可以从机关的政府信息公开目录里查找。")
    return problem(request, 404, _("没有这个页面"), text)


def forbidden(request: HttpRequest, title: str, text: str) -> HttpResponse:
    """A page that this person may not see, in the face of the place it was asked for at."""
    return (
        problem(request, 403, title, text)
        if _is_ours(request)
        else general.problem(request, 403, title, text)
    )


def server_error(request: HttpRequest) -> HttpResponse:
    if not _is_ours(request):
        return general.server_error(request)
    return problem(request, 500, _("程序出错"), _("页面没能打开，错误已记入日志。请稍后再试。"))


def _is_ours(request: HttpRequest) -> bool:
    return request.path_info.startswith(_PATHS) or bool(own_organ.get())
