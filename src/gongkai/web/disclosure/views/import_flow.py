"""The way of every import: choose a file, see what it would do, then do it. Nothing is written before.

Between the two steps the file lies in the store under its digest; the page carries a signed word for it, good
for this person, this organ and this import alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.web.annual_reports.uploads import (
    MIB,
    MOST_BYTES,
    MOST_BYTES_PER_FILE,
    MOST_FILES,
    refused,
    uploaded,
)
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.forms.importing import ImportForm
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.models import ImportRun, Purpose
from gongkai.web.disclosure.once import FIELD, token
from gongkai.web.disclosure.views.answering import language, staff_of, tell, words_of
from gongkai.web.look.pieces import Count, ImportRow, Tab
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ, Unit

HELD = "held"
_SALT = "gongkai.import"
_KEPT = 6 * 3600  # seconds between trying and doing
MOST_ROWS_SHOWN = 400
MOST_EARLIER = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """The files of an import with its options. `others`: what came beside the first field."""

    files: list[tuple[str, bytes]]
    options: dict[str, str]
    unit: Unit | None
    others: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.files[0][0]

    @property
    def content(self) -> bytes:
        return self.files[0][1]


@dataclass(frozen=True, slots=True)
class Flow:
    """One kind of import. `run_it` takes `leave_out_bad`, and `again` where `can_repeat`."""

    title: str
    organ: Organ
    form: type[ImportForm]
    try_it: Callable[[Upload], Trial]
    run_it: Callable[..., ImportRun]
    here: str
    purpose: Purpose
    place: str = "import"
    back: Tab | None = None
    after: str = ""
    tabs: Sequence[Tab] = ()
    samples: Sequence[Tab] = ()
    exports: Sequence[Tab] = ()
    can_repeat: bool = False
    initial: Mapping[str, str] = field(default_factory=dict)


def importing(request: HttpRequest, flow: Flow) -> HttpResponse:
    """The page of an import: its form; sent with a file, what it would do; with the signed word, doing it."""
    units = list(Unit.objects.filter(organ=flow.organ, is_active=True))
    if request.method == "POST" and request.POST.get(HELD):
        return _run(request, flow, units)
    first = dict(flow.initial)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = flow.form(data, files, units=units, lang=language(), initial=first)
    context = _context(flow, form)
    if request.method == "POST" and form.is_valid():
        try:
            upload = _uploaded(request, form)
            trial = flow.try_it(upload)
        except NotAllowed:
            raise
        except WorkError as problem:
            tell(form, problem)
        else:
            context |= _tried(request, flow, trial, upload)
    return render(request, "disclosure/import.html", context)


def _run(request: HttpRequest, flow: Flow, units: list[Unit]) -> HttpResponse:
    how: dict[str, bool] = {"leave_out_bad": request.POST.get("leave_out_bad") == "1"}
    if flow.can_repeat:
        how["again"] = request.POST.get("again") == "1"
    try:
        upload = _held(request, flow, units)
        run = flow.run_it(upload, **how)
    except NotAllowed:
        raise
    except WorkError as problem:
        messages.error(request, words_of(problem))
        if problem.code == "imported_already" and flow.can_repeat:
            return _again(request, flow, units)
        return HttpResponseRedirect(flow.here)
    told = {"made": run.made, "changed": run.changed, "same": run.same, "left": run.left_out}
    words = _("已导入 %(made)s 条，更新 %(changed)s 条，已有的 %(same)s 条没有改动，未导入 %(left)s 条。")
    messages.success(request, words % told)
    # What was left out is told on a page that stays; so is what became drafts.
    if run.left_out or run.purpose in (Purpose.RECORDS, Purpose.WORD):
        return HttpResponseRedirect(reverse("disclosure:import_run", args=(run.pk,)))
    return HttpResponseRedirect(flow.after)


def _again(request: HttpRequest, flow: Flow, units: list[Unit]) -> HttpResponse:
    """The file has been imported: ask whether it is wanted once more."""
    context = _context(flow, flow.form(units=units, lang=language()))
    context["again_fields"] = {
        HELD: request.POST[HELD],
        "leave_out_bad": request.POST.get("leave_out_bad", ""),
        "again": "1",
        FIELD: token(),
    }
    return render(request, "disclosure/import.html", context, status=409)


def _uploaded(request: HttpRequest, form: ImportForm) -> Upload:
    """The files sent. WorkError at the field for none, or past the limits."""
    for name, problem in refused(request):
        facts = {
            "name": name[:120],
            "n": MOST_FILES,
            "each": MOST_BYTES_PER_FILE // MIB,
            "all": MOST_BYTES // MIB,
        }
        words = (
            _("“%(name)s”没有收下：一次最多 %(n)s 个文件，每个不超过 %(each)s MB，合计不超过 %(all)s MB。")
            % facts
        )
        raise WorkError(problem.code, words, words, field="file")
    files = uploaded(request, "file")
    if not files:
        words = _("请选择要导入的文件。")
        raise WorkError("no_file", words, words, field="file")
    options = form.options()
    return Upload(files, options, form.unit_of(options), uploaded(request, "attachments"))


def _tried(request: HttpRequest, flow: Flow, trial: Trial, upload: Upload) -> dict[str, Any]:
    counts = trial.counts
    rows = sorted(trial.rows, key=lambda row: (row.standing != "error", not row.problems))
    several = len({row.sheet for row in rows}) > 1
    held = _hold(request, flow, upload)
    new = len(trial.to_write)
    fields = {HELD: held, FIELD: token()}
    if flow.can_repeat and any(note.code == "imported_already" for note in trial.notes):
        # What this file has brought in before is shown and left alone: no need to ask once more.
        fields["again"] = "1"
    context: dict[str, Any] = {
        "file_name": trial.file_name,
        "notes": [note.message(language()) for note in trial.notes],
        "rows": [_shown(row, several) for row in rows[:MOST_ROWS_SHOWN]],
        "rows_left": max(0, len(rows) - MOST_ROWS_SHOWN),
        "row_counts": [
            Count(
                words, counts[standing], len(trial.rows), is_late=standing == "error" and counts[standing] > 0
            )
            for standing, words in _standing_words().items()
            if counts[standing]
        ],
        "may_import": bool(new) and not trial.bad,
        "import_address": flow.here,
        "import_fields": fields,
    }
    if not new and not trial.bad:
        context["why_not_import"] = _("没有要导入的行：各行都已有，没有改动。")
    elif not new:
        context["why_not_import"] = _("没有可以导入的行。请改正后重新选择文件。")
    elif trial.bad:
        context["why_not_import"] = _("有 %(n)s 行有错误，改正后重新选择文件；或者只导入没有错误的行。") % {
            "n": len(trial.bad)
        }
        context["part_fields"] = {**fields, "leave_out_bad": "1", FIELD: token()}
        context["part_words"] = _("只导入没有错误的 %(n)s 行") % {"n": new}
    return context


def _standing_words() -> dict[Any, str]:
    return {"error": _("有错误"), "new": _("将新增"), "changed": _("将更新"), "same": _("已有，不改动")}


def _shown(row: Row, several: bool) -> ImportRow:
    problems = [one.message(language()) for one in row.problems]
    title = f"{row.title}（{row.sheet}）" if several and row.sheet else row.title
    return ImportRow(row.number, title, row.standing, problems)


def _hold(request: HttpRequest, flow: Flow, upload: Upload) -> str:
    """A signed word for the files of this try."""
    told = {
        "by": staff_of(request).pk,
        "organ": flow.organ.pk,
        "what": flow.form.__name__,
        "files": [(name, file_store.store(content)) for name, content in upload.files],
        "others": [(name, file_store.store(content)) for name, content in upload.others],
        "options": upload.options,
    }
    return signing.dumps(told, salt=_SALT, compress=True)


def _held(request: HttpRequest, flow: Flow, units: list[Unit]) -> Upload:
    """The files that were tried. WorkError `held_no_more` for another's word, or one too old."""
    try:
        told = signing.loads(request.POST[HELD], salt=_SALT, max_age=_KEPT)
    except signing.BadSignature as wrong:
        raise _held_no_more() from wrong
    if (told["by"], told["organ"], told["what"]) != (staff_of(request).pk, flow.organ.pk, flow.form.__name__):
        raise _held_no_more()
    unit = next((one for one in units if str(one.pk) == told["options"].get("unit")), None)
    files, others = (
        [(name, file_store.load(digest)) for name, digest in told[key]] for key in ("files", "others")
    )
    return Upload(files, told["options"], unit, others)


