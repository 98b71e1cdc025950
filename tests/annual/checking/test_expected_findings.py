"""Public reports outside the repository: the findings of a careful reader, and no error besides."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from gongkai.annual import read_reports
from gongkai.annual.checking import check
from gongkai.annual.findings import Finding
from gongkai.documents import read_document

REPORTS = Path(__file__).parents[4] / "shared" / "reports"
LINE = re.compile(
    r"^\|\s*(?P<report>[\w-]+)#\d+\s*\|\s*(?P<severity>ERROR|WARN)\s*(?:\((?P<rule>.+?)\))?\s*\|"
)


def expected() -> dict[str, list[tuple[str, str]]]:
    """Report -> (severity, rule) of each finding the sheet lists."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sheet = REPORTS / "EXPECTED.md"
    for line in sheet.read_text("utf-8").splitlines() if sheet.exists() else ():
        if match := LINE.match(line):
            found[match["report"]].append((match["severity"], match["rule"] or ""))
    return found


def findings(stem: str) -> list[Finding]:
    file = next(path for path in REPORTS.iterdir() if path.stem == stem)
    [report] = read_reports(read_document(file.read_bytes(), file.name))
    return check(report)


if not expected():
    pytest.skip("no shared/reports beside the repository: nothing to compare with", allow_module_level=True)


@pytest.mark.parametrize("stem", sorted(expected()))
def test_the_errors_are_those_of_the_sheet_and_no_others(stem: str) -> None:
    rules = sorted(f.rule for f in findings(stem) if f.severity == "error")
    wanted = sorted(rule for severity, rule in expected()[stem] if severity == "ERROR")
    assert len(rules) == len(wanted), rules
    assert all(rule.startswith(want) for rule, want in zip(rules, wanted, strict=True)), (rules, wanted)


@pytest.mark.parametrize("stem", sorted(expected()))
def test_the_warnings_that_name_a_rule_are_found(stem: str) -> None:
    rules = {f.rule for f in findings(stem) if f.severity == "warning"}
    wanted = {rule for severity, rule in expected()[stem] if severity == "WARN" and rule}
    missing = {want for want in wanted if not any(rule.endswith(want) or want in rule for rule in rules)}
    assert missing == set()
