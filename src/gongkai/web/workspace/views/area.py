"""The area of a supervising authority: its organs with their counts, to be read alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongkai.web.disclosure.queries.visible import areas
from gongkai.web.look.pieces import Action, Column, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.workspace.queries.area import OrganCounts, area_counts
from gongkai.web.workspace.views.answering import staff_of, staff_page


@staff_page("GET")
def area(request: HttpRequest) -> HttpResponse:
    tops = areas(staff_of(request))
    if not tops:
        raise NotAllowed
    asked = request.GET.get("authority", "")
    top = next((one for one in tops if one.code == asked), tops[0])
    columns = [
        Column("organ", _("机关"), "title"),
        Column("published", _("本年公开"), "number"),
        Column("late", _("逾期未公开"), "number"),
        Column("in_review", _("审查中"), "number"),
        Column("items_late", _("清单逾期"), "number"),
        Column("items_due", _("清单将到期"), "number"),
        Column("items_missing", _("清单缺少"), "number"),
    ]
    rows = [_row(one) for one in area_counts(top)]
    context = {
        "title": _("辖区"),
        "lead": _("%(organ)s及所属机关，只能查看。") % {"organ": top.name},
        "place": "area",
        "tabs": [Tab(one.name, f"?authority={one.code}", one == top) for one in tops]
        if len(tops) > 1
        else [],
        "tabs_label": _("主管的范围"),
        "table": Table(_("辖区各机关"), columns, rows, empty=_("辖区内还没有机关。")),
    }
    return render(request, "workspace/list.html", context)


def _row(one: OrganCounts) -> Row:
    records, items = reverse("disclosure:records"), reverse("disclosure:checklist")
    cells = {
        "organ": one.organ.name,
        "published": one.published,
        "late": _linked(one, one.late, records, state="late"),
        "in_review": _linked(one, one.in_review, records, state="in_review"),
        "items_late": _linked(one, one.checklist.late, items, standing="late"),
        "items_due": _linked(one, one.checklist.due, items, standing="due"),
        "items_missing": _linked(one, one.checklist.missing, items, standing="missing"),
    }
    return Row(cells, f"{records}?{urlencode({'organ': one.organ.code})}")


def _linked(one: OrganCounts, number: int, address: str, **narrowed: str) -> Action | int:
    """A count that leads to what it counts; nothing to look at is a plain 0."""
    if not number:
        return 0
    query = urlencode({"organ": one.organ.code, **narrowed})
    return Action(str(number), f"{address}?{query}")
