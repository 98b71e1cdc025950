"""Statutory figures: what units have reported, and table 2 as it counts now, each cell with its reasons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.disclosure.actions.figures import (
    EARLIEST_YEAR,
    enter_figure,
    replace_figure,
    withdraw_figure,
)
from gongkai.web.disclosure.forms.checklist import ReasonForm
from gongkai.web.disclosure.forms.figures import KIND_WORDS, FigureForm, ReplaceForm, YearForm
from gongkai.web.disclosure.models import Figure, FigureKind
from gongkai.web.disclosure.permissions import may_enter_figures, may_see
from gongkai.web.disclosure.queries.figures import current_figures
from gongkai.web.disclosure.queries.table2 import (
    BLOCKS,
    COLUMNS,
    DECISIONS,
    PARTS,
    Cell,
    Fact,
    Table2,
    documents_of,
    in_ten_thousands,
    table2,
)
from gongkai.web.disclosure.queries.visible import areas, organs_seen
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.disclosure.views.organ_choice import address, chosen_organ, organ_to
from gongkai.web.look.pieces import Action, Column, Row, Tab, Table
from gongkai.web.look.pieces import Fact as Line
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ, Staff, Unit

PLACE = "figures"
MOST_SHOWN = 500


@work_page("GET")
def figures(request: HttpRequest) -> HttpResponse:
    """Table 2 of a year, and the figures it takes from units."""
    staff = staff_of(request)
    organs = organs_seen(staff)
    organ = chosen_organ(request, organs)
    year = year_asked(request)
    found = list(current_figures(organ, year)[:MOST_SHOWN])
    context = {
        "title": _("统计数据"),
        "lead": _("%(organ)s %(year)s 年。规章、规范性文件按已公开的信息计数，其余按各科室填报的数据合计。")
        % {"organ": organ.name, "year": year},
        "place": PLACE,
        "actions": _actions(staff, organ, year),
        "filters": YearForm(request.GET, organs=organs, years=years_offered()),
        "filters_set": 0,
        "blocks": _blocks(table2(organ, year), organ, may_enter=bool(may_enter_figures(staff, organ))),
        "table": _reported(staff, organ, found),
    }
    return render(request, "disclosure/figures.html", context)


def _blocks(table: Table2, organ: Organ, *, may_enter: bool) -> dict[str, Any]:
    """Table 2 for its template: documents by block and column, decisions, fees, and what does not add up."""
    words = _block_words()

    def shown(code: str) -> dict[str, Any]:
        enter = address("figure_add", organ, year=table.year, kind=code) if may_enter else ""
        return _cell(table[code], organ, enter)

    return {
        "documents": [
            {"words": words[block], "cells": [shown(f"{block}.{column}") for column in COLUMNS]}
            for block in BLOCKS
        ],
        "decisions": [{"words": str(KIND_WORDS[kind]), "cell": shown(kind.value)} for kind in DECISIONS],
        "fees": shown(FigureKind.FEES.value),
        "explained": [
            {
                "words": words[one.block],
                "before": one.before,
                "difference": f"{one.difference:+d}",
                "reasons": [(_fact_words(fact), f"{fact.amount:+d}") for fact in one.reasons],
            }
            for one in table.explained
            if one.difference
        ],
    }


def _block_words() -> dict[str, str]:
    return {"rules": _("规章"), "normative_documents": _("行政规范性文件")}


def _cell(cell: Cell, organ: Organ, enter: str) -> dict[str, Any]:
    """A cell for its template. Blank: `value` is "" and `enter` is where it is filled in, if one may."""
    if cell.value is None:
        words = str(KIND_WORDS[FigureKind(cell.code)])
        return {"value": "", "facts": [], "enter": enter, "words": words}
    facts = [
        {"words": _fact_words(fact), "amount": _amount(cell, fact), "address": _target(fact, organ)}
        for fact in cell.facts
        if fact.amount
    ]
    value = format(cell.value, "f") if not isinstance(cell.value, int) else str(cell.value)
    return {"value": value, "facts": facts, "enter": ""}


def _amount(cell: Cell, fact: Fact) -> str:
    """How much a part of a cell is, in the cell's own unit: fees in 万元."""
    if cell.code == FigureKind.FEES:
        return _("%(n)s 万元") % {"n": format(in_ten_thousands(fact.amount), "f")}
    return str(int(fact.amount))


