"""The one way in: looks at a file's bytes, finds its format, and hands it to that format's reader."""

from __future__ import annotations

import importlib

from gongkai.documents.intermediate import Document
from gongkai.documents.limits import MAX_FILE_BYTES, Budget, too_large
from gongkai.documents.sniffing import no_words, sniff

# kind -> module and function: a format's library is loaded when a file of that format comes.
_READERS = {
    "pdf": ("gongkai.documents.pdf", "read_pdf"),
    "docx": ("gongkai.documents.docx", "read_docx"),
    "xlsx": ("gongkai.documents.xlsx", "read_xlsx"),
    "html": ("gongkai.documents.html", "read_html"),
    "json": ("gongkai.documents.json_value", "read_json"),
    "csv": ("gongkai.documents.separated_values", "read_separated_values"),
    "txt": ("gongkai.documents.text", "read_text"),
    "md": ("gongkai.documents.text", "read_text"),
}


def read(content: bytes, name: str) -> Document:
    """A file's bytes as a `Document`; `name` is kept as its source and tells md, csv and tsv from plain text.

    Raises `DocumentError` (and nothing else) for a file that cannot be read, within about five seconds.
    """
    if len(content) > MAX_FILE_BYTES:
        raise too_large(MAX_FILE_BYTES)
    budget = Budget()
    module, function = _READERS[sniff(content, name)]
    reader = getattr(importlib.import_module(module), function)
    document: Document = reader(content, name, budget)
    if document.kind != "json" and not document.blocks:
        raise no_words()
    return document
