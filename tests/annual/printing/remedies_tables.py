"""Table 4 as publishers recast it: one block under the other, turned round, a row for each group."""

from __future__ import annotations

from random import Random

from tests.annual.printing.grids import Grid, plain_grid, remedies_grid
from tests.annual.printing.printed import Remedies


def stacked_blocks(table: Remedies) -> list[Grid]:
    """Three small tables: the group's name, its five headings, its five figures."""
    names = (table.groups[0], *(f"{table.litigation}（{group}）" for group in table.groups[1:]))
    return [
        plain_grid([[name, "", "", "", ""], list(table.columns), list(values)], 2)
        for name, values in zip(names, table.values, strict=True)
    ]


def turned_round(table: Remedies) -> list[Grid]:
    """The kinds of result as rows, the groups as columns."""
    rows = [["", *table.groups]]
    rows += [[name, *(group[i] for group in table.values)] for i, name in enumerate(table.columns)]
    return [plain_grid(rows)]


def row_for_each_group(table: Remedies) -> list[Grid]:
    rows = [["", *table.columns]]
    rows += [[name, *values] for name, values in zip(table.groups, table.values, strict=True)]
    return [plain_grid(rows)]


def some_remedies_grids(table: Remedies, rng: Random) -> list[Grid]:
    """The statutory table half of the time, else one of the recast ones."""
    recast = rng.choice((stacked_blocks, turned_round, row_for_each_group))
    return [remedies_grid(table)] if rng.random() < 0.5 else recast(table)
