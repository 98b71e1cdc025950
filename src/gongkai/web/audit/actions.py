"""Adding to the log, and destroying personal data in it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from gongkai.web.organs.permissions import is_administrator, is_auditor

SHRED = "audit.shred"
# Where the reason of an entry stands among its personal data: what people write may name somebody.
WHY = "why"

# One id for all that one request, one import, one command does.
correlation: ContextVar[uuid.UUID | None] = ContextVar("correlation", default=None)
_held: ContextVar[list[tuple[Entry, list[PersonalDatum]]] | None] = ContextVar("held", default=None)


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
    """Enter several changes, in order. Inside `held_together` their entries get their numbers at its end."""
    _in_transaction()
    made = [_entry(change) for change in changes]
    held = _held.get()
    if held is None:
        _chain(made)
    else:
        held += made
    return [entry for entry, _data in made]


@contextmanager
def held_together() -> Iterator[None]:
    """Entries of all that is done inside are written at its end, in order, in one go.

    The log is locked for that moment alone, and not as long as a thousand rows take. The states that entries
    tell are those of the moment each was made. Lies inside one transaction that an error ends altogether: an
    error must not be caught inside.
    """
    _in_transaction()
    made: list[tuple[Entry, list[PersonalDatum]]] = []
    token = _held.set(made)
    try:
        yield
    finally:
        _held.reset(token)
    _chain(made)


def _in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise AuditError(
            "audit_outside_transaction",
            "操作记录须与所记的更改在同一个事务中写入。",
            "An entry is written in the transaction of the change it tells of.",
        )


def _chain(made: Sequence[tuple[Entry, list[PersonalDatum]]]) -> None:
    """Put entries at the end of the chain."""
    if not made:
        return
    now = clock.now()
    # The lock is held until the transaction ends: the next entry waits, and numbers follow without a gap.
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    for entry, data in made:
        entry.number, entry.at, entry.previous_hash = head.number + 1, now, head.hash
        entry.hash = entry_hash(entry)
        head.number, head.hash = entry.number, entry.hash
        for datum in data:
            datum.entry = entry
    Entry.objects.bulk_create([entry for entry, _data in made], batch_size=500)
    PersonalDatum.objects.bulk_create([one for _entry, data in made for one in data], batch_size=500)
    head.save(update_fields=["number", "hash"])


@transaction.atomic
def shred(*, by: Staff, entries: Iterable[Entry], why: str) -> int:
    """Destroy the personal data and the reasons of entries and say so in the log. Gives how many values went.

    By an auditor of the entry's organ, or its administrator: who must be another than whoever acted, so that
    nobody takes the words away that tell why he did what he did. The row and the chain stay.
    """
    if not why.strip():
        raise AuditError(
            "audit_shred_needs_reason", "销毁文字和个人信息须写明理由。", "A reason is needed.", field="why"
        )
    asked = list(Entry.objects.filter(pk__in=[entry.number for entry in entries]))
    if not all(may_shred(by, one) for one in asked):
        raise NotAllowed
    numbers = [one.number for one in asked]
    rows = list(PersonalDatum.objects.select_for_update().filter(entry__in=numbers, destroyed_by=None))
    if not rows:
        return 0
    destroyed = [f"{row.entry_id}:{row.place}" for row in rows]
    organs = {one.organ_id for one in asked}
    organ_id = organs.pop() if len(organs) == 1 else by.organ_id
    entry = append(Change(SHRED, by, organ_id=organ_id, after={"destroyed": destroyed}, why=why.strip()))
    PersonalDatum.objects.filter(pk__in=[row.pk for row in rows]).update(
        value="", salt="", destroyed_by=entry
    )
    return len(rows)


def may_shred(by: Staff, entry: Entry) -> bool:
    """Whether a person may destroy what an entry holds of words and personal data."""
    for one in by.appointments_today():
        if one.organ_id != entry.organ_id:
            continue
        if is_auditor(by, one) or (is_administrator(by, one) and entry.actor_id != by.pk):
            return True
    return False


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
                "why": entry.why_digest,
                "correlation": str(entry.correlation_id),
                "states": entry.states,
                "previous": entry.previous_hash,
            }
        )
    )


def _entry(change: Change) -> tuple[Entry, list[PersonalDatum]]:
    """The entry of a change with its personal data, not yet in the chain."""
    subject = change.subject
    entry = Entry(
        actor_id=change.actor.pk if change.actor else None,
        organ_id=change.organ_id if change.organ_id is not None else getattr(subject, "organ_id", None),
        action=change.action,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        correlation_id=correlation.get() or uuid.uuid4(),
    )
    data: list[PersonalDatum] = []
    if change.why:
        entry.why_digest = _kept(entry, WHY, change.why, data)
    entry.before = _told("before", change.before, entry, data)
    entry.after = _told("after", change.after, entry, data)
    entry.states = {row_key(row): row_digest(row) for row in change.touched} | dict.fromkeys(change.gone)
    return entry, data


def _told(side: str, facts: Mapping[str, Any], entry: Entry, data: list[PersonalDatum]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Personal):
            told[name] = {"personal": _kept(entry, f"{side}.{name}", value.value, data)}
        else:
            told[name] = plain(value)
    return told


def _kept(entry: Entry, place: str, value: str, data: list[PersonalDatum]) -> str:
    """Put a value beside the chain; gives the digest that stands for it in the entry."""
    salt = secrets.token_hex(16)
    data.append(PersonalDatum(entry=entry, place=place, salt=salt, value=value))
    return personal_digest(salt, value)


def promised_by(entry: Entry) -> Iterator[tuple[str, str]]:
    """The places of an entry's personal data with the digests that stand there for them."""
    if entry.why_digest:
        yield WHY, entry.why_digest
    for side in ("before", "after"):
        for name, value in getattr(entry, side).items():
            if isinstance(value, dict) and set(value) == {"personal"}:
                yield f"{side}.{name}", value["personal"]


def personal_digest(salt: str, value: str) -> str:
    return sha256(f"{salt}:{value}")
