"""The log's entries of many changes at once: one chain with what actions enter, and hashed as theirs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any, NamedTuple

from gongkai.web.audit.actions import WHY, entry_hash, personal_digest
from gongkai.web.audit.canonical import plain
from gongkai.web.audit.models import ChainHead, Entry, PersonalDatum
from gongkai.web.sample.rows import Row, insert, set_sequences, table, write


class Event(NamedTuple):
    """What happened at a moment: as `audit.actions.Change` tells it, with the rows' digests then."""

    at: dt.datetime
    action: str
    actor_id: int | None
    organ_id: int
    subject: tuple[str, int]
    before: dict[str, Any]
    after: dict[str, Any]
    why: str
    states: dict[str, str]


def event(
    at: dt.datetime,
    action: str,
    actor_id: int | None,
    record: Row,
    touched: Sequence[Row] = (),
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> Event:
    """A change to a record, as `disclosure.actions.entering.enter` enters it: its revision goes up."""
    record.change(revision=record.values["revision"] + 1)
    states = dict(row.state() for row in (record, *touched))
    return Event(
        at,
        f"disclosure.{action}",
        actor_id,
        record.values["organ_id"],
        (record.table.label, record.pk),
        plain(before or {}),
        plain(after or {}),
        why,
        states,
    )


def enter(events: Iterable[Event], chance: Random) -> int:
    """Enter events, given in the order of time, at the chain's end. Inside a transaction; gives how many."""
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    first = head.number
    names = [field.attname for field in Entry._meta.concrete_fields]
    reasons = table(PersonalDatum)
    reasons.count_on()
    kept: list[Row] = []

    def values() -> Iterable[list[Any]]:
        for told in events:
            entry = Entry(
                number=head.number + 1,
                at=told.at,
                actor_id=told.actor_id,
                organ_id=told.organ_id,
                action=told.action,
                subject_type=told.subject[0],
                subject_id=told.subject[1],
                before=told.before,
                after=told.after,
                correlation_id=uuid.UUID(int=chance.getrandbits(128), version=4),
                states=told.states,
                previous_hash=head.hash,
            )
            if told.why:
                salt = f"{chance.getrandbits(128):032x}"
                entry.why_digest = personal_digest(salt, told.why)
                kept.append(reasons.row(entry_id=entry.number, place=WHY, salt=salt, value=told.why))
            entry.hash = entry_hash(entry)
            head.number, head.hash = entry.number, entry.hash
            yield [getattr(entry, name) for name in names]

    write(Entry, values())
    insert(kept)
    set_sequences([PersonalDatum])
    head.save(update_fields=["number", "hash"])
    return int(head.number - first)
