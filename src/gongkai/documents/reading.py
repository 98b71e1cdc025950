"""The one way in: looks at a file's bytes, finds its format, and hands it to that format's reader."""

from __future__ import annotations

import importlib

from gongkai.documents.continued_tables import without_marks_of_continuation
from gongkai.documents.intermediate import Document, Table
from gongkai.documents.limits import MAX_FILE_BYTES, MAX_PLAIN_BYTES, Budget, too_large
from gongkai.documents.ocr.doubts import doubts
from gongkai.documents.sniffing import no_words, sniff

# kind -> module and function: a format's library is loaded when a file of that format comes.
_READERS = {
    "pdf": ("gongkai.documents.pdf", "read_pdf"),
    "docx": ("gongkai.documents.docx", "read_docx"),
    "picture": ("gongkai.documents.ocr", "read_picture"),
    "doc": ("gongkai.documents.doc", "read_doc"),
    "xls": ("gongkai.documents.xls", "read_xls"),
    "xlsx": ("gongkai.documents.xlsx", "read_xlsx"),
    "mht": ("gongkai.documents.mht", "read_mht"),
    "wordxml": ("gongkai.documents.docx", "read_word_xml"),
    "html": ("gongkai.documents.html", "read_html"),
    "json": ("gongkai.documents.json_value", "read_json"),
    "csv": ("gongkai.documents.separated_values", "read_separated_values"),
    "txt": ("gongkai.documents.text", "read_text"),
    "md": ("gongkai.documents.text", "read_text"),
}
_PLAIN = ("txt", "md", "csv")


def read(content: bytes, name: str, budget: Budget | None = None) -> Document:
    """A file's bytes as a `Document`; `name` is kept as its source and tells md, csv and tsv from plain text.

    Raises `DocumentError` (and nothing else) for a file that cannot be read, within about five seconds; scans
    take longer, as `Budget` states.
    """
    if len(content) > MAX_FILE_BYTES:
        raise too_large(MAX_FILE_BYTES)
    budget = budget or Budget()
    kind = sniff(content, name)
    if kind in _PLAIN and len(content) > MAX_PLAIN_BYTES:
        raise too_large(MAX_PLAIN_BYTES)
    module, function = _READERS[kind]
    reader = getattr(importlib.import_module(module), function)
    document: Document = reader(content, name, budget)
    if document.kind != "json" and not document.blocks:
        raise no_words()
    budget.take_characters(_characters(document))  # what comes after takes time by them
    document.blocks = without_marks_of_continuation(document.blocks)
    document.notes += doubts(document)
    return document


def _characters(document: Document) -> int:
    return sum(
        sum(len(cell.text) for row in block.rows for cell in row)
        if isinstance(block, Table)
        else len(block.text)
        for block in document.blocks
    )
