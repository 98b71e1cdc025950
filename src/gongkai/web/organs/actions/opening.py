"""Organs opened, closed and moved in the tree; the first administrator of an organ."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.statute.identifiers import DEFAULT_TEMPLATE
from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.organs.actions.accounts import added_account
from gongkai.web.organs.actions.appointments import added_appointment, ended_appointments
from gongkai.web.organs.actions.grounds import (
    acting,
    allowed,
    checked,
    locked_organ,
    locked_tree,
    needs_reason,
    saved,
)
from gongkai.web.organs.actions.organ_facts import check_codes, check_level
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import Appointment, Organ, Role, Staff
from gongkai.web.organs.permissions import is_administrator_above, may_open_below
from gongkai.web.organs.queries import has_administrator
from gongkai.web.organs.signing_in.keeping import end_sessions

_DEEPEST = 250  # characters of `path`
_TAKEN = ("organ_taken", "代码或者统一社会信用代码已被其他机关使用。", "Code or credit code is taken.")


@transaction.atomic
def found_organ(
    *,
    code: str,
    name: str,
    kind: str,
    level: str,
    credit_code: str,
    short_name: str = "",
    is_fictional: bool = False,
) -> Organ:
    """The top of a new tree: from the command line alone, where nobody could yet be asked.

    A fictional organ (the sample installation) is signed in to without a second factor.
    """
    facts = {"code": code, "name": name, "kind": kind, "level": level, "credit_code": credit_code}
    seen = {"is_fictional": is_fictional, "requires_second_factor": not is_fictional}
    return _added(None, None, short_name=short_name, **facts, **seen)


@transaction.atomic
def open_organ(
    *,
    by: Staff,
    parent: Organ,
    code: str,
    name: str,
    kind: str,
    level: str,
    credit_code: str,
    short_name: str = "",
    index_template: str = DEFAULT_TEMPLATE,
    position: int = 0,
) -> Organ:
    """An organ below `parent`, opened by an administrator of `parent` or of an organ above it.

    An organ does not open itself, so somebody above must; having opened it, they may name its first
    administrator (`first_administrator`) and see nothing of what goes on inside. Whether it is fictional and
    asks for a second factor it has from its parent: no form tells that.
    """
    parent = locked_tree(parent)
    by = allowed(by, may_open_below, parent)
    if not parent.is_active:
        raise WorkError(
            "organ_closed", f"{parent}已停用，不能在其下开设机关。", "The parent is closed.", field="parent"
        )
    facts = {"code": code, "name": name, "kind": kind, "level": level, "credit_code": credit_code}
    more = {"short_name": short_name, "index_template": index_template, "position": position}
    inherited = {name: getattr(parent, name) for name in ("is_fictional", "requires_second_factor")}
    return _added(by, parent, **facts, **more, **inherited)


def _added(by: Staff | None, parent: Organ | None, **told: Any) -> Organ:
    """Make, check, place and enter an organ: the one way there is to one."""
    organ = Organ(parent=parent, **told)
    check_codes(organ)
    checked(organ, leave_out=("path",))
    check_level(organ)
    saved(organ, WorkError(*_TAKEN, field="code"))
    organ.path = f"{organ.parent.path if organ.parent else '/'}{organ.pk}/"
    _check_depth(organ.path)
    organ.save(update_fields=["path"])
    facts = ("code", "name", "kind", "level", "credit_code", "index_template", "path", "is_fictional")
    after = {name: getattr(organ, name) for name in facts}
    append(Change("organs.organ_opened", by, organ, organ_id=organ.pk, after=after, touched=[organ]))
    return organ


def _check_depth(path: str) -> None:
    if len(path) > _DEEPEST:
        raise WorkError(
            "tree_too_deep", "机关层级太多，放不下。请减少层级。", "Too many levels.", field="parent"
        )


@transaction.atomic
def first_administrator(
    *, by: Staff | None, organ: Organ, username: str, name: str, email: str = ""
) -> tuple[Staff, str]:
    """Open an account at an organ that has no administrator and appoint it: the account and its password.

    By an administrator above the organ; `by` None is the command line, for the top of a tree. Once an organ
    has an administrator nobody above appoints there: whoever could name one at will could name himself.
    """
    organ = locked_organ(organ)
    if by is not None:
        by = acting(by)
        if not is_administrator_above(by, organ):
            raise NotAllowed
    elif organ.parent_id is not None:
        raise NotAllowed
    if has_administrator(organ):
        raise WorkError(
            "has_administrator",
            f"{organ}已有管理员，人员和任职由该机关的管理员办理。",
            "The organ has an administrator: its accounts are theirs to open.",
        )
    if not organ.is_active:
        raise WorkError("organ_closed", f"{organ}已停用。", "The organ is closed.")
    staff, password = added_account(by, organ, username=username, name=name, email=email)
    appointment = Appointment(staff=staff, role=Role.ADMINISTRATOR, organ=organ, since=clock.today())
    added_appointment(by, appointment)
    return staff, password


@transaction.atomic
def move_organ(*, by: Staff, organ: Organ, parent: Organ, why: str) -> Organ:
    """Put an organ, with all below it, under another parent of the same tree.

    By an administrator of an organ above both its old and its new place. The paths of the whole subtree are
    written anew; who sees what from above changes with them.
    """
    organ = locked_tree(organ)
    parent = locked_organ(parent)
    reason = needs_reason(why)
    if parent.path.startswith(organ.path):
        raise WorkError(
            "tree_cycle",
            f"不能把{organ}移到自己或者自己的下级之下。请选择别的上级。",
            "An organ cannot be put below itself.",
            field="parent",
        )
    old = organ.parent
    by = acting(by)
    if old is None or not (may_open_below(by, old) and may_open_below(by, parent)):
        raise NotAllowed
    if not parent.is_active:
        raise WorkError("organ_closed", f"{parent}已停用。", "The new parent is closed.", field="parent")
    moved = _moved_paths(organ, parent)
    change = Change("organs.organ_moved", by, organ, organ_id=organ.pk, why=reason, touched=moved)
    change.before, change.after = {"parent": old.pk}, {"parent": parent.pk, "organs": len(moved)}
    append(change)
    return organ


def _moved_paths(organ: Organ, parent: Organ) -> list[Organ]:
    old_path, new_path = organ.path, f"{parent.path}{organ.pk}/"
    below = Organ.objects.select_for_update().filter(path__startswith=old_path).exclude(pk=organ.pk)
    moved = [organ, *below.order_by("pk")]
    organ.parent = parent
    for one in moved:
        one.path = new_path + one.path.removeprefix(old_path)
        _check_depth(one.path)
    organ.save(update_fields=["parent"])
    Organ.objects.bulk_update(moved, ["path"], batch_size=200)
    return moved


@transaction.atomic
def close_organ(*, by: Staff, organ: Organ, why: str) -> Organ:
    """Close an organ: its accounts are closed, its appointments end, its records stay as they are.

    By an administrator of an organ above it; only when nothing open lies below it.
    """
    organ = locked_tree(organ)
    by = allowed(by, is_administrator_above, organ)
    reason = needs_reason(why)
    if not organ.is_active:
        raise WorkError("organ_closed", f"{organ}已经停用。", "The organ is closed already.")
    if Organ.objects.filter(parent=organ, is_active=True).exists():
        raise WorkError(
            "organs_below", f"{organ}之下还有启用的机关，请先停用它们。", "Close the organs below it first."
        )
    touched: list[Any] = [organ]
    organ.is_active = False
    organ.save(update_fields=["is_active"])
    touched += ended_appointments(Appointment.objects.filter(organ=organ))
    for staff in (
        Staff.objects.select_for_update(of=("self",)).filter(organ=organ, is_active=True).order_by("pk")
    ):
        staff.is_active = False
        staff.save(update_fields=["is_active"])
        end_sessions(staff)
        touched.append(staff)
    after = {"is_active": False, "rows": len(touched) - 1}
    append(
        Change("organs.organ_closed", by, organ, organ_id=organ.pk, after=after, why=reason, touched=touched)
    )
    return organ
