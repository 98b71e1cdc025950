"""What the authority that supervises an area reads of the log: who is put between a draft and the public.

An organ's administrator appoints alone. That the appointment of a secrecy officer or a leader is seen from
above is the check on it (docs/decisions/0010).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongkai.web.disclosure.queries.visible import areas
from gongkai.web.look.pieces import Column, Row, Table
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Organ
from gongkai.web.organs.queries import area
from gongkai.web.workspace.queries.log import appointments_page, names_of_subjects
from gongkai.web.workspace.views.answering import staff_of, staff_page
from gongkai.web.workspace.views.log import number_asked, pages_of, row_of
from gongkai.web.workspace.views.log_facts import in_words


@staff_page("GET")
def appointments(request: HttpRequest) -> HttpResponse:
    """Appointments of secrecy officers and leaders in the person's area, the newest first."""
    tops = areas(staff_of(request))
    if not tops:
        raise NotAllowed
    organs: dict[int, Organ] = {one.pk: one for top in tops for one in area(top, closed=True)}
    page = appointments_page(organs, number_asked(request, "before"), number_asked(request, "after"))
    names = names_of_subjects(page.entries)
    columns = [
        Column("action", _("操作"), "title"),
        Column("at", _("时间")),
        Column("organ", _("机关")),
        Column("subject", _("人员")),
        Column("role", _("角色")),
        Column("who", _("经办")),
    ]
    rows = []
    for one in page.entries:
        organ = organs[one.organ_id or 0]
        more = {"organ": organ.called, "role": in_words(one, "role", one.after.get("role"), {})}
        rows.append(Row({**row_of(one, names).cells, **more}))
    empty = _("辖区内还没有保密审查员、分管领导的任命记录。")
    context = {
        "title": _("保密审查员和分管领导的任命"),
        "lead": "、".join(one.name for one in tops),
        "place": "log",
        "table": Table(_("保密审查员和分管领导的任命"), columns, rows, empty=empty),
        "pages": pages_of(page),
    }
    return render(request, "workspace/list.html", context)
