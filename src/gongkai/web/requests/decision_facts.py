"""The facts of a decision: as the form gives them, as the column keeps them, as the law takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.statute.clock import EventKind
from gongkai.statute.outcomes import Decision as LawFacts
from gongkai.statute.outcomes import LegalSource, Opinion, ThirdParty
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests.models import Case, Decision, Party, PartyKind
from gongkai.web.requests.sealed import opener_of

_FLAGS = (
    "classified",
    "public_interest",
    "third_party_told",
    "separable",
    "reviewed",
    "right_organ_known",
    "right_organ_named",
    "answered_before",
    "reasons_asked",
    "reasons_held",
)
_SOURCES = ("legal_source", "disclosure_ordered_by")
_SEARCH = ("where", "keywords", "who", "when")


def facts_as_kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON. WorkError for a fact there is not: nothing is dropped without a word."""
    known = {*_FLAGS, *_SOURCES, "exemptions", "search"}
    strange = sorted(set(facts) - known)
    if strange:
        raise WorkError("fact_unknown", f"没有“{strange[0]}”这一项。", f"No fact {strange[0]!r}.")
    kept: dict[str, Any] = {name: facts[name] for name in _FLAGS if facts.get(name) is not None}
    for name in _SOURCES:
        source = facts.get(name)
        if source and source.get("citation", "").strip():
            kept[name] = {"rank": str(source["rank"]), "citation": str(source["citation"]).strip()[:200]}
    kept["exemptions"] = [str(one) for one in facts.get("exemptions", ())]
    kept["search"] = [one for one in _SEARCH if one in facts.get("search", ())]
    return kept


def law_facts(decision: Decision) -> LawFacts:
    """What `statute.outcomes.check_decision` judges: the facts, and what the case itself shows. 3 queries.

    That reasons are given, that a search was recorded, that a supplement was asked for or a fee lapsed is
    never ticked: it is seen from the words, the events and the parties.
    """
    case = decision.case
    opener = opener_of(case)
    kept = dict(decision.facts)
    third_parties = third_parties_of(case)
    sent = case.letters.filter(kind="reasons-notice", services__isnull=False)
    kept["reasons_asked"] = bool(kept.get("reasons_asked")) or sent.exists()
    kept["third_party_told"] = bool(kept.get("third_party_told")) or _all_told(third_parties)
    kinds = set(case.events.filter(voided_at=None).values_list("kind", flat=True))
    parties = tuple(ThirdParty(opinion=_opinion(one, kinds), name=str(one.label)) for one in third_parties)
    search = frozenset(kept.get("search", ())) if opener.open(decision, "search_record") else None
    return LawFacts(
        codes=(str(decision.outcome),),
        basis=str(decision.basis),
        exemptions=tuple(kept.get("exemptions", ())),
        reasons=bool(opener.open(decision, "reasons")),
        search_record=search,
        third_parties=parties,
        legal_source=_source(kept.get("legal_source")),
        disclosure_ordered_by=_source(kept.get("disclosure_ordered_by")),
        supplement_asked=EventKind.SUPPLEMENT_ASKED.value in kinds,
        supplement_received=EventKind.SUPPLEMENT_RECEIVED.value in kinds,
        supplement_lapsed=EventKind.SUPPLEMENT_LAPSED.value in kinds,
        fee_notified=EventKind.FEE_NOTIFIED.value in kinds,
        fee_lapsed=EventKind.FEE_LAPSED.value in kinds,
        **{name: kept[name] for name in _FLAGS if name in kept},
    )


def _opinion(party: Any, kinds: set[str]) -> Opinion | None:
    if party.opinion:
        return Opinion(party.opinion)
    return Opinion.AWAITED if EventKind.THIRD_PARTY_ASKED.value in kinds else None


def third_parties_of(case: Case) -> list[Party]:
    """Those whose rights it concerns. 1 query, none where the case brought its parties along."""
    return [one for one in case.parties.all() if one.kind == PartyKind.THIRD_PARTY]


def _all_told(parties: Sequence[Party]) -> bool:
    """Whether every third party that did not consent was told in writing (REG.32, last sentence)."""
    told = [one.is_told for one in parties if one.opinion != Opinion.CONSENTED.value]
    return bool(told) and all(told)


def _source(kept: Mapping[str, str] | None) -> LegalSource | None:
    return LegalSource(rank=kept["rank"], citation=kept["citation"]) if kept else None
