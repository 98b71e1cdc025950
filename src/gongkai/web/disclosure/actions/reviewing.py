"""The review gate: submit, pass, return, forward. Passing the last step lets a version out, nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.statute.calendar import national
from gongkai.web.audit.actions import Change, append
from gongkai.web.audit.canonical import canonical
from gongkai.web.config import clock
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.actions.drafting import draft_of
from gongkai.web.disclosure.actions.entering import enter
from gongkai.web.disclosure.actions.publishing import let_out
from gongkai.web.disclosure.answers import Unanswered, answered, field_of, keep_answers, kept_answers
from gongkai.web.disclosure.checks import Check, check_version, dead_outside
from gongkai.web.disclosure.content import content_digest, lacking
from gongkai.web.disclosure.models import Record, Result, Review, ReviewPlan, Step, Version
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import (
    LET_IN,
    may_decide,
    may_plan_review,
    may_submit,
    was_let_in_by_a_writer,
)
from gongkai.web.disclosure.queries.differences import content_facts
from gongkai.web.disclosure.queries.reviewers import who_may_take
from gongkai.web.disclosure.review_plan import as_kept, checked_plan, plan_of
from gongkai.web.organs.acting import locked, require, unchanged
from gongkai.web.organs.errors import Invalid, Stale, WorkError
from gongkai.web.organs.models import Organ, Staff

MOST_REASON = 2000


def submit_for_review(
    *, by: Staff, record: Record, answers: Mapping[str, str] | None = None, seen: int | None = None
) -> Version:
    """Hand the draft in. Each finding of the checks is put right, or answered in words the reviewers see.

    `answers`: by the findings' keys, beside those that the draft has already. `Unanswered` names each finding
    that has none.
    """
    # Other sites are asked before anything is locked: nobody waits for them.
    dead = dead_outside(record.working) if record.working is not None else []
    return _submit(by, record, answers or {}, seen, dead)


@transaction.atomic
def _submit(
    by: Staff, record: Record, answers: Mapping[str, str], seen: int | None, dead: list[Check]
) -> Version:
    record = locked(record, "organ", "unit")
    require(may_submit, by, record)
    unchanged(seen, record.revision, "这条信息")
    version = draft_of(record)
    findings = check_version(version, dead)
    keep_answers(version, answers)
    version.findings, version.findings_answer = _nothing_open(version, findings), ""
    planned, _ = plan_of(record.organ)
    version.review_round += 1
    version.planned_steps = as_kept(planned)
    version.stage = Stage.IN_REVIEW
    version.submitted_at = clock.now()
    version.content_digest = content_digest(version)
    # What reviewers get stays readable under its digest: a later round is compared with it.
    file_store.store(canonical(content_facts(version)).encode("utf-8", "surrogatepass"))
    version.secrecy_review = version.secrecy_reviewer = None
    for step in planned:
        _somebody_may(version, step.step)
    version.save()
    review = _open(version, 0)
    enter(
        "submit",
        by=by,
        record=record,
        touched=[version, review],
        after={"round": version.review_round, "findings": len(findings), "content": version.content_digest},
        why=_answers_told(version),
    )
    return version


def _nothing_open(version: Version, findings: list[Check]) -> list[dict[str, Any]]:
    """The findings with their answers. What is missing, wrong or unanswered is told in one round."""
    faults = [*lacking(version), *(one.refusal() for one in findings if one.must_be_mended)]
    try:
        rows = answered(findings, kept_answers(version))
    except Unanswered as open_:
        if not faults:
            raise
        mended = {field_of(one.key) for one in findings if one.must_be_mended}
        raise Invalid([*faults, *(one for one in open_.faults if one.field not in mended)]) from open_
    if faults:
        raise Invalid(faults)
    return rows


def _answers_told(version: Version) -> str:
    """The answers as the log has them: each with the place that it is about."""
    told = [f"{one['where']}：{one['answer']}" for one in version.findings if one["answer"]]
    return "\n".join(told)[:MOST_REASON]


@transaction.atomic
def pass_step(*, by: Staff, review: Review, seen: str, reason: str = "", basis: str = "") -> Version:
    """Let the version go on. `seen`: the digest of the content that was on the screen."""
    review, version, record = _open_review(by, review)
    if seen != version.content_digest or content_digest(version) != version.content_digest:
        raise Stale("这个版本的内容")
    _decide(review, by, Result.PASSED, reason, basis)
    touched: list[Any] = [review]
    if review.position + 1 < len(version.planned_steps):
        touched += [version, _open(version, review.position + 1)]
        enter("pass", by=by, record=record, touched=touched, after=_decision(review), why=review.reason)
    else:
        enter("pass", by=by, record=record, touched=touched, after=_decision(review), why=review.reason)
        let_out(version, by=by)
    return version


@transaction.atomic
def return_step(*, by: Staff, review: Review, reason: str) -> Version:
    """Send the version back to its drafter, with reasons."""
    review, version, record = _open_review(by, review)
    if not reason.strip():
        raise WorkError("reason_missing", "退回须写明理由，起草人据此修改。", "Say why.", field="reason")
    _decide(review, by, Result.RETURNED, reason, "")
    version.stage = Stage.RETURNED
    version.save()
    enter(
        "return", by=by, record=record, touched=[review, version], after=_decision(review), why=review.reason
    )
    return version


@transaction.atomic
def forward_step(*, by: Staff, review: Review, to: Staff, reason: str) -> Review:
    """Hand the step to another who may take it."""
    review, version, record = _open_review(by, review)
    if not reason.strip():
        raise WorkError("reason_missing", "转交须写明理由。", "Say why.", field="reason")
    if to.pk == by.pk or to.pk not in {one.pk for one in who_may_take(version, Step(review.step))}:
        zh = "只能转交给担任同一角色、且没有参与起草的其他人员。"
        raise WorkError("cannot_take_step", zh, "That person may not take this step.", field="to")
    _decide(review, by, Result.FORWARDED, reason, "")
    handed = Review.objects.create(
        version=version,
        organ=record.organ,
        round=review.round,
        position=review.position,
        step=review.step,
        assigned_to=to,
        opened_at=clock.now(),
        due_on=review.due_on,
    )
    enter(
        "forward",
        by=by,
        record=record,
        touched=[review, handed],
        after={**_decision(review), "to": to.pk},
        why=review.reason,
    )
    return handed


@transaction.atomic
def set_review_plan(*, by: Staff, organ: Organ, steps: list[Any], publish_on_passing: bool) -> ReviewPlan:
    """Set the organ's steps. What is in review keeps the steps it began with."""
    organ = locked(organ)
    require(may_plan_review, by, organ)
    planned = checked_plan(steps)
    old = ReviewPlan.objects.select_for_update().filter(organ=organ).first()
    before = {"steps": old.steps, "publish_on_passing": old.publish_on_passing} if old else {}
    plan = old or ReviewPlan(organ=organ)
    plan.steps, plan.publish_on_passing = as_kept(planned), bool(publish_on_passing)
    plan.save()
    after = {"steps": plan.steps, "publish_on_passing": plan.publish_on_passing}
    append(Change("disclosure.set_plan", by, plan, before=before, after=after, touched=[plan]))
    return plan


