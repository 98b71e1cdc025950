"""What of the checklist is due, late or missing: for an organ, for its units, for the organs of an area."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, NullIf

from gongkai.web.config import clock
from gongkai.web.disclosure.models import ChecklistItem, Record, State
from gongkai.web.organs.models import Organ

# From so many days on an item is told to be due (our own choice, D).
SOON = dt.timedelta(days=14)
_FAR = dt.date(9999, 12, 31)
PROACTIVE = Q(mode__contains="proactive")


class Standing(NamedTuple):
    """How many items of a unit or an organ stand how. `total`: all in use that are to be published."""

    late: int = 0
    missing: int = 0
    due: int = 0
    total: int = 0


def items(organ: Organ, today: dt.date | None = None, *, closed: bool = False) -> QuerySet[Any]:
    """The items of an organ, each with `standing` and `due_on`; one query.

    `standing`: `late` (its day has passed), `due` (within 14 days), `missing` (nothing is public), `done`
    (public, no day ahead), `not_due`; `on_request` for what is not published proactively, `closed`.
    `due_on`: of a periodic item its next day, or the earliest day of a draft of it (REG.26).
    """
    found = ChecklistItem.objects.filter(organ=organ, is_active=not closed)
    found = _with_standing(found, today or clock.today()).select_related("unit")
    return found.order_by("source", "position", "pk")


def needing_work(organ: Organ, today: dt.date | None = None) -> QuerySet[Any]:
    """Items that are late, due or missing, the most pressing first. One query."""
    found = items(organ, today).filter(standing__in=("late", "due", "missing"))
    return found.order_by(F("due_on").asc(nulls_last=True), "source", "position", "pk")


def by_unit(organ: Organ, today: dt.date | None = None) -> dict[int | None, Standing]:
    """How the items of each unit stand, by the unit's id; None: items without a unit. One query."""
    found = ChecklistItem.objects.filter(PROACTIVE, organ=organ, is_active=True)
    return _counted(found, "unit_id", today)


def of_organ(organ: Organ, today: dt.date | None = None) -> Standing:
    """How the items of an organ stand. One query."""
    found = ChecklistItem.objects.filter(PROACTIVE, organ=organ, is_active=True)
    return _counted(found, "organ_id", today).get(organ.pk, Standing())


def by_organ(authority: Organ, today: dt.date | None = None) -> dict[int, Standing]:
    """How the items of each organ of an area stand, by the organ's id. One query, however many organs."""
    found = ChecklistItem.objects.filter(PROACTIVE, organ__path__startswith=authority.path, is_active=True)
    counted = _counted(found, "organ_id", today)
    return {key: one for key, one in counted.items() if key is not None}


def _counted(found: QuerySet[ChecklistItem], by: str, today: dt.date | None) -> dict[int | None, Standing]:
    rows = (
        _with_standing(found, today or clock.today())
        .order_by()
        .values(by)
        .annotate(
            late=Count("pk", filter=Q(standing="late")),
            missing=Count("pk", filter=Q(standing="missing")),
            due=Count("pk", filter=Q(standing="due")),
            total=Count("pk"),
        )
    )
    return {row[by]: Standing(row["late"], row["missing"], row["due"], row["total"]) for row in rows}


def _with_standing(found: QuerySet[ChecklistItem], today: dt.date) -> QuerySet[Any]:
    of_item = Record.objects.filter(checklist_item=OuterRef("pk"))
    drafts = of_item.filter(state=State.DRAFT, due_on__isnull=False).order_by("due_on")
    far = Value(_FAR, output_field=DateField())
    draft = Subquery(drafts.values("due_on")[:1])
    first = NullIf(Least(Coalesce(F("next_due_on"), far), Coalesce(draft, far)), far)
    return found.annotate(
        due_on=first,
        is_public=Exists(of_item.filter(state=State.PUBLISHED)),
        standing=Case(
            When(is_active=False, then=Value("closed")),
            When(~PROACTIVE, then=Value("on_request")),
            When(due_on__lt=today, then=Value("late")),
            When(due_on__lte=today + SOON, then=Value("due")),
            When(is_public=False, then=Value("missing")),
            When(due_on__isnull=True, then=Value("done")),
            default=Value("not_due"),
            output_field=CharField(),
        ),
    )
