"""What a requester reads of his own case. Of third parties: that they were asked, never who they are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare

from gongkai.statute.clock import Clock, Event
from gongkai.statute.letters import kind as letter_kind
from gongkai.statute.outcomes import outcome as outcome_of
from gongkai.statute.remedies import ClauseKind, Period, clause_for, last_day
from gongkai.statute.remedies.clauses import period
from gongkai.statute.remedies.periods import calendar_end
from gongkai.web.config.sealing import Unreadable
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ
from gongkai.web.requests.models import (
    Case,
    CaseEvent,
    CaseFile,
    Decision,
    DecisionStage,
    FeeNotice,
    FileKind,
    Letter,
    Stands,
)
from gongkai.web.requests.numbering import code_index
from gongkai.web.requests.remedies_of import office_of, remedy_of
from gongkai.web.requests.sealed import Destroyed, opener_of
from gongkai.web.requests.stands import as_event, calendar_of, clock_from

_NUMBER = re.compile(r"(\d{4})\D+0*(\d{1,9})")
_SERIAL = re.compile(r"0*(\d{1,9})")
_MOST_SERIAL = 2**31 - 1


class Number(NamedTuple):
    """A case's number as it was typed; the year 0 where none was."""

    year: int
    serial: int


class Lapse(NamedTuple):
    """A period as its days: it is over on `over`, and where that is a day off it ends on `last`."""

    period: Period
    over: dt.date
    last: dt.date


class Authority(NamedTuple):
    """Who reconsiders; `address` and `telephone` where it is an organ of this platform."""

    name: str
    address: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class LastDays:
    """By when the outcome can be challenged, and where. `first`: reconsideration must come first (ARL.23).
    `reached`: the day from which it runs, itself not counted. `online`: where reconsideration is asked for on
    the net. Names are empty where the organ has not set what they follow from: the letter tells them."""

    first: bool
    reached: dt.date
    reconsider: Lapse
    sue: Lapse | None
    authorities: tuple[Authority, ...] = ()
    court: str = ""
    online: str = ""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What is shown of a case to its requester."""

    case: Case
    events: Sequence[CaseEvent]
    clock: Clock | None
    fee: FeeNotice | None = None
    letters: Sequence[Letter] = ()
    files: Sequence[CaseFile] = ()
    sent: Sequence[CaseFile] = ()  # what its requester sent after the request itself
    decision: Decision | None = None
    last_days: LastDays | None = None
    parts: Sequence[Case] = ()  # those split from it, for their numbers
    steps: Sequence[Event] = field(default=())

    @property
    def stands(self) -> str:
        """Where it stands today, whatever the columns were reckoned for."""
        if self.case.stands == Stands.MERGED or self.clock is None:
            return str(self.case.stands)
        return self.clock.state.value

    @property
    def has_answered_fee(self) -> bool:
        """Whether a proof or a word of its requester is with the office, which has to look for the money."""
        waits = self.stands == Stands.AWAITING_PAYMENT
        return waits and any(one.kind == FileKind.PAYMENT for one in self.sent)


def answered_fee() -> Exists:
    """For cases: whether their requester sent a proof or a word about a fee."""
    return Exists(CaseFile.objects.filter(case=OuterRef("pk"), kind=FileKind.PAYMENT, added_by=None))


def number_typed(text: str) -> Number | None:
    """A number as people copy it: 〔2026〕12号, 2026-12, ２０２６ 12, 12.

    >>> number_typed("〔2026〕12号"), number_typed("12")
    (Number(year=2026, serial=12), Number(year=0, serial=12))
    """
    plain = text.translate(_DIGITS)
    both = _NUMBER.search(plain)
    if both:
        return Number(int(both[1]), int(both[2]))
    one = _SERIAL.search(plain)
    return Number(0, int(one[1])) if one else None


_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}


def case_of_code(organ: Organ, number: Number | None, code: str) -> tuple[Case | None, Case | None]:
    """The case of a number and its code; beside it the case of the number, whatever the code. 1 query.

    A request split from another is looked up with the other's code, the one its requester was given. Numbers
    are no secret: they are given out in order (REG.27). Codes are.
    """
    asked = number or Number(0, 0)
    rows = Case.objects.filter(organ=organ, serial=min(asked.serial, _MOST_SERIAL)).order_by("-year")
    if asked.year:
        rows = rows.filter(year=asked.year)
    known = list(rows.select_related("key", "split_from__key")[:20])
    fits = [one for one in known if _opens(one, code)]
    return next(iter(fits), None), next(iter(fits or known), None)


def _opens(case: Case, code: str) -> bool:
    given = case.split_from or case
    try:
        key = opener_of(given).key
    except (Destroyed, Unreadable):
        return False
    return constant_time_compare(given.query_code, code_index(key, code) or "-")


def own_case(case: Case) -> OwnCase:
    """Everything that is shown to the requester. `case` with its organ and its key. At most 10 queries."""
    events = list(case.events.filter(voided_at=None).order_by("on", "id"))
    steps = nameless(events)
    told = clock_from(steps, calendar_of(case))
    is_answered = told is not None and told.state.value == Stands.SERVED
    letters = _letters(case)
    decision = _decision(case) if is_answered else None
    given, sent = _files(case)
    return OwnCase(
        case=case,
        events=events,
        clock=told,
        fee=FeeNotice.objects.filter(case=case, notified_on__isnull=False).first(),
        letters=letters,
        files=given if is_answered else (),
        sent=sent,
        decision=decision,
        last_days=_last_days(case, decision, letters, told) if decision and told else None,
        parts=list(case.splits.only("year", "serial").order_by("serial")),
        steps=steps,
    )


def letter_of(case: Case, uid: str) -> Letter | None:
    """A letter that was served on the requester. 2 queries."""
    return next((one for one in _letters(case) if str(one.uid) == uid), None)


def file_of(case: Case, uid: str) -> CaseFile | None:
    """A file that was given out with the reply. 3 queries."""
    return next((one for one in own_case(case).files if str(one.uid) == uid), None)


def reply_words(decision: Decision, lang: str) -> str:
    """The outcome as it is told."""
    found = outcome_of(str(decision.outcome))
    return found.en if lang == "en" else found.zh


def nameless(rows: Sequence[CaseEvent]) -> list[Event]:
    """The events for the clock, parties by a number of our own: the office's label may name one."""
    known: dict[str, str] = {}
    steps = []
    for row in rows:
        event = as_event(row)
        if event.party:
            event = event._replace(party=known.setdefault(event.party, str(len(known) + 1)))
        steps.append(event)
    return steps


