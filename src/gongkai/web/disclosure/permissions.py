"""Who may do what with a record. Nobody is exempt: being superuser opens nothing (organs.permissions)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop
from rules.predicates import predicate

from gongkai.web.disclosure.models import Review, Step
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.organs.hands import hands_of
from gongkai.web.organs.models import Role, Staff
from gongkai.web.organs.permissions import (
    holds,
    is_administrator,
    is_auditor,
    is_clerk,
    is_disclosure_office,
    is_leader,
    is_secrecy_officer,
    is_signed_in,
    is_supervising,
    is_unit_head,
    organ_of,
)

_AT_WORK = frozenset(
    {Role.CLERK, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER, Role.DISCLOSURE_OFFICE, Role.AUDITOR}
)


LET_IN = gettext_noop(
    "您的账号是这个版本的起草人开设的、任职是其任命的，或者密码最近一次是其重置的，不算另外的人，不能做它的保密审查。"
    "请由其他保密审查员办理；没有的，请另一位管理员任命。"
)


@predicate
def works_at_organ(staff: Staff, thing: Any) -> bool:
    """Has work to do with records at the thing's organ, in whatever unit."""
    organ = organ_of(thing)
    return organ is not None and any(
        one.organ_id == organ.pk and one.role in _AT_WORK for one in staff.appointments_today()
    )


@predicate
def holds_role_of_step(staff: Staff, review: Review) -> bool:
    return bool(holds(Role(review.step))(staff, review.version.record))


@predicate
def is_assigned(staff: Staff, review: Review) -> bool:
    """Nobody in particular was named, or this person was."""
    return review.assigned_to_id in (None, staff.pk)


@predicate
def has_written_in_it(staff: Staff, review: Review) -> bool:
    version = review.version
    return staff.pk == version.drafted_by_id or staff.pk in version.written_by


@predicate
def was_let_in_by_a_writer(staff: Staff, review: Review) -> bool:
    """At the secrecy review: a writer of the version opened this person's account, made the appointment or
    last reset the password. Then another name is no other person (REG.17). 1 query for each person loaded."""
    if review.step != Step.SECRECY:
        return False
    writers = {review.version.drafted_by_id, *review.version.written_by}
    return bool(hands_of(staff, Role.SECRECY_OFFICER) & writers)


@predicate
def is_responsible(staff: Staff, thing: Any) -> bool:
    """Clerk or head of the thing's own unit, or of the whole organ; of a thing without a unit the latter."""
    organ = organ_of(thing)
    return organ is not None and any(
        one.organ_id == organ.pk
        and one.role in (Role.CLERK, Role.UNIT_HEAD)
        and one.unit_id in (None, getattr(thing, "unit_id", None))
        for one in staff.appointments_today()
    )


@predicate
def is_on_its_way(staff: Staff, record: Any) -> bool:
    """What is at work has not passed every step yet."""
    version = getattr(record, "working", None)
    return version is None or version.stage not in (Stage.APPROVED, Stage.SCHEDULED)


# A version's own words are seen inside its organ, and by the authority that supervises it.
may_see = is_signed_in & (works_at_organ | is_supervising)
may_draft = is_signed_in & (is_clerk | is_unit_head | is_disclosure_office)
may_edit = may_draft
may_submit = may_draft
# Nobody reviews what he has written, at any step; of the secrecy review the database sees to it as well.
may_decide = is_signed_in & holds_role_of_step & is_assigned & ~has_written_in_it & ~was_let_in_by_a_writer
may_publish = is_signed_in & is_disclosure_office
# The reviewers have passed a time along with the words: once passed, only the office moves it.
may_schedule = (may_draft & is_on_its_way) | may_publish
may_withdraw = is_signed_in & (is_disclosure_office | is_leader | is_secrecy_officer)
may_repeal = is_signed_in & (is_disclosure_office | is_leader | is_unit_head)
may_open_gate = may_draft | (is_signed_in & is_secrecy_officer)
may_link = may_draft
may_plan_review = is_signed_in & (is_administrator | is_disclosure_office)
may_keep_checklist = is_signed_in & is_disclosure_office
# What fulfils an item is said by the office, and by those who are to publish it.
may_fulfil = is_signed_in & (is_disclosure_office | is_responsible)
may_keep_withheld = is_signed_in & (is_disclosure_office | is_secrecy_officer)
may_enter_figures = is_signed_in & (is_clerk | is_unit_head | is_disclosure_office)
may_see_area = is_signed_in & is_supervising
may_import = may_draft
may_export = is_signed_in & (works_at_organ | is_supervising | is_auditor)

STEP_NAMES = {step.value: step.label for step in Step}
