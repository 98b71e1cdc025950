"""Reading the log of one organ: narrowed by what the address says, the newest first, by cursors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils import timezone

from gongkai.web.audit.actions import entry_hash
from gongkai.web.audit.models import GENESIS, Entry, PersonalDatum
from gongkai.web.disclosure.models import ChecklistItem, Record, WithheldItem
from gongkai.web.disclosure.queries.record_page import with_names
from gongkai.web.organs.models import Appointment, Organ, Role, Staff, Unit

PAGE = 50
_NO_LOG_BEFORE = dt.date(1970, 1, 1)
# Entries whose hashes are made again while somebody waits; the whole chain is for `gongkai audit verify`.
MOST_VERIFIED = 5000


@dataclass(frozen=True, slots=True)
class LogAsked:
    """What of the log is asked for. "" and None: not narrowed by that."""

    action: str = ""
    actor: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    record: int | None = None
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    entries: Sequence[Entry]
    newer: int | None
    older: int | None


def log_page(organ: Organ, asked: LogAsked) -> LogPage:
    """A page of an organ's log, with `actor_name` on each entry. 1 query."""
    found = Entry.objects.filter(organ_id=organ.pk)
    if asked.action:
        found = found.filter(action__startswith=asked.action)
    if asked.actor:
        found = found.filter(actor_id=asked.actor)
    if asked.record:
        found = found.filter(subject_type="disclosure.record", subject_id=asked.record)
    if asked.since:
        found = found.filter(at__gte=_begin_of(asked.since))
    if asked.until and asked.until < dt.date.max:
        found = found.filter(at__lt=_begin_of(asked.until + dt.timedelta(days=1)))
    return _page(found, asked.before, asked.after)


def _page(found: QuerySet[Entry], before: int | None, after: int | None) -> LogPage:
    """The page before or after a number, the newest first."""
    back = before is not None
    if back:
        found = found.filter(number__gt=before)
    elif after is not None:
        found = found.filter(number__lt=after)
    rows = list(with_names(found).defer("states").order_by("number" if back else "-number")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if back:
        rows.reverse()
    moved = after is not None
    return LogPage(
        rows,
        rows[0].number if rows and (more if back else moved) else None,
        rows[-1].number if rows and (True if back else more) else None,
    )


# Roles whose holders stand between a draft and the public: who supervises an area sees who is given them.
WATCHED = (Role.SECRECY_OFFICER, Role.LEADER)


def appointments_page(organs: Collection[int], before: int | None, after: int | None) -> LogPage:
    """Who was appointed to `WATCHED`, or no longer is, at some organs. 1 query."""
    found = Entry.objects.filter(
        organ_id__in=organs,
        action__in=("organs.appointed", "organs.appointment_ended"),
        after__role__in=[role.value for role in WATCHED],
    )
    return _page(found, before, after)


# What an entry is about, and the column that names it.
_NAMED: dict[str, tuple[type[Model], str]] = {
    "disclosure.record": (Record, "title"),
    "disclosure.checklistitem": (ChecklistItem, "level1"),
    "disclosure.withhelditem": (WithheldItem, "title"),
    "organs.organ": (Organ, "name"),
    "organs.unit": (Unit, "name"),
    "organs.staff": (Staff, "name"),
    "organs.appointment": (Appointment, "staff__name"),
}


def names_of_subjects(entries: Sequence[Entry]) -> dict[tuple[str, int], str]:
    """What the entries are about, by type and id. At most 7 queries, one for each type there is."""
    return names_of({(one.subject_type, one.subject_id) for one in entries if one.subject_id})


def names_of(rows: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The names of rows, by type and id. One query for each type there is."""
    names: dict[tuple[str, int], str] = {}
    for kind, (model, column) in _NAMED.items():
        ids = {pk for of, pk in rows if of == kind}
        if ids:
            found = model._default_manager.filter(pk__in=ids).values_list("pk", column)
            names |= {(kind, pk): str(name) for pk, name in found}
    return names


def _begin_of(day: dt.date) -> dt.datetime:
    """The day's first moment here. No log is as old as the years that no database can reckon with."""
    return timezone.make_aware(dt.datetime.combine(max(day, _NO_LOG_BEFORE), dt.time.min))


def entry_of(organ: Organ, number: int) -> Entry | None:
    """An entry of that organ. 1 query."""
    return with_names(Entry.objects.filter(organ_id=organ.pk, number=number)).first()


def personal_of(entry: Entry) -> dict[str, PersonalDatum]:
    """The personal data of an entry, by its place (`after.name`). For auditors alone. 1 query."""
    return {one.place: one for one in PersonalDatum.objects.filter(entry=entry)}


def may_be_shredded(entry: Entry) -> bool:
    """Whether an entry holds words or personal data that were not destroyed yet. 1 query."""
    return PersonalDatum.objects.filter(entry=entry, destroyed_by=None).exists()


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """The newest entries of the chain made anew. `broken`: numbers of entries that do not hold."""

    first: int
    last: int
    broken: Sequence[int]


def verify_newest(most: int = MOST_VERIFIED) -> ChainVerdict:
    """Whether the newest entries follow each other and are as they were written. 2 queries."""
    rows = list(Entry.objects.order_by("-number")[:most])
    rows.reverse()
    if not rows:
        return ChainVerdict(0, 0, ())
    earlier = (
        Entry.objects.filter(number__lt=rows[0].number)
        .order_by("-number")
        .values_list("hash", flat=True)
        .first()
    )
    broken = []
    previous, expected = earlier or GENESIS, rows[0].number
    for entry in rows:
        if entry.number != expected or entry.previous_hash != previous or entry_hash(entry) != entry.hash:
            broken.append(entry.number)
        previous, expected = entry.hash, entry.number + 1
    return ChainVerdict(rows[0].number, rows[-1].number, broken)
