"""What an import has brought in, and what it left out: a page that stays, and the rows left out as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.exporting import file_of
from gongkai.web.disclosure.models import ImportRun, Purpose, Record
from gongkai.web.disclosure.permissions import may_see
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import language, staff_of, work_page
from gongkai.web.disclosure.views.exporting import file_response
from gongkai.web.disclosure.views.organ_choice import address
from gongkai.web.look.pieces import Column, ImportRow, Row, Tab, Table

MOST_SHOWN = 500
_OF_RECORDS = (Purpose.RECORDS, Purpose.WORD)
# Where an import belongs: the page it was sent from.
_PLACES = {
    Purpose.RECORDS: ("import", "import"),
    Purpose.WORD: ("import", "import_word"),
    Purpose.CHECKLIST: ("checklist", "checklist_import"),
    Purpose.FIGURES: ("figures", "figures_import"),
}


@work_page("GET")
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import has brought in: the drafts, each with its way still to go; the rows it left out."""
    run = _seen(request, pk)
    place, page = _PLACES[Purpose(run.purpose)]
    several = len({one["sheet"] for one in run.problems}) > 1
    context: dict[str, Any] = {
        "title": _("导入结果"),
        "lead": _lead(run),
        "place": place,
        "back": Tab(_("再次导入"), address(page, run.organ)),
        "left": [
            ImportRow(one["row"], _title(one, several), "error", one[_lang()])
            for one in run.problems[:MOST_SHOWN]
        ],
        "left_more": max(0, len(run.problems) - MOST_SHOWN),
        "left_address": reverse("disclosure:import_left_out", args=(run.pk,)),
        "table": _made(run) if run.purpose in _OF_RECORDS else None,
    }
    return render(request, "disclosure/import_run.html", context)


@work_page("GET")
def left_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that an import left out, with what was wrong, as csv."""
    run = _seen(request, pk)
    heads = [_("表"), _("行"), _("标题"), _("问题")]
    rows = ([one["sheet"], one["row"], one["title"], "\n".join(one[_lang()])] for one in run.problems)
    return file_response(file_of(heads, rows, "csv", _("未导入的行")), _("未导入的行"), "csv")


def _seen(request: HttpRequest, pk: int) -> ImportRun:
    run = ImportRun.objects.select_related("organ", "by").filter(pk=pk).first()
    if run is None or not may_see(staff_of(request), run):
        raise Http404
    return run


def _lang() -> str:
    return "en" if language() == "en" else "zh"


def _title(one: dict[str, Any], several: bool) -> str:
    """The row's title, with its sheet where rows of several were left out."""
    return f"{one['title']}（{one['sheet']}）" if several and one["sheet"] else str(one["title"])


def _lead(run: ImportRun) -> str:
    told = {"file": run.file_name, "made": run.made, "left": run.left_out, "changed": run.changed}
    if run.purpose in _OF_RECORDS:
        words = _("“%(file)s”：导入 %(made)s 条，未导入 %(left)s 条。导入的信息是草稿，须经过审查才能公开。")
    else:
        words = _("“%(file)s”：导入 %(made)s 条，更新 %(changed)s 条，未导入 %(left)s 条。")
    lead = words % told
    if run.same:
        lead += _("已有的 %(same)s 条没有改动。") % {"same": run.same}
    if run.purpose in _OF_RECORDS and run.made > MOST_SHOWN:
        lead += _("这里只列前 %(n)s 条。") % {"n": MOST_SHOWN}
    return lead


def _made(run: ImportRun) -> Table:
    found = Record.objects.filter(pk__in=run.results[:MOST_SHOWN]).select_related("unit", "working")
    found = found.defer("working__body", "working__findings").order_by("pk")
    columns = [
        Column("title", _("标题"), "title"),
        Column("index_number", _("索引号")),
        Column("unit", _("科室")),
        Column("state", _("状态"), "state"),
    ]
    rows = [
        Row(
            {
                "title": one.title,
                "index_number": one.index_number,
                "unit": one.unit.name if one.unit else "",
                "state": showing.state_of(one),
            },
            reverse("disclosure:record", args=(one.pk,)),
        )
        for one in found
    ]
    return Table(_("导入的信息"), columns, rows)
