"""Lines that a page prints at its edge and that saved text leaves between the rows of a table.

A browser prints the date, the title, the address and the page; an office prints its own name on every page.
Readers of files that know their pages drop such lines themselves; text that was saved without them cannot.
"""

from __future__ import annotations

import re
from collections import Counter

from gongkai.documents.intermediate import Document, Line

LONGEST = 60
_BROWSER = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+(?:[上下]午)?\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s.{0,60})?"
    r"|(?:https?://|file://|about:)\S*(?:\s+\d{1,3}/\d{1,3})?"
)
# The name of an organ or of the report; nothing in the tables is called so.
_NAME = re.compile(
    "人民政府|[委员員]会|委員會|[办辦]事[处處]|管委[会會]|年度[报報]告|年[报報]$"
    "|(?:局|[厅廳]|署|[办辦]公室|法院|[检檢]察院|大[学學]|[医醫]院)(?:文件)?$"
)
_SENTENCE = re.compile(r"[，。；：,;:]")


RunningLines = dict[str, int]


def running_lines(document: Document) -> RunningLines:
    """The lines as written that a browser prints, and the names given more than once, with their count."""
    counts = Counter([block.text for block in document.blocks if isinstance(block, Line)])
    return {
        text: count
        for text, count in counts.items()
        if (count > 1 and is_name(text)) or (("/" in text or ":" in text) and is_browsers(text))
    }


def is_browsers(text: str) -> bool:
    """Whether a line is the date or the address that a browser prints at the edge of a page."""
    return len(text) <= 2 * LONGEST and bool(_BROWSER.fullmatch(text.strip()))


def is_name(text: str) -> bool:
    """Whether a line is the name of an organ or of the report, and no sentence."""
    return len(text) <= LONGEST and bool(_NAME.search(text)) and not _SENTENCE.search(text)
