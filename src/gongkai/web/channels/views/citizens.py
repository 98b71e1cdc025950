"""Pages for citizens: subscribe, confirm, end; the feed of a wish. Nobody signs in, no script is needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.web.channels.actions.subscribing import (
    CONFIRM,
    CONFIRM_SECONDS,
    END,
    ask_over_wechat,
    ask_to_be_told,
    confirm,
    end,
    subscription_of,
)
from gongkai.web.channels.forms_citizens import SubscribeForm, WishForm
from gongkai.web.channels.items import record_address
from gongkai.web.channels.models import Standing, Way
from gongkai.web.channels.qr_codes import qr_code
from gongkai.web.channels.queries.subscribers import told_lately
from gongkai.web.channels.subscribing import feed as feeds
from gongkai.web.channels.subscribing import wechat
from gongkai.web.channels.subscribing.filters import Wish, described, wish_of
from gongkai.web.channels.subscribing.messages import question_of
from gongkai.web.channels.subscribing.messengers import Undelivered, messenger
from gongkai.web.channels.subscribing.no_mail import is_there_mail
from gongkai.web.channels.views.answering import language, tell
from gongkai.web.look.pieces import Entry
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.queries import tree
from gongkai.web.organs.signing_in.lockout import client_network

BY_READER = "atom"  # what the button says with which a feed is asked for
MOST_FROM_ONE_PLACE = 10  # questions an hour from one network address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form, with the feed of what the address asks for. 2 queries."""
    organs = list(tree())
    options: dict[str, Any] = {"organs": organs, "lang": language()}
    ways = ways_here()
    if request.method != "POST":
        asked = {name: request.GET[name] for name in WishForm.base_fields if name in request.GET}
        form = SubscribeForm(initial=asked, ways=ways, **options)
        return _shown(request, form, _heard(asked, options))
    form = SubscribeForm(request.POST, ways=ways, **options)
    if request.POST.get("by") == BY_READER or not ways:
        return _to_feed(_heard(request.POST.dict(), options))
    if form.is_valid():
        try:
            if form.cleaned_data["way"] == Way.WECHAT:
                return _ask_over_wechat(request, form)
            _ask(request, form)
        except WorkError as refused:
            tell(form, refused)
        else:
            context = {"title": _("请查收确认信息"), "is_sms": form.cleaned_data["way"] == Way.SMS}
            return render(request, "channels/subscribed.html", context)
    return _shown(request, form, form.wish(), status=422)


def ways_here() -> list[Way]:
    """By which ways this installation can tell anybody."""
    is_there = {Way.EMAIL: is_there_mail(), Way.SMS: bool(settings.SMS_GATEWAY), Way.WECHAT: wechat.is_open()}
    return [way for way, there in is_there.items() if there]


def _to_feed(wish: Wish) -> HttpResponse:
    """To the page that shows the address of the feed of what was chosen."""
    query = _asked_of(wish)
    query["by"] = BY_READER
    response = HttpResponseRedirect(f"{reverse('subscriptions:subscribe')}?{query.urlencode()}#feed")
    response.status_code = 303
    return response


def _shown(request: HttpRequest, form: SubscribeForm, wish: Any, status: int = 200) -> HttpResponse:
    names = list(WishForm.base_fields)
    told = form.where_and_how()
    context = {
        "title": _("订阅政府信息"),
        "form": form,
        "groups": [
            (_("想知道什么"), [form[name] for name in names]),
            *([(_("怎样告诉您"), told)] if told else []),
        ],
        "by_reader": BY_READER,
        "has_ways": bool(told),
        "is_asked": request.GET.get("by") == BY_READER,
        "feed_address": _feed_address(wish),
        "whole_feed_address": settings.PUBLIC_ADDRESS + _feed_address(wish),
        "wish_words": described(wish, language()),
    }
    return render(request, "channels/subscribe.html", context, status=status)


def _heard(asked: dict[str, str], options: dict[str, Any]) -> Any:
    form = WishForm(asked, **options)
    form.is_valid()
    return form.wish()


def _feed_address(wish: Any) -> str:
    asked = _asked_of(wish).urlencode()
    return reverse("subscriptions:feed") + (f"?{asked}" if asked else "")


def _asked_of(wish: Any) -> QueryDict:
    """A wish as the address of a feed says it."""
    query = QueryDict(mutable=True)
    if wish.organ is not None:
        query["organ"] = wish.organ.code
        if wish.with_below:
            query["with_below"] = "on"
    for name in ("category", "audience", "words"):
        if value := getattr(wish, name):
            query[name] = value
    return query


