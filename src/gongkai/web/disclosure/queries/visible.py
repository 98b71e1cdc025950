"""Which organs' and whose records a person may read. What may not be read is as if it were not there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from gongkai.web.disclosure.models import Record
from gongkai.web.disclosure.permissions import may_see, may_see_area
from gongkai.web.organs.models import Organ, Role, Staff
from gongkai.web.organs.queries import in_tree_order

# Texts of many pages and pictures of coats of arms: left in the database where nobody reads them.
HEAVY = ("organ__emblem",)


def own_organs(staff: Staff) -> list[Organ]:
    """The organs where the person works on records. No query past the person's own appointments."""
    found = {
        one.organ_id: one.organ
        for one in staff.appointments_today()
        if one.role != Role.SUPERVISING_AUTHORITY
    }
    return [organ for organ in found.values() if may_see(staff, organ)]


def areas(staff: Staff) -> list[Organ]:
    """The organs whose areas the person supervises. No query past the person's own appointments."""
    found = {one.organ_id: one.organ for one in staff.appointments_today() if may_see_area(staff, one.organ)}
    return list(found.values())


def organs_seen(staff: Staff) -> list[Organ]:
    """Every organ whose records the person may read: their own, then their areas in the order of the tree.

    No query without an area to supervise, else one.
    """
    own, tops = own_organs(staff), areas(staff)
    if not tops:
        return own
    below = reduce(or_, (Q(path__startswith=top.path) for top in tops))
    known = {one.pk for one in own}
    return [
        *own,
        *(one for one in in_tree_order(Organ.objects.defer("emblem").filter(below)) if one.pk not in known),
    ]


def sees_organ(staff: Staff, organ: Organ) -> bool:
    return bool(may_see(staff, organ))


def record_seen(staff: Staff, pk: int) -> Record | None:
    """A record the person may read, with its organ, unit, versions at work and in public. One query."""
    related = ("organ", "unit", "working", "published", "created_by", "checklist_item", "repealed_by")
    found = Record.objects.select_related(*related).defer(*HEAVY).filter(pk=pk).first()
    return found if found is not None and may_see(staff, found) else None


def ids(organs: Sequence[Organ]) -> list[int]:
    return [one.pk for one in organs]
