"""From the events of a request to where its clock stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from gongkai.statute.calendar import Calendar
from gongkai.statute.clock import consultations as consulting
from gongkai.statute.clock.consultations import Consultation, consultations
from gongkai.statute.clock.events import Event, EventKind, Way, checked, rank
from gongkai.statute.clock.findings import Finding, finding
from gongkai.statute.clock.period import Period
from gongkai.statute.clock.standing import Clock, Interval, State, Step
from gongkai.statute.errors import ClockError, plain_day
from gongkai.statute.limits import Limits, limits_on


def clock(
    events: Iterable[Event], calendar: Calendar, *, as_of: dt.date | None = None, limits: Limits | None = None
) -> Clock:
    """The clock of a request (REG.30 to REG.35, FEE.6). The order in which events were recorded has no say.

    `as_of`: the day for which it is asked, the last event's if not given; later events are not yet known
    then. Raises ClockError where no clock can be made: no receipt, or one before the regulation held.
    """
    known = sorted({checked(one) for one in events}, key=rank)
    if as_of is not None:
        _check_as_of(as_of, known)
        known = [one for one in known if one.on <= as_of]
    if not any(one.kind is EventKind.RECEIVED for one in known):
        raise ClockError(
            "clock_no_receipt",
            "缺少收到申请之日（received），期限无从起算。请先按条例第三十一条确定收到日期。",
            "No date of receipt (received): there is nothing to count from. Determine it by REG.31 first.",
        )
    run = _Run(known, calendar, limits)
    for one in known:
        run.take(one)
    return run.result(as_of or known[-1].on)


def _check_as_of(as_of: dt.date, known: list[Event]) -> None:
    plain_day(as_of, "截至日期", code="clock_bad_day", error=ClockError)
    received = min((one.on for one in known if one.kind is EventKind.RECEIVED), default=as_of)
    if as_of < received:
        raise ClockError(
            "clock_as_of_before_receipt",
            f"截至日期 {as_of} 早于收到申请之日 {received}：那时期限还没有起算。请核对。",
            f"{as_of} comes before the receipt on {received}: the clock had not begun. Check the dates.",
        )


class _Run:
    """The walk through the events."""

    def __init__(self, events: list[Event], calendar: Calendar, limits: Limits | None) -> None:
        self.calendar = calendar
        receipt = next(one for one in events if one.kind is EventKind.RECEIVED)
        self.received = receipt.on
        self.limits = limits or limits_on(receipt.on)
        letters: list[Consultation] = []
        self.findings: list[Finding] = []
        asked = [one for one in events if one.kind in consulting.KINDS and one.on >= receipt.on]
        if asked:
            letters, self.findings = consultations(asked, calendar, self.limits)
        self.period = Period(calendar, receipt.on, self.limits.reply, letters)
        self.begun = False
        self.approved: Event | None = None
        self.extended = False
        self.supplement: Event | None = None  # the notice whose answer is waited for
        self.noticed = False  # whether the one notice to supplement was sent
        self.fee: Event | None = None
        self.fee_reached: dt.date | None = None
        self.paid = False
        self.decided: Event | None = None
        self.served: Event | None = None
        self.state: State | None = None  # once closed
        self.closed: dt.date | None = None
        self.steps: list[Step] = []
        self.waits: list[Interval] = []

    # ---- one event ----

    def take(self, one: Event) -> None:
        if one.on < self.received:
            self._before_receipt(one)
        elif self.closed is not None:
            self._after_close(one)
        elif one.kind in consulting.KINDS:
            self._consult(one)
        else:
            _TAKE[one.kind](self, one)

    def _step(self, one: Event, effect: str, rule: str) -> None:
        self.steps.append(Step(one, effect, rule))

    def _find(self, code: str, one: Event, **facts: object) -> None:
        self.findings.append(finding(code, one, **facts))  # type: ignore[arg-type]

    def _before_receipt(self, one: Event) -> None:
        self._step(one, "none", "REG.31")
        self._find("before_receipt", one, received=self.received)

    def _after_close(self, one: Event) -> None:
        self._step(one, "none", "REG.33.2")
        self._find("after_close", one, closed=self.closed)

    def _receive(self, one: Event) -> None:
        if self.begun:
            self._step(one, "none", "REG.31")
            self._find("received_twice", one, received=self.received)
            return
        self.begun = True
        self._step(one, "began", "REG.31")

    def _consult(self, one: Event) -> None:
        who = consulting.BEGINS.get(one.kind)
        if who is None:
            known = consulting.letter_of(one, self.period.letters) is not None
            self._step(one, "noted" if known else "none", "REG.33.3")
            return
        due = self.period.due(one.on).date
        if due > one.on or self.waiting:
            self._step(one, "paused", "REG.33.3")
            return
        # What is left of the period ends with its last day: nothing is excluded behind it.
        self._step(one, "none", who.rule)
        code = "consulted_after_limit" if due < one.on else "consulted_on_last_day"
        self._find(code, one, rule=who.rule, who=who.zh, who_en=who.en, due=due)
        void = who, one.party, one.on
        self.period.letters = [
            letter for letter in self.period.letters if (letter.who, letter.party, letter.asked) != void
        ]

    @property
    def waiting(self) -> Event | None:
        """The notice whose answer is waited for: the period begins again with it."""
        return self.supplement or self.fee

    def _ask_supplement(self, one: Event) -> None:
        last = self.calendar.add_working_days(self.received, self.limits.supplement_notice).date
        if self.noticed:
            self._step(one, "none", "REG.30")
            self._find("supplement_asked_twice", one)
            return
        self.noticed = True
        if one.on > last:
            self._find("supplement_notice_late", one, days=self.limits.supplement_notice, limit=last)
            # A notice behind the whole period cannot mend that it was missed.
            if one.on > self.period.due(one.on).date or not self.limits.late_supplement_notice_restarts:
                self._step(one, "none", "REG.30")
                return
        self.supplement = one
        self._step(one, "waiting", "REG.30")

    def _supplemented(self, one: Event) -> None:
        if self.supplement is None:
            self._step(one, "none", "REG.30")
            if not self.noticed:
                self._find("supplement_unasked", one)
            return
        self._wait("supplement", self.supplement.on, one.on, "REG.30")
        self.supplement = None
        self.period.began = one.on
        self._step(one, "restarted", "REG.30")

    def _wait(self, kind: str, after: dt.date, until: dt.date, rule: str) -> None:
        self.waits.append(
            Interval(kind, after, until, self.calendar.working_days_between(after, until), rule)
        )

    def _supplement_lapsed(self, one: Event) -> None:
        asked = self.supplement
        if asked is None:
            self._step(one, "none", "REG.30")
            self._find("lapse_without_notice", one)
            return
        if asked.until is not None and one.on <= asked.until:
            self._find("lapse_too_early", one, limit=asked.until)
        self._close(one, State.ABANDONED, "REG.30")

    def _approve(self, one: Event) -> None:
        if self.extended or self.approved is not None:
            self._extension_again(one)
            return
        self.approved = one
        self._step(one, "noted", "REG.33.2")

    def _extension_again(self, one: Event) -> None:
        self._step(one, "none", "REG.33.2")
        self._find("extended_twice", one)

    def _notify_extension(self, one: Event) -> None:
        if self.extended:
            self._extension_again(one)
            return
        due = self.period.due(one.on)
        approved = self.approved
        late = one.on > due.date and self.waiting is None
        if approved is None:
            self._step(one, "none", "REG.33.2")
            self._find("extension_unapproved", one)
            return
        if late:
            self._step(one, "none", "REG.33.2")
            self._find("extension_after_limit", one, due=due.date)
            return
        days = self._extension_days(approved, one)
        self.extended = True
        self.period.limit += days
        self._step(one._replace(days=days), "extended", "REG.33.2")

    def _extension_days(self, approved: Event, told: Event) -> int:
        most = self.limits.extension
        days = told.days or approved.days or most
        if days > most:
            self._find("extension_too_long", told, days=days, limit=most)
        return min(days, most)

    def _agree_later(self, one: Event) -> None:
        due = self.period.due(one.on)
        until = one.until or one.on
        if one.on > due.date and self.waiting is None:
            self._step(one, "none", "REG.35")
            self._find("later_date_after_limit", one, due=due.date)
            return
        if until <= due.date:
            self._step(one, "none", "REG.35")
            self._find("later_date_not_later", one, limit=until, due=due.date)
            return
        self.period.later = max(until, self.period.later or until)
        self._step(one, "moved", "REG.35")

    def _notify_fee(self, one: Event) -> None:
        due = self.period.due(one.on)
        if self.fee is not None or self.paid:
            self._step(one, "none", "FEE.6")
            self._find("fee_notified_twice", one)
            return
        if one.on > due.date:
            self._step(one, "none", "FEE.6")
            self._find("fee_notice_after_limit", one, due=due.date)
            return
        self.fee = one
        self._step(one, "waiting", "FEE.6")

    def pay_by(self) -> dt.date | None:
        """The last day for paying: from the day after receipt of the notice (FEE.6)."""
        if self.fee is None:
            return None
        return self.calendar.add_working_days(self.fee_reached or self.fee.on, self.limits.payment).date

    def _fee_reached(self, one: Event) -> None:
        if self.fee is None:
            self._step(one, "none", "FEE.6")
            self._find("fee_reached_without_notice", one)
            return
        self.fee_reached = one.on
        self._step(one, "noted", "FEE.6")

    def _pay(self, one: Event) -> None:
        if self.fee is None:
            self._step(one, "none", "FEE.6")
            self._find("paid_without_notice", one)
            return
        last = self.pay_by()
        if last is not None and one.on > last:
            self._find("paid_late", one, limit=last)
        self._wait("payment", self.fee.on, one.on, "FEE.6")
        self.fee, self.paid = None, True
        if self.limits.fee_payment_restarts:
            self.period.began = one.on
            self._step(one, "restarted", "FEE.6")
        else:
            self.period.paid = self.waits.pop()
            self._step(one, "resumed", "FEE.6")

    def _fee_lapsed(self, one: Event) -> None:
        last = self.pay_by()
        if self.fee is None or last is None:
            self._step(one, "none", "FEE.6")
            self._find("lapse_without_fee_notice", one)
            return
        if one.on <= last:
            self._find("payment_lapse_too_early", one, limit=last)
        elif self.fee_reached is None:
            self._find("fee_receipt_unrecorded", one, limit=last)
        self._close(one, State.ABANDONED, "FEE.6")

    def _withdraw(self, one: Event) -> None:
        self._close(one, State.WITHDRAWN, "REG.36")

    def _close(self, one: Event, state: State, rule: str) -> None:
        self._step(one, "closed", rule)
        self.state, self.closed = state, one.on

    def _decide(self, one: Event) -> None:
        if self.decided is None:
            self.decided = one
        self._step(one, "noted", "REG.36")

    def _serve(self, one: Event) -> None:
        if one.way is Way.COURIER:
            self._find("served_by_courier", one)
        if self.decided is None:
            self._find("served_undecided", one)
        due = self.period.due(one.on).date
        if one.on > due and self.waiting is None:
            late = self.calendar.working_days_between(due, one.on)
            self._find("served_late", one, due=due, days=late)
        self.served = one
        self._close(one, State.SERVED, "REG.33.2")

    # ---- the result ----

    def result(self, as_of: dt.date) -> Clock:
        period = self.period
        waiting = self.waiting
        end = self.closed or as_of
        due = self.period.due(end)
        latest = period.latest(due) if self.closed is None else due
        stop = min(end, waiting.on) if waiting else end
        counted, pauses = period.intervals(stop, due)
        used = sum(interval.days for interval in counted)
        if self.approved is not None and not self.extended and end > due.date:
            self._find("extension_not_told", self.approved, due=due.date)
        self._find_lapses(end)
        open_letter = any(letter.ended is None and letter.until(end) == end for letter in period.letters)
        if self.state is not None:
            state = self.state
        elif self.supplement is not None:
            state = State.AWAITING_SUPPLEMENT
        elif self.fee is not None:
            state = State.AWAITING_PAYMENT
        elif end > due.date:
            state = State.OVERDUE
        elif self.decided is not None:
            state = State.DECIDED
        else:
            state = State.CONSULTING if open_letter else State.RUNNING
        shown = None if waiting or self.state in (State.ABANDONED, State.WITHDRAWN) else due
        return Clock(
            state,
            as_of,
            self.received,
            period.began,
            period.limit,
            shown,
            latest if shown is not None else None,
            used,
            None if shown is None else period.left(end, due, used),
            # While a supplement or a payment is waited for no period runs that could be missed.
            (waiting is not None or end <= due.date) if self.served is not None else None,
            self.closed,
            tuple(sorted([*self.waits, *counted, *pauses], key=lambda interval: interval[1:3])),
            tuple(self.steps),
            tuple(period.letters),
            tuple(self.findings),
            self.limits,
            self.calendar,
            (self.supplement.until if self.supplement else self.pay_by()) if waiting else None,
        )

    def _find_lapses(self, end: dt.date) -> None:
        """Periods given to the requester that are over while the request still waits."""
        if self.closed is not None:
            return
        asked = self.supplement
        if asked is not None and asked.until is not None and end > asked.until:
            self._find("supplement_period_over", asked, limit=asked.until)
        last = self.pay_by()
        if self.fee is not None and last is not None and end > last:
            self._find("payment_period_over", self.fee, limit=last)


_TAKE = {
    EventKind.RECEIVED: _Run._receive,
    EventKind.SUPPLEMENT_ASKED: _Run._ask_supplement,
    EventKind.SUPPLEMENT_RECEIVED: _Run._supplemented,
    EventKind.SUPPLEMENT_LAPSED: _Run._supplement_lapsed,
    EventKind.EXTENSION_APPROVED: _Run._approve,
    EventKind.EXTENSION_NOTIFIED: _Run._notify_extension,
    EventKind.LATER_DATE_AGREED: _Run._agree_later,
    EventKind.FEE_NOTIFIED: _Run._notify_fee,
    EventKind.FEE_REACHED: _Run._fee_reached,
    EventKind.FEE_PAID: _Run._pay,
    EventKind.FEE_LAPSED: _Run._fee_lapsed,
    EventKind.WITHDRAWN: _Run._withdraw,
    EventKind.DECIDED: _Run._decide,
    EventKind.SERVED: _Run._serve,
}
