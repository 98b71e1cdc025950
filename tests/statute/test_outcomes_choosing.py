"""The guided choice of an outcome (REG.2, REG.13, REG.30 to REG.39)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai.statute.articles import article
from gongkai.statute.errors import DecisionError
from gongkai.statute.outcomes import Suggestion, outcome, outcomes, questions, suggest

# Answers of an ordinary request, up to the search.
ORDINARY = {
    "withdrawn": "no",
    "clear": "yes",
    "government_information": "yes",
    "petition": "no",
    "publication": "no",
    "confirmation": "no",
    "repeated": "no",
    "excessive": "no",
    "fee": "none",
    "responsible": "yes",
    "public_already": "no",
    "special_access": "no",
    "found": "yes",
}


@pytest.mark.parametrize(
    ("answers", "code", "basis"),
    [
        ({"exemption": "none"}, "OPEN-2", "given"),
        ({"public_already": "yes"}, "OPEN-1", ""),
        ({"government_information": "no", "what_instead": "other"}, "OTH-3", "not_government_information"),
        ({"government_information": "no", "what_instead": "petition"}, "NOP-1", ""),
        ({"petition": "yes"}, "NOP-1", ""),
        ({"publication": "yes"}, "NOP-3", ""),
        ({"confirmation": "confirm"}, "NOP-5", ""),
        ({"confirmation": "correct"}, "OTH-3", "correction"),
        ({"repeated": "yes"}, "NOP-2", ""),
        ({"excessive": "yes", "excessive_reasons": "unreasonable"}, "NOP-4", ""),
        ({"excessive": "yes", "excessive_reasons": "reasonable", "fee": "lapsed"}, "OTH-2", ""),
        ({"responsible": "no"}, "NONE-1", "not_responsible"),
        ({"special_access": "yes"}, "REF-8", ""),
        ({"found": "absent"}, "NONE-1", "absent"),
        ({"found": "needs_making"}, "NONE-2", ""),
        ({"clear": "no", "supplement": "lapsed"}, "OTH-1", ""),
        ({"clear": "no", "supplement": "still_unclear"}, "NONE-3", ""),
        ({"withdrawn": "withdrawn"}, "OTH-3", "withdrawn"),
        ({"exemption": "REG.14a", "classified": "yes", "separable": "no"}, "REF-1", ""),
        ({"exemption": "REG.14b", "barred_by": "law", "separable": "no"}, "REF-2", ""),
        ({"exemption": "REG.14b", "barred_by": "lower"}, "OPEN-2", "given"),
        ({"exemption": "REG.14c", "separable": "no"}, "REF-3", ""),
        ({"exemption": "REG.15", "third_party": "consented"}, "OPEN-2", "given"),
        (
            {"exemption": "REG.15", "third_party": "objected", "public_interest": "no", "separable": "no"},
            "REF-4",
            "",
        ),
        ({"exemption": "REG.15", "third_party": "objected", "public_interest": "yes"}, "OPEN-2", "given"),
        ({"exemption": "REG.15", "third_party": "silent", "harm": "no"}, "OPEN-2", "given"),
        ({"exemption": "REG.16.1", "withhold": "yes", "separable": "no"}, "REF-5", ""),
        ({"exemption": "REG.16.1", "withhold": "yes", "separable": "yes"}, "PART", "exempt"),
        ({"exemption": "REG.16.2a", "disclosure_ordered": "yes"}, "OPEN-2", "given"),
        (
            {"exemption": "REG.16.2a", "disclosure_ordered": "no", "withhold": "yes", "separable": "no"},
            "REF-6",
            "",
        ),
        (
            {"exemption": "REG.16.2b", "disclosure_ordered": "no", "withhold": "yes", "separable": "no"},
            "REF-7",
            "",
        ),
    ],
)
def test_where_the_answers_lead(answers: dict[str, str], code: str, basis: str) -> None:
    found = suggest(ORDINARY | answers)
    assert (found.code, found.basis) == (code, basis)


@pytest.mark.parametrize(
    ("answers", "action", "rule"),
    [
        ({"clear": "no", "supplement": "not_asked"}, "ask_supplement", "REG.30"),
        ({"found": "not_searched"}, "search", "REG.36(4)"),
        ({"exemption": "REG.15", "third_party": "not_asked"}, "ask_third_party", "REG.32"),
        ({"exemption": "REG.14a", "classified": "unsure"}, "refer_secrecy", "REG.17"),
        ({"excessive": "yes", "excessive_reasons": "not_asked"}, "ask_reasons", "REG.35"),
    ],
)
def test_what_must_be_done_before_a_decision(answers: dict[str, str], action: str, rule: str) -> None:
    found = suggest(ORDINARY | answers)
    assert found.outcome is None
    assert found.action is not None
    assert (found.action.code, found.action.rule) == (action, rule)


def walks(answers: dict[str, str]) -> Iterator[Suggestion]:
    """Every way through the questions."""
    found = suggest(answers)
    if found.asked is None:
        yield found
        return
    for answer in found.asked.answers:
        yield from walks(answers | {found.asked.id: answer.answer})


def test_every_way_through_the_questions_ends_and_every_outcome_can_be_reached() -> None:
    ends = list(walks({}))
    assert {end.code for end in ends if end.outcome} == {one.code for one in outcomes()}
    for end in ends:
        assert (end.outcome is None) != (end.action is None)
        assert end.unused == ()
        if end.outcome is not None:
            assert end.outcome.basis(end.basis) is not None, end.reasons
            assert bool(end.exemptions) == end.outcome.refuses
        for reason in end.reasons:
            assert article(reason.question.rule).zh in reason.zh
            assert article(reason.question.rule).en in reason.en
    asked = {reason.question.id for end in ends for reason in end.reasons}
    assert asked == set(questions())


def test_government_information_is_asked_before_petitions_and_these_before_the_reply_types() -> None:
    order = list(questions())
    gates = ["government_information", "petition", "responsible", "public_already", "found", "exemption"]
    assert [id for id in order if id in gates] == gates


def test_answers_given_too_early_are_kept_aside() -> None:
    found = suggest({"withdrawn": "withdrawn", "clear": "yes"})
    assert found.outcome is outcome("OTH-3")
    assert found.unused == ("clear",)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"wetter": "yes"}, "decision_unknown_question"),
        ({"withdrawn": "perhaps"}, "decision_unknown_answer"),
        ({"withdrawn": True}, "decision_unknown_answer"),
        (["withdrawn"], "decision_bad_answers"),
    ],
)
def test_what_is_no_answer_is_refused(answers: dict[str, str], code: str) -> None:
    with pytest.raises(DecisionError) as refused:
        suggest(answers)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "excessive", [{"excessive": "no"}, {"excessive": "yes", "excessive_reasons": "reasonable"}]
)
def test_an_unpaid_fee_ends_a_request_whether_or_not_the_requests_are_many(excessive: dict[str, str]) -> None:
    # FEE.5: the pages of a single application cost a fee too.
    assert suggest(ORDINARY | excessive | {"fee": "lapsed"}).code == "OTH-2"
    waiting = suggest(ORDINARY | excessive | {"fee": "waiting"}).action
    assert waiting is not None
    assert waiting.code == "await_payment"
