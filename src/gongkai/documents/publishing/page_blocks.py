"""What a page for publication is made of: a small set of blocks and marks, and the one way to write them.

Everything that becomes a page (Word files, pasted html, plain text) becomes these first, so that all pages
speak the same few elements and classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import NamedTuple

# Classes of paragraphs: the title, lines in the middle, lines at the right (signature, date), footnotes, and
# lines that begin at the left edge (who is written to).
CLASSES = frozenset(("title", "centre", "right", "footnote", "flush"))
HEADINGS = ("h2", "h3", "h4", "h5")
MARKS = ("strong", "em", "u")  # in the order in which they are written, the outermost first
MAX_COLSPAN, MAX_ROWSPAN = 100, 2_000
FOOTNOTE = re.compile(r"#(fn|fnref)-(\d{1,4})\Z")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_WORDS = re.compile(r"[ \n]+|[^ \n]+")


class Run(NamedTuple):
    """Text under the same marks. A line break is "\\n". Of a picture: its number, and its alt as the text."""

    text: str
    marks: frozenset[str] = frozenset()
    script: str = ""  # sup, sub
    href: str = ""
    image: int = 0


@dataclass(slots=True)
class Paragraph:
    """A paragraph (`tag` p) or heading (h2 to h5).

    `size` (half points, 0 unknown), `red` and `titled` (styled as a title) are of the file it comes from, not
    written: they tell which line is the title.
    """

    runs: list[Run]
    tag: str = "p"
    cls: str = ""
    size: int = 0
    red: bool = False
    titled: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs if not run.image)


@dataclass(slots=True)
class ListOf:
    """A list; each item is the blocks in it."""

    ordered: bool
    items: list[list[Block]] = field(default_factory=list)
    start: int = 1


@dataclass(slots=True)
class TableCell:
    blocks: list[Block]
    header: bool = False
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class PageTable:
    rows: list[list[TableCell]]


Block = Paragraph | ListOf | PageTable


def tidy(runs: list[Run]) -> list[Run]:
    """Runs of one look joined, blanks and line breaks drawn together, none at the ends."""
    joined: list[Run] = []
    pending: Run | None = None  # the blank before the next word, in the look it was written in
    for run in runs:
        if run.image:
            _append(joined, pending)
            pending = None
            joined.append(run)
            continue
        for piece in _WORDS.findall(_SPACES.sub(" ", run.text)):
            if piece.strip(" \n"):
                _append(joined, pending)
                pending = None
                _append(joined, run._replace(text=piece))
            elif joined and (pending is None or (pending.text == " " and "\n" in piece)):
                pending = run._replace(text="\n" if "\n" in piece else " ")
    return _trimmed(joined)


def _append(joined: list[Run], run: Run | None) -> None:
    if run is None:
        return
    before = joined[-1] if joined else None
    if before is not None and not before.image and before[1:] == run[1:]:
        joined[-1] = before._replace(text=before.text + run.text)
    else:
        joined.append(run)


def _trimmed(runs: list[Run]) -> list[Run]:
    while runs and not runs[0].image and not runs[0].text.lstrip(" \n\u3000"):
        runs = runs[1:]
    while runs and not runs[-1].image and not runs[-1].text.rstrip(" \n\u3000"):
        runs = runs[:-1]
    if runs and not runs[0].image:
        runs = [runs[0]._replace(text=runs[0].text.lstrip(" \n\u3000")), *runs[1:]]
    if runs and not runs[-1].image:
        runs = [*runs[:-1], runs[-1]._replace(text=runs[-1].text.rstrip(" \n\u3000"))]
    return runs


def html_of(blocks: list[Block]) -> str:
    """The blocks as html, one on a line."""
    return "\n".join(_Writer().block(block) for block in blocks)


class _Writer:
    """Writes one page; gives footnotes and their references their ids, each once."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def block(self, block: Block) -> str:
        if isinstance(block, PageTable):
            return self._table(block)
        if isinstance(block, ListOf):
            items = "".join(f"<li>{self._content(item, '')}</li>" for item in block.items)
            start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}{start}>{items}</{tag}>"
        return self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> str:
        cls = f' class="{block.cls}"' if block.cls else ""
        inside = self._runs(block.runs)
        back = FOOTNOTE.match(block.runs[0].href) if block.cls == "footnote" and block.runs else None
        name = self._id(f"fn-{back[2]}") if back and back[1] == "fnref" else ""
        return f"<{block.tag}{cls}{name}>{inside}</{block.tag}>"

    def _id(self, name: str) -> str:
        if name in self._ids:
            return ""
        self._ids.add(name)
        return f' id="{name}"'

    def _content(self, blocks: list[Block], cls: str) -> str:
        """What an item or cell holds: bare text where it is one paragraph, with nothing but lists behind."""
        first = blocks[0] if blocks else None
        if (
            isinstance(first, Paragraph)
            and first.cls == cls
            and not any(isinstance(one, Paragraph) for one in blocks[1:])
        ):
            return self._runs(first.runs) + "".join(self.block(one) for one in blocks[1:])
        return "".join(self.block(one) for one in blocks)

    def _table(self, table: PageTable) -> str:
        head = _head_rows(table)
        written = [self._row(row, number < head) for number, row in enumerate(table.rows)]
        parts = [f"<thead>{''.join(written[:head])}</thead>"] if head else []
        if written[head:]:
            parts.append(f"<tbody>{''.join(written[head:])}</tbody>")
        return f"<table>{''.join(parts)}</table>"

    def _row(self, row: list[TableCell], in_head: bool) -> str:
        return f"<tr>{''.join(self._cell(cell, in_head) for cell in row)}</tr>"

    def _cell(self, cell: TableCell, in_head: bool) -> str:
        tag = "th" if cell.header else "td"
        only = cell.blocks[0] if len(cell.blocks) == 1 else None
        cls = only.cls if isinstance(only, Paragraph) and only.cls in ("centre", "right") else ""
        said = f' class="{cls}"' if cls else ""
        said += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        said += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        if cell.header:
            said += f' scope="{"col" if in_head else "row"}"'
        return f"<{tag}{said}>{self._content(cell.blocks, cls)}</{tag}>"

    def _runs(self, runs: list[Run]) -> str:
        pieces = []
        for href, group in groupby(runs, lambda run: run.href):
            inside = "".join(_run(run) for run in group)
            note = FOOTNOTE.match(href)
            name = self._id(f"fnref-{note[2]}") if note and note[1] == "fn" else ""
            pieces.append(f'<a href="{escape(href)}"{name}>{inside}</a>' if href else inside)
        return "".join(pieces)


def _run(run: Run) -> str:
    if run.image:
        return f'<img src="image:{run.image}" alt="{escape(run.text)}">'
    text = escape(run.text, quote=False).replace("\n", "<br>")
    for mark in reversed([*(mark for mark in MARKS if mark in run.marks), *filter(None, [run.script])]):
        text = f"<{mark}>{text}</{mark}>"
    return text


def _head_rows(table: PageTable) -> int:
    """How many rows at the top are all header cells; none where one of them reaches below."""
    head = 0
    for row in table.rows:
        if not row or not all(cell.header for cell in row):
            break
        head += 1
    reaches = max((number + cell.rowspan for number in range(head) for cell in table.rows[number]), default=0)
    return head if reaches <= head else 0


def paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    """All paragraphs in order, those of lists and tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, ListOf):
            for item in block.items:
                yield from paragraphs(item)
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs(cell.blocks)


def lines_of(blocks: list[Block]) -> Iterator[str]:
    """The text, a line a block; a row of a table is one line, its cells set apart by tabs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, ListOf):
            for item in block.items:
                yield from lines_of(item)
        else:
            for row in block.rows:
                yield "\t".join(" ".join(" ".join(lines_of(cell.blocks)).split("\n")) for cell in row)
