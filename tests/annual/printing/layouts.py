"""Every layout by name, with the forms it is used for and what a reader sees in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.annual.printing import (
    html_pages,
    office_files,
    pdf_files,
    text_cells,
    text_mixed,
    text_pdf,
    text_saved,
    text_stacked,
)
from tests.annual.printing.printed import Printed

ALL_FORMS = ("2014", "2019", "2021")
NEW_FORMS = ("2019", "2021")


@dataclass(frozen=True)
class Layout:
    """What may be printed in a layout and still be read without guessing.

    `blanks`: a blank cell is seen. `notes`: the end of a cell is seen, so words may follow its figure.
    `some_dashes`: zeros may be printed now as 0, now as a dash. Not so where values stand one a line without
    their labels: only figures that add up tell whether they run by rows or by columns.
    """

    name: str
    print: Callable[[Printed, Random], str | bytes]
    suffix: str
    blanks: bool
    notes: bool
    forms: tuple[str, ...] = ALL_FORMS
    some_dashes: bool = True

    @property
    def is_text(self) -> bool:
        return self.suffix in ("txt", "md", "csv")


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("cell_lines", text_cells.cell_lines, "txt", True, True),
        Layout("tab_rows", text_cells.tab_rows, "txt", True, True),
        Layout("shifted_tab_rows", text_cells.shifted_tab_rows, "txt", False, True, NEW_FORMS),
        Layout("pipes", text_cells.pipes, "md", True, True),
        Layout("csv", text_cells.comma_separated, "csv", True, True),
        Layout("aligned", text_cells.aligned, "txt", False, False),
        Layout("pdf_text", text_pdf.pdf_text, "txt", False, False),
        Layout("narrow_headings", text_pdf.narrow_headings, "txt", False, False, NEW_FORMS),
        Layout("values_first", text_pdf.values_first, "txt", False, False, NEW_FORMS),
        Layout("stacked_columns", text_stacked.stacked_columns, "txt", False, False, ALL_FORMS, False),
        Layout("saved_pages", text_saved.saved_pages, "txt", False, False, ALL_FORMS, False),
        Layout(
            "figures_behind_the_next_heading",
            text_saved.figures_behind_the_next_heading,
            "txt",
            False,
            False,
            NEW_FORMS,
            False,
        ),
        Layout("mixed", text_mixed.mixed, "txt", False, False, NEW_FORMS, False),
        Layout("html", html_pages.html, "html", True, True),
        Layout("html_word", html_pages.html_word, "html", True, True),
        Layout("docx", office_files.docx_merged, "docx", True, True),
        Layout("docx_flat", office_files.docx_flat, "docx", True, True),
        Layout("xlsx", office_files.xlsx, "xlsx", True, True),
        Layout("pdf_ruled", pdf_files.pdf_ruled, "pdf", True, True),
        Layout("pdf_positioned", pdf_files.pdf_positioned, "pdf", False, False),
    )
}
