"""The log: entries in one chain, and the personal data and reasons in them, which alone can be destroyed.

An entry's hash covers all of it and the hash of the entry before. Personal data stands beside the chain, in
`PersonalDatum`: the entry holds a digest of it with a salt, so that destroying it leaves the chain whole.
Both tables refuse changes in the database itself (audit/guards.py).
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from gongkai.web.audit.errors import AuditError

GENESIS = "0" * 64
_NOT_ASKED: Any = object()


def _never(*_: Any, **__: Any) -> NoReturn:
    raise AuditError(
        "audit_append_only",
        "操作记录只能追加，不能修改或删除。个人信息可以按规定销毁（audit.actions.shred）。",
        "The audit log is append-only: an entry is never changed or deleted.",
    )


class AppendOnly(models.QuerySet[Any]):
    """Rows that may be read and added."""

    update = _never
    delete = _never
    bulk_update = _never

    def with_reasons(self) -> AppendOnly:
        """The reasons brought along, for lists."""
        reason = PersonalDatum.objects.filter(entry=models.OuterRef("pk"), place="why").values("value")[:1]
        return self.annotate(told_why=models.Subquery(reason))


class Entry(models.Model):
    """One change: who did what to which thing, from what to what, and why."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)  # None: the program itself
    organ_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # The reason stands with the personal data, at `why`: it may name somebody. Here its digest, "" for none.
    why_digest = models.CharField(max_length=64, blank=True)
    correlation_id = models.UUIDField()
    # What each row touched looks like after this change: {"disclosure.record:17": digest, … }, None if gone.
    states = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        ordering = ("number",)
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "number"], name="audit_by_subject"),
            models.Index(fields=["organ_id", "-number"], name="audit_by_organ"),
            models.Index(fields=["correlation_id"], name="audit_by_correlation"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    @property
    def why(self) -> str:
        """The reason; "" if none was given or it was destroyed. 1 query unless `with_reasons` brought it."""
        if not self.why_digest:
            return ""
        known = self.__dict__.get("told_why", _NOT_ASKED)
        if known is _NOT_ASKED:
            known = self.personal.filter(place="why").values_list("value", flat=True).first()
            self.__dict__["told_why"] = known
        return str(known or "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _never()
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _never()


class PersonalDatum(models.Model):
    """Personal data of an entry. `value` and `salt` are emptied when it is destroyed; the row stays."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="personal")
    place = models.CharField(max_length=120)  # where in the entry: `after.name`, `why`
    salt = models.CharField(max_length=32, blank=True)
    value = models.TextField(blank=True)
    destroyed_by = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "place"], name="one_personal_datum_in_a_place"),
        )


class ChainHead(models.Model):
    """The end of the chain: one row, locked while an entry is added, so that numbers have no gap."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_chain_head"),)
