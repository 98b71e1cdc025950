"""Channels of an organ, what is wanted there of a record, and each act of publication there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gongkai.web.disclosure.models import Record, Version
from gongkai.web.organs.models import Organ, Staff


class Takes(models.TextChoices):
    """What goes to a channel where nobody has said otherwise for a record."""

    ALL = "all", "全部主动公开信息"
    CHOSEN = "chosen", "选定种类、类别的信息"
    BY_HAND = "by_hand", "只发逐条选定的信息"


class Channel(models.Model):
    """A channel of an organ. `settings` is what its kind needs; what must not be read is sealed in `secret`.

    `rule_since`: the rule holds for what is first published from then on, so that opening a channel does not
    send out the records of years.
    """

    is_tracked = True
    # How the server behind it is getting on: changes with every attempt.
    untracked = frozenset({"rests_until", "trouble_zh", "trouble_en", "failures"})

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="channels", verbose_name="机关")
    kind = models.CharField("渠道类别", max_length=20)  # kinds.toml
    name = models.CharField("名称", max_length=80)
    settings = models.JSONField("设置", default=dict)
    secret = models.TextField("密钥", blank=True)  # sealing.seal
    takes = models.CharField("发布范围", max_length=10, choices=Takes.choices, default=Takes.BY_HAND)
    kinds = models.JSONField("信息种类", default=list)
    categories = models.JSONField("公开类别", default=list)
    rule_since = models.DateTimeField()
    is_active = models.BooleanField("启用", default=True)
    opened_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    rests_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble_zh = models.CharField(max_length=300, blank=True)
    trouble_en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "发布渠道"
        verbose_name_plural = "发布渠道"
        ordering = ("organ", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["organ", "name"], condition=Q(is_active=True), name="channel_name_once_in_an_organ"
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class Choice(models.Model):
    """Whether a record is to go to a channel, said for this record alone."""

    is_tracked = True

    record = models.ForeignKey(Record, models.PROTECT, related_name="channel_choices")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="choices")
    is_wanted = models.BooleanField()

    class Meta:
        verbose_name = "渠道选择"
        verbose_name_plural = "渠道选择"
        constraints = (models.UniqueConstraint(fields=["record", "channel"], name="one_choice_a_channel"),)


class Act(models.TextChoices):
    """What is done on a channel."""

    PUBLISH = "publish", "公开"
    UPDATE = "update", "更新"
    REPEAL = "repeal", "标注废止"
    WITHDRAW = "withdraw", "撤回"


class ReleaseState(models.TextChoices):
    WAITING = "waiting", "等待发送"
    SENT = "sent", "已发送"
    TASK = "task", "待人工办理"
    RECORDED = "recorded", "已登记"
    UNSURE = "unsure", "不确定"
    DEAD = "dead", "未发出"
    DROPPED = "dropped", "不再需要"


# What has certainly, or perhaps, been seen there.
OUT = (ReleaseState.SENT, ReleaseState.RECORDED)
# What a person must look at.
FOR_A_PERSON = (ReleaseState.UNSURE, ReleaseState.DEAD, ReleaseState.TASK)


class Release(models.Model):
    """One act on one channel for one record: planned, then done by a program or by a person.

    `sequence` counts the acts of a record on a channel; `key` is the same in every attempt, so that the other
    side can know it again. `shows`: what is seen there when it is done, "" for nothing (actions.planning).
    `is_lost`: an attempt has ended without an answer; the channel is asked before anything is sent again.
    """

    is_tracked = True
    # How an attempt goes. What comes of it (state, where, when) is entered in the log.
    untracked = frozenset(
        {
            "tries", "looks", "next_try_at", "lease", "lease_until", "is_lost", "progress", "trouble_code",
            "trouble_zh", "trouble_en",
        }
    )  # fmt: skip

    record = models.ForeignKey(Record, models.PROTECT, related_name="releases", verbose_name="信息")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="releases", verbose_name="渠道")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name="版本")
    sequence = models.PositiveIntegerField()
    act = models.CharField("事项", max_length=10, choices=Act.choices)
    shows = models.CharField(max_length=60, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField("状态", max_length=10, choices=ReleaseState.choices)
    planned_at = models.DateTimeField("列入时间")
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    # When and where it became public there. The day is the day here.
    published_on = models.DateField("公开日期", null=True, blank=True)
    remote_id = models.CharField(max_length=200, blank=True)
    address = models.CharField("网址", max_length=500, blank=True)
    place = models.CharField("地点或期号", max_length=200, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("说明", max_length=300, blank=True)

    tries = models.PositiveSmallIntegerField(default=0)
    looks = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    is_lost = models.BooleanField(default=False)
    progress = models.JSONField(default=dict)
    trouble_code = models.CharField(max_length=60, blank=True)
    trouble_zh = models.CharField(max_length=300, blank=True)
    trouble_en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "渠道发布"
        verbose_name_plural = "渠道发布"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["record", "channel", "sequence"], name="release_sequence_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "recorded"]) | Q(published_on__isnull=False),
                name="release_done_has_its_day",
            ),
        )
        indexes = (
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="releases_to_send"),
            models.Index(
                fields=["channel", "state", "-id"],
                condition=Q(state__in=["unsure", "dead", "task"]),
                name="releases_for_a_person",
            ),
            models.Index(
                fields=["channel", "published_on"],
                condition=Q(state__in=["sent", "recorded"]),
                name="releases_by_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_id} → {self.channel_id} {self.act}"

    @property
    def organ(self) -> Organ:
        return self.channel.organ

    @property
    def unit_id(self) -> int | None:
        return self.record.unit_id


class Position(models.Model):
    """How far a follower of the outbox has read: one row a follower, locked while it moves on."""

    follower = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)


class Way(models.TextChoices):
    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"
    WECHAT = "wechat", "微信"


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", "有新信息就发"
    DAILY = "daily", "每天汇总一次"


class Standing(models.TextChoices):
    PENDING = "pending", "等待确认"
    ACTIVE = "active", "有效"
    ENDED = "ended", "已退订"


class Subscription(models.Model):
    """What somebody without an account wants to be told of. Where to is sealed; once ended it is gone.

    Over WeChat nobody types an address: until the follower has sent the code to the account, the index is
    that of the code; then it is the follower's OpenID, sealed like any address.
    """

    way = models.CharField(max_length=8, choices=Way.choices)
    sealed_address = models.TextField(blank=True)
    address_index = models.CharField(max_length=64, blank=True, db_index=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    with_below = models.BooleanField(default=False)
    category = models.CharField(max_length=8, blank=True)
    audience = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=60, blank=True)
    frequency = models.CharField(max_length=8, choices=Frequency.choices, default=Frequency.DAILY)
    language = models.CharField(max_length=8, default="zh-hans")
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.PENDING)
    nonce = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "订阅"
        verbose_name_plural = "订阅"
        constraints = (
            models.CheckConstraint(
                condition=~Q(standing="ended") | Q(sealed_address="", address_index=""),
                name="ended_subscription_keeps_no_address",
            ),
        )
        indexes = (
            models.Index(fields=["organ"], condition=Q(standing="active"), name="subscriptions_of_organ"),
        )


class Notice(models.Model):
    """A record to tell a subscriber of: of a version once."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    # Set before it is sent: what a crash leaves in doubt is not sent a second time.
    sent_at = models.DateTimeField(null=True, blank=True)
    is_given_up = models.BooleanField(default=False)

    class Meta:
        verbose_name = "推送"
        verbose_name_plural = "推送"
        constraints = (
            models.UniqueConstraint(fields=["subscription", "version"], name="told_of_a_version_once"),
        )
        indexes = (
            models.Index(
                fields=["subscription"],
                condition=Q(sent_at__isnull=True, is_given_up=False),
                name="notices_to_send",
            ),
        )
