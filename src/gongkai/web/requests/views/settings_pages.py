"""What an office settles for its requests: its own facts, who approves, the texts of its letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.documents.letters import Template, TemplateError, default_text, template_keys
from gongkai.statute.errors import StatuteError
from gongkai.statute.letters import can_tell, facts, must_tell
from gongkai.statute.outcomes import outcome
from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.disclosure.views.organ_choice import organ_to
from gongkai.web.look.pieces import Column, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.requests.actions.deciding import plan_approval, plan_of
from gongkai.web.requests.actions.lettering import keep_template
from gongkai.web.requests.actions.office import FLAGS, TEXTS, keep_office
from gongkai.web.requests.forms.lettering import TemplateForm
from gongkai.web.requests.forms.settings import GROUPS, ApprovalPlanForm, OfficeForm
from gongkai.web.requests.models import LetterTemplate, Office
from gongkai.web.requests.permissions import may_keep_templates, may_plan_approval
from gongkai.web.requests.remedies_of import office_of, remedy_of
from gongkai.web.requests.views.letter_words import kind_words
from gongkai.web.requests.views.working import REFUSED, address, address_of

PLACE = "settings"


# ---- the office ----


@work_page("GET", "POST")
def office(request: HttpRequest) -> HttpResponse:
    """The office's facts, and what its letters still lack. At most 8 queries."""
    organ = organ_to(request, may_keep_templates)
    row = office_of(organ)
    form = OfficeForm(request.POST or None, initial={name: getattr(row, name) for name in (*TEXTS, *FLAGS)})
    if request.method == "POST" and form.is_valid():
        try:
            keep_office(by=staff_of(request), organ=organ, **form.facts(*TEXTS, *FLAGS))
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("设置已保存，对以后拟写的文书有效。"))
            return HttpResponseRedirect(address_of("office", organ))
    context = {
        "title": _("依申请公开设置"),
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("设置"), reverse("organs:settings")),
        "form": form,
        "field_groups": [(legend, [form[name] for name in names]) for legend, names in GROUPS],
        "lacking": lacking(organ, row),
        "links": [
            Tab(_("文书模板"), address_of("templates", organ)),
            Tab(_("决定的审批流程"), address_of("approval_plan", organ)),
        ],
        "cancel_address": reverse("organs:settings"),
    }
    return render(request, "requests/decisions/office.html", context, status=REFUSED if form.errors else 200)


def lacking(organ: Organ, row: Office) -> list[str]:
    """What letters of the organ still lack, in sentences. 2 queries."""
    told: list[str] = []
    for code, online in (("REF-5", False), ("OPEN-2", False), ("OPEN-2", True)):
        if online and any(told):
            continue
        try:
            remedy_of(organ, code, clock.today(), online=online)
        except WorkError as problem:
            words = problem.message(language())
            if words not in told:
                told.append(words)
    if not row.letter_code:
        told.append(_("没有设置机关代字：文号以“%(name)s”开头。") % {"name": organ.called})
    if not row.payment:
        told.append(_("没有设置缴纳方式：收费通知书须逐份填写。"))
    if not organ.telephone:
        told.append(_("机关信息中没有联系电话：文书中的联系方式不完整。"))
    return told


# ---- who approves ----


@work_page("GET", "POST")
def approval_plan(request: HttpRequest) -> HttpResponse:
    organ = _planned(request)
    form = ApprovalPlanForm(request.POST or None, initial=ApprovalPlanForm.start(plan_of(organ), False))
    if request.method == "POST" and form.is_valid():
        try:
            plan_approval(by=staff_of(request), organ=organ, steps=form.steps())
        except NotAllowed:
            raise
        except WorkError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("审批流程已保存，从下一次送审起生效。"))
            return HttpResponseRedirect(address_of("approval_plan", organ))
    context = {
        "title": _("决定的审批流程"),
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("设置"), reverse("organs:settings")),
        "form": form,
        "rows": [(words, form[order], form[days]) for _step, words, order, days in form.rows],
        "cancel_address": reverse("organs:settings"),
    }
    return render(request, "requests/decisions/plan.html", context, status=REFUSED if form.errors else 200)


def _planned(request: HttpRequest) -> Organ:
    """The organ whose chain the person keeps: administrators among them, who see no requests."""
    staff = staff_of(request)
    kept = [one.organ for one in staff.appointments_today() if may_plan_approval(staff, one.organ)]
    if not kept:
        raise NotAllowed
    asked = request.GET.get("organ", "") or request.session.get("organ")
    return next((one for one in kept if one.code == asked), kept[0])


# ---- the texts of letters ----


