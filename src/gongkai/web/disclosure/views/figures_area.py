"""Table 2 of every organ of an area, with the sums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.web.disclosure.forms.figures import YearForm
from gongkai.web.disclosure.models import FigureKind
from gongkai.web.disclosure.queries.table2 import added_up, not_filled_in, table2_of_area
from gongkai.web.disclosure.queries.visible import areas, organs_seen
from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.disclosure.views.figures import PLACE, year_asked, years_offered
from gongkai.web.disclosure.views.organ_choice import address, chosen_organ
from gongkai.web.look.pieces import Column, Row, Tab, Table


@work_page("GET")
def figures_area(request: HttpRequest) -> HttpResponse:
    """Table 2 of every organ of an area, with the sums."""
    staff = staff_of(request)
    top = chosen_organ(request, areas(staff))
    year = year_asked(request)
    tables = table2_of_area(top, year)
    heads = _short_words()
    columns = [
        Column("title", _("机关"), "title"),
        *(Column(code, head, "number") for code, head in heads.items()),
    ]
    blank = _("未填")
    missing = sum(not_filled_in(tables.values()).values())
    note = _("未填的 %(n)s 格没有计入合计。") % {"n": missing} if missing else ""
    rows = [Row({"title": _("合计"), **_or_blank(added_up(tables.values()), blank)}, note=note)]
    rows += [
        Row(
            {
                "title": one.name,
                **_or_blank({code: tables[one.pk][code].value for code in heads}, blank),
            },
            address("figures", one, year=year),
        )
        for one in organs_seen(staff)
        if one.pk in tables
    ]
    context = {
        "title": _("各机关统计数据汇总"),
        "lead": _("%(organ)s %(year)s 年") % {"organ": top.name, "year": year},
        "place": PLACE,
        "back": Tab(_("统计数据"), address("figures", top, year=year)),
        "filters": YearForm(request.GET, organs=[], years=years_offered()),
        "table": Table(_("各机关统计数据汇总"), columns, rows),
    }
    return render(request, "workspace/list.html", context)


def _or_blank(values: Mapping[str, Any], blank: str) -> dict[str, Any]:
    """The values of cells as a table shows them: a blank one says so, for it is no 0."""
    return {code: blank if value is None else value for code, value in values.items()}


def _short_words() -> dict[str, str]:
    """The cells of table 2 in as few words as eleven columns leave room for."""
    return {
        "rules.issued": _("规章制发"),
        "rules.repealed": _("规章废止"),
        "rules.in_force": _("规章有效"),
        "normative_documents.issued": _("文件制发"),
        "normative_documents.repealed": _("文件废止"),
        "normative_documents.in_force": _("文件有效"),
        FigureKind.LICENCES.value: _("许可"),
        FigureKind.PENALTIES.value: _("处罚"),
        FigureKind.COMPULSORY.value: _("强制"),
        FigureKind.FEES.value: _("收费（万元）"),
    }
