"""我的申请: a link by mail instead of a password; the requests kept under it are opened without a code."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.web.channels.subscribing.messengers import Undelivered, messenger
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.errors import WorkError
from gongkai.web.participation import pacing
from gongkai.web.participation.pacing import Standing
from gongkai.web.participation.strangers import from_own_page
from gongkai.web.participation.views.answering import fresh_page, organ_or_404, tell, too_many
from gongkai.web.requests.account_letters import letter_with
from gongkai.web.requests.actions.accounts import (
    address_in,
    close_account,
    enter_by_link,
    leave,
    link_for,
    settled_seconds,
)
from gongkai.web.requests.forms.citizens import LinkForm
from gongkai.web.requests.models import Account, Case
from gongkai.web.requests.queries.accounts import Mine, case_of, cases_of
from gongkai.web.requests.views.citizens_progress import state_words
from gongkai.web.requests.views.citizens_status import case_page
from gongkai.web.requests.views.signed_in import (
    account_here,
    are_offered,
    forget,
    keep,
    masked_address,
    shown_address,
    token_of,
)

_PACE = "request_link"


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The requests of whoever is signed in, or the question for an address. At most 6 queries."""
    account = account_here(request)
    if account is None:
        if not are_offered():
            raise Http404
        return _asked(request)
    if request.method != "POST":
        return _list(request, account)
    do = request.POST.get("do", "")
    if do == "leave":
        leave(token=token_of(request))
        return _gone(request, _("已退出"), _("这台设备上已经退出。用公用电脑的，请一并关闭浏览器。"))
    if do == "close":
        close_account(account=account)
        words = _("邮箱地址已经删除。提交过的申请照常办理，凭编号和查询码查询。")
        return _gone(request, _("账户已注销"), words)
    found = _case(account, request.POST.get("case", ""))
    if found is None:
        return _list(request, account, _("没有这件申请，或者它已不在这个账户里。"), 404)
    return case_page(request, organ_or_404(found.organ.code), found)


@from_own_page
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A button: programs that look at links beforehand enter nothing. 1 query; 10 when it is pressed."""
    address = address_in(token) if request.method != "POST" else ""
    if address:
        context = {**_face(_("登录")), "title": _("登录“我的申请”？"), "address": masked_address(address)}
        return fresh_page(request, "requests/citizens/enter.html", context)
    entered = enter_by_link(token=token, was=token_of(request)) if request.method == "POST" else None
    if entered is None:
        context = {**_face(_("登录")), "title": _("链接已用过或者过期"), "minutes": _minutes()}
        return fresh_page(request, "requests/citizens/enter.html", context, 404)
    response = HttpResponseRedirect(reverse("requests:mine"))
    response.status_code = 303
    return keep(response, entered.token)


def _asked(request: HttpRequest) -> HttpResponse:
    """The question for an address, and its answer: the same whoever asks, for whatever address."""
    if request.method != "POST" or request.POST.get("do") != "link":
        return _question(request, LinkForm())
    form = LinkForm(request.POST)
    form.is_valid()
    how = pacing.standing(request, _PACE, None)
    if how == Standing.REFUSED:
        return too_many(request)
    if how == Standing.ASKED and not form.has_answered():
        form.ask()
        form.is_valid()
        form.add_error("question", _("请先回答这个问题。"))
        return _question(request, form, 422)
    pacing.count(request, _PACE, None)
    try:
        if not form.is_trapped:
            _send(str(form.cleaned_data.get("address", "")))
    except WorkError as refused:
        tell(request, form, refused)
        return _question(request, form, 422)
    context = {**_face(_("登录")), "title": _("请查收邮件"), "is_sent": True, "minutes": _minutes()}
    return fresh_page(request, "requests/citizens/account.html", context)


def _send(address: str) -> None:
    link = link_for(address=address)
    if link is None:
        return
    try:
        messenger("email").send(letter_with(link))
    except Undelivered as trouble:
        zh = "邮件现在发不出去，请稍后再试，或者用编号和查询码查询。"
        raise WorkError("not_delivered", zh, "The letter could not be sent. Try again later.") from trouble


def _question(request: HttpRequest, form: LinkForm, status: int = 200) -> HttpResponse:
    context = {**_face(_("我的申请")), "title": _("我的申请"), "form": form, "minutes": _minutes()}
    return fresh_page(request, "requests/citizens/account.html", context, status)


def _list(request: HttpRequest, account: Account, alert: str = "", status: int = 200) -> HttpResponse:
    context = {
        **_face(_("我的申请")),
        "title": _("我的申请"),
        "address": shown_address(account),
        "rows": [_row(one) for one in cases_of(account)],
        "alert": alert,
        "hours": settled_seconds("session") // 3600,
    }
    return fresh_page(request, "requests/citizens/mine.html", context, status)


def _row(one: Mine) -> dict[str, Any]:
    return {
        "uid": str(one.case.uid),
        "number": one.case.number,
        "organ": one.case.organ.name,
        "subject": one.case.subject,
        "state": state_words(one.stands, one.has_answered_fee),
        "is_waiting": one.until is not None and not one.has_answered_fee,
        "due": one.due,
        "until": one.until,
        "closed_on": one.case.closed_on if one.case.is_closed else None,
    }


def _case(account: Account, uid: str) -> Case | None:
    try:
        asked = str(uuid.UUID(uid))
    except ValueError:
        return None
    return case_of(account, asked)


def _gone(request: HttpRequest, title: str, words: str) -> HttpResponse:
    context = {**_face(_("我的申请")), "title": title, "gone": words}
    return forget(fresh_page(request, "requests/citizens/account.html", context))


def _minutes() -> int:
    return settled_seconds("link") // 60


def _face(here: str) -> dict[str, Any]:
    """What stands around these pages: of no organ, for requests may be sent to several."""
    above = Tab(_("依申请公开"), reverse("requests:organs"))
    own = reverse("requests:mine")
    return {
        "portal_place": "requests",
        "apply_address": reverse("requests:organs"),
        "mine_address": own,
        "crumbs": [Tab(_("各机关"), reverse("portal:organs")), above, Tab(here, "", is_current=True)],
    }
