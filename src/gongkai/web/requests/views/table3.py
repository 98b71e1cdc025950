"""Table 3 of the annual report as the cases count now, and the cases behind each of its cells."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.annual.forms import Row as FormRow
from gongkai.annual.forms import form
from gongkai.annual.forms.english import english_column, english_row
from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import language, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Column, Tab, Table
from gongkai.web.organs.models import Organ
from gongkai.web.requests.permissions import may_see
from gongkai.web.requests.queries.figures import cases_of_cell, table3
from gongkai.web.requests.views.lists import case_row, room_tabs
from gongkai.web.requests.views.working import PLACE, address_of

FORM = "2021"
_YEARS = 6
_FIRST_YEAR = 2008  # the first regulation
_MOST = 1000
_PART, _SUM = "requests", "concluded"


@work_page("GET")
def table(request: HttpRequest) -> HttpResponse:
    """The table of a year; each figure leads to its cases. At most 10 queries."""
    organ, year = organ_to(request, may_see), _year(request)
    counted, lang = table3(organ, year), language()
    this = clock.today().year
    context = {
        "title": _("收到和处理申请情况（年度报告表三）"),
        "lead": organ.name,
        "place": PLACE,
        "tabs": room_tabs(organ, "table3"),
        "tabs_label": _("依申请公开"),
        "years": [
            Tab(str(one), address_of("table3", organ, year=one), one == year)
            for one in range(this, max(_FIRST_YEAR, this - _YEARS), -1)
        ],
        "year": year,
        "columns": [(one.code, _column(one.code, one.label, lang)) for one in form(FORM).columns],
        "groups": _groups(organ, year, counted, lang),
        "adds_up": _adds_up(counted),
    }
    return render(request, "requests/work/table3.html", context)


@work_page("GET")
def cell(request: HttpRequest) -> HttpResponse:
    """The cases that a cell counts. At most 10 queries."""
    organ, year, lang = organ_to(request, may_see), _year(request), language()
    row = next((one for one in form(FORM).rows if one.code == request.GET.get("row")), None)
    column = next((one for one in form(FORM).columns if one.code == request.GET.get("column")), None)
    if row is None or column is None:
        raise Http404
    found = list(
        cases_of_cell(organ, year, row.code, column.code).select_related("unit", "handler")[: _MOST + 1]
    )
    words = f"{_row_words(row, lang)} · {_column(column.code, column.label, lang)}"
    listed = (
        Column("title", _("编号"), "title"),
        Column("subject", _("申请事项")),
        Column("received", _("收到申请"), "date"),
        Column("outcome", _("办理结果")),
        Column("decided", _("决定日期"), "date"),
        Column("requester_kind", _("申请人类别")),
        Column("state", _("状态"), "state"),
    )
    context = {
        "title": words,
        "lead": _("%(year)s 年度，%(organ)s") % {"year": year, "organ": organ.name},
        "place": PLACE,
        "back": Tab(_("年报表三"), address_of("table3", organ, year=year)),
        "table": Table(words, listed, [case_row(one) for one in found[:_MOST]], empty=_("没有这样的申请。")),
        "note": _("只列出前 %(n)s 件。") % {"n": _MOST} if len(found) > _MOST else "",
    }
    return render(request, "requests/work/table3_cell.html", context)


def _year(request: HttpRequest) -> int:
    """The year that is asked for; this one where that is none."""
    text, this = request.GET.get("year", ""), clock.today().year
    known = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if known and _FIRST_YEAR <= int(text) <= this else this


def _groups(organ: Organ, year: int, counted: dict[str, dict[str, int]], lang: str) -> list[dict[str, Any]]:
    """Rows of the form in their order, those under one heading together."""
    told: list[dict[str, Any]] = []
    for row in form(FORM).rows:
        heading = row.group[-1] if row.group and row.code != _SUM and lang != "en" else ""
        if not told or told[-1]["heading"] != heading:
            told.append({"heading": heading, "rows": []})
        cells = [
            (one.code, counted[row.code][one.code], _address(organ, year, row.code, one.code))
            for one in form(FORM).columns
        ]
        told[-1]["rows"].append((_row_words(row, lang), cells))
    return told


def _address(organ: Organ, year: int, row: str, column: str) -> str:
    return address_of("table3_cell", organ, year=year, row=row, column=column)


def _row_words(row: FormRow, lang: str) -> str:
    return english_row(_PART, row.code) if lang == "en" else row.printed


def _column(code: str, label: str, lang: str) -> str:
    return english_column(_PART, code) if lang == "en" else label


def _adds_up(counted: dict[str, dict[str, int]]) -> bool:
    """本年新收＋上年结转＝办理结果总计＋结转下年度, in every column (FMT.T3.I)."""
    come, gone = ("received.new", "received.carried_in"), ("concluded", "carried_forward")
    return all(
        sum(counted[row][one.code] for row in come) == sum(counted[row][one.code] for row in gone)
        for one in form(FORM).columns
    )
