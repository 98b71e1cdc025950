"""Real reports, each with its true values and what a careful reader finds in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from typing import Any

from tests.real.conftest import REPORTS, expected_findings, file_of

from gongkai.annual import Report, read_reports
from gongkai.annual.checking import check
from gongkai.annual.json_lines import dumps
from gongkai.documents import read_document


def read(name: str) -> Report:
    path = file_of(name)
    [report] = read_reports(read_document(path.read_bytes(), path.name))
    return report


def cells(value: Any, path: str = "") -> dict[str, Any]:
    """A JSON value flattened to path -> leaf."""
    pairs = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    )
    if pairs is None:
        return {path: value}
    return {key: leaf for name, inner in pairs for key, leaf in cells(inner, f"{path}/{name}").items()}


def test_every_value_of_a_real_report_is_read_right(real_report: str) -> None:
    truth = json.loads((REPORTS / "expected" / f"{real_report}.json").read_text("utf-8"), parse_float=Decimal)
    printed = json.loads(dumps(read(real_report).to_json()), parse_float=Decimal)
    found = cells(printed)
    wrong = {
        path: (leaf, found.get(path, "absent"))
        for path, leaf in cells(truth).items()
        if found.get(path, "absent") != leaf
    }
    assert not wrong


def test_every_cell_knows_where_it_stands(real_report: str) -> None:
    report = read(real_report)
    assert [
        path for path, _ in report.cells() if path not in report.places and "processing" not in path
    ] == []


def test_the_errors_of_a_careful_reader_are_found_and_no_others(real_report: str) -> None:
    found = [finding for finding in check(read(real_report)) if finding.severity == "error"]
    assert (
        Counter(finding.rule.split(".")[0] for finding in found) == expected_findings()[real_report].errors()
    )


def test_warnings_that_a_rule_covers_are_found(real_report: str) -> None:
    found = [finding.rule for finding in check(read(real_report)) if finding.severity == "warning"]
    named = [rule for rule in expected_findings()[real_report].rules["WARN"] if rule]
    assert [rule for rule in named if not any(rule in f for f in found)] == []


def test_findings_rest_on_words_that_stand_in_the_report(real_report: str) -> None:
    report = read(real_report)
    text = "".join("".join(words.split()) for _, words, _ in report.lines)
    text += "".join("".join(words.split()) for _, words, _ in report.headings) + "".join(
        (report.title or "").split()
    )
    text += "".join("".join(words.split()) for _, words, _ in report.remarks)
    quotes = ["".join(f.quote.split()) for f in check(report) if f.quote]
    assert [quote for quote in quotes if not re.search(_as_pattern(quote), text)] == []


def _as_pattern(quote: str) -> str:
    """A quote as a pattern: personal data in it are masked, and several sentences are parted by a sign."""
    return ".{0,40}".join(re.escape(part) for part in re.split(r"[*＊×某]+|……|；", quote))
