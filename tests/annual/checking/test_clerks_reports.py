"""Reports as clerks write them: a text that agrees gives nothing, one wrong figure in it is found."""

from __future__ import annotations

import importlib
from random import Random

import pytest
from tests.annual.checking.clerks_reports import ClerksReport, Planted, clerks_reports
from tests.annual.checking.reports import report_2021, set_text
from tests.annual.printing import LAYOUTS, print_report

from gongkai.annual import read_reports
from gongkai.annual.checking import check
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report
from gongkai.documents import read_document

REPORTS = clerks_reports()
PRINTED = importlib.import_module("tests.annual.printing.printed")
# A whole report is printed in these layouts in turn, read back and checked.
PRINTED_IN = ("tab_rows", "docx", "html", "pipes", "cell_lines")
# True of every one of these reports, and no matter of the text.
ALWAYS = {"implied_in_force", "supervision_results_office"}


def as_report(clerks: ClerksReport, planted: Planted | None = None) -> Report:
    data = {name: clerks.data[name] for name in clerks.data if name != "schema"}
    title = f"{clerks.organ}{clerks.data['year']}年政府信息公开工作年度报告"
    return set_text(report_2021(title=title, **data), clerks.narrative(planted))


def findings(report: Report) -> list[Finding]:
    return [finding for finding in check(report) if finding.name not in ALWAYS]


def test_there_are_enough_of_them() -> None:
    assert len(REPORTS) >= 60
    assert sum(len(report.planted) for report in REPORTS) >= 100
    assert len({report.organ for report in REPORTS}) == len(REPORTS)


@pytest.mark.parametrize("clerks", REPORTS, ids=lambda report: report.organ)
def test_a_report_whose_text_agrees_gives_nothing(clerks: ClerksReport) -> None:
    assert [(f.severity, f.name, f.quote, f.message) for f in findings(as_report(clerks))] == []


@pytest.mark.parametrize(
    ("clerks", "planted"),
    [(report, planted) for report in REPORTS for planted in report.planted],
    ids=lambda value: value.organ if isinstance(value, ClerksReport) else str(value),
)
def test_a_wrong_figure_is_found_with_its_words_and_cells(clerks: ClerksReport, planted: Planted) -> None:
    found = findings(as_report(clerks, planted))
    assert [(f.severity, f.rule, f.expected, f.found) for f in found] == [
        (planted.severity, planted.rule, planted.expected, planted.found)
    ]
    assert planted.cell in found[0].cells
    assert planted.instead in (found[0].quote or "")
    assert found[0].place is not None


@pytest.mark.parametrize(
    ("number", "clerks"), list(enumerate(REPORTS)), ids=[report.organ for report in REPORTS]
)
def test_the_same_holds_of_the_printed_report(
    number: int, clerks: ClerksReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    for planted in (None, *clerks.planted[:1]):
        monkeypatch.setattr(PRINTED, "narrative", lambda *_, planted=planted: clerks.narrative(planted))
        layout = PRINTED_IN[number % len(PRINTED_IN)]
        content, name, _ = print_report(clerks.data, layout, Random(number))
        [report] = read_reports(read_document(content, name))
        grave = [f for f in findings(report) if f.severity != "info" and f.rule[:3] in ("NAR", "PII", "FMT")]
        wanted = [] if planted is None else [(planted.severity, planted.expected, planted.found)]
        assert [(f.severity, f.expected, f.found) for f in grave] == wanted, [f.message for f in grave]


def test_the_layouts_exist() -> None:
    assert set(PRINTED_IN) <= set(LAYOUTS)
