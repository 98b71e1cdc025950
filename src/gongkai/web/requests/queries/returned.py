"""Decisions that came back to who drafted them, with the reason."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from gongkai.web.disclosure.models import Result
from gongkai.web.organs.models import Staff
from gongkai.web.requests.models import Approval, Decision, DecisionStage


def returned_to(staff: Staff) -> QuerySet[Decision]:
    """The person's own drafts that were returned and not sent again. No query."""
    return Decision.objects.filter(stage=DecisionStage.RETURNED, drafted_by=staff)


def why_returned() -> Subquery:
    """Of a query of decisions: the reason given when each was last returned."""
    last = Approval.objects.filter(decision=OuterRef("pk"), result=Result.RETURNED).order_by("-pk")
    return Subquery(last.values("reason")[:1])
