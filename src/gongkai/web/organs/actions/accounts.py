"""Accounts of an organ's people: opened, changed, closed, helped back in. By the organ's administrator."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from gongkai.web.audit.actions import Change, Personal, append
from gongkai.web.audit.models import Entry
from gongkai.web.config import clock
from gongkai.web.organs.actions.appointments import ended_appointments, leave_an_administrator
from gongkai.web.organs.actions.grounds import (
    allowed,
    checked,
    differences,
    locked_organ,
    needs_reason,
    not_stale,
    saved,
)
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Appointment, Organ, PastPassword, Staff, Unit
from gongkai.web.organs.permissions import may_manage_organ
from gongkai.web.organs.signing_in import lockout
from gongkai.web.organs.signing_in.keeping import end_sessions
from gongkai.web.organs.signing_in.passwords import temporary_password

_PERSONAL = frozenset({"name", "email"})
_TAKEN = ("username_taken", "这个登录名已有人使用，请换一个。", "The user name is taken.")


@transaction.atomic
def open_account(
    *, by: Staff, organ: Organ, username: str, name: str, unit: Unit | None = None, email: str = ""
) -> tuple[Staff, str]:
    """An account at the administrator's own organ: the person, and a temporary password to be told once.

    The person must choose another at the first sign-in. The account may do nothing until it is appointed.
    """
    organ = locked_organ(organ)
    by = allowed(by, may_manage_organ, organ)
    if not organ.is_active:
        raise WorkError("organ_closed", f"{organ}已停用。", "The organ is closed.")
    return added_account(by, organ, username=username, name=name, unit=unit, email=email)


def added_account(
    by: Staff | None, organ: Organ, *, username: str, name: str, unit: Unit | None = None, email: str = ""
) -> tuple[Staff, str]:
    """Write and enter a new account. For actions that have checked who may."""
    check_unit(organ, unit)
    password = temporary_password()
    staff = Staff(
        username=Staff.normalize_username(username),
        name=name.strip(),
        organ=organ,
        unit=unit,
        email=email.strip(),
    )
    staff.set_password(password)
    staff.must_change_password, staff.password_changed_at = True, clock.now()
    checked(staff, leave_out=("password",))
    saved(staff, WorkError(*_TAKEN, field="username"))
    after = {
        "username": Personal(staff.username),
        "name": Personal(staff.name),
        "unit": unit.pk if unit else None,
    }
    append(Change("organs.account_opened", by, staff, organ_id=organ.pk, after=after, touched=[staff]))
    return staff, password


def check_unit(organ: Organ, unit: Unit | None) -> None:
    """Whether the unit is an open one of that organ."""
    if unit is not None and not Unit.objects.filter(pk=unit.pk, organ=organ, is_active=True).exists():
        raise WorkError(
            "unit_of_another_organ", "请选择本机关启用的科室。", "Choose a unit of the organ.", field="unit"
        )


@transaction.atomic
def change_account(
    *, by: Staff, staff: Staff, name: str, unit: Unit | None = None, email: str = "", seen: str = ""
) -> Staff:
    """Another name, unit or address. By the administrator of the person's organ.

    Nobody is moved to another organ: what was done at one stays with the account; open a new one there.
    """
    by, organ, staff = _begun(by, staff)
    not_stale(staff, seen, f"{staff}的账号")
    check_unit(organ, unit)
    facts = {"name": name.strip(), "unit": unit, "email": email.strip()}
    before, after = differences(staff, facts, _PERSONAL)
    if after:
        checked(staff, leave_out=("password",))
        staff.save(update_fields=["name", "unit", "email"])
        change = Change("organs.account_changed", by, staff, organ_id=organ.pk, before=before, after=after)
        change.touched = [staff]
        append(change)
    return staff


@transaction.atomic
def close_account(*, by: Staff, staff: Staff, why: str) -> Staff:
    """Close an account: its sessions and its appointments end at once. By the administrator of its organ.

    Nobody closes his own; the organ keeps an administrator.
    """
    by, organ, staff = _begun(by, staff)
    reason = needs_reason(why)
    _not_oneself(by, staff, "停用自己的账号")
    if not staff.is_active:
        raise WorkError("account_closed", f"{staff}的账号已经停用。", "The account is closed already.")
    leave_an_administrator(organ, without=Appointment.objects.filter(staff=staff))
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    touched = [staff, *ended_appointments(Appointment.objects.filter(staff=staff))]
    after = {
        "is_active": False,
        "sessions_ended": end_sessions(staff),
        "appointments_ended": len(touched) - 1,
    }
    change = Change("organs.account_closed", by, staff, organ_id=organ.pk, after=after, why=reason)
    change.touched = touched
    append(change)
    return staff


@transaction.atomic
def reset_password(*, by: Staff, staff: Staff) -> str:
    """A new temporary password, to be told once; sessions end. By the administrator of the person's organ.

    The same administrator does not take away a person's second factor as well before that person has signed
    in again: with both in one hand an administrator could sign in as the secrecy officer [D].
    """
    by, organ, staff = _begun(by, staff)
    _not_oneself(by, staff, "重置自己的密码")
    _open_account(staff)
    _two_administrators(by, staff, "organs.second_factor_reset")
    password = temporary_password()
    _remember(staff)
    staff.set_password(password)
    staff.must_change_password, staff.password_changed_at = True, clock.now()
    staff.save(update_fields=["password", "must_change_password", "password_changed_at"])
    lockout.unlock(staff.username)
    after = {"sessions_ended": end_sessions(staff)}
    append(Change("organs.password_reset", by, staff, organ_id=organ.pk, after=after, touched=[staff]))
    return password


@transaction.atomic
def reset_second_factor(*, by: Staff, staff: Staff, why: str) -> int:
    """Take away code generator, passkeys and recovery codes; sessions end. Gives how many there were.

    By the administrator of the person's organ, not the one who has just reset the password (see there).
    """
    by, organ, staff = _begun(by, staff)
    reason = needs_reason(why)
    _not_oneself(by, staff, "重置自己的第二重验证")
    _open_account(staff)
    _two_administrators(by, staff, "organs.password_reset")
    removed = int(Authenticator.objects.filter(user=staff).delete()[0])
    after = {"removed": removed, "sessions_ended": end_sessions(staff)}
    change = Change("organs.second_factor_reset", by, staff, organ_id=organ.pk, after=after, why=reason)
    append(change)
    return removed


@transaction.atomic
def unlock_account(*, by: Staff, staff: Staff) -> Staff:
    """Let a person sign in who is locked out after failures. By the administrator of the person's organ."""
    by, organ, staff = _begun(by, staff)
    after = {"failures_forgotten": lockout.unlock(staff.username)}
    append(Change("organs.account_unlocked", by, staff, organ_id=organ.pk, after=after))
    return staff


