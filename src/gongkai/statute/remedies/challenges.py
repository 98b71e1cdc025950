"""The limits after a challenge: from its events every deadline, and what is wrong (LAW.md 7.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from gongkai.statute.calendar import Calendar, DueDay
from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError, plain_day, short
from gongkai.statute.findings import Finding
from gongkai.statute.remedies.challenge_events import (
    ChallengeEvent,
    Procedure,
    challenge_event,
    event_types,
    procedure_of,
)
from gongkai.statute.remedies.periods import Period, Unit, last_day
from gongkai.statute.remedies.taking import Taken, course_finding, take

State = Literal["open", "met", "late", "overdue", "suspended", "unrecorded"]


class Deadline(NamedTuple):
    """One limit. `by`: who is bound; `start`: the day after which it runs; `due`: None while suspended.

    `state`: `open`, `met`, `late` (met after its day), `overdue` (its day is past), `suspended`, or
    `unrecorded`: what meets it happened, but on a day that is not on record.
    """

    code: str
    zh: str
    en: str
    by: str
    start: dt.date
    due: DueDay | None
    period: Period
    further_days: int
    met_on: dt.date | None
    state: State

    @property
    def rule(self) -> str:
        return self.period.rule


@dataclass(frozen=True, slots=True)
class Course:
    """Where a challenge stands on `as_of`. `procedure`: the one it is in now."""

    procedure: Procedure
    as_of: dt.date
    deadlines: tuple[Deadline, ...]
    findings: tuple[Finding, ...]

    def deadline(self, code: str) -> Deadline | None:
        """The deadline of that code, None if it has not begun."""
        return next((one for one in self.deadlines if one.code == code), None)

    @property
    def provisional(self) -> bool:
        """Whether a day of a year not published was needed (CAL.5)."""
        return any(one.due is not None and one.due.provisional for one in self.deadlines)


def course(
    procedure: str,
    events: Iterable[ChallengeEvent],
    calendar: Calendar,
    *,
    as_of: dt.date | None = None,
) -> Course:
    """Every limit of a challenge (ARL.30 to ARL.62, APL.45 to APL.88); the order of recording has no say.

    `as_of`: the day for which it is asked, the last event's if not given; later events are not known then.
    RemedyError for no event, an unknown procedure, or a court's extension without its days.

    >>> from gongkai.statute.calendar import national
    >>> found = course("reconsideration-simplified", [challenge_event("copy-received", dt.date(2026, 3, 2))],
    ...                national())
    >>> found.deadline("answer-simplified").due.date
    datetime.date(2026, 3, 9)
    """
    begun_in = procedure_of(procedure)
    known = sorted({_checked(one) for one in events}, key=_order)
    if as_of is not None:
        plain_day(as_of, "截止日期", code="remedy_bad_day", error=RemedyError)
        known = [one for one in known if one.on <= as_of]
    if not known:
        raise RemedyError(
            "remedy_no_event",
            "没有可用的事项，期限无从起算。请至少登记一个事项。",
            "No event: there is nothing to count from. Record at least one.",
        )
    day = as_of or known[-1].on
    taken = take(begun_in, known)
    run = _Limits(taken, calendar, day)
    return Course(taken.procedure, day, tuple(run.deadlines()), (*taken.findings, *run.findings))


def _order(one: ChallengeEvent) -> tuple[dt.date, int, int]:
    return one.on, event_types()[one.code].rank, one.days or 0


def _checked(one: object) -> ChallengeEvent:
    if isinstance(one, ChallengeEvent):
        return challenge_event(one.code, one.on, days=one.days)
    raise RemedyError(
        "remedy_bad_event",
        f"不是可用的事项：{short(one)}。请用 challenge_event(…) 建立。",
        f"not an event: {short(one)}. Make it with challenge_event(…).",
    )


class _Timer(NamedTuple):
    code: str
    zh: str
    en: str
    by: str
    start: str
    met: tuple[str, ...]
    proved_by: tuple[str, ...]
    period: Period
    procedures: tuple[str, ...]
    extension: Period | None  # at most so long
    extends: bool


class _Limits:
    """The limits that the events begin."""

    def __init__(self, taken: Taken, calendar: Calendar, day: dt.date) -> None:
        self.taken = taken
        self.calendar = calendar
        self.day = day
        self.findings: list[Finding] = []

    def deadlines(self) -> Iterator[Deadline]:
        for timer in _timers():
            if self.taken.procedure.code not in timer.procedures:
                continue
            start = self._start(timer.start)
            if start is not None:
                found = self._deadline(timer, start)
                yield found
                yield from self._after_silence(timer, found)

    def _start(self, code: str) -> dt.date | None:
        on = self.taken.on(code)
        return self._deemed_acceptance() if on is None and code == "accepted" else on

    def _deemed_acceptance(self) -> dt.date | None:
        # ARL.30.3: without a refusal in time the application is accepted from the end of the period.
        on = [self.taken.on(code) for code in ("supplemented", "applied")]
        began = next((one for one in on if one is not None), None)
        asked = self.taken.on("supplement-sent") or self.taken.on("supplement-asked")
        waiting = asked and not self.taken.on("supplemented")
        if began is None or waiting or self.taken.on("refused"):
            return None
        period = next(one.period for one in _timers() if one.code == "acceptance")
        end = last_day(began, period, self.calendar).date
        if end >= self.day:
            return None
        if not any(one.code == "deemed_accepted" for one in self.findings):
            self._find("deemed_accepted", due=end)
        return end

    def _deadline(self, timer: _Timer, start: dt.date) -> Deadline:
        met = [on for code in timer.met if (on := self.taken.on(code)) is not None and on >= start]
        met_on = min(met, default=None)
        decides = timer.code == self.taken.procedure.decision
        suspended = self.taken.suspended_since is not None and decides and met_on is None
        further = self._further_days(timer, start) if decides else 0
        due = None if suspended else last_day(start, timer.period, self.calendar, further_days=further)
        state = self._state(due, met_on)
        proof = [on for code in timer.proved_by if (on := self.taken.on(code)) is not None and on >= start]
        if met_on is None and proof and due is not None:
            met_on, state = self._proved(timer, due.date, min(proof))
        found = Deadline(
            timer.code, timer.zh, timer.en, timer.by, start, due, timer.period, further, met_on, state
        )
        if due is not None:
            self._judge(found, due.date)
        return found

    def _proved(self, timer: _Timer, due: dt.date, on: dt.date) -> tuple[dt.date | None, State]:
        # What was received by the last day was sent by then. Received later, the day of sending decides.
        if on <= due:
            return on, "met"
        self._find(
            "sending_unrecorded", rule=timer.period.rule, what=timer.zh, what_en=timer.en, due=due, on=on
        )
        return None, "unrecorded"

    def _state(self, due: DueDay | None, met_on: dt.date | None) -> State:
        if due is None:
            return "suspended"
        if met_on is not None:
            return "met" if met_on <= due.date else "late"
        return "overdue" if self.day > due.date else "open"

    def _judge(self, found: Deadline, due: dt.date) -> None:
        # ARL.70, APL.34.2: what the organ does not file in time counts as no evidence.
        court = self.taken.procedure.forum == "court"
        rule = "APL.34.2" if court else "ARL.70"
        if found.by == "respondent" and found.state == "late":
            self._find("answer_late", rule=rule, due=due, on=found.met_on)
        elif found.by == "respondent" and found.state == "overdue":
            self._find("answer_overdue", rule=rule, due=due)
        elif found.state == "late":
            self._find("late", rule=found.rule, what=found.zh, what_en=found.en, due=due, on=found.met_on)

    def _further_days(self, timer: _Timer, start: dt.date) -> int:
        # While the case is suspended its period does not run (SPCA.50.1; for reconsideration, ARL.39: M).
        days = self.taken.suspended_days
        extended = self.taken.event("extended")
        if extended is None:
            return days
        if not timer.extends:
            self._find("extension_not_allowed", rule=timer.period.rule, on=extended.on)
            return days
        due = last_day(start, timer.period, self.calendar, further_days=days).date
        if extended.on > due:
            self._find("extension_after_limit", rule=timer.period.rule, on=extended.on, due=due)
            return days
        return days + self._extension(timer, extended)

    def _extension(self, timer: _Timer, extended: ChallengeEvent) -> int:
        most = timer.extension
        if most is None:
            if extended.days is None:
                raise RemedyError(
                    "remedy_days_missing",
                    f"{extended.on} 的延长没有写明天数：法院批准延长的期限以批准为准，请填写天数。",
                    f"The extension of {extended.on} has no days: a court's is as long as granted. Add them.",
                )
            return extended.days
        if extended.days is not None and extended.days > most.amount:
            self._find("extension_too_long", rule=most.rule, days=extended.days, limit=most.amount)
        return min(extended.days or most.amount, most.amount)

    def _after_silence(self, timer: _Timer, found: Deadline) -> Iterator[Deadline]:
        # APL.45, ARL.34: no decision in time, then fifteen days from the end of the period.
        silence = data("timers.toml")["silence"]
        if timer.code not in silence["timers"] or found.due is None or found.met_on is not None:
            return
        challenged = self.taken.on("challenged-on")
        if found.state != "overdue":
            if challenged is not None and not self.taken.on("refused"):
                self._find("sued_meanwhile", on=challenged)
            return
        period = Period(silence["amount"], Unit(silence["unit"]), silence["rule"], silence["mark"])
        due = last_day(found.due.date, period, self.calendar)
        met_on = challenged if challenged is not None and challenged >= found.due.date else None
        yield Deadline(
            silence["code"],
            silence["zh"],
            silence["en"],
            silence["by"],
            found.due.date,
            due,
            period,
            0,
            met_on,
            self._state(due, met_on),
        )

    def _find(self, code: str, *, rule: str | None = None, **facts: object) -> None:
        self.findings.append(course_finding(code, rule=rule, **facts))


@cache
def _timers() -> tuple[_Timer, ...]:
    return tuple(map(_read_timer, data("timers.toml")["timer"]))


def _read_timer(row: dict[str, Any]) -> _Timer:
    extension = row.get("extension")
    most = None
    if extension and "amount" in extension:
        most = Period(extension["amount"], Unit(extension["unit"]), extension["rule"], extension["mark"])
    return _Timer(
        row["code"],
        row["zh"],
        row["en"],
        row["by"],
        row["from"],
        tuple(row["met"]),
        tuple(row.get("proved_by", ())),
        Period(row["amount"], Unit(row["unit"]), row["rule"], row["mark"]),
        tuple(row["procedures"]),
        most,
        extension is not None,
    )
