"""A decision drafted: chosen with or without the guide, held against the law when saved, sent on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.statute.findings import Finding as LawFinding
from gongkai.web.disclosure.forms.fields import send_anew
from gongkai.web.disclosure.views.answering import language, staff_of, tell, work_page
from gongkai.web.look.pieces import Action, Column, Row, Table
from gongkai.web.organs.errors import Invalid, NotAllowed, Stale, WorkError
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests.actions.deciding import (
    WORDS,
    abandon_decision,
    draft_decision,
    findings_of,
    submit_decision,
    take_back,
)
from gongkai.web.requests.forms.deciding import (
    FIELD_OF,
    GROUPS,
    OF_EXEMPTIONS,
    DecisionForm,
    choice_of,
    known_choice,
    read_choice,
    read_search,
)
from gongkai.web.requests.models import Case, Decision, DecisionKind, DecisionStage
from gongkai.web.requests.permissions import may_read, may_work
from gongkai.web.requests.sealed import opener_of
from gongkai.web.requests.views.case_words import outcome_words
from gongkai.web.requests.views.decision_words import (
    approval_steps,
    decision_state,
    earlier_rounds,
    facts_of,
    law_pieces,
)
from gongkai.web.requests.views.going_out import going_out
from gongkai.web.requests.views.working import (
    PLACE,
    REFUSED,
    Question,
    address,
    article_words,
    ask,
    back_to,
    case_for,
    fresh,
    now_at,
)

_EDITABLE = (DecisionStage.DRAFT, DecisionStage.RETURNED)
_JUDGED = ("classified", "separable", "reviewed", "reasons_held")


@work_page("GET", "POST")
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision that is being drafted; with ?kind= a correction or a supplement. At most 14 queries."""
    case = case_for(request, pk, may_work)
    made = list(case.decisions.select_related("drafted_by").order_by("number"))
    draft = next((one for one in made if one.stage in _EDITABLE), None)
    waiting = next((one for one in made if one.stage == DecisionStage.IN_APPROVAL), None)
    if waiting is not None and request.method != "POST":
        return HttpResponseRedirect(address("decision_seen", case.pk, waiting.pk))
    kind = _kind(request, draft, made)
    form = _form(request, case, draft)
    if request.method == "POST":
        if request.POST.get("do") == "change":
            # Another outcome asks other questions; nothing is saved by that, and nothing typed is lost.
            form = _anew(request, form)
        elif form.is_valid():
            answer = _saved(request, case, form, kind)
            if answer is not None:
                return answer
    status = REFUSED if request.method == "POST" and form.errors else 200
    return fresh(request, "requests/decisions/decision.html", _context(case, form, draft, made, kind), status)


def _kind(request: HttpRequest, draft: Decision | None, made: list[Decision]) -> DecisionKind:
    if draft is not None:
        return DecisionKind(draft.kind)
    asked = request.GET.get("kind", "")
    if asked in DecisionKind.values:
        return DecisionKind(asked)
    is_made = any(one.stage == DecisionStage.MADE for one in made)
    return DecisionKind.CORRECTION if is_made else DecisionKind.FIRST


def _form(request: HttpRequest, case: Case, draft: Decision | None) -> DecisionForm:
    lang = language()
    if request.method == "POST":
        chosen = str(request.POST.get("shown") or request.POST.get("outcome") or "")
        return DecisionForm(request.POST, chosen=chosen, lang=lang, was_returned=_is_returned(draft))
    kept = _initial(case, draft) if draft is not None else {}
    asked = request.GET.get("outcome", "")
    if known_choice(asked):
        kept["outcome"] = asked
        if request.GET.get("exemption"):
            kept["exemptions"] = request.GET["exemption"].split(",")
    initial = {"seen": case.revision, **kept, **given_back(request)}
    chosen = str(initial.get("outcome", ""))
    return DecisionForm(initial=initial, chosen=chosen, lang=lang, was_returned=_is_returned(draft))


def _is_returned(draft: Decision | None) -> bool:
    return draft is not None and draft.stage == DecisionStage.RETURNED


def _anew(request: HttpRequest, form: DecisionForm) -> DecisionForm:
    """The form of another outcome with what was typed into this one."""
    typed = {name: request.POST[name] for name in request.POST if name not in ("once", "do", "shown")}
    typed["exemptions"] = request.POST.getlist("exemptions")  # type: ignore[assignment]
    chosen, was_returned = str(request.POST.get("outcome", "")), "remark" in form.fields
    return DecisionForm(initial=typed, chosen=chosen, lang=language(), was_returned=was_returned)


