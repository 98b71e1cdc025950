"""A page as lines and tables in reading order: each character goes into its cell, or into a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.documents.intermediate import Cell
from gongkai.documents.limits import Budget
from gongkai.documents.pdf.drawn import Char
from gongkai.documents.pdf.grids import Grid, Region, find_grids
from gongkai.documents.pdf.page_content import Content
from gongkai.documents.pdf.rulings import rulings
from gongkai.documents.pdf.text_lines import TextLine, line_text, visual_lines
from gongkai.documents.pdf.unruled import lines_in_columns

__all__ = ["PageTable", "TextLine", "lay_out"]

RUN_GAP = 0.5  # of a character's height: characters closer than that are one run of text
SAME_BASE = 0.2  # of a character's height, by which the base lines within a run may differ
CELL_GAP = 0.15  # of a character's height: a gap that may part two cells within a run
TOUCHING = 0.03  # of a character's height: closer characters leave no room for a line
BESIDE_LINE = 0.5  # points by which a character's box may reach over the line beside it
CELL_PADDING = 5.5  # points that programs leave at each side of a cell
UNFILLED = 2.5  # characters; room that a line's end may leave where the next word did not fit
_FIGURE = re.compile(r"[\d.,]+")
_UNIT = re.compile("[条件次个元篇项份人万亿]")


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
    grids = find_grids(*rulings(content.segments, budget), budget) if content.segments else []
    budget.check_time()
    cells: list[dict[Region, list[Char]]] = [{} for _ in grids]
    outside: list[Char] = []
    for run, place in _places(content.chars, grids) if grids else [(content.chars, None)]:
        if place is None:
            outside += run
        else:
            cells[place[0]].setdefault(place[1], []).extend(run)
    budget.check_time()
    items: list[TextLine | PageTable] = [*lines_in_columns(visual_lines(outside), content.height)]
    for grid, filled in zip(grids, cells, strict=True):
        if filled:
            items.append(_table(grid, filled))
    return sorted(items, key=lambda item: (item.top, item.left))


Place = tuple[int, Region]


def _places(chars: list[Char], grids: list[Grid]) -> Iterator[tuple[list[Char], Place | None]]:
    """The characters, run by run, each run with its grid and cell; a run over several cells in its parts.

    A run of text that a line cuts through stays in one cell.
    """
    for run in _runs(chars):
        first = _place(run[0], grids)
        if len(run) == 1 or (first is not None and _place(run[-1], grids) == first):
            yield run, first  # a cell holds what stands between two characters of its own
            continue
        y = (run[0].top + run[0].bottom) / 2
        if first is None and not any(grid.ys[0] <= y <= grid.ys[-1] for grid in grids):
            yield run, None
            continue
        places = [_place(char, grids) for char in run]
        start = 0
        for index in range(1, len(run) + 1):
            before, after = index - 1, index
            if index < len(run) and not _parts(run[before], run[after], places[before], places[after], grids):
                continue
            stretch = places[start:index]
            yield run[start:index], max(stretch, key=stretch.count)
            start = index


def _parts(
    before: Char, after: Char, place_before: Place | None, place_after: Place | None, grids: list[Grid]
) -> bool:
    """Whether two neighbours of a run are in different cells: there must be room for a line between them.

    Where the line itself is seen to pass between them it needs hardly any: a figure set against the left side
    of its cell follows at once on a label that fills the cell before.
    """
    if place_before == place_after:
        return False
    gap, height = after.left - before.right, after.bottom - after.top
    if gap > CELL_GAP * height:
        return True
    if gap < TOUCHING * height and before.text.isdigit() == after.text.isdigit():
        return False  # one figure, or one label, wider than its cell
    if place_before is None or place_after is None or place_before[0] != place_after[0]:
        return False
    line = grids[place_after[0]].xs[place_after[1].left]
    return before.right - BESIDE_LINE <= line <= after.left + BESIDE_LINE


def _runs(chars: list[Char]) -> Iterator[list[Char]]:
    start = 0
    right = base = 0.0
    for index, (_, left, top, its_right, bottom, its_base, _) in enumerate(chars):
        height = bottom - top
        level = -SAME_BASE * height < its_base - base < SAME_BASE * height
        if index > start and not (level and -height < left - right < RUN_GAP * height):
            yield chars[start:index]
            start = index
        right, base = its_right, its_base
    if chars:
        yield chars[start:]


def _place(char: Char, grids: list[Grid]) -> Place | None:
    _, left, top, right, bottom, _, _ = char
    x, y = (left + right) / 2, (top + bottom) / 2
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
    """A cell's lines; a figure or unit broken over lines by a narrow cell is whole again."""
    if len(chars) < 2:
        return chars[0].text if chars else ""
    lines = visual_lines(chars)
    texts = [line_text(line) for line in lines]
    if len(texts) == 2 and all(_UNIT.fullmatch(text) for text in texts):
        return "".join(texts)
    if len(texts) > 1 and all(_FIGURE.fullmatch(text) for text in texts):
        room = width - 2 * CELL_PADDING
        if all(_extent(line) + _extent(line[:1]) > room for line in lines[:-1]):
            return "".join(texts)
    return "\n".join(texts)


def _extent(line: list[Char]) -> float:
    return line[-1].right - line[0].left