def _fact_words(fact: Fact) -> str:
    return fact.en if language() == "en" else fact.zh


def _target(fact: Fact, organ: Organ) -> str:
    if fact.target is None:
        return ""
    if fact.target.place == "documents":
        return address("table2_documents", organ, **fact.target.query)
    return address("figures", organ, year=fact.target.query["year"]) + "#results"


def _reported(staff: Staff, organ: Organ, found: list[Figure]) -> Table:
    ways = {one.pk: _way_to_correct(one) for one in found if may_enter_figures(staff, one)}
    columns = [
        Column("title", _("项目"), "title"),
        Column("month", _("月份")),
        Column("unit", _("科室")),
        Column("value", _("数值"), "number"),
        Column("source", _("来源")),
        Column("entered", _("填报人")),
        Column("at", _("填报时间"), "date"),
        *([Column("do", _("办理"))] if ways else []),
    ]
    rows = [
        Row(
            {
                "title": str(KIND_WORDS.get(FigureKind(one.kind), one.kind)),
                "month": one.month or _("全年"),
                "unit": one.unit.name if one.unit else _("全机关"),
                "value": shown_value(one),
                "source": one.source,
                "entered": str(one.entered_by),
                "at": one.entered_at,
                "do": ways.get(one.pk),
            },
            ways[one.pk].address if one.pk in ways else "",
            one.note,
        )
        for one in found
    ]
    return Table(
        _("各科室填报的数据"),
        columns,
        rows,
        empty=_("这一年还没有填报数据。可以逐条填报，也可以从表格导入。"),
    )


def _way_to_correct(figure: Figure) -> Action:
    address = reverse("disclosure:figure_replace", args=(figure.pk,))
    return Action(_("更正"), address, hint=f"{KIND_WORDS[FigureKind(figure.kind)]} {shown_value(figure)}")


def shown_value(figure: Figure) -> str:
    """A figure as people read it: fees in yuan."""
    number = format(figure.value.normalize(), "f")
    return _("%(n)s 元") % {"n": number} if figure.kind == FigureKind.FEES else number


def _actions(staff: Staff, organ: Organ, year: int) -> list[Action]:
    actions = []
    if may_enter_figures(staff, organ):
        actions.append(Action(_("填报"), address("figure_add", organ, year=year), style="main"))
        actions.append(Action(_("导入"), address("figures_import", organ, year=year)))
    actions.append(Action(_("导出"), address("figures_export", organ, year=year)))
    if areas(staff):
        actions.append(Action(_("各机关汇总"), address("figures_area", areas(staff)[0], year=year)))
    return actions


def years_offered() -> list[int]:
    return list(range(clock.today().year, EARLIEST_YEAR - 1, -1))


def year_asked(request: HttpRequest) -> int:
    """The year asked for; this year where the address names none, or one that cannot be."""
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and EARLIEST_YEAR <= int(asked[:6]) <= clock.today().year:
        return int(asked)
    return clock.today().year


@work_page("GET")
def documents(request: HttpRequest) -> HttpResponse:
    """The documents that a part of a cell counts."""
    organ = chosen_organ(request, organs_seen(staff_of(request)))
    block, part, year = request.GET.get("block", ""), request.GET.get("part", ""), year_asked(request)
    if block not in BLOCKS or part not in PARTS:
        raise Http404
    columns = [
        Column("title", _("标题"), "title"),
        Column("number", _("发文字号")),
        Column("made_on", _("成文日期"), "date"),
        Column("repealed_on", _("废止日期"), "date"),
        Column("expires_on", _("有效期至"), "date"),
        Column("unit", _("科室")),
    ]
    found = documents_of(organ, year, block, part)[:MOST_SHOWN]
    rows = [
        Row(
            {
                "title": one.title,
                "number": one.document_number,
                "made_on": one.made_on,
                "repealed_on": one.repealed_on,
                "expires_on": one.expires_on,
                "unit": one.unit.name if one.unit else "",
            },
            reverse("disclosure:record", args=(one.pk,)),
        )
        for one in found
    ]
    title = f"{_block_words()[block]} · {_part_words()[part]}"
    context = {
        "title": title,
        "lead": _("%(organ)s %(year)s 年") % {"organ": organ.name, "year": year},
        "place": PLACE,
        "back": Tab(_("统计数据"), address("figures", organ, year=year)),
        "table": Table(title, columns, rows, empty=_("没有这样的文件。")),
    }
    return render(request, "workspace/list.html", context)


