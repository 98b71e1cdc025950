"""A version of a record: what it says, with attachments. It changes while it is drafted and never after."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.web.disclosure.models.records import Record
from gongkai.web.organs.models import Staff


class Stage(models.TextChoices):
    """Where a version is on its way."""

    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审查中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "待公开"
    SCHEDULED = "scheduled", "定时公开"
    PUBLISHED = "published", "公开中"
    SUPERSEDED = "superseded", "历史版本"
    WITHDRAWN = "withdrawn", "已撤回"
    ABANDONED = "abandoned", "已作废"


class ChangeKind(models.TextChoices):
    """Why there is another version (REG.12.1, REG.26: the limit runs anew when information changes)."""

    FIRST = "first", "首次公开"
    AMENDMENT = "amendment", "内容修改"
    CORRECTION = "correction", "更正差错"


class Version(models.Model):
    """The metadata of META.2, the body as clean html, and the day it is to be made public."""

    is_tracked = True

    record = models.ForeignKey(Record, models.PROTECT, related_name="versions", verbose_name="信息")
    number = models.PositiveIntegerField("版次")
    stage = models.CharField("环节", max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    change = models.CharField("变更", max_length=12, choices=ChangeKind.choices, default=ChangeKind.FIRST)
    change_note = models.CharField("变更说明", max_length=300, blank=True)

    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    category = models.CharField("公开类别", max_length=8, blank=True)
    theme = models.CharField("主题分类", max_length=4, blank=True)
    genre = models.CharField("体裁", max_length=30, blank=True)
    made_on = models.DateField("成文日期", null=True, blank=True)
    changed_on = models.DateField("变更日期", null=True, blank=True)
    # Of a budget the day it was approved, of a penalty the day it was decided: some limits run from there.
    decided_on = models.DateField("批准或决定日期", null=True, blank=True)
    for_year = models.PositiveSmallIntegerField("所属年度", null=True, blank=True)
    effective_on = models.DateField("实施日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    mode = models.CharField("公开方式", max_length=16, default="proactive")
    summary = models.CharField("内容概述", max_length=300, blank=True)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    joint_organs = models.CharField("联合发文机关", max_length=300, blank=True)
    body = models.TextField("正文", blank=True)

    drafted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="起草人")
    # All who have written in it: none of them may give its secrecy review.
    written_by = models.JSONField(default=list)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    # What the checks found when it was submitted, and what the drafter answered.
    findings = models.JSONField(default=list)
    findings_answer = models.TextField("对检查结果的说明", blank=True)
    content_digest = models.CharField(max_length=64, blank=True)
    review_round = models.PositiveIntegerField(default=0)
    # The steps of the organ's plan when this round began: a later change of plan does not cut it short.
    planned_steps = models.JSONField(default=list)

    publish_at = models.DateTimeField("定时公开", null=True, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    secrecy_review = models.OneToOneField(
        "disclosure.Review", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查"
    )
    secrecy_reviewer = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查人"
    )

    class Meta:
        verbose_name = "版本"
        verbose_name_plural = "版本"
        ordering = ("record", "number")
        constraints = (
            models.UniqueConstraint(fields=["record", "number"], name="version_number_once"),
            # REG.17: nothing is out, or set to go out, without a recorded review by another than the drafter.
            models.CheckConstraint(
                condition=~Q(stage__in=["approved", "scheduled", "published", "superseded"])
                | Q(
                    secrecy_review__isnull=False,
                    secrecy_reviewer__isnull=False,
                    content_digest__gt="",
                ),
                name="no_publication_without_secrecy_review",
            ),
            models.CheckConstraint(
                condition=Q(secrecy_reviewer__isnull=True) | ~Q(secrecy_reviewer=F("drafted_by")),
                name="secrecy_review_by_another_than_the_drafter",
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(stage__in=["draft", "in_review", "returned", "approved", "scheduled"]),
                name="one_version_at_work",
            ),
            models.UniqueConstraint(
                fields=["record"], condition=Q(stage="published"), name="one_version_published"
            ),
        )
        indexes = (
            models.Index(fields=["publish_at"], condition=Q(stage="scheduled"), name="versions_to_publish"),
        )

    def __str__(self) -> str:
        return f"{self.record_id} 第 {self.number} 版"

    @property
    def can_be_edited(self) -> bool:
        return self.stage in (Stage.DRAFT, Stage.RETURNED)


class Attachment(models.Model):
    """A file of a version. The bytes lie in the file store under their digest; the row says what they are."""

    is_tracked = True

    version = models.ForeignKey(Version, models.PROTECT, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    text = models.TextField(blank=True)  # what its words are, for checks and search
    findings = models.JSONField(default=list)  # hidden data, as documents.publishing found it
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ("version", "position", "id")

    def __str__(self) -> str:
        return str(self.name)


class Image(models.Model):
    """A picture in a body."""

    is_tracked = True

    version = models.ForeignKey(Version, models.PROTECT, related_name="images")
    name = models.CharField(max_length=40)  # as the body names it: `image:1`
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = "正文图片"
        verbose_name_plural = "正文图片"
        constraints = (models.UniqueConstraint(fields=["version", "name"], name="image_name_once"),)
