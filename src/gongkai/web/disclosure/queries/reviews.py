"""Reviews: what waits for a person, what one step is about, who could take the steps to come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.disclosure.models import Review, Step, Version
from gongkai.web.disclosure.permissions import may_decide
from gongkai.web.disclosure.review_plan import plan_of
from gongkai.web.organs.hands import let_in
from gongkai.web.organs.models import Appointment, Organ, Role, Staff
from gongkai.web.organs.models.appointments import UNIT_ROLES

MOST = 200
_STEPS = frozenset(step.value for step in Step)
_RELATED = ("version__record__organ", "version__record__unit", "version__drafted_by", "assigned_to")
_HEAVY = ("version__record__organ__emblem", "version__body", "version__findings")


def waiting_for(staff: Staff, most: int = MOST) -> list[Review]:
    """Open steps that this person may take, those due first before the others. At most 1 query; for a
    secrecy officer 2 (organs.hands).

    Steps that the person has written in are left out; so at most `most` are looked at, by their due days.
    """
    own = [_reach(one) for one in staff.appointments_today() if one.role in _STEPS]
    if not own:
        return []
    free = Q(assigned_to__isnull=True) | Q(assigned_to=staff.pk)
    found = Review.objects.filter(reduce(or_, own), free, result="").exclude(version__drafted_by=staff.pk)
    rows = found.select_related(*_RELATED).defer(*_HEAVY).order_by("due_on", "id")[:most]
    return [one for one in rows if may_decide(staff, one)]


def _reach(appointment: Appointment) -> Q:
    """The open steps that an appointment reaches, as `organs.permissions.holds` says it."""
    own = Q(organ=appointment.organ_id, step=appointment.role)
    if appointment.role in UNIT_ROLES and appointment.unit_id is not None:
        unit = Q(version__record__unit__isnull=True) | Q(version__record__unit=appointment.unit_id)
        return own & unit
    return own


def open_in(organs: Sequence[Organ]) -> QuerySet[Review]:
    """Every open step of some organs, those due first before the others. 1 query."""
    found = Review.objects.filter(organ__in=[one.pk for one in organs], result="")
    return found.select_related(*_RELATED).defer(*_HEAVY).order_by("due_on", "id")


def decided_by(staff: Staff) -> QuerySet[Review]:
    """What the person has decided, the latest first. 1 query."""
    found = Review.objects.filter(decided_by=staff.pk)
    return found.select_related(*_RELATED).defer(*_HEAVY).order_by("-id")


def review_with_record(pk: int) -> Review | None:
    """A step with its version and record. 1 query."""
    related = ("version__record__organ", "version__record__unit", "version__record__published")
    people = ("version__drafted_by", "decided_by", "assigned_to")
    found = Review.objects.select_related(*related, *people).defer("version__record__organ__emblem")
    return found.filter(pk=pk).first()


def reviews_of(version: Version) -> list[Review]:
    """Every step of a version's rounds, in order. 1 query."""
    found = Review.objects.filter(version=version).select_related("decided_by", "assigned_to")
    return list(found.order_by("round", "position", "id"))


def steps_without_reviewer(version: Version) -> list[str]:
    """The steps of the organ's plan that nobody could take, in order. 3 queries."""
    planned, _ = plan_of(version.record.organ)
    today = timezone.localdate()
    held = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today),
        organ=version.record.organ_id,
        since__lte=today,
        staff__is_active=True,
        role__in=[one.step.value for one in planned],
    ).exclude(staff__in={version.drafted_by_id, *version.written_by})
    unit, secrecy = version.record.unit_id, Role.SECRECY_OFFICER
    rows = list(held.values_list("role", "unit", "staff"))
    officers = {staff for role, _, staff in rows if role == secrecy}
    mine = let_in(officers, secrecy, (version.drafted_by_id, *version.written_by))
    able = {
        role
        for role, own, staff in rows
        if (role != secrecy or staff not in mine)
        and (own is None or (role == Step.UNIT_HEAD and (unit is None or own == unit)))
    }
    return [one.step.value for one in planned if one.step.value not in able]
