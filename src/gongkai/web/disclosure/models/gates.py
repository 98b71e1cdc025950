"""What must be settled with others before publication (REG.11, REG.17, REG.34)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.disclosure.models.records import Record
from gongkai.web.organs.models import Organ, Staff


class GateKind(models.TextChoices):
    CONSULT_ORGAN = "consult_organ", "征求其他机关意见"  # REG.11.1
    APPROVAL = "approval_required", "报批准"  # REG.11.2
    SECRECY_REFERRAL = "secrecy_referral", "报保密行政管理部门确定"  # REG.17.3


class GateResult(models.TextChoices):
    AGREED = "agreed", "同意公开"
    REFUSED = "refused", "不同意公开"
    NOT_NEEDED = "not_needed", "不再需要"


class Gate(models.Model):
    """One consultation or approval: until it is answered with consent, the record is not published."""

    is_tracked = True

    record = models.ForeignKey(Record, models.PROTECT, related_name="gates", verbose_name="信息")
    kind = models.CharField("事项", max_length=20, choices=GateKind.choices)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对方机关"
    )
    organ_name = models.CharField("对方机关名称", max_length=120)
    question = models.TextField("征求意见的内容")
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    opened_on = models.DateField("发出日期")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.CharField("结果", max_length=12, choices=GateResult.choices, blank=True)
    answer = models.TextField("答复内容", blank=True)
    document = models.CharField("答复文号", max_length=80, blank=True)

    class Meta:
        verbose_name = "会商与批准"
        verbose_name_plural = "会商与批准"
        ordering = ("record", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(result="", answered_on__isnull=True)
                | Q(result__gt="", answered_on__isnull=False),
                name="gate_answered_wholly_or_not",
            ),
        )
        indexes = (
            # What is still open, the oldest first: few among many.
            models.Index(fields=["opened_on", "id"], condition=Q(result=""), name="gates_open"),
        )
