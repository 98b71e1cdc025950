"""The decision on a request: drafted, held against the law, approved by others, made."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.statute.calendar import national
from gongkai.statute.clock import Event, EventKind
from gongkai.statute.errors import StatuteError
from gongkai.statute.findings import Finding
from gongkai.statute.outcomes import check_decision, outcome
from gongkai.web.config import clock
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.models import Result
from gongkai.web.disclosure.review_plan import PlannedStep, as_kept, checked_plan
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.participation.actions.entering import tidy
from gongkai.web.requests.actions.entering import MOST_REASON, enter, held, moved, nameless, reason_of
from gongkai.web.requests.actions.stepping import NotLawful, record
from gongkai.web.requests.decision_facts import facts_as_kept, law_facts
from gongkai.web.requests.given_out import as_seen, files_given, findings_of_what_is_given
from gongkai.web.requests.key_ring import open_bytes, seal_bytes
from gongkai.web.requests.models import (
    Approval,
    ApprovalPlan,
    Case,
    Decision,
    DecisionKind,
    DecisionStage,
)
from gongkai.web.requests.permissions import may_decide_step, may_plan_approval, may_work
from gongkai.web.requests.sealed import Unreadable, opener_of
from gongkai.web.requests.settled import approval_steps
from gongkai.web.requests.stands import calendar_of, clock_from, events_of
from gongkai.web.requests.steps import judged

WORDS = ("finding", "information", "withheld", "reasons", "obtained", "search_record")
MOST_WORDS = 10_000
_EDITABLE = (DecisionStage.DRAFT, DecisionStage.RETURNED)


@transaction.atomic
def draft_decision(
    *,
    by: Staff,
    case: Case,
    outcome_code: str,
    basis: str = "",
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    kind: str = DecisionKind.FIRST,
    seen: int | None = None,
) -> Decision:
    """Write, or write anew, the decision that is being drafted. `facts`: of `statute.outcomes.Decision`;
    `words`: by the names of `WORDS`. One case has one decision (FMT.T3.F); a
    correction or supplement stands beside a served one."""
    case = held(case, seen)
    require(may_work, by, case)
    try:
        chosen = outcome(outcome_code)
        if basis:
            chosen.letter(basis)
    except StatuteError as wrong:
        raise WorkError(wrong.code, wrong.zh, wrong.en, field="outcome") from wrong
    decision = _draft_of(case, DecisionKind(kind), by)
    decision.outcome, decision.basis, decision.facts = outcome_code, basis, facts_as_kept(facts or {})
    opener = opener_of(case)
    for name in WORDS:
        text = tidy((words or {}).get(name, ""))
        if len(text) > MOST_WORDS:
            zh = f"最多 {MOST_WORDS} 字，现有 {len(text)} 字。"
            raise WorkError("words_too_long", zh, f"At most {MOST_WORDS} characters.", field=name)
        setattr(decision, name, opener.seal(decision, name, text))
    decision.drafted_by, decision.drafted_at = by, clock.now()
    decision.save()
    moved(case)
    after = {"outcome": outcome_code, "basis": basis}
    enter("decision_drafted", case, by=by, subject=decision, touched=[case, decision], after=after)
    return decision


def findings_of(decision: Decision) -> tuple[Finding, ...]:
    """What the law has against a decision as it stands (REG.14 to REG.39), and what of it those who approve
    or the requester would miss, the gravest first. About 7 queries."""
    opener = opener_of(decision.case)
    beside = findings_of_what_is_given(decision, opener, files_given(decision.case))
    return tuple(sorted((*check_decision(law_facts(decision)), *beside), key=_gravity))


@transaction.atomic
def submit_decision(*, by: Staff, decision: Decision, remark: str = "", seen: int | None = None) -> Approval:
    """Hand it to those who approve. What the law has against it (errors) holds it back, with the reasons.
    What was returned and is sent again as it was needs a `remark`: why nothing was changed."""
    case = held(decision.case, seen)
    require(may_work, by, case)
    decision = _locked(decision)
    if decision.stage not in _EDITABLE:
        raise WorkError("not_a_draft", "这份决定不在拟稿中，不能送审。", "It is no draft.")
    if decision.kind == DecisionKind.FIRST:
        _now_lawful(case, clock.today())
    against = [one for one in findings_of(decision) if one.severity == "error"]
    if against:
        raise Invalid([WorkError(one.code, one.zh, one.en) for one in against])
    told = nameless(case, " ".join(remark.split()))[:MOST_REASON]
    if not told and _is_as_returned(decision):
        zh = "退回以后没有改动。请按退回理由修改，或者写明为什么不改，再送审。"
        raise WorkError("unchanged", zh, "Nothing was changed: say why.", field="remark")
    decision.stage, decision.round = DecisionStage.IN_APPROVAL, decision.round + 1
    decision.remark = told
    decision.save()
    opened = _open(decision, case, plan_of(case.organ)[0], 0)
    moved(case)
    after = {"outcome": decision.outcome, "round": decision.round}
    touched = [case, decision, opened]
    enter("decision_submitted", case, by=by, subject=decision, touched=touched, after=after, why=told)
    return opened


@transaction.atomic
def decide_step(*, by: Staff, approval: Approval, passes: bool, reason: str = "") -> Decision:
    """Pass a step, or return the draft with a reason. Passing the last one makes the decision."""
    case = held(approval.decision.case)
    decision = _locked(approval.decision)
    approval = Approval.objects.select_related("decision__case__organ").get(pk=approval.pk)
    if approval.result or approval.round != decision.round or decision.stage != DecisionStage.IN_APPROVAL:
        zh = "这个环节已经办理，您的意见没有保存。"
        raise WorkError("decided_already", zh, "Somebody has decided this step already.")
    require(may_decide_step, by, approval)
    why = nameless(case, reason.strip())[:2000] if passes else reason_of(case, reason, "退回")
    approval.result = Result.PASSED if passes else Result.RETURNED
    approval.reason, approval.decided_by, approval.decided_at = why, by, clock.now()
    approval.content_digest = keep_seen(decision)
    approval.save()
    touched: list[Any] = [approval]
    left = steps_left(decision) if passes else []
    if not passes:
        decision.stage = DecisionStage.RETURNED
        decision.save()
        touched.append(decision)
    elif left:
        touched.append(_open(decision, case, left[0], approval.position + 1))
    after = {"step": approval.step, "result": str(approval.result)}
    enter("approval_decided", case, by=by, subject=approval, touched=touched, after=after, why=why)
    if passes and not left:
        _make(case, decision, by)
    else:
        moved(case)
        enter("stepped", case, by=by, touched=[case], after={"approval": approval.step})
    return decision


@transaction.atomic
def take_back(*, by: Staff, decision: Decision) -> Decision:
    """The drafter takes it back from approval."""
    case = held(decision.case)
    require(may_work, by, case)
    decision = _locked(decision)
    if decision.stage != DecisionStage.IN_APPROVAL:
        raise WorkError("not_in_approval", "这份决定不在审批中。", "It is not being approved.")
    opened = decision.approvals.filter(result="").first()
    touched: list[Any] = [case, decision]
    if opened is not None:
        opened.result, opened.decided_by, opened.decided_at = Result.CANCELLED, by, clock.now()
        opened.save()
        touched.append(opened)
    decision.stage = DecisionStage.DRAFT
    decision.save()
    moved(case)
    enter("decision_taken_back", case, by=by, subject=decision, touched=touched)
    return decision


@transaction.atomic
def plan_approval(*, by: Staff, organ: Organ, steps: list[dict[str, Any]]) -> ApprovalPlan:
    """Set the steps of an organ's decisions. As for records, none without the secrecy review (REG.17)."""
    require(may_plan_approval, by, organ)
    plan, _ = ApprovalPlan.objects.select_for_update().get_or_create(organ=organ, defaults={"steps": []})
    before = list(plan.steps)
    plan.steps = as_kept(checked_plan(steps))
    plan.save()
    from gongkai.web.audit.actions import Change, append

    append(
        Change(
            "requests.approval_planned",
            by,
            plan,
            organ_id=organ.pk,
            before={"steps": before},
            after={"steps": plan.steps},
            touched=[plan],
        )
    )
    return plan


