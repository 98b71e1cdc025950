"""What a case tells a letter: the facts on record, by the codes of `statute.letters`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongkai.statute.clock import EventKind
from gongkai.statute.errors import LetterError
from gongkai.statute.fees import FeeBasis, item_fee, page_fee
from gongkai.statute.letters import Value, can_tell, fact, lawful_values
from gongkai.statute.letters import kind as letter_kind
from gongkai.statute.limits import limits_on
from gongkai.statute.outcomes import outcome
from gongkai.statute.remedies import ClauseKind
from gongkai.web.config import clock
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Unit
from gongkai.web.requests.addressing import in_one_line, search_words, you_of_party, you_of_requester
from gongkai.web.requests.given_out import TAKEN_OVER
from gongkai.web.requests.models import Case, Decision, Party
from gongkai.web.requests.remedies_of import office_of, remedy_of
from gongkai.web.requests.sealed import Opener
from gongkai.web.requests.settled import wanted_forms, ways_chosen

MOST_ASKED = 300  # characters of the request that a letter repeats


def values_of(
    case: Case,
    kind: str,
    opener: Opener,
    *,
    decision: Decision | None = None,
    party: Party | None = None,
    given: Mapping[str, Any] | None = None,
    online: bool = False,
) -> dict[str, Value]:
    """Every fact the letter can tell: what the case, the decision and the party hold, then what the clerk
    gave (`given`, by code; texts, days as ISO, lists as lines). WorkError for a fact there is not."""
    told: dict[str, Value] = {**_common(case, opener), **_settings(case), **_course(case)}
    if decision is not None:
        told |= _decided(case, decision, opener, online)
    elif letter_kind(kind).subject and letter_kind(kind).clause() is not ClauseKind.NONE:
        # A letter that can be challenged and is no reply, as the one to a third party (REG.32).
        told["remedies"] = remedy_of(case.organ, letter_kind(kind).subject, clock.today(), online=online).zh
    if party is not None:
        name = opener.open(party, "name")
        told |= {"third_party": name, "other_organ": name, "you": you_of_party(name)}
    told |= _fee(case)
    outcome_code, basis = (decision.outcome, decision.basis) if decision else ("", "")
    usable = can_tell(kind, str(outcome_code), str(basis))
    if case.received_on is not None:
        exemptions = tuple(decision.facts.get("exemptions", ())) if decision else ()
        lawful = lawful_values(
            kind, case.received_on, outcome=str(outcome_code), basis=str(basis), exemptions=exemptions
        )
        told |= dict(lawful)
    told = {name: value for name, value in told.items() if name in usable and value not in ("", None, ())}
    return {**told, **typed(given or {}, usable)}


def typed(given: Mapping[str, Any], usable: frozenset[str] | None = None) -> dict[str, Value]:
    """What a clerk typed, as values. WorkError by field."""
    told: dict[str, Value] = {}
    for name, value in given.items():
        try:
            known = fact(name)
        except LetterError as wrong:
            raise WorkError(wrong.code, wrong.zh, wrong.en, field=name) from wrong
        if usable is not None and known.code not in usable:
            continue
        read = _read(known.kind, value, known.code, known.zh)
        if read not in ("", None, ()):
            told[known.code] = read
    return told


def _common(case: Case, opener: Opener) -> dict[str, Value]:
    organ = case.organ
    asked = in_one_line(opener.open(case, "words"))
    office = Unit.objects.filter(organ=organ, is_disclosure_office=True, is_active=True).first()
    contact = [str(office.name) if office else "", str(organ.telephone), str(organ.address)]
    told: dict[str, Value] = {
        "organ": str(organ.name),
        "office": str(office.name) if office else "",
        "contact": "，".join(filter(None, contact)),
        "case_number": case.number,
        "requester": opener.open(case.requester, "name"),
        "you": you_of_requester(str(case.requester_kind)),
        "requester_kind": str(case.get_requester_kind_display()),
        "asked": asked if len(asked) <= MOST_ASKED else f"{asked[:MOST_ASKED]}……",
        "received_by": str(case.get_channel_display()),
        "wanted_form": _wanted(case),
        "unit": str(case.unit.name) if case.unit else "",
        "drafter": str(case.handler.name) if case.handler else "",
    }
    days = {"received_on": case.received_on, "due_on": case.due_on, "closed_on": case.closed_on}
    return told | {name: day for name, day in days.items() if day is not None}


def _wanted(case: Case) -> str:
    ways = "、".join(one.zh for one in ways_chosen(case.reply_ways))
    form = wanted_forms().get(str(case.wanted_form), "")
    return "，".join(filter(None, (form, ways)))


def _settings(case: Case) -> dict[str, Value]:
    office = office_of(case.organ)
    return {"payment": str(office.payment)} if office.payment else {}


def _course(case: Case) -> dict[str, Value]:
    """What has happened: when a supplement was asked for, opinions, a withdrawal."""
    told: dict[str, Value] = {}
    for row in case.events.filter(voided_at=None):
        if row.kind == EventKind.SUPPLEMENT_ASKED.value:
            told["supplement_told_on"] = row.on
            if row.until:
                told["supplement_until"] = row.until
        elif row.kind == EventKind.FEE_NOTIFIED.value:
            told["fee_told_on"] = row.on
        elif row.kind == EventKind.WITHDRAWN.value:
            told["withdrawn_on"] = row.on
        elif row.kind == EventKind.THIRD_PARTY_ASKED.value:
            told.setdefault("consulted_on", row.on)
    if case.merged_into is not None:
        told["merged_with"] = case.merged_into.number
    return told


def _decided(case: Case, decision: Decision, opener: Opener, online: bool) -> dict[str, Value]:
    told: dict[str, Value] = {name: opener.open(decision, field) for name, field in TAKEN_OVER.items()}
    told["information"] = _read("list", told["information"], "information", "")
    told["searched"] = search_words(
        opener.open(decision, "search_record"),
        you_of_requester(str(case.requester_kind)),
        found_nothing=str(decision.basis) == "absent",
    )
    source = decision.facts.get("legal_source") or {}
    told |= {
        "outcome": outcome(str(decision.outcome)).zh,
        "special_law": source.get("citation", ""),
    }
    remedies = remedy_of(
        case.organ, str(decision.outcome), clock.today(), basis=str(decision.basis), online=online
    )
    told["remedies"] = remedies.zh
    if decision.follows is not None:
        letter = decision.follows.letters.exclude(issued_at=None).first()
        told["amends"] = str(letter.number) if letter else ""
    return told


def _fee(case: Case) -> dict[str, Value]:
    fee = getattr(case, "fee", None)
    if fee is None:
        return {}
    on = case.received_on or case.arrived_on
    if FeeBasis(fee.basis) is FeeBasis.ITEM:
        reckoned = item_fee(int(fee.count), after=int(fee.after), on=on)
    else:
        reckoned = page_fee(int(fee.count), on=on)
    return {
        "amount": Decimal(fee.amount),
        "standard": reckoned.zh,
        "pay_days": limits_on(case.received_on or case.arrived_on).payment,
    }


def _read(kind: str, value: Any, code: str, zh: str) -> Value:
    if kind == "list":
        lines = value if isinstance(value, list | tuple) else str(value).splitlines()
        return tuple(str(one).strip() for one in lines if str(one).strip())
    if kind == "day":
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value).strip()) if str(value).strip() else ""
        except ValueError:
            zh = f"“{zh}”请写成日期，例如 2026-03-02。"
            raise WorkError("letter_bad_day", zh, "Write a date, as 2026-03-02.", field=code) from None
    if kind in ("money", "number"):
        try:
            return Decimal(str(value)) if kind == "money" else int(str(value))
        except (ArithmeticError, ValueError):
            raise WorkError("letter_bad_number", f"“{zh}”请写数字。", "A number.", field=code) from None
    return str(value).strip()
