"""A text put together from several sources: each table in a layout of its own."""

from __future__ import annotations

from random import Random

from tests.annual.printing.printed import Printed
from tests.annual.printing.text_cells import aligned_printers, cell_line_printers, tab_row_printers
from tests.annual.printing.text_pages import TablePrinters, page_text
from tests.annual.printing.text_pdf import PdfManner, pdf_printers
from tests.annual.printing.text_stacked import stacked_printers


def mixed(report: Printed, rng: Random) -> str:
    """Tables 2, 3 and 4 each printed as another text layout prints them."""
    sources = [
        cell_line_printers(report, rng),
        tab_row_printers(rng),
        aligned_printers(rng),
        pdf_printers(PdfManner(report, rng), rng),
        stacked_printers(rng),
    ]
    one, two, three = (rng.choice(sources) for _ in range(3))
    tables = TablePrinters(one.proactive, two.requests, three.remedies, two.statistics)
    return page_text(report, tables, rng)
