"""Several reports in one file: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gongkai.annual.interpreting import naming, narrative, requests_table, statistics_table
from gongkai.annual.interpreting.figures import FIGURE
from gongkai.annual.interpreting.pieces import Piece
from gongkai.annual.interpreting.words import Words
from gongkai.documents import Document, DocumentError
from gongkai.documents.intermediate import Block, Cell, Line, Place, Table

# A report's sections that stand behind its first: so many of them, and the first again is another report.
FEWEST_SECTIONS_BEHIND = 3
FEWEST_FIGURES = 10
FIRST_SECTION = "overview"
_FIRST_WORDS = re.compile("总体|概况|概述|基本情况")  # one is in every heading of the first section
LONGEST_HEADING_LINE = 60

Rows = tuple[int, int]


def between_tables(
    pieces: Sequence[Piece], tables: Sequence[requests_table.Located | statistics_table.Located]
) -> list[Rows]:
    """The rows between which one report ends and the next begins: from one's table to the next one's."""
    return [(pieces[one.end - 1].row, pieces[next_.start].row) for one, next_ in pairwise(tables)]


def between_sections(document: Document, pieces: Sequence[Piece], words: Words) -> list[Rows]:
    """The same by the headings of the form: the first section again after several that follow it.

    A report whose table 3 is lost is told by them from the one beside it. A list of contents has the headings
    too, but no figures among them: there is no report in it.
    """
    if len(_FIRST_WORDS.findall(words.text)) < 2:  # nearly every file: no need to look at its lines
        return []
    rows = _first_rows(document)
    first, sections = 0, dict[str, int]()
    stretches: list[tuple[int, dict[str, int]]] = []  # the row of each first section, and those behind it
    for block, row in zip(document.blocks, rows, strict=True):
        code = _section_begun(block)
        if code == FIRST_SECTION:
            stretches.append((first, sections))
            first, sections = row, {}
        elif code is not None:
            sections[code] = row
    stretches.append((first, sections))
    figures = [piece.row for piece in pieces if piece.kind is FIGURE]
    reports: list[Rows] = []  # of each report the rows of its first heading and of its last
    for start, behind in stretches:
        if len(behind) >= FEWEST_SECTIONS_BEHIND:
            last = max(behind.values())
            if sum(start < row < last for row in figures) >= FEWEST_FIGURES:
                reports.append((start, last))
    return [(one[1], next_[0]) for one, next_ in pairwise(reports)]


def _section_begun(block: Block) -> str | None:
    """The section whose heading the line is."""
    if not isinstance(block, Line) or len(block.text) > LONGEST_HEADING_LINE:
        return None
    heading = narrative.heading_of(block.text.strip(), block.place)
    return heading.code if heading and not heading.paren else None


def divide(document: Document, borders: Sequence[Rows]) -> list[Document]:
    """The document cut before the title, or the first section, that stands within each pair of rows.

    Raises `DocumentError`: `two_reports` where neither is to be found.
    """
    document = replace(document, blocks=_with_borders_free(document, borders))
    row_of_block = _first_rows(document)
    cuts = [0]
    for low, high in borders:
        cut = _cut_between(document, row_of_block, low, high)
        if cut is None:
            raise DocumentError(
                "two_reports",
                "文件里有两份年度报告的表格，但找不到第二份从哪里开始：请分成两个文件。",
                "the tables of two annual reports, but no title between them: split the file",
            )
        cuts.append(cut)
    cuts.append(len(document.blocks))
    return [replace(document, blocks=document.blocks[a:b]) for a, b in pairwise(cuts)]


def _first_rows(document: Document) -> list[int]:
    """For each block the number of its first row, as `pieces_of` counts."""
    rows: list[int] = []
    row = 1
    for block in document.blocks:
        rows.append(row)
        row += len(block.rows) if isinstance(block, Table) else 1
    return rows


def _with_borders_free(document: Document, borders: Sequence[Rows]) -> list[Block]:
    """The blocks, those that hold the end of one report and the beginning of the next taken apart.

    A csv file is one table from beginning to end: its rows of one cell are the lines between the tables.
    """
    blocks: list[Block] = []
    for block, first in zip(document.blocks, _first_rows(document), strict=True):
        if isinstance(block, Table) and any(
            first <= low < high < first + len(block.rows) for low, high in borders
        ):
            blocks += _apart(block)
        else:
            blocks.append(block)
    return blocks


def _apart(table: Table) -> list[Block]:
    parts: list[Block] = []
    rows: list[list[Cell]] = []
    for row in table.rows:
        if sum(bool(cell.text.strip()) for cell in row) == 1:
            if rows:
                parts.append(replace(table, rows=rows))
            parts.append(replace(table, rows=[row]))
            rows = []
        else:
            rows.append(row)
    return [*parts, replace(table, rows=rows)] if rows else parts


def _line_of(block: Block) -> tuple[str, Place] | None:
    """The text of a line, or of a row of one cell that stands by itself, and its place."""
    if isinstance(block, Line):
        return block.text.strip(), block.place
    filled = [cell for row in block.rows[:2] for cell in row if cell.text.strip()]
    return (filled[0].text.strip(), block.place(filled[0])) if len(block.rows) == len(filled) == 1 else None


def _cut_between(document: Document, rows: list[int], low: int, high: int) -> int | None:
    """The block that begins the second report: its title, else its first section, else another worksheet."""
    inside = [i for i, row in enumerate(rows) if low < row <= high]
    lines = [(i, *line) for i in inside if (line := _line_of(document.blocks[i])) is not None]
    first_section = next(
        (
            i
            for i, text, place in reversed(lines)
            if (heading := narrative.heading_of(text, place)) and heading.code == FIRST_SECTION
        ),
        None,
    )
    candidates = [(i, text) for i, text, _ in lines if first_section is None or i < first_section]
    title = naming.find_title([text for _, text in candidates])
    if title is not None and "公开" in title[0]:
        return candidates[title[1]][0]
    if first_section is not None:
        return first_section
    return next(
        (
            i
            for i in inside
            if isinstance(b := document.blocks[i], Table)
            and b.sheet
            and rows[i] > low
            and _new_sheet(document.blocks, i)
        ),
        None,
    )


def _new_sheet(blocks: Sequence[Block], index: int) -> bool:
    before = blocks[index - 1] if index else None
    block = blocks[index]
    return isinstance(before, Table) and isinstance(block, Table) and before.sheet != block.sheet
