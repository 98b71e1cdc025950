"""The two pages of signing in that the library has not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongkai.web.look.pieces import Tab
from gongkai.web.organs.signing_in import lost_words
from gongkai.web.organs.signing_in.gate import has_second_factor
from gongkai.web.organs.typed_words import typed_words
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


@require_GET
def words_lost(request: StaffRequest) -> HttpResponse:
    """After signing in anew: the words that were sent when the former sign-in was over."""
    lost = lost_words.found(request)
    return redirect("organs:start") if lost is None else _shown(request, lost, 200)


def _shown(request: HttpRequest, lost: lost_words.LostWords, status: int) -> HttpResponse:
    context = {
        "title": _("取回没有保存的内容"),
        "typed": typed_words(lost.fields),
        "again_address": lost.again_address,
    }
    return render(request, "organs/lost_words.html", context, status=status)


def form_too_old(request: HttpRequest) -> HttpResponse | None:
    """A form from before a new sign-in is refused, and its words are given back. None: there are none."""
    token = lost_words.keep(request) if request.user.is_authenticated else ""
    if not token:
        return None
    answer = _shown(request, lost_words.sent(request), 403)
    lost_words.carry(answer, token)
    return answer
