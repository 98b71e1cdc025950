"""The area of a supervising authority: its organs with their counts, to be read alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongkai.web.disclosure.queries.visible import areas
from gongkai.web.look.pieces import Column, Row, Tab, Table
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
    cells = {
        "organ": one.organ.name,
        "published": one.published,
        "late": one.late,
        "in_review": one.in_review,
        "items_late": one.checklist.late,
        "items_missing": one.checklist.missing,
    }
    return Row(cells, reverse("disclosure:records") + "?" + urlencode({"organ": one.organ.code}))
