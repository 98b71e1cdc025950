"""The dated facts of a case that its clock runs on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.statute.clock import EventKind, Way
from gongkai.web.organs.models import Staff
from gongkai.web.requests.models.cases import Case

KINDS = [(one.value, one.zh) for one in EventKind]
WAYS = [(one.value, one.zh) for one in Way]


class CaseEvent(models.Model):
    """One fact (`statute.clock.Event`). Never changed: a slip is voided, with a reason, and written anew."""

    is_tracked = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name="申请")
    kind = models.CharField("事项", max_length=24, choices=KINDS)
    on = models.DateField("日期")
    party = models.CharField("对象", max_length=20, blank=True)
    until = models.DateField("期限", null=True, blank=True)
    days = models.PositiveSmallIntegerField("工作日数", null=True, blank=True)
    way = models.CharField("送达方式", max_length=12, choices=WAYS, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人"
    )
    voided_at = models.DateTimeField("更正时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="更正人"
    )
    void_reason = models.CharField("更正理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "办理事项"
        verbose_name_plural = "办理事项"
        ordering = ("case", "on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False, void_reason__gt=""),
                name="event_voided_wholly_or_not",
            ),
        )
