"""Writing annual reports: pdf with WeasyPrint beside it, docx with a table of python-docx's own making."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
from collections.abc import Callable, Iterator
from itertools import cycle

from benchmarks.measure import Measure, milliseconds

PDF_LIMIT = 100.0  # milliseconds a report, fonts loaded


def measures() -> Iterator[Measure]:
    from tests.annual.writing.random_texts import report_with_text

    from gongkai.annual.writing import write_report

    # A new report each time: Typst remembers how it set the last ones.
    reports = cycle([report_with_text("2021", seed) for seed in range(200)])
    moment = dt.datetime(2025, 1, 20, tzinfo=dt.UTC)

    def ours(to: str) -> Callable[[], object]:
        return lambda: write_report(next(reports), to, written_at=moment)

    pages = (write_report(report, "html", written_at=moment).content.decode() for report in reports)
    yield Measure(
        "write a report: pdf", milliseconds(ours("pdf")), "ms", PDF_LIMIT, False, *_weasyprint(pages)
    )
    python_docx = milliseconds(lambda: _table_of_python_docx(28, 10))
    peer = ("python-docx, table 3 alone", python_docx)
    yield Measure("write a report: docx", milliseconds(ours("docx")), "ms", None, False, *peer)
    for to in ("xlsx", "html", "csv"):
        yield Measure(f"write a report: {to}", milliseconds(ours(to)), "ms")
    back = milliseconds(lambda: write_report(next(reports), "pdf", written_at=moment, prove=True))
    yield Measure("write a report: pdf, read back", back, "ms")


def _weasyprint(pages: Iterator[str]) -> tuple[str, float] | tuple[None, None]:
    """The same reports as html printed by WeasyPrint, where it is installed."""
    if importlib.util.find_spec("weasyprint") is None:
        return None, None
    import weasyprint

    def work() -> object:
        return weasyprint.HTML(string=next(pages)).write_pdf(pdf_variant="pdf/a-2b")

    return "WeasyPrint", milliseconds(work, seconds=2)


def _table_of_python_docx(rows: int, columns: int) -> bytes:
    """A table with a text in every cell, made by the library's own calls."""
    import docx

    document = docx.Document()
    table = document.add_table(rows, columns)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "0"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
