"""The words of a file, one line after the other: what runs in a process of its own for a stranger's file."""

from __future__ import annotations

from typing import Any

from gongkai.documents import Document, Line, read_document

TASK = "gongkai.web.calculators.file_text:answer"


def answer(question: Any, content: bytes) -> bytes:
    """The file's text in utf-8; `question` is its name. Raises DocumentError for what cannot be read."""
    return text_of(read_document(content, str(question))).encode("utf-8", "replace")


def text_of(document: Document) -> str:
    """Lines as they stand; of a table a line for each row, its cells parted by tabs."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines += ["\t".join(" ".join(cell.text.split()) for cell in row) for row in block.rows]
    return "\n".join(lines)