def _begun(by: Staff, staff: Staff) -> tuple[Staff, Organ, Staff]:
    """The organ locked, the administrator allowed, the account locked.

    An account that keeps the installation's settings is nobody's in an organ: the command line resets it.
    """
    if staff.organ_id is None:
        raise NotAllowed
    organ = locked_organ(staff.organ_id)
    by = allowed(by, may_manage_organ, organ)
    staff = Staff.objects.select_for_update(of=("self",)).get(pk=staff.pk)
    if staff.organ_id != organ.pk or staff.is_superuser or staff.is_staff:
        raise NotAllowed
    return by, organ, staff


def _not_oneself(by: Staff, staff: Staff, what: str) -> None:
    if by.pk == staff.pk:
        raise WorkError(
            "not_oneself", f"不能{what}，请由另一位管理员办理。", "Another administrator must do this."
        )


def _open_account(staff: Staff) -> None:
    if not staff.is_active:
        raise WorkError("account_closed", f"{staff}的账号已经停用。", "The account is closed.")


def _two_administrators(by: Staff, staff: Staff, other: str) -> None:
    """WorkError if the same administrator has done `other` to the account since the person last signed in."""
    entries = Entry.objects.filter(
        subject_type="organs.staff", subject_id=staff.pk, action=other, actor_id=by.pk
    )
    latest = entries.order_by("-number").values_list("at", flat=True).first()
    if latest is not None and (staff.last_login is None or staff.last_login < latest):
        raise WorkError(
            "second_administrator_needed",
            "密码和第二重验证不能由同一位管理员先后重置：须等本人登录之后，或者由另一位管理员办理。",
            "One administrator does not reset both the password and the second factor of a person.",
        )


def _remember(staff: Staff) -> None:
    """Keep the hash of the password that is being replaced."""
    if staff.has_usable_password() and not staff.must_change_password:
        PastPassword.objects.create(staff=staff, password=staff.password, until=clock.now())
