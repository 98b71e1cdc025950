"""Which steps are lawful now, and why the others are not (decision 0015): the clock itself is asked.

A step is a kind of event. It is put beside the events there are, dated today, and the clock says what it
finds wrong that it did not find before. Where the cause is plain (closed, done already, nothing to answer) it
is told by `occasions.py` without asking the clock.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from gongkai.statute.clock import Clock, Event, EventKind, Finding
from gongkai.web.config import clock
from gongkai.web.requests.models import Case, Stands
from gongkai.web.requests.occasions import (
    ANSWERED,
    CONSULTING,
    REACHED,
    Reason,
    open_parties,
    unreached_parties,
    why_not,
)
from gongkai.web.requests.stands import calendar_of, clock_from, events_of

# In the order in which a case page shows them.
OFFERED = (
    EventKind.SUPPLEMENT_ASKED,
    EventKind.SUPPLEMENT_RECEIVED,
    EventKind.SUPPLEMENT_LAPSED,
    *CONSULTING,
    *REACHED,
    *ANSWERED,
    EventKind.EXTENSION_APPROVED,
    EventKind.EXTENSION_NOTIFIED,
    EventKind.LATER_DATE_AGREED,
    EventKind.FEE_NOTIFIED,
    EventKind.FEE_REACHED,
    EventKind.FEE_PAID,
    EventKind.FEE_LAPSED,
    EventKind.WITHDRAWN,
)
# What the organ itself does: where the clock finds an error in it, it is not done. What others did, and the
# reply itself, is recorded as it happened, however late.
_OWN_ACTS = frozenset(
    {
        EventKind.SUPPLEMENT_ASKED,
        EventKind.SUPPLEMENT_LAPSED,
        *CONSULTING,
        EventKind.THIRD_PARTY_LAPSED,
        EventKind.CO_MAKER_SILENT,
        EventKind.EXTENSION_APPROVED,
        EventKind.EXTENSION_NOTIFIED,
        EventKind.LATER_DATE_AGREED,
        EventKind.FEE_NOTIFIED,
        EventKind.FEE_LAPSED,
    }
)
# What the clock only warns of, but what would be a slip when recorded: nothing it belongs to is there.
_OUT_OF_PLACE = frozenset(
    {
        "supplement_unasked",
        "supplement_asked_twice",
        "lapse_without_notice",
        "lapse_too_early",
        "answer_without_letter",
        "consulted_again",
        "extended_twice",
        "extension_unapproved",
        "later_date_not_later",
        "fee_notified_twice",
        "fee_reached_without_notice",
        "paid_without_notice",
        "lapse_without_fee_notice",
        "payment_lapse_too_early",
        "silence_too_early",
        "before_receipt",
        "after_close",
        "received_twice",
        "served_undecided",
        "fee_receipt_unrecorded",
        "letter_receipt_unrecorded",
    }
)


class Offer(NamedTuple):
    """A step with the reasons against it: lawful where there are none. `cautions` do not forbid it."""

    kind: EventKind
    against: tuple[Reason, ...]
    cautions: tuple[Reason, ...]

    @property
    def is_lawful(self) -> bool:
        return not self.against


def offers(case: Case, day: dt.date | None = None) -> list[Offer]:
    """Every step with what speaks against it today. 1 query unless the events were brought along."""
    wanted = day or clock.today()
    events = events_of(case)
    before = clock_from(events, calendar_of(case), wanted)
    return [
        judged(case, Event(kind, wanted, *_for(kind, events, wanted)), events, before) for kind in OFFERED
    ]


def judged(case: Case, step: Event, events: list[Event], before: Clock | None) -> Offer:
    """A step held against the law: what the clock finds with it that it does not find without it."""
    if case.stands == Stands.MERGED:
        return _refused(step, "merged", "", "这件申请已并入他案。", "It was merged into another case.")
    if before is None and step.kind not in (EventKind.RECEIVED, EventKind.WITHDRAWN):
        zh = "尚未确认收到申请之日，期限还没有起算。"
        return _refused(step, "not_received", "REG.31", zh, "The date of receipt is not settled yet.")
    if before is None:
        return Offer(step.kind, (), ())
    since = latest_fact(events)
    if since is not None and step.on < since and step.kind is EventKind.DECIDED:
        zh = f"决定日期不能早于已经记录的事项（{since}）。"
        return _refused(step, "before_last_fact", "", zh, f"Something was recorded on {since}.")
    plain = why_not(step, before, events)
    if plain is not None:
        return Offer(step.kind, (plain,), ())
    day = max(step.on, before.as_of)
    known = {(one.code, one.on, one.event) for one in _at(events, case, day)}
    found = [one for one in _at([*events, step], case, day) if (one.code, one.on, one.event) not in known]
    told = [(one, Reason(one.code, one.rule, one.ahead_zh, one.ahead_en)) for one in found]
    own = step.kind in _OWN_ACTS
    against = tuple(
        why for one, why in told if (own and one.severity == "error") or one.code in _OUT_OF_PLACE
    )
    cautions = tuple(why for one, why in told if why not in against)
    return Offer(step.kind, against, cautions)


def latest_fact(events: list[Event]) -> dt.date | None:
    return max((one.on for one in events), default=None)


def _at(events: list[Event], case: Case, day: dt.date) -> tuple[Finding, ...]:
    told = clock_from(events, calendar_of(case), day)
    return told.findings if told is not None else ()


def _for(kind: EventKind, events: list[Event], day: dt.date) -> tuple[str, dt.date | None]:
    """Party and period with which a step is tried: the first that waits, and any period that is one."""
    party, began = "", REACHED.get(kind) or ANSWERED.get(kind)
    if kind in REACHED:
        party = next(iter(unreached_parties(events, kind)), "")
    if began and not party:
        party = next(iter(open_parties(events, began)), "")
    if kind in CONSULTING:
        party = "新"
    until = day + dt.timedelta(days=365) if kind is EventKind.LATER_DATE_AGREED else None
    return party, until


def _refused(step: Event, code: str, rule: str, zh: str, en: str) -> Offer:
    return Offer(step.kind, (Reason(code, rule, zh, en),), ())