def plan_of(organ: Organ) -> tuple[PlannedStep, ...]:
    """The organ's steps in order. 1 query."""
    plan = ApprovalPlan.objects.filter(organ=organ).first()
    return checked_plan(plan.steps if plan is not None else approval_steps())


def steps_left(decision: Decision) -> list[PlannedStep]:
    """The organ's steps that nobody has passed in this round: a plan that is changed on the way leaves out no
    step that stands in it, the secrecy review least of all (REG.17). 2 queries."""
    rows = decision.approvals.filter(round=decision.round, result=Result.PASSED)
    passed = set(rows.values_list("step", flat=True))
    return [one for one in plan_of(decision.case.organ) if one.step not in passed]


@transaction.atomic
def abandon_decision(*, by: Staff, decision: Decision, seen: int | None = None) -> Decision:
    """Put a draft aside. It stays to be seen; the case can be decided anew."""
    case = held(decision.case, seen)
    require(may_work, by, case)
    decision = _locked(decision)
    if decision.stage not in _EDITABLE:
        zh = "只有拟稿中的决定可以作废；审批中的请先撤回，已经作出的请拟写更正或者补充答复。"
        raise WorkError("not_a_draft", zh, "Only a draft can be put aside.")
    decision.stage = DecisionStage.ABANDONED
    decision.save()
    moved(case)
    enter("decision_abandoned", case, by=by, subject=decision, touched=[case, decision])
    return decision


