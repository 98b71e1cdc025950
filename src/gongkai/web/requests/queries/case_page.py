"""Everything about one case on one page: at most 11 queries past the case itself.

Names, numbers and addresses are given masked; the words of the request without what names somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet, prefetch_related_objects

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
    COUNTED,
    OF_A_LINE,
    Alike,
    Month,
    likeness,
    month_from,
    same_or_maybe,
)
from gongkai.web.requests.queries.come_back import to_serve_again
from gongkai.web.requests.queries.returned import why_returned
from gongkai.web.requests.queries.written import WrittenOfCase
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


def _with_step(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """With who drafted them, the step that waits: `open_approval`, `open_step`, and why each was last
    returned: `why_returned`."""
    waiting = FilteredRelation("approvals", condition=Q(approvals__result=""))
    rows = decisions.annotate(waiting=waiting, who=F("drafted_by__name"), why_returned=why_returned())
    return rows.annotate(open_approval=F("waiting__pk"), open_step=F("waiting__step"))


# What the rows of a case are called stands on them as `who`: a join for a name costs less than a row.
_EVENTS = WrittenOfCase(
    lambda case: (
        CaseEvent.objects.filter(case=case)
        .annotate(who=F("recorded_by__name"), voider=F("voided_by__name"))
        .order_by("on", "id")
    )
)
_PARTIES = WrittenOfCase(lambda case: Party.objects.filter(case=case).order_by("id"))
_FILES = WrittenOfCase(
    lambda case: CaseFile.objects.filter(case=case).annotate(who=F("added_by__name")).order_by("id")
)
_NOTES = WrittenOfCase(
    lambda case: Note.objects.filter(case=case).annotate(who=F("written_by__name")).order_by("id")
)
_TASKS = WrittenOfCase(
    lambda case: (
        Task.objects.filter(case=case)
        .annotate(who=F("answered_by__name"), asked=F("unit__name"))
        .order_by("id")
    )
)
_DECISIONS = WrittenOfCase(lambda case: _with_step(Decision.objects.filter(case=case)).order_by("number"))
_LETTERS = WrittenOfCase(lambda case: Letter.objects.filter(case=case).order_by("id"))


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
    rows = _EVENTS.rows(case)
    case.standing_events = [one for one in rows if one.voided_at is None]  # type: ignore[attr-defined]
    same = same_requester(case)
    alike, divided = alike_and_divided(case, same)
    letters = _LETTERS.rows(case)
    prefetch_related_objects(letters, "services")
    return CasePage(
        case=case,
        opener=opener,
        masked=masked_of(case, opener),
        events=rows,
        clock=clock_from(events_of(case), calendar_of(case)),
        offers=offers(case),
        parties=_PARTIES.rows(case),
        files=_FILES.rows(case),
        notes=_NOTES.rows(case),
        tasks=_TASKS.rows(case),
        decisions=_DECISIONS.rows(case),
        letters=letters,
        same=same,
        alike=alike,
        divided=divided,
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
    found: list[Any] = list(same_or_maybe(case, MOST_SAME))
    certain = [one for one in found if one.is_certain]
    month = month_from({name: getattr(certain[0], name) for name in COUNTED}) if certain else ALONE
    return Same(certain, month, [one for one in found if not one.is_certain])


def alike_and_divided(case: Case, same: Same) -> tuple[list[Alike], list[Case]]:
    """Earlier cases on the same matter, those of the same requester first, then the most alike; and what the
    case came from or went into, and the other way round. 2 queries."""
    own, maybe = {one.pk for one in same.cases}, {one.pk for one in same.maybe}
    # Hundreds are looked at and a few are shown: of those alone more is read than the subject.
    earlier = Case.objects.filter(organ=case.organ_id, pk__lt=case.pk).order_by("-pk")
    shares = [
        (pk not in own, -likeness(case.subject, subject), -pk)
        for pk, subject in earlier.values_list("pk", "subject")[:_LOOKED_AT]
    ]
    nearest = sorted(one for one in shares if -one[1] >= _LEAST_SHARE)[:MOST_ALIKE]
    above = [one for one in (case.split_from_id, case.merged_into_id) if one is not None]
    wanted = Q(split_from=case.pk) | Q(merged_into=case.pk)
    wanted |= Q(pk__in=[*above, *(-minus for *_, minus in nearest)])
    rows = Case.objects.filter(wanted).only(*OF_A_LINE, "split_from_id", "merged_into_id")
    found = {one.pk: one for one in rows.order_by("pk")}
    divided = [
        one for one in found.values() if one.pk in above or case.pk in (one.split_from_id, one.merged_into_id)
    ]
    alike = [Alike(found[-minus], -less, not is_other, -minus in maybe) for is_other, less, minus in nearest]
    return alike, divided


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
