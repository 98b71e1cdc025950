"""Reports of readers, and what pages did not help."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongkai.web.config import clock
from gongkai.web.disclosure.queries.visible import own_organs
from gongkai.web.organs.models import Organ, Role, Staff
from gongkai.web.participation.actions.feedback import digests_of
from gongkai.web.participation.models import ErrorReport, Helpfulness

MOST = 50


def reports(organ: Organ, *, is_open: bool) -> QuerySet[ErrorReport]:
    """Reports not answered, the next due first; or those answered, the newest first. 1 query."""
    rows = ErrorReport.objects.filter(organ=organ, answered_at__isnull=is_open)
    rows = rows.select_related("record", "unit", "answered_by").defer("record__summary")
    return rows.order_by("due_on", "id") if is_open else rows.order_by("-id")


def report_of_code(organ: Organ, code: str) -> ErrorReport | None:
    """The report whose sender was given this code. 1 query."""
    return ErrorReport.objects.filter(organ=organ, code__in=digests_of(code)).select_related("record").first()


def unhelpful_pages(organ: Organ) -> QuerySet[Helpfulness]:
    """The pages that most readers found of no help first. 1 query."""
    return Helpfulness.objects.filter(organ=organ).select_related("record").order_by("-not_helped", "-id")


def oldest_unanswered(organ: Organ) -> dt.date | None:
    """The day of the oldest report without an answer: for CHK.V5 (statute.inspection.SiteFacts). 1 query."""
    rows = ErrorReport.objects.filter(organ=organ, answered_at__isnull=True).order_by("received_at")
    found = rows.values_list("received_at", flat=True).first()
    return timezone.localdate(found) if found else None


def area_counts(authority: Organ, today: dt.date | None = None) -> dict[int, dict[str, int]]:
    """Per organ of an area: reports open, and past their day. 1 query."""
    rows = ErrorReport.objects.filter(organ__path__startswith=authority.path, answered_at__isnull=True)
    late = Count("pk", filter=Q(due_on__lt=today or clock.today()))
    counted = rows.order_by().values("organ_id").annotate(open=Count("pk"), late=late)
    return {row["organ_id"]: {"open": row["open"], "late": row["late"]} for row in counted}


def waiting_for(staff: Staff) -> list[ErrorReport]:
    """Reports that wait for a person: of the unit, of the organ for its office, urgent ones for the secrecy
    officer. 1 query; none for who answers nothing."""
    own = {one.pk for one in own_organs(staff)}
    reach = [_reach(one) for one in staff.appointments_today() if one.organ_id in own]
    wanted = [one for one in reach if one is not None]
    if not wanted:
        return []
    rows = ErrorReport.objects.filter(reduce(or_, wanted), answered_at__isnull=True)
    return list(rows.select_related("record", "unit").order_by("due_on", "id")[:MOST])


def _reach(appointment: object) -> Q | None:
    role, organ, unit = appointment.role, appointment.organ_id, appointment.unit_id  # type: ignore[attr-defined]
    if role == Role.DISCLOSURE_OFFICE:
        return Q(organ=organ)
    if role in (Role.CLERK, Role.UNIT_HEAD):
        # What belongs to no unit waits for the office alone.
        return Q(organ=organ, unit=unit) if unit else Q(organ=organ)
    if role == Role.SECRECY_OFFICER:
        return Q(organ=organ, is_urgent=True)
    return None
