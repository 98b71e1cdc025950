"""Opinions asked for: while they are waited for the clock stands still (REG.32, REG.33.3, REG.34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from gongkai.statute.calendar import Calendar
from gongkai.statute.clock.events import Event, EventKind
from gongkai.statute.clock.findings import Finding, finding
from gongkai.statute.limits import Limits


class Consulted(NamedTuple):
    """Who was asked: the kinds of its events, the rule, and the limit's name (None: the law sets none)."""

    asked: EventKind
    reached: EventKind
    answered: EventKind
    silent: EventKind | None
    rule: str
    limit: str | None
    zh: str
    en: str


CONSULTED = (
    Consulted(
        EventKind.THIRD_PARTY_ASKED,
        EventKind.THIRD_PARTY_REACHED,
        EventKind.THIRD_PARTY_ANSWERED,
        EventKind.THIRD_PARTY_LAPSED,
        "REG.32",
        "third_party",
        "第三方",
        "third party",
    ),
    Consulted(
        EventKind.CO_MAKER_ASKED,
        EventKind.CO_MAKER_REACHED,
        EventKind.CO_MAKER_ANSWERED,
        EventKind.CO_MAKER_SILENT,
        "REG.34",
        "co_maker",
        "共同制作机关",
        "co-making organ",
    ),
    Consulted(
        EventKind.ORGAN_ASKED,
        EventKind.ORGAN_REACHED,
        EventKind.ORGAN_ANSWERED,
        None,
        "REG.33.3",
        None,
        "其他机关",
        "other organ",
    ),
)
BEGINS = {who.asked: who for who in CONSULTED}
_REACHES = {who.reached: who for who in CONSULTED}
_ENDS = {kind: who for who in CONSULTED for kind in (who.answered, who.silent) if kind is not None}
KINDS = frozenset({*BEGINS, *_REACHES, *_ENDS})


class Consultation(NamedTuple):
    """One letter: sent on `asked`; the opinion is due on `limit`; waiting ended on `ended`, None: not yet."""

    who: Consulted
    party: str
    asked: dt.date
    reached: dt.date | None
    limit: dt.date | None
    ended: dt.date | None
    end: EventKind | None

    def until(self, day: dt.date | None) -> dt.date:
        """The last day that is waited for, as things stand on `day`; None: if nothing more comes in."""
        last = self.ended or day or self.limit or self.asked
        # An opinion that comes too late, or never, holds the organ up no longer than the limit (REG.32, 34).
        return last if self.limit is None or last <= self.limit else self.limit


def consultations(
    events: Iterable[Event], calendar: Calendar, limits: Limits
) -> tuple[list[Consultation], list[Finding]]:
    """The letters in the order they were sent, and what is wrong with their events. `events`: in order."""
    open_: dict[tuple[str, str], Consultation] = {}
    done: list[Consultation] = []
    wrong: list[Finding] = []
    for one in events:
        who = BEGINS.get(one.kind) or _REACHES.get(one.kind) or _ENDS[one.kind]
        key = who.rule, one.party
        letter = open_.get(key)
        if one.kind is who.asked:
            if letter is not None:
                wrong.append(finding("consulted_again", one, rule=who.rule, who=who.zh, who_en=who.en))
                continue
            open_[key] = Consultation(
                who, one.party, one.on, None, _limit(one.on, who, calendar, limits), None, None
            )
        elif letter is None:
            wrong.append(finding("answer_without_letter", one, rule=who.rule, who=who.zh, who_en=who.en))
        elif one.kind is who.reached:
            open_[key] = letter._replace(reached=one.on, limit=_limit(one.on, who, calendar, limits))
        else:
            done.append(letter._replace(ended=one.on, end=one.kind))
            del open_[key]
            wrong += _end_faults(done[-1])
    return sorted([*done, *open_.values()], key=lambda letter: (letter.asked, letter.party)), wrong


def letter_of(one: Event, letters: list[Consultation] | tuple[Consultation, ...]) -> Consultation | None:
    """The letter an event belongs to: the last one to that party sent by then."""
    who = BEGINS.get(one.kind) or _REACHES.get(one.kind) or _ENDS[one.kind]
    for letter in reversed(letters):
        if letter.who is who and letter.party == one.party and letter.asked <= one.on:
            return letter
    return None


def _limit(day: dt.date, who: Consulted, calendar: Calendar, limits: Limits) -> dt.date | None:
    """The last day to answer: counted from the letter's receipt, from its sending until that is known."""
    return calendar.add_working_days(day, getattr(limits, who.limit)).date if who.limit else None


def _end_faults(letter: Consultation) -> list[Finding]:
    """What is wrong with the way a consultation ended."""
    who, ended, limit = letter.who, letter.ended, letter.limit
    if limit is None or ended is None or letter.end is None:
        return []
    one = Event(letter.end, ended, letter.party)
    facts: dict[str, Any] = {"rule": who.rule, "who": who.zh, "who_en": who.en, "limit": limit}
    if letter.end is who.silent and ended <= limit:
        return [finding("silence_too_early", one, **facts)]
    if ended > limit and letter.reached is None:  # the limit runs from a day nobody wrote down
        return [finding("letter_receipt_unrecorded", one, **facts)]
    if letter.end is who.answered and ended > limit:
        return [finding("answer_late", one, **facts)]
    return []
