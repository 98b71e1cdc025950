"""Government sites and new media accounts judged by the national indicators (CHK)."""

from gongkai.statute.inspection.facts import Column, Guide, Points, SiteFacts, Subject, Visits
from gongkai.statute.inspection.indicators import (
    Freshness,
    Indicators,
    ScoredItem,
    national_indicators,
    read_indicators,
)
from gongkai.statute.inspection.judging import Inspection, ItemScore, Verdict, judge
from gongkai.statute.inspection.vetoes import Veto, is_stale, vetoes

__all__ = [
    "Column",
    "Freshness",
    "Guide",
    "Indicators",
    "Inspection",
    "ItemScore",
    "Points",
    "ScoredItem",
    "SiteFacts",
    "Subject",
    "Verdict",
    "Veto",
    "Visits",
    "is_stale",
    "judge",
    "national_indicators",
    "read_indicators",
    "vetoes",
]