@work_page("GET")
def templates(request: HttpRequest) -> HttpResponse:
    """Every letter that has a text, and whether the office has one of its own. 2 queries."""
    organ = organ_to(request, may_keep_templates)
    own = dict(LetterTemplate.objects.filter(organ=organ, is_current=True).values_list("kind", "made_at"))
    rows = []
    for one in template_keys():
        key = ".".join(filter(None, one))
        cells = {"kind": key_words(*one), "own": _("本机关") if key in own else _("通用"), "at": own.get(key)}
        rows.append(Row(cells, address("template", key, organ=organ.code)))
    columns = [
        Column("kind", _("文书"), "title"),
        Column("own", _("模板")),
        Column("at", _("修改时间"), "date"),
    ]
    context = {
        "title": _("文书模板"),
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("依申请公开设置"), address_of("office", organ)),
        "table": Table(_("文书模板"), columns, rows),
    }
    return render(request, "workspace/list.html", context)


def key_words(kind: str, code: str, basis: str) -> str:
    """What a text is of: the letter; of a reply its outcome and basis."""
    words = kind_words(kind)
    if not code:
        return words
    english = language() == "en"
    found = outcome(code)
    on = found.basis(basis)
    more = (on.en if english else on.zh) if on is not None and on.code else ""
    said = [found.en if english else found.zh, *([more] if more else [])]
    return f"{words}：{'，'.join(said)}" if not english else f"{words}: {', '.join(said)}"


@work_page("GET", "POST")
def template(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a letter: edited, tried, kept, or put back to the one shipped. At most 5 queries."""
    organ = organ_to(request, may_keep_templates)
    found = {".".join(filter(None, one)): one for one in template_keys()}.get(key)
    if found is None:
        raise Http404
    kind, code, basis = found
    own = LetterTemplate.objects.filter(organ=organ, kind=key, is_current=True).first()
    shipped = default_text(kind, code, basis)
    shown = str(own.text) if own is not None else shipped
    form = TemplateForm(request.POST if request.method == "POST" else None, initial={"text": shown})
    preview = None
    if request.method == "POST" and form.is_valid():
        pressed = request.POST.get("do", "save")
        text = "" if pressed == "shipped" else str(form.cleaned_data.get("text") or "")
        if pressed == "try":
            preview = _tried(form, text, found)
        else:
            answer = _kept(request, organ, found, text, form, pressed)
            if answer is not None:
                return answer
    if preview is None and not form.errors:
        preview = _tried(form, shown, found) if request.method != "POST" else None
    context = {
        "title": key_words(*found),
        "lead": organ.name,
        "place": PLACE,
        "back": Tab(_("文书模板"), address_of("templates", organ)),
        "form": form,
        "letter": preview,
        "is_own": own is not None,
        "placeholders": _placeholders(kind, code, basis),
    }
    return render(
        request, "requests/decisions/template.html", context, status=REFUSED if form.errors else 200
    )


def _tried(form: TemplateForm, text: str, found: tuple[str, str, str]) -> Any:
    """The letter with the names of the facts in it; None with the error told at the text."""
    kind, code, basis = found
    try:
        return Template.parse(text, kind=kind, outcome=code, basis=basis).preview()
    except (TemplateError, StatuteError) as wrong:
        if form.is_bound:
            tell(form, WorkError(wrong.code, wrong.zh, wrong.en, field="text"))
        return None


def _kept(
    request: HttpRequest,
    organ: Organ,
    found: tuple[str, str, str],
    text: str,
    form: TemplateForm,
    pressed: str,
) -> HttpResponse | None:
    kind, code, basis = found
    if not text and pressed != "shipped":
        words = _("模板没有内容。要恢复通用的模板，请按“恢复通用模板”。")
        tell(form, WorkError("template_empty", words, "The template is empty.", field="text"))
        return None
    try:
        keep_template(by=staff_of(request), organ=organ, kind=kind, text=text, outcome=code, basis=basis)
    except NotAllowed:
        raise
    except WorkError as refused:
        tell(form, refused)
        return None
    messages.success(
        request, _("模板已保存，对以后拟写的文书有效；已签发的不变。") if text else _("已恢复通用模板。")
    )
    return HttpResponseRedirect(address("template", ".".join(filter(None, found)), organ=organ.code))


def _placeholders(kind: str, code: str, basis: str) -> list[dict[str, Any]]:
    """What can stand in the text: those that must first."""
    needed = {one.code for one in must_tell(kind, code, basis)}
    usable = can_tell(kind, code, basis)
    english = language() == "en"
    rows = [
        {
            "name": f"{{{one.zh}}}",
            "words": f"{one.en} ({{{one.code}}})" if english else "",
            "needed": one.code in needed,
        }
        for one in facts().values()
        if one.code in usable
    ]
    return sorted(rows, key=lambda row: not row["needed"])
