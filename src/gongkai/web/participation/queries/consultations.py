"""Consultations as citizens and as staff see them. How one stands is told by its days, never by a column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.web.config import clock
from gongkai.web.disclosure.models import State
from gongkai.web.organs.models import Organ
from gongkai.web.participation.models import Consultation, Opinion, Terms
from gongkai.web.participation.settled import of_consultations

MOST = 500
_HEAVY = (
    "organ__emblem",
    "announcement__published__findings",
    "announcement__published__written_by",
    "announcement__published__planned_steps",
)


class Standing(StrEnum):
    DRAFT = "draft"  # the announcement is not public yet
    WITHDRAWN = "withdrawn"
    AHEAD = "ahead"  # public, its first day is to come
    RUNNING = "running"
    OVER = "over"  # past its last day, the result is not due yet
    LATE = "late"  # … and the result is overdue
    TOLD = "told"  # the result is public


# Citizens see these, in this order.
PUBLIC = (Standing.RUNNING, Standing.AHEAD, Standing.TOLD, Standing.OVER, Standing.LATE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A consultation, its terms in force, and how it stands today. `result_due_on`: once it is over."""

    consultation: Consultation
    terms: Terms
    standing: Standing
    result_due_on: dt.date | None
    days_left: int | None


def standing_of(consultation: Consultation, terms: Terms | None, today: dt.date) -> Standing:
    """How it stands on a day. No query, where announcement and result are there."""
    record, result = consultation.announcement, consultation.result
    if record.state != State.PUBLISHED:
        return Standing.DRAFT if record.state == State.DRAFT else Standing.WITHDRAWN
    if terms is None:
        return Standing.DRAFT
    if result is not None and result.state == State.PUBLISHED:
        return Standing.TOLD
    if today < terms.opens_on:
        return Standing.AHEAD
    if today <= terms.closes_on and consultation.closed_at is None:
        return Standing.RUNNING
    return Standing.LATE if today > result_due(terms.closes_on) else Standing.OVER


def result_due(closes_on: dt.date) -> dt.date:
    """The day by which the result should be public (data: consultation, result_days)."""
    return closes_on + dt.timedelta(days=of_consultations("result_days"))


def public_consultations(organ: Organ, today: dt.date | None = None) -> list[Seen]:
    """All that citizens of an organ's page see, the newest first. 2 queries."""
    rows = _rows().filter(organ=organ, announcement__state=State.PUBLISHED)
    return [one for one in _seen(rows.order_by("-id")[:MOST], today) if one.standing in PUBLIC]


def public_consultation(code: str, pk: int, today: dt.date | None = None) -> Seen | None:
    """One that citizens may see, with the words of its announcement. 2 queries."""
    rows = _rows().filter(pk=pk, organ__code=code, announcement__state=State.PUBLISHED)
    found = _seen(rows.select_related("organ__parent")[:1], today)
    return found[0] if found and found[0].standing in PUBLIC else None


def staff_consultations(organ: Organ, today: dt.date | None = None) -> list[Seen]:
    """All of an organ, drafts too. 2 queries."""
    return _seen(_rows().filter(organ=organ).order_by("-id")[:MOST], today)


def staff_consultation(pk: int, today: dt.date | None = None) -> Seen | None:
    """One, in whatever state. 2 queries. Who may see it, the caller asks."""
    found = _seen(_rows().filter(pk=pk)[:1], today)
    return found[0] if found else None


def late_in_area(authority: Organ, today: dt.date | None = None) -> list[Seen]:
    """Ended without a result past its day, in an authority's area, the longest first. 2 queries."""
    rows = _rows().filter(organ__path__startswith=authority.path, announcement__state=State.PUBLISHED)
    rows = rows.filter(Q(result__isnull=True) | ~Q(result__state=State.PUBLISHED))
    found = [one for one in _seen(rows.order_by("id")[:MOST], today) if one.standing == Standing.LATE]
    return sorted(found, key=lambda one: one.terms.closes_on)


def begun_in_year(organ: Organ, year: int) -> int:
    """How many consultations and surveys were announced in a year (CHK, scored items). 1 query."""
    rows = Consultation.objects.filter(organ=organ, announcement__first_published_at__year=year)
    return int(rows.exclude(announcement__state=State.ABANDONED).count())


def opinion_counts(consultation: Consultation) -> dict[str, int]:
    """How many opinions there are by what became of them ("" those not dealt with). 1 query."""
    rows = Opinion.objects.filter(consultation=consultation).order_by()
    return {row["adoption"]: row["n"] for row in rows.values("adoption").annotate(n=Count("pk"))}


def opinion_channel_counts(consultation: Consultation) -> dict[str, int]:
    """How many opinions have come by which way. 1 query."""
    rows = Opinion.objects.filter(consultation=consultation).order_by()
    return {row["channel"]: row["n"] for row in rows.values("channel").annotate(n=Count("pk"))}


def opinions_of(consultation: Consultation, adoption: str | None = None) -> QuerySet[Opinion]:
    """The opinions, in the order they came. 1 query."""
    rows = Opinion.objects.filter(consultation=consultation).order_by("id")
    return rows if adoption is None else rows.filter(adoption=adoption)


def _rows() -> QuerySet[Consultation]:
    related = (
        "organ",
        "unit",
        "announcement__published",
        "announcement__working",
        "result__published",
        "result__working",
    )
    return Consultation.objects.select_related(*related).defer(*_HEAVY)


def _seen(rows: Any, today: dt.date | None) -> list[Seen]:
    found = list(rows)
    day = today or clock.today()
    every: dict[int, list[Terms]] = {}
    of_them = Terms.objects.filter(consultation__in=[one.pk for one in found]).select_related("version")
    # Of a version only the number is asked.
    for one in of_them.only(*_OF_TERMS).order_by("-version__number"):
        every.setdefault(one.consultation_id, []).append(one)
    seen = []
    for consultation in found:
        terms = _in_force(consultation, every.get(consultation.pk, ()))
        if terms is None:
            continue
        seen.append(_one(consultation, terms, day))
    return seen


_OF_TERMS = ("consultation", "opens_on", "closes_on", "questions", "block", "version__number")


def _in_force(consultation: Consultation, terms: Sequence[Terms]) -> Terms | None:
    """As `queries.terms.terms_in_force`, of rows at hand, the newest first."""
    published = consultation.announcement.published
    number = published.number if published is not None else None
    return next((one for one in terms if number is None or one.version.number <= number), None)


def _one(consultation: Consultation, terms: Terms, day: dt.date) -> Seen:
    standing = standing_of(consultation, terms, day)
    due = result_due(terms.closes_on) if standing in (Standing.OVER, Standing.LATE) else None
    last = {Standing.RUNNING: terms.closes_on, Standing.OVER: due, Standing.LATE: due}.get(standing)
    return Seen(consultation, terms, standing, due, (last - day).days if last else None)
