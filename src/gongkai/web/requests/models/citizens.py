"""What the portal keeps of a form that was sent, and what its requester is told while the case is handled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.web.requests.models.cases import Case
from gongkai.web.requests.models.events import CaseEvent


class SentForm(models.Model):
    """A form that has become a case. Sent again, by a second press or after going back, it becomes no other:
    `token` (the blind index of a number that only the form carries) is there once.

    `code`: the query code, sealed under that number: whoever has the form is told it again, nobody else.
    `digest`: of what was sent, so that a form changed afterwards is told from the one that was taken.
    """

    token = models.CharField(max_length=64, primary_key=True)
    # Empty only inside the transaction that makes the case.
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="sent_form")
    code = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    notice_ways = models.JSONField("通知方式", default=list)


class NoticeWay(models.TextChoices):
    """How a requester may be told that something has happened."""

    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")


class CaseNotice(models.Model):
    """Something to tell a requester, written together with the event it tells of, sent by `gongkai work`.
    Without an event: that the request was taken.

    To whom is not written here: the address is opened from the requester's row when it is sent.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    event = models.ForeignKey(CaseEvent, models.PROTECT, null=True, related_name="notices")
    way = models.CharField(max_length=6, choices=NoticeWay.choices)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    is_given_up = models.BooleanField(default=False)
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["event", "way"], name="case_notice_once"),
            models.UniqueConstraint(
                fields=["case", "way"], condition=Q(event__isnull=True), name="case_taken_told_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["id"], condition=Q(sent_at__isnull=True, is_given_up=False), name="case_notices_open"
            ),
        )
