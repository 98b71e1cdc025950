"""Who may do what with a request. What names the requester is opened by those who need it, with a reason."""

from __future__ import annotations

from typing import Any

from rules.predicates import predicate

from gongkai.web.disclosure.permissions import works_at_organ
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
)


@predicate
def holds_role_of_approval(staff: Staff, approval: Any) -> bool:
    return bool(holds(Role(approval.step))(staff, approval.decision.case))


@predicate
def has_drafted_it(staff: Staff, approval: Any) -> bool:
    """Nobody approves his own draft."""
    return bool(staff.pk == approval.decision.drafted_by_id)


_works_on_it = is_clerk | is_unit_head | is_disclosure_office
may_see = is_signed_in & works_at_organ
may_register = is_signed_in & (is_disclosure_office | is_clerk)
may_work = is_signed_in & _works_on_it
# What is decided and written: those who work on it, and those who approve it.
may_read = is_signed_in & (_works_on_it | is_leader | is_secrecy_officer)
# Extension is the head of the disclosure office's to approve (REG.33.2).
may_approve_extension = is_signed_in & (is_disclosure_office | is_leader)
may_void = is_signed_in & (is_disclosure_office | is_leader)
may_decide_step = is_signed_in & holds_role_of_approval & ~has_drafted_it
# Who asked, in the clear: those who write to the requester.
may_open_personal = is_signed_in & (is_disclosure_office | is_clerk | is_leader)
may_keep_templates = is_signed_in & is_disclosure_office
may_plan_approval = is_signed_in & (is_administrator | is_disclosure_office)
may_answer_task = is_signed_in & (is_clerk | is_unit_head | is_disclosure_office)
may_destroy = is_signed_in & (is_disclosure_office | is_auditor)
may_see_area = is_signed_in & is_supervising
