"""Good reports in every layout and form: what the fuzz tests begin with. Every word in them is made up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from tests.annual.printing import LAYOUTS, print_report, random_report

from gongkai.annual import read_reports
from gongkai.annual.json_lines import dumps
from gongkai.documents import read_document

Seed = tuple[str, bytes]  # a file's name and its bytes


@cache
def seed(layout: str, form: str, number: int = 0) -> Seed:
    """The report of that layout, form and number, the same every time."""
    rng = Random(f"seed/{layout}/{form}/{number}")
    content, name, _ = print_report(random_report(rng, form), layout, rng)
    return name, content


@cache
def json_seed(form: str) -> Seed:
    """A report in the contract's own shape."""
    name, content = seed("tab_rows", form)
    [report] = read_reports(read_document(content, name))
    return "report.json", dumps(report.to_json()).encode()


def every_kind() -> list[tuple[str, str]]:
    """(layout, form) of every seed; the layout `json` is the contract's own."""
    printed = [(name, form) for name, layout in LAYOUTS.items() for form in layout.forms]
    return [*printed, *(("json", form) for form in ("2014", "2019", "2021"))]


def of_kind(kind: tuple[str, str]) -> Seed:
    """The seed of a kind that `every_kind` names."""
    layout, form = kind
    return json_seed(form) if layout == "json" else seed(layout, form)


def all_seeds() -> Iterator[Seed]:
    for kind in every_kind():
        yield of_kind(kind)


def scaled(report: Any, by: int) -> Any:
    """A report with every figure multiplied: sums still hold, and the figures tell where they come from."""
    if isinstance(report, dict):
        return {key: value if key in ("year", "form") else scaled(value, by) for key, value in report.items()}
    if isinstance(report, list):
        return [scaled(value, by) for value in report]
    if isinstance(report, int | Decimal):
        return report * by
    return report
