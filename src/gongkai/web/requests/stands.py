"""Where a case stands: `statute.clock` of its events, and the columns in which lists find it.

`reckon` alone writes those columns. They hold for the day they were reckoned on: a period that ends, an
opinion's term that lapses change them overnight, so open cases are reckoned anew once a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from gongkai.statute.calendar import Calendar, national
from gongkai.statute.clock import Clock, Event, EventKind, Way
from gongkai.statute.clock import clock as statute_clock
from gongkai.web.config import clock
from gongkai.web.requests.models import CLOSED, OPEN, Case, CaseEvent, Stands

# The columns that `reckon` writes.
RECKONED = tuple(sorted(Case.untracked))
_AT_ONCE = 500


def calendar_of(case: Case) -> Calendar:
    """The calendar of the case's organ."""
    return national()


def as_event(row: CaseEvent) -> Event:
    """A row as the clock takes it."""
    return Event(
        EventKind(row.kind),
        row.on,
        str(row.party),
        row.until,
        row.days,
        Way(row.way) if row.way else None,
    )


def events_of(case: Case) -> list[Event]:
    """The events that stand. 1 query unless `standing_events` were brought along."""
    known = getattr(case, "standing_events", None)
    rows = case.events.filter(voided_at=None) if known is None else known
    return [as_event(row) for row in rows]


def clock_of(case: Case, day: dt.date | None = None, *more: Event) -> Clock | None:
    """The clock on a day (today), `more` events put beside those there are; None before the receipt."""
    return clock_from([*events_of(case), *more], calendar_of(case), day)


def clock_from(events: Iterable[Event], calendar: Calendar, day: dt.date | None = None) -> Clock | None:
    """The clock of events, on a day that is not before the receipt; None without one."""
    known = list(events)
    received = [one.on for one in known if one.kind is EventKind.RECEIVED]
    if not received:
        return None
    wanted = day or clock.today()
    return statute_clock(known, calendar, as_of=max(wanted, min(received)))


def reckon(case: Case, day: dt.date | None = None) -> Clock | None:
    """Write into the case where it stands on a day (today). Not saved here. 1 query."""
    told = _reckoned(case, day or clock.today())
    case.is_open = case.stands not in CLOSED
    return told


def _reckoned(case: Case, wanted: dt.date) -> Clock | None:
    told = clock_of(case, wanted)
    case.reckoned_on = wanted
    if case.merged_into_id is not None:
        _close(case, Stands.MERGED, case.closed_on or wanted)
        return told
    if told is None:
        withdrawn = next((one.on for one in events_of(case) if one.kind is EventKind.WITHDRAWN), None)
        if withdrawn is not None:
            _close(case, Stands.WITHDRAWN, withdrawn)
        else:
            case.stands, case.due_on, case.closed_on = Stands.UNCONFIRMED, None, None
        return None
    case.stands = Stands(told.state.value)
    case.due_on = told.due.date if told.due else None
    case.due_at_latest = told.due_at_latest.date if told.due_at_latest else None
    case.due_is_provisional = told.provisional
    case.waits_until = told.awaited_until or _asked_until(told)
    case.days_used, case.in_time, case.closed_on = told.used, told.in_time, told.closed
    case.has_faults = any(one.severity == "error" for one in told.findings)
    return told


def reckon_due(day: dt.date | None = None, organ_id: int | None = None) -> int:
    """Reckon the open cases that were not reckoned on that day (today). Gives how many. Each batch is a
    transaction of its own, which skips what somebody is changing just now: that one reckons it himself."""
    wanted = day or clock.today()
    stale = Case.objects.filter(OPEN, _stale(wanted))
    if organ_id is not None:
        stale = stale.filter(organ_id=organ_id)
    # Put in order here: asked for in order, SQLite goes through all cases of the organ for a few.
    ids = sorted(stale.order_by().values_list("pk", flat=True))
    return sum(_reckon_some(ids[at : at + _AT_ONCE], wanted) for at in range(0, len(ids), _AT_ONCE))


@transaction.atomic
def _reckon_some(ids: list[int], wanted: dt.date) -> int:
    rows = Case.objects.filter(OPEN, _stale(wanted), pk__in=ids)
    found = list(rows.order_by("pk").select_for_update(of=("self",), skip_locked=True))
    _bring_events(found)
    for case in found:
        reckon(case, wanted)
    Case.objects.bulk_update(found, RECKONED)
    return len(found)


def _stale(day: dt.date) -> Q:
    """Reckoned for another day, as two ranges of an index."""
    return Q(reckoned_on__lt=day) | Q(reckoned_on__gt=day)


def _bring_events(cases: list[Case]) -> None:
    """The events of many cases, in one query."""
    by_case: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for row in CaseEvent.objects.filter(case__in=by_case, voided_at=None):
        by_case[row.case_id].append(row)
    for case in cases:
        case.standing_events = by_case[case.pk]  # type: ignore[attr-defined]


def _asked_until(told: Clock) -> dt.date | None:
    """The last day on which an opinion is still waited for."""
    limits = [one.limit for one in told.consultations if one.ended is None and one.limit is not None]
    return max(limits) if limits and told.state.value == Stands.CONSULTING else None


def _close(case: Case, stands: Stands, on: dt.date) -> None:
    case.stands, case.closed_on, case.due_on = stands, on, None
    case.due_at_latest = case.waits_until = None
