"""A record on its channels: where it is, where it is to go, what was done elsewhere; the year's figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.web.channels.actions.choosing import choose_channels
from gongkai.web.channels.actions.deciding import record_elsewhere
from gongkai.web.channels.forms import ElsewhereForm, WantedForm
from gongkai.web.channels.items import record_address
from gongkai.web.channels.kinds import columns
from gongkai.web.channels.models import Release
from gongkai.web.channels.permissions import may_choose
from gongkai.web.channels.queries import counts
from gongkai.web.channels.queries.releases import channels_of, releases_of, wanted_of
from gongkai.web.channels.states import act_words, state_of, trouble_words
from gongkai.web.channels.views.answering import (
    channels_page,
    language,
    organ_worked_for,
    record_of,
    staff_of,
    to,
    tried,
)
from gongkai.web.disclosure.models import Record, State
from gongkai.web.look.pieces import Action, Column, Row, Tab, Table
from gongkai.web.look.states import state as known_state
from gongkai.web.organs.errors import NotAllowed


@channels_page("GET", "POST")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a record is, and where it is to go. 4 queries past the record and who asks."""
    staff, found = staff_of(request), record_of(request, pk)
    may = may_choose(staff, found) and found.state != State.ABANDONED
    if request.method == "POST" and not may:
        raise NotAllowed
    wanted = wanted_of(found)
    form = WantedForm(request.POST if request.method == "POST" else None, wanted=wanted)
    if form.is_bound and form.is_valid():
        chosen = [int(one) for one in form.cleaned_data["wanted"]]
        if tried(form, lambda: choose_channels(by=staff, record=found, wanted=chosen)):
            return to(request, _("发布渠道已保存。"), "channels:record", found.pk)
    elsewhere = Action(_("登记其他渠道的公开"), reverse("channels:elsewhere", args=(pk,)))
    context = {
        "title": _("发布渠道"),
        "lead": found.title or found.index_number,
        "back": Tab(_("返回信息页"), reverse("disclosure:record", args=(pk,))),
        "place": "channels",
        "actions": [elsewhere] if may and found.state == State.PUBLISHED else [],
        "table": _where(found, releases_of(found)),
        "form": form if may and wanted else None,
        "wanted": wanted,
        "is_public": found.first_published_at is not None,
    }
    return render(request, "channels/record.html", context)


def _where(record: Record, releases: list[Release]) -> Table:
    shown = [
        Column("channel", _("渠道"), "title"),
        Column("act", _("事项")),
        Column("state", _("状态"), "state"),
        Column("on", _("公开日期"), "date"),
        Column("where", _("网址、地点或期号")),
    ]
    is_out = record.state in (State.PUBLISHED, State.WITHDRAWN)
    portal = {
        "channel": _("政府网站（本平台）"),
        "act": _("公开"),
        "state": known_state(record.state if is_out else "draft", "" if is_out else _("尚未公开")),
        "on": record.published_at,
        "where": record_address(record) if record.state == State.PUBLISHED else "",
    }
    rows = [Row(portal), *(_row(one) for one in releases)]
    return Table(_("在各渠道的情况"), shown, rows)


def _row(release: Release) -> Row:
    cells = {
        "channel": release.channel.name,
        "act": act_words(release),
        "state": state_of(release),
        "on": release.published_on,
        "where": release.place or release.address,
    }
    return Row(cells, reverse("channels:release", args=(release.pk,)), trouble_words(release) or release.note)


@channels_page("GET", "POST")
def elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    """Something done by hand of which nothing was planned."""
    staff, found = staff_of(request), record_of(request, pk)
    if not may_choose(staff, found):
        raise NotAllowed
    channels = channels_of(found.organ)
    data = request.POST if request.method == "POST" else None
    form = ElsewhereForm(data, channels=channels, initial={"on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        channel = form.chosen()
        if channel is None:
            form.add_error("channel", _("请选择渠道。"))
        else:
            facts = form.facts()
            if tried(form, lambda: record_elsewhere(by=staff, record=found, channel=channel, **facts)):
                return to(request, _("已登记。"), "channels:record", found.pk)
    back = reverse("channels:record", args=(pk,))
    context = {
        "title": _("登记其他渠道的公开"),
        "lead": found.title,
        "back": Tab(_("返回"), back),
        "place": "channels",
        "form": form,
        "submit_words": _("登记"),
        "cancel_address": back,
    }
    return render(request, "workspace/form.html", context)


@channels_page("GET")
def figures(request: HttpRequest) -> HttpResponse:
    """The year's figures, each with its records."""
    organ = organ_worked_for(request)
    now = timezone.localdate().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and 2007 < int(asked[:5]) <= now else now
    found = counts.counted(organ, year)
    part = request.GET.get("part", "")
    records = counts.records_of(organ, year, part) if part in _parts(found) else None
    context: dict[str, Any] = {
        "title": _("公开渠道统计"),
        "lead": _("%(organ)s，%(year)s 年，统计到 %(until)s。同一信息在多个渠道公开，总数只计 1 条。")
        % {"organ": organ.name, "year": year, "until": found.until},
        "place": "channels",
        "back": Tab(_("发布渠道"), reverse("channels:releases")),
        "tabs": [Tab(str(one), f"?year={one}", one == year) for one in range(now, max(now - 5, 2008), -1)],
        "tabs_label": _("年度"),
        "table": _figures(found),
    }
    if records is not None:
        context["records"] = Table(_("信息"), _record_columns(), [_record_row(one) for one in records])
    return render(request, "channels/figures.html", context)


def _parts(found: counts.Counted) -> set[str]:
    return {fact.part for figure in found.figures.values() for fact in figure.facts} | {counts.ONCE}


def _figures(found: counts.Counted) -> Table:
    english = language() == "en"
    lines = [
        (counts.ONCE, _("主动公开政府信息数（不同渠道和方式公开相同信息计1条）")),
        ("documents", _("其中：主动公开规范性文件数")),
        *((one.code, one.en if english else one.zh) for one in columns()),
        ("interpretations", _("政策解读稿件发布数")),
    ]
    rows = []
    for code, words in lines:
        figure = found[code]
        told = [f"{fact.en if english else fact.zh} {fact.amount}" for fact in figure.facts if fact.amount]
        note = _("；").join(told) if code == counts.ONCE else ""
        rows.append(
            Row({"name": words, "value": figure.value}, f"?year={found.year}&part={code}#records", note)
        )
    shown = [Column("name", _("项目"), "title"), Column("value", _("条数"), "number")]
    return Table(_("公开渠道统计"), shown, rows)


def _record_columns() -> list[Column]:
    return [
        Column("title", _("标题"), "title"),
        Column("number", _("发文字号")),
        Column("on", _("首次公开"), "date"),
    ]


def _record_row(record: Record) -> Row:
    cells = {"title": record.title, "number": record.document_number, "on": record.first_published_at}
    return Row(cells, reverse("channels:record", args=(record.pk,)))
