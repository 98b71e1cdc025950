"""Sentences as clerks write them, in one invented report: those that agree, and those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.annual.checking.reports import with_overview

from gongkai.annual.checking import check
from gongkai.annual.findings import Finding

FOLDER = Path(__file__).parent / "clerks"
HEADING = "（二）依申请公开情况。"


def lines_of(name: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def of_figures(findings: list[Finding]) -> list[Finding]:
    return [f for f in findings if f.name.startswith(("narrative", "proactive_equals"))]


@pytest.mark.parametrize("sentence", lines_of("sentences_that_agree.txt"))
@pytest.mark.parametrize(
    "before", ["", HEADING + "我镇规范办理依申请公开。"], ids=["alone", "under a heading"]
)
def test_a_sentence_that_agrees_gives_nothing(before: str, sentence: str) -> None:
    assert [(f.name, f.message) for f in of_figures(check(with_overview(before + sentence)))] == []


@pytest.mark.parametrize("line", lines_of("sentences_that_differ.txt"))
def test_a_sentence_that_differs_is_found(line: str) -> None:
    sentence, expected, found = line.split("|")
    findings = of_figures(check(with_overview(HEADING + sentence)))
    assert (int(expected), int(found)) in {(f.expected, f.found) for f in findings}
