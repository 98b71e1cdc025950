"""Everything about one case on one page: at most 11 queries past the case itself.

Names, numbers and addresses are given masked; the words of the request without what names somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, Value, Window

from gongkai.statute.clock import Clock, Event, EventKind
from gongkai.web.audit.models import Entry
from gongkai.web.config.sealing import Unreadable
from gongkai.web.disclosure.queries.record_page import with_names
from gongkai.web.organs.models import Organ, Staff, Unit
from gongkai.web.requests.asked import PERSONAL, is_doubtful_number, masked, stand_ins
from gongkai.web.requests.models import (
    Approval,
    Case,
    CaseEvent,
    CaseFile,
    Decision,
    Letter,
    Note,
    Party,
    RequesterKind,
    Service,
    Task,
)
from gongkai.web.requests.occasions import REACHED, unreached_parties
from gongkai.web.requests.queries.alike import (
    ALONE,
    Alike,
    Month,
    counts_of_month,
    likeness,
    maybe_same_requester,
    month_from,
    of_same_requester,
)
from gongkai.web.requests.queries.come_back import to_serve_again
from gongkai.web.requests.queries.returned import why_returned
from gongkai.web.requests.sealed import Destroyed, Opener, opener_of
from gongkai.web.requests.stands import calendar_of, clock_from, events_of
from gongkai.web.requests.steps import Offer, offers
from gongkai.wording.personal.masks import (
    mask_address,
    mask_bank_card,
    mask_identity_number,
    mask_mail,
    mask_phone,
)

MOST_ENTRIES = 200
MOST_SAME = 200
MOST_ALIKE = 5
_LOOKED_AT = 400  # the newest cases of the organ whose subjects are compared
_LEAST_SHARE = 0.45  # of common pairs of characters, from which two subjects are shown as alike: ours (D)
_OF_ALIKE = ("id", "organ_id", "year", "serial", "subject", "outcome", "stands", "received_on", "arrived_on")
_SUBJECT = _OF_ALIKE.index("subject")


@dataclass(frozen=True, slots=True)
class Masked:
    """What a page shows of the requester and of the request without a reason given."""

    person: dict[str, str]
    words: str
    features: str
    is_destroyed: bool = False
    is_doubtful: bool = False  # the number cannot be one of its kind


@dataclass(frozen=True, slots=True)
class Same:
    """Other cases of the same requester, the newest first, and the counts of the month. `maybe`: cases that
    may be theirs too, counted nowhere."""

    cases: Sequence[Case]
    month: Month
    maybe: Sequence[Case] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """What the page of a case tells. `opener` is None where the key was destroyed."""

    case: Case
    opener: Opener | None
    masked: Masked
    events: Sequence[CaseEvent]
    clock: Clock | None
    offers: Sequence[Offer]
    parties: Sequence[Party]
    files: Sequence[CaseFile]
    notes: Sequence[Note]
    tasks: Sequence[Task]
    decisions: Sequence[Decision]
    letters: Sequence[Letter]
    same: Same
    alike: Sequence[Alike]
    divided: Sequence[Case]  # what it came from or went into, and the other way round


def case_page(case: Case) -> CasePage:
    """The page of a case, which came with its organ, key, requester, unit and fee. 11 queries at most; what
    rows are called stands on them as `who`: a join for a name costs less than a row."""
    opener = _opener(case)
    rows = list(
        case.events.annotate(who=F("recorded_by__name"), voider=F("voided_by__name")).order_by("on", "id")
    )
    case.standing_events = [one for one in rows if one.voided_at is None]  # type: ignore[attr-defined]
    same = same_requester(case)
    return CasePage(
        case=case,
        opener=opener,
        masked=masked_of(case, opener),
        events=rows,
        clock=clock_from(events_of(case), calendar_of(case)),
        offers=offers(case),
        parties=list(case.parties.order_by("id")),
        files=list(case.files.annotate(who=F("added_by__name")).order_by("id")),
        notes=list(case.notes.annotate(who=F("written_by__name")).order_by("id")),
        tasks=list(case.tasks.annotate(who=F("answered_by__name"), asked=F("unit__name")).order_by("id")),
        decisions=_decisions(case),
        letters=list(case.letters.prefetch_related("services").order_by("id")),
        same=same,
        alike=alike_to(case, same),
        divided=_divided(case),
    )


def letters_to_serve_again(page: CasePage) -> list[tuple[Letter, Service]]:
    """Letters that came back, each with the try that did. No query."""
    return to_serve_again(page.case, page.letters, {one.pk: str(one.opinion) for one in page.parties})


def masked_of(case: Case, opener: Opener | None) -> Masked:
    """The requester masked, and the words without what names somebody. No query."""
    if opener is None:
        return Masked({}, "", "", is_destroyed=True)
    facts = {name: opener.open(case.requester, name) for name in PERSONAL}
    known = stand_ins(facts)
    return Masked(
        {name: _mask(name, value, case) for name, value in facts.items() if value},
        masked(opener.open(case, "words"), known),
        masked(opener.open(case, "features"), known),
        is_doubtful=is_doubtful_number(case.requester.identity_kind, facts["identity_number"]),
    )


def words_for_unit(case: Case) -> str:
    """What was asked, as a unit sees it: without who asks. No query with key and requester brought along."""
    return masked_of(case, _opener(case)).words


def mask_party(name: str) -> str:
    """The first character of a name.

    >>> mask_party("张三丰"), mask_party("某某公司")
    ('张**', '某**')
    """
    return f"{name[:1]}**" if name else ""


def same_requester(case: Case) -> Same:
    """The other cases of the requester, each with the counts of the month beside it, then those that may be.
    1 query."""
    counts: dict[str, Any] = {name: Window(one) for name, one in counts_of_month(case).items()}
    columns = (*_OF_ALIKE, *counts, "is_certain")
    nothing = dict.fromkeys(counts, Value(0))
    certain = of_same_requester(case).annotate(**counts, is_certain=Value(1))
    maybe = maybe_same_requester(case).annotate(**nothing, is_certain=Value(0))
    # One query for both: the page of a case has none to spare.
    first, second = (one.order_by().values_list(*columns) for one in (certain, maybe))
    rows = first.union(second, all=True).order_by("-is_certain", "-id")[:MOST_SAME]
    found = [dict(zip(columns, one, strict=True)) for one in rows]
    cases: dict[int, list[Case]] = {1: [], 0: []}
    for one in found:
        cases[one["is_certain"]].append(Case(**{name: one[name] for name in _OF_ALIKE}))
    return Same(cases[1], month_from(found[0]) if cases[1] else ALONE, cases[0])


def alike_to(case: Case, same: Same) -> list[Alike]:
    """Earlier cases on the same matter, those of the same requester first, then the most alike. 1 query."""
    own, maybe = {one.pk for one in same.cases}, {one.pk for one in same.maybe}
    earlier = Case.objects.filter(organ=case.organ_id, pk__lt=case.pk).order_by("-pk")
    found = []
    # Hundreds are looked at and a few are shown: those alone become objects.
    for values in earlier.values_list(*_OF_ALIKE)[:_LOOKED_AT]:
        share = likeness(case.subject, values[_SUBJECT])
        if share >= _LEAST_SHARE:
            found.append((values[0] not in own, -share, -values[0], values))
    nearest = sorted(found, key=lambda one: one[:3])[:MOST_ALIKE]
    return [
        Alike(Case(**dict(zip(_OF_ALIKE, values, strict=True))), -less, not is_other, values[0] in maybe)
        for is_other, less, _pk, values in nearest
    ]


def parties_of_step(events: list[Event], kind: EventKind) -> list[str]:
    """Whose letter has not reached them yet, for a step that records that it did."""
    return unreached_parties(events, kind) if kind in REACHED else []


def units_of(organ: Organ) -> list[Unit]:
    """The units that work is given to. 1 query."""
    return list(Unit.objects.filter(organ=organ, is_active=True).order_by("id"))


def people_of(organ: Organ) -> list[Staff]:
    """Those whom a case can be given to. 1 query."""
    rows = Staff.objects.filter(organ=organ, is_active=True).only("pk", "name", "username", "organ_id")
    return list(rows.order_by("id")[:500])


def entries_of(case: Case) -> list[Entry]:
    """The log of a case and of what belongs to it, the newest first, with `actor_name`. 12 queries."""
    wanted = Q(subject_type="requests.case", subject_id=case.pk)
    wanted |= Q(subject_type="requests.requester", subject_id=case.requester.pk)
    for name, rows in (
        ("caseevent", case.events),
        ("casefile", case.files),
        ("party", case.parties),
        ("note", case.notes),
        ("task", case.tasks),
        ("decision", case.decisions),
        ("letter", case.letters),
        ("service", Service.objects.filter(letter__case=case)),
    ):
        ids = list(rows.order_by().values_list("pk", flat=True))
        if ids:
            wanted |= Q(subject_type=f"requests.{name}", subject_id__in=ids)
    fee = getattr(case, "fee", None)
    if fee is not None:
        wanted |= Q(subject_type="requests.feenotice", subject_id=fee.pk)
    approvals = Approval.objects.filter(decision__case=case).values_list("pk", flat=True)
    wanted |= Q(subject_type="requests.approval", subject_id__in=list(approvals))
    entries = Entry.objects.filter(wanted, organ_id=case.organ_id)
    return list(with_names(entries).order_by("-number").defer("states")[:MOST_ENTRIES])


def _opener(case: Case) -> Opener | None:
    try:
        return opener_of(case)
    except (Destroyed, Unreadable):
        return None


def _divided(case: Case) -> list[Case]:
    """1 query."""
    wanted = Q(split_from=case.pk) | Q(merged_into=case.pk)
    above = [one for one in (case.split_from_id, case.merged_into_id) if one is not None]
    if above:
        wanted |= Q(pk__in=above)
    return list(
        Case.objects.filter(wanted).only(*_OF_ALIKE, "split_from_id", "merged_into_id").order_by("pk")
    )


def _decisions(case: Case) -> list[Decision]:
    """The decisions with who drafted them, the step that waits: `open_approval`, `open_step`, and why
    each was last returned: `why_returned`. 1 query."""
    waiting = FilteredRelation("approvals", condition=Q(approvals__result=""))
    rows = case.decisions.annotate(waiting=waiting, who=F("drafted_by__name"), why_returned=why_returned())
    return list(
        rows.annotate(open_approval=F("waiting__pk"), open_step=F("waiting__step")).order_by("number")
    )


def _mask(name: str, value: str, case: Case) -> str:
    if name in ("name", "representative", "contact_person", "agent"):
        if name == "name" and case.requester_kind != RequesterKind.NATURAL_PERSON:
            return f"{value[:2]}**"
        return f"{value[:1]}*"
    if name == "identity_number":
        return mask_identity_number(value) if len(value) > 8 else "****"
    if name == "phone":
        return mask_phone(value) if len(value) > 8 else "****"
    masks = {"email": mask_mail, "address": mask_address, "bank_account": mask_bank_card}
    return masks[name](value) if name in masks else "****"
