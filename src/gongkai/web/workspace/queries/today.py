"""What waits for a person: seven queries at most past the person's own appointments, whatever the roles.

Each begins at an index of what is open or at work and stops at `MOST`: how much is public plays no part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone

from gongkai.web.channels.models import Release
from gongkai.web.channels.queries.releases import troubles_of
from gongkai.web.disclosure.models import ChecklistItem, Gate, Record, Result, Review, Version, WithheldItem
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.permissions import may_draft, may_keep_withheld, may_open_gate, may_publish
from gongkai.web.disclosure.queries.reviews import waiting_for
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.organs.models import Organ, Role, Staff

MOST = 50
# How long before its day something is told of (our own choice, D).
SOON = dt.timedelta(days=14)
_UNDER_WAY = (Stage.DRAFT, Stage.RETURNED, Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED)
_HEAVY = ("body", "findings", "planned_steps", "written_by")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person. `load`: versions under way in the person's units (or organs), by stage."""

    reviews: Sequence[Review] = ()
    drafts: Sequence[Version] = ()
    returned: Sequence[Version] = ()
    approved: Sequence[Version] = ()  # with what holds it up, as are those overdue: `record.gates` is read
    overdue: Sequence[Version] = ()  # their set time has passed
    gates: Sequence[Gate] = ()
    items: Sequence[ChecklistItem] = ()
    withheld: Sequence[WithheldItem] = ()
    releases: Sequence[Release] = ()
    load: dict[str, int] = field(default_factory=dict)


def waiting(staff: Staff) -> Waiting:
    """Everything that waits for the person today. At most 7 queries."""
    own = own_organs(staff)
    if not own:
        return Waiting()
    today = timezone.localdate()
    versions = _versions(staff, own)
    return Waiting(
        reviews=waiting_for(staff, MOST),
        drafts=[one for one in versions if one.stage == Stage.DRAFT],
        returned=[one for one in versions if one.stage == Stage.RETURNED],
        approved=[one for one in versions if one.stage == Stage.APPROVED],
        overdue=[one for one in versions if one.stage == Stage.SCHEDULED],
        gates=_gates(staff, own),
        items=_items(staff, own, today),
        withheld=_withheld(staff, own, today),
        releases=troubles_of(staff),
        load=_load(staff, own),
    )


def _versions(staff: Staff, own: Sequence[Organ]) -> list[Version]:
    """My drafts, what was returned to me (`returned_why`), what I may publish, and what should be public
    by now, mine or my office's. 1 query, and one for what holds the passed ones up.
    """
    late = Q(working__stage=Stage.SCHEDULED, working__publish_at__lte=timezone.now())
    wanted = late & Q(working__drafted_by=staff.pk)
    wanted |= Q(working__drafted_by=staff.pk, working__stage__in=(Stage.DRAFT, Stage.RETURNED))
    offices = [one.pk for one in own if may_publish(staff, one)]
    if offices:
        wanted |= (Q(working__stage=Stage.APPROVED) | late) & Q(organ__in=offices)
    last = Review.objects.filter(version=OuterRef("working"), result=Result.RETURNED).order_by("-id")
    found = _at_work(own).filter(wanted).annotate(returned_why=Subquery(last.values("reason")[:1]))
    rows = found.select_related("unit", "working").defer(*(f"working__{name}" for name in _HEAVY))
    versions = [_with_record(one) for one in rows.order_by("due_on", "id")[: MOST * 2]]
    passed = [one.record for one in versions if one.stage in (Stage.APPROVED, Stage.SCHEDULED)]
    prefetch_related_objects(passed, "gates")
    return versions


def _at_work(own: Sequence[Organ]) -> QuerySet[Record]:
    """Records with a version at work, few among many: an index holds them alone. No query."""
    return Record.objects.filter(organ__in=[one.pk for one in own], working__isnull=False)


def _with_record(record: Any) -> Version:
    version: Version = record.working
    version.record, version.returned_why = record, record.returned_why  # type: ignore[attr-defined]
    return version


def _gates(staff: Staff, own: Sequence[Organ]) -> list[Gate]:
    """Consultations without an answer: those I opened; a disclosure office sees all of its organ. 1 query."""
    organs = [one for one in own if may_open_gate(staff, one)]
    if not organs:
        return []
    offices = [one.pk for one in organs if may_publish(staff, one)]
    wanted = Q(opened_by=staff.pk) | Q(asking__in=offices) if offices else Q(opened_by=staff.pk)
    # As a sum the organ offers no index: the query begins at the few open ones, not at all of its records.
    found = Gate.objects.annotate(asking=F("record__organ_id") + 0).filter(wanted, result="")
    found = found.filter(asking__in=[one.pk for one in organs])
    return list(found.select_related("record__unit").order_by("opened_on", "id")[:MOST])


def _items(staff: Staff, own: Sequence[Organ], today: dt.date) -> list[ChecklistItem]:
    """Items of the checklist late or soon due: of my units; a disclosure office sees all. 1 query."""
    reach = [_items_of(one) for one in staff.appointments_today() if may_draft(staff, one.organ)]
    reach = [one for one in reach if one is not None]
    if not reach:
        return []
    found = ChecklistItem.objects.filter(reduce(or_, reach), is_active=True, next_due_on__lte=today + SOON)
    return list(found.select_related("unit").order_by("next_due_on", "id")[:MOST])


def _items_of(appointment: object) -> Q | None:
    role, organ, unit = appointment.role, appointment.organ_id, appointment.unit_id  # type: ignore[attr-defined]
    if role == Role.DISCLOSURE_OFFICE:
        return Q(organ=organ)
    if role in (Role.CLERK, Role.UNIT_HEAD):
        return Q(organ=organ, unit=unit) if unit else Q(organ=organ)
    return None


def _withheld(staff: Staff, own: Sequence[Organ], today: dt.date) -> list[WithheldItem]:
    """What is withheld and is to be looked at again (REG.18). 1 query."""
    organs = [one.pk for one in own if may_keep_withheld(staff, one)]
    if not organs:
        return []
    found = WithheldItem.objects.filter(organ__in=organs, is_open=True, next_review_on__lte=today + SOON)
    return list(found.select_related("unit").order_by("next_review_on", "id")[:MOST])


def _load(staff: Staff, own: Sequence[Organ]) -> dict[str, int]:
    """How many versions are under way in my units, or in my organs without one, by stage. 1 query."""
    units = [one.unit_id for one in staff.appointments_today() if one.unit_id]
    found = _at_work(own).filter(unit__in=units) if units else _at_work(own)
    counted = found.order_by().values("working__stage").annotate(n=Count("pk"))
    by_stage = {row["working__stage"]: row["n"] for row in counted}
    return {stage: by_stage[stage] for stage in _UNDER_WAY if stage in by_stage}
