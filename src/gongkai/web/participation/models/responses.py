"""Public concern and how it was answered: facts that form 2014 counts in its block two (LAW.md 2.7)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Organ, Staff


class Concern(models.Model):
    """A topic that the public is concerned about. Answered in several ways, it counts once."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="concerns", verbose_name="机关")
    topic = models.CharField("热点或舆情", max_length=200)
    note = models.TextField("情况说明", blank=True)
    entered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = "公众关注"
        verbose_name_plural = "公众关注"
        ordering = ("-id",)
        indexes = (models.Index(fields=["organ", "-id"], name="concerns_of_organ"),)

    def __str__(self) -> str:
        return str(self.topic)


class Response(models.Model):
    """One answer through one channel on one day. Without a concern: a conference or interview of its own."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="responses", verbose_name="机关")
    concern = models.ForeignKey(
        Concern, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name="热点或舆情"
    )
    channel = models.CharField("方式", max_length=20)  # data/participation.toml: response_channel
    on = models.DateField("日期")
    title = models.CharField("名称", max_length=200)
    head_took_part = models.BooleanField("主要负责同志参加", default=False)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    place = models.CharField("地点或网址", max_length=300, blank=True)
    entered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    # Entered by mistake: kept, and not counted.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField("撤销理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "回应"
        verbose_name_plural = "回应"
        ordering = ("-on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="response_withdrawn_with_a_reason",
            ),
        )
        indexes = (models.Index(fields=["organ", "-on", "-id"], name="responses_of_organ"),)
