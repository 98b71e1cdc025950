"""What the search box finds: records, items of the checklist, people; each among what the person may see."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from gongkai.web.disclosure.models import ChecklistItem, Record
from gongkai.web.disclosure.queries.numbers import numbered
from gongkai.web.disclosure.queries.records import named, of_organs
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.permissions import may_see_staff

PAGE = 30
_MOST_OF_A_NUMBER = 200


def found_records(organs: Sequence[Organ], text: str, before: int | None = None) -> list[Record]:
    """Records by number or words of the title, the newest first, one more than a page at most. 2 queries.

    A number is asked for as a whole, by the index over numbers; only where no record bears it are the titles
    of the organs read through, from the newest, until a page is full.
    """
    numbers = numbered(text, organs)
    if numbers is not None and before is None:
        # Without an order: no index over the order shall be preferred to the one over numbers.
        named_so = Record.objects.filter(numbers, organ__in=[one.pk for one in organs]).order_by()
        rows = sorted(_shown(named_so)[:_MOST_OF_A_NUMBER], key=lambda one: -one.pk)
        if rows:
            return rows[:PAGE]
    found = of_organs(organs).filter(named(text, organs))
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(_shown(found).order_by("-id")[: PAGE + 1])


def _shown(found: QuerySet[Record]) -> QuerySet[Record]:
    return found.select_related("organ", "unit", "working").defer(
        "organ__emblem", "working__body", "working__findings"
    )


def found_items(organs: Sequence[Organ], text: str) -> list[ChecklistItem]:
    """Items of the checklists by their names and contents. 1 query."""
    words = (
        Q(level1__icontains=text)
        | Q(level2__icontains=text)
        | Q(level3__icontains=text)
        | Q(content__icontains=text)
    )
    found = ChecklistItem.objects.filter(words, organ__in=[one.pk for one in organs], is_active=True)
    return list(
        found.select_related("unit", "organ")
        .defer("organ__emblem")
        .order_by("organ", "position", "id")[:PAGE]
    )


def found_people(staff: Staff, text: str) -> list[Staff]:
    """People of the organs whose people one may see, by name or user name. At most 1 query."""
    organs = {one.organ_id for one in staff.appointments_today() if may_see_staff(staff, one.organ)}
    if not organs:
        return []
    found = Staff.objects.filter(Q(name__icontains=text) | Q(username__istartswith=text), organ__in=organs)
    return list(found.select_related("unit").order_by("organ", "id")[:PAGE])
