"""The steps of a case: each is one dated fact, held against the law before it is written down."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import transaction

from gongkai.statute.clock import Event, EventKind, Way
from gongkai.statute.errors import StatuteError
from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter, held, moved, nameless, reason_of
from gongkai.web.requests.models import Case, CaseEvent, Stands
from gongkai.web.requests.occasions import Reason
from gongkai.web.requests.permissions import may_approve_extension, may_void, may_work
from gongkai.web.requests.stands import calendar_of, clock_from, events_of
from gongkai.web.requests.steps import judged

# These are recorded by the actions that decide, issue and serve, and by nobody else.
_ELSEWHERE = frozenset({EventKind.RECEIVED, EventKind.DECIDED, EventKind.SERVED})
# What ends a case without a decision, with its row of table 3 (LAW.md 1.5).
_CONCLUDES = {
    EventKind.SUPPLEMENT_LAPSED: "OTH-1",
    EventKind.FEE_LAPSED: "OTH-2",
    EventKind.WITHDRAWN: "OTH-3",
}
_NEEDS_PERIOD = {EventKind.SUPPLEMENT_ASKED: "补正期限", EventKind.LATER_DATE_AGREED: "确定的期限"}


class Stepped(NamedTuple):
    """The case, the fact, and what the law has to say of it beside."""

    case: Case
    event: CaseEvent
    cautions: tuple[Reason, ...]


class NotLawful(WorkError):
    """The law does not allow the step now; `rule`: the article."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code, reason.zh, reason.en)
        self.rule = reason.rule


@transaction.atomic
def step(
    *,
    by: Staff,
    case: Case,
    kind: str,
    on: dt.date,
    party: str = "",
    until: dt.date | None = None,
    days: int | None = None,
    note: str = "",
    seen: int | None = None,
) -> Stepped:
    """Record a step of a case by staff. NotLawful with the article where the law does not allow it."""
    case = held(case, seen)
    wanted = EventKind(kind)
    if wanted in _ELSEWHERE:
        raise WorkError("not_a_step", "这一步由相应的办理环节记录。", "Recorded elsewhere.")
    require(may_approve_extension if wanted is EventKind.EXTENSION_APPROVED else may_work, by, case)
    return record(case, Event(wanted, on, party, until, days), by=by, note=note)


@transaction.atomic
def withdraw_by_requester(*, case: Case, seen: int | None = None) -> Stepped:
    """The requester takes the request back on his page."""
    return record(held(case, seen), Event(EventKind.WITHDRAWN, clock.today()), by=None)


def record(case: Case, fact: Event, *, by: Staff | None, note: str = "") -> Stepped:
    """Write a fact into a held case and reckon it anew. For the actions of this room."""
    _check(fact)
    events = events_of(case)
    try:
        offer = judged(case, fact, events, clock_from(events, calendar_of(case)))
    except StatuteError as wrong:  # a day that no calendar reaches
        field = "on" if fact.until is None else "until"
        raise WorkError(wrong.code, wrong.zh, wrong.en, field=field) from wrong
    if offer.against:
        raise NotLawful(offer.against[0])
    row: CaseEvent = CaseEvent.objects.create(
        case=case,
        kind=fact.kind.value,
        on=fact.on,
        party=fact.party,
        until=fact.until,
        days=fact.days,
        way=fact.way.value if isinstance(fact.way, Way) else "",
        note=nameless(case, " ".join(note.split()))[:200],
        recorded_at=clock.now(),
        recorded_by=by,
    )
    before = {"stands": case.stands, "due_on": case.due_on}
    if fact.kind in _CONCLUDES:
        case.outcome, case.decided_on = _CONCLUDES[fact.kind], fact.on
    moved(case)
    after = {"step": fact.kind.value, "on": fact.on, "stands": case.stands, "due_on": case.due_on}
    enter("stepped", case, by=by, subject=row, touched=[case, row], before=before, after=after)
    return Stepped(case, row, offer.cautions)


@transaction.atomic
def void(*, by: Staff, event: CaseEvent, reason: str, seen: int | None = None) -> Case:
    """Say that a fact was written down wrongly. It stays to be seen, and counts no more."""
    case = held(event.case, seen)
    require(may_void, by, case)
    why = reason_of(case, reason, "更正办理记录")
    row = case.events.select_for_update().get(pk=event.pk)
    if row.voided_at is not None:
        raise WorkError("voided_already", "这条记录已经更正过。", "It was voided already.")
    if EventKind(row.kind) in _ELSEWHERE and row.kind != EventKind.RECEIVED.value:
        zh = "决定和送达不能这样更正：请作更正或者补充答复，或者更正送达记录。"
        raise WorkError("not_voidable", zh, "Decisions and service are not voided here.")
    if row.kind == EventKind.RECEIVED.value:
        if case.events.filter(voided_at=None).exclude(pk=row.pk).exists():
            zh = "已有后续办理记录，不能更正收到申请之日。请先更正后续记录。"
            raise WorkError("received_has_followers", zh, "Later facts rest on it.")
        case.received_on = case.confirmed_on = None
        case.stands = Stands.UNCONFIRMED
    if EventKind(row.kind) in _CONCLUDES:
        _reopen(case)
    row.voided_at, row.voided_by, row.void_reason = clock.now(), by, why
    row.save()
    before = {"stands": case.stands, "due_on": case.due_on}
    moved(case)
    after = {"step": row.kind, "on": row.on, "stands": case.stands, "due_on": case.due_on}
    enter("voided", case, by=by, subject=row, touched=[case, row], before=before, after=after, why=why)
    return case


def _reopen(case: Case) -> None:
    """A lapse or a withdrawal was written down wrongly: what was decided before it counts again."""
    made = case.decisions.filter(stage="made", kind="first").first()
    case.outcome, case.decided_on = (made.outcome, made.made_on) if made else ("", None)


def _check(fact: Event) -> None:
    """What is wrong with the fact itself."""
    today = clock.today()
    if fact.on > today:
        zh = f"“{fact.kind.zh}”的日期 {fact.on} 在今天（{today}）之后，请核对。"
        raise WorkError("day_in_future", zh, f"{fact.on} is in the future.", field="on")
    what = _NEEDS_PERIOD.get(fact.kind)
    if what and fact.until is None:
        raise WorkError("until_missing", f"请填写{what}。", "Give the period.", field="until")
    if fact.until is not None and fact.until < fact.on:
        zh = f"期限 {fact.until} 早于“{fact.kind.zh}”的日期 {fact.on}，请核对。"
        raise WorkError("until_before", zh, "The period ends before it begins.", field="until")
