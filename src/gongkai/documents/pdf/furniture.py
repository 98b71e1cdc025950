"""Page furniture: the page numbers that stand on every page and belong to none of its text."""

from __future__ import annotations

import re
from collections import Counter

from gongkai.documents.pdf.page_layout import PageTable, TextLine

EDGE = 0.12  # of the page's height, at its top and bottom, where page numbers stand
_DASH = r"[-—–－―﹣_·•~～]"
# A number that says it is a page number: `- 3 -`, `—3—`, `第3页`, `第 3 页 共 5 页`, `3 / 5`, `Page 3 of 5`.
_DECORATED = re.compile(
    rf"(?:{_DASH}+\s*\d{{1,3}}\s*{_DASH}+"
    r"|第?\s*\d{1,3}\s*页\s*[,，/]?\s*(?:[（(]?\s*共\s*\d{1,3}\s*页\s*[)）]?)?"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}|(?i:page)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?)"
)
_BARE = re.compile(r"\d{1,3}")

Page = list[TextLine | PageTable]


def without_furniture(pages: list[Page]) -> list[Page]:
    """The pages without their page numbers.

    A bare number is one only where it counts with the pages: a lone figure at the foot of a page may
    belong to a table without lines.
    """
    edges = [_at_edges(page) for page in pages]
    bare = [(n, line) for n, lines in enumerate(edges, 1) for line in lines if _BARE.fullmatch(line.text)]
    offsets = Counter(int(line.text) - number for number, line in bare)
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    counts = count > 1 or offset == 0
    dropped = {id(line) for number, line in bare if counts and int(line.text) - number == offset}
    dropped.update(id(line) for lines in edges for line in lines if _DECORATED.fullmatch(line.text))
    return [[item for item in page if id(item) not in dropped] for page in pages]


def _at_edges(page: Page) -> list[TextLine]:
    """The first and the last thing on a page, where they are lines at its very edge."""
    found = []
    if page and isinstance(page[0], TextLine) and page[0].bottom < EDGE * page[0].page_height:
        found.append(page[0])
    if page and isinstance(page[-1], TextLine) and page[-1].top > (1 - EDGE) * page[-1].page_height:
        found.append(page[-1])
    return found
