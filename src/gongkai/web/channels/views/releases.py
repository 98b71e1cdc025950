"""What goes out: the list of an organ, one release with what can be done about it, a sheet to put up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.web.channels.actions.deciding import give_up, record_done, send_again
from gongkai.web.channels.forms import DoneForm, ReasonForm
from gongkai.web.channels.items import record_address
from gongkai.web.channels.kinds import kind, needs_place
from gongkai.web.channels.models import FOR_A_PERSON, Act, Channel, Release, ReleaseState
from gongkai.web.channels.permissions import may_handle, may_keep_channels
from gongkai.web.channels.qr_codes import qr_code
from gongkai.web.channels.queries import releases as queries
from gongkai.web.channels.states import act_words, state_of, trouble_words
from gongkai.web.channels.views.answering import (
    channels_page,
    handled,
    language,
    organ_worked_for,
    release_of,
    staff_of,
    to,
    tried,
)
from gongkai.web.disclosure.body_view import body_view
from gongkai.web.disclosure.models import State
from gongkai.web.look.pieces import Action, Column, Fact, Pages, Row, Tab, Table
from gongkai.web.organs.models import Organ

_BACK = "channels:releases"
_PUT_UP = ("notice_board", "other")  # kinds of channels where a sheet of paper hangs


@channels_page("GET")
def releases(request: HttpRequest) -> HttpResponse:
    """The organ's releases, the newest first; what a person must look at comes first as a list of its own."""
    staff = staff_of(request)
    organ = organ_worked_for(request)
    asked = request.GET.get("show", "")
    which = asked if asked in (queries.WAITING, queries.ALL) else queries.TO_DO
    before = request.GET.get("after", "")
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    rows, following = queries.releases_page(organ, which, cursor)
    actions = [Action(_("统计"), reverse("channels:figures"))]
    if may_keep_channels(staff, organ):
        actions.append(Action(_("渠道设置"), reverse("channels:channels")))
    context = {
        "title": _("发布渠道"),
        "lead": _("政府网站（本平台）始终是发布渠道；这里是其他渠道。信息公开不等待其他渠道。"),
        "place": "channels",
        "actions": actions,
        "tabs": _tabs(which),
        "tabs_label": _("发布渠道"),
        "table": _table(rows, which),
        "pages": Pages(None, str(following) if following else None),
        "troubles": _troubles(organ),
    }
    return render(request, "channels/releases.html", context)


def _tabs(which: str) -> list[Tab]:
    address = reverse("channels:releases")
    named = [(queries.TO_DO, _("待处理")), (queries.WAITING, _("等待发送")), (queries.ALL, _("全部"))]
    return [Tab(words, f"{address}?show={code}", code == which) for code, words in named]


def _table(rows: list[Release], which: str) -> Table:
    columns = [
        Column("title", _("信息"), "title"),
        Column("channel", _("渠道")),
        Column("act", _("事项")),
        Column("state", _("状态"), "state"),
        Column("planned", _("列入时间"), "date"),
        Column("on", _("公开日期"), "date"),
    ]
    empty = {
        queries.TO_DO: _("没有需要处理的。"),
        queries.WAITING: _("没有等待发送的。"),
        queries.ALL: _("还没有发布到其他渠道的信息。"),
    }
    return Table(_("发布渠道"), columns, [_row(one) for one in rows], empty=empty[which])


def _row(release: Release) -> Row:
    return Row(
        {
            "title": release.record.title or release.record.index_number,
            "channel": release.channel.name,
            "act": act_words(release),
            "state": state_of(release),
            "planned": release.planned_at,
            "on": release.published_on,
        },
        reverse("channels:release", args=(release.pk,)),
        trouble_words(release),
    )


def _troubles(organ: Organ) -> list[tuple[Channel, str]]:
    """Channels whose server is in trouble now."""
    return [
        (one, one.trouble_en if language() == "en" else one.trouble_zh)
        for one in queries.channels_of(organ)
        if one.failures
    ]


@channels_page("GET")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    found = release_of(request, pk)
    context = {
        "title": found.record.title or found.record.index_number,
        "lead": f"{found.channel.name} · {act_words(found)}",
        "state": state_of(found),
        "back": Tab(_("发布渠道"), reverse(_BACK)),
        "place": "channels",
        "facts": _facts(found),
        "trouble": trouble_words(found),
        "next_steps": _steps(request, found),
        "record": found.record,
    }
    return render(request, "channels/release.html", context)


def _facts(release: Release) -> list[Fact]:
    record = release.record
    shown = [
        Fact(_("信息"), record.title, wide=True, address=reverse("disclosure:record", args=(record.pk,))),
        Fact(_("索引号"), record.index_number),
        Fact(_("版本"), _("第 %(n)s 版") % {"n": release.version.number}),
        Fact(_("渠道"), release.channel.name),
        Fact(_("渠道类别"), kind(release.channel.kind).name(language())),
        Fact(_("公开日期"), release.published_on),
        Fact(_("地点、期号或媒体"), release.place),
        Fact(_("网址"), release.address, wide=True, address=release.address),
        Fact(_("渠道中的编号"), release.remote_id),
        Fact(_("登记人"), str(release.by) if release.by else ""),
        Fact(_("已试次数"), release.tries if release.tries else ""),
        Fact(_("下次发送"), _when(release)),
    ]
    if release.note:
        shown.append(Fact(_("说明"), release.note, wide=True))
    return shown


