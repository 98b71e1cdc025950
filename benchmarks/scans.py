"""Scans: the share of cells read right, by print, resolution and fault of the scanner; the time of a page.

The scans are printed reports rendered to pictures (`tests/documents/scanning.py`). A few levels are measured,
in about two minutes; `SCANS=all` in the environment measures every level, and every mishap at 200 dpi.
"""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.measure import Measure
from gongkai.documents.ocr.availability import is_installed

if TYPE_CHECKING:
    from tests.documents.scanning import Score

FORMS = ("2014", "2019", "2021")
RESOLUTIONS = (150, 200, 300)
SEEDS = 2  # reports of each form and print, where all is measured
CLEAN_LIMIT = 99.0  # per cent of cells at 200 dots an inch
SECONDS_A_PAGE = 6.0  # on two cores
# Level, resolution, form: one of each kind, turned and noisy ones among them.
FEW = (
    ("clean", 200, FORMS),
    ("all three", 200, ("2021",)),
    ("clean", 150, ("2019",)),
    ("turned", 300, ("2019",)),
)


def measures() -> Iterator[Measure]:
    """The shares at each level; nothing where text recognition is not installed."""
    if not is_installed():
        return
    from tests.documents.scanning import LEVELS, MISHAPS

    whole = os.environ.get("SCANS") == "all"
    levels = [(level, dpi, FORMS) for dpi in RESOLUTIONS for level in LEVELS] if whole else list(FEW)
    levels += [(mishap, 200, FORMS) for mishap in MISHAPS] if whole else []
    for name in _prints():
        for level, dpi, forms in levels:
            yield from _level(name, level, dpi, forms, SEEDS if whole else 1)
    yield Measure("scan, time of a page", _seconds_a_page(), "s", SECONDS_A_PAGE)


def _prints() -> tuple[str, ...]:
    """Our own layout, and an office's where the peer that prints it is installed."""
    return ("own", "office") if importlib.util.find_spec("weasyprint") else ("own",)


def _level(name: str, level: str, dpi: int, forms: tuple[str, ...], seeds: int) -> Iterator[Measure]:
    score = _score(name, level, dpi, forms, seeds)
    what = f"scan, {name}, {dpi} dpi, {level}"
    limit = CLEAN_LIMIT if dpi >= 200 and level == "clean" else None
    yield Measure(f"{what}: right", score.right, "% of cells", limit, at_least=True)
    yield Measure(f"{what}: wrong, no mark", score.unmarked, "cells", 0 if limit else None)


def _score(name: str, level: str, dpi: int, forms: tuple[str, ...], seeds: int) -> Score:
    from tests.documents.scanning import LEVELS, Score, a_scan, office_print, scored, written_here

    total = Score()
    prints = {"own": written_here, "office": office_print}
    for form in forms:
        for seed in range(seeds):
            faults = LEVELS.get(level, frozenset({level}))
            total += scored(a_scan(form, seed, dpi, faults, prints[name]), dpi)
    return total


def _seconds_a_page() -> float:
    from tests.documents.scanning import a_scan, as_pdf

    from gongkai.documents import read_document

    scan = a_scan("2021", 0, 200)
    content = as_pdf(scan.pages, 200)
    began = time.perf_counter()
    read_document(content, "scan.pdf")
    return (time.perf_counter() - began) / len(scan.pages)
