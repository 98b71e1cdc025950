"""Whose opinion is asked (REG.32, REG.33.3, REG.34): who it is, when it was asked, what it said."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.statute.clock import Event, EventKind
from gongkai.statute.outcomes import Opinion
from gongkai.web.organs.acting import require
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Staff
from gongkai.web.participation.actions.entering import one_line, tidy
from gongkai.web.requests.actions.entering import enter, held, moved
from gongkai.web.requests.actions.stepping import Stepped, record
from gongkai.web.requests.models import Case, Party, PartyKind
from gongkai.web.requests.occasions import CONSULTING, REACHED
from gongkai.web.requests.permissions import may_work
from gongkai.web.requests.sealed import opener_of

_ASKED = {PartyKind(kind): asked for asked, kind in CONSULTING.items()}
_REACHED = {PartyKind(CONSULTING[asked]): reached for reached, asked in REACHED.items()}
_ANSWERED = {
    PartyKind.THIRD_PARTY: EventKind.THIRD_PARTY_ANSWERED,
    PartyKind.CO_MAKER: EventKind.CO_MAKER_ANSWERED,
    PartyKind.ORGAN: EventKind.ORGAN_ANSWERED,
}
_SILENT = {
    PartyKind.THIRD_PARTY: EventKind.THIRD_PARTY_LAPSED,
    PartyKind.CO_MAKER: EventKind.CO_MAKER_SILENT,
}


@transaction.atomic
def add_party(
    *,
    by: Staff,
    case: Case,
    kind: str,
    name: str,
    phone: str = "",
    address: str = "",
    rights: str = "",
    seen: int | None = None,
) -> Party:
    """Write down somebody whose opinion is needed. Nothing is sent by that."""
    case = held(case, seen)
    require(may_work, by, case)
    if kind not in PartyKind.values:
        raise WorkError("party_kind_missing", "请选择被征求意见方的类别。", "Choose the kind.", field="kind")
    name = one_line(name)
    if not name or len(name) > 120:
        raise WorkError("party_name_missing", "请填写名称，最多 120 字。", "Give the name.", field="name")
    opener = opener_of(case)
    serial = case.parties.filter(kind=kind).count() + 1
    party = Party(case=case, kind=kind, label=f"{PartyKind(kind).label}{serial}")
    for field, text in (("name", name), ("phone", phone), ("address", address), ("rights", tidy(rights))):
        setattr(party, field, opener.seal(party, field, one_line(text)[:500]))
    party.save()
    moved(case)
    after = {"party": party.label, "kind": kind}
    enter("party_added", case, by=by, subject=party, touched=[case, party], after=after)
    return party


@transaction.atomic
def ask_party(*, by: Staff, party: Party, on: dt.date, seen: int | None = None) -> Stepped:
    """The letter was sent: from here the clock stands still (REG.33.3)."""
    case = held(party.case, seen)
    require(may_work, by, case)
    return record(case, Event(_ASKED[PartyKind(party.kind)], on, str(party.label)), by=by)


@transaction.atomic
def party_reached(*, by: Staff, party: Party, on: dt.date, seen: int | None = None) -> Stepped:
    """The addressee received it: its 15 working days run (REG.32, REG.34)."""
    case = held(party.case, seen)
    require(may_work, by, case)
    return record(case, Event(_REACHED[PartyKind(party.kind)], on, str(party.label)), by=by)


@transaction.atomic
def take_opinion(
    *, by: Staff, party: Party, on: dt.date, opinion: str, words: str = "", seen: int | None = None
) -> Stepped:
    """What it said, or that it said nothing in its time (`silent`)."""
    case = held(party.case, seen)
    require(may_work, by, case)
    try:
        said = Opinion(opinion)
    except ValueError:
        raise WorkError("opinion_missing", "请选择意见。", "Choose the opinion.", field="opinion") from None
    kind = PartyKind(party.kind)
    if said is Opinion.AWAITED or (said is Opinion.SILENT and kind not in _SILENT):
        zh = "对这一方不能记录逾期未答复：法律没有规定其答复期限。"
        raise WorkError("opinion_not_here", zh, "No time limit is set for it.", field="opinion")
    events = _SILENT if said is Opinion.SILENT else _ANSWERED
    party = case.parties.select_for_update().get(pk=party.pk)
    party.opinion = said.value
    party.opinion_words = opener_of(case).seal(party, "opinion_words", tidy(words)[:5000])
    party.save()
    told = record(case, Event(events[kind], on, str(party.label)), by=by)
    after = {"party": party.label, "opinion": said.value}
    enter("opinion_recorded", case, by=by, subject=party, touched=[party], after=after)
    return told
