"""Text in the one spelling of blanks that every file format keeps."""

from __future__ import annotations

import re

from gongkai.wording.chinese_blanks import GAPS_BETWEEN_CHINESE

# No text: control characters (XML has no place for them) and signs that nobody sees, direction marks too.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\uffff]"
)
_HALF_PAIRS = re.compile("[\ud800-\udfff]")  # halves of characters: json can hold them, no file can
_BLANKS = re.compile(r"\s+")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: its lines that say anything, without blanks that only set Chinese wide.

    >>> paragraphs("　　一是  加强\\u200b 学习，\\n\\n2024 年 完成。")
    ['一是加强学习，', '2024 年完成。']
    """
    return [line for line in map(tidy, text.splitlines()) if line]


def tidy(text: str) -> str:
    """One line of text: blanks of any kind are one space, and none stands between two Chinese characters."""
    text = _HALF_PAIRS.sub("\ufffd", _UNSEEN.sub("", text))
    return GAPS_BETWEEN_CHINESE.sub("", _BLANKS.sub(" ", text)).strip()


def without_blanks(text: str) -> str:
    """A name or a title: no blank at all belongs in it."""
    return tidy(text).replace(" ", "")