def _held_no_more() -> WorkError:
    words = _("试导入的结果已经过期，请重新选择文件。")
    return WorkError("held_no_more", words, words)


def _earlier(flow: Flow) -> list[Tab]:
    """The last imports of this kind, each leading to its result. 1 query."""
    runs = ImportRun.objects.filter(organ=flow.organ, purpose=flow.purpose).select_related("by")
    told = []
    for run in runs.defer("results", "rows", "problems").order_by("-id")[:MOST_EARLIER]:
        words = _("%(at)s %(by)s “%(file)s”：导入 %(made)s 条，更新 %(changed)s 条，未导入 %(left)s 条") % {
            "at": f"{timezone.localtime(run.at):%Y-%m-%d %H:%M}",
            "by": run.by,
            "file": run.file_name,
            "made": run.made,
            "changed": run.changed,
            "left": run.left_out,
        }
        told.append(Tab(words, reverse("disclosure:import_run", args=(run.pk,))))
    return told


def _context(flow: Flow, form: ImportForm) -> dict[str, Any]:
    return {
        "title": flow.title,
        "lead": flow.organ.name,
        "place": flow.place,
        "back": flow.back,
        "tabs": flow.tabs,
        "tabs_label": _("导入导出"),
        "form": form,
        "samples": flow.samples,
        "exports": flow.exports,
        "earlier": _earlier(flow),
        "rows": None,
    }
