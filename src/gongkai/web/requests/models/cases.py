"""A case: one request with its number, its channel, and where its clock stands."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from gongkai.web.config import clock
from gongkai.web.organs.models import Organ, Staff, Unit


class Channel(models.TextChoices):
    """How a request came. The ways of REG.31 (`statute.clock.Channel`), e-mail told apart from the form."""

    WEB = "web", _("网页提交")
    IN_PERSON = "in-person", _("当面提交")
    SIGNED_POST = "signed-post", _("邮寄（需签收）")
    ORDINARY_POST = "ordinary-post", _("平常信函")
    FAX = "fax", _("传真")
    EMAIL = "email", _("电子邮件")


class Kind(models.TextChoices):
    """What is asked for: information (REG.27), or that records about oneself be corrected (REG.41)."""

    INFORMATION = "information", _("获取政府信息")
    CORRECTION = "correction", _("更正与本人有关的记录")


class RequesterKind(models.TextChoices):
    """The columns of table 3 (contracts/annual-report.md)."""

    NATURAL_PERSON = "natural_person", _("自然人")
    BUSINESS = "business", _("商业企业")
    RESEARCH = "research", _("科研机构")
    PUBLIC_WELFARE = "public_welfare", _("社会公益组织")
    LEGAL_SERVICES = "legal_services", _("法律服务机构")
    OTHER = "other", _("其他法人或者组织")


class Stands(models.TextChoices):
    """Where a case stands: the states of `statute.clock`, and what comes before its clock."""

    UNCONFIRMED = "unconfirmed", _("待确认收到")
    RUNNING = "running", _("办理中")
    CONSULTING = "consulting", _("征求意见中")
    AWAITING_SUPPLEMENT = "awaiting-supplement", _("等待补正")
    AWAITING_PAYMENT = "awaiting-payment", _("等待缴费")
    OVERDUE = "overdue", _("已逾期")
    DECIDED = "decided", _("已作决定，待送达")
    SERVED = "served", _("已答复")
    ABANDONED = "abandoned", _("不再处理")
    WITHDRAWN = "withdrawn", _("已撤回")
    MERGED = "merged", _("已并入他案")


# Compared as a value: an index is entered by `is_open = 1`, not by a bare `is_open`.
OPEN = Q(is_open=Value(True))
CLOSED = (Stands.SERVED, Stands.ABANDONED, Stands.WITHDRAWN, Stands.MERGED)


class Case(models.Model):
    """One request (一事一申请). Its state is not set: `stands.py` derives it from the events (decision 0015).

    `subject`: what it is about, in words from which personal data was taken out; the requester's own words
    are sealed in `words`. `query_code`: the blind index of the code its requester looks it up with.
    """

    is_tracked = True
    # Reckoned from the events, anew each day: no change of the case.
    untracked = frozenset(
        {"stands", "is_open", "due_on", "due_at_latest", "due_is_provisional", "waits_until", "days_used"}
        | {"in_time", "closed_on", "reckoned_on", "has_faults"}
    )

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Its indexes all begin with it; one of it alone would be preferred to them.
    organ = models.ForeignKey(
        Organ, models.PROTECT, related_name="cases", verbose_name="机关", db_index=False
    )
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    query_code = models.CharField(max_length=64, unique=True)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices, default=Kind.INFORMATION)
    requester_kind = models.CharField("申请人类别", max_length=16, choices=RequesterKind.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办科室"
    )
    handler = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )

    channel = models.CharField("提交渠道", max_length=16, choices=Channel.choices)
    submitted_at = models.DateTimeField("提交时间")  # when the program took it: the acknowledgement's time
    arrived_on = models.DateField("到达日期")
    confirmed_on = models.DateField("双方确认日期", null=True, blank=True)
    received_on = models.DateField("收到申请之日", null=True, blank=True)  # REG.31, by statute.clock.receipt
    taken_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    post_number = models.CharField("邮件号", max_length=40, blank=True)

    subject = models.CharField("申请事项", max_length=200)
    words = models.TextField("所需政府信息（加密）")
    features = models.TextField("文号或者其他特征（加密）", blank=True)
    # REG.29(3): the form wanted, and the way it is wanted to reach the requester.
    wanted_form = models.CharField("提供形式", max_length=12, default="electronic")
    reply_ways = models.JSONField("获取途径", default=list)
    needs_help = models.BooleanField("需要协助", default=False)  # REG.43

    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="splits", verbose_name="拆分自"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    outcome = models.CharField("办理结果", max_length=8, blank=True)  # statute.outcomes, of the decision made
    decided_on = models.DateField("决定日期", null=True, blank=True)
    # Counts the changes: who acts on what he has seen names the count, and is refused if it has moved on.
    revision = models.PositiveIntegerField(default=0)
    destroyed_at = models.DateTimeField("销毁个人信息时间", null=True, blank=True)

    # Cache of the clock. `stands.reckon` alone writes these.
    stands = models.CharField("状态", max_length=20, choices=Stands.choices, default=Stands.UNCONFIRMED)
    is_open = models.BooleanField(default=True)  # what the indexes of what waits go by: not in CLOSED
    due_on = models.DateField("答复期限", null=True, blank=True)
    due_at_latest = models.DateField("最迟答复期限", null=True, blank=True)
    due_is_provisional = models.BooleanField(default=False)
    waits_until = models.DateField("等待至", null=True, blank=True)
    days_used = models.IntegerField("已用工作日", default=0)
    in_time = models.BooleanField("按期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    has_faults = models.BooleanField("有程序问题", default=False)
    reckoned_on = models.DateField(default=clock.today)

    class Meta:
        verbose_name = "申请"
        verbose_name_plural = "申请"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["organ", "year", "serial"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("arrived_on")),
                name="case_received_after_it_arrived",
            ),
            models.CheckConstraint(
                condition=Q(stands="unconfirmed")
                | Q(received_on__isnull=False)
                | Q(stands="merged")
                | Q(stands="withdrawn"),
                name="case_has_a_clock_once_received",
            ),
            models.CheckConstraint(
                condition=(Q(is_open=True) & ~Q(stands__in=CLOSED)) | Q(is_open=False, stands__in=CLOSED),
                name="case_open_until_it_is_closed",
            ),
            models.CheckConstraint(
                condition=~Q(stands="merged") | Q(merged_into__isnull=False), name="merged_case_names_where"
            ),
        )
        indexes = (
            # What waits, the nearest limit first; what has no limit now stands behind it.
            models.Index(
                fields=["organ", "is_open", "due_on", "id", "stands", "unit", "handler", "reckoned_on"],
                name="cases_open",
            ),
            models.Index(fields=["is_open", "reckoned_on", "id"], name="cases_to_reckon"),
            models.Index(fields=["organ", "-id", "stands", "unit", "outcome"], name="cases_of_organ"),
            models.Index(fields=["organ", "received_on", "requester_kind"], name="cases_received"),
            models.Index(fields=["organ", "decided_on", "outcome", "requester_kind"], name="cases_decided"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it is told: 〔2026〕12号."""
        return f"〔{self.year}〕{self.serial}号"

    @property
    def is_closed(self) -> bool:
        return self.stands in CLOSED


class CaseCounter(models.Model):
    """The last number given to cases of an organ in a year; locked while the next is taken."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organ", "year"], name="one_case_counter_a_year"),)


class CaseKey(models.Model):
    """The data key of a case, wrapped under the key ring. Emptied when its personal data is destroyed."""

    is_tracked = True
    untracked = frozenset({"wrapped"})  # wrapped anew under another key of the ring, it is the same key

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="key")
    wrapped = models.CharField(max_length=200, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
