"""What is done inside: tasks to units, notes, legal opinions, fees; and what readers found without asking."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.requests.models.cases import Case


class NoteKind(models.TextChoices):
    NOTE = "note", _("内部备注")
    LEGAL_OPINION = "legal-opinion", _("法律意见")


class Note(models.Model):
    """An internal note, sealed: it may name somebody."""

    is_tracked = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes", verbose_name="申请")
    kind = models.CharField("类别", max_length=14, choices=NoteKind.choices, default=NoteKind.NOTE)
    uid = models.UUIDField(unique=True, editable=False)
    words = models.TextField("内容（加密）")
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="书写人")
    written_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "备注"
        verbose_name_plural = "备注"
        ordering = ("case", "id")


class Task(models.Model):
    """A question to a unit with a due day, and its answer."""

    is_tracked = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks", verbose_name="申请")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="科室")
    uid = models.UUIDField(unique=True, editable=False)
    question = models.TextField("要求（加密）")
    due_on = models.DateField("应答复日期")
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("交办时间")
    answer = models.TextField("答复（加密）", blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        verbose_name = "交办"
        verbose_name_plural = "交办"
        ordering = ("case", "id")
        indexes = (
            models.Index(
                fields=["organ", "unit", "due_on"],
                condition=Q(answered_at__isnull=True, cancelled_at__isnull=True),
                name="case_tasks_open",
            ),
        )


class FeeNotice(models.Model):
    """The fee asked for on a case (FEE.3 to FEE.6), and what was paid. Yuan."""

    is_tracked = True

    case = models.OneToOneField(Case, models.PROTECT, related_name="fee", verbose_name="申请")
    basis = models.CharField("计收方式", max_length=4)  # statute.fees.FeeBasis
    count = models.PositiveIntegerField("件数或者页数")
    after = models.PositiveIntegerField("本月此前件数", default=0)
    amount = models.DecimalField("金额", max_digits=12, decimal_places=2)
    notified_on = models.DateField("通知日期", null=True, blank=True)
    paid = models.DecimalField("已缴", max_digits=12, decimal_places=2, default=0)
    paid_on = models.DateField("缴清日期", null=True, blank=True)
    receipt_number = models.CharField("财政票据号", max_length=60, blank=True)

    class Meta:
        verbose_name = "信息处理费"
        verbose_name_plural = "信息处理费"


class FoundInstead(models.Model):
    """How often what is public already was shown, opened, and made a request needless. A count a day."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organ", "on"], name="found_instead_once_a_day"),)


class StagedFile(models.Model):
    """A file sent with a form that is not finished: sealed under a key that only the form carries."""

    token = models.CharField(max_length=64, primary_key=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    until = models.DateTimeField(db_index=True)
