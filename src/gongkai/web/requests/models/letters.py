"""Letters as they were issued, the organ's own templates, and how each letter was served."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gongkai.web.organs.models import Organ, Staff
from gongkai.web.requests.models.cases import Case
from gongkai.web.requests.models.decisions import Decision
from gongkai.web.requests.models.events import WAYS
from gongkai.web.requests.models.files import CaseFile
from gongkai.web.requests.models.people import Party

# The kinds of letters that a request is answered with.
REPLIES = frozenset({"reply", "correction-reply"})


class LetterCounter(models.Model):
    """The last number given to letters of an organ in a year and series."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organ", "year", "series"], name="one_letter_counter_a_series"),
        )


class LetterTemplate(models.Model):
    """An organ's own text for a kind of letter. A further text is a further row: nothing is overwritten."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="letter_templates", verbose_name="机关")
    kind = models.CharField("文书", max_length=40)  # statute.letters
    text = models.TextField("模板")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField("建立时间")
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    is_current = models.BooleanField("现用", default=True)

    class Meta:
        verbose_name = "文书模板"
        verbose_name_plural = "文书模板"
        constraints = (
            models.UniqueConstraint(
                fields=["organ", "kind"], condition=Q(is_current=True), name="one_current_template_of_a_kind"
            ),
        )


class Letter(models.Model):
    """One letter. `text`: what it says (sealed JSON of `documents.letters.LetterText`); fixed once issued."""

    is_tracked = True

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters", verbose_name="申请")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)  # the case's
    kind = models.CharField("文书", max_length=40)
    number = models.CharField("文号", max_length=80, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="letters")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="letters")
    text = models.TextField("内容（加密）")
    template_digest = models.CharField(max_length=64)
    is_dropped = models.BooleanField("已作废", default=False)
    dated = models.DateField("成文日期", null=True, blank=True)
    issued_at = models.DateTimeField("签发时间", null=True, blank=True)
    issued_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    pdf = models.ForeignKey(CaseFile, models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(CaseFile, models.PROTECT, null=True, blank=True, related_name="+")
    # The day its last try came back; None while it is out, or sent once more. `services` say it too; it is
    # found without them: what came back stands on pages of every day, among all letters there ever were.
    came_back_on = models.DateField("退回日期", null=True, blank=True)

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering = ("case", "id")
        indexes = (
            models.Index(
                fields=["organ", "case"], condition=Q(came_back_on__isnull=False), name="letters_come_back"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, pdf__isnull=True)
                | Q(issued_at__isnull=False, pdf__isnull=False, dated__isnull=False),
                name="letter_issued_wholly_or_not",
            ),
        )


class Service(models.Model):
    """One try to serve a letter (V-235). `served_on`: the day that counts; `returned_on`: it came back.
    `papers`: the files that prove it."""

    is_tracked = True

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="services", verbose_name="文书")
    way = models.CharField("送达方式", max_length=12, choices=WAYS)
    sent_on = models.DateField("交寄或者发送日期")
    tracking_number = models.CharField("邮件号", max_length=40, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    reached_on = models.DateField("收件日期", null=True, blank=True)
    returned_on = models.DateField("退回日期", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    # Of what the program itself sent, and of what the requester fetched on the web: the moments.
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    fetched_at = models.DateTimeField("申请人下载时间", null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "送达"
        verbose_name_plural = "送达"
        ordering = ("letter", "id")

    @property
    def evidence(self) -> CaseFile | None:
        """The first of its papers. 1 query."""
        found: CaseFile | None = self.papers.order_by("id").first()
        return found
