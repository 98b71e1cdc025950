"""Who may do what: small predicates, put together with `&`, `|` and `~`.

A predicate takes a person and a thing; a thing belongs to an organ (`thing.organ`, or the organ itself), and
perhaps to a unit (`thing.unit`). Being superuser opens nothing here: a role is held by appointment alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from rules.predicates import predicate

from gongkai.web.organs.models import Organ, Role, Staff
from gongkai.web.organs.models.appointments import AREA_ROLES, UNIT_ROLES

Predicate = Callable[[Staff, Any], bool]


@cache
def holds(role: Role) -> Any:
    """Appointed to the role where the thing belongs: at its organ, for an area role at an organ above it.

    A unit's role held in one unit holds for things of that unit alone; held without a unit, for all.
    """

    def test(staff: Staff, thing: Any) -> bool:
        organ = organ_of(thing)
        if organ is None or not getattr(staff, "is_authenticated", False):
            return False
        return any(
            one.role == role and _reaches(one, role, organ, thing) for one in staff.appointments_today()
        )

    named: Any = predicate  # the library has no types
    return named(test, name=f"holds:{role.value}")


@predicate
def is_administrator_above(staff: Staff, thing: Any) -> bool:
    """Administers an organ above the one the thing belongs to. For what an organ does not settle itself: its
    place in the tree, its being opened and closed. It opens nothing of what is inside."""
    organ = organ_of(thing)
    if organ is None or not getattr(staff, "is_authenticated", False):
        return False
    return any(
        one.role == Role.ADMINISTRATOR and one.organ_id != organ.pk and one.organ.covers(organ)
        for one in staff.appointments_today()
    )


@predicate
def is_at_the_top(staff: Staff, thing: Any) -> bool:
    """The thing's organ has none above it: its own administrator settles what a higher one would."""
    organ = organ_of(thing)
    return organ is not None and organ.parent_id is None


def organ_of(thing: Any) -> Organ | None:
    """The organ a thing belongs to: itself if it is one."""
    if isinstance(thing, Organ):
        return thing
    organ = getattr(thing, "organ", None)
    return organ if isinstance(organ, Organ) else None


def _reaches(appointment: Any, role: Role, organ: Organ, thing: Any) -> bool:
    if role in AREA_ROLES:
        return bool(appointment.organ.covers(organ))
    if appointment.organ_id != organ.pk:
        return False
    if role not in UNIT_ROLES or appointment.unit_id is None:
        return True
    unit = getattr(thing, "unit_id", None)
    return isinstance(thing, Organ) or unit is None or unit == appointment.unit_id


@predicate
def is_signed_in(staff: Staff, thing: Any = None) -> bool:
    return bool(getattr(staff, "is_authenticated", False) and staff.is_active)


is_clerk = holds(Role.CLERK)
is_unit_head = holds(Role.UNIT_HEAD)
is_secrecy_officer = holds(Role.SECRECY_OFFICER)
is_leader = holds(Role.LEADER)
is_disclosure_office = holds(Role.DISCLOSURE_OFFICE)
is_supervising = holds(Role.SUPERVISING_AUTHORITY)
is_auditor = holds(Role.AUDITOR)
is_administrator = holds(Role.ADMINISTRATOR)

works_on_disclosure = is_clerk | is_unit_head | is_secrecy_officer | is_leader | is_disclosure_office

# Organs and people.
may_manage_organ = is_signed_in & is_administrator
# Name, kind, codes, host name, second factor: given to an organ from above, not by itself.
may_settle_organ = is_signed_in & (is_administrator_above | (is_administrator & is_at_the_top))
may_open_below = is_signed_in & (is_administrator | is_administrator_above)
may_see_organs_below = is_signed_in & (is_administrator | is_supervising)
may_see_staff = is_signed_in & (is_administrator | is_auditor | is_disclosure_office)
may_read_audit = is_signed_in & (is_auditor | is_administrator)
may_see_inside = is_signed_in & (works_on_disclosure | is_supervising | is_auditor)
