"""What the WeChat platform pushes to us. Nobody but the platform comes here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gongkai.web.channels.actions.subscribing import code_in, confirm_over_wechat, end_follower
from gongkai.web.channels.subscribing import wechat
from gongkai.web.channels.subscribing.wechat_pushes import NotOurs, Push, is_signed, read, reply

_OUT = frozenset({"退订", "td", "t", "unsubscribe"})
_TEXT = "text/plain; charset=utf-8"
_NOTHING = b"success"  # what the platform takes for: heard, nothing to say


@csrf_exempt  # the signature is the proof
@never_cache
@require_http_methods(["GET", "POST"])
def pushed(request: HttpRequest) -> HttpResponse:
    """GET: the platform asks whether this address is ours; POST: a follower did something."""
    if not wechat.is_open():
        return HttpResponseNotFound("not found\n", content_type=_TEXT)
    query = request.GET.dict()
    if request.method == "GET":
        if not is_signed(query):
            return HttpResponseForbidden("forbidden\n", content_type=_TEXT)
        return HttpResponse(query.get("echostr", "")[:200], content_type=_TEXT)
    try:
        push = read(query, request.body)
    except NotOurs:
        return HttpResponseForbidden("forbidden\n", content_type=_TEXT)
    words = _heard(push)
    if not words:
        return HttpResponse(_NOTHING, content_type="text/plain")
    return HttpResponse(reply(push, words), content_type="application/xml; charset=utf-8")


def _heard(push: Push) -> str:
    """Do what the follower has asked for; gives what to tell them, "" for nothing."""
    if push.kind == "unsubscribe":
        end_follower(openid=push.openid)
        return ""
    if push.kind == "text" and push.text.strip().lower() in _OUT:
        count = end_follower(openid=push.openid)
        with override("zh-hans"):
            return _("已退订，不会再给您发送。") if count else _("您现在没有订阅。")
    code = code_in(push.text)
    if not code:
        return ""
    made = confirm_over_wechat(code=code, openid=push.openid)
    if made is None:
        with override("zh-hans"):
            return _("验证码无效或已过期，请回到网站重新订阅。")
    with override(made.language):
        return _("订阅成功。有符合的新信息时，在这里告诉您。不想再收到的，回复“退订”。")
