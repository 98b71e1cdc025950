"""Outcomes of a request and exemptions, decisions checked, the outcome suggested (REG.14 to REG.39).

>>> outcome("PART").row
'partly_granted'
"""

from gongkai.statute.findings import Finding, Severity
from gongkai.statute.outcomes.catalogue import (
    Basis,
    Exemption,
    Outcome,
    Part,
    disclosing_ranks,
    exemption,
    exemptions,
    outcome,
    outcomes,
    outcomes_for_row,
    parts,
    ranks,
)
from gongkai.statute.outcomes.checking import check_decision
from gongkai.statute.outcomes.choosing import Action, Answer, Question, Reason, Suggestion, questions, suggest
from gongkai.statute.outcomes.decisions import SEARCH_RECORD, Decision, LegalSource, Opinion, ThirdParty

__all__ = [
    "SEARCH_RECORD",
    "Action",
    "Answer",
    "Basis",
    "Decision",
    "Exemption",
    "Finding",
    "LegalSource",
    "Opinion",
    "Outcome",
    "Part",
    "Question",
    "Reason",
    "Severity",
    "Suggestion",
    "ThirdParty",
    "check_decision",
    "disclosing_ranks",
    "exemption",
    "exemptions",
    "outcome",
    "outcomes",
    "outcomes_for_row",
    "parts",
    "questions",
    "ranks",
    "suggest",
]
