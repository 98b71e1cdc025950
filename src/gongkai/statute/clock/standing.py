"""Where a request's clock stands, and how it came there."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from gongkai.statute.calendar import Calendar, DueDay
from gongkai.statute.clock.consultations import Consultation
from gongkai.statute.clock.events import Event
from gongkai.statute.clock.findings import Finding
from gongkai.statute.limits import Limits

if TYPE_CHECKING:
    from gongkai.statute.clock.explaining import Line


class State(StrEnum):
    """Where a request stands. It is derived from its events, never set."""

    RUNNING = "running"
    CONSULTING = "consulting"  # the clock stands still until the opinion comes
    AWAITING_SUPPLEMENT = "awaiting-supplement"  # it begins again when the supplement comes
    AWAITING_PAYMENT = "awaiting-payment"  # it begins again when the fee is paid
    OVERDUE = "overdue"
    DECIDED = "decided"  # not yet served: the clock runs on
    SERVED = "served"
    ABANDONED = "abandoned"  # not supplemented or not paid in time, no longer processed
    WITHDRAWN = "withdrawn"

    @property
    def zh(self) -> str:
        return _STATE_WORDS[self]


_STATE_WORDS = {
    State.RUNNING: "办理中",
    State.CONSULTING: "征求意见中（期限暂停）",
    State.AWAITING_SUPPLEMENT: "等待补正",
    State.AWAITING_PAYMENT: "等待缴费",
    State.OVERDUE: "已逾期",
    State.DECIDED: "已作决定，待送达",
    State.SERVED: "已答复",
    State.ABANDONED: "不再处理",
    State.WITHDRAWN: "已撤回",
}
CLOSED = frozenset({State.SERVED, State.ABANDONED, State.WITHDRAWN})


class Interval(NamedTuple):
    """The days after `after` up to and including `until`; `days`: the working days among them.

    `kind`: `counted`, `excluded` (an opinion was waited for), `supplement` or `payment` (the clock begins
    again behind it). `rule`: why.
    """

    kind: str
    after: dt.date
    until: dt.date
    days: int
    rule: str


class Step(NamedTuple):
    """What an event did to the clock. `effect`: `began`, `restarted`, `extended`, `moved`, `none`, …"""

    event: Event
    effect: str
    rule: str


class Clock(NamedTuple):
    """Where a request's clock stands on `as_of`, and how it came there. Days are working days.

    `due` is None while a supplement or a payment is waited for: the period begins again behind it. While an
    opinion is waited for it is the due date if the opinion came on `as_of`, `due_at_latest` the one if it
    never comes. `began` is the day after which the period runs; `used` + `left` = `limit`; `left` is negative
    when overdue. `in_time`: whether the reply was served within the period, None before.
    """

    state: State
    as_of: dt.date
    received: dt.date
    began: dt.date
    limit: int
    due: DueDay | None
    due_at_latest: DueDay | None
    used: int
    left: int | None
    in_time: bool | None
    closed: dt.date | None
    intervals: tuple[Interval, ...]
    steps: tuple[Step, ...]
    consultations: tuple[Consultation, ...]
    findings: tuple[Finding, ...]
    limits: Limits
    calendar: Calendar
    awaited_until: dt.date | None  # the end of the period for supplementing or paying

    @property
    def explanation(self) -> tuple[Line, ...]:
        """How the due date came about: a line a step with its article, in Chinese and English."""
        from gongkai.statute.clock.explaining import explanation  # it writes about clocks

        return explanation(self)

    @property
    def provisional(self) -> bool:
        """Whether a day of a year not published yet was needed for the due date (CAL.5)."""
        return self.due is not None and self.due.provisional
