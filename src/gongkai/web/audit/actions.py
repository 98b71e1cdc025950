"""Adding to the log, and destroying personal data in it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from gongkai.web.audit.canonical import canonical, plain, row_digest, row_key, sha256
from gongkai.web.audit.errors import AuditError
from gongkai.web.audit.models import ChainHead, Entry, PersonalDatum
from gongkai.web.config import clock
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Staff
from gongkai.web.organs.permissions import is_auditor

# One id for all that one request, one import, one command does.
correlation: ContextVar[uuid.UUID | None] = ContextVar("correlation", default=None)


@dataclass(frozen=True, slots=True)
class Personal:
    """A value of `before` or `after` that is personal data: it can be destroyed, its entry cannot."""

    value: str


@dataclass(slots=True)
class Change:
    """What an action has done, to be entered in the log."""

    action: str
    actor: Staff | None
    subject: models.Model | None = None
    organ_id: int | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    touched: Sequence[models.Model] = ()
    gone: Sequence[str] = ()


def append(change: Change) -> Entry:
    """Enter a change in the log. Belongs inside the transaction of the change itself, at its end."""
    return append_many([change])[0]


def append_many(changes: Sequence[Change]) -> list[Entry]:
    """Enter several changes, in order."""
    if not transaction.get_connection().in_atomic_block:
        raise AuditError(
            "audit_outside_transaction",
            "操作记录须与所记的更改在同一个事务中写入。",
            "An entry is written in the transaction of the change it tells of.",
        )
    now = clock.now()
    # The lock is held until the transaction ends: the next entry waits, and numbers follow without a gap.
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    entries: list[Entry] = []
    personal: list[PersonalDatum] = []
    for change in changes:
        entry, data = _entry(change, now, head)
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
        personal += data
    Entry.objects.bulk_create(entries, batch_size=500)
    PersonalDatum.objects.bulk_create(personal, batch_size=500)
    head.save(update_fields=["number", "hash"])
    return entries


@transaction.atomic
def shred(*, by: Staff, entries: Iterable[Entry], why: str) -> int:
    """Destroy the personal data of entries and say so in the log. Gives how many values were destroyed."""
    if not why.strip():
        raise AuditError(
            "audit_shred_needs_reason", "销毁个人信息须写明理由。", "A reason is needed.", field="why"
        )
    numbers = [entry.number for entry in entries]
    rows = list(PersonalDatum.objects.select_for_update().filter(entry__in=numbers, destroyed_by=None))
    for organ_id in {entry.organ_id for entry in Entry.objects.filter(pk__in=numbers)}:
        if not any(one.organ_id == organ_id and is_auditor(by, one) for one in by.appointments_today()):
            raise NotAllowed
    if not rows:
        return 0
    destroyed = [f"{row.entry_id}:{row.place}" for row in rows]
    entry = append(Change("audit.shred", by, organ_id=by.organ_id, after={"destroyed": destroyed}, why=why))
    PersonalDatum.objects.filter(pk__in=[row.pk for row in rows]).update(
        value="", salt="", destroyed_by=entry
    )
    return len(rows)


def entry_hash(entry: Entry) -> str:
    """The hash that covers an entry and, through `previous_hash`, all before it."""
    return sha256(
        canonical(
            {
                "number": entry.number,
                "at": plain(entry.at),
                "actor": entry.actor_id,
                "organ": entry.organ_id,
                "action": entry.action,
                "subject": [entry.subject_type, entry.subject_id],
                "before": entry.before,
                "after": entry.after,
                "why": entry.why,
                "correlation": str(entry.correlation_id),
                "states": entry.states,
                "previous": entry.previous_hash,
            }
        )
    )


def _entry(change: Change, now: Any, head: ChainHead) -> tuple[Entry, list[PersonalDatum]]:
    subject = change.subject
    entry = Entry(
        number=head.number + 1,
        at=now,
        actor_id=change.actor.pk if change.actor else None,
        organ_id=change.organ_id if change.organ_id is not None else getattr(subject, "organ_id", None),
        action=change.action,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        why=change.why,
        correlation_id=correlation.get() or uuid.uuid4(),
        previous_hash=head.hash,
    )
    data: list[PersonalDatum] = []
    entry.before = _told("before", change.before, entry, data)
    entry.after = _told("after", change.after, entry, data)
    entry.states = {row_key(row): row_digest(row) for row in change.touched} | dict.fromkeys(change.gone)
    entry.hash = entry_hash(entry)
    return entry, data


def _told(side: str, facts: Mapping[str, Any], entry: Entry, data: list[PersonalDatum]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Personal):
            salt = secrets.token_hex(16)
            data.append(PersonalDatum(entry=entry, place=f"{side}.{name}", salt=salt, value=value.value))
            told[name] = {"personal": personal_digest(salt, value.value)}
        else:
            told[name] = plain(value)
    return told


def personal_digest(salt: str, value: str) -> str:
    return sha256(f"{salt}:{value}")
