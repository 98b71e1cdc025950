"""Who is signed in where, which passwords were used before, and what is kept for a short time.

None of these is tracked by the log: signing in and out is entered there by `signing_in.records`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from gongkai.web.organs.models.staff import Staff


class Session(AbstractBaseSession):
    """A session as Django keeps it, with what a list of a person's sessions shows.

    The columns are copies of what the session itself holds: `signing_in.sessions` writes both at once.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近使用", null=True)
    address = models.CharField("网络地址", max_length=45, blank=True)
    browser = models.CharField("浏览器", max_length=200, blank=True)

    class Meta:
        verbose_name = "登录会话"
        verbose_name_plural = "登录会话"
        indexes = (models.Index(fields=["staff", "started_at"], name="sessions_of_staff"),)

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        from gongkai.web.organs.signing_in.sessions import SessionStore

        return SessionStore


class PastPassword(models.Model):
    """The hash of a password that a person had: a new one must be another."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    until = models.DateTimeField()

    class Meta:
        verbose_name = "用过的密码"
        verbose_name_plural = "用过的密码"
        ordering = ("-until", "-id")

    def __str__(self) -> str:
        return f"{self.staff_id} {self.until:%Y-%m-%d}"


class KeptValue(models.Model):
    """A value of Django's cache, in the table its database cache reads and writes.

    Limits of attempts and codes already used hold for all processes of the server, so they stand here and
    not in the memory of one.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "kept_values"
        verbose_name = "暂存值"
        verbose_name_plural = "暂存值"
