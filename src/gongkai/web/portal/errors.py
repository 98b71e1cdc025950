"""What citizens see when there is nothing to show: words in the portal's face. Other pages keep their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.annual_reports import errors as general
from gongkai.web.portal import faces
from gongkai.web.portal.addresses import own_organ
from gongkai.web.portal.answering import page
from gongkai.web.portal.queries import organ_for_page

_PATHS = ("/o/", "/reports/")
# Something below an organ's first page: that page is missing only where there is no such organ.
_BELOW_AN_ORGAN = re.compile(r"/o/([a-z0-9-]+)/.")


def problem(
    request: HttpRequest, status: int, title: str, text: str, around: Mapping[str, Any] | None = None
) -> HttpResponse:
    """A page that says what is wrong and what to do. Asks nothing of the database. `around`: the face of the
    organ it is said at (`faces.face`)."""
    code = own_organ.get() or (around["organ"].code if around else "")
    context = {
        **(around or {}),
        "title": title,
        "text": text,
        "back_address": reverse("portal:organ", args=[code]) if code else reverse("portal:organs"),
        "at_an_organ": bool(code),
    }
    return page(request, "portal/problem.html", context, status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for a record that is not public, that never was, and that nobody has heard of. 1 query, for
    the face of the organ."""
    if not _is_ours(request):
        return general.not_found(request, exception)
    text = _("地址可能写错了，或者这里没有公开的信息。可以从机关的政府信息公开目录里查找。")
    return problem(request, 404, _("没有这个页面"), text, _face(request))


def _face(request: HttpRequest) -> dict[str, Any] | None:
    """The face of the organ below whose address something was asked for; None where there is none."""
    found = _BELOW_AN_ORGAN.match(request.path_info)
    code = own_organ.get() or (found[1] if found else "")
    organ = organ_for_page(code) if code else None
    return faces.face(organ) if organ is not None else None


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
