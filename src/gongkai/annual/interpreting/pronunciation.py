"""Pages of mirror sites, which put the sound of characters in brackets behind them: 規(guī)范性文件."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.documents.intermediate import Block, Document, Line, Table

# A report holds none; a mirrored page some for each paragraph.
FEWEST = 5
_SOUND = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê]{1,7}[)）]")
# Such sites also lose the spaces that are no plain ones: "? 0", "????一、".
_LOST_SPACES = re.compile(r"^[?\s]*\?+\s*|(?<=[|\t])\s*\?+\s*")


def without_pronunciation(document: Document) -> Document:
    """The document without the sounds; itself where it has none."""
    count = 0
    for block in document.blocks:
        if isinstance(block, Line):
            count += len(_SOUND.findall(block.text)) if "(" in block.text or "（" in block.text else 0
        else:
            count += sum(len(_SOUND.findall(cell.text)) for row in block.rows for cell in row)
        if count >= FEWEST:
            return replace(document, blocks=[_cleaned(block) for block in document.blocks])
    return document


def _cleaned(block: Block) -> Block:
    if isinstance(block, Table):
        rows = [[cell._replace(text=_plain(cell.text)) for cell in row] for row in block.rows]
        return replace(block, rows=rows)
    return block._replace(text=_plain(block.text))


def _plain(text: str) -> str:
    return _LOST_SPACES.sub("", _SOUND.sub("", text))
