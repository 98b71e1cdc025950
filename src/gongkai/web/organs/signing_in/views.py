"""The two pages of signing in that the library has not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongkai.web.look.pieces import Tab
from gongkai.web.organs.signing_in.gate import has_second_factor
from gongkai.web.organs.views.doing import StaffRequest


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """After signing out."""
    if request.user.is_authenticated:
        return redirect("organs:start")
    context = {
        "title": _("已退出登录"),
        "lead": _("在公用电脑上，请关闭浏览器。"),
        "links": [Tab(_("重新登录"), reverse("account_login"))],
    }
    return render(request, "workspace/sign.html", context)


@require_GET
def second_factor(request: StaffRequest) -> HttpResponse:
    """Which second factor to set up: asked of who must have one and has none."""
    if has_second_factor(request.user):
        return redirect("organs:start")
    return render(request, "account/second_factor.html", {"title": _("设置第二重验证")})
