"""Printing: issued letters of some days as one pdf, envelope labels, labels of paper files, ruled forms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.statute.letters import facts, kinds
from gongkai.statute.letters import kind as letter_kind
from gongkai.web.config import clock
from gongkai.web.disclosure.forms.fields import Paragraphs, SeenForm, Words
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.disclosure.views.uploading import ticked
from gongkai.web.look.pieces import Action, Tab
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.requests.forms.settings import PrintingForm
from gongkai.web.requests.models import Case, Letter
from gongkai.web.requests.permissions import may_open_personal, may_read
from gongkai.web.requests.printing import (
    FORMS,
    MOST_LETTERS,
    envelopes_pdf,
    file_labels_pdf,
    form_pdf,
    letters_pdf,
    sheet_start,
)
from gongkai.web.requests.views.letter_words import kind_words
from gongkai.web.requests.views.working import (
    PLACE,
    REFUSED,
    address,
    back_to,
    case_for,
    fresh,
    to_save,
)

_PDF = "application/pdf"
# What a person adds to a ruled form, by its facts.
_ADDED = {
    "registration-form": (),
    "approval-form": ("legal_opinion",),
    "archive-cover": ("archive_number", "pages", "kept_for"),
    "transfer-list": ("items", "receiver"),
}


@work_page("GET", "POST")
def printing(request: HttpRequest) -> HttpResponse:
    """Letters issued on some days, to be ticked. 3 queries to be shown."""
    organ = organ_to(request, may_read)
    today = clock.today()
    form = PrintingForm(request.GET or None, initial={"since": today, "until": today})
    form.fields["kind"].choices = [  # type: ignore[attr-defined]
        ("", _("全部")),
        *((code, kind_words(code)) for code, one in kinds().items() if one.form == "letter"),
    ]
    form.is_valid()
    problem = ""
    if request.method == "POST":
        try:
            return _printed(request, organ)
        except NotAllowed:
            raise
        except WorkError as refused:
            problem = refused.message(language())
    chosen = set(ticked(request, "letter")) if request.method == "POST" else _named(request)
    rows = _issued(organ, form, today, chosen if request.method != "POST" else set())
    context = {
        "title": _("打印文书"),
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("依申请公开"), address("cases")),
        "filters": form,
        "filters_set": len(request.GET) and 1,
        "rows": [(one, kind_words(one.kind), not chosen or one.pk in chosen) for one in rows],
        "problem": problem,
        "most": MOST_LETTERS,
        "may_open": may_open_personal(staff_of(request), organ),
    }
    return fresh(request, "requests/decisions/printing.html", context, REFUSED if problem else 200)


def _named(request: HttpRequest) -> set[int]:
    asked = request.GET.get("letter", "")
    return {int(asked)} if asked.isascii() and asked.isdigit() and len(asked) < 19 else set()


def _issued(organ: Organ, form: PrintingForm, today: dt.date, named: set[int]) -> list[Letter]:
    rows = Letter.objects.filter(case__organ=organ, issued_at__isnull=False).select_related("case", "party")
    rows = rows.defer("text", "case__words", "case__features")
    if named:
        return list(rows.filter(pk__in=named))
    given = getattr(form, "cleaned_data", {})
    since, until = given.get("since") or today, given.get("until") or today
    rows = rows.filter(dated__gte=since, dated__lte=until)
    if given.get("kind"):
        rows = rows.filter(kind=given["kind"])
    return list(rows.order_by("dated", "pk")[:MOST_LETTERS])


def _printed(request: HttpRequest, organ: Organ) -> HttpResponse:
    """What was ticked, as one file to save."""
    rows = Letter.objects.filter(case__organ=organ, issued_at__isnull=False, pk__in=ticked(request, "letter"))
    letters = list(
        rows.select_related(
            "case__organ", "case__unit", "case__key", "case__requester", "party", "pdf"
        ).order_by("dated", "pk")
    )
    staff, do = staff_of(request), request.POST.get("do", "")
    start = sheet_start(request.POST.get("skipped", ""))
    today = clock.today().isoformat()
    if do == "envelopes":
        return to_save(envelopes_pdf(by=staff, letters=letters, skipped=start), f"信封标签{today}.pdf", _PDF)
    if do == "labels":
        cases = list({one.case_id: one.case for one in letters}.values())
        return to_save(file_labels_pdf(by=staff, cases=cases, skipped=start), f"案卷标签{today}.pdf", _PDF)
    two_sided = request.POST.get("two_sided") == "on"
    return to_save(letters_pdf(by=staff, letters=letters, two_sided=two_sided), f"文书{today}.pdf", _PDF)


# ---- ruled forms of a file ----


class PaperForm(SeenForm):
    """What a person adds to a ruled form."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        english = language() == "en"
        for code in _ADDED[kind]:
            one = facts()[code]
            label = one.en.capitalize() if english else one.zh
            if one.kind == "list":
                hint = _("一行一项；名称后面可以加“|”和备注。")
                self.fields[code] = Paragraphs(rows=8, label=label, required=True, help_text=hint)
            else:
                self.fields[code] = Words(label=label, max_length=500, required=code == "receiver")


@work_page("GET")
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The ruled forms of a case, and its label. 1 query."""
    case = case_for(request, pk, may_read)
    steps = [Action(kind_words(kind), address("paper", case.pk, kind)) for kind in FORMS]
    why = (
        ""
        if may_open_personal(staff_of(request), case)
        else _("这些表格写有申请人，您没有查看申请人信息的权限。")
    )
    context = {
        "title": _("表格"),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "next_steps": [Action(one.words, reason=why) for one in steps] if why else steps,
        "next_heading": _("下载"),
        "label": address("label", case.pk),
    }
    return fresh(request, "requests/decisions/papers.html", context)


@work_page("GET", "POST")
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A ruled form: what is missing is asked for, then it is a pdf; its making is in the log."""
    case: Case = case_for(request, pk, may_open_personal)
    if kind not in FORMS:
        raise Http404
    form = PaperForm(request.POST, kind=kind) if request.method == "POST" else _paper_form(kind)
    if request.method == "POST" and form.is_valid():
        try:
            given = {name: form.cleaned_data.get(name) for name in _ADDED[kind]}
            given = {name: value for name, value in given.items() if value}
            if kind == "transfer-list" and len(given) < 2:
                raise WorkError(
                    "receiver_missing", _("请填写移送材料和接收单位。"), "Give both.", field="items"
                )
            content = form_pdf(by=staff_of(request), case=case, kind=kind, given=given)
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            return to_save(content, f"{letter_kind(kind).title}{case.number}.pdf", _PDF)
    context = {
        "title": kind_words(kind),
        "lead": f"{case.number} {case.subject}",
        "place": PLACE,
        "back": back_to(case),
        "form": form,
        "consequences": [_("表格按记录填好，没有的留空待手写。写有申请人，打印会记入操作记录。")],
        "confirm_words": _("下载PDF"),
        "cancel_address": address("papers", case.pk),
    }
    return fresh(request, "requests/decisions/step.html", context, REFUSED if form.errors else 200)


def _paper_form(kind: str) -> PaperForm:
    return PaperForm(kind=kind)
