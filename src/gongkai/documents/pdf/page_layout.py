"""A page as lines and tables in reading order: each character goes into its cell, or into a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.documents.intermediate import Cell
from gongkai.documents.limits import Budget
from gongkai.documents.pdf.columns import column_beginnings
from gongkai.documents.pdf.grids import Grid, Region, find_grids
from gongkai.documents.pdf.page_content import Char, Content
from gongkai.documents.pdf.rulings import rulings
from gongkai.documents.pdf.text_lines import TextLine, line_text, text_line, visual_lines

__all__ = ["PageTable", "TextLine", "lay_out"]

RUN_GAP = 0.5  # of a character's height: characters closer than that are one run of text
CELL_GAP = 0.15  # of a character's height: a gap that may part two cells within a run
CELL_PADDING = 5.5  # points that programs leave at each side of a cell
UNFILLED = 2.5  # characters; room that a line's end may leave where the next word did not fit
_FIGURE = re.compile(r"[\d.,]+")


@dataclass(slots=True)
class PageTable:
    """A ruled table, where it stands on its (first) page, and its upright lines in points.

    `row_pages` is the page of each row, set where the table runs over pages. `full_cells` are the cells
    (row, text) whose last line has no room for more: their text may go on over the page's end.
    """

    rows: list[list[Cell]]
    top: float
    xs: list[float]
    row_pages: list[int] | None = None
    full_cells: set[tuple[int, str]] = field(default_factory=set)

    @property
    def left(self) -> float:
        return self.xs[0]


def lay_out(content: Content, budget: Budget) -> list[TextLine | PageTable]:
    """The page's lines and tables from top to bottom. Every character is in exactly one of them."""
    grids = find_grids(*rulings(content.segments, budget), budget)
    budget.check_time()
    cells: list[dict[Region, list[Char]]] = [{} for _ in grids]
    outside: list[Char] = []
    for char, place in _places(content.chars, grids):
        if place is None:
            outside.append(char)
        else:
            cells[place[0]].setdefault(place[1], []).append(char)
    budget.check_time()
    lines = visual_lines(outside)
    beginnings = column_beginnings(lines)
    items: list[TextLine | PageTable] = [text_line(line, content.height, beginnings) for line in lines]
    for grid, filled in zip(grids, cells, strict=True):
        if filled:
            items.append(_table(grid, filled))
    return sorted(items, key=lambda item: (item.top, item.left))


Place = tuple[int, Region]


def _places(chars: list[Char], grids: list[Grid]) -> Iterator[tuple[Char, Place | None]]:
    """Each character with its grid and cell. A run of text that a line cuts through stays in one cell."""
    for run in _runs(chars):
        places = [_place(char, grids) for char in run]
        if all(place == places[0] for place in places):
            yield from ((char, places[0]) for char in run)
            continue
        start = 0
        for index in range(1, len(run) + 1):
            if index < len(run) and not _parts(run[index - 1], run[index], places[index - 1], places[index]):
                continue
            stretch = places[start:index]
            usual = max(stretch, key=stretch.count)
            yield from ((char, usual) for char in run[start:index])
            start = index


def _parts(before: Char, after: Char, place_before: Place | None, place_after: Place | None) -> bool:
    """Whether two neighbours of a run are in different cells: there must be room for a line between them."""
    gap = after.left - before.right
    return place_before != place_after and gap > CELL_GAP * (after.bottom - after.top)


def _runs(chars: list[Char]) -> Iterator[list[Char]]:
    run: list[Char] = []
    for char in chars:
        if run:
            last = run[-1]
            height = char.bottom - char.top
            level = abs(char.top + char.bottom - last.top - last.bottom) < 0.4 * height
            if not level or not -height < char.left - last.right < RUN_GAP * height:
                yield run
                run = []
        run.append(char)
    if run:
        yield run


def _place(char: Char, grids: list[Grid]) -> Place | None:
    x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    for index, grid in enumerate(grids):
        if grid.ys[0] <= y <= grid.ys[-1] and grid.xs[0] <= x <= grid.xs[-1]:
            region = grid.region_at(x, y)
            if region is not None:
                return index, region
    return None


def _table(grid: Grid, filled: dict[Region, list[Char]]) -> PageTable:
    rows: list[list[Cell]] = [[] for _ in range(len(grid.ys) - 1)]
    full: set[tuple[int, str]] = set()
    for region in grid.regions:
        width = grid.xs[region.right] - grid.xs[region.left]
        chars = filled.get(region, [])
        text = _cell_text(chars, width)
        cell = Cell(
            text, region.top + 1, region.left + 1, region.bottom - region.top, region.right - region.left
        )
        rows[region.top].append(cell)
        if region.bottom == len(rows) and chars and _is_full(chars, width):
            full.add((cell.row, text))
    return PageTable(rows, grid.ys[0], grid.xs, full_cells=full)


def _is_full(chars: list[Char], width: float) -> bool:
    """Whether the last line of a cell is as long as its lines can be, but for a punctuation mark's room."""
    lines = visual_lines(chars)
    extents = [_extent(line) for line in lines]
    character = max(char.right - char.left for char in lines[-1])
    room = max(extents) if len(lines) > 1 else width - 2 * CELL_PADDING
    return extents[-1] + UNFILLED * character > room


def _cell_text(chars: list[Char], width: float) -> str:
    """A cell's lines; a figure broken over lines because its cell is too narrow is one figure again."""
    lines = visual_lines(chars)
    texts = [line_text(line) for line in lines]
    if len(texts) > 1 and all(_FIGURE.fullmatch(text) for text in texts):
        room = width - 2 * CELL_PADDING
        if all(_extent(line) + _extent(line[:1]) > room for line in lines[:-1]):
            return "".join(texts)
    return "\n".join(texts)


def _extent(line: list[Char]) -> float:
    return line[-1].right - line[0].left
