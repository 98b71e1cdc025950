"""Tables in html within a text or Markdown file, as converters write those with merged cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from gongkai.documents.intermediate import Block, Line
from gongkai.documents.limits import Budget
from gongkai.documents.text_table import TextTable

_TABLE = re.compile(r"<(/?)table(?=[\s>/])[^<>]*>?", re.IGNORECASE)
_PART_OF_TABLE = re.compile(r"</?(?:t[rdh]|tbody|thead|tfoot)(?=[\s>/])[^<>]*>?", re.IGNORECASE)
# How far behind the row before a row's words are looked for: rows of a form are some hundred characters.
_NEAR = 20_000


def has_html_table(text: str) -> bool:
    """Whether a text holds a table in html."""
    return "<t" in text.lower() and bool(_TABLE.search(text)) and bool(_PART_OF_TABLE.search(text))


def with_html_tables(lines: list[Line], budget: Budget) -> list[Block]:
    """The lines with each stretch from `<table` to `</table>` read as a page of the web would be.

    Lines keep their numbers as far as these can rise from block to block; rows know the lines they begin in.
    """
    blocks: list[Block] = []
    last = 0
    for stretch in _stretches(lines):
        budget.check_time()
        if isinstance(stretch, Line):
            line = stretch._replace(number=max(stretch.number, last + 1))
            last = line.number
            blocks.append(line)
            continue
        for block in _read(stretch, budget):
            if isinstance(block, Line):
                block = block._replace(number=max(block.number, last + 1))
                last = block.number
            blocks.append(block)
    return blocks


def _stretches(lines: list[Line]) -> Iterator[Line | list[Line]]:
    """The lines outside tables, and those of each table together; a line is cut at a table's two ends."""
    inside: list[Line] = []
    depth = 0
    for line in lines:
        start = 0
        for tag in _TABLE.finditer(line.text):
            if not tag[1]:
                depth += 1
                if depth == 1:
                    if line.text[start : tag.start()].strip():
                        yield line._replace(text=line.text[start : tag.start()])
                    start = tag.start()
            elif depth:
                depth -= 1
                if depth == 0:
                    yield [*inside, line._replace(text=line.text[start : tag.end()])]
                    inside = []
                    start = tag.end()
        rest = line.text[start:]
        if depth:
            inside.append(line._replace(text=rest))
        elif rest.strip() or start == 0:
            yield line._replace(text=rest)
    yield from _unfinished(inside)


def _unfinished(inside: list[Line]) -> Iterator[Line | list[Line]]:
    """A table that the file breaks off in ends with the last part of a table."""
    end = len(inside)
    while end and not _PART_OF_TABLE.search(inside[end - 1].text):
        end -= 1
    if end:
        yield inside[:end]
    yield from inside[end:]


def _read(lines: list[Line], budget: Budget) -> Iterable[Block]:
    from gongkai.documents.html import read_html

    source = "\n".join(line.text for line in lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text) + 1)
    at = 0
    for block in read_html(source.encode("utf-8", "replace"), "", budget).blocks:
        if isinstance(block, Line):
            at = _found(source, [block.text], at)
            yield Line(block.text, lines[bisect_right(starts, at) - 1].number, lines[0].page)
            continue
        row_lines: list[int] = []
        for row in block.rows:
            at = _found(source, [text for cell in row if (text := cell.text.split("\n")[0].strip())], at)
            row_lines.append(lines[bisect_right(starts, at) - 1].number)
        yield TextTable(block.number, block.rows, lines[0].page, row_lines=row_lines)


def _found(source: str, words: list[str], start: int) -> int:
    """Where the first of the words that stands as it is in the source stands; `start` where none does."""
    for text in words:
        if (at := source.find(text, start, start + _NEAR)) >= 0:
            return at
    return start