def _letters(case: Case) -> list[Letter]:
    """Letters to the requester that were served and have not come back. 2 queries."""
    rows = case.letters.filter(issued_at__isnull=False, party=None, services__served_on__isnull=False)
    rows = rows.filter(services__returned_on=None).select_related("pdf", "decision").distinct()
    return [
        one
        for one in rows.prefetch_related("services").order_by("issued_at", "id")
        if letter_kind(one.kind).to == "requester"
    ]


def _files(case: Case) -> tuple[list[CaseFile], list[CaseFile]]:
    """What is given out, and what the requester sent after the request itself. 1 query."""
    later = Q(kind__in=(FileKind.SUPPLEMENT, FileKind.PAYMENT), added_by=None)
    rows = list(case.files.filter(Q(kind=FileKind.DISCLOSED) | later).order_by("id"))
    given = [one for one in rows if one.kind == FileKind.DISCLOSED]
    return given, [one for one in rows if one.kind != FileKind.DISCLOSED]


def _decision(case: Case) -> Decision | None:
    """The newest decision that was made. 1 query."""
    found: Decision | None = case.decisions.filter(stage=DecisionStage.MADE).order_by("-number").first()
    return found


def _last_days(case: Case, decision: Decision, letters: Sequence[Letter], told: Clock) -> LastDays | None:
    """From the day the reply reached the requester (ARL.20.1, APL.46.1)."""
    outcome, basis = str(decision.outcome), str(decision.basis)
    clause = clause_for(outcome, basis)
    reached = _reached_on(decision, letters) or told.closed
    if clause is ClauseKind.NONE or reached is None:
        return None
    reconsider = _lapse(reached, "reconsider", case)
    sue = _lapse(reached, "sue", case) if clause is ClauseKind.B else None
    online = str(office_of(case.organ).online_channel)
    try:
        known = remedy_of(case.organ, outcome, reached, basis=basis)
    except WorkError:  # what the office has not set yet; the days hold all the same
        return LastDays(clause is ClauseKind.A, reached, reconsider, sue, online=online)
    names = [one.name for one in known.authorities]
    court = known.court.name if known.court else ""
    places = _authorities(names, case.organ)
    return LastDays(clause is ClauseKind.A, reached, reconsider, sue, places, court, online)


def _lapse(reached: dt.date, name: str, case: Case) -> Lapse:
    known = period(name)
    return Lapse(known, calendar_end(reached, known), last_day(reached, known, calendar_of(case)).date)


def _authorities(names: Sequence[str], organ: Organ) -> tuple[Authority, ...]:
    """With the addresses of those that stand above the organ on this platform: elsewhere the name may be that
    of another. 1 query."""
    above = [int(one) for one in str(organ.path).strip("/").split("/") if one]
    rows = Organ.objects.filter(pk__in=above, name__in=names).values_list("name", "address", "telephone")
    known = {one[0]: Authority(*one) for one in rows}
    return tuple(known.get(name, Authority(name)) for name in names)


def _reached_on(decision: Decision, letters: Sequence[Letter]) -> dt.date | None:
    days = [
        service.reached_on or service.served_on
        for letter in letters
        if letter.decision_id == decision.pk
        for service in letter.services.all()
        if service.returned_on is None and service.served_on is not None
    ]
    return min(days, default=None)
