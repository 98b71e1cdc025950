"""Who a user name and a password belong to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.utils import timezone

from gongkai.web.organs.models import Staff


class StaffBackend(AuthenticationBackend):
    """Password sign-in of staff with an open account.

    A closed account and a temporary password past its days are answered like a wrong password: nobody learns
    from the sign-in page which names there are.
    """

    def get_user(self, user_id: Any) -> Staff | None:
        people = Staff.objects.select_related("organ", "unit").defer("organ__emblem")
        return people.filter(pk=user_id, is_active=True).first()

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user.is_active) and not temporary_password_is_over(user)

    @classmethod
    def _stash_user(cls, user: Any) -> Any:
        """The library keeps closed accounts aside to show them a page of their own: not here."""
        return super()._stash_user(None)


def temporary_password_is_over(staff: Staff) -> bool:
    """Whether a password made by an administrator was never replaced in the days it is good for [D]."""
    if not staff.must_change_password or staff.password_changed_at is None:
        return False
    return bool(
        timezone.now() - staff.password_changed_at > dt.timedelta(days=settings.TEMPORARY_PASSWORD_DAYS)
    )


def password_is_over(staff: Staff) -> bool:
    """Whether the person must choose a new password before anything else."""
    if staff.must_change_password:
        return True
    age = staff.password_age(timezone.now())
    return bool(settings.PASSWORD_DAYS and age is not None and age.days >= settings.PASSWORD_DAYS)