def _when(release: Release) -> str:
    if release.state != ReleaseState.WAITING or release.next_try_at is None:
        return ""
    # While its channel rests nothing is sent there.
    at = max(release.next_try_at, release.channel.rests_until or release.next_try_at)
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _steps(request: HttpRequest, release: Release) -> list[Action]:
    """What can be done about it, and what cannot with the reason."""
    place = [release.pk]
    is_public = release.record.state == State.PUBLISHED
    sheet = Action(_("打印张贴件"), reverse("channels:sheet", args=place))
    can_be_put_up = release.channel.kind in _PUT_UP and release.act != Act.WITHDRAW
    steps = [sheet] if is_public and can_be_put_up else []
    if not may_handle(staff_of(request), release.record):
        return [*steps, Action(_("办理"), reason=_("由经办人、科室负责人或公开工作机构办理。"))]
    by_program = kind(release.channel.kind).way == "sent" and release.channel.is_active
    if release.state in (ReleaseState.DEAD, ReleaseState.UNSURE) and by_program:
        steps.append(_again(release))
    if release.state in FOR_A_PERSON:
        done = reverse("channels:done", args=place)
        style: Any = "main" if release.state == ReleaseState.TASK else "second"
        steps.insert(0 if style == "main" else len(steps), Action(_done_words(release), done, style=style))
    if release.state in (*FOR_A_PERSON, ReleaseState.WAITING):
        steps.append(Action(_("放弃"), reverse("channels:give_up", args=place)))
    return steps


def _again(release: Release) -> Action:
    address = reverse("channels:again", args=[release.pk])
    hint = _("请先到该渠道核对，确认没有发出。") if release.state == ReleaseState.UNSURE else ""
    return Action(_("再发"), address, "post", "main", hint=hint)


def _done_words(release: Release) -> str:
    if release.state == ReleaseState.UNSURE:
        return _("已经发出，登记")
    return _("登记办理情况")


@channels_page("POST")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    found = handled(request, pk)
    send_again(by=staff_of(request), release=found)
    return to(request, _("已重新列入发送，稍后请查看结果。"), "channels:release", found.pk)


@channels_page("GET", "POST")
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    found = handled(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: give_up(by=staff_of(request), release=found, reason=reason)):
            return to(request, _("已放弃，不再发送。"), "channels:release", found.pk)
    told = [_("这一项不再发送，也不计入这一渠道的公开数。"), _("政府网站上的公开不受影响。")]
    return _asked(request, found, form, _("放弃发布到“%(name)s”"), _("放弃"), consequences=told)


@channels_page("GET", "POST")
def done(request: HttpRequest, pk: int) -> HttpResponse:
    found = handled(request, pk)
    initial = {"on": timezone.localdate()}
    data = request.POST if request.method == "POST" else None
    needed = found.act == Act.PUBLISH and needs_place(found.channel.kind)
    form = DoneForm(data, initial=initial, needs_place=needed)
    if form.is_bound and form.is_valid():
        facts = form.facts()
        if tried(form, lambda: record_done(by=staff_of(request), release=found, **facts)):
            return to(request, _("已登记。"), "channels:release", found.pk)
    return _asked(request, found, form, _("登记：%(name)s"), _("登记"))


def _asked(
    request: HttpRequest, release: Release, form: Any, title: str, confirm: str, **more: Any
) -> HttpResponse:
    address = reverse("channels:release", args=[release.pk])
    context = {
        "title": title % {"name": release.channel.name},
        "back": Tab(_("返回"), address),
        "place": "channels",
        "facts": [
            Fact(_("信息"), release.record.title, wide=True),
            Fact(_("渠道"), release.channel.name),
            Fact(_("事项"), act_words(release)),
        ],
        "form": form,
        "confirm_words": confirm,
        "cancel_address": address,
        **more,
    }
    return render(request, "workspace/confirm.html", context)


@channels_page("GET")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as a sheet for the notice board: what is public, with where the original is."""
    found = release_of(request, pk)
    record = found.record
    if record.state != State.PUBLISHED or found.version_id != record.published_id:
        raise Http404
    context = {
        "record": record,
        "shown": found.version,
        "organ": record.organ,
        "body": _body(found),
        "address": record_address(record),
        "picture": qr_code(record_address(record)),
        "back": reverse("channels:release", args=[found.pk]),
    }
    return render(request, "channels/sheet.html", context)


def _body(release: Release) -> SafeString:
    """The body as on the page, pictures from our own address."""
    version = release.version

    def picture(number: int) -> str:
        return reverse("disclosure:picture", args=(version.record_id, version.number, number))

    return body_view(version.body, picture)
