"""The narrative against the tables (NAR.1 to NAR.3, FMT.T3.H)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.narrative import publishing as publishing
from gongkai.annual.checking.narrative.agreeing import figures_agree, kinds_agree, results_agree
from gongkai.annual.checking.narrative.enumerating import enumerations_add_up
from gongkai.annual.checking.narrative.reading import read
from gongkai.annual.checking.narrative.table_figures import TableFigures
from gongkai.annual.checking.narrative.totality import (
    all_are_answered,
    carried_over_is_in_the_table,
    nothing_carried_means_zero,
    nothing_disclosed_on_request,
    nothing_means_zero,
)
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding

_COMPARISONS = (
    figures_agree,
    kinds_agree,
    results_agree,
    enumerations_add_up,
    all_are_answered,
    nothing_means_zero,
    nothing_carried_means_zero,
    nothing_disclosed_on_request,
    carried_over_is_in_the_table,
)


@serves(
    "narrative_mismatch",
    "narrative_scope",
    "narrative_doubtful",
    "narrative_enumeration",
    "narrative_all_answered",
    "narrative_all_in_time",
    "narrative_extended",
    "narrative_carried_over",
)
def narrative_agrees_with_tables(case: Examination) -> Iterator[Finding]:
    """NAR.1 to NAR.3: the narrative is read once, then compared in several ways."""
    if case.report.requests is None and case.report.statistics is None and case.report.remedies is None:
        return
    narrative = read(case)
    if not narrative.clauses:
        return
    tables = TableFigures(case)
    for comparison in _COMPARISONS:
        yield from comparison(case, narrative, tables)
