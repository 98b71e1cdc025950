"""How surely the figures of a report were recognised, where the report is a scan."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents.intermediate import Document, Place, Table


def confidences(document: Document, places: Mapping[str, Place]) -> dict[str, float]:
    """Cell path -> confidence, 0 to 1, for the cells whose text was recognised in a picture."""
    known = {
        table.place(cell): cell.confidence
        for table in document.blocks
        if isinstance(table, Table)
        for row in table.rows
        for cell in row
        if cell.confidence is not None
    }
    return {path: known[place] for path, place in places.items() if place in known} if known else {}
