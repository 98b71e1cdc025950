"""Who holds which role, where, from when to when."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from gongkai.web.organs.models.organs import Organ, Unit
from gongkai.web.organs.models.staff import Staff


class Role(models.TextChoices):
    """What a person can be appointed to (REG.4, REG.17, REG.47; three signatures in practice)."""

    CLERK = "clerk", "经办人"
    UNIT_HEAD = "unit_head", "科室负责人"
    SECRECY_OFFICER = "secrecy_officer", "保密审查员"
    LEADER = "leader", "分管领导"
    DISCLOSURE_OFFICE = "disclosure_office", "公开工作机构"
    SUPERVISING_AUTHORITY = "supervising_authority", "主管部门"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "管理员"


# These hold for an organ's whole area, the organs below it included.
AREA_ROLES = frozenset({Role.SUPERVISING_AUTHORITY})
# These hold for one unit; without a unit, for the whole organ.
UNIT_ROLES = frozenset({Role.CLERK, Role.UNIT_HEAD})


class Appointment(models.Model):
    """A role held at an organ, and in a unit of it where the role is a unit's.

    `since`: the first day it is held. `until`: the first day it is held no longer, so that an appointment
    ended today ends at once.
    """

    is_tracked = True

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="appointments", verbose_name="人员")
    role = models.CharField("角色", max_length=30, choices=Role.choices)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="appointments", verbose_name="机关")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="科室"
    )
    since = models.DateField("自")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        ordering = ("organ", "role", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="appointment_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["staff", "role", "organ", "unit"],
                condition=Q(until__isnull=True, unit__isnull=False),
                name="one_open_appointment_in_a_unit",
            ),
            models.UniqueConstraint(
                fields=["staff", "role", "organ"],
                condition=Q(until__isnull=True, unit__isnull=True),
                name="one_open_appointment_in_an_organ",
            ),
        )

    def __str__(self) -> str:
        return f"{self.staff} · {self.get_role_display()} · {self.unit or self.organ}"

    def holds_on(self, day: dt.date) -> bool:
        return bool(self.since <= day and (self.until is None or day < self.until))
