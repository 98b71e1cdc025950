"""Outcomes and exemptions: tables a lawyer can read (REG.14 to REG.39; LAW.md 1.2 and 1.5)."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.annual.forms import form
from gongkai.statute.articles import article
from gongkai.statute.errors import DecisionError
from gongkai.statute.outcomes import (
    Decision,
    LegalSource,
    ThirdParty,
    check_decision,
    exemption,
    exemptions,
    outcome,
    outcomes,
    outcomes_for_row,
)


@pytest.mark.parametrize(
    ("code", "row", "first", "ground"),
    [
        ("OPEN-1", "granted", False, "第三十六条第一项"),
        ("OPEN-2", "granted", False, "第三十六条第二项"),
        ("PART", "partly_granted", True, "第三十七条"),
        ("REF-1", "refused.state_secret", True, "第三十六条第三项"),
        ("REF-2", "refused.barred_by_law", True, "第三十六条第三项"),
        ("REF-3", "refused.endangers_security", True, "第三十六条第三项"),
        ("REF-4", "refused.third_party_rights", True, "第三十六条第三项"),
        ("REF-5", "refused.internal_affairs", True, "第三十六条第三项"),
        ("REF-6", "refused.process_information", True, "第三十六条第三项"),
        ("REF-7", "refused.enforcement_file", True, "第三十六条第三项"),
        ("REF-8", "refused.administrative_query", False, "第三十六条第七项"),
        ("NONE-1", "unavailable.not_held", False, "第三十六条第四项"),
        ("NONE-2", "unavailable.needs_making", False, "第三十八条"),
        ("NONE-3", "unavailable.still_unclear", False, "第三十条"),
        ("NOP-1", "not_processed.petition", False, "第三十九条第一款"),
        ("NOP-2", "not_processed.duplicate", False, "第三十六条第六项"),
        ("NOP-3", "not_processed.publication", False, "第三十九条第二款"),
        ("NOP-4", "not_processed.excessive", False, "第三十五条"),
        ("NOP-5", "not_processed.confirmation", False, "国办公开办函〔2021〕30号"),
        ("OTH-1", "other.not_supplemented", False, "第三十条"),
        ("OTH-2", "other.fee_unpaid", False, "信息处理费管理办法"),
        ("OTH-3", "other.other", False, "国办公开办函〔2021〕30号"),
    ],
)
def test_the_matrix_of_decisions(code: str, row: str, first: bool, ground: str) -> None:
    found = outcome(code)
    assert (found.row, found.reconsideration_first) == (row, first)
    assert ground in article(found.grounds[0]).zh
    assert found in outcomes_for_row(row)


def test_every_row_of_results_in_the_annual_report_has_an_outcome_and_no_outcome_has_another_row() -> None:
    rows = {one.code for one in form("2021").rows}
    results = rows - {"received.new", "received.carried_in", "concluded", "carried_forward"}
    assert {one.row for one in outcomes()} == results
    assert {one.row for one in exemptions()} == {row for row in results if row.startswith("refused.")} - {
        "refused.administrative_query"
    }


@pytest.mark.parametrize(
    ("id", "force", "refusal", "lifted_by"),
    [
        ("REG.14a", "must", "REF-1", set()),
        ("REG.14b", "must", "REF-2", set()),
        ("REG.14c", "must", "REF-3", set()),
        ("REG.15", "must", "REF-4", {"consent", "public-interest"}),
        ("REG.16.1", "may", "REF-5", set()),
        ("REG.16.2a", "may", "REF-6", {"disclosure-rule"}),
        ("REG.16.2b", "may", "REF-7", {"disclosure-rule"}),
    ],
)
def test_the_exemptions(id: str, force: str, refusal: str, lifted_by: set[str]) -> None:
    found = exemption(id)
    assert (found.force, found.outcome, found.lifted_by) == (force, refusal, frozenset(lifted_by))
    assert found.row == outcome(refusal).row


def test_the_fee_by_item_covers_every_decision_and_by_page_only_what_gives_pages_out() -> None:
    assert all("item" in one.fee_bases for one in outcomes())  # FEE.4
    assert {one.code for one in outcomes() if "page" in one.fee_bases} == {"OPEN-2", "PART"}  # FEE.5


@pytest.mark.parametrize(
    ("code", "basis", "part"),
    [
        ("OPEN-1", "", "route"),
        ("OPEN-2", "told", "time"),
        ("PART", "exempt", "reasons_for_the_rest"),
        ("REF-6", "", "reasons"),
        ("REF-8", "", "special_law"),
        ("NONE-1", "not_responsible", "why_not_ours"),
        ("NOP-2", "", "earlier_reply"),
        ("OTH-2", "", "fee_facts"),
    ],
)
def test_what_the_reply_letter_says(code: str, basis: str, part: str) -> None:
    said = [one.code for one in outcome(code).letter(basis)]
    assert part in said
    assert {"finding", "remedies", "received_on"} <= set(said)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: outcome("REF-9"), "decision_unknown_outcome"),
        (lambda: outcome(["REF-1"]), "decision_unknown_outcome"),  # type: ignore[arg-type]
        (lambda: exemption("REG.16.2"), "decision_unknown_exemption"),
        (lambda: check_decision(Decision(codes=("open-1",))), "decision_unknown_outcome"),
        (lambda: check_decision(Decision(codes=("REF-1",), basis="absent")), "decision_unknown_basis"),
        (lambda: check_decision("REF-1"), "decision_bad_field"),  # type: ignore[arg-type]
        (lambda: Decision(codes="REF-1"), "decision_bad_field"),  # type: ignore[arg-type]
        (lambda: Decision(codes=("REF-1",), reasons="yes"), "decision_bad_field"),  # type: ignore[arg-type]
        (lambda: Decision(codes=("REF-1",), classified=1), "decision_bad_field"),  # type: ignore[arg-type]
        (lambda: Decision(codes=(), exemptions=("REG.17",)), "decision_unknown_exemption"),
        (lambda: Decision(codes=(), letter_parts=frozenset({"stamp"})), "decision_unknown_part"),
        (lambda: Decision(codes=(), search_record=frozenset({"why"})), "decision_unknown_search_item"),
        (lambda: LegalSource(rank="bylaw", citation=""), "decision_unknown_rank"),
        (lambda: ThirdParty(opinion="consented"), "decision_unknown_opinion"),  # type: ignore[arg-type]
    ],
)
def test_what_names_nothing_is_refused_in_words(make: Any, code: str) -> None:
    with pytest.raises(DecisionError) as refused:
        make()
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en
