"""Checks of an annual report: a table of rules (`rules.toml`), each a small function.

    findings = check(report, previous=last_year)

gives the findings, gravest first. Severity and thresholds are data; `load_rules` lays an office's own over
the shipped ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.checking import (
    completeness,
    contents,
    fees,
    form_and_title,
    law_and_level,
    missing,
    narrative,
    problems,
    statistics,
    table_four,
    table_three,
    table_two,
    title_and_body,
    wording_checks,
    years,
)
from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.order import in_order
from gongkai.annual.checking.personal import conceal
from gongkai.annual.checking.rule_table import Rule, RulesError, RuleTable, default_rules, load_rules
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report

__all__ = ["RULES", "Rule", "RuleTable", "RulesError", "check", "check_together", "load_rules"]

# The modules that hold the checks: importing them fills the table's functions.
MODULES = (
    missing,
    form_and_title,
    title_and_body,
    contents,
    problems,
    law_and_level,
    wording_checks,
    narrative,
    table_two,
    table_three,
    table_four,
    fees,
    statistics,
    completeness,
    years,
)
RULES: tuple[Rule, ...] = tuple(default_rules().rules.values())


def check(report: Report, *, previous: Report | None = None, rules: RuleTable | None = None) -> list[Finding]:
    """All findings on one report: errors, then warnings, then infos, inside each by the order of the form.

    `previous` is the same organ's report of the year before; without it nothing is said across years.
    `rules` is what `load_rules` gives; without it the shipped table is used.
    """
    table = rules or default_rules()
    case = Examination(report, previous, table)
    functions = dict.fromkeys(rule.function for rule in table.rules.values() if rule.function)
    found = [finding for function in functions for finding in function(case) if finding.severity != "off"]
    if case.personal.data:
        conceal([f for f in found if not f.rule.startswith("PII.")], case.personal)
    return in_order(found, case)


def check_together(
    reports: Sequence[Report], *, rules: RuleTable | None = None
) -> list[tuple[Report, Finding]]:
    """Findings between the reports of several organs: text that one shares with another."""
    return wording_checks.copied_among(reports, rules or default_rules())