def _initial(case: Case, draft: Decision) -> dict[str, Any]:
    opener = opener_of(case)
    facts = draft.facts
    told: dict[str, Any] = {name: opener.open(draft, name) for name in WORDS}
    told |= read_search(told.pop("search_record"))
    for name, value in facts.items():
        if name in _JUDGED:
            told[name] = "yes" if value else "no"
        elif isinstance(value, bool) or name == "exemptions":
            told[name] = value
    for name, field in (("legal_source", "source"), ("disclosure_ordered_by", "ordered")):
        source = facts.get(name) or {}
        told |= {f"{field}_rank": source.get("rank", ""), f"{field}_citation": source.get("citation", "")}
    return {**told, "outcome": choice_of(str(draft.outcome), str(draft.basis))}


def _saved(request: HttpRequest, case: Case, form: DecisionForm, kind: DecisionKind) -> HttpResponse | None:
    """Saved, and sent for approval where that was pressed; None where the page tells why not."""
    staff, given = staff_of(request), form.cleaned_data
    for field, words in form.half_told().items():
        form.add_error(field, words)
    code, basis = read_choice(given.get("outcome") or "")
    if form.errors:
        return None
    try:
        saved = draft_decision(
            by=staff,
            case=case,
            outcome_code=code,
            basis=basis,
            facts=form.facts_told(),
            words=form.words_told(),
            kind=kind,
            seen=given.get("seen"),
        )
    except NotAllowed:
        raise
    except Stale as stale:
        send_anew(form, now_at(case))
        tell(form, stale)
        return None
    except WorkError as refused:
        tell(form, refused)
        return None
    if request.POST.get("do") == "submit":
        return _submitted(request, case, form, saved)
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(address("decision", case.pk))


def _submitted(request: HttpRequest, case: Case, form: DecisionForm, saved: Decision) -> HttpResponse | None:
    try:
        submit_decision(by=staff_of(request), decision=saved, remark=form.cleaned_data.get("remark") or "")
    except NotAllowed:
        raise
    except WorkError as refused:
        # Saved it is; what stands against it is told where it is mended.
        messages.warning(request, _("没有送审。填写的内容已经存为草稿，补全以后再送审。"))
        send_anew(form, now_at(case))
        tell_at_fields(form, refused)
        return None
    messages.success(request, _("已送审。"))
    return HttpResponseRedirect(address("decision_seen", case.pk, saved.pk))


def tell_at_fields(form: Any, refused: WorkError) -> None:
    """What the law has against a decision, at the field where it is mended."""
    faults = refused.faults if isinstance(refused, Invalid) else [refused]
    at = [
        WorkError(one.code, one.zh, one.en, field=one.field or FIELD_OF.get(one.code, "")) for one in faults
    ]
    tell(form, Invalid(at))


def _context(
    case: Case, form: DecisionForm, draft: Decision | None, made: list[Decision], kind: DecisionKind
) -> dict[str, Any]:
    if draft is not None:
        draft.refresh_from_db()
        draft.case = case
    chosen = known_choice(form.chosen)
    before = next((one for one in reversed(made) if one.stage == DecisionStage.MADE), None)
    if before is not None:
        before.case = case
    steps = []
    if draft is not None:
        approvals = list(draft.approvals.select_related("decided_by"))
        steps = earlier_rounds(draft, [*approvals]) or [
            one for one in approval_steps(draft, approvals) if one.standing == "returned"
        ]
    found = findings_of(draft) if draft is not None else ()
    return {
        "title": _("拟写%(kind)s") % {"kind": kind.label},
        "lead": f"{case.number} {case.subject}",
        "state": decision_state(draft) if draft else None,
        "place": PLACE,
        "back": back_to(case),
        "form": form,
        "case": case,
        "shown_outcome": form.chosen,
        "chosen": _chosen(chosen),
        "field_groups": _groups(form, found),
        "is_new": draft is None,
        "guide": address("guide", case.pk),
        "findings": law_pieces(found, list(form.fields)) if draft is not None else None,
        "steps": steps,
        "returned": next((one for one in reversed(steps) if one.standing == "returned"), None)
        if _is_returned(draft)
        else None,
        "before": facts_of(before) if before is not None and kind != DecisionKind.FIRST else None,
        "before_address": address("decision_seen", case.pk, before.pk) if before is not None else "",
        "released": address("released", case.pk),
        "abandon": address("decision_abandon", case.pk, draft.pk) if draft is not None else "",
    }


