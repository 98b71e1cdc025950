"""Reading organs, units and people. Each says how many queries it makes. The emblem's bytes are left out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from gongkai.web.organs.models import Appointment, Organ, Role, Session, Staff, Unit


def _organs() -> QuerySet[Organ]:
    return Organ.objects.defer("emblem")


def organ_by_code(code: str) -> Organ | None:
    """The organ of that code, closed ones too. 1 query."""
    return _organs().select_related("parent").defer("emblem", "parent__emblem").filter(code=code).first()


def area(organ: Organ, *, closed: bool = False) -> list[Organ]:
    """The organ and all below it, each after the one it belongs to. 1 query.

    Every organ has `depth`: 0 for the organ itself, 1 for those directly below it.
    """
    return in_tree_order(area_of(organ, closed=closed))


def area_of(organ: Organ, *, closed: bool = False) -> QuerySet[Organ]:
    """The organs of the area, to be narrowed further. No query."""
    found = _organs().filter(path__startswith=organ.path)
    return found if closed else found.filter(is_active=True)


def tree(*, closed: bool = False) -> list[Organ]:
    """All organs of the installation in the order of the tree, with `depth`. 1 query."""
    return in_tree_order(_organs() if closed else _organs().filter(is_active=True))


def in_tree_order(organs: QuerySet[Organ]) -> list[Organ]:
    """The organs with each one's own below it, sisters by position; `depth` counts from the top."""
    rows = list(organs)
    known = {one.pk for one in rows}
    below: dict[int | None, list[Organ]] = {}
    for one in rows:
        below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
    ordered: list[Organ] = []
    waiting = [(one, 0) for one in _sisters(below.get(None, []))]
    while waiting:
        one, depth = waiting.pop()
        one.depth = depth
        ordered.append(one)
        waiting += [(child, depth + 1) for child in _sisters(below.get(one.pk, []))]
    return ordered


def _sisters(organs: list[Organ]) -> list[Organ]:
    """Last first: they are taken from the end."""
    return sorted(organs, key=lambda one: (one.position, one.pk), reverse=True)


def units_of(organ: Organ, *, closed: bool = False) -> list[Unit]:
    """The units of an organ; `people` is how many open accounts belong to each. 1 query."""
    found = Unit.objects.filter(organ=organ)
    if not closed:
        found = found.filter(is_active=True)
    counted: dict[str, Any] = {"people": Count("staff", filter=Q(staff__is_active=True))}
    return list(found.annotate(**counted).select_related("organ"))


def disclosure_office(organ: Organ) -> Unit | None:
    """The unit that does the organ's disclosure work (REG.4). 1 query."""
    return Unit.objects.filter(organ=organ, is_disclosure_office=True, is_active=True).first()


def staff_of(organ: Organ, *, closed: bool = False) -> list[Staff]:
    """The people of an organ with what they hold today in `held`. 2 queries.

    `has_second_factor` and `is_locked` (at some address or everywhere, now) are on each.
    """
    found = Staff.objects.filter(organ=organ).select_related("unit", "organ").defer("organ__emblem")
    if not closed:
        found = found.filter(is_active=True)
    found = found.annotate(**_signing_in())
    return list(found.order_by("-is_active", "unit__position", "unit", "pk").prefetch_related(_held()))


def person(organ: Organ, pk: int) -> Staff | None:
    """A person of that organ as in `staff_of`; nobody of another organ. 2 queries."""
    found = Staff.objects.filter(organ=organ, pk=pk).select_related("unit", "organ").defer("organ__emblem")
    found = found.annotate(**_signing_in())
    return found.prefetch_related(_held()).first()


def _signing_in() -> dict[str, Any]:
    """Whether a person has a second factor, and is locked out at some address now."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    factors = factors.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return {"has_second_factor": Exists(factors), "is_locked": _is_locked()}


def _is_locked() -> Any:
    """Whether a person's name is locked at some address, or everywhere."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    found = AccessAttempt.objects.filter(username=OuterRef("username"), attempt_time__gte=since)
    counted = found.order_by().values("username").annotate(failures=Sum("failures_since_start"))
    here = Exists(found.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT))
    limit = settings.NAME_FAILURE_LIMIT
    return here | Exists(counted.filter(failures__gte=limit)) if limit else here


def _held() -> Prefetch[Any]:
    """Appointments that are held or will be, in `held`."""
    today = timezone.localdate()
    open_ones = Appointment.objects.filter(Q(until__isnull=True) | Q(until__gt=today))
    return Prefetch("appointments", open_ones.select_related("unit"), to_attr="held")


def holders(role: Role, organ: Organ, on: dt.date | None = None) -> list[Appointment]:
    """Who holds a role at an organ on a day (today), with the person and the unit. 1 query."""
    day = on or timezone.localdate()
    held = Appointment.objects.filter(organ=organ, role=role, since__lte=day, staff__is_active=True)
    held = held.filter(Q(until__isnull=True) | Q(until__gt=day))
    return list(held.select_related("staff", "unit"))


def has_administrator(organ: Organ) -> bool:
    """Whether anybody administers the organ today. 1 query."""
    return bool(administrators(organ).exists())


def administrators(organ: Organ) -> QuerySet[Appointment]:
    """Open appointments of administrators with open accounts. No query."""
    day = timezone.localdate()
    held = Appointment.objects.filter(
        organ=organ, role=Role.ADMINISTRATOR, since__lte=day, staff__is_active=True
    )
    return held.filter(Q(until__isnull=True) | Q(until__gt=day))


def administered_by(staff: Staff) -> list[Organ]:
    """The organs a person administers today. No query past the person's own appointments (1)."""
    held = staff.appointments_today()
    return [one.organ for one in held if one.role == Role.ADMINISTRATOR]


def sessions_of(staff: Staff) -> list[Session]:
    """The sessions a person has open, the one used last first. 1 query."""
    now = timezone.now()
    idle = now - dt.timedelta(minutes=settings.IDLE_MINUTES)
    begun = now - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    found = Session.objects.filter(staff=staff, expire_date__gt=now, seen_at__gte=idle, started_at__gte=begun)
    return list(found.order_by("-seen_at"))
