"""A record: one piece of information that an organ discloses, in its catalogue (META.2, REG.12).

What the record says is in its versions. The columns here that repeat the published version's are a cache for
lists: `actions.publishing` alone writes them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongkai.web.organs.models import Organ, Staff, Unit


class State(models.TextChoices):
    """Where a record is on its way out. What happens to a newer version is said by that version."""

    DRAFT = "draft", "未公开"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤回"
    ABANDONED = "abandoned", "已作废"


class Record(models.Model):
    """One entry of the catalogue. Its index number is given once and never to another (META.1)."""

    is_tracked = True

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="records", verbose_name="发布机构")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="records", verbose_name="责任科室"
    )
    kind = models.CharField("信息种类", max_length=30)  # statute.catalogue: kinds of record
    index_number = models.CharField("索引号", max_length=100, unique=True)
    created_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间")
    checklist_item = models.ForeignKey(
        "disclosure.ChecklistItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        verbose_name="公开事项",
    )
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    published = models.ForeignKey(
        "disclosure.Version",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公开的版本",
    )
    # The version being drafted or reviewed, if there is one.
    working = models.ForeignKey(
        "disclosure.Version",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="在办的版本",
    )
    # Counts the changes: who acts on what he has seen names the count, and is refused if it has moved on.
    revision = models.PositiveIntegerField(default=0)

    # REG.26: counted from the day the information was formed or changed.
    due_on = models.DateField("公开期限", null=True, blank=True)
    due_is_provisional = models.BooleanField(default=False)

    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawal_reason = models.TextField("撤回理由", blank=True)
    # Repeal is a fact about the published information, not a new version of it (NOR.3, NOR.5).
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    repealed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeals", verbose_name="废止依据"
    )
    # From here on an amendment of another document holds (NOR.3: 已修改).
    amended_on = models.DateField("修改日期", null=True, blank=True)
    repeal_basis = models.CharField("废止依据说明", max_length=200, blank=True)

    # Cache of the published version (before that of the working one), and of the validity it gives today.
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    category = models.CharField("公开类别", max_length=8, blank=True)
    theme = models.CharField("主题分类", max_length=4, blank=True)
    genre = models.CharField("体裁", max_length=30, blank=True)
    made_on = models.DateField("成文日期", null=True, blank=True)
    effective_on = models.DateField("实施日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    summary = models.CharField("内容概述", max_length=300, blank=True)
    validity = models.CharField("有效性", max_length=12, blank=True)
    first_published_at = models.DateTimeField("首次公开时间", null=True, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)

    class Meta:
        verbose_name = "信息"
        verbose_name_plural = "信息"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published__isnull=False, published_at__isnull=False),
                name="published_record_has_a_published_version",
            ),
            models.CheckConstraint(
                condition=Q(repealed_by__isnull=True) | ~Q(repealed_by=F("id")),
                name="record_repeals_not_itself",
            ),
        )
        indexes = (
            # The public catalogue of an organ, newest first. What a filter asks stands in the index: rows
            # that do not fit are passed over without being read.
            models.Index(
                fields=["organ", "-published_at", "-id", "kind", "category", "theme", "genre", "validity"],
                condition=Q(state="published"),
                name="catalogue",
            ),
            models.Index(
                fields=["organ", "category", "-published_at", "-id", "kind", "theme", "genre", "validity"],
                condition=Q(state="published"),
                name="catalogue_by_category",
            ),
            models.Index(
                fields=["organ", "kind", "-published_at", "-id"],
                condition=Q(state="published"),
                name="catalogue_by_kind",
            ),
            models.Index(
                fields=["organ", "theme", "-published_at", "-id"],
                condition=Q(state="published"),
                name="catalogue_by_theme",
            ),
            models.Index(
                fields=["organ", "genre", "-published_at", "-id", "kind", "theme", "validity"],
                condition=Q(state="published"),
                name="catalogue_by_genre",
            ),
            models.Index(
                fields=["organ", "validity", "-published_at", "-id", "kind", "theme"],
                condition=Q(state="published"),
                name="catalogue_by_validity",
            ),
            # The list that staff see, newest first, and what is on its way.
            models.Index(fields=["organ", "-id"], name="records_of_organ"),
            models.Index(fields=["organ", "state", "-id"], name="records_by_state"),
            # What is being worked on: few among many. By the version, so that SQLite enters it by two columns
            # and takes it before those of all records, which begin with the organ as well.
            models.Index(
                fields=["organ", "working", "unit"],
                condition=Q(working__isnull=False),
                name="records_at_work",
            ),
            models.Index(fields=["organ", "unit", "-id"], name="records_of_unit"),
            models.Index(fields=["organ", "kind", "-id"], name="records_by_kind"),
            models.Index(
                fields=["organ", "due_on"],
                condition=Q(state="draft"),
                name="records_due",
            ),
            models.Index(fields=["organ", "document_number"], name="records_by_number"),
        )

    def __str__(self) -> str:
        return f"{self.index_number} {self.title}"


class LinkKind(models.TextChoices):
    """How one record speaks of another; the other way round is told by `REVERSED`."""

    INTERPRETS = "interprets", "解读"
    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    RELATED = "related", "相关"


REVERSED = {
    LinkKind.INTERPRETS: "解读材料",
    LinkKind.AMENDS: "被修改",
    LinkKind.REPEALS: "被废止",
    LinkKind.RELATED: "相关",
}


class Link(models.Model):
    """`source` interprets, amends, repeals or belongs with `target` (NOR.6: both ways)."""

    is_tracked = True

    source = models.ForeignKey(Record, models.PROTECT, related_name="links")
    target = models.ForeignKey(Record, models.PROTECT, related_name="linked_from")
    kind = models.CharField("关系", max_length=12, choices=LinkKind.choices)

    class Meta:
        verbose_name = "关联"
        verbose_name_plural = "关联"
        constraints = (
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_to_another_record"),
        )


class IndexCounter(models.Model):
    """The last serial number given out, per organ and year: locked while one is taken (META.1)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organ", "year"], name="one_counter_a_year"),)
