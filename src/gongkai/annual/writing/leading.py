"""Which paragraphs must not stand alone at the foot of a page: they only lead on to what follows."""

from __future__ import annotations

import re

from gongkai.annual.writing.printed import Heading, Paragraph, Part
from gongkai.annual.writing.tables import PrintedTable

# Such lines are headings of parts of a section: （二）改进情况, 1.公开平台建设, or they end in a colon.
_HEADING_OF_A_PART = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．是]|\d{1,2}[、.．](?!\d)|[(（][一二三四五六七八九十\d]{1,2}[)）]).*[^。；！？.;!?]"
)
_LONGEST_HEADING = 40
_LONGEST_INTRODUCTION = 112  # characters, four lines of the page


def leads_to(part: Part, following: Part | None) -> bool:
    """Whether a part stays on one page with the one that follows it.

    >>> leads_to(Paragraph("（二）改进情况"), Paragraph("一是加强学习。"))
    True
    """
    if following is None or not isinstance(part, Paragraph):
        return isinstance(part, Heading) and following is not None
    if isinstance(following, PrintedTable):
        return len(part.text) <= _LONGEST_INTRODUCTION
    if len(part.text) > _LONGEST_HEADING or not isinstance(following, Paragraph):
        return False
    return part.text.endswith(("：", ":")) or bool(_HEADING_OF_A_PART.fullmatch(part.text))
