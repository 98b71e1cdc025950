"""Grids: ruling lines that meet, and the cells they enclose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from gongkai.documents.limits import Budget
from gongkai.documents.pdf.rulings import SNAP, Ruling

MEET = 3.5  # points by which lines may miss each other at a corner
NARROWEST = 5.0  # points; no column or row of figures is smaller
OPEN_SIDE = 12.0  # points a level line must run past the last upright one to enclose a column without a side
OUTER_ROW = 45.0  # points; how high a row across a whole table may be
COVERED = 0.6  # share of a cell's side that must be ruled
MAX_CROSSINGS = 2_000_000  # pairs of lines looked at on one page
MAX_GRID = 40_000  # elementary cells of one grid

Sides = set[tuple[int, int]]


class Region(NamedTuple):
    """A cell of the grid, counting rows and columns from 0; the end is not included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """A ruled table: its lines' positions and its cells. `region_at` tells the cell a point lies in."""

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    _owner: dict[tuple[int, int], Region]

    def region_at(self, x: float, y: float) -> Region | None:
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self._owner.get((row, column))


def find_grids(level: list[Ruling], upright: list[Ruling], budget: Budget) -> list[Grid]:
    """The ruled tables of a page, from top to bottom: connected lines that enclose two cells or more."""
    if len(level) * len(upright) > MAX_CROSSINGS:
        return []
    grids = []
    for rows, columns in _connected(level, upright, budget):
        grid = _grid(rows, columns)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda g: (g.ys[0], g.xs[0]))


def _connected(
    level: list[Ruling], upright: list[Ruling], budget: Budget
) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Groups of level and upright lines that meet each other."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(level):
        budget.check_time()
        for j, column in enumerate(upright, len(level)):
            if (
                row.start - MEET <= column.at <= row.end + MEET
                and column.start - MEET <= row.at <= column.end + MEET
            ):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, row in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(upright, len(level)):
        groups.setdefault(root(j), ([], []))[1].append(column)
    alone = [rows[0] for rows, columns in groups.values() if not columns]
    found = [group for group in groups.values() if group[0] and group[1]]
    for rows, columns in found:
        _add_outer_rows(rows, columns, alone)
    return found


def _add_outer_rows(rows: list[Ruling], columns: list[Ruling], alone: list[Ruling]) -> None:
    """Adds to a table without lines at its sides the lines of rows that no upright line crosses.

    Such a row runs across the whole table; its line touches nothing, but is as long as the table is wide.
    """
    left, right = min(row.start for row in rows), max(row.end for row in rows)
    if left > min(c.at for c in columns) - OPEN_SIDE or right < max(c.at for c in columns) + OPEN_SIDE:
        return
    level = sorted(line for line in alone if abs(line.start - left) <= MEET and abs(line.end - right) <= MEET)
    for line in reversed(level):
        if 0 < min(row.at for row in rows) - line.at <= OUTER_ROW:
            rows.append(line)
    for line in level:
        if 0 < line.at - max(row.at for row in rows) <= OUTER_ROW:
            rows.append(line)


def _positions(lines: list[Ruling], across: list[Ruling]) -> list[float]:
    """Where the grid's lines lie, with the open ends of the crossing lines as sides that were not drawn."""
    found: list[float] = []
    for line in sorted(lines):
        if not found or line.at - found[-1] > NARROWEST:
            found.append(line.at)
    first, last = min(c.start for c in across), max(c.end for c in across)
    if first < found[0] - OPEN_SIDE:
        found.insert(0, first)
    if last > found[-1] + OPEN_SIDE:
        found.append(last)
    return found


def _grid(level: list[Ruling], upright: list[Ruling]) -> Grid | None:
    xs, ys = _positions(upright, level), _positions(level, upright)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > MAX_GRID:
        return None
    beside = _ruled(upright, xs, ys)  # beside[j, i]: a line along x_j from y_i to y_i+1
    above = _ruled(level, ys, xs)
    owner = _merged(rows, columns, beside, above)
    kept = {r for r in set(owner.values()) if not _outside(r, rows, columns, beside, above)}
    if len(kept) < 2:
        return None
    return Grid(xs, ys, sorted(kept), {place: region for place, region in owner.items() if region in kept})


