"""Remedies: the clause of a letter, who reconsiders, which court, by when; challenges and their results.

ARL.20 to ARL.34, APL.14 to APL.18 and APL.45 to APL.88; LAW.md 7 and 2.4.
"""

from gongkai.statute.remedies.advising import Remedy, TimeLimit, remedy
from gongkai.statute.remedies.challenge_events import (
    ChallengeEvent,
    Procedure,
    challenge_event,
    event_types,
    procedures,
)
from gongkai.statute.remedies.challenges import Course, Deadline, course
from gongkai.statute.remedies.clauses import (
    ClauseKind,
    Subject,
    check_clause,
    clause_for,
    read_clause,
    subject_of,
    subjects,
)
from gongkai.statute.remedies.periods import Period, Unit, last_day
from gongkai.statute.remedies.respondents import (
    Authority,
    Court,
    CourtLevel,
    Courts,
    Level,
    OrganKind,
    Respondent,
    authorities,
    court,
    court_of_authority,
    kind_name,
    may_ask_state_council,
)
from gongkai.statute.remedies.results import (
    Case,
    DatedResult,
    Entry,
    Result,
    classify,
    counted,
    groups,
    result,
    results,
)

__all__ = [
    "Authority",
    "Case",
    "ChallengeEvent",
    "ClauseKind",
    "Course",
    "Court",
    "CourtLevel",
    "Courts",
    "DatedResult",
    "Deadline",
    "Entry",
    "Level",
    "OrganKind",
    "Period",
    "Procedure",
    "Remedy",
    "Respondent",
    "Result",
    "Subject",
    "TimeLimit",
    "Unit",
    "authorities",
    "challenge_event",
    "check_clause",
    "classify",
    "clause_for",
    "counted",
    "course",
    "court",
    "court_of_authority",
    "event_types",
    "groups",
    "kind_name",
    "last_day",
    "may_ask_state_council",
    "procedures",
    "read_clause",
    "remedy",
    "result",
    "results",
    "subject_of",
    "subjects",
]
