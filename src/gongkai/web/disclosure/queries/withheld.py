"""What is withheld, and what is due to be looked at again (REG.18)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet

from gongkai.web.config import clock
from gongkai.web.disclosure.models import State, WithheldItem
from gongkai.web.organs.models import Organ

# What is not disclosed now; also what was to be, where its draft was given up.
STILL_WITHHELD = Q(is_open=True) | Q(disclosed_as__state=State.ABANDONED)


def withheld(organ: Organ) -> QuerySet[WithheldItem]:
    """Everything an organ withholds, the next due first. One query."""
    found = WithheldItem.objects.filter(STILL_WITHHELD, organ=organ)
    return found.select_related("unit", "organ", "disclosed_as").order_by("next_review_on", "id")


def once_withheld(organ: Organ) -> QuerySet[WithheldItem]:
    """What was withheld and has been disclosed since, or is on its way. One query."""
    found = WithheldItem.objects.filter(organ=organ).exclude(STILL_WITHHELD)
    return found.select_related("unit", "organ", "disclosed_as").order_by("-reviewed_on", "-id")


def due_for_review(organ: Organ, today: dt.date | None = None) -> QuerySet[WithheldItem]:
    """What is to be looked at again today or should have been. One query."""
    return withheld(organ).filter(next_review_on__lte=today or clock.today())


def due_counts(authority: Organ, today: dt.date | None = None) -> dict[int, dict[str, int]]:
    """Per organ of an area: how many are withheld, and how many reviews are due. One query."""
    found = WithheldItem.objects.filter(STILL_WITHHELD, organ__path__startswith=authority.path)
    due = Count("pk", filter=Q(next_review_on__lte=today or clock.today()))
    rows = found.values("organ_id").annotate(withheld=Count("pk"), due=due).order_by("organ_id")
    return {row["organ_id"]: {"withheld": row["withheld"], "due": row["due"]} for row in rows}
