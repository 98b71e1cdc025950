"""Units of an organ, and which of them is the disclosure office (REG.4)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.organs.actions.grounds import allowed, checked, locked_organ, saved
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Appointment, Organ, Staff, Unit
from gongkai.web.organs.permissions import may_manage_organ

_TAKEN = (
    "unit_taken",
    "本机关已有同名的科室（可能已停用）。请换一个名称。",
    "The organ has a unit of that name.",
)


@transaction.atomic
def add_unit(*, by: Staff, organ: Organ, name: str, position: int = 0) -> Unit:
    """A new unit. By the organ's administrator."""
    organ = locked_organ(organ)
    by = allowed(by, may_manage_organ, organ)
    unit = Unit(organ=organ, name=name.strip(), position=position)
    checked(unit)
    saved(unit, WorkError(*_TAKEN, field="name"))
    after = {"name": unit.name, "position": position}
    append(Change("organs.unit_added", by, unit, organ_id=organ.pk, after=after, touched=[unit]))
    return unit


@transaction.atomic
def rename_unit(*, by: Staff, unit: Unit, name: str, position: int | None = None) -> Unit:
    """Another name, another place in the list. By the organ's administrator."""
    by, unit = _begun(by, unit)
    before = {"name": unit.name, "position": unit.position}
    unit.name = name.strip()
    unit.position = unit.position if position is None else position
    checked(unit)
    saved(unit, WorkError(*_TAKEN, field="name"), ["name", "position"])
    after = {"name": unit.name, "position": unit.position}
    change = Change("organs.unit_renamed", by, unit, organ_id=unit.organ_id, before=before, after=after)
    change.touched = [unit]
    append(change)
    return unit


@transaction.atomic
def close_unit(*, by: Staff, unit: Unit) -> Unit:
    """Close a unit nobody belongs to or holds a role in any more. By the organ's administrator."""
    by, unit = _begun(by, unit)
    held = Appointment.objects.filter(Q(until__isnull=True) | Q(until__gt=clock.today()), unit=unit)
    people = set(Staff.objects.filter(unit=unit, is_active=True).values_list("name", flat=True))
    people |= set(held.values_list("staff__name", flat=True))
    if people:
        names = "、".join(sorted(people)[:5])
        zh = f"{unit}还有人员或者任职（{names}），不能停用。请先把他们调到别的科室，或者终止任职。"
        raise WorkError("unit_in_use", zh, f"People still belong to the unit: {names}.")
    unit.is_active = False
    unit.is_disclosure_office = False
    unit.save(update_fields=["is_active", "is_disclosure_office"])
    after = {"is_active": False}
    append(Change("organs.unit_closed", by, unit, organ_id=unit.organ_id, after=after, touched=[unit]))
    return unit


@transaction.atomic
def name_disclosure_office(*, by: Staff, unit: Unit) -> Unit:
    """Make a unit the organ's disclosure office instead of the one that was (REG.4). By the administrator."""
    by, unit = _begun(by, unit)
    previous = Unit.objects.select_for_update().filter(organ=unit.organ_id, is_disclosure_office=True)
    touched = list(previous.exclude(pk=unit.pk))
    for one in touched:
        one.is_disclosure_office = False
        one.save(update_fields=["is_disclosure_office"])
    unit.is_disclosure_office = True
    unit.save(update_fields=["is_disclosure_office"])
    change = Change("organs.disclosure_office_named", by, unit, organ_id=unit.organ_id)
    change.before, change.after = {"units": [one.pk for one in touched]}, {"unit": unit.pk}
    change.touched = [unit, *touched]
    append(change)
    return unit


def _begun(by: Staff, unit: Unit) -> tuple[Staff, Unit]:
    organ = locked_organ(unit.organ_id)
    by = allowed(by, may_manage_organ, organ)
    unit = Unit.objects.select_for_update().get(pk=unit.pk, organ=organ)
    if not unit.is_active:
        raise WorkError("unit_closed", f"{unit}已经停用。", "The unit is closed.")
    return by, unit
