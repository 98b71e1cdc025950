"""Lists of cases: what waits, in the order of days left; all of an organ, by filters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, QuerySet

from gongkai.statute.calendar import Calendar, national
from gongkai.web.config import clock
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.requests.models import CLOSED, OPEN, Approval, Case, Stands, Task
from gongkai.web.requests.queries.come_back import come_back
from gongkai.web.requests.queries.finding import worded
from gongkai.web.requests.stands import reckon_due

PAGE = 50
_OF_A_ROW = (
    "pk",
    "year",
    "serial",
    "subject",
    "stands",
    "due_on",
    "due_is_provisional",
    "waits_until",
    "received_on",
    "arrived_on",
    "closed_on",
    "decided_on",
    "outcome",
    "in_time",
    "has_faults",
    "channel",
    "requester_kind",
    "unit__name",
    "handler__name",
)


class Left(NamedTuple):
    """Days left for a square in a list: `days` working days, negative when overdue; None: no period runs."""

    days: int | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a list; "" and None ask for nothing."""

    stands: str = ""  # a state, or "open", "closed"
    unit: int | None = None
    handler: int | None = None
    outcome: str = ""
    year: int | None = None
    channel: str = ""
    words: str = ""


def open_cases(organ: Organ, most: int = PAGE) -> QuerySet[Case]:
    """What waits at an organ, the nearest limit first, what has none now behind. 1 query; before the first
    of a day, `refreshed`."""
    rows = Case.objects.filter(OPEN, organ=organ)
    return (
        rows.select_related("unit", "handler")
        .only(*_OF_A_ROW)
        .order_by(F("due_on").asc(nulls_last=True), "id")[:most]
    )


def come_back_cases(organ: Organ, most: int = PAGE) -> list[Case]:
    """Closed cases with a letter that came back and is to be served again, the newest first. 1 query."""
    theirs = come_back().filter(organ=organ)
    rows = Case.objects.filter(is_open=False, pk__in=theirs.values("case"))
    return list(rows.select_related("unit", "handler").only(*_OF_A_ROW).order_by("-id")[:most])


def refreshed(organ: Organ) -> None:
    """See to it that the organ's open cases were reckoned today: 1 query, and on the first call of a day the
    reckoning itself."""
    reckon_due(organ_id=organ.pk)


def cases(
    organ: Organ, wanted: Wanted, after: int | None = None, most: int = PAGE, *, before: int | None = None
) -> list[Case]:
    """Cases of an organ, newest first, one more than `most` if there are more. `after`: the last id shown;
    `before`: the first one, to go back. 1 query."""
    rows = filtered(organ, wanted).select_related("unit", "handler").only(*_OF_A_ROW)
    if before is not None:
        return list(rows.filter(pk__gt=before).order_by("id")[: most + 1])[::-1]
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-id")[: most + 1])


def filtered(organ: Organ, wanted: Wanted) -> QuerySet[Case]:
    """The cases of an organ that are asked for. No query."""
    rows = _filtered(Case.objects.filter(organ=organ), wanted)
    if wanted.words:
        rows = rows.filter(worded(wanted.words, [organ]))
    return rows


def left_of(case: Case, calendar: Calendar | None = None, today: dt.date | None = None) -> Left:
    """What is left of a case's period. No query."""
    day = today or clock.today()
    if case.due_on is None or case.stands in CLOSED:
        return Left(None, case.waits_until)
    return Left((calendar or national()).working_days_between(day, case.due_on), case.due_on)


def tasks_waiting(staff: Staff, organ: Organ, most: int = PAGE) -> list[Task]:
    """Tasks that wait for this person's units. 1 query."""
    units = [one.unit_id for one in staff.appointments_today() if one.organ_id == organ.pk]
    rows = Task.objects.filter(organ=organ, answered_at=None, cancelled_at=None)
    if None not in units:
        rows = rows.filter(unit__in=[one for one in units if one])
    found = rows.select_related("case", "unit").defer("question", "answer", "case__words", "case__features")
    return list(found.order_by("due_on", "id")[:most])


def approvals_waiting(staff: Staff, organ: Organ, most: int = PAGE) -> list[Approval]:
    """Decisions that wait for this person's approval. 1 query."""
    roles = {one.role for one in staff.appointments_today() if one.organ_id == organ.pk}
    rows = Approval.objects.filter(organ=organ, result="", step__in=roles)
    rows = rows.exclude(decision__drafted_by=staff)
    found = rows.select_related("decision__case").defer("decision__case__words", "decision__case__features")
    return list(found.order_by("due_on", "id")[:most])


def _filtered(rows: QuerySet[Case], wanted: Wanted) -> QuerySet[Case]:
    if wanted.stands == "open":
        rows = rows.filter(OPEN)
    elif wanted.stands == "closed":
        rows = rows.filter(is_open=False)
    elif wanted.stands in Stands.values:
        rows = rows.filter(stands=wanted.stands)
    exact = {"unit": wanted.unit, "handler": wanted.handler, "outcome": wanted.outcome, "year": wanted.year}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    return rows
