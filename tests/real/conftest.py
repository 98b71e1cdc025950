"""Real reports lie beside the repository, in ../shared/reports; without them these tests skip."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
ABSENT = "../shared/reports is not there: the tests on real reports are skipped"
_FINDING = re.compile(r"\| ([\w-]+)#\d+ \| (ERROR|WARN|INFO)(?: \(([A-Z][\w.()]*)[^)|]*\)?\))? \|")


@dataclass(slots=True)
class Expected:
    """What a careful reader finds in one report: rule ids by severity ("" where none is named)."""

    rules: dict[str, list[str]] = field(default_factory=lambda: {"ERROR": [], "WARN": [], "INFO": []})

    def errors(self) -> Counter[str]:
        """Errors by the first part of their rule: FMT, NAR, OLD, PII."""
        return Counter(rule.split(".")[0] for rule in self.rules["ERROR"])


def expected_findings() -> dict[str, Expected]:
    """The tables of EXPECTED.md: name of the report -> what must be found."""
    found: dict[str, Expected] = {}
    for line in (REPORTS / "EXPECTED.md").read_text("utf-8").splitlines():
        if match := _FINDING.match(line):
            name, severity, rule = match.groups()
            found.setdefault(name, Expected()).rules[severity].append(rule or "")
    return found


def names() -> list[str]:
    return sorted(path.stem for path in (REPORTS / "expected").glob("*.json")) if REPORTS.is_dir() else []


def file_of(name: str) -> Path:
    return next(path for path in REPORTS.iterdir() if path.stem == name and path.is_file())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "real_report" in metafunc.fixturenames:
        absent = [pytest.param("", marks=pytest.mark.skip(reason=ABSENT))]
        metafunc.parametrize("real_report", names() or absent)
