"""The account that a citizen may open: an address that was proved, and the requests kept under it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from gongkai.web.requests.models.cases import Case


class Account(models.Model):
    """No name, no password: an e-mail address, sealed (`config.sealing`) and found by its blind index.
    Closed, it keeps no address. Nothing of it is shown to staff."""

    is_tracked = True
    untracked = frozenset({"entered_at"})

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed_address = models.TextField("电子邮箱（加密）", blank=True)
    address_index = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField("开通时间")
    entered_at = models.DateTimeField("最近登录时间", db_index=True)
    closed_at = models.DateTimeField("注销时间", null=True, blank=True)

    class Meta:
        verbose_name = "申请人账户"
        verbose_name_plural = "申请人账户"
        constraints = (
            models.UniqueConstraint(
                fields=["address_index"],
                condition=Q(closed_at__isnull=True),
                name="account_of_an_address_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(sealed_address="", address_index=""),
                name="closed_account_keeps_no_address",
            ),
        )


class AccountSession(models.Model):
    """That a browser is signed in to an account. `token`: a digest of what its cookie carries."""

    token = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    until = models.DateTimeField(db_index=True)


class Attached(models.Model):
    """A request that is opened from an account without its code."""

    is_tracked = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="attached")
    case = models.ForeignKey(Case, models.PROTECT, related_name="attached")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "列入账户的申请"
        verbose_name_plural = "列入账户的申请"
        constraints = (
            models.UniqueConstraint(fields=["account", "case"], name="case_attached_once_to_an_account"),
        )
