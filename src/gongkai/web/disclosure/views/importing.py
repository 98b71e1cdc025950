"""Imports: a file is tried, its rows are shown, only then is it brought in. Templates and exports too."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.disclosure.actions.checklist import BASIC, import_items, try_items
from gongkai.web.disclosure.actions.figures import import_figures, try_figures
from gongkai.web.disclosure.actions.importing import dry_run, dry_run_word, run_import, run_import_word
from gongkai.web.disclosure.exporting import exported_figures
from gongkai.web.disclosure.forms.importing import ChecklistForm, FiguresForm, RecordsForm, WordForm
from gongkai.web.disclosure.models import ImportRun, Purpose, Record
from gongkai.web.disclosure.permissions import (
    may_enter_figures,
    may_export,
    may_import,
    may_keep_checklist,
    may_see,
)
from gongkai.web.disclosure.queries.checklist import items
from gongkai.web.disclosure.queries.figures import current_figures
from gongkai.web.disclosure.views import showing
from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.disclosure.views.exporting import asked_format, file_response
from gongkai.web.disclosure.views.import_flow import Flow, Upload, importing
from gongkai.web.disclosure.views.organ_choice import address, organ_to
from gongkai.web.disclosure.workbooks import (
    checklist_template,
    exported_checklist,
    figure_template,
    record_template,
)
from gongkai.web.look.pieces import Column, Row, Tab, Table
from gongkai.web.organs.models import Organ

MOST_SHOWN = 500


@work_page("GET", "POST")
def records_import(request: HttpRequest) -> HttpResponse:
    """Records from a sheet, with the attachments it names."""
    staff, organ = staff_of(request), organ_to(request, may_import)

    def facts(upload: Upload) -> dict[str, Any]:
        return {
            "by": staff,
            "organ": organ,
            "content": upload.content,
            "name": upload.name,
            "files": upload.others,
            "kind_code": upload.options.get("kind") or "document",
            "unit": upload.unit,
        }

    flow = Flow(
        title=_("从表格导入信息"),
        organ=organ,
        form=RecordsForm,
        try_it=lambda upload: dry_run(**facts(upload)),
        run_it=lambda upload, **how: run_import(**facts(upload), **how),
        here=address("import", organ),
        tabs=_tabs(organ, "import"),
        samples=[Tab(_("信息表格模板（xlsx）"), address("import_sample", organ))],
        exports=_exports(organ) if may_export(staff, organ) else [],
        can_repeat=True,
    )
    return importing(request, flow)


@work_page("GET", "POST")
def word_import(request: HttpRequest) -> HttpResponse:
    """Records from Word files: each file, and each file of a zip, one draft."""
    staff, organ = staff_of(request), organ_to(request, may_import)

    def facts(upload: Upload) -> dict[str, Any]:
        kind = upload.options.get("kind") or "document"
        return {"by": staff, "organ": organ, "files": upload.files, "kind_code": kind, "unit": upload.unit}

    flow = Flow(
        title=_("从 Word 文件导入信息"),
        organ=organ,
        form=WordForm,
        try_it=lambda upload: dry_run_word(**facts(upload)),
        run_it=lambda upload, **how: run_import_word(**facts(upload), **how),
        here=address("import_word", organ),
        tabs=_tabs(organ, "import_word"),
        can_repeat=True,
    )
    return importing(request, flow)


@work_page("GET", "POST")
def checklist_import(request: HttpRequest) -> HttpResponse:
    """A standard or basic catalogue from its table."""
    staff, organ = staff_of(request), organ_to(request, may_keep_checklist)

    def facts(upload: Upload) -> dict[str, Any]:
        source = upload.options.get("source") or BASIC
        return {
            "by": staff,
            "organ": organ,
            "content": upload.content,
            "name": upload.name,
            "source": source,
            "unit": upload.unit,
        }

    flow = Flow(
        title=_("导入公开清单"),
        organ=organ,
        form=ChecklistForm,
        try_it=lambda upload: try_items(**facts(upload)),
        run_it=lambda upload, **how: import_items(**facts(upload), **how),
        here=address("checklist_import", organ),
        place="checklist",
        back=Tab(_("公开清单"), address("checklist", organ)),
        after=address("checklist", organ),
        samples=[Tab(_("清单模板（xlsx）"), address("checklist_sample", organ))],
        exports=[Tab(_("导出现有清单（xlsx）"), address("checklist_export", organ))],
    )
    return importing(request, flow)


@work_page("GET", "POST")
def figures_import(request: HttpRequest) -> HttpResponse:
    """Figures from a table."""
    staff, organ = staff_of(request), organ_to(request, may_enter_figures)

    def facts(upload: Upload) -> dict[str, Any]:
        return {"by": staff, "organ": organ, "content": upload.content, "name": upload.name}

    flow = Flow(
        title=_("导入统计数据"),
        organ=organ,
        form=FiguresForm,
        try_it=lambda upload: try_figures(**facts(upload)),
        run_it=lambda upload, **how: import_figures(**facts(upload), **how),
        here=address("figures_import", organ),
        place="figures",
        back=Tab(_("统计数据"), address("figures", organ)),
        after=address("figures", organ),
        samples=[Tab(_("统计数据模板（xlsx）"), address("figures_sample", organ))],
        exports=[Tab(_("导出现有数据（xlsx）"), address("figures_export", organ))],
    )
    return importing(request, flow)


def _tabs(organ: Organ, here: str) -> list[Tab]:
    return [
        Tab(_("从表格导入"), address("import", organ), here == "import"),
        Tab(_("从 Word 文件导入"), address("import_word", organ), here == "import_word"),
    ]


def _exports(organ: Organ) -> list[Tab]:
    return [
        Tab(_("全部信息（xlsx）"), address("export", organ, format="xlsx")),
        Tab(_("全部信息（csv）"), address("export", organ, format="csv")),
        Tab(_("全部信息（json）"), address("export", organ, format="json")),
    ]


@work_page("GET")
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import has brought in: the drafts, each with its way still to go."""
    staff = staff_of(request)
    run = ImportRun.objects.select_related("organ", "by").filter(pk=pk).first()
    if run is None or not may_see(staff, run) or run.purpose not in (Purpose.RECORDS, Purpose.WORD):
        raise Http404
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
    told = {"file": run.file_name, "made": run.made, "left": run.left_out}
    lead = (
        _("“%(file)s”：导入 %(made)s 条，未导入 %(left)s 条。导入的信息是草稿，须经过审查才能公开。") % told
    )
    if run.made > MOST_SHOWN:
        lead += _("这里只列前 %(n)s 条。") % {"n": MOST_SHOWN}
    context = {
        "title": _("导入结果"),
        "lead": lead,
        "place": "import",
        "back": Tab(_("导入导出"), address("import", run.organ)),
        "table": Table(_("导入的信息"), columns, rows),
    }
    return render(request, "workspace/list.html", context)


@work_page("GET")
def records_sample(request: HttpRequest) -> HttpResponse:
    organ_to(request, may_import)
    return file_response(record_template(), _("信息导入模板"), "xlsx")


@work_page("GET")
def figures_sample(request: HttpRequest) -> HttpResponse:
    organ_to(request, may_enter_figures)
    return file_response(figure_template(), _("统计数据模板"), "xlsx")


@work_page("GET")
def checklist_sample(request: HttpRequest) -> HttpResponse:
    organ = organ_to(request, may_keep_checklist)
    return file_response(checklist_template(organ), _("公开清单模板"), "xlsx")


@work_page("GET")
def checklist_export(request: HttpRequest) -> HttpResponse:
    """The checklist in the columns of a standard catalogue (STD)."""
    organ = organ_to(request, may_see)
    return file_response(exported_checklist(items(organ), organ), f"{organ.called}公开清单", "xlsx")


@work_page("GET")
def figures_export(request: HttpRequest) -> HttpResponse:
    organ = organ_to(request, may_see)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    form = asked_format(request, "csv", "xlsx")
    return file_response(
        exported_figures(current_figures(organ, year), form), f"{organ.called}统计数据", form
    )