def _groups(form: DecisionForm, found: Sequence[LawFinding]) -> list[dict[str, Any]]:
    """The fields in their groups. What one exemption asks is folded, where a decision can rest on others, and
    opened by that exemption, by what is filled in, and by what the law misses there."""
    ticked = frozenset(form.ticked())
    missed = {FIELD_OF.get(one.code, "") for one in found}
    folds = {words: ids for words, ids, _names in OF_EXEMPTIONS}
    groups = []
    for legend, names in GROUPS:
        fields = [form[name] for name in names if name in form.fields]
        if not fields:
            continue
        is_open = any(one.name in missed or one.value() or one.errors for one in fields)
        is_open = is_open or bool(folds.get(legend, frozenset()) & ticked)
        is_folded = legend in folds and "exemptions" in form.fields and form.chosen.startswith("PART")
        groups.append({"legend": legend, "fields": fields, "is_folded": is_folded, "is_open": is_open})
    return groups


def _chosen(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    chosen, basis = found
    english = language() == "en"
    return {
        "when": chosen.when_en if english else chosen.when_zh,
        "article": article_words(basis.rule),
        "to_confirm": basis.to_confirm or chosen.to_confirm,
        "first": chosen.comes_first(basis.code),
    }


# ---- a decision as it stands ----


def decision_of(case: Case, pk: int) -> Decision:
    """A decision of the case, or 404. 1 query."""
    found: Decision | None = case.decisions.select_related("drafted_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    found.case = case
    return found


@work_page("GET", "POST")
def decision_seen(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """A decision with its approvals, and what can be done with it. At most 12 queries."""
    case = case_for(request, pk, may_read)
    one = decision_of(case, decision)
    prefetch_related_objects([case], "files", "parties")
    approvals = list(one.approvals.select_related("decided_by"))
    letters = list(one.letters.filter(is_dropped=False))
    context = {
        "title": _("第%(n)s号决定：%(what)s") % {"n": one.number, "what": outcome_words(one.outcome)},
        "lead": f"{case.number} {case.subject}",
        "state": decision_state(one),
        "place": PLACE,
        "back": back_to(case),
        "facts": facts_of(one),
        "out": going_out(one, approvals),
        "findings": law_pieces(findings_of(one)) if one.stage != DecisionStage.ABANDONED else None,
        "steps": [*earlier_rounds(one, approvals), *approval_steps(one, approvals)],
        "next_steps": _next(case, one, approvals, request),
        "table": Table(
            _("文书"),
            [Column("kind", _("文书"), "title"), Column("number", _("文号"))],
            [
                Row({"kind": _("答复书"), "number": letter.number}, address("letter", case.pk, letter.pk))
                for letter in letters
            ],
            empty=_("还没有按这份决定拟写答复书。"),
        ),
    }
    return fresh(request, "requests/decisions/decision_seen.html", context)


def _next(case: Case, one: Decision, approvals: list[Any], request: HttpRequest) -> list[Action]:
    if not may_work(staff_of(request), case):
        return []
    steps = []
    if one.stage in _EDITABLE:
        steps.append(Action(_("继续拟写"), address("decision", case.pk), style="main"))
        steps.append(Action(_("作废草稿"), address("decision_abandon", case.pk, one.pk), style="danger"))
    if one.stage == DecisionStage.IN_APPROVAL:
        steps.append(Action(_("撤回"), address("take_back", case.pk, one.pk)))
        opened = next((each for each in approvals if not each.result), None)
        if opened is not None:
            steps.append(Action(_("去审批"), address("approval", opened.pk)))
    if one.stage == DecisionStage.MADE:
        steps.append(
            Action(_("拟写答复书"), address("letter_new", case.pk, "reply", decision=one.pk), style="main")
        )
        steps.append(Action(_("公开的文件"), address("released", case.pk)))
        for kind, words in (("correction", _("拟写更正答复")), ("supplementing", _("拟写补充答复"))):
            steps.append(Action(words, address("decision", case.pk, kind=kind)))
    return steps


@work_page("GET", "POST")
def decision_take_back(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    one = decision_of(case, decision)
    question = Question(
        title=_("撤回送审？"),
        confirm=_("撤回"),
        done=_("已撤回，可以继续修改。"),
        act=lambda _form: take_back(by=staff_of(request), decision=one),
        consequences=[_("已经通过的环节要重新办理。")],
        then=lambda _made: address("decision", case.pk),
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)


@work_page("GET", "POST")
def decision_abandon(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    case = case_for(request, pk, may_work)
    one = decision_of(case, decision)
    question = Question(
        title=_("作废这份草稿？"),
        confirm=_("作废"),
        done=_("草稿已作废。"),
        act=lambda form: abandon_decision(
            by=staff_of(request), decision=one, seen=form.cleaned_data.get("seen")
        ),
        consequences=[_("草稿保留备查，不能再修改；可以另行拟写决定。")],
        is_danger=True,
        template="requests/decisions/step.html",
    )
    return ask(request, case, question)
