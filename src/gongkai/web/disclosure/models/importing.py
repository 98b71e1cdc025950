"""Files that have been imported: a second press of the button, or the same file again, does nothing."""

from __future__ import annotations

from django.db import models

from gongkai.web.organs.models import Organ, Staff


class Purpose(models.TextChoices):
    RECORDS = "records", "信息（表格）"
    WORD = "word", "信息（Word 文件）"
    CHECKLIST = "checklist", "公开清单"
    FIGURES = "figures", "统计数据"


class ImportRun(models.Model):
    """One import that was carried out. Nothing it brought in is public: rows have become drafts."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="imports", verbose_name="机关")
    purpose = models.CharField("内容", max_length=12, choices=Purpose.choices)
    # The digest of the file, with a count behind it where somebody wished to import the same file again.
    key = models.CharField(max_length=90)
    file_name = models.CharField("文件", max_length=300)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="导入人")
    at = models.DateTimeField("导入时间")
    made = models.PositiveIntegerField("导入", default=0)
    changed = models.PositiveIntegerField("更新", default=0)
    same = models.PositiveIntegerField("已有", default=0)
    left_out = models.PositiveIntegerField("未导入", default=0)
    # Ids of the records, items or figures that were made, in the order of the file.
    results = models.JSONField(default=list)
    # Beside each result of a file of records the sheet and the row it came from: ["表1", 3].
    rows = models.JSONField(default=list)
    # The rows left out, each with what was wrong (`importing.runs.left_out_row`), personal data masked.
    problems = models.JSONField(default=list)

    class Meta:
        verbose_name = "导入"
        verbose_name_plural = "导入"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["organ", "purpose", "key"], name="file_imported_once"),
        )

    def __str__(self) -> str:
        return f"{self.file_name} {self.at:%Y-%m-%d}"
