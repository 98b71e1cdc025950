"""Files in: every format becomes one `Document` of text lines and tables, each with its place."""

from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Block, Cell, Document, Line, Place, Table
from gongkai.documents.limits import Budget

__all__ = ["Block", "Budget", "Cell", "Document", "DocumentError", "Line", "Place", "Table", "read_document"]


def read_document(content: bytes, name: str, budget: Budget | None = None) -> Document:
    """Turn a file's bytes into a `Document`. `name` is for people and a hint of the format; the bytes decide.

    `budget` is what the file may take of time and scanned pages, where that is not the usual.
    Raises `DocumentError` for anything that cannot be read.
    """
    # Imported here: a format's library is loaded when a file of that format comes.
    from gongkai.documents.reading import read

    return read(content, name, budget)
