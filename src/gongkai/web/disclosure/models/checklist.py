"""What an organ has set itself to publish (CAT, STD), and what it withholds for now (REG.18)."""

from __future__ import annotations

from django.db import models

from gongkai.web.organs.models import Organ, Staff, Unit


class ChecklistItem(models.Model):
    """One item of the 主动公开基本目录 or of a field's standard catalogue: what, why, when, who, where."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="checklist", verbose_name="机关")
    source = models.CharField("目录", max_length=80)  # 主动公开基本目录, or the field's name
    number = models.CharField("序号", max_length=20, blank=True)
    level1 = models.CharField("一级事项", max_length=120)
    level2 = models.CharField("二级事项", max_length=200, blank=True)
    level3 = models.CharField("三级事项", max_length=200, blank=True)
    content = models.TextField("公开内容（要素）", blank=True)
    basis = models.TextField("公开依据", blank=True)
    time_limit = models.CharField("公开时限", max_length=300, blank=True)
    # The form that `statute.catalogue.time_limit` reads in those words; blank where they give no date.
    limit_form = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="checklist", verbose_name="责任科室"
    )
    # As a standard catalogue writes it (公开主体): kept where it names no unit of the organ.
    responsible = models.CharField("公开主体", max_length=300, blank=True)
    channel = models.CharField("公开渠道和载体", max_length=300, blank=True)
    audience = models.CharField("公开对象", max_length=200, blank=True)
    # Codes of `statute.catalogue.modes`, of `levels` those of its columns, joined by commas.
    mode = models.CharField("公开方式", max_length=40, default="proactive")
    levels = models.CharField("公开层级", max_length=80, blank=True)
    note = models.TextField("备注", blank=True)
    category = models.CharField("公开类别", max_length=8, blank=True)
    kind = models.CharField("信息种类", max_length=30, blank=True)
    is_active = models.BooleanField("在用", default=True)
    # The day the next publication is due, from the limit and the last one; None where none can be told.
    next_due_on = models.DateField("下次应公开", null=True, blank=True)
    last_published_on = models.DateField("最近公开", null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "公开事项"
        verbose_name_plural = "公开事项"
        ordering = ("organ", "source", "position", "id")
        indexes = (models.Index(fields=["organ", "is_active", "next_due_on"], name="checklist_due"),)

    def __str__(self) -> str:
        return " · ".join(level for level in (self.level1, self.level2, self.level3) if level)


class WithheldItem(models.Model):
    """Information that is not disclosed, why, and when that is looked at again (REG.14-16, REG.18)."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="withheld", verbose_name="机关")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="科室"
    )
    title = models.CharField("信息名称", max_length=300)
    basis = models.CharField("不予公开的依据", max_length=20)  # an exemption's code: REG.14a …
    reason = models.TextField("理由")
    decided_on = models.DateField("决定日期")
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    next_review_on = models.DateField("下次评估日期", db_index=True)
    reviewed_on = models.DateField("最近评估日期", null=True, blank=True)
    review_note = models.TextField("评估意见", blank=True)
    disclosed_as = models.ForeignKey(
        "disclosure.Record", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="已公开为"
    )
    is_open = models.BooleanField("仍不予公开", default=True)

    class Meta:
        verbose_name = "不予公开事项"
        verbose_name_plural = "不予公开事项"
        ordering = ("next_review_on", "id")

    def __str__(self) -> str:
        return str(self.title)
