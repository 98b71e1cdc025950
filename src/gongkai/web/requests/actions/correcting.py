"""更正登记: who asked, how to reach them, how and when it came, where that was registered wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from django.db import transaction

from gongkai.statute.clock import EventKind, receipt
from gongkai.web.config import clock
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.requests.actions.entering import enter, held, moved, reason_of
from gongkai.web.requests.actions.receiving import STATUTE_CHANNELS, day_faults, receive
from gongkai.web.requests.asked import PERSONAL, Asked, Checked, check, masked, stand_ins, subject_of
from gongkai.web.requests.models import Case, CaseEvent, Channel
from gongkai.web.requests.permissions import may_register
from gongkai.web.requests.sealed import Opener, fill, opener_of

ARRIVAL = ("channel", "arrived_on", "confirmed_on")
CONTENT = ("words", "features", "kind")
_PLAIN = ("requester_kind", "kind", "wanted_form", "needs_help")
_ASKED = tuple(one.name for one in fields(Asked))


@transaction.atomic
def correct_registration(
    *, by: Staff, case: Case, changes: Mapping[str, Any], reason: str, seen: int | None = None
) -> Case:
    """Set right what was registered wrongly. `changes`: what it shall be, by the names of `Asked`, of
    `ARRIVAL`, and `post_number`; what is not named stays.

    The entry tells which fields were corrected, of personal data never the value; letters that were issued
    stay as they are. WorkError `nothing_to_correct`, `content_fixed`, `arrival_fixed`, Invalid, Stale.
    """
    case = held(case, seen)
    require(may_register, by, case)
    opener = opener_of(case)
    before = as_registered(case, opener)
    wanted = replace(before, **{name: changes[name] for name in _ASKED if name in changes})
    checked = check(wanted, by_staff=True, today=clock.today())
    why = reason_of(case, masked(reason, stand_ins(checked.asked.personal())), "更正登记")
    arrival = {name: changes.get(name, getattr(case, name)) for name in ARRIVAL}
    post_number = str(changes.get("post_number", case.post_number)).strip()[:40]
    moved_by = [name for name in ARRIVAL if arrival[name] != getattr(case, name)]
    corrected = _corrected(case, before, checked, arrival, moved_by)
    corrected += ["post_number"] if post_number != case.post_number else []
    if not corrected:
        raise WorkError("nothing_to_correct", "没有改动任何一项。", "Nothing was changed.")
    told = {name: getattr(case, name) for name in (*moved_by, "received_on")}
    case.post_number = post_number
    _write(case, opener, before, checked.asked)
    renewed = _arrive(case, arrival, why, by) if moved_by else []
    moved(case)
    after = {name: getattr(case, name) for name in told} | {"corrected": corrected}
    touched = [case, case.requester, *renewed]
    enter("registration_corrected", case, by=by, touched=touched, before=told, after=after, why=why)
    return case


def as_registered(case: Case, opener: Opener) -> Asked:
    """A request as it is registered now, in the clear."""
    told: dict[str, Any] = {name: opener.open(case.requester, name) for name in PERSONAL}
    told |= {name: getattr(case, name) for name in _PLAIN}
    return Asked(
        **told,
        identity_kind=case.requester.identity_kind,
        words=opener.open(case, "words"),
        features=opener.open(case, "features"),
        reply_ways=tuple(case.reply_ways),
    )


def fixed_fields(case: Case) -> tuple[str, ...]:
    """What of a case is not corrected any more: what the requester wrote on the portal himself, what was
    decided on, the days that later facts rest on. 1 query."""
    by_portal = case.channel == Channel.WEB
    told: tuple[str, ...] = CONTENT if by_portal or _is_decided(case) else ()
    if by_portal:
        return (*told, *ARRIVAL, "post_number")
    return (*told, "arrived_on", "confirmed_on") if _has_followers(case) else told


def _corrected(
    case: Case, before: Asked, checked: Checked, arrival: Mapping[str, Any], moved_by: list[str]
) -> list[str]:
    """The fields that become others. WorkError for those that stay, Invalid for what cannot be taken."""
    changed = [name for name in _ASKED if getattr(before, name) != getattr(checked.asked, name)]
    _check_may_change(case, changed, moved_by)
    faults = [*checked.faults, *(day_faults(**arrival) if moved_by else [])]
    if faults:
        raise Invalid(faults)
    return [*changed, *moved_by]


def _check_may_change(case: Case, changed: list[str], moved_by: list[str]) -> None:
    content = next((name for name in CONTENT if name in changed), None)
    if content and case.channel == Channel.WEB:
        zh = "网上提交的申请内容由申请人自己写成，不能更正；要改的，请申请人补正。"
        raise WorkError("content_fixed", zh, "The requester wrote it: ask for a supplement.", field=content)
    if content and _is_decided(case):
        zh = "已经作出决定或者办结，申请内容不能再更正。"
        raise WorkError("content_fixed", zh, "It was decided on: its words stay.", field=content)
    if moved_by and case.channel == Channel.WEB:
        zh = "网上提交的渠道和日期由系统记录，不能更正。"
        raise WorkError("arrival_fixed", zh, "It came by the portal: its day stays.", field=moved_by[0])


def _is_decided(case: Case) -> bool:
    return case.decided_on is not None or case.is_closed


def _has_followers(case: Case) -> bool:
    later = case.events.filter(voided_at=None).exclude(kind=EventKind.RECEIVED.value)
    return bool(case.is_closed or later.exists())


def _write(case: Case, opener: Opener, before: Asked, now: Asked) -> None:
    """The facts sealed anew with their blind indexes. No words name whom they named before or name now."""
    for name in _PLAIN:
        setattr(case, name, getattr(now, name))
    case.reply_ways = list(now.reply_ways)
    if now.words != before.words:
        case.words = opener.seal(case, "words", now.words)
    if now.features != before.features:
        case.features = opener.seal(case, "features", now.features)
    if now.words != before.words or now.personal() != before.personal():
        case.subject = subject_of(subject_of(now.words, before.personal()), now.personal())
    requester = case.requester
    requester.identity_kind = now.identity_kind
    fill(requester, opener, now.personal())
    requester.save()


def _arrive(case: Case, arrival: Mapping[str, Any], why: str, by: Staff) -> list[CaseEvent]:
    """How and when it came, and by REG.31 the day of receipt: where that is another, the fact is voided and
    recorded anew, unless others rest on it. Gives the facts that were written."""
    told = receipt(
        STATUTE_CHANNELS[Channel(arrival["channel"])], arrival["arrived_on"], arrival["confirmed_on"]
    )
    is_other_day = told.on != case.received_on
    if is_other_day and _has_followers(case):
        was, now = case.received_on or "待确认", told.on or "待确认"
        zh = f"这样更正，收到申请之日由 {was} 变为 {now}，而期限已有后续办理记录。请先更正后续记录。"
        raise WorkError("arrival_fixed", zh, "Later facts rest on the day of receipt.", field="arrived_on")
    for name, value in arrival.items():
        setattr(case, name, value)
    if not is_other_day:
        return []
    voided = list(case.events.select_for_update().filter(kind=EventKind.RECEIVED.value, voided_at=None))
    for row in voided:
        row.voided_at, row.voided_by, row.void_reason = clock.now(), by, why
        row.save()
    case.received_on = None
    return voided if told.on is None else [*voided, receive(case, arrival["confirmed_on"], by)]
