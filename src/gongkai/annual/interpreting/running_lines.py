"""Lines that a page prints at its edge and that saved text leaves between the rows of a table.

A browser prints the date, the title, the address and the page; an office prints its own name on every page.
Readers of files that know their pages drop such lines themselves; text that was saved without them cannot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

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


def running_lines(lines: Iterable[str], often: int = 2) -> set[str]:
    """Of these lines as written, those a browser prints, and the names that stand there `often` or more."""
    counts = Counter(lines)
    return {
        text for text, count in counts.items() if _is_browsers(text) or (count >= often and is_name(text))
    }


def _is_browsers(text: str) -> bool:
    if len(text) > 2 * LONGEST or not (":" in text or "/" in text):
        return False
    return bool(_BROWSER.fullmatch(text.strip()))


def is_name(text: str) -> bool:
    """Whether a line is the name of an organ or of the report, and no sentence."""
    return len(text) <= LONGEST and bool(_NAME.search(text.strip())) and not _SENTENCE.search(text)
