"""Statutory figures as facts: what table 2 counts that no record shows (FMT, section 2.2)."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.web.organs.models import Organ, Staff, Unit


class FigureKind(models.TextChoices):
    """Cells of table 2, by the codes of the annual report's contract."""

    LICENCES = "licences", "行政许可处理决定"
    PENALTIES = "penalties", "行政处罚处理决定"
    COMPULSORY = "compulsory_measures", "行政强制处理决定"
    FEES = "administrative_fees", "行政事业性收费"
    # Beside the documents counted from the records: those made but not published, or kept elsewhere.
    RULES_ISSUED = "rules.issued", "规章制发（未入库部分）"
    RULES_REPEALED = "rules.repealed", "规章废止（未入库部分）"
    RULES_IN_FORCE = "rules.in_force", "规章现行有效（未入库部分）"
    DOCUMENTS_ISSUED = "normative_documents.issued", "规范性文件制发（未入库部分）"
    DOCUMENTS_REPEALED = "normative_documents.repealed", "规范性文件废止（未入库部分）"
    DOCUMENTS_IN_FORCE = "normative_documents.in_force", "规范性文件现行有效（未入库部分）"


# What holds at the end of the year: sums of months mean nothing.
STOCKS = frozenset({FigureKind.RULES_IN_FORCE, FigureKind.DOCUMENTS_IN_FORCE})


class Figure(models.Model):
    """So many decisions, or so much money, in a period, as a unit reports it. Sums are counted, not kept."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="figures", verbose_name="机关")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="科室"
    )
    year = models.PositiveSmallIntegerField("年度")
    month = models.PositiveSmallIntegerField("月份", null=True, blank=True)
    kind = models.CharField("项目", max_length=32, choices=FigureKind.choices)
    # Decisions as whole numbers; fees in yuan to the fen: the report's 万元 are reckoned from them.
    value = models.DecimalField("数值", max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    source = models.CharField("来源", max_length=200)
    note = models.CharField("说明", max_length=300, blank=True)
    entered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    # A figure is not overwritten: a newer one takes its place.
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        verbose_name = "统计数据"
        verbose_name_plural = "统计数据"
        ordering = ("organ", "-year", "kind", "id")
        constraints = (
            models.CheckConstraint(condition=Q(value__gte=0), name="figure_is_not_negative"),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12), name="figure_month_exists"
            ),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2099), name="figure_year_exists"),
        )
        indexes = (models.Index(fields=["organ", "year", "kind"], name="figures_of_year"),)