def _ruled(lines: list[Ruling], positions: list[float], across: list[float]) -> Sides:
    """Which pieces of the grid's lines are really ruled: (number of the line, number of the piece)."""
    ruled: Sides = set()
    lengths: dict[tuple[int, int], float] = {}
    for line in lines:
        nearest = bisect_left(positions, line.at)
        if nearest == len(positions) or (
            nearest and line.at - positions[nearest - 1] <= positions[nearest] - line.at
        ):
            nearest -= 1
        first, last = line.start - SNAP, line.end + SNAP
        begin, end = bisect_left(across, first), bisect_right(across, last) - 1
        ruled.update((nearest, piece) for piece in range(begin, end))
        for piece in {begin - 1, end}:  # those that the line begins or ends in
            if 0 <= piece < len(across) - 1:
                wide = across[piece + 1] - across[piece]
                length = min(across[piece + 1], last) - max(across[piece], first)
                lengths[nearest, piece] = lengths.get((nearest, piece), 0.0) + max(length, 0.0) / wide
    ruled.update(place for place, share in lengths.items() if share >= COVERED)
    return ruled


def _merged(rows: int, columns: int, beside: Sides, above: Sides) -> dict[tuple[int, int], Region]:
    """Elementary cells put together where no line parts them; (row, column) -> the cell it belongs to."""
    group: list[list[tuple[int, int]]] = []  # of each cell, row by row, those it belongs with; shared by them
    for row in range(rows):
        for column in range(columns):
            mine = [(row, column)]
            group.append(mine)
            if column and (column, row) not in beside:
                mine = _joined(group, group[-2], mine, columns)
            if row and (row, column) not in above:
                _joined(group, group[-1 - columns], mine, columns)
    owner: dict[tuple[int, int], Region] = {}
    for (row, column), places in zip(product(range(rows), range(columns)), group, strict=True):
        if places[0] != (row, column):
            continue  # told with the first of them
        if len(places) == 1:
            owner[row, column] = Region(row, column, row + 1, column + 1)
            continue
        for region in _rectangles(places):
            for place in product(range(region.top, region.bottom), range(region.left, region.right)):
                owner[place] = region
    return owner


def _joined(
    group: list[list[tuple[int, int]]], one: list[tuple[int, int]], other: list[tuple[int, int]], columns: int
) -> list[tuple[int, int]]:
    """Both groups as one; the smaller one's cells are told."""
    if one is other:
        return one
    large, small = (one, other) if len(one) >= len(other) else (other, one)
    large += small
    for row, column in small:
        group[row * columns + column] = large
    return large


def _rectangles(places: list[tuple[int, int]]) -> list[Region]:
    """Cells as rectangles: where missing lines leave an odd shape it is cut into rows of equal width."""
    top, bottom = min(p[0] for p in places), max(p[0] for p in places) + 1
    left, right = min(p[1] for p in places), max(p[1] for p in places) + 1
    if len(places) == (bottom - top) * (right - left):
        return [Region(top, left, bottom, right)]
    runs: list[Region] = []
    open_runs: dict[tuple[int, int], int] = {}
    by_row: dict[int, list[int]] = {}
    for row, column in places:
        by_row.setdefault(row, []).append(column)
    for row in sorted(by_row):
        still_open: dict[tuple[int, int], int] = {}
        for start, end in _stretches(sorted(by_row[row])):
            index = open_runs.get((start, end))
            if index is None:
                index = len(runs)
                runs.append(Region(row, start, row + 1, end))
            else:
                runs[index] = runs[index]._replace(bottom=row + 1)
            still_open[start, end] = index
        open_runs = still_open
    return runs


def _stretches(columns: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for column in columns:
        if found and found[-1][1] == column:
            found[-1] = (found[-1][0], column + 1)
        else:
            found.append((column, column + 1))
    return found


def _outside(region: Region, rows: int, columns: int, beside: Sides, above: Sides) -> bool:
    """Whether a region lies beside the table, not in it: a corner of its outline that no line closes.

    Open towards the left and right alone it is a row of a table drawn without its outer lines.
    """
    if (region.left and region.right < columns) or (region.top and region.bottom < rows):
        return False  # within the outline
    high, wide = range(region.top, region.bottom), range(region.left, region.right)
    left = region.left == 0 and not any((0, row) in beside for row in high)
    right = region.right == columns and not any((columns, row) in beside for row in high)
    top = region.top == 0 and not any((0, column) in above for column in wide)
    bottom = region.bottom == rows and not any((rows, column) in above for column in wide)
    return (left or right) and (top or bottom)
