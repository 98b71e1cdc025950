"""Who may do what with reports, consultations and responses."""

from __future__ import annotations

from typing import Any

from rules.predicates import predicate

from gongkai.web.disclosure.permissions import works_at_organ
from gongkai.web.organs.models import Staff
from gongkai.web.organs.permissions import (
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
def is_urgent(staff: Staff, report: Any) -> bool:
    """Personal data is shown: the secrecy officer's matter as well."""
    return bool(getattr(report, "is_urgent", False))


may_see = is_signed_in & (works_at_organ | is_supervising)
_of_the_unit = is_clerk | is_unit_head | is_disclosure_office
may_answer = is_signed_in & (_of_the_unit | (is_urgent & is_secrecy_officer))
# Whom a report or an opinion came from: only those who deal with it, and each look is in the log.
may_see_contact = may_answer
may_destroy = is_signed_in & (is_disclosure_office | is_auditor | is_secrecy_officer)
may_run_consultation = is_signed_in & _of_the_unit
may_enter_response = is_signed_in & (is_clerk | is_unit_head | is_disclosure_office | is_leader)
# The words of single citizens are read inside the organ alone.
may_read_opinions = is_signed_in & works_at_organ
may_see_area = is_signed_in & is_supervising
