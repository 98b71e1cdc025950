"""Who is appointed to what: by the organ's administrator, with the duties kept apart."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.organs.actions.grounds import allowed, checked, locked_organ, saved
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Appointment, Organ, Role, Staff, Unit
from gongkai.web.organs.models.appointments import UNIT_ROLES
from gongkai.web.organs.permissions import may_manage_organ
from gongkai.web.organs.queries import administrators

# Whoever says who signs must not sign, nor look after himself [D: separation of duties]: an administrator who
# could appoint himself to these would take a record through every review alone, and audit it after.
APART_FROM_ADMINISTRATOR = frozenset({Role.SECRECY_OFFICER, Role.LEADER, Role.AUDITOR})
# No appointment is ended further ahead than this: such a year is a slip of the hand.
_MOST_YEARS = 50
NOT_FOR_ONESELF = APART_FROM_ADMINISTRATOR | {Role.SUPERVISING_AUTHORITY, Role.ADMINISTRATOR}


@transaction.atomic
def appoint(
    *,
    by: Staff,
    staff: Staff,
    role: Role | str,
    organ: Organ,
    unit: Unit | None = None,
    since: dt.date | None = None,
) -> Appointment:
    """Appoint one of the organ's own people to a role at it, from a day on (today). By its administrator.

    Nobody of another organ is appointed: that organ's administrator, who can reset the person's password,
    would have a way in. Nobody appoints himself to `NOT_FOR_ONESELF`; an administrator does not at the same
    time hold one of `APART_FROM_ADMINISTRATOR` in the same organ.
    """
    organ = locked_organ(organ)
    by = allowed(by, may_manage_organ, organ)
    role = _known(role)
    staff = _of_this_organ(staff, organ)
    if by.pk == staff.pk and role in NOT_FOR_ONESELF:
        raise WorkError(
            "not_oneself",
            f"不能任命自己为{role.label}，请由另一位管理员办理。",
            "Nobody appoints himself to this role.",
            field="role",
        )
    _check_unit(organ, role, unit)
    appointment = Appointment(staff=staff, role=role, organ=organ, unit=unit, since=since or clock.today())
    return added_appointment(by, appointment)


def added_appointment(by: Staff | None, appointment: Appointment) -> Appointment:
    """Write and enter an appointment. For actions that have checked who may."""
    _check_apart(appointment)
    checked(appointment)
    taken = WorkError(
        "already_appointed",
        f"{appointment.staff}已经担任这一角色。",
        "The person holds the role already.",
        field="role",
    )
    saved(appointment, taken)
    facts = ("staff_id", "role", "unit_id", "since")
    change = Change("organs.appointed", by, appointment, organ_id=appointment.organ_id, touched=[appointment])
    change.after = {name: getattr(appointment, name) for name in facts}
    append(change)
    return appointment


@transaction.atomic
def end_appointment(*, by: Staff, appointment: Appointment, last_day: dt.date | None = None) -> Appointment:
    """End an appointment: at once, or after `last_day`. By the organ's administrator.

    The organ keeps an administrator: the last one's appointment ends when another has been appointed.
    """
    organ = locked_organ(appointment.organ_id)
    by = allowed(by, may_manage_organ, organ)
    held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk, organ=organ)
    today = clock.today()
    if last_day is not None and last_day.year > today.year + _MOST_YEARS:
        raise WorkError(
            "last_day_impossible",
            f"最后一天 {last_day} 不合理，请核对年份。",
            "Check the year.",
            field="last_day",
        )
    if held.until is not None and held.until <= today:
        raise WorkError("appointment_ended", "这项任职已经终止。", "The appointment has ended already.")
    until = today if last_day is None else last_day + dt.timedelta(days=1)
    if last_day is not None and until <= today:
        raise WorkError(
            "last_day_past",
            "最后一天不能早于今天；要立即终止，请不填日期。",
            "The last day is past.",
            field="last_day",
        )
    if held.role == Role.ADMINISTRATOR:
        leave_an_administrator(organ, without=Appointment.objects.filter(pk=held.pk))
    before = {"until": held.until}
    held.until = max(until, held.since)
    held.save(update_fields=["until"])
    change = Change("organs.appointment_ended", by, held, organ_id=organ.pk, before=before, touched=[held])
    change.after = {"until": held.until, "staff_id": held.staff_id, "role": held.role}
    append(change)
    return held


def ended_appointments(appointments: QuerySet[Appointment]) -> list[Appointment]:
    """End at once all of these that are held or to come; gives them. For actions that log it."""
    today = clock.today()
    ended = []
    still = appointments.filter(Q(until__isnull=True) | Q(until__gt=today)).select_for_update(of=("self",))
    for one in still.order_by("pk"):
        one.until = max(today, one.since)
        one.save(update_fields=["until"])
        ended.append(one)
    return ended


def leave_an_administrator(organ: Organ, *, without: QuerySet[Appointment]) -> None:
    """WorkError if nobody would administer the organ `without` these. The organ must be locked."""
    held = administrators(organ)
    if held.filter(pk__in=without).exists() and not held.exclude(pk__in=without).exists():
        raise WorkError(
            "last_administrator",
            f"{organ}只有这一位管理员。请先任命另一位管理员，再办理。",
            "The organ would be left without an administrator: appoint another first.",
        )


def _known(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise WorkError("role_unknown", "没有这种角色。", "No such role.", field="role") from None


def _of_this_organ(staff: Staff, organ: Organ) -> Staff:
    found = Staff.objects.select_for_update(of=("self",)).filter(pk=staff.pk, organ=organ).first()
    if found is None or not found.is_active:
        raise WorkError(
            "staff_of_another_organ",
            "只能任命本机关启用账号的人员。",
            "Appoint the organ's own people.",
            field="staff",
        )
    return found


def _check_unit(organ: Organ, role: Role, unit: Unit | None) -> None:
    if unit is None:
        return
    if role not in UNIT_ROLES:
        zh = f"{role.label}是整个机关的角色，不要选科室。"
        raise WorkError("role_of_the_whole_organ", zh, "This role is the whole organ's.", field="unit")
    if not Unit.objects.filter(pk=unit.pk, organ=organ, is_active=True).exists():
        raise WorkError(
            "unit_of_another_organ", "请选择本机关启用的科室。", "Choose a unit of the organ.", field="unit"
        )


def _check_apart(appointment: Appointment) -> None:
    """An administrator and a signer or auditor are two people, also in days to come."""
    if appointment.role == Role.ADMINISTRATOR:
        apart = APART_FROM_ADMINISTRATOR
    elif appointment.role in APART_FROM_ADMINISTRATOR:
        apart = frozenset({Role.ADMINISTRATOR})
    else:
        return
    held = Appointment.objects.filter(staff=appointment.staff, organ=appointment.organ, role__in=apart)
    clash = held.filter(Q(until__isnull=True) | Q(until__gt=appointment.since)).first()
    if clash is not None:
        now, new = clash.get_role_display(), Role(appointment.role).label
        raise WorkError(
            "duties_apart",
            f"{appointment.staff}现任{now}，不能同时担任{new}：管理人员任职的人，不能参加审查或者审计。",
            "An administrator does not sign or audit in the same organ.",
            field="role",
        )
