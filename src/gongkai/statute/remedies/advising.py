"""The remedies against a letter: the organ, the court, the last days, and the words for it (LAW.md 7.1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.statute.calendar import Calendar, DueDay, national
from gongkai.statute.data_files import data
from gongkai.statute.errors import RemedyError, plain_day, plain_text
from gongkai.statute.remedies.clauses import (
    ClauseKind,
    Subject,
    clause_words,
    is_refused_part,
    outcome_code,
    period,
    subject_of,
)
from gongkai.statute.remedies.periods import Period, last_day
from gongkai.statute.remedies.respondents import (
    Authority,
    Court,
    Respondent,
    authorities,
    court,
    court_of_authority,
    may_ask_state_council,
)


class TimeLimit(NamedTuple):
    """A period with its last day."""

    period: Period
    due: DueDay

    @property
    def rule(self) -> str:
        return self.period.rule


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the requester can do against a letter.

    `authorities`: any one of them reconsiders; () for a procedural letter. `court`: of a direct suit (B), or
    after the decision (A). `courts_if_changed`: one for each authority, which is the defendant if it changes
    the act (APL.26.2). `reconsider_by`, `sue_by`: last days if the requester was told; `sue_by` None for A,
    where the time runs from the decision: `sue_after`. `untold_reconsider_by`, `untold_sue_by`: the utmost
    last days if the requester was not told (ARL.20.3, SPCA.64.1). `state_council`: ARL.26. `zh`, `en`: the
    words for the letter, "" for none. `to_confirm`: for a legal officer.
    """

    subject: Subject
    respondent: Respondent
    reached_on: dt.date
    authorities: tuple[Authority, ...]
    court: Court | None
    courts_if_changed: tuple[Court, ...]
    reconsider_by: TimeLimit | None
    sue_by: TimeLimit | None
    sue_after: Period | None
    untold_reconsider_by: TimeLimit | None
    untold_sue_by: TimeLimit | None
    state_council: bool
    zh: str
    en: str
    to_confirm: tuple[str, ...]

    @property
    def clause(self) -> ClauseKind:
        return self.subject.clause

    @property
    def provisional(self) -> bool:
        """Whether a last day falls into a year whose holidays are not published (CAL.5)."""
        limits = (self.reconsider_by, self.sue_by, self.untold_reconsider_by, self.untold_sue_by)
        return any(limit is not None and limit.due.provisional for limit in limits)


def remedy(
    code: str,
    respondent: Respondent,
    reached_on: dt.date,
    *,
    basis: str = "",
    served_online: bool = False,
    online_channel: str = "",
    calendar: Calendar | None = None,
) -> Remedy:
    """The remedies against an outcome or a letter of the respondent that reached the requester on a day.

    `reached_on`: the day the requester received it, not the day it was posted: the periods run from knowing
    the act (ARL.20.1, APL.46.1). `basis`: of the outcome, where it has several.
    `served_online`: then `online_channel` must be told as well (ARL.22.2).
    RemedyError for an unknown code, a day before the law of 2023 held, a name the record lacks, or a letter
    served online without a channel.
    """
    subject = subject_of(code, basis)
    day = plain_day(reached_on, "送达之日", code="remedy_bad_day", error=RemedyError)
    _check_in_force(day)
    if not isinstance(respondent, Respondent):
        raise RemedyError("remedy_bad_field", "缺少被申请机关的资料。", "the respondent is missing.")
    if subject.clause is ClauseKind.NONE:
        return _no_remedy(subject, respondent, day)
    channel = _channel(served_online, online_channel)
    return _remedy(subject, respondent, day, channel, calendar or national())


def _no_remedy(subject: Subject, respondent: Respondent, day: dt.date) -> Remedy:
    """A procedural letter is not separately reviewable."""
    none = None, None, None, None, None
    return Remedy(subject, respondent, day, (), None, (), *none, False, "", "", _notes(subject))


def _remedy(
    subject: Subject, respondent: Respondent, day: dt.date, channel: str, calendar: Calendar
) -> Remedy:
    organs, hearing = authorities(respondent), court(respondent)
    zh, en = _words(subject, organs, hearing, channel)
    direct = subject.clause is ClauseKind.B

    def limit(name: str) -> TimeLimit:
        return TimeLimit(period(name), last_day(day, period(name), calendar))

    return Remedy(
        subject=subject,
        respondent=respondent,
        reached_on=day,
        authorities=organs,
        court=hearing,
        courts_if_changed=tuple(court_of_authority(respondent, organ) for organ in organs),
        reconsider_by=limit("reconsider"),
        sue_by=limit("sue") if direct else None,
        sue_after=period("sue_after_reconsideration"),
        untold_reconsider_by=limit("reconsider_untold"),
        untold_sue_by=limit("sue_untold") if direct else None,
        state_council=may_ask_state_council(respondent),
        zh=zh,
        en=en,
        to_confirm=_notes(subject),
    )


def _channel(served_online: bool, online_channel: str) -> str:
    """The online channel to be told, "" if the letter is not served online (ARL.22.2)."""
    channel = plain_text(online_channel, "互联网渠道", error=RemedyError).strip()
    if served_online and not channel:
        raise RemedyError(
            "remedy_online_channel_missing",
            "通过互联网渠道送达的，应当同时提供提交行政复议申请的互联网渠道（行政复议法第二十二条第二款）。请填写。",
            "Served online, the letter must give the online channel for reconsideration (ARL.22.2). Add it.",
        )
    return channel if served_online else ""


def _words(subject: Subject, organs: tuple[Authority, ...], hearing: Court, channel: str) -> tuple[str, str]:
    scope = is_refused_part(subject.code)
    reply = bool(outcome_code(subject.code))
    facts = {
        "letter": "答复书" if reply else "告知书",
        "letter_en": "reply" if reply else "notice",
        "scope": scope[0],
        "scope_en": scope[1],
        "authorities": "或者".join(organ.name for organ in organs),
        "authorities_en": " or ".join(organ.name for organ in organs),
        "court": hearing.name,
        "court_en": hearing.name,
    }
    names = {"reconsider": "reconsider", "sue": "sue", "after": "sue_after_reconsideration"}
    for key, name in names.items():
        facts |= {key: period(name).zh, f"{key}_en": period(name).en}
    online = data("remedies.toml")["clauses"]["online"]
    zh, en = (clause_words(subject.clause, facts, lang) for lang in ("zh", "en"))
    if channel:
        zh, en = zh + online["zh"].format(online=channel), f"{en} {online['en'].format(online=channel)}"
    return zh, en


def _notes(subject: Subject) -> tuple[str, ...]:
    return (subject.to_confirm,) if subject.to_confirm else ()


def _check_in_force(day: dt.date) -> None:
    holds_from = data("remedies.toml")["law"]["holds_from"]
    if day < holds_from:
        raise RemedyError(
            "remedy_before_law",
            f"{day} 送达的文书早于《行政复议法》（2023年修订）施行之日（{holds_from}），"
            "适用当时的法律，其救济告知未收入本程序。请核对日期。",
            f"A letter that arrived on {day} comes before {holds_from}, when the Reconsideration Law of 2023 "
            "took effect; the clauses of the time are not kept here. Check the date.",
        )
