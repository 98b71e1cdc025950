"""The review gate: an organ's plan of steps, and each step's decision on a version (REG.17)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.disclosure.models.versions import Version
from gongkai.web.organs.models import Organ, Staff


class Step(models.TextChoices):
    """The kinds of step. Who takes one holds the role of the same name."""

    UNIT_HEAD = "unit_head", "科室负责人审核"
    SECRECY = "secrecy_officer", "保密审查"
    DISCLOSURE_OFFICE = "disclosure_office", "公开工作机构审核"
    LEADER = "leader", "分管领导审批"


class Result(models.TextChoices):
    PASSED = "passed", "通过"
    RETURNED = "returned", "退回"
    FORWARDED = "forwarded", "转交"
    CANCELLED = "cancelled", "撤销"  # the drafter took the version back, or another step returned it


class ReviewPlan(models.Model):
    """The steps of an organ, in order: `[{"step": "unit_head", "days": 2}, …]`. One has secrecy in it.

    Without a plan the default of `review.DEFAULT_PLAN` holds.
    """

    is_tracked = True

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="review_plan", verbose_name="机关")
    steps = models.JSONField("审查环节")
    publish_on_passing = models.BooleanField("末环节通过即公开", default=True)

    class Meta:
        verbose_name = "审查流程"
        verbose_name_plural = "审查流程"


class Review(models.Model):
    """One step for one version in one round: opened when the step before passed, then decided once."""

    is_tracked = True

    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews", verbose_name="版本")
    # No index of its own: SQLite would take it in place of `reviews_waiting`.
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    round = models.PositiveIntegerField("轮次")
    position = models.PositiveIntegerField("顺序")
    step = models.CharField("环节", max_length=20, choices=Step.choices)
    # The one person it was forwarded to; None: anybody who holds the role.
    assigned_to = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指定办理人"
    )
    opened_at = models.DateTimeField("开始时间")
    due_on = models.DateField("应办结日期")
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    result = models.CharField("结果", max_length=10, choices=Result.choices, blank=True)
    reason = models.TextField("意见", blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    # The content that was decided on: a version that says something else has not passed.
    content_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "审查"
        verbose_name_plural = "审查"
        ordering = ("version", "round", "position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, result="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, result__gt=""),
                name="review_decided_wholly_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(result="returned") | Q(reason__gt=""), name="return_gives_a_reason"
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(result=""), name="one_open_review_of_a_version"
            ),
            models.UniqueConstraint(
                fields=["version", "round", "position"],
                condition=Q(result="passed"),
                name="step_passes_once_a_round",
            ),
        )
        indexes = (
            models.Index(fields=["organ", "step", "due_on"], condition=Q(result=""), name="reviews_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.version_id}"
