"""What readers say of a page: whether it helped, and what is wrong with it. Never who."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.participation.models.consultations import new_nonce


class Helpfulness(models.Model):
    """How often readers found a record helpful, and how often not. A count, and nothing of who counted."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="helpfulness", verbose_name="信息")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    helped = models.PositiveBigIntegerField("有帮助", default=0)
    not_helped = models.PositiveBigIntegerField("没有帮助", default=0)

    class Meta:
        verbose_name = "页面评价"
        verbose_name_plural = "页面评价"
        indexes = (models.Index(fields=["organ", "-not_helped", "-id"], name="pages_that_did_not_help"),)

    def __str__(self) -> str:
        return f"{self.record_id}: {self.helped}/{self.not_helped}"


class ErrorReport(models.Model):
    """A reader's report that something is wrong with a record: a task of its unit, with a due day."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="error_reports", verbose_name="机关")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任科室"
    )
    record = models.ForeignKey(Record, models.PROTECT, related_name="error_reports", verbose_name="信息")
    kind = models.CharField("问题", max_length=20)  # data/participation.toml: report_kind
    is_urgent = models.BooleanField("立即办理", default=False)
    words = models.TextField("说明", blank=True)
    # What the contact is sealed for, with it: it opens in this row alone (sealing.py).
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    contact = models.TextField("联系方式（加密）", blank=True)
    # The digest of the code that its sender was given to look the answer up.
    code = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField("收到时间")
    due_on = models.DateField("应答复日期")
    result = models.CharField("处理结果", max_length=12, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    # The contact, or the words as well, were destroyed: the report itself stays.
    destroyed_at = models.DateTimeField("销毁个人信息时间", null=True, blank=True)

    class Meta:
        verbose_name = "网页纠错"
        verbose_name_plural = "网页纠错"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, result="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, result__gt=""),
                name="report_answered_wholly_or_not",
            ),
        )
        indexes = (
            models.Index(
                fields=["organ", "due_on", "id"], condition=Q(answered_at__isnull=True), name="reports_open"
            ),
            models.Index(fields=["organ", "-id"], name="reports_of_organ"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class Pace(models.Model):
    """How much has come from one sender in a window of time. `key` is a digest that names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "提交频次"
        verbose_name_plural = "提交频次"
