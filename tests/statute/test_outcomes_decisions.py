"""Decisions checked: a sound one of each kind, and each way to spoil it (REG.14 to REG.39)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gongkai.statute.articles import article
from gongkai.statute.data_files import data
from gongkai.statute.outcomes import (
    Decision,
    LegalSource,
    Opinion,
    ThirdParty,
    check_decision,
    outcome,
    outcomes,
    parts,
)

RULE = LegalSource(rank="rule", citation="某部门规章第九条（虚构）")
LAW = LegalSource(rank="law", citation="某法第三条（虚构）")
ALL_SEARCHED = frozenset({"where", "keywords", "who", "when"})


# ---- decisions that stand, each to be spoilt below ----

SOUND: dict[str, Decision] = {
    "OPEN-1": Decision(codes=("OPEN-1",)),
    "OPEN-2": Decision(codes=("OPEN-2",), basis="given", reviewed=True),
    "PART": Decision(
        codes=("PART",), basis="exempt", exemptions=("REG.16.1",), reasons=True, separable=True, reviewed=True
    ),
    "REF-1": Decision(
        codes=("REF-1",), exemptions=("REG.14a",), reasons=True, classified=True, separable=False
    ),
    "REF-2": Decision(
        codes=("REF-2",), exemptions=("REG.14b",), reasons=True, legal_source=LAW, separable=False
    ),
    "REF-3": Decision(codes=("REF-3",), exemptions=("REG.14c",), reasons=True, separable=False),
    "REF-4": Decision(
        codes=("REF-4",),
        exemptions=("REG.15",),
        reasons=True,
        separable=False,
        third_parties=(ThirdParty(opinion=Opinion.OBJECTED),),
    ),
    "REF-5": Decision(codes=("REF-5",), exemptions=("REG.16.1",), reasons=True, separable=False),
    "REF-6": Decision(codes=("REF-6",), exemptions=("REG.16.2a",), reasons=True, separable=False),
    "REF-7": Decision(codes=("REF-7",), exemptions=("REG.16.2b",), reasons=True, separable=False),
    "REF-8": Decision(codes=("REF-8",), legal_source=LAW),
    "NONE-1": Decision(codes=("NONE-1",), basis="absent", search_record=ALL_SEARCHED),
    "NONE-2": Decision(codes=("NONE-2",), reasons=True),
    "NONE-3": Decision(codes=("NONE-3",), supplement_asked=True, supplement_received=True),
    "NOP-1": Decision(codes=("NOP-1",), reasons=True),
    "NOP-2": Decision(codes=("NOP-2",), answered_before=True),
    "NOP-3": Decision(codes=("NOP-3",)),
    "NOP-4": Decision(codes=("NOP-4",), reasons=True, reasons_asked=True, reasons_held=False),
    "NOP-5": Decision(codes=("NOP-5",), reasons=True),
    "OTH-1": Decision(codes=("OTH-1",), supplement_asked=True, supplement_lapsed=True),
    "OTH-2": Decision(codes=("OTH-2",), fee_notified=True, fee_lapsed=True),
    "OTH-3": Decision(codes=("OTH-3",), basis="withdrawn"),
}


@pytest.mark.parametrize("code", [one.code for one in outcomes()])
def test_a_sound_decision_of_every_kind_has_no_findings(code: str) -> None:
    decision = SOUND[code]
    assert check_decision(decision) == ()
    letter = frozenset(part.code for part in outcome(code).letter(decision.basis))
    assert check_decision(replace(decision, letter_parts=letter)) == ()


def party(opinion: Opinion | None) -> tuple[ThirdParty, ...]:
    return (ThirdParty(opinion=opinion, name="虚构公司"),)


@pytest.mark.parametrize(
    ("what", "sound", "change", "code", "severity", "rule"),
    [
        (
            "two codes for one request",
            "OPEN-2",
            {"codes": ("OPEN-2", "REF-5")},
            "several_codes",
            "error",
            "FMT.T3.F",
        ),
        ("no code", "OPEN-2", {"codes": ()}, "no_code", "error", "REG.36"),
        ("which ground is not said", "NONE-1", {"basis": ""}, "basis_missing", "error", "REG.36(4)"),
        ("REF-5 without reasons", "REF-5", {"reasons": False}, "reasons_missing", "error", "REG.36(3)"),
        ("PART without reasons", "PART", {"reasons": False}, "reasons_missing", "error", "REG.37"),
        ("NOP-1 without reasons", "NOP-1", {"reasons": False}, "reasons_advisable", "warning", "REG.39.1"),
        (
            "not ours without reasons",
            "NONE-1",
            {"basis": "not_responsible"},
            "reasons_missing",
            "error",
            "REG.36(5)",
        ),
        ("PART without an exemption", "PART", {"exemptions": ()}, "exemption_missing", "error", "REG.37"),
        (
            "REF-5 without an exemption",
            "REF-5",
            {"exemptions": ()},
            "exemption_missing",
            "error",
            "REG.36(3)",
        ),
        (
            "REF-6 by another exemption",
            "REF-6",
            {"exemptions": ("REG.16.1",)},
            "exemption_wrong",
            "error",
            "REG.36(3)",
        ),
        (
            "NONE-2 by an exemption",
            "NONE-2",
            {"exemptions": ("REG.16.1",)},
            "exemption_out_of_place",
            "error",
            "REG.36",
        ),
        ("never classified", "REF-1", {"classified": False}, "not_classified", "error", "REG.14a"),
        (
            "not recorded if classified",
            "REF-1",
            {"classified": None},
            "classification_unrecorded",
            "warning",
            "REG.14a",
        ),
        ("REF-2 by a mere rule", "REF-2", {"legal_source": RULE}, "source_too_low", "error", "REG.14b"),
        ("REF-2 by nothing", "REF-2", {"legal_source": None}, "source_missing", "error", "REG.14b"),
        ("REF-8 by a mere rule", "REF-8", {"legal_source": RULE}, "source_too_low", "error", "REG.36(7)"),
        ("nobody asked", "REF-4", {"third_parties": party(None)}, "third_party_not_asked", "error", "REG.32"),
        ("no third party", "REF-4", {"third_parties": ()}, "third_party_unrecorded", "error", "REG.32"),
        (
            "it consented",
            "REF-4",
            {"third_parties": party(Opinion.CONSENTED)},
            "third_party_consented",
            "error",
            "REG.15",
        ),
        (
            "still awaited",
            "REF-4",
            {"third_parties": party(Opinion.AWAITED)},
            "third_party_awaited",
            "error",
            "REG.32",
        ),
        ("silent", "REF-4", {"third_parties": party(Opinion.SILENT)}, "third_party_silent", "info", "REG.32"),
        ("public interest", "REF-4", {"public_interest": True}, "public_interest_found", "error", "REG.15"),
        (
            "objection without grounds",
            "REF-4",
            {"third_parties": party(Opinion.OBJECTED_WITHOUT_GROUNDS)},
            "third_party_without_grounds",
            "warning",
            "REG.32",
        ),
        (
            "opened over an objection",
            "OPEN-2",
            {"third_parties": party(Opinion.OBJECTED)},
            "third_party_overruled",
            "error",
            "REG.32",
        ),
        (
            "override not told in writing",
            "OPEN-2",
            {"third_parties": party(Opinion.OBJECTED), "public_interest": True},
            "third_party_not_told",
            "error",
            "REG.32",
        ),
        (
            "disclosure ordered by a rule",
            "REF-6",
            {"disclosure_ordered_by": RULE},
            "disclosure_ordered",
            "error",
            "REG.16.2",
        ),
        (
            "disclosure ordered by a law",
            "REF-7",
            {"disclosure_ordered_by": LAW},
            "disclosure_ordered",
            "error",
            "REG.16.2",
        ),
        ("separable, but all refused", "REF-5", {"separable": True}, "separable_refused", "error", "REG.37"),
        (
            "separability not recorded",
            "REF-5",
            {"separable": None},
            "separability_unrecorded",
            "warning",
            "REG.37",
        ),
        ("inseparable, but partly open", "PART", {"separable": False}, "inseparable_part", "error", "REG.37"),
        ("no search record", "NONE-1", {"search_record": None}, "search_missing", "error", "REG.36(4)"),
        (
            "half a search record",
            "NONE-1",
            {"search_record": frozenset({"where"})},
            "search_incomplete",
            "warning",
            "REG.36(4)",
        ),
        (
            "right organ known, not named",
            "NONE-1",
            {"basis": "not_responsible", "reasons": True, "right_organ_known": True},
            "right_organ_not_named",
            "error",
            "REG.36(5)",
        ),
        (
            "never supplemented",
            "NONE-3",
            {"supplement_received": False},
            "supplement_not_received",
            "error",
            "REG.30",
        ),
        (
            "supplement came",
            "OTH-1",
            {"supplement_received": True},
            "supplement_not_lapsed",
            "error",
            "REG.30",
        ),
        ("no fee notice", "OTH-2", {"fee_notified": False}, "fee_not_lapsed", "error", "FEE.6"),
        ("never answered", "NOP-2", {"answered_before": False}, "not_answered_before", "error", "REG.36(6)"),
        (
            "reasons never asked for",
            "NOP-4",
            {"reasons_asked": False},
            "reasons_not_asked",
            "error",
            "REG.35",
        ),
        ("reasons hold", "NOP-4", {"reasons_held": True}, "reasons_hold", "error", "REG.35"),
        ("reasons not judged", "NOP-4", {"reasons_held": None}, "reasons_unjudged", "warning", "REG.35"),
        ("not reviewed", "OPEN-2", {"reviewed": False}, "not_reviewed", "error", "REG.17"),
        (
            "a letter without a route",
            "OPEN-1",
            {"letter_parts": frozenset(set(parts()) - {"route"})},
            "part_missing",
            "error",
            "REG.36(1)",
        ),
    ],
)
def test_what_is_wrong_with_a_decision(
    what: str, sound: str, change: dict[str, Any], code: str, severity: str, rule: str
) -> None:
    found = check_decision(replace(SOUND[sound], **change))
    assert [(one.code, one.severity, one.rule) for one in found] == [(code, severity, rule)], what
    assert article(rule).zh in found[0].zh
    assert article(rule).en in found[0].en


def test_every_finding_there_is_can_be_found() -> None:
    """The table above holds every code of the data file."""
    table = next(
        mark
        for mark in test_what_is_wrong_with_a_decision.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
    )
    assert {row[3] for row in table.args[1]} == set(data("outcomes_findings.toml"))


@pytest.mark.parametrize("rank", ["law", "administrative-regulation"])
def test_a_law_or_an_administrative_regulation_can_forbid_disclosure(rank: str) -> None:
    source = LegalSource(rank=rank, citation="虚构的规定")
    assert check_decision(replace(SOUND["REF-2"], legal_source=source)) == ()


@pytest.mark.parametrize("rank", ["local-regulation", "rule", "normative-document"])
def test_nothing_below_them_can(rank: str) -> None:
    source = LegalSource(rank=rank, citation="虚构的规定")
    assert check_decision(replace(SOUND["REF-2"], legal_source=source))[0].code == "source_too_low"


def test_an_order_to_disclose_does_not_touch_internal_affairs_nor_come_from_a_mere_document() -> None:
    document = LegalSource(rank="normative-document", citation="虚构的规范性文件")
    assert check_decision(replace(SOUND["REF-5"], disclosure_ordered_by=LAW)) == ()
    assert check_decision(replace(SOUND["REF-6"], disclosure_ordered_by=document)) == ()


def test_one_consent_of_two_third_parties_does_not_open_the_information() -> None:
    both = (*party(Opinion.CONSENTED), *party(Opinion.OBJECTED))
    assert check_decision(replace(SOUND["REF-4"], third_parties=both)) == ()


def test_an_override_that_was_told_in_writing_stands() -> None:
    told = replace(
        SOUND["OPEN-2"], third_parties=party(Opinion.OBJECTED), public_interest=True, third_party_told=True
    )
    assert check_decision(told) == ()


def test_errors_come_before_warnings() -> None:
    found = check_decision(Decision(codes=("REF-1",)))
    order = [one.severity for one in found]
    assert order == sorted(order, key=["error", "warning", "info"].index)
    assert len(found) >= 3
