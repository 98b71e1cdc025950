"""The marks of Markdown taken out of its lines, so that a label or a figure reads as it would on the page."""

from __future__ import annotations

import html
import re

from gongkai.documents.intermediate import Block, Line
from gongkai.documents.limits import Budget
from gongkai.documents.text_table import TextTable

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,8});")
# fmt: off
_TAG = re.compile(
    r"</?(?:html|body|head|div|span|p|center|font|b|strong|i|em|u|a|section|article|main|header|footer|nav|sup"
    r"|sub|ul|ol|li|h[1-6]|hr|img|figure|figcaption|blockquote|small|big|mark|o:p)(?=[\s>/])[^<>]*>|<!--.{0,2000}?-->",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"<br\s*/?>|</(?:p|div|li|h[1-6]|center|section|article|blockquote|header|footer|nav)\s*>", re.IGNORECASE
)
# fmt: on
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_IMAGE = re.compile(r"(?<!\\)!\[[^\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(
    r"(?<!\\)\[([^\[\]\n]*)\]\((?:[a-z]+:|[/#.?]|[\w%-]+[./])?[^()\s\u4e00-\u9fa5]*(?:\([^()\s]*\)[^()\s]*)?"
    r"(?:\s+[\"'][^\"'\n]*[\"'])?\)"
)
_STRONG = re.compile(r"(?<!\\)(\*{2,3})([^*\n]+)\1")
_STRONG_UNDERLINED = re.compile(r"(?<![_\\])__(?=[^_\s])([^\n]{0,300}?[^_\s\\])__(?!_)")
_EMPHASIS = re.compile(r"(?<![*\w\\])\*([^*\s](?:[^*\n]*[^*\s\\])?)\*(?![*\w])")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(?=[^\s#\d])")
_HEADING_END = re.compile(r"\s#+\s*$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
# The line under a heading, a line across the page, the fence of a block of code.
_ONLY_MARKS = re.compile(r"\s*(?:={2,}|-{2,}|[*_]{3,}|`{3,}\w*|~{3,}\w*)\s*")
_BREAK_AT_END = re.compile(r"(?<=[^\s|\\])\\$")
_LOOKS_MARKED = re.compile(
    r"^#{1,6} |^[ \t]{0,8}\|?[ \t]{0,8}:?-{3,}:?[ \t]{0,8}\||\\[-.*_#]|&nbsp;|&#\d+;|<br\s?/?>"
    r"|^={4,}[ \t]{0,8}$",
    re.MULTILINE,
)
# No paragraph is longer; a longer line keeps its marks, so that no line can cost a reader's whole time.
_LONGEST_LINE = 50_000
_LOOK_AT_CLOCK = 100_000  # characters between two looks


def has_marks(text: str) -> bool:
    """Whether a text whose name does not say Markdown has its marks all the same."""
    if "#" in text or "|" in text or "\\" in text or "&" in text or "<br" in text or "====" in text:
        return _LOOKS_MARKED.search(text) is not None
    return False


def without_marks(blocks: list[Block], budget: Budget) -> list[Block]:
    """The blocks as a reader of the page sees them: escapes, entities, links and emphasis resolved.

    Lists keep their bullets, tables their pipes. A line with breaks in it becomes several; the numbers of the
    lines behind rise no further than they must.
    """
    found: list[Block] = []
    last = seen = 0
    for block in blocks:
        if isinstance(block, TextTable):
            budget.check_time()
            for row in block.rows:
                row[:] = [cell._replace(text=inline(cell.text)) for cell in row]
        if not isinstance(block, Line):
            found.append(block)
            continue
        seen += len(block.text)
        if seen >= _LOOK_AT_CLOCK:
            budget.check_time()
            seen = 0
        for text in _lines(block.text) if len(block.text) <= _LONGEST_LINE else [block.text]:
            last = max(block.number, last + 1)
            found.append(Line(text, last, block.page))
    return found


def _lines(text: str) -> list[str]:
    """A line without its marks, as the lines it shows."""
    if not text.strip() or _ONLY_MARKS.fullmatch(text):
        return [""]
    text = _BREAK_AT_END.sub("", text.rstrip("\r"))
    text = _QUOTE.sub("", _HEADING_END.sub("", _HEADING.sub("", text))) if text.lstrip()[0] in "#>" else text
    if "<" not in text:
        return [inline(text)]
    if "|" in text:
        return [inline(_BREAK.sub(_gap, text))]
    parts = [inline(part) for part in _BREAK.split(text)]
    return [part for part in parts if part.strip()] or [""]


def _gap(found: re.Match[str]) -> str:
    """What a break within a cell becomes: nothing between Chinese characters, else a space."""
    beside = (
        found.string[max(found.start() - 1, 0) : found.start()] + found.string[found.end() : found.end() + 1]
    )
    return " " if any(character.isascii() for character in beside) else ""


def inline(text: str) -> str:
    """Words without the marks within them.

    >>> inline(r"__1\\.规章__ **12** \\-3 [年报](/nb.html)&nbsp;完")
    '1.规章 12 -3 年报\\xa0完'
    """
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))
    if "__" in text:
        text = _STRONG_UNDERLINED.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", _TAG.sub("", _BREAK.sub(_gap, text)))
    if "\\" in text:
        # A pipe that is escaped is no bar between cells.
        text = _ESCAPE.sub(lambda found: "｜" if found[1] == "|" else found[1], text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text
