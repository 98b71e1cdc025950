"""The channels of an organ: opening, changing, closing them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.channels.actions.channels import change_channel, close_channel, open_channel, reopen_channel
from gongkai.web.channels.forms import ChannelForm, KindForm, ReasonForm
from gongkai.web.channels.kinds import kind, kinds, opened_kinds
from gongkai.web.channels.models import Channel, Takes
from gongkai.web.channels.queries.releases import channel_of, channels_of
from gongkai.web.channels.states import TAKES
from gongkai.web.channels.views.answering import channels_page, language, organ_kept, staff_of, to, tried
from gongkai.web.disclosure.forms.fields import offer
from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.look.states import State

_ON = State(gettext_lazy("启用"), "full", "good")
_OFF = State(gettext_lazy("已停用"), "cross", "plain")
_TROUBLE = State(gettext_lazy("发送有问题"), "square", "warn")


def _back() -> Tab:
    return Tab(_("渠道设置"), reverse("channels:channels"))


@channels_page("GET")
def channels(request: HttpRequest) -> HttpResponse:
    organ = organ_kept(request)
    columns = [
        Column("name", _("名称"), "title"),
        Column("kind", _("渠道类别")),
        Column("takes", _("发布范围")),
        Column("state", _("状态"), "state"),
    ]
    always = [
        Row({"name": one.name(language()), "kind": _("始终启用"), "takes": TAKES[Takes.ALL], "state": _ON})
        for one in kinds()
        if one.way == "automatic"
    ]
    rows = [_row(one) for one in channels_of(organ, closed=True)]
    context = {
        "title": _("渠道设置"),
        "lead": organ.name,
        "place": "channels",
        "back": Tab(_("发布渠道"), reverse("channels:releases")),
        "actions": [Action(_("开设渠道"), reverse("channels:open"), style="main")],
        "table": Table(_("发布渠道"), columns, [*always, *rows]),
    }
    return render(request, "workspace/list.html", context)


def _row(channel: Channel) -> Row:
    state = (_TROUBLE if channel.failures else _ON) if channel.is_active else _OFF
    note = channel.trouble_en if language() == "en" else channel.trouble_zh
    cells = {
        "name": channel.name,
        "kind": kind(channel.kind).name(language()),
        "takes": TAKES[Takes(channel.takes)],
        "state": state,
    }
    return Row(cells, reverse("channels:channel", args=(channel.pk,)), note if channel.is_active else "")


@channels_page("GET", "POST")
def open_one(request: HttpRequest) -> HttpResponse:
    """Which kind first, by GET; then what that kind needs."""
    organ = organ_kept(request)
    asked = request.GET.get("kind", "")
    if asked not in {one.code for one in opened_kinds()}:
        return _which_kind(request)
    data = request.POST if request.method == "POST" else None
    form = ChannelForm(data, by=staff_of(request), organ=organ, kind=asked, lang=language())
    if form.is_bound and form.is_valid():

        def act() -> Any:
            return open_channel(by=staff_of(request), organ=organ, kind=asked, **form.facts())

        if tried(form, act):
            return to(request, _("渠道已开设。此后首次公开的信息按发布范围发送。"), "channels:channels")
    title = _("开设渠道：%(kind)s") % {"kind": kind(asked).name(language())}
    return _form(request, title, form, _("开设"))


def _which_kind(request: HttpRequest) -> HttpResponse:
    form = KindForm()
    offer(form, "kind", [(one.code, one.name(language())) for one in opened_kinds()])
    context = {"title": _("开设渠道"), "back": _back(), "place": "channels", "form": form}
    return render(request, "channels/kind.html", context)


@channels_page("GET", "POST")
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    data = request.POST if request.method == "POST" else None
    known: dict[str, Any] = {"organ": found.organ, "kind": found.kind, "channel": found}
    form = ChannelForm(data, by=staff_of(request), lang=language(), **known)
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen"]

        def act() -> Any:
            return change_channel(by=staff_of(request), channel=found, seen=seen, **form.facts())

        if tried(form, act):
            return to(request, _("渠道设置已保存。"), "channels:channels")
    words = _("停用") if found.is_active else _("重新启用")
    switch = Action(
        words, reverse("channels:switch", args=(pk,)), style="danger" if found.is_active else "main"
    )
    return _form(request, found.name, form, _("保存"), actions=[switch])


def _form(request: HttpRequest, title: str, form: ChannelForm, submit: str, **more: Any) -> HttpResponse:
    if form.is_bound:
        form.keep_secret()
    context = {
        "title": title,
        "back": _back(),
        "place": "channels",
        "form": form,
        "field_groups": form.groups(),
        "submit_words": submit,
        "cancel_address": reverse("channels:channels"),
        **more,
    }
    return render(request, "channels/channel.html", context)


@channels_page("GET", "POST")
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it, or open it again."""
    found = _found(request, pk)
    if not found.is_active:
        if request.method == "POST":
            reopen_channel(by=staff_of(request), channel=found)
            return to(request, _("渠道已重新启用。"), "channels:channels")
        return _confirm(request, found, None)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: close_channel(by=staff_of(request), channel=found, reason=reason)):
            return to(request, _("渠道已停用。"), "channels:channels")
    return _confirm(request, found, form)


def _confirm(request: HttpRequest, found: Channel, form: ReasonForm | None) -> HttpResponse:
    closing = found.is_active
    told = [
        _("已发布到这一渠道的内容仍在那里；以后撤回、更新的，由人工在那里办理。"),
        _("还在等待发送的，转为人工办理。"),
    ]
    context = {
        "title": (_("停用“%(name)s”") if closing else _("重新启用“%(name)s”")) % {"name": found.name},
        "back": _back(),
        "place": "channels",
        "facts": [Fact(_("渠道类别"), kind(found.kind).name(language())), Fact(_("名称"), found.name)],
        "consequences": told if closing else [_("此后首次公开的信息按发布范围发送。")],
        "form": form,
        "confirm_words": _("停用") if closing else _("重新启用"),
        "is_danger": closing,
        "cancel_address": reverse("channels:channel", args=(found.pk,)),
    }
    return render(request, "workspace/confirm.html", context)


def _found(request: HttpRequest, pk: int) -> Channel:
    found = channel_of(organ_kept(request), pk)
    if found is None:
        raise Http404
    return found
