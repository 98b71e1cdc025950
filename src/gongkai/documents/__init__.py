"""Files in: every format becomes one `Document` of text lines and tables, each with its place."""

from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Block, Cell, Document, Line, Place, Table

__all__ = ["Block", "Cell", "Document", "DocumentError", "Line", "Place", "Table", "read_document"]


def read_document(content: bytes, name: str) -> Document:
    """Turn a file's bytes into a `Document`. `name` is for people and a hint of the format; the bytes decide.

    Raises `DocumentError` for anything that cannot be read.
    """
    # Imported here: a format's library is loaded when a file of that format comes.
    from gongkai.documents.reading import read

    return read(content, name)
