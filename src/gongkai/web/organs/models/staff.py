"""The people who sign in: each belongs to one organ, and to a unit of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.web.organs.models.organs import Organ, Unit

if TYPE_CHECKING:
    from gongkai.web.organs.models.appointments import Appointment

_NAME = RegexValidator(r"^[\w.@-]{3,60}$", _("登录名 3 至 60 位，用字母、数字、汉字和 . @ - _。"))


class StaffManager(BaseUserManager["Staff"]):
    """Makes accounts for Django's own commands; people make them through `organs.actions`."""

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> Staff:
        made = self.model(username=self.model.normalize_username(username), **facts)
        made.set_password(password)
        with transaction.atomic(using=self._db):
            made.save(using=self._db)
            # Imported here: the log knows people, not the other way round.
            from gongkai.web.audit.actions import Change, append

            append(Change("organs.account_made", None, made, organ_id=made.organ_id, touched=[made]))
        return made

    def create_superuser(self, username: str, password: str | None = None, **facts: Any) -> Staff:
        """An account that keeps the installation's settings. It holds no role and reviews nothing."""
        return self.create_user(username, password, **{**facts, "is_staff": True, "is_superuser": True})


class Staff(AbstractBaseUser, PermissionsMixin):
    """Someone with an account. What they may do is said by their appointments, never by a flag here.

    `is_staff` and `is_superuser` open Django's admin, which holds settings only.
    """

    is_tracked = True
    # Signing in is an entry of its own. The password's hash has a salt: the row's digest tells nothing of it.
    untracked = frozenset({"last_login"})
    # What people change themselves while an administrator has their account open (actions.grounds).
    unseen = frozenset({"password", "password_changed_at", "must_change_password"})

    # Set by queries.staff_of and queries.person.
    has_second_factor: bool
    is_locked: bool
    held: list[Appointment]

    username = models.CharField("登录名", max_length=60, unique=True, validators=[_NAME])
    name = models.CharField("姓名", max_length=40)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name="机关"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name="科室"
    )
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_staff = models.BooleanField("可进设置后台", default=False)
    joined_at = models.DateTimeField("建立时间", default=timezone.now)
    password_changed_at = models.DateTimeField("密码更改时间", null=True, blank=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)

    objects = StaffManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]  # noqa: RUF012 - as Django declares it

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ("organ", "unit", "id")

    def __str__(self) -> str:
        return str(self.name or self.username)

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """One spelling of each name: full-width and capital letters are no other person."""
        return str(super().normalize_username(str(username).strip())).lower()

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password. A hash made in an older way is made anew then, and that is entered."""
        return check_password(raw_password, self.password, self._hash_anew)

    def _hash_anew(self, raw_password: str) -> None:
        from gongkai.web.audit.actions import Change, append

        with transaction.atomic():
            row = Staff.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if row.password == self.password:  # else it was changed just now
                row.password = make_password(raw_password)
                row.save(update_fields=["password"])
                append(Change("organs.password_rehashed", None, row, organ_id=row.organ_id, touched=[row]))
            self.password = row.password

    def get_full_name(self) -> str:
        return str(self.name)

    def get_short_name(self) -> str:
        return str(self.name)

    def appointments_today(self) -> tuple[Appointment, ...]:
        """What this person is appointed to today: one query, asked once for each person loaded."""
        known: tuple[Appointment, ...] | None = getattr(self, "_appointments", None)
        if known is None:
            today = timezone.localdate()
            held = self.appointments.select_related("organ", "unit")
            rows = held.defer("organ__emblem")
            known = tuple(one for one in rows if one.holds_on(today)) if self.is_active else ()
            self._appointments = known
        return known

    def forget_appointments(self) -> None:
        """After an appointment has changed."""
        for name in ("_appointments", "_hands"):
            self.__dict__.pop(name, None)

    def password_age(self, now: dt.datetime) -> dt.timedelta | None:
        return now - self.password_changed_at if self.password_changed_at else None