def _open_review(by: Staff, review: Review) -> tuple[Review, Version, Record]:
    """The step as it stands now, locked with its record: of two who decide at once, one comes second."""
    record = locked(review.version.record, "organ", "unit")
    review = locked(review, "version", "decided_by", "assigned_to")
    version = locked(review.version)
    version.record, review.version = record, version
    require(may_decide, by, review, _why_not(by, review))
    if review.result or version.stage != Stage.IN_REVIEW or review.round != version.review_round:
        raise WorkError("already_decided", _already(review), "This step has been decided already.")
    return review, version, record


def _already(review: Review) -> str:
    if not review.result:
        return "这个版本已不在审查中（例如起草人已收回），您的意见没有保存。意见列在下面，可以复制。"
    return (
        f"这个环节已由{review.decided_by}于 {timezone.localtime(review.decided_at):%Y-%m-%d %H:%M} "
        f"办理（{review.get_result_display()}），您的意见没有保存。意见列在下面，可以复制。"
    )


def _why_not(by: Staff, review: Review) -> str:
    if by.pk == review.version.drafted_by_id or by.pk in review.version.written_by:
        return "您参与了这个版本的起草，不能审查它。须由其他人员审查。"
    return LET_IN if was_let_in_by_a_writer(by, review) else ""


def _decide(review: Review, by: Staff, result: Result, reason: str, basis: str) -> None:
    if len(reason) > MOST_REASON:
        raise WorkError("reason_too_long", f"意见最多 {MOST_REASON} 字。", field="reason")
    review.result, review.reason, review.basis = result, reason.strip(), basis.strip()[:200]
    review.decided_by, review.decided_at = by, clock.now()
    review.content_digest = review.version.content_digest
    review.save()


def _decision(review: Review) -> dict[str, Any]:
    return {"step": review.step, "result": review.result, "round": review.round, "basis": review.basis}


def _open(version: Version, position: int) -> Review:
    planned: dict[str, Any] = version.planned_steps[position]
    now = clock.now()
    return Review.objects.create(
        version=version,
        organ=version.record.organ,
        round=version.review_round,
        position=position,
        step=planned["step"],
        opened_at=now,
        due_on=_due(timezone.localdate(now), int(planned["days"])),
    )


def _due(day: dt.date, days: int) -> dt.date:
    return national().add_working_days(day, days).date


def _somebody_may(version: Version, step: Step) -> None:
    """A step that nobody can take would hold the version for ever: say so before it is handed in."""
    if not who_may_take(version, step):
        zh = (
            f"没有可以办理“{step.label}”的人员（起草人不能审查自己起草的内容）。"
            "请管理员先为这个角色任命人员。"
        )
        raise WorkError("nobody_for_step", zh, f"Nobody can take the step {step.value}.")
