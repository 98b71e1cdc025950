"""Page furniture: page numbers, running headers and footers, and what browsers print around a page."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from gongkai.documents.pdf.page_layout import PageTable, TextLine

EDGE = 0.12  # of the page's height, at its top and bottom, where furniture stands
DEPTH = 4  # lines of furniture at one edge of a page
SAME_HEIGHT = 0.003  # of the page's height; a running header stands equally high on every page
CELLS = 3  # of one line: that many cells are a row of a table without lines
_DASH = r"[-—–－―﹣_·•~～]"
# A number that says it is a page number: `- 3 -`, `—3—`, `第3页`, `第 3 页 共 5 页`, `3 / 5`, `Page 3 of 5`.
_DECORATED = re.compile(
    rf"(?:{_DASH}+\s*\d{{1,3}}\s*{_DASH}+"
    r"|第?\s*\d{1,3}\s*页\s*[,，/]?\s*(?:[（(]?\s*共\s*\d{1,3}\s*页\s*[)）]?)?"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}|(?i:page)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?)"
)
# What browsers print at the foot of a page, `https://…/t123.html   2/3`, and at its top, `2026/1/21 17:21 …`.
_ADDRESS = re.compile(r"(?:https?://\S+|file:\S+|about:blank)\s+\d{1,3}\s*/\s*\d{1,3}")
_PRINTED_AT = re.compile(
    r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\s*[,，]?\s*(?:[上下]午\s*)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AP]M)?\s*"
)
_BARE = re.compile(r"\d{1,3}")
_NUMBER = re.compile(r"\d+")
# Where a number of a running line may count the pages; 共收到3件 says something else.
_PAGE_NUMBER = re.compile(r"(?:(?<=第)|(?<=第\s)|(?<!\w))\d{1,3}(?=\s*页|(?!\w))")

Page = list[TextLine | PageTable]


def without_furniture(pages: list[Page]) -> list[Page]:
    """The pages without their page numbers and without lines that stand on every page.

    A running header is kept once, at the top of the first page, where it often is all that names the
    organ; anywhere else it would part a table from its rest. A bare number is a page number only where it
    counts with the pages: a lone figure at the foot of a page may belong to a table without lines.
    """
    running = _running(pages)
    kept = [_without_outer(page, running, number == 1) for number, page in enumerate(pages, 1)]
    numbers = _page_numbers(kept)
    return [[item for item in page if id(item) not in numbers] for page in kept]


def _without_outer(page: Page, running: set[int], first: bool) -> Page:
    dropped: set[int] = set()
    for lines, foot in ((_edge(page, foot=False), False), (_edge(page, foot=True), True)):
        for line in lines:
            printed = not foot and _PRINTED_AT.match(line.text)
            if printed:
                line.text = line.text[printed.end() :]
            if first and not foot and id(line) in running and line.text:
                continue
            if line.text and id(line) not in running and not _says_it_is_furniture(line.text):
                break
            dropped.add(id(line))
    return [item for item in page if id(item) not in dropped]


def _says_it_is_furniture(text: str) -> bool:
    return bool(_DECORATED.fullmatch(text) or _ADDRESS.fullmatch(text))


def _edge(page: Page, foot: bool) -> list[TextLine]:
    """The first (or last) lines of a page that stand at its very edge, from the outermost inwards."""
    found: list[TextLine] = []
    for item in reversed(page) if foot else page:
        if not isinstance(item, TextLine) or len(found) == DEPTH:
            break
        if item.top <= (1 - EDGE) * item.page_height if foot else item.bottom >= EDGE * item.page_height:
            break
        found.append(item)
    return found


def _running(pages: list[Page]) -> set[int]:
    """The lines that stand at the same place of an edge on two pages in a row, by identity."""
    found: set[int] = set()
    for foot in (False, True):
        for before, after in pairwise([_edge(page, foot) for page in pages]):
            for line in before:
                for other in after:
                    if _equally_high(line, other) and _goes_on(line.text, other.text):
                        found.update((id(line), id(other)))
    return found


def _equally_high(line: TextLine, other: TextLine) -> bool:
    return abs(line.top / line.page_height - other.top / other.page_height) <= SAME_HEIGHT


def _goes_on(text: str, following: str) -> bool:
    """Whether two pages show the same line: the same words, its numbers the same or counting pages."""
    if _NUMBER.sub("#", text) != _NUMBER.sub("#", following):
        return False
    if text.count("\t") + 1 >= CELLS and _NUMBER.search(text):
        return False  # a row of figures; a head without figures printed again is furniture
    may_count = {match.start() for match in _PAGE_NUMBER.finditer(text)}
    counts = False
    for one, other in zip(_NUMBER.finditer(text), _NUMBER.finditer(following), strict=True):
        if one[0] != other[0]:
            if one.start() not in may_count or int(other[0]) - int(one[0]) != 1:
                return False
            counts = True
    return counts or bool(re.search(r"[^\W\d_]", text))


def _page_numbers(pages: list[Page]) -> set[int]:
    """The bare numbers at the edges that count with the pages, by identity."""
    outer = [[*_edge(page, foot=False)[:1], *_edge(page, foot=True)[:1]] for page in pages]
    bare = [(n, line) for n, lines in enumerate(outer, 1) for line in lines if _BARE.fullmatch(line.text)]
    offsets = Counter(int(line.text) - number for number, line in bare)
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    if count == 1 and offset != 0:
        return set()
    return {id(line) for number, line in bare if int(line.text) - number == offset}
