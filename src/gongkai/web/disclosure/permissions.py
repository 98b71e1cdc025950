"""Who may do what with a record. Nobody is exempt: being superuser opens nothing (organs.permissions)."""

from __future__ import annotations

from typing import Any

from rules.predicates import predicate

from gongkai.web.disclosure.models import Review, Step
from gongkai.web.disclosure.models.versions import Stage
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
may_decide = is_signed_in & holds_role_of_step & is_assigned & ~has_written_in_it
may_publish = is_signed_in & is_disclosure_office
# The reviewers have passed a time along with the words: once passed, only the office moves it.
may_schedule = (may_draft & is_on_its_way) | may_publish
may_withdraw = is_signed_in & (is_disclosure_office | is_leader | is_secrecy_officer)
may_repeal = is_signed_in & (is_disclosure_office | is_leader | is_unit_head)
may_open_gate = may_draft | (is_signed_in & is_secrecy_officer)
may_link = may_draft
may_plan_review = is_signed_in & (is_administrator | is_disclosure_office)
may_keep_checklist = is_signed_in & is_disclosure_office
may_keep_withheld = is_signed_in & (is_disclosure_office | is_secrecy_officer)
may_enter_figures = is_signed_in & (is_clerk | is_unit_head | is_disclosure_office)
may_see_area = is_signed_in & is_supervising
may_import = may_draft
may_export = is_signed_in & (works_at_organ | is_supervising | is_auditor)

STEP_NAMES = {step.value: step.label for step in Step}