def content_of(decision: Decision) -> dict[str, Any]:
    """What those who approve see of a decision, in the clear, with the files that go out. 1 query."""
    opener = opener_of(decision.case)
    facts = {name: str(getattr(decision, name)) for name in ("outcome", "basis", "kind")}
    words = {name: opener.open(decision, name) for name in WORDS}
    files = as_seen(files_given(decision.case), opener)
    return {**facts, "facts": decision.facts, **words, "files": files}


def keep_seen(decision: Decision) -> str:
    """Keep what somebody decided upon, sealed, in the file store; gives its digest."""
    content = json.dumps(content_of(decision), ensure_ascii=False).encode()
    return file_store.store(seal_bytes(opener_of(decision.case).key, content, _seen_place(decision)))


def content_seen(approval: Approval) -> dict[str, Any] | None:
    """What was decided upon at a step; None where it was not decided, or is not there any more."""
    if not approval.content_digest:
        return None
    decision = approval.decision
    try:
        sealed = file_store.load(str(approval.content_digest))
        content = open_bytes(opener_of(decision.case).key, sealed, _seen_place(decision))
    except (WorkError, Unreadable):
        return None
    found: dict[str, Any] = json.loads(content)
    return found


def _is_as_returned(decision: Decision) -> bool:
    """Whether it says what it said when it was returned. 2 queries at most."""
    last = decision.approvals.exclude(result__in=("", Result.CANCELLED)).order_by("-pk").first()
    if last is None or last.result != Result.RETURNED:
        return False
    last.decision = decision
    before = content_seen(last)
    return before is not None and before == json.loads(json.dumps(content_of(decision)))


def _gravity(one: Finding) -> int:
    return ("error", "warning", "info").index(one.severity)


def _seen_place(decision: Decision) -> str:
    return f"requests.decision:{decision.uid}:seen"


def _make(case: Case, decision: Decision, by: Staff) -> None:
    today = clock.today()
    against = [one for one in findings_of(decision) if one.severity == "error"]
    if against:
        raise Invalid([WorkError(one.code, one.zh, one.en) for one in against])
    decision.stage, decision.made_on = DecisionStage.MADE, today
    decision.save()
    touched: list[Any] = [decision]
    if decision.kind == DecisionKind.FIRST:
        case.outcome, case.decided_on = decision.outcome, today
        record(case, Event(EventKind.DECIDED, today), by=by)
    else:
        moved(case)
        touched.append(case)
    after = {"outcome": decision.outcome, "made_on": today}
    enter("decision_made", case, by=by, subject=decision, touched=touched, after=after)


def _draft_of(case: Case, kind: DecisionKind, by: Staff) -> Decision:
    open_ = case.decisions.select_for_update().exclude(
        stage__in=(DecisionStage.MADE, DecisionStage.ABANDONED)
    )
    found = open_.first()
    if found is not None:
        if found.stage not in _EDITABLE:
            raise WorkError("in_approval", "决定正在审批，请先撤回再修改。", "Take it back first.")
        if found.kind != kind:
            raise WorkError("another_drafted", "另有一份决定正在拟稿。", "Another one is being drafted.")
        return found
    made = case.decisions.filter(stage=DecisionStage.MADE).order_by("-number").first()
    if kind == DecisionKind.FIRST and made is not None:
        zh = "这件申请已经作出决定。一件申请只有一个办理结果，需要改变的，请拟写更正答复或者补充答复。"
        raise WorkError("decided_already", zh, "It is decided: write a correction or a supplement.")
    if kind != DecisionKind.FIRST and made is None:
        raise WorkError("nothing_to_correct", "还没有作出决定，无从更正或者补充。", "Nothing to correct yet.")
    number = case.decisions.count() + 1
    return Decision(case=case, number=number, kind=kind, follows=made, drafted_by=by)


def _now_lawful(case: Case, day: dt.date) -> None:
    events = events_of(case)
    offer = judged(case, Event(EventKind.DECIDED, day), events, clock_from(events, calendar_of(case)))
    if offer.against:
        raise NotLawful(offer.against[0])


def _open(decision: Decision, case: Case, planned: PlannedStep, position: int) -> Approval:
    now = clock.now()
    return Approval.objects.create(
        decision=decision,
        organ=case.organ,
        round=decision.round,
        position=position,
        step=planned.step,
        opened_at=now,
        due_on=national().add_working_days(clock.today(), planned.days).date,
    )


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=("self",)).select_related("case__organ").get(pk=decision.pk)
