"""What is decided on a case, and the approvals it passes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.models.reviews import Step
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.requests.models.cases import Case


class DecisionKind(models.TextChoices):
    """A later decision stands beside the served one and never changes it."""

    FIRST = "first", _("答复")
    CORRECTION = "correction", _("更正答复")
    SUPPLEMENTING = "supplementing", _("补充答复")


class DecisionStage(models.TextChoices):
    DRAFT = "draft", _("拟稿")
    IN_APPROVAL = "in-approval", _("审批中")
    RETURNED = "returned", _("已退回")
    MADE = "made", _("已决定")
    ABANDONED = "abandoned", _("已作废")


class Decision(models.Model):
    """One decision: exactly one outcome with its ground (LAW.md 1.5). `facts`: those of
    `statute.outcomes.Decision` as JSON, names left out. What is told in words is sealed."""

    is_tracked = True

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name="申请")
    number = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类别", max_length=14, choices=DecisionKind.choices, default=DecisionKind.FIRST)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="针对"
    )
    stage = models.CharField(
        "环节", max_length=12, choices=DecisionStage.choices, default=DecisionStage.DRAFT
    )
    outcome = models.CharField("办理结果", max_length=8)
    basis = models.CharField("依据", max_length=40, blank=True)
    facts = models.JSONField("决定事实", default=dict)
    finding = models.TextField("认定（加密）", blank=True)
    reasons = models.TextField("理由（加密）", blank=True)
    obtained = models.TextField("获取方式（加密）", blank=True)
    search_record = models.TextField("检索记录（加密）", blank=True)
    # What is given out and what is not (REG.36(2), REG.37): approved with the rest, taken over by the reply.
    information = models.TextField("提供的信息（加密）", blank=True)
    withheld = models.TextField("不予公开的部分（加密）", blank=True)
    # A word to those who approve, where it is sent again as it was returned; without names, as in the log.
    remark = models.CharField("送审说明", max_length=200, blank=True)
    # Found by who drafted it and the stage alone: of one person's there are more with each year.
    drafted_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="拟稿人", db_index=False
    )
    drafted_at = models.DateTimeField("拟稿时间")
    made_on = models.DateField("决定日期", null=True, blank=True)
    round = models.PositiveIntegerField("轮次", default=0)

    class Meta:
        verbose_name = "决定"
        verbose_name_plural = "决定"
        ordering = ("case", "number")
        indexes = (models.Index(fields=["drafted_by", "stage"], name="decisions_of_drafter"),)
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="decision_number_once_in_a_case"),
            # One application, one outcome (FMT.T3.F).
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind="first") & ~Q(stage="abandoned"),
                name="one_decision_of_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(stage="made") | Q(made_on__isnull=False), name="decision_made_on_a_day"
            ),
        )


class Approval(models.Model):
    """One step for one decision in one round: opened when the step before passed, then decided once."""

    is_tracked = True

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="approvals", verbose_name="决定")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    round = models.PositiveIntegerField("轮次")
    position = models.PositiveIntegerField("顺序")
    step = models.CharField("环节", max_length=20, choices=Step.choices)
    opened_at = models.DateTimeField("开始时间")
    due_on = models.DateField("应办结日期")
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    result = models.CharField("结果", max_length=10, blank=True)  # disclosure.models.Result
    reason = models.TextField("意见", blank=True)
    content_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "审批"
        verbose_name_plural = "审批"
        ordering = ("decision", "round", "position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, result="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, result__gt=""),
                name="approval_decided_wholly_or_not",
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(result=""), name="one_open_approval_of_a_decision"
            ),
        )
        indexes = (
            models.Index(
                fields=["organ", "step", "due_on"], condition=Q(result=""), name="approvals_waiting"
            ),
        )


class ApprovalPlan(models.Model):
    """The steps of an organ for decisions, in order, as `disclosure.ReviewPlan`."""

    is_tracked = True

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="approval_plan", verbose_name="机关")
    steps = models.JSONField("审批环节")
