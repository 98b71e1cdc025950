"""A report whose figures do not add up is read as it is written: no reading may mend it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from tests.annual.printing import LAYOUTS, print_report, random_report

from gongkai.annual import read_reports
from gongkai.documents import read_document

# Where each row's cells stand beside its label, or in cells of their own.
ORDERLY = (
    *("cell_lines", "tab_rows", "shifted_tab_rows", "pipes", "csv", "aligned", "pdf_text", "narrow_headings"),
    *("values_first", "saved_pages", "html", "html_word", "docx", "docx_flat", "xlsx", "pdf_ruled"),
)
SEEDS = {"txt": 40, "md": 40, "csv": 40, "html": 20}


def with_wrong_cells(rng: Random, form: str) -> dict[str, Any]:
    """A report with one to three wrong cells in table 3 and perhaps one in table 4."""
    report = random_report(rng, form)
    for _ in range(rng.randint(1, 3)):
        row = rng.choice(list(report["requests"].values()))
        row[rng.choice(list(row))] += rng.randint(1, 9)
    if rng.random() < 0.5:
        group = rng.choice(list(report["remedies"].values()))
        group[rng.choice(list(group))] += rng.randint(1, 9)
    return report


def cells(report: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{table}.{row}.{column}": value
        for table in ("requests", "remedies")
        for row, columns in report[table].items()
        for column, value in columns.items()
    }


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("layout", [name for name, layout in LAYOUTS.items() if "2021" in layout.forms])
def test_wrong_figures_are_read_as_written_or_not_at_all(layout: str, form: str) -> None:
    wrong = []
    for seed in range(SEEDS.get(LAYOUTS[layout].suffix, 10)):
        rng = Random(f"wrong/{layout}/{form}/{seed}")
        content, name, truth = print_report(with_wrong_cells(rng, form), layout, rng)
        [report] = read_reports(read_document(content, name))
        found = cells({"requests": report.requests, "remedies": report.remedies or {}})
        for path, value in cells(truth).items():
            given = found.get(path)
            if given != value and (layout in ORDERLY or given is not None):
                wrong.append(f"seed {seed}: {path} is {value}, read as {given}")
    assert wrong == []
