"""Pages of the web that a converter has rolled up into one line: parted again where their lines were."""

from __future__ import annotations

import re

from gongkai.documents.intermediate import Block, Line

# No paragraph and no row of a table is as long and has as many tabs, or as many sentences among bars.
LONG = 300  # characters
_MANY_TABS = 100
_TABS_BESIDE_SENTENCES = 20
_MANY_SENTENCES = 3
# Before words only: figures on both sides of a gap are cells of one row.
_WIDE_GAP = re.compile(r"(?<![ \u00a0\u3000])(?:[ \u00a0\u3000]{2,}|\u3000)(?=[\u4e00-\u9fff（(【《*|])")
# The rule below a table's head and the row of blank cells above it, where the whole is one line.
_RULE_WITHIN = re.compile(r"(?:\|\s*)*(?:(?<=\|)\s*:?-{3,}:?\s*\|\s*)+|(?:\|\s*){4,}")
# Bars of the page's layout between a row's label and its first figure.
_BARS_BEFORE_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff）])\s*\|\s*\|\s*(?=\d)")


def unrolled(blocks: list[Block]) -> list[Block]:
    """The blocks with each rolled-up page as the lines it had; numbers rise no further than they must."""
    found: list[Block] = []
    last = 0
    for block in blocks:
        if not isinstance(block, Line):
            found.append(block)
            continue
        for text in _parts(block.text) if len(block.text) > LONG else [block.text]:
            last = max(block.number, last + 1)
            found.append(Line(text, last, block.page))
    return found


def _parts(text: str) -> list[str]:
    tabs, sentences = text.count("\t"), text.count("。")
    if tabs > _MANY_TABS or (tabs > _TABS_BESIDE_SENTENCES and sentences > 1):
        # A tab keeps a blank cell a cell where a line is one cell.
        return [part if part.strip() else "\t" for part in text.split("\t") if part]
    if text.lstrip().startswith("|") and sentences >= _MANY_SENTENCES:
        plain = _BARS_BEFORE_FIGURE.sub(" | ", _RULE_WITHIN.sub("  | ", text.strip().strip("|")))
        return [part for part in _WIDE_GAP.split(plain) if part.strip(" |")]
    return [text]
