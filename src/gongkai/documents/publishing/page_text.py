"""Plain text and Markdown to the blocks of a page: lines are paragraphs, blanks say where they stand."""

from __future__ import annotations

import re

from gongkai.documents.intermediate import Line, Table
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.page_blocks import Block, ListOf, PageTable, Paragraph, Run, TableCell, tidy
from gongkai.documents.publishing.page_tables import settled
from gongkai.documents.publishing.pasted_html import visible
from gongkai.documents.text import decode, read_text

_MARKDOWN = (".md", ".markdown")
_HEADINGS = {1: "h2", 2: "h2", 3: "h3", 4: "h4", 5: "h5", 6: "h5"}
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*\Z")
_BULLET = re.compile(r"\s{0,8}[-*+]\s+(?=\S)")
_SHORT, _MIDDLE, _RIGHT = 40, 8, 24  # characters of a line that is put somewhere; blanks before it


def blocks_of_text(content: bytes, name: str, budget: Budget) -> list[Block]:
    """The lines of a text as paragraphs; of Markdown also its headings, lists and tables."""
    is_markdown = name.lower().endswith(_MARKDOWN)
    headings = _markdown_headings(decode(content)[0]) if is_markdown else {}
    blocks: list[Block] = []
    for block in read_text(content, name, budget).blocks:
        budget.check_time()
        if isinstance(block, Table):
            blocks += _table(block)
        elif is_markdown:
            _markdown_line(block, headings, blocks)
        elif runs := tidy([Run(visible(block.text))]):
            blocks.append(Paragraph(runs, cls=_place(block.text)))
    return blocks


def _place(line: str) -> str:
    """Where a short line stands: far in from the left is the right, less far the middle."""
    blanks = sum(2 if character in "\u3000\t" else 1 for character in line[: len(line) - len(line.lstrip())])
    if len(line.strip()) > _SHORT or blanks < _MIDDLE:
        return ""
    return "right" if blanks >= _RIGHT else "centre"


def _markdown_headings(text: str) -> dict[str, str]:
    found = {}
    for line in text.splitlines():
        words = line.lstrip("#")
        depth = len(line) - len(words)
        if 1 <= depth <= 6 and words.startswith(" "):
            found[words.strip(" #")] = _HEADINGS[depth]
    return found


def _markdown_line(line: Line, headings: dict[str, str], blocks: list[Block]) -> None:
    text = line.text.strip()
    runs = tidy([Run(visible(text))])
    last = blocks[-1] if blocks else None
    if not runs:
        return
    if text.startswith("|") and isinstance(last, PageTable):
        last.rows.append(_cells(text, False))
    elif _RULE.match(text) and "|" in text and isinstance(last, Paragraph) and last.text.startswith("|"):
        blocks[-1] = PageTable([_cells(last.text, True)])
    elif bullet := _BULLET.match(line.text):
        if not isinstance(last, ListOf):
            blocks.append(ListOf(False))
            last = blocks[-1]
        assert isinstance(last, ListOf)
        last.items.append([Paragraph(tidy([Run(visible(line.text[bullet.end() :]))]))])
    else:
        blocks.append(Paragraph(runs, headings.get(text, "p")))


def _cells(line: str, header: bool) -> list[TableCell]:
    return [_cell(text, header) for text in line.strip().strip("|").split("|")]


def _cell(text: str, header: bool = False, rowspan: int = 1, colspan: int = 1) -> TableCell:
    runs = tidy([Run(visible(text))])
    return TableCell([Paragraph(runs)] if runs else [], header, rowspan, colspan)


def _table(table: Table) -> list[Block]:
    return settled(
        [[_cell(cell.text, False, cell.rowspan, cell.colspan) for cell in row] for row in table.rows]
    )
