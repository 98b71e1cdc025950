"""Tables of a page: those that only arrange it are taken apart, none lies in another."""

from __future__ import annotations

from gongkai.documents.publishing.page_blocks import (
    Block,
    ListOf,
    PageTable,
    Paragraph,
    Run,
    TableCell,
    lines_of,
    paragraphs,
    tidy,
)
from gongkai.documents.table_grid import only_arranges


def settled(rows: list[list[TableCell]]) -> list[Block]:
    """A table as blocks: itself, what is in it where it only arranges the page, nothing where it is blank."""
    while rows and not rows[-1]:
        rows = rows[:-1]
    cells = [cell for row in rows for cell in row]
    if not any(True for cell in cells for one in paragraphs(cell.blocks) if one.runs):
        return []
    nested = [[block for block in cell.blocks if isinstance(block, PageTable)] for cell in cells]
    inside = sum(_characters([table]) for tables in nested for table in tables)
    total = sum(_characters(cell.blocks) for cell in cells)
    if only_arranges(len(cells), sum(map(bool, nested)), total, inside):
        return [block for cell in cells for block in cell.blocks]
    for cell in cells:
        cell.blocks = _level(cell.blocks)
    left = len(rows)
    for row in rows:
        for cell in row:
            cell.rowspan = min(cell.rowspan or left, left)
            cell.colspan = max(1, cell.colspan)
        left -= 1
    return [PageTable(rows)]


def _characters(blocks: list[Block]) -> int:
    return sum(len(one.text) for one in paragraphs(blocks))


def _level(blocks: list[Block]) -> list[Block]:
    """What a cell holds, its tables as lines, wherever they lie."""
    level: list[Block] = []
    for block in blocks:
        if isinstance(block, PageTable):
            rows = (tidy([Run(line.replace("\t", " "))]) for line in lines_of([block]))
            level += [Paragraph(runs) for runs in rows if runs]
        elif isinstance(block, ListOf):
            block.items = [_level(item) for item in block.items]
            level.append(block)
        else:
            level.append(block)
    return level