def _ask(request: HttpRequest, form: SubscribeForm) -> None:
    """Send the question; what the page says then is the same whatever came of it."""
    _not_too_often(request)
    given = form.cleaned_data
    asked = ask_to_be_told(
        way=given["way"],
        address=given["address"],
        wish=form.wish(),
        frequency=given["frequency"],
        language=get_language() or "zh-hans",
    )
    if asked is None:
        return
    try:
        messenger(asked.way).send(question_of(asked))
    except Undelivered as trouble:
        zh = "确认信息现在发不出去，请稍后再试。"
        raise WorkError("not_delivered", zh, "The question could not be sent. Try again later.") from trouble


def _ask_over_wechat(request: HttpRequest, form: SubscribeForm) -> HttpResponse:
    """The code to be scanned with WeChat, or sent to the account."""
    _not_too_often(request)
    lang = get_language() or "zh-hans"
    _made, code = ask_over_wechat(wish=form.wish(), frequency=form.cleaned_data["frequency"], language=lang)
    address = wechat.scene_address(code, CONFIRM_SECONDS)
    context = {
        "title": _("请用微信确认订阅"),
        "code": f"{code[:4]}-{code[4:]}",
        "account_name": settings.WECHAT_NAME,
        "picture": qr_code(address) if address else "",
    }
    return render(request, "channels/wechat.html", context)


def _not_too_often(request: HttpRequest) -> None:
    """WorkError past so many questions an hour from one place, which is kept as a digest."""
    place = salted_hmac("channels.subscribe", client_network(request)).hexdigest()[:32]
    # A ticket each, there for an hour: to take one is one step, whoever asks at the same time.
    if not any(cache.add(f"subscribe:{place}:{one}", 1, 3600) for one in range(MOST_FROM_ONE_PLACE)):
        zh = "操作太频繁，请一小时后再试。"
        raise WorkError("too_often", zh, "Too often. Try again in an hour.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """A button: mail programs that look at links beforehand confirm nothing."""
    found = subscription_of(token, CONFIRM)
    if found is None or found.standing == Standing.ENDED:
        return _no_such_link(request)
    if request.method == "POST":
        found = confirm(token=token)
        if found is None:
            return _no_such_link(request)
    is_done = found.standing == Standing.ACTIVE
    title = _("订阅已确认") if is_done else _("确认订阅")
    wanted = described(wish_of(found), language())
    context = {"title": title, "is_done": is_done, "wish_words": wanted}
    return render(request, "channels/confirm.html", context)


@csrf_exempt  # the link itself is the proof; mail programs post to it without a page (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_page(request: HttpRequest, token: str) -> HttpResponse:
    found = subscription_of(token, END)
    if found is None:
        return _no_such_link(request)
    if request.method == "POST":
        found = end(token=token) or found
    is_done = found.standing == Standing.ENDED
    context = {"title": _("已退订") if is_done else _("退订"), "is_done": is_done}
    return render(request, "channels/end.html", context)


@never_cache
@require_safe
def told_page(request: HttpRequest, token: str) -> HttpResponse:
    """What a subscriber was told of lately, and the way out: where a message without room for links leads."""
    found = subscription_of(token, END)
    if found is None or found.standing == Standing.ENDED:
        return _no_such_link(request)
    context = {
        "title": _("您订阅的新信息"),
        "entries": [
            Entry(
                one.title,
                record_address(one),
                one.document_number,
                one.made_on,
                one.published_at,
                one.validity,
                one.organ.name,
            )
            for one in told_lately(found)
        ],
        "end_address": reverse("subscriptions:end", args=[token]),
    }
    return render(request, "channels/told.html", context)


def _no_such_link(request: HttpRequest) -> HttpResponse:
    context = {"title": _("链接无效或已过期")}
    return render(request, "channels/no_link.html", context, status=404)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest of a wish. 2 queries."""
    wish = _heard(request.GET.dict(), {"organs": list(tree()), "lang": "zh"})
    own = settings.PUBLIC_ADDRESS + _feed_address(wish)
    home = settings.PUBLIC_ADDRESS + reverse("subscriptions:subscribe")
    title = f"{wish.organ.name if wish.organ else ''}政府信息公开"
    content = feeds.atom(own, home, title, feeds.newest(wish))
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = "public, no-cache"
    return response
