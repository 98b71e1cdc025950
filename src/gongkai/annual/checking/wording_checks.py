"""Personal data and copied text in a report, put into the table of checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.annual.checking.copied import copied_between, copied_from
from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.personal import personal_data
from gongkai.annual.checking.rule_table import RuleTable, serves
from gongkai.annual.checking.years import same_organ
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report


@serves(
    "applicant_named",
    "party_named",
    "person_named",
    "identity_number",
    "old_identity_number",
    "mobile_number",
    "mobile_as_contact",
    "home_telephone",
    "bank_card",
    "private_mail_box",
    "commercial_mail_box",
    "number_plate",
    "home_address",
    "health_beside_name",
)
def no_personal_data(case: Examination) -> Iterator[Finding]:
    """PII.*: requesters, parties, numbers and addresses of people in the text."""
    for finding in personal_data(case.report, case.personal):
        yield graded(finding, case.rules)


@serves("problems_copied_from_last_year", "overview_copied_from_last_year")
def text_is_of_this_year(case: Examination) -> Iterator[Finding]:
    """FMT.S5, FMT.S1: text taken over from the organ's own report of another year."""
    previous = case.previous
    if previous is None or not same_organ(case.report.organ, previous.organ):
        return
    for finding in copied_from(case.report, previous):
        yield graded(finding, case.rules)


@serves("text_copied_from_other_organ")
def between_organs(_: Examination) -> Iterator[Finding]:
    """Nothing of one report alone: see `copied_among`."""
    return iter(())


def copied_among(reports: Sequence[Report], rules: RuleTable) -> list[tuple[Report, Finding]]:
    """Text shared between organs, with the severity of the table."""
    found = [(report, graded(finding, rules)) for report, finding in copied_between(reports)]
    return [(report, finding) for report, finding in found if finding.severity != "off"]


def graded(finding: Finding, rules: RuleTable) -> Finding:
    """The finding with the severity its check has in the table."""
    rule = rules.rules.get(finding.name)
    if rule is not None:
        finding.severity = rule.severity
    return finding
