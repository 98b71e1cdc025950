"""What a person should look at in a scan: the cells that were read with little confidence, by their place."""

from __future__ import annotations

import re

from gongkai.documents.intermediate import Document, Table

LOW = 0.8  # confidence; of 10,000 figures read right, fewer than ten are below it, and most of the misread
_WORDS = re.compile("[\u4e00-\u9fff]{2}")  # a label: its brackets are often doubtful, and harm nobody
_NAMED = 12  # cells named in full; more of them are counted


def doubts(document: Document) -> list[str]:
    """A note that names the doubtful figures; none for a document that was not recognised, or surely."""
    cells = [
        (table.place(cell).label(), cell.text.replace("\n", ""))
        for table in document.blocks
        if isinstance(table, Table)
        for row in table.rows
        for cell in row
        if cell.confidence is not None and cell.confidence < LOW and not _WORDS.search(cell.text)
    ]
    if not cells:
        return []
    named = "；".join(f"{place}（“{text}”）" for place, text in cells[:_NAMED])
    more = f"等 {len(cells)} 格" if len(cells) > _NAMED else ""
    return [f"识别把握不大、请对照原件核对的单元格：{named}{more}。"]
