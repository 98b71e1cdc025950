"""Imports: a file is tried, its rows are shown, only then is it brought in. Templates and exports too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.disclosure.actions.checklist import BASIC, import_items, try_items
from gongkai.web.disclosure.actions.figures import import_figures, try_figures
from gongkai.web.disclosure.actions.importing import dry_run, dry_run_word, run_import, run_import_word
from gongkai.web.disclosure.exporting import exported_figures
from gongkai.web.disclosure.forms.importing import (
    ChecklistForm,
    FiguresForm,
    ImportForm,
    RecordsForm,
    WordForm,
)
from gongkai.web.disclosure.importing.outcomes import Trial
from gongkai.web.disclosure.models import ImportRun, Purpose
from gongkai.web.disclosure.permissions import (
    may_enter_figures,
    may_export,
    may_import,
    may_keep_checklist,
    may_see,
)
from gongkai.web.disclosure.queries.checklist import items
from gongkai.web.disclosure.queries.figures import current_figures
from gongkai.web.disclosure.views.answering import staff_of, work_page
from gongkai.web.disclosure.views.exporting import asked_format, file_response
from gongkai.web.disclosure.views.figures import year_asked
from gongkai.web.disclosure.views.import_flow import Flow, Upload, importing
from gongkai.web.disclosure.views.organ_choice import address, organ_to
from gongkai.web.disclosure.workbooks import (
    checklist_template,
    exported_checklist,
    figure_template,
    record_template,
)
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ, Staff


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import. `facts`: what its actions take of an upload; `home`: the list that it fills, if it
    has one of its own with an export beside it. Pages go by the names of their addresses."""

    here: str
    title: Any
    form: type[ImportForm]
    may: Callable[[Any, Any], bool]
    try_it: Callable[..., Trial]
    run_it: Callable[..., ImportRun]
    facts: Callable[[Upload], dict[str, Any]]
    purpose: Purpose
    sample: str = ""
    sample_words: Any = ""
    home: str = ""
    home_words: Any = ""
    export_words: Any = ""

    def flow(self, staff: Staff, organ: Organ) -> Flow:
        """The way of this import for a person and an organ."""

        def facts(upload: Upload) -> dict[str, Any]:
            return {"by": staff, "organ": organ, **self.facts(upload)}

        usual = Flow(
            title=str(self.title),
            organ=organ,
            form=self.form,
            try_it=lambda upload: self.try_it(**facts(upload)),
            run_it=lambda upload, **how: self.run_it(**facts(upload), **how),
            here=address(self.here, organ),
            purpose=self.purpose,
            samples=[Tab(str(self.sample_words), address(self.sample, organ))] if self.sample else [],
        )
        if not self.home:
            exports = _exports(organ) if self.sample and may_export(staff, organ) else []
            return replace(usual, tabs=_tabs(organ, self.here), exports=exports, can_repeat=True)
        home = address(self.home, organ)
        return replace(
            usual,
            place=self.home,
            back=Tab(str(self.home_words), home),
            after=home,
            exports=[Tab(str(self.export_words), address(f"{self.home}_export", organ))],
        )


def _file(upload: Upload) -> dict[str, Any]:
    return {"content": upload.content, "name": upload.name}


def _kind_and_unit(upload: Upload) -> dict[str, Any]:
    return {"kind_code": upload.options.get("kind") or "document", "unit": upload.unit}


_RECORDS = Kind(
    purpose=Purpose.RECORDS,
    here="import",
    title=gettext_lazy("从表格导入信息"),
    form=RecordsForm,
    may=may_import,
    try_it=dry_run,
    run_it=run_import,
    facts=lambda upload: {**_file(upload), **_kind_and_unit(upload), "files": upload.others},
    sample="import_sample",
    sample_words=gettext_lazy("信息表格模板（xlsx）"),
)
_WORD = Kind(
    purpose=Purpose.WORD,
    here="import_word",
    title=gettext_lazy("从 Word 文件导入信息"),
    form=WordForm,
    may=may_import,
    try_it=dry_run_word,
    run_it=run_import_word,
    facts=lambda upload: {**_kind_and_unit(upload), "files": upload.files},
)
_CHECKLIST = Kind(
    purpose=Purpose.CHECKLIST,
    here="checklist_import",
    title=gettext_lazy("导入公开清单"),
    form=ChecklistForm,
    may=may_keep_checklist,
    try_it=try_items,
    run_it=import_items,
    facts=lambda upload: {
        **_file(upload),
        "source": upload.options.get("source") or BASIC,
        "unit": upload.unit,
    },
    sample="checklist_sample",
    sample_words=gettext_lazy("清单模板（xlsx）"),
    home="checklist",
    home_words=gettext_lazy("公开清单"),
    export_words=gettext_lazy("导出现有清单（xlsx）"),
)
_FIGURES = Kind(
    purpose=Purpose.FIGURES,
    here="figures_import",
    title=gettext_lazy("导入统计数据"),
    form=FiguresForm,
    may=may_enter_figures,
    try_it=try_figures,
    run_it=import_figures,
    facts=lambda upload: {**_file(upload), "year": int(upload.options.get("year") or 0) or None},
    sample="figures_sample",
    sample_words=gettext_lazy("统计数据模板（xlsx）"),
    home="figures",
    home_words=gettext_lazy("统计数据"),
    export_words=gettext_lazy("导出现有数据（xlsx）"),
)


def _answered(request: HttpRequest, kind: Kind) -> HttpResponse:
    return importing(request, kind.flow(staff_of(request), organ_to(request, kind.may)))


@work_page("GET", "POST")
def records_import(request: HttpRequest) -> HttpResponse:
    """Records from a sheet, with the attachments it names."""
    return _answered(request, _RECORDS)


@work_page("GET", "POST")
def word_import(request: HttpRequest) -> HttpResponse:
    """Records from Word files: each file, and each file of a zip, one draft."""
    return _answered(request, _WORD)


@work_page("GET", "POST")
def checklist_import(request: HttpRequest) -> HttpResponse:
    """A standard or basic catalogue from its table."""
    return _answered(request, _CHECKLIST)


@work_page("GET", "POST")
def figures_import(request: HttpRequest) -> HttpResponse:
    """Figures from a table, of the year that was looked at."""
    organ, year = organ_to(request, may_enter_figures), year_asked(request)
    home = address("figures", organ, year=year)
    flow = replace(
        _FIGURES.flow(staff_of(request), organ),
        title=_("导入 %(year)s 年统计数据") % {"year": year},
        here=address("figures_import", organ, year=year),
        back=Tab(str(_FIGURES.home_words), home),
        after=home,
        initial={"year": str(year)},
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
