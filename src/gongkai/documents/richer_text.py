"""What a text file holds besides lines: tables in html, tables drawn with characters, marks of Markdown."""

from __future__ import annotations

from gongkai.documents.drawn_tables import may_be_drawn, with_drawn_tables
from gongkai.documents.html_in_text import has_html_table, with_html_tables
from gongkai.documents.intermediate import Block, Line, Table
from gongkai.documents.limits import Budget
from gongkai.documents.markdown import has_marks, without_marks
from gongkai.documents.rolled_lines import LONG, unrolled


def richer_blocks(text: str, lines: list[Line], markdown: bool, budget: Budget) -> list[Block]:
    """The lines of `text` with its tables as `TextTable`s and its marks taken out; numbered in order."""
    blocks: list[Block] = list(lines)
    html = has_html_table(text)
    if html:
        blocks = with_html_tables(lines, budget)
    if any(len(line.text) > LONG for line in lines):
        blocks = unrolled(blocks)
    if may_be_drawn(text):
        blocks = with_drawn_tables(blocks, budget)
    if markdown or html or has_marks(text):
        blocks = without_marks(blocks, budget)
    for number, table in enumerate((block for block in blocks if isinstance(block, Table)), 1):
        table.number = number
    return blocks
