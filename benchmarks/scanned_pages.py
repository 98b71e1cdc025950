"""Scans: the share of figures read right, by resolution and fault of the scanner, and the time of a page.

The scans are reports that the writer printed, rendered to pictures: `tests/documents/scanning.py`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.documents.scanning import CLEAN, LEVELS, a_scan, as_pdf, wrong_cells

from benchmarks.measure import Measure
from gongkai.annual import read_reports
from gongkai.documents import read_document
from gongkai.documents.ocr.availability import is_installed

RESOLUTIONS = (150, 200, 300)
FORMS = ("2014", "2019", "2021")
CLEAN_LIMIT = 99.0  # per cent of figures at 200 dots an inch
SECONDS_A_PAGE = 6.0  # on two cores


def measures() -> Iterator[Measure]:
    """The share at each level; nothing where text recognition is not installed."""
    if not is_installed():
        return
    for dpi in RESOLUTIONS:
        for level, faults in LEVELS.items():
            limit = CLEAN_LIMIT if dpi == 200 and faults == CLEAN else None
            yield Measure(f"scan, {dpi} dpi, {level}", _share(dpi, faults), "% right", limit, at_least=True)
    yield Measure("scan, time of a page", _seconds_a_page(), "s", SECONDS_A_PAGE)


def _share(dpi: int, faults: frozenset[str]) -> float:
    right = cells = 0
    for form in FORMS:
        scan = a_scan(form, 0, dpi, faults)
        [report] = read_reports(read_document(as_pdf(scan.pages, dpi), "scan.pdf"))
        wrong, count = wrong_cells(scan.truth, report)
        right, cells = right + count - len(wrong), cells + count
    return 100 * right / cells


def _seconds_a_page() -> float:
    scan = a_scan("2021", 0, 200)
    content = as_pdf(scan.pages, 200)
    began = time.perf_counter()
    read_document(content, "scan.pdf")
    return (time.perf_counter() - began) / len(scan.pages)
