"""pdf: text lines and tables. No text is ever dropped for a table that cannot be made out."""

from __future__ import annotations

import threading

import pypdfium2

from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Block, Document, Line, Table
from gongkai.documents.limits import MAX_PAGES, Budget, damaged, too_complex
from gongkai.documents.ocr import read_scanned_pages
from gongkai.documents.pdf.continuation import joined
from gongkai.documents.pdf.furniture import without_furniture
from gongkai.documents.pdf.page_content import Content, page_content
from gongkai.documents.pdf.page_layout import PageTable, TextLine, lay_out
from gongkai.documents.pdf.weight import refuse_heavy
from gongkai.documents.sniffing import picture

_PASSWORD = 4  # FPDF_ERR_PASSWORD
# PDFium is one state machine for the whole process and must never be entered by two threads at once.
_engine = threading.Lock()


def read_pdf(content: bytes, source: str, budget: Budget) -> Document:
    """A pdf's text outside tables as `Line`s and its ruled tables as `Table`s, page after page.

    Where a table has no ruling lines its rows are lines, the columns set apart by tabs. A table that goes on
    over the page's end is one `Table` with `row_pages`.

    Raises encrypted, image_only, damaged, too_complex, too_slow.
    """
    refuse_heavy(content, budget)
    notes: list[str] = []
    pages: list[list[TextLine | PageTable]] = []
    pictured: set[int] = set()  # numbers of the pages that have pictures
    with _engine:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise _not_opened(error) from error
        try:
            if len(document) > MAX_PAGES:
                raise too_complex(f"超过 {MAX_PAGES} 页", f"more than {MAX_PAGES} pages")
            for number in range(len(document)):
                budget.check_time()
                pages.append(_page(document, number, notes, pictured, budget))
        finally:
            document.close()
    torn = bool(notes)
    read_scanned_pages(pages, pictured, content, _engine, notes, budget)
    if not any(pages):
        raise damaged("pdf") if torn else picture()
    blocks = blocks_of(pages, budget)
    if not blocks:
        raise picture()  # page numbers printed on scanned pages
    return Document(source, "pdf", blocks, notes=notes)


def _not_opened(error: pypdfium2.PdfiumError) -> DocumentError:
    if error.err_code == _PASSWORD:
        return DocumentError(
            "encrypted",
            "pdf 有密码保护，无法打开。请去掉密码后另存再试。",
            "The pdf is protected by a password. Remove the password, save it and retry.",
        )
    return damaged("pdf", str(error))


def _page(
    document: pypdfium2.PdfDocument, index: int, notes: list[str], pictured: set[int], budget: Budget
) -> list[TextLine | PageTable]:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        notes.append(f"第 {index + 1} 页已损坏，未能读取。")
        return []
    try:
        content: Content = page_content(page, budget)
    except pypdfium2.PdfiumError:
        notes.append(f"第 {index + 1} 页已损坏，未能读取。")
        return []
    finally:
        page.close()
    if content.pictures:
        pictured.add(index)
    return lay_out(content, budget)


def blocks_of(pages: list[list[TextLine | PageTable]], budget: Budget) -> list[Block]:
    """The pages as one document: without running lines, tables over several pages joined, all numbered."""
    return _numbered(joined(without_furniture(pages)), budget)


def _numbered(pages: list[list[TextLine | PageTable]], budget: Budget) -> list[Block]:
    blocks: list[Block] = []
    lines = tables = 0
    for number, items in enumerate(pages, 1):
        for item in items:
            if isinstance(item, TextLine):
                lines += 1
                blocks.append(Line(item.text, lines, number))
            else:
                tables += 1
                budget.take_cells(sum(map(len, item.rows)))
                blocks.append(Table(tables, item.rows, page=number, row_pages=item.row_pages))
    budget.take_lines(lines)
    return blocks
