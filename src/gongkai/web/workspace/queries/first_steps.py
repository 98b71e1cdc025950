"""What an organ must have before it can work: for its administrator, until all of it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from gongkai.web.disclosure.models import ChecklistItem, Record, ReviewPlan
from gongkai.web.disclosure.review_plan import DEFAULT_PLAN
from gongkai.web.organs.models import Appointment, Organ, Role, Staff, Unit
from gongkai.web.organs.permissions import is_administrator

GUIDE = "guide"  # the kind of record that is the organ's guide (REG.12)


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What is there. `missing`: roles that nobody holds; `organs_below`: None but at the top of the tree."""

    organ: Organ
    organs_below: bool | None
    has_units: bool
    has_office: bool
    missing: Sequence[Role]
    has_plan: bool
    has_facts: bool
    has_guide: bool
    has_checklist: bool

    @property
    def done(self) -> bool:
        """Whether nothing is left. Organs below are opened where there are any: nobody waits for that."""
        there = (self.has_units, self.has_office, self.has_plan, self.has_facts, self.has_guide)
        return all(there) and self.has_checklist and not self.missing


def first_steps(staff: Staff) -> FirstSteps | None:
    """What the person's organ still lacks; None for who does not administer it, or where nothing is left.
    2 queries, for administrators alone."""
    organ = staff.organ
    if organ is None or not is_administrator(staff, organ):
        return None
    there = _there(organ)
    found = FirstSteps(
        organ=organ,
        organs_below=bool(there["has_organs_below"]) if organ.parent_id is None else None,
        has_units=bool(there["has_units"]),
        has_office=bool(there["has_office"]),
        missing=_missing(organ),
        has_plan=bool(there["has_plan"]),
        has_facts=all((organ.address, organ.telephone, organ.office_hours)),
        has_guide=bool(there["has_guide"]),
        has_checklist=bool(there["has_checklist"]),
    )
    return None if found.done else found


def _there(organ: Organ) -> dict[str, Any]:
    units = Unit.objects.filter(organ=OuterRef("pk"), is_active=True)
    asked: dict[str, Any] = {
        "has_organs_below": Exists(Organ.objects.filter(parent=OuterRef("pk"))),
        "has_units": Exists(units),
        "has_office": Exists(units.filter(is_disclosure_office=True)),
        "has_plan": Exists(ReviewPlan.objects.filter(organ=OuterRef("pk"))),
        "has_guide": Exists(Record.objects.filter(organ=OuterRef("pk"), kind=GUIDE, published__isnull=False)),
        "has_checklist": Exists(ChecklistItem.objects.filter(organ=OuterRef("pk"), is_active=True)),
    }
    return dict(Organ.objects.filter(pk=organ.pk).annotate(**asked).values(*asked).get())


def _missing(organ: Organ) -> list[Role]:
    """Roles that the work goes through, and the audit, that nobody holds today."""
    today = timezone.localdate()
    held = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today), organ=organ, since__lte=today, staff__is_active=True
    )
    there = set(held.values_list("role", flat=True))
    steps = [Role(one.step.value) for one in DEFAULT_PLAN]
    needed = [Role.CLERK, *steps, Role.DISCLOSURE_OFFICE, Role.AUDITOR]
    return [role for role in needed if role.value not in there]
