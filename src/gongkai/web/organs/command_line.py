"""What the command line does about organs and accounts: the first of all, and the way back in.

Called by `gongkai …` (cli.py) where the machine's own keeper sits; nothing here is reached from the web.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.statute.remedies import OrganKind, kind_name
from gongkai.web.audit.actions import Change, append
from gongkai.web.config import clock
from gongkai.web.organs.actions.grounds import checked
from gongkai.web.organs.actions.opening import first_administrator, found_organ
from gongkai.web.organs.actions.organ_facts import check_codes
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.queries import organ_by_code
from gongkai.web.organs.signing_in import lockout
from gongkai.web.organs.signing_in.keeping import end_sessions
from gongkai.web.organs.signing_in.passwords import temporary_password


@transaction.atomic
def make_administrator(
    username: str,
    name: str,
    organ_code: str,
    *,
    organ_name: str = "",
    kind: str = "government",
    level: str = "county",
    credit_code: str = "",
    is_fictional: bool = False,
) -> tuple[Staff, str]:
    """The first administrator of an organ at the top of a tree: the account and its one-time password.

    The organ is made if there is none of that code; then `organ_name` and `credit_code` are needed. Raises
    WorkError (`has_administrator` when there is one: administrators are appointed on the web from then on).
    """
    organ = organ_by_code(organ_code)
    if organ is None:
        refuse_second_top()
        if not organ_name or not credit_code:
            raise WorkError(
                "organ_unknown",
                f"还没有代码为 {organ_code} 的机关：新建时须给出机关名称和统一社会信用代码。",
                f"There is no organ {organ_code}: give its name and credit code to make it.",
            )
        organ = found_organ(
            code=organ_code,
            name=organ_name,
            kind=kind,
            level=level,
            credit_code=credit_code,
            is_fictional=is_fictional,
        )
    return first_administrator(by=None, organ=organ, username=username, name=name)


_ASKED = {"organ": "code", "organ_name": "name", "credit_code": "credit_code", "kind": "kind"}


def faults_of_answer(what: str, answer: str) -> list[WorkError]:
    """What is wrong with one answer of the set-up, told before the next question; [] for one that holds.

    `what`: `organ` (its code), `organ_name`, `credit_code`, `kind`, `username`, `name`.
    """
    if what == "kind" and answer not in {one.value for one in OrganKind}:
        kinds = "、".join(f"{one.value} {kind_name(one)[0]}" for one in OrganKind)
        english = ", ".join(one.value for one in OrganKind)
        return [WorkError("kind_unknown", f"机关类别须是其中之一：{kinds}。", f"One of: {english}.")]
    row: Organ | Staff
    if what in _ASKED:
        field, row = _ASKED[what], Organ(**{_ASKED[what]: answer})
    else:
        field, row = what, Staff(**{what: Staff.normalize_username(answer) if what == "username" else answer})
    others = {one.name for one in row._meta.get_fields()} - {field}
    try:
        if isinstance(row, Organ) and what == "credit_code":
            check_codes(row)
        if what == "organ":  # an organ of that code may be there: its administrator is made then
            row.clean_fields(exclude=others)
        else:
            checked(row, leave_out=others)
    except Invalid as wrong:
        return wrong.faults
    except WorkError as wrong:
        return [wrong]
    except ValidationError as wrong:
        return [WorkError("invalid", "".join(wrong.messages), "".join(wrong.messages), field=field)]
    return []


def refuse_second_top() -> None:
    """WorkError `has_organs` where an installation has its organs: others are opened on the web, below them.

    It names the data, since a forgotten GONGKAI_DATA leads to another installation's.
    """
    top = Organ.objects.filter(parent__isnull=True).order_by("pk").first()
    if top is not None:
        raise WorkError(
            "has_organs",
            f"这个安装（{settings.DATA}）已有机关“{top.name}”。下级机关由它的管理员在“设置”中开设；"
            "要新装一个，请把 GONGKAI_DATA 设为另一个文件夹。",
            f"This installation ({settings.DATA}) has the organ {top.name}. Organs below it are opened in "
            "its settings; for another installation set GONGKAI_DATA to another folder.",
        )


@transaction.atomic
def make_keeper(username: str, name: str) -> tuple[Staff, str]:
    """An account for Django's admin, which holds the installation's settings and lock-outs: it belongs to no
    organ, holds no role and sees no record. Signed in to with a second factor."""
    staff = Staff(username=Staff.normalize_username(username), name=name, is_staff=True, is_superuser=True)
    password = _given_temporary_password(staff)
    checked(staff, leave_out=("password",))
    staff.save()
    append(Change("organs.keeper_made", None, staff, touched=[staff]))
    return staff, password


@transaction.atomic
def reset_account(username: str, *, second_factor: bool = False) -> tuple[Staff, str]:
    """A new one-time password, and with `second_factor` none of the old factors: for the only administrator
    who has lost the way in, and for keepers. The log says that the command line did it."""
    staff = (
        Staff.objects.select_for_update(of=("self",))
        .filter(username=Staff.normalize_username(username))
        .first()
    )
    if staff is None or not staff.is_active:
        raise WorkError("account_unknown", f"没有启用的账号 {username}。", f"No open account {username}.")
    password = _given_temporary_password(staff)
    staff.save(update_fields=["password", "must_change_password", "password_changed_at"])
    removed = Authenticator.objects.filter(user=staff).delete()[0] if second_factor else 0
    lockout.unlock(staff.username)
    after = {"sessions_ended": end_sessions(staff), "factors_removed": removed}
    append(Change("organs.account_reset", None, staff, organ_id=staff.organ_id, after=after, touched=[staff]))
    return staff, password


def _given_temporary_password(staff: Staff) -> str:
    password = temporary_password()
    staff.set_password(password)
    staff.must_change_password, staff.password_changed_at = True, clock.now()
    return password
