"""What the published annual reports of organs say, as read from their files: derived, can be read anew."""

from __future__ import annotations

from django.db import models

from gongkai.web.disclosure.models import Record, Version
from gongkai.web.organs.models import Organ


class Reading(models.TextChoices):
    """How reading a published report went."""

    READ = "read", "已读取"
    UNREAD = "unread", "未能读取"


class AnnualReport(models.Model):
    """One version of a published annual report, read into cells and texts (REG.49, REG.50).

    Shown only while its version is what its record publishes: withdrawing the record takes it along at once.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="annual_reports", verbose_name="机关")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", verbose_name="信息")
    version = models.OneToOneField(Version, models.PROTECT, related_name="annual_report", verbose_name="版本")
    year = models.PositiveSmallIntegerField("报告年度")
    state = models.CharField("读取结果", max_length=8, choices=Reading.choices)
    # The contract `gongkai.annual-report/1` as text: a JSON column would round its exact decimals.
    contract = models.TextField("报告数据", blank=True)
    # A few sums for charts over many years (archive/figures.py).
    figures = models.JSONField("主要数字", default=dict)
    form = models.CharField("格式", max_length=4, blank=True)
    source = models.CharField("来源文件", max_length=200, blank=True)  # "": the body of the page
    problem = models.CharField("原因代码", max_length=40, blank=True)
    problem_zh = models.CharField("原因", max_length=400, blank=True)
    problem_en = models.CharField("原因（英文）", max_length=400, blank=True)
    read_at = models.DateTimeField("读取时间")

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="read") | ~models.Q(contract=""),
                name="annual_report_read_has_its_data",
            ),
        )
        indexes = (
            models.Index(fields=["organ", "year"], name="annual_reports_of_organ"),
            models.Index(fields=["year", "organ"], name="annual_reports_of_year"),
        )

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year}"
