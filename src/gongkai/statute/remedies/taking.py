"""The walk through the events of a challenge: which take effect, which cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gongkai.statute.data_files import data
from gongkai.statute.findings import Finding, worded
from gongkai.statute.remedies.challenge_events import (
    ChallengeEvent,
    EventType,
    Procedure,
    event_types,
    procedure_of,
)

# From the simplified procedure into the ordinary one; the period counts from the beginning all the same
# (ARL.55, APL.84; SPCA.105.2 for courts, for reconsideration D).
_ORDINARY = {
    "reconsideration-simplified": "reconsideration",
    "first-instance-simplified": "first-instance",
}


@dataclass(slots=True)
class Taken:
    """What took effect. `suspended_days`: of ended suspensions; `suspended_since`: of one not ended."""

    procedure: Procedure
    events: dict[str, ChallengeEvent] = field(default_factory=dict)  # the first of each kind
    since_end: dict[str, ChallengeEvent] = field(default_factory=dict)
    ended: ChallengeEvent | None = None
    suspended_since: dt.date | None = None
    suspended_days: int = 0
    findings: list[Finding] = field(default_factory=list)

    def event(self, code: str) -> ChallengeEvent | None:
        return self.events.get(code)

    def on(self, code: str) -> dt.date | None:
        found = self.events.get(code)
        return found.on if found else None


def take(procedure: Procedure, events: Iterable[ChallengeEvent]) -> Taken:
    """The events in their order, each taken or found to be out of place."""
    taken = Taken(procedure)
    ordered = list(events)
    for number, one in enumerate(ordered):
        if _in_place(taken, one, ordered[number + 1 :]):
            _take(taken, one)
    return taken


def _in_place(taken: Taken, one: ChallengeEvent, later: list[ChallengeEvent]) -> bool:
    kind = event_types()[one.code]
    if taken.procedure.code not in kind.procedures:
        _find(taken, "other_procedure", one, procedure=taken.procedure.zh, procedure_en=taken.procedure.en)
        return False
    if taken.ended is not None and not set(kind.after) & set(taken.since_end):
        end = event_types()[taken.ended.code]
        _find(taken, "after_end", one, end=end.zh, end_en=end.en, ended=taken.ended.on)
        return False
    if kind.once and one.code in taken.events:
        _find(taken, "twice", one, first=taken.events[one.code].on)
        return False
    blocked = next((taken.events[code] for code in kind.before if code in taken.events), None)
    if blocked is not None:
        block = event_types()[blocked.code]
        _find(taken, "too_late", one, blocked=block.zh, blocked_en=block.en, first=blocked.on)
        return False
    return _has_cause(taken, one, kind, later) and _suspends(taken, one)


def _has_cause(taken: Taken, one: ChallengeEvent, kind: EventType, later: list[ChallengeEvent]) -> bool:
    causes = [event_types()[code] for code in kind.after]
    causes = [cause for cause in causes if taken.procedure.code in cause.procedures]
    if not causes or any(cause.code in taken.events for cause in causes):
        return True
    for other in later:
        if any(other.code == cause.code for cause in causes):
            cause = event_types()[other.code]
            _find(taken, "before_its_cause", one, needed=cause.zh, needed_en=cause.en, later=other.on)
            return False
    # An organ often knows only of what reached it: what came before need not be on record.
    _find(taken, "cause_unrecorded", one, needed=causes[0].zh, needed_en=causes[0].en)
    return True


def _suspends(taken: Taken, one: ChallengeEvent) -> bool:
    if one.code == "resumed" and taken.suspended_since is None:
        _find(taken, "resumed_without_suspension", one)
        return False
    if one.code == "suspended" and taken.suspended_since is not None:
        _find(taken, "twice", one, first=taken.suspended_since)
        return False
    return True


def _take(taken: Taken, one: ChallengeEvent) -> None:
    taken.events.setdefault(one.code, one)
    if taken.ended is not None:
        taken.since_end.setdefault(one.code, one)
    elif event_types()[one.code].ends:
        taken.ended = one
        taken.since_end[one.code] = one
    if one.code == "suspended":
        taken.suspended_since = one.on
    elif one.code == "resumed" and taken.suspended_since is not None:
        taken.suspended_days += (one.on - taken.suspended_since).days
        taken.suspended_since = None
    elif one.code == "converted":
        taken.procedure = procedure_of(_ORDINARY[taken.procedure.code])
    elif one.code == "sued" and "accepted" in taken.events:
        # ARL.29.1: no suit while an accepted reconsideration is pending.
        _find(taken, "sued_meanwhile", one)


def _find(taken: Taken, code: str, one: ChallengeEvent, **facts: Any) -> None:
    event = event_types()[one.code]
    taken.findings.append(course_finding(code, what=event.zh, what_en=event.en, on=one.on, **facts))


def course_finding(code: str, *, rule: str | None = None, **facts: object) -> Finding:
    """The finding of that code (data/timers.toml), its words filled in."""
    kind: dict[str, str] = data("timers.toml")["findings"][code]
    return worded(code, kind, rule, facts)
