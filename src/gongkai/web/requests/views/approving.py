"""The decisions that wait for somebody's approval, and the page of one: the change, the law, two buttons."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from gongkai.web.disclosure.next_steps import role_words, step_words
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.disclosure.views.answering import staff_of, tell, work_page
from gongkai.web.disclosure.views.showing import result_words
from gongkai.web.look.pieces import Column, Fact, Row, Tab, Table
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.organs.signing_in.lost_words import given_back
from gongkai.web.requests.actions.deciding import decide_step, findings_of
from gongkai.web.requests.forms.deciding import ApprovalForm
from gongkai.web.requests.models import Approval, DecisionStage
from gongkai.web.requests.permissions import has_drafted_it, may_decide_step, may_read, may_see
from gongkai.web.requests.queries.lists import approvals_waiting
from gongkai.web.requests.queries.today import working_days_left
from gongkai.web.requests.views.case_words import outcome_words
from gongkai.web.requests.views.deciding import tell_at_fields
from gongkai.web.requests.views.decision_words import (
    approval_steps,
    change_since,
    decision_state,
    earlier_rounds,
    facts_of,
    law_pieces,
)
from gongkai.web.requests.views.going_out import going_out, letters_of
from gongkai.web.requests.views.working import PLACE, REFUSED, address, fresh


@work_page("GET")
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this person, the nearest day first. 1 query an organ of the person's."""
    staff = staff_of(request)
    rows = [_row(one) for organ in own_organs(staff) for one in approvals_waiting(staff, organ)]
    columns = [
        Column("number", _("编号"), "title"),
        Column("subject", _("申请事项")),
        Column("outcome", _("拟作决定")),
        Column("step", _("环节")),
        Column("days", _("剩余"), "working_days"),
    ]
    context = {
        "title": _("待审批的决定"),
        "place": PLACE,
        "back": Tab(_("依申请公开"), address("cases")),
        "table": Table(_("待审批的决定"), columns, rows, empty=_("现在没有等您审批的决定。")),
    }
    return fresh(request, "workspace/list.html", context)


def _row(one: Approval) -> Row:
    case = one.decision.case
    cells = {
        "number": case.number,
        "subject": case.subject,
        "outcome": outcome_words(one.decision.outcome),
        "step": step_words(one.step),
        "days": working_days_left(one.due_on),
    }
    return Row(cells, address("approval", one.pk))


@work_page("GET", "POST")
def approval(request: HttpRequest, approval: int) -> HttpResponse:
    """A step of a decision's approval. At most 14 queries."""
    staff = staff_of(request)
    found = _found(staff, approval)
    form: ApprovalForm | None = None
    is_open = not found.result and found.round == found.decision.round
    if request.method == "POST":
        form = ApprovalForm(request.POST)
        if form.is_valid():
            answer = _decided(request, staff, found, form)
            if answer is not None:
                return answer
    elif is_open and may_decide_step(staff, found):
        form = ApprovalForm(initial=given_back(request))
    status = REFUSED if form is not None and form.errors else 200
    context = _context(found, staff, form, is_open=is_open)
    return fresh(request, "requests/decisions/approval.html", context, status)


def _found(staff: Staff, pk: int) -> Approval:
    rows = Approval.objects.select_related(
        "decision__case__organ", "decision__case__key", "decision__case__unit"
    )
    found: Approval | None = (
        rows.select_related("decision__drafted_by", "decided_by", "decision__case__handler")
        .defer("decision__case__organ__emblem")
        .filter(pk=pk)
        .first()
    )
    if found is None or not may_see(staff, found.decision.case):
        raise Http404
    if not may_read(staff, found.decision.case):
        raise NotAllowed
    return found


def _decided(request: HttpRequest, staff: Staff, found: Approval, form: ApprovalForm) -> HttpResponse | None:
    pressed = request.POST.get("decision", "")
    if pressed not in ("pass", "return"):
        form.add_error(None, _("请按“通过”或“退回”。"))
        return None
    passes = pressed == "pass"
    try:
        made = decide_step(
            by=staff, approval=found, passes=passes, reason=form.cleaned_data.get("reason") or ""
        )
    except NotAllowed:
        raise
    except WorkError as refused:
        if refused.code == "decided_already":
            tell(form, refused)
        else:
            tell_at_fields(form, refused)
        return None
    case = found.decision.case
    if made.stage == DecisionStage.MADE:
        words = _("%(number)s：已作出决定。") % {"number": case.number}
    else:
        words = (_("%(number)s：已通过。") if passes else _("%(number)s：已退回。")) % {"number": case.number}
    messages.success(request, words)
    return HttpResponseRedirect(address("approvals"))


def _context(found: Approval, staff: Staff, form: ApprovalForm | None, *, is_open: bool) -> dict[str, Any]:
    decision, case = found.decision, found.decision.case
    prefetch_related_objects([case], "files", "parties")
    every = list(decision.approvals.select_related("decided_by"))
    may = is_open and may_decide_step(staff, found)
    letters = decision.letters.filter(is_dropped=False).prefetch_related("services")
    due = [Fact(_("答复期限"), case.due_on)] if case.due_on else []
    return {
        "title": _("%(number)s：%(what)s") % {"number": case.number, "what": outcome_words(decision.outcome)},
        "lead": case.subject,
        "state": decision_state(decision),
        "days_left": working_days_left(found.due_on) if is_open else None,
        "in_working_days": True,
        "back": Tab(_("待审批的决定"), address("approvals")),
        "place": PLACE,
        "facts": [
            Fact(_("申请"), case.number, address=address("case", case.pk)),
            Fact(_("收到申请之日"), case.received_on),
            *due,
            *facts_of(decision),
        ],
        "out": going_out(decision, every),
        "letters": letters_of(list(letters)),
        "findings": law_pieces(findings_of(decision)),
        "steps": [*earlier_rounds(decision, every), *approval_steps(decision, every)],
        "review_form": form if may or (form is not None and form.errors) else None,
        "review_address": address("approval", found.pk),
        "review_step": step_words(found.step),
        "may_pass_on": False,
        "why_not_review": "" if may else _why_not(found, staff, is_open=is_open),
        **change_since(decision, every, str(found.step)),
    }


def _why_not(found: Approval, staff: Staff, *, is_open: bool) -> str:
    if found.result:
        return _("这个环节已由%(who)s办理：%(result)s。") % {
            "who": found.decided_by,
            "result": result_words(found.result),
        }
    if not is_open:
        return _("这一轮审批已经结束。")
    if has_drafted_it(staff, found):
        return _("您拟写了这份决定，须由其他人员审批。")
    return _("由%(who)s办理。") % {"who": role_words(found.step)}
