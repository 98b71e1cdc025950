"""Responses to public concern: what was done, and what form 2014 counts of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.disclosure.queries.finding import one_named
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Action, Column, Fact, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.participation.actions.responding import enter_response, withdraw_response
from gongkai.web.participation.forms.staff import ReasonForm, ResponseForm
from gongkai.web.participation.models import Response
from gongkai.web.participation.permissions import may_enter_response, may_see
from gongkai.web.participation.queries import responses as queries
from gongkai.web.participation.settled import response_channels, words_of
from gongkai.web.participation.views.work import PLACE, act, address, address_of, room_tabs

MOST = 300
_MOST_CONCERNS = 200


@work_page("GET")
def responses(request: HttpRequest) -> HttpResponse:
    """The responses of a year, and block two of form 2014 counted from them."""
    organ, staff = organ_to(request, may_see), staff_of(request)
    year = _year(request)
    cells = queries.block_two(organ, year)
    years = sorted({*queries.response_years(organ), clock.today().year, year}, reverse=True)
    rows = [_row(one, staff) for one in queries.responses_of(organ).filter(on__year=year)[:MOST]]
    context = {
        "title": _("回应公众关注"),
        "lead": _("%(organ)s：同一热点用不同方式回应计 1 次；各种方式另行分别统计。") % {"organ": organ.name},
        "actions": [Action(_("登记"), address_of("response_add", organ), style="main")]
        if may_enter_response(staff, organ)
        else [],
        **room_tabs(request, organ, "responses"),
        "years": [Tab(str(one), address_of("responses", organ, year=str(one)), one == year) for one in years],
        "figures_title": _("%(year)s 年回应解读情况") % {"year": year},
        "cells": [(cell, cell.code.endswith(".head")) for cell in cells.values()],
        "table": Table(
            _("登记的回应"),
            [
                Column("title", _("名称"), "title"),
                Column("channel", _("方式")),
                Column("on", _("日期"), "date"),
                Column("concern", _("热点或舆情")),
                Column("head", _("主要负责同志")),
            ],
            rows,
            empty=_("这一年还没有登记回应。"),
        ),
    }
    return render(request, "participation/responses.html", context)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdigit() and len(asked) == 4 and 2000 <= int(asked) <= 2099
    return int(asked) if is_year else clock.today().year


def _row(one: Response, staff: Any) -> Row:
    cells = {
        "title": one.title,
        "channel": words_of(response_channels(), one.channel, language()),
        "on": one.on,
        "concern": one.concern.topic if one.concern else "",
        "head": _("参加") if one.head_took_part else "",
    }
    note = _("已撤销：%(why)s") % {"why": one.withdrawn_why} if one.withdrawn_at else ""
    can_withdraw = one.withdrawn_at is None and may_enter_response(staff, one)
    return Row(cells, address("response_withdraw", one.pk) if can_withdraw else "", note)


@work_page("GET", "POST")
def response_add(request: HttpRequest) -> HttpResponse:
    organ, staff = organ_to(request, may_enter_response), staff_of(request)
    concerns = list(queries.concerns_of(organ)[:_MOST_CONCERNS])
    form = ResponseForm(
        request.POST if request.method == "POST" else None, organ=organ, concerns=concerns, lang=language()
    )

    def do() -> Any:
        facts = form.facts("channel", "on", "title", "topic", "head_took_part", "place")
        named = form.cleaned_data["record"].strip()
        record = one_named(organ, named, field="record") if named else None
        return enter_response(by=staff, organ=organ, concern=form.chosen_concern(), record=record, **facts)

    done = act(request, form, do, _("已登记。"), address_of("responses", organ))
    context = {
        "title": _("登记回应"),
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("回应关注"), address_of("responses", organ)),
        "form": form,
        "cancel_address": address_of("responses", organ),
    }
    return done or render(request, "workspace/form.html", context)


@work_page("GET", "POST")
def response_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    staff = staff_of(request)
    one = Response.objects.select_related("organ", "concern").defer("organ__emblem").filter(pk=pk).first()
    if one is None or not may_see(staff, one):
        raise Http404
    if not may_enter_response(staff, one):
        raise NotAllowed
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = address_of("responses", one.organ, year=str(one.on.year))

    def do() -> Any:
        return withdraw_response(by=staff, response=one, reason=form.cleaned_data["reason"])

    done = act(request, form, do, _("已撤销，不再计入统计。"), back)
    context = {
        "title": one.title,
        "lead": _("登记的回应；登记有误的，可以撤销。"),
        "place": PLACE,
        "back": Tab(_("返回"), back),
        "facts": [
            Fact(_("名称"), one.title, wide=True),
            Fact(_("方式"), words_of(response_channels(), one.channel, language())),
            Fact(_("日期"), one.on),
            Fact(_("热点或舆情"), one.concern.topic if one.concern else "", wide=True),
        ],
        "consequences": [_("记录保留，注明撤销理由，不再计入统计。")],
        "form": form,
        "confirm_words": _("撤销"),
        "is_danger": True,
        "cancel_address": back,
    }
    return done or render(request, "workspace/confirm.html", context)
