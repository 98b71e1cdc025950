"""Whoever asks, and whoever else is asked: everything that names them is sealed (PII.L2)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.web.requests.models.cases import Case

INDEX = 64


class IdentityKind(models.TextChoices):
    """The proof of identity (REG.29(1))."""

    RESIDENT = "resident", _("居民身份证")
    PASSPORT = "passport", _("护照")
    HOME_RETURN = "home-return", _("港澳居民来往内地通行证")
    TAIWAN = "taiwan", _("台湾居民来往大陆通行证")
    FOREIGNER = "foreigner", _("外国人永久居留身份证")
    CREDIT_CODE = "credit-code", _("统一社会信用代码证书")
    OTHER = "other", _("其他有效身份证明")


class Requester(models.Model):
    """The requester of one case (REG.29(1)). Sealed columns hold what `key_ring` made; `…_index` find it."""

    is_tracked = True

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="requester", verbose_name="申请")
    identity_kind = models.CharField("证件类型", max_length=12, choices=IdentityKind.choices)
    name = models.TextField("姓名或者名称（加密）")
    identity_number = models.TextField("证件号码（加密）", blank=True)
    # Of an organisation: who speaks for it.
    representative = models.TextField("法定代表人（加密）", blank=True)
    contact_person = models.TextField("联系人（加密）", blank=True)
    phone = models.TextField("联系电话（加密）", blank=True)
    email = models.TextField("电子邮箱（加密）", blank=True)
    address = models.TextField("通信地址（加密）", blank=True)
    postcode = models.TextField("邮政编码（加密）", blank=True)
    bank_account = models.TextField("银行账户（加密）", blank=True)
    agent = models.TextField("代理人（加密）", blank=True)

    name_index = models.CharField(max_length=INDEX, blank=True)
    identity_index = models.CharField(max_length=INDEX, blank=True)
    phone_index = models.CharField(max_length=INDEX, blank=True)
    email_index = models.CharField(max_length=INDEX, blank=True)
    address_index = models.CharField(max_length=INDEX, blank=True)

    class Meta:
        verbose_name = "申请人"
        verbose_name_plural = "申请人"
        indexes = (
            models.Index(fields=["identity_index"], name="requester_by_identity"),
            models.Index(fields=["name_index"], name="requester_by_name"),
            models.Index(fields=["phone_index"], name="requester_by_phone"),
        )


class PartyKind(models.TextChoices):
    """Who is asked before a decision."""

    THIRD_PARTY = "third-party", _("第三方")  # REG.32
    CO_MAKER = "co-maker", _("共同制作机关")  # REG.34
    ORGAN = "organ", _("其他机关")  # REG.33.3


class Party(models.Model):
    """Somebody whose opinion is asked. Events name it by `label` alone: 第三方1."""

    is_tracked = True

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties", verbose_name="申请")
    kind = models.CharField("类别", max_length=12, choices=PartyKind.choices)
    label = models.CharField("代称", max_length=20)
    name = models.TextField("姓名或者名称（加密）")
    phone = models.TextField("联系电话（加密）", blank=True)
    address = models.TextField("通信地址（加密）", blank=True)
    rights = models.TextField("涉及的权益（加密）", blank=True)
    opinion = models.CharField("意见", max_length=24, blank=True)  # statute.outcomes.Opinion
    opinion_words = models.TextField("意见内容（加密）", blank=True)
    is_told = models.BooleanField("已书面告知", default=False)  # REG.32, last sentence

    class Meta:
        verbose_name = "被征求意见方"
        verbose_name_plural = "被征求意见方"
        ordering = ("case", "id")
        constraints = (models.UniqueConstraint(fields=["case", "label"], name="party_label_once_in_a_case"),)
