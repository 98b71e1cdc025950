"""Reading and checking annual reports, and starting the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.measure import Measure, milliseconds

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "reports"
# How many printed reports of each text layout are read.
SEEDS = range(4)


def measures() -> Iterator[Measure]:
    yield from _text_reports()
    yield from _files()
    yield _start()


def _read_and_check(files: list[tuple[str, bytes]]) -> int:
    from gongkai.annual import read_reports
    from gongkai.annual.checking import check
    from gongkai.documents import read_document

    return sum(
        len(check(report)) for name, content in files for report in read_reports(read_document(content, name))
    )


def _rate(name: str, files: list[tuple[str, bytes]], limit: float | None) -> Measure:
    value = 1000 * len(files) / milliseconds(lambda: _read_and_check(files), seconds=3)
    return Measure(name, value, "reports/s", limit, at_least=True)


def _text_reports() -> Iterator[Measure]:
    from tests.annual.printing import LAYOUTS, printed_case

    if REAL.is_dir():
        files = [(path.name, path.read_bytes()) for path in sorted(REAL.glob("*.txt"))]
        yield _rate("read and check text: real reports", files, 300)
    cases = [
        printed_case(name, form, seed)
        for name, layout in LAYOUTS.items()
        if layout.is_text
        for form in layout.forms
        for seed in SEEDS
    ]
    yield _rate("read and check text: printed, all layouts", [(c.name, c.content) for c in cases], 300)


def _files() -> Iterator[Measure]:
    from tests.annual.printing import printed_case

    from gongkai.annual import read_reports
    from gongkai.documents import read_document

    case = printed_case("docx", "2021", 1)
    yield Measure(
        "docx to lines and tables", milliseconds(lambda: read_document(case.content, case.name)), "ms", 5
    )
    for layout in ("docx", "html", "xlsx"):
        case = printed_case(layout, "2021", 1)
        yield Measure(
            f"read a report: {layout}",
            milliseconds(lambda c=case: read_reports(read_document(c.content, c.name))),
            "ms",
        )
    for name, content in _pdfs():
        yield from _pdf(name, content)


def _pdfs() -> Iterator[tuple[str, bytes]]:
    """Pdf files with their fonts in them, as offices publish them."""
    from tests.annual.printing import random_report

    from gongkai.annual.contract import report_from_json
    from gongkai.annual.writing import write_report

    for path in sorted(REAL.glob("*.pdf")) if REAL.is_dir() else ():
        yield "real report", path.read_bytes()
    report = report_from_json(random_report(Random("bench"), "2021"), "bench")
    yield "written here", write_report(report, "pdf").content


def _pdf(name: str, content: bytes) -> Iterator[Measure]:
    import pdfplumber
    import pypdfium2

    from gongkai.documents import read_document

    def bare_text() -> None:
        with pypdfium2.PdfDocument(content) as pdf:
            for page in pdf:
                page.get_textpage().get_text_bounded()

    def tables() -> None:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages:
                page.extract_tables()

    ours = milliseconds(lambda: read_document(content, "report.pdf"))
    text, plumber = milliseconds(bare_text), milliseconds(tables)
    what = f"pdf to lines and tables: {name}"
    yield Measure(what, ours, "ms", None, False, "pypdfium2 bare text", text, ratio_limit=3)
    yield Measure(what, ours, "ms", None, False, "pdfplumber tables", plumber, ratio_limit=1 / 8)


def _start() -> Measure:
    """`gongkai --help` in a new process, and the bare interpreter beside it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    def run(*arguments: str) -> float:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
            times.append((time.perf_counter() - start) * 1000)
        return sorted(times)[3]

    return Measure(
        "gongkai --help",
        run("-m", "gongkai.cli", "--help"),
        "ms",
        150,
        False,
        "python -c pass",
        run("-c", "pass"),
    )
