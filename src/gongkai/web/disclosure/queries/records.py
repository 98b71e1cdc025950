"""The staff's list of records: narrowed, sorted and paged by what the address says, never by an offset."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.statute.catalogue import Validity
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Record, Review, State
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.queries.numbers import bracketed, half_width, numbered
from gongkai.web.organs.models import Organ

PAGE = 50
# Where a version at work can stand; the other stages are told by the record's own state.
AT_WORK = (Stage.DRAFT, Stage.IN_REVIEW, Stage.RETURNED, Stage.APPROVED, Stage.SCHEDULED)
LATE = "late"  # not public, and its day has passed
_SETTLED = {State.PUBLISHED, State.WITHDRAWN, State.ABANDONED}


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order with an index under it. `only`: the state that the list is narrowed to for that."""

    column: str
    falling: bool = False
    only: str = ""


SORTINGS = {
    "-id": Sorting("id", True),
    "id": Sorting("id"),
    "due": Sorting("due_on", only=State.DRAFT),
    "-due": Sorting("due_on", True, State.DRAFT),
    "published": Sorting("published_at", only=State.PUBLISHED),
    "-published": Sorting("published_at", True, State.PUBLISHED),
}
NEWEST = "-id"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. "" and None: not narrowed by that."""

    state: str = ""
    kind: str = ""
    category: str = ""
    unit: int | None = None
    year: int | None = None
    validity: str = ""
    text: str = ""
    sort: str = NEWEST
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list, with the cursors that lead on from it."""

    records: Sequence[Record]
    before: str | None
    after: str | None


def records(organs: Sequence[Organ], asked: Asked) -> QuerySet[Record]:
    """The records of some organs as asked, unsorted. No query."""
    found = of_organs(organs)
    if asked.state in AT_WORK:
        found = found.filter(working__isnull=False, working__stage=asked.state)
    elif asked.state == LATE:
        found = found.filter(state=State.DRAFT, due_on__lt=clock.today())
    elif asked.state in _SETTLED:
        found = found.filter(state=asked.state)
    for name in ("kind", "category"):
        if getattr(asked, name):
            found = found.filter(**{name: getattr(asked, name)})
    if asked.validity:
        found = found.filter(state=State.PUBLISHED, validity__in=_meant_by(asked.validity))
    if asked.unit:
        found = found.filter(unit=asked.unit)
    if asked.year:
        found = found.filter(made_on__gte=dt.date(asked.year, 1, 1), made_on__lte=dt.date(asked.year, 12, 31))
    return found.filter(named(asked.text, organs)) if asked.text else found


def _meant_by(validity: str) -> Sequence[str]:
    """What is amended is in force as well: table 2 counts it so (NOR.3)."""
    return [one.value for one in Validity if one.holds] if validity == Validity.IN_FORCE else [validity]


def of_organs(organs: Sequence[Organ]) -> QuerySet[Record]:
    """The records of some organs, to be narrowed and listed from the newest. No query.

    Of one organ an index over it gives the order as well. Of several none does: the rows are taken by their
    number from the end until a page is full, and each one's organ is looked at (`+ 0` keeps off an index).
    """
    if len(organs) == 1:
        return Record.objects.filter(organ=organs[0])
    return Record.objects.alias(of=F("organ_id") + 0).filter(of__in=[one.pk for one in organs])


def named(text: str, organs: Sequence[Organ] = ()) -> Q:
    """Records by what is typed for them: their number however it was typed, its beginning, or words of their
    title. `organs`: whose index numbers are meant where the organ's code is left out."""
    words = Q(title__icontains=text) | Q(document_number__icontains=bracketed(text))
    words |= Q(index_number__istartswith=half_width(text))
    numbers = numbered(text, organs)
    return words if numbers is None else words | numbers


def page_of(organs: Sequence[Organ], asked: Asked) -> Page:
    """A page of the list with units and versions at work; of several organs the newest first. 1 query."""
    sorting = SORTINGS.get(asked.sort if len(organs) == 1 else "", SORTINGS[NEWEST])
    found = records(organs, asked)
    if sorting.only:
        found = found.filter(state=sorting.only, **{f"{sorting.column}__isnull": False})
    back = bool(asked.before)
    cursor = read_cursor(asked.before or asked.after, sorting)
    if cursor is not None:
        found = found.filter(_past(sorting, cursor, falling=sorting.falling != back))
    sign = "-" if sorting.falling != back else ""
    order = [f"{sign}{sorting.column}", *([] if sorting.column == "id" else [f"{sign}id"])]
    related = ("organ", "unit", "working", "created_by")
    heavy = ("organ__emblem", "working__body", "working__findings")
    rows = list(found.order_by(*order).select_related(*related).defer(*heavy)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if back:
        rows.reverse()
    moved = cursor is not None
    return Page(
        rows,
        cursor_of(rows[0], sorting) if rows and (more if back else moved) else None,
        cursor_of(rows[-1], sorting) if rows and (moved if back else more) else None,
    )


def cursor_of(record: Record, sorting: Sorting) -> str:
    """Where a record stands in an order: `2026-03-05~17`."""
    if sorting.column == "id":
        return str(record.pk)
    return f"{getattr(record, sorting.column).isoformat()}~{record.pk}"


def read_cursor(text: str, sorting: Sorting) -> tuple[Any, int] | None:
    """A cursor as it stands in an address; None for what is none, whatever it is."""
    value, _, pk = text.rpartition("~")
    if not re.fullmatch(r"[0-9]{1,18}", pk):
        return None
    if sorting.column == "id":
        return (int(pk), int(pk)) if not value else None
    try:
        if sorting.column == "due_on":
            return dt.date.fromisoformat(value), int(pk)
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment, int(pk)) if moment.tzinfo is not None else None


def _past(sorting: Sorting, cursor: tuple[Any, int], *, falling: bool) -> Q:
    """What stands behind a cursor. The first condition alone lets an index begin there."""
    value, pk = cursor
    side = "lt" if falling else "gt"
    if sorting.column == "id":
        return Q(**{f"id__{side}": pk})
    name = sorting.column
    return Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | Q(**{f"id__{side}": pk}))


def open_steps(found: Sequence[Record]) -> dict[int, Review]:
    """The step that each record's version waits for, by the record's id. At most 1 query."""
    waiting = [one.working_id for one in found if one.working and one.working.stage == Stage.IN_REVIEW]
    if not waiting:
        return {}
    rows = Review.objects.filter(version__in=waiting, result="").select_related("version", "assigned_to")
    return {one.version.record_id: one for one in rows.defer("version__body", "version__findings")}
