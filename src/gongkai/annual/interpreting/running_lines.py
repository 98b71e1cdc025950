"""Lines that a page prints at its edge and that saved text leaves between the rows of a table.

A browser prints the date, the title, the address and the page; an office prints its own name on every page.
Readers of files that know their pages drop such lines themselves; text that was saved without them cannot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LONGEST = 60
_BROWSER = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+(?:[上下]午)?\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s.{0,60})?"
    r"|(?:https?://|file://|about:)\S*(?:\s+\d{1,3}/\d{1,3})?"
)
# The name of an organ or of the report; nothing in the tables is called so.
_NAME = re.compile(
    "人民政府|委员会|办事处|管委会|年度报告|年报$|(?:局|厅|署|办公室|法院|检察院|大学|医院)(?:文件)?$"
)
_SENTENCE = re.compile(r"[，。；：,;:]")


def running_lines(texts: Sequence[str]) -> set[str]:
    """The texts, normalised, of the lines that are no part of the report: a browser's, or a name repeated."""
    counts = Counter(texts)
    return {text for text, count in counts.items() if _is_browsers(text) or (count > 1 and _is_name(text))}


def _is_browsers(text: str) -> bool:
    return (
        (":" in text or "/" in text) and len(text) <= 2 * LONGEST and bool(_BROWSER.fullmatch(text.strip()))
    )


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST and bool(_NAME.search(text.strip())) and not _SENTENCE.search(text)
