"""The words of a document, one line after the other."""

from __future__ import annotations

from gongkai.documents.intermediate import Document, Line


def text_of(document: Document) -> str:
    """Lines as they stand; of a table a line for each row, its cells parted by tabs."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines += ["\t".join(" ".join(cell.text.split()) for cell in row) for row in block.rows]
    return "\n".join(lines)
