"""What is printed between the parts of one table, in every format: 续表, （接上页）, a blank."""

from __future__ import annotations

import re

from gongkai.documents.intermediate import Block, Line, Table

_MARK = re.compile(
    r"[（(【\[]?\s*(?:[接续]\s*上?\s*[表页]|表\s*[一二三四\d]*\s*[（(]\s*续\s*[）)])"
    r"\s*[一二三四\d]*\s*[)）】\]]?[:：]?"
)


def without_marks_of_continuation(blocks: list[Block]) -> list[Block]:
    """The blocks without lines between two tables that say only that the table goes on."""
    kept: list[Block] = []
    behind_table = False
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            behind_table = True
        elif block.text.strip() and not (behind_table and _is_mark(block, blocks, index)):
            behind_table = False
        elif block.text.strip():
            continue
        kept.append(block)
    return kept


def _is_mark(line: Line, blocks: list[Block], index: int) -> bool:
    if not _MARK.fullmatch(line.text.strip()):
        return False
    following = next((b for b in blocks[index + 1 :] if isinstance(b, Table) or b.text.strip()), None)
    return isinstance(following, Table)
