"""Where a line of a pdf must not end. A pdf knows lines, no paragraphs: a reader puts these together by their
ends, so a line inside a paragraph may not look like the end of one, nor the next like the beginning."""

from __future__ import annotations

import re
from typing import NamedTuple

# Behind these a paragraph may end: the reader believes so.
_SENTENCE_END = frozenset("。！？；：!?;:”")
# With these a paragraph or a heading begins.
_BEGINNING = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:部分)?\s*[、.．:：]|\d{1,2}\s*[、.．](?!\d)|[(（][一二三四五六七八九十\d]{1,2}[)）]"
    r"|概述|概况|(?:总体|基本)(?:工作)?(?:情况|概况)|(?:主动公开|收到和?|收到及|因?涉?及?)政府信息|政府信息公开"
    r"|(?:工作)?(?:中)?(?:存在|面临)的?|其[他它]需要|需要(?:报告|说明)"
    r"|(?:https?|file)://|about:"  # alone on a line it is taken for what a browser prints on a page
)
# A last line as short as this could be taken for a page number.
_SHORTEST_LAST_LINE = 4
# A line that ends between two Latin words loses the blank between them, so a few words stay on one line; a
# line read as the end of its paragraph has fewer than 15 characters, so no more than these are kept together.
_LATIN_WORDS = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)+")
_LONGEST_WORDS = 22
_LONGEST_WORD = 24
_LONG_WORDS = re.compile(r"[\x20-\x7e]{18}")
_CLOSING = frozenset("，。、；：！？）》」』】〕”’,.;:!?)]}%％°℃…—")
_OPENING = frozenset("（《「『【〔“‘([{")


class Piece(NamedTuple):
    """A stretch of a paragraph; `whole`: no line may end within."""

    text: str
    whole: bool


def pieces(text: str) -> list[Piece]:
    """The paragraph cut into stretches that lines may break and stretches that they may not.

    >>> [piece.text for piece in pieces("公开信息12条。其他信息另行公布于网站") if piece.whole]
    ['条。其', '布于网站']
    """
    joined = _joined(text)
    edges = [i for i in range(len(text)) if i not in joined and (i == 0 or {i - 1, i + 1} & joined)]
    ends = [*edges[1:], len(text)]
    return [Piece(text[i:end], i + 1 in joined) for i, end in zip(edges, ends, strict=False)]


def ragged(text: str) -> bool:
    """Whether long words or addresses would make justified lines gape."""
    return _LONG_WORDS.search(text) is not None


def _joined(text: str) -> set[int]:
    """The positions at which no line may end, with those at which none would end by itself beside them."""
    forbidden = {i + 1 for i, character in enumerate(text) if character in _SENTENCE_END}
    forbidden.update(match.start() for match in _BEGINNING.finditer(text))
    forbidden.update(range(len(text) - _SHORTEST_LAST_LINE + 1, len(text)))
    joined: set[int] = set()
    for words in _LATIN_WORDS.finditer(text):
        if len(words.group()) <= _LONGEST_WORDS:
            joined.update(range(words.start() + 1, words.end()))
    for position in forbidden:
        if 0 < position < len(text):
            joined.add(position)
            for step in (-1, 1):
                at = position + step
                while 0 < at < len(text) and abs(at - position) < _LONGEST_WORD and _sticks(text, at):
                    joined.add(at)
                    at += step
    return joined


def _sticks(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    return (
        after in _CLOSING
        or before in _OPENING
        or (before.isascii() and after.isascii() and before != " " and after != " ")
    )