def _part_words() -> dict[str, str]:
    return {
        "issued": _("本年制发"),
        "unpublished": _("本年成文、尚未公开"),
        "repealed": _("本年废止"),
        "lapsed": _("有效期届满失效"),
        "in_force": _("现行有效"),
    }


@work_page("GET", "POST")
def figure_add(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    organ = organ_to(request, may_enter_figures)
    units = [
        one
        for one in Unit.objects.filter(organ=organ, is_active=True)
        if may_enter_figures(staff, Figure(organ=organ, unit=one))
    ]
    year = year_asked(request)
    initial = {"year": str(year), "kind": _kind(request)}
    form = FigureForm(
        request.POST if request.method == "POST" else None, units=units, may_whole=True, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = enter_figure(by=staff, organ=organ, **form.figure_facts())
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("已填报。"))
            return HttpResponseRedirect(address("figures", organ, year=made.year))
    title = _("填报 %(year)s 年统计数据") % {"year": year}
    return render(request, "workspace/form.html", _context(organ, form, title, year))


def _kind(request: HttpRequest) -> str:
    """What the address asks to fill in; "" for what is no figure."""
    asked = request.GET.get("kind", "")
    return asked if asked in FigureKind.values else ""


@work_page("GET", "POST")
def figure_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """A newer number in the place of one that was reported."""
    figure = _figure(request, pk)
    form = ReplaceForm(
        request.POST if request.method == "POST" else None,
        initial={"value": format(figure.value.normalize(), "f")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            replace_figure(by=staff_of(request), figure=figure, **form.facts("value", "reason"))
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("已更正，原来的数保留在记录中。"))
            return HttpResponseRedirect(address("figures", figure.organ, year=figure.year))
    context = _context(figure.organ, form, _("更正数据"), figure.year)
    withdraw = Action(_("撤销这条数据"), reverse("disclosure:figure_withdraw", args=(pk,)))
    context |= {"facts": _lines(figure), "confirm_words": _("更正"), "actions": [withdraw]}
    return render(request, "workspace/confirm.html", context)


@work_page("GET", "POST")
def figure_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    figure = _figure(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_figure(by=staff_of(request), figure=figure, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("已撤销，不再计入统计。"))
            return HttpResponseRedirect(address("figures", figure.organ, year=figure.year))
    context = _context(figure.organ, form, _("撤销这条数据？"), figure.year)
    context |= {
        "facts": _lines(figure),
        "consequences": [_("撤销后不再计入表格；记录保留。数填错了的，请用“更正”。")],
        "confirm_words": _("撤销"),
        "is_danger": True,
    }
    return render(request, "workspace/confirm.html", context)


def _figure(request: HttpRequest, pk: int) -> Figure:
    """The figure, or 404 where the person sees none; NotAllowed where they see but do not report."""
    staff = staff_of(request)
    found = Figure.objects.select_related("organ", "unit").defer("organ__emblem").filter(pk=pk).first()
    if found is None or not may_see(staff, found):
        raise Http404
    if not may_enter_figures(staff, found):
        raise NotAllowed
    return found


def _lines(figure: Figure) -> list[Line]:
    return [
        Line(_("项目"), str(KIND_WORDS.get(FigureKind(figure.kind), figure.kind))),
        Line(_("期间"), f"{figure.year}" + (f"-{figure.month:02d}" if figure.month else f" {_('全年')}")),
        Line(_("科室"), figure.unit.name if figure.unit else _("全机关")),
        Line(_("数值"), shown_value(figure)),
        Line(_("来源"), figure.source, wide=True),
        Line(_("说明"), figure.note, wide=True),
    ]


def _context(organ: Organ, form: Any, title: str, year: int) -> dict[str, Any]:
    back = address("figures", organ, year=year)
    return {
        "title": title,
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("统计数据"), back),
        "form": form,
        "cancel_address": back,
    }
