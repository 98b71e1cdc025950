"""A record's due day (REG.26 and special limits) and its validity today (NOR.3)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from gongkai.statute.catalogue import record_due, validity
from gongkai.statute.errors import StatuteError
from gongkai.web.config import clock
from gongkai.web.disclosure.models import LinkKind, Record, State, Version


def set_due(record: Record, version: Version) -> None:
    """The last day for publication, from the day the information was made, decided or changed.

    None where that day is not filled in yet, or no limit can be reckoned from it (before the Regulation was
    in force there was none to hold the office to).
    """
    made = version.made_on or version.decided_on
    record.due_on, record.due_is_provisional = None, False
    if record.state == State.ABANDONED or made is None:
        return
    try:
        due = record_due(
            record.kind,
            made,
            version.changed_on,
            since=_since(record, version),
            organ=record.organ.organ_kind,
        )
    except StatuteError:
        return
    record.due_on, record.due_is_provisional = due.date, due.provisional


def _since(record: Record, version: Version) -> dt.date | None:
    """The day a special limit runs from: decision, approval, publication of what is interpreted."""
    if version.decided_on or record.pk is None or record.revision == 0:  # one just made has no links yet
        return version.decided_on
    interpreted = record.links.filter(kind=LinkKind.INTERPRETS, target__published_at__isnull=False)
    published = (
        interpreted.order_by("target__published_at").values_list("target__published_at", flat=True).first()
    )
    return timezone.localdate(published) if published else None


def validity_today(record: Record, today: dt.date | None = None) -> str:
    """The validity that the record's days give on a day, as a code of NOR.3."""
    return validity(
        today or clock.today(),
        effective_on=record.effective_on,
        repealed_on=record.repealed_on,
        expires_on=record.expires_on,
        amended=record.amended_on or False,
    ).value
