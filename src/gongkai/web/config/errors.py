"""Which room's words are shown when something cannot be: by the address that was asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.web.portal import errors as portal

_WORK = "/work/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(_WORK):
        return render(request, "workspace/problem.html", {"title": _("没有这个页面")}, status=404)
    return portal.not_found(request, exception)
