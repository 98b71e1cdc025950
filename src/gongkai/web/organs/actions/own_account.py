"""What people do to their own account."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.web.audit.actions import Change, Personal, append
from gongkai.web.config import clock
from gongkai.web.organs.errors import NotAllowed, WorkError
from gongkai.web.organs.models import PastPassword, Session, Staff
from gongkai.web.organs.signing_in.keeping import end_sessions


@transaction.atomic
def change_own_password(*, by: Staff, old: str, new: str, session: str = "", address: str = "") -> Staff:
    """A new password in place of the old one; every session but `session` (its key) ends.

    `address` of the client, for the log. A wrong old password is entered too, when the caller lets the
    transaction stand: see `views.me`.
    """
    staff = Staff.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if not staff.is_active:
        raise NotAllowed
    if not staff.check_password(old):
        raise WorkError(
            "old_password_wrong", "现在的密码不对。", "The present password is wrong.", field="old"
        )
    try:
        validate_password(new, staff)
    except ValidationError as faults:
        raise WorkError("new_password_weak", "；".join(faults.messages), field="new") from faults
    if not staff.must_change_password:  # a temporary one was never the person's own
        PastPassword.objects.create(staff=staff, password=staff.password, until=clock.now())
    staff.set_password(new)
    staff.must_change_password, staff.password_changed_at = False, clock.now()
    staff.save(update_fields=["password", "must_change_password", "password_changed_at"])
    after = {"sessions_ended": end_sessions(staff, but=session), "address": Personal(address)}
    append(
        Change("organs.password_changed", staff, staff, organ_id=staff.organ_id, after=after, touched=[staff])
    )
    return staff


@transaction.atomic
def end_own_session(*, by: Staff, session: Session, address: str = "") -> None:
    """End one of one's own sessions elsewhere."""
    ended = Session.objects.filter(pk=session.pk, staff_id=by.pk).delete()[0]
    if not ended:
        raise WorkError("session_gone", "这个会话已经结束。", "The session has ended already.")
    after = {"address": Personal(address)}
    append(Change("organs.session_ended", by, by, organ_id=by.organ_id, after=after))
