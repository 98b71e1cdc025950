"""Public consultations and surveys (意见征集, 网上调查): the announcement is a record, reviewed like all.

What citizens are asked, and until when, hangs on a version of the announcement (`Terms`) and is settled with
it: while the version is in review, and after, the database lets nobody change it (guards.py).
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from gongkai.web.disclosure.models import Record, Version
from gongkai.web.organs.models import Organ, Staff, Unit

ONLINE = "online"


def new_nonce() -> str:
    """32 characters that no other row has."""
    return secrets.token_hex(16)


class Form(models.TextChoices):
    OPINIONS = "opinions", "意见征集"
    SURVEY = "survey", "网上调查"


class Consultation(models.Model):
    """A consultation or survey of an organ."""

    is_tracked = True
    terms: Terms | None  # those in force, where a query has put them there

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="consultations", verbose_name="机关")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办科室"
    )
    form = models.CharField("形式", max_length=10, choices=Form.choices)
    announcement = models.OneToOneField(
        Record, models.PROTECT, related_name="consultation", verbose_name="公告"
    )
    created_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # When the program has noted that the last day is over, and how many opinions there were then.
    closed_at = models.DateTimeField("截止时间", null=True, blank=True)
    closed_count = models.PositiveIntegerField("收到份数", null=True, blank=True)
    last_day = models.DateField("截止日期", null=True, blank=True)
    # Of the result: the record, what was written into it, and the figures in it.
    result = models.OneToOneField(
        Record, models.PROTECT, null=True, blank=True, related_name="result_of", verbose_name="结果"
    )
    result_block = models.TextField(blank=True)
    result_figures = models.JSONField(default=list)

    class Meta:
        verbose_name = "意见征集"
        verbose_name_plural = "意见征集"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(result__isnull=True) | ~Q(result=F("announcement")),
                name="result_is_another_record_than_the_announcement",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_count__isnull=True, last_day__isnull=True)
                | Q(closed_at__isnull=False, closed_count__isnull=False, last_day__isnull=False),
                name="consultation_closed_wholly_or_not",
            ),
        )
        indexes = (models.Index(fields=["organ", "-id"], name="consultations_of_organ"),)

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.pk}"

    @property
    def is_survey(self) -> bool:
        return self.form == Form.SURVEY


class Terms(models.Model):
    """From when to when, and what is asked: of one version of the announcement."""

    is_tracked = True

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="all_terms")
    version = models.OneToOneField(Version, models.PROTECT, related_name="terms")
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    questions = models.JSONField("问题", default=list)  # questionnaire.Question as dicts
    # What of this the announcement itself says: shown to the reviewers, and to readers.
    block = models.TextField(blank=True)

    class Meta:
        verbose_name = "征集安排"
        verbose_name_plural = "征集安排"
        ordering = ("version",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="consultation_closes_after_it_opens"
            ),
        )


class Opinion(models.Model):
    """What one sender has sent, or has said otherwise and staff have entered: words, or the answers of a
    survey. Never public by itself."""

    is_tracked = True

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="opinions", verbose_name="征集"
    )
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="+")
    # When it was taken down here. What came by letter or at a meeting came on an earlier day.
    received_at = models.DateTimeField("登记时间")
    received_on = models.DateField("收到日期")
    channel = models.CharField("提交方式", max_length=12, default=ONLINE)  # data: opinion_channel
    entered_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    words = models.TextField("意见", blank=True)
    answers = models.JSONField("回答", default=dict)
    # What name and contact are sealed for, with it: they open in this row alone (sealing.py).
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    name = models.TextField("姓名（加密）", blank=True)
    contact = models.TextField("联系方式（加密）", blank=True)
    # What the organ makes of it: its gist in the organ's own words, adopted or not, and why.
    gist = models.CharField("意见要点", max_length=300, blank=True)
    adoption = models.CharField("采纳情况", max_length=12, blank=True)
    reason = models.TextField("理由", blank=True)
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)
    handled_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    destroyed_at = models.DateTimeField("销毁个人信息时间", null=True, blank=True)

    class Meta:
        verbose_name = "公众意见"
        verbose_name_plural = "公众意见"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True, adoption="")
                | Q(handled_at__isnull=False, handled_by__isnull=False, adoption__gt=""),
                name="opinion_handled_wholly_or_not",
            ),
            models.CheckConstraint(
                condition=Q(channel="online", entered_by__isnull=True)
                | (~Q(channel="online") & Q(entered_by__isnull=False)),
                name="opinion_not_sent_online_has_who_entered_it",
            ),
        )
        indexes = (models.Index(fields=["consultation", "adoption", "id"], name="opinions_by_adoption"),)

    def __str__(self) -> str:
        return f"{self.consultation_id}-{self.pk}"
