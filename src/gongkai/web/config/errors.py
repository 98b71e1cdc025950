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


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What a person may not do here. Tells nothing of the thing, nor whether it is there."""
    title = _("不能查看这个页面")
    text = _(
        "您登录的账号没有查看或办理这一事项的权限。需要办理的，请联系本机关的系统管理员，或者换用有权限的账号登录。"
    )
    if request.path_info.startswith(_WORK):
        return render(request, "workspace/problem.html", {"title": title, "text": text}, status=403)
    return portal.forbidden(request, title, text)
