"""Text without what no page shows: control characters, signs that nobody sees, halves of characters."""

from __future__ import annotations

import re
import unicodedata

from gongkai.wording.chinese_blanks import GAPS_BETWEEN_CHINESE

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_BLANKS = re.compile(r"[^\S\n]+")


def printable(text: str) -> str:
    """The text as a page can show it; lines stay lines, blanks that only set Chinese wide go.

    >>> printable("张\\u200b三\\x00  先生\\r\\n第二行")
    '张三先生\\n第二行'
    """
    lines = "\n".join(text.splitlines())
    seen = "".join(
        character
        for character in lines
        if character in "\n\t" or unicodedata.category(character) not in _UNSEEN
    )
    return GAPS_BETWEEN_CHINESE.sub("", _BLANKS.sub(" ", seen)).strip()
