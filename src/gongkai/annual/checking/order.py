"""The order of findings: by severity, then as the form runs."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.annual.checking.examination import Examination
from gongkai.annual.findings import SEVERITIES, Finding

_PARTS = ("overview", "proactive", "requests", "remedies", "problems", "processing_fees", "statistics")
_RANK = {name: rank for rank, name in enumerate(SEVERITIES)}
_FIRST = -1  # what rests on no cell and no place, such as the title, comes first


def in_order(findings: Iterable[Finding], case: Examination) -> list[Finding]:
    """Findings sorted: errors, warnings, infos; inside by their first cell, then by their words."""
    rows = {row.code: number for number, row in enumerate(case.form.rows)}

    def key(finding: Finding) -> tuple[int, int, int, int]:
        severity = _RANK.get(finding.severity, len(_RANK))
        line = finding.place.line or 0 if finding.place else 0
        if not finding.cells:
            return severity, _FIRST, line, 0
        part, _, rest = finding.cells[0].partition(".")
        rank = _PARTS.index(part) if part in _PARTS else len(_PARTS)
        if part == "requests":
            row = rest.rpartition(".")[0]
            return severity, rank, rows.get(row, len(rows)), line
        if part == "statistics":
            return severity, rank, int(rest.partition(".")[0]), line
        return severity, rank, line, 0

    return sorted(findings, key=key)
