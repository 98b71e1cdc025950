"""Whether a decision stands: what the law asks of it and the record does not show (REG.14 to REG.39)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.statute.errors import DecisionError, short
from gongkai.statute.findings import Finding, finding
from gongkai.statute.outcomes.catalogue import (
    Basis,
    Outcome,
    disclosing_ranks,
    exemption,
    exemptions,
    outcome,
    ranks,
)
from gongkai.statute.outcomes.decisions import SEARCH_RECORD, Decision, LegalSource, Opinion, ThirdParty

_FILE = "outcomes_findings.toml"
_SEVERITIES = ("error", "warning", "info")
_REASONS = frozenset({"reasons", "reasons_for_the_rest", "why_not_ours", "why_unreasonable"})
# The articles that say 说明理由. Where a decision rests on another, reasons are good advice.
_REASONS_ORDERED = frozenset({"REG.36(3)", "REG.36(5)", "REG.37"})


def check_decision(decision: Decision) -> tuple[Finding, ...]:
    """What is wrong with a decision, the gravest first; () if nothing is. Each finding names its article.

    DecisionError for a code, a basis, an exemption or a part there is not.

    >>> [one.code for one in check_decision(Decision(codes=("NONE-1",), basis="absent"))]
    ['search_missing']
    """
    if not isinstance(decision, Decision):
        raise DecisionError(
            "decision_bad_field",
            f"应为决定事实（Decision），现为 {short(decision)}。",
            f"a Decision is wanted, not {short(decision)}.",
        )
    chosen = tuple(dict.fromkeys(decision.codes))
    known = [outcome(code) for code in chosen]
    if not known:
        return (finding(_FILE, "no_code"),)
    if len(known) > 1:
        # Nothing else can be judged before it is clear which decision was made.
        return (finding(_FILE, "several_codes", count=len(known), codes="、".join(chosen)),)
    found = _Check(decision, known[0]).findings()
    return tuple(sorted(found, key=lambda one: _SEVERITIES.index(one.severity)))


class _Check:
    def __init__(self, decision: Decision, chosen: Outcome) -> None:
        self.facts = decision
        self.outcome = chosen
        # A basis that the outcome does not have is a slip of the caller, a missing one a finding.
        self.basis: Basis | None = chosen.basis(decision.basis)
        if decision.basis:
            chosen.letter(decision.basis)

    def findings(self) -> list[Finding]:
        checks: list[Callable[[], Iterator[Finding]]] = [
            self._ground,
            self._reasons,
            self._exemptions,
            self._secrets,
            self._source,
            self._third_parties,
            self._ordered,
            self._separation,
            self._search,
            self._right_organ,
            self._course,
            self._review,
            self._letter,
        ]
        return [one for check in checks for one in check()]

    def _find(self, code: str, *, rule: str | None = None, **facts: object) -> Finding:
        return finding(_FILE, code, rule=rule, outcome=self.outcome.zh, outcome_en=self.outcome.en, **facts)

    def _ground(self) -> Iterator[Finding]:
        if self.basis is None:
            bases = self.outcome.bases
            yield self._find(
                "basis_missing",
                rule=bases[0].rule,
                bases="；".join(basis.zh for basis in bases),
                bases_en="; ".join(basis.en for basis in bases),
            )

    def _reasons(self) -> Iterator[Finding]:
        if self.facts.reasons or self.basis is None:
            return
        if {part.code for part in self.basis.parts} & _REASONS:
            ordered = self.basis.rule in _REASONS_ORDERED
            yield self._find("reasons_missing" if ordered else "reasons_advisable", rule=self.basis.rule)

    def _exemptions(self) -> Iterator[Finding]:
        cited = [exemption(id) for id in self.facts.exemptions]
        named = {
            "cited": "、".join(one.zh for one in cited),
            "cited_en": ", ".join(one.en for one in cited),
        }
        if self.basis is not None and not self.basis.exempt:
            if cited:
                yield self._find("exemption_out_of_place", **named)
            return
        if not self.outcome.refuses or self.basis is None:
            return
        if not cited:
            yield self._find("exemption_missing", rule=self.basis.rule)
            return
        own = [one for one in exemptions() if one.outcome == self.outcome.code]
        # PART has no exemption of its own: any of them closes the rest (REG.37).
        if own and own[0] not in cited:
            yield self._find("exemption_wrong", expected=own[0].zh, expected_en=own[0].en, **named)

    def _secrets(self) -> Iterator[Finding]:
        # REG.14a: only what was lawfully classified.
        if "REG.14a" in self._grounds():
            if self.facts.classified is False:
                yield self._find("not_classified")
            elif self.facts.classified is None:
                yield self._find("classification_unrecorded")

    def _source(self) -> Iterator[Finding]:
        # REG.14b and REG.36(7): a law or an administrative regulation; a mere rule does not do.
        needed: list[tuple[str, tuple[str, ...]]] = []
        if "REG.14b" in self._grounds():
            needed.append(("REG.14b", exemption("REG.14b").grounded_in))
        if self.basis is not None and self.basis.grounded_in:
            needed.append((self.basis.rule, self.basis.grounded_in))
        source = self.facts.legal_source
        for rule, accepted in needed:
            if source is None or not source.citation.strip():
                yield self._find("source_missing", rule=rule)
            elif source.rank not in accepted:
                yield self._find("source_too_low", rule=rule, **_called(source))

    def _third_parties(self) -> Iterator[Finding]:
        refused = "REG.15" in self._grounds()
        if refused and not self.facts.third_parties:
            yield self._find("third_party_unrecorded")
        for number, party in enumerate(self.facts.third_parties, 1):
            name = party.name or f"第三方{number if len(self.facts.third_parties) > 1 else ''}"
            named = {"party": name, "party_en": party.name or f"third party {number}"}
            yield from self._third_party(party, refused, named)
        if refused and self.facts.public_interest and self.outcome.code != "PART":
            yield self._find("public_interest_found")

    def _third_party(self, party: ThirdParty, refused: bool, named: dict[str, str]) -> Iterator[Finding]:
        opens = self.outcome.row in ("granted", "partly_granted")
        if not (refused or opens):
            return
        opinion = party.opinion
        if opinion is None:
            yield self._find("third_party_not_asked", **named)
        elif opinion is Opinion.AWAITED:
            yield self._find("third_party_awaited", **named)
        elif opinion is Opinion.SILENT:
            yield self._find("third_party_silent", **named)
        elif refused and opinion is Opinion.CONSENTED and self._alone(party):
            yield self._find("third_party_consented", **named)
        elif refused and opinion is Opinion.OBJECTED_WITHOUT_GROUNDS:
            yield self._find("third_party_without_grounds", **named)
        # An objection with grounds holds unless the public interest outweighs it; what PART closes by REG.15
        # respects it.
        if opinion is Opinion.OBJECTED and opens and not refused and not self.facts.public_interest:
            yield self._find("third_party_overruled", **named)
        # REG.32, last sentence: whoever did not consent is told in writing what is disclosed and why.
        if (
            opens
            and self.facts.public_interest
            and not self.facts.third_party_told
            and opinion is not Opinion.CONSENTED
        ):
            yield self._find("third_party_not_told", **named)

    def _alone(self, party: ThirdParty) -> bool:
        """Whether nobody else's rights hold the refusal up."""
        return all(other is party or other.opinion is Opinion.CONSENTED for other in self.facts.third_parties)

    def _ordered(self) -> Iterator[Finding]:
        # REG.16.2: a law, a regulation or a rule that orders disclosure wins.
        source = self.facts.disclosure_ordered_by
        if source is None or source.rank not in disclosing_ranks():
            return
        if any("disclosure-rule" in exemption(id).lifted_by for id in self._grounds()):
            yield self._find("disclosure_ordered", **_called(source))

    def _separation(self) -> Iterator[Finding]:
        # REG.37: what can be open and can be separated is opened.
        if self.outcome.code == "PART":
            if self.facts.separable is False:
                yield self._find("inseparable_part")
        elif self.outcome.refuses:
            if self.facts.separable:
                yield self._find("separable_refused")
            elif self.facts.separable is None:
                yield self._find("separability_unrecorded")

    def _search(self) -> Iterator[Finding]:
        # REG.36(4): "经检索": the search was made, and can be shown.
        if self.basis is None or not self.basis.search_record:
            return
        record = self.facts.search_record
        if not record:
            yield self._find("search_missing")
            return
        missing = [names for what, names in SEARCH_RECORD.items() if what not in record]
        if missing:
            yield self._find(
                "search_incomplete",
                missing="、".join(zh for zh, _ in missing),
                missing_en=", ".join(en for _, en in missing),
            )

    def _right_organ(self) -> Iterator[Finding]:
        if self.basis is None or self.basis.rule != "REG.36(5)":
            return
        if self.facts.right_organ_known and not self.facts.right_organ_named:
            yield self._find("right_organ_not_named")

    def _course(self) -> Iterator[Finding]:
        """What must have happened before."""
        facts = self.facts
        supplemented = facts.supplement_asked and facts.supplement_received
        lapsed = facts.supplement_asked and facts.supplement_lapsed and not facts.supplement_received
        needed = {
            "NONE-3": [("supplement_not_received", supplemented)],
            "OTH-1": [("supplement_not_lapsed", lapsed)],
            "OTH-2": [("fee_not_lapsed", facts.fee_notified and facts.fee_lapsed)],
            "NOP-2": [("not_answered_before", facts.answered_before)],
            "NOP-4": [
                ("reasons_not_asked", facts.reasons_asked),
                ("reasons_hold", facts.reasons_held is not True),
                ("reasons_unjudged", facts.reasons_held is not None or not facts.reasons_asked),
            ],
        }
        for code, holds in needed.get(self.outcome.code, ()):
            if not holds:
                yield self._find(code)

    def _review(self) -> Iterator[Finding]:
        # REG.17: what is to be disclosed is reviewed first. OPEN-1 discloses nothing new.
        if self.outcome.code in ("OPEN-2", "PART") and self.facts.reviewed is False:
            yield self._find("not_reviewed")

    def _letter(self) -> Iterator[Finding]:
        said = self.facts.letter_parts
        if said is None:
            return
        wanted = (*self.outcome.always, *(self.basis.parts if self.basis else ()))
        for part in wanted:
            # A missing reason is told of already.
            if part.code not in said and not (part.code in _REASONS and not self.facts.reasons):
                yield self._find("part_missing", rule=part.rule, part=part.zh, part_en=part.en)

    def _grounds(self) -> tuple[str, ...]:
        """The exemptions the refusal rests on: those cited, and the one of its own code."""
        if not self.outcome.refuses or (self.basis is not None and not self.basis.exempt):
            return ()
        own = [one.id for one in exemptions() if one.outcome == self.outcome.code]
        return tuple(dict.fromkeys((*own, *self.facts.exemptions)))


def _called(source: LegalSource) -> dict[str, str]:
    zh, en = ranks()[source.rank]
    return {"source": source.citation or zh, "rank": zh, "rank_en": en}
