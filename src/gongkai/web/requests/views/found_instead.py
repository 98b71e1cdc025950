"""Whether it helps to show what is public already: shown, opened, answered without a request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Column, Row, Tab, Table
from gongkai.web.requests.permissions import may_see
from gongkai.web.requests.queries.figures import Helped, found_instead
from gongkai.web.requests.views.lists import room_tabs
from gongkai.web.requests.views.working import PLACE, address_of

_COUNTED = ("shown", "opened", "answered")
_FIRST_YEAR = 2019  # of the Regulation in its present form


@work_page("GET")
def found(request: HttpRequest) -> HttpResponse:
    """The counts of a year, month by month. At most 8 queries."""
    organ = organ_to(request, may_see)
    year = _year(request)
    rows = found_instead(organ, year)
    shown, opened, answered = (sum(getattr(one, name) for one in rows) for name in _COUNTED)
    whole = Helped(None, shown, opened, answered)
    columns = [
        Column("month", _("月份"), "title"),
        Column("shown", _("显示"), "number"),
        Column("opened", _("打开"), "number"),
        Column("answered", _("不再申请"), "number"),
    ]
    listed = [_row(one) for one in (*rows, whole)] if rows else []
    context = {
        "title": _("已公开信息提示"),
        "lead": _(
            "申请人填写申请时，网站显示已经公开的相近信息。每份申请表每项最多计一次；"
            "“不再申请”是申请人看过后自己确认已经找到、没有提交的。"
        ),
        "place": PLACE,
        "tabs": room_tabs(organ, "found"),
        "tabs_label": _("依申请公开"),
        "table": Table(
            _("%(year)s 年已公开信息提示") % {"year": year},
            columns,
            listed,
            empty=_("%(year)s 年没有显示过已公开的信息。") % {"year": year},
        ),
        "years": [
            Tab(str(one), address_of("found", organ, year=one), one == year)
            for one in range(clock.today().year, max(_FIRST_YEAR, clock.today().year - 5) - 1, -1)
        ],
    }
    return render(request, "requests/work/found.html", context)


def _row(one: Helped) -> Row:
    month = f"{one.month:%Y-%m}" if one.month is not None else _("合计")
    return Row({"month": month, "shown": one.shown, "opened": one.opened, "answered": one.answered})


def _year(request: HttpRequest) -> int:
    """The year that is asked for; this one where that is none."""
    text = request.GET.get("year", "")
    known = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if known and _FIRST_YEAR <= int(text) <= clock.today().year else clock.today().year
