"""From the parts of a report to one text: title, headings, paragraphs, and the tables a layout makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.annual.printing.grids import (
    Grid,
    block_grid,
    proactive_grid,
    requests_grid,
    side_by_side_grid,
    statistics_grid,
)
from tests.annual.printing.printed import Printed
from tests.annual.printing.remedies_tables import some_remedies_grids

Lines = list[str]
GridPrinter = Callable[[Grid], Lines]


@dataclass(frozen=True)
class TablePrinters:
    """How a layout prints each table. `wrap`: characters a line of text holds, 0 for any number."""

    proactive: Callable[[Printed], Lines]
    requests: Callable[[Printed], Lines]
    remedies: Callable[[Printed], Lines]
    statistics: Callable[[Printed], Lines]
    wrap: int = 0
    heading_mark: str = ""


def page_text(report: Printed, tables: TablePrinters, rng: Random) -> str:
    gap = rng.choice(([], [""], ["", ""]))
    lines: Lines = []
    for kind, words in report.parts:
        if kind == "title":
            lines.append(tables.heading_mark[:1] + " " * bool(tables.heading_mark) + words)
        elif kind == "heading":
            lines += [*gap, tables.heading_mark + " " * bool(tables.heading_mark) + words]
        elif kind == "paragraph":
            lines += wrapped(words, tables.wrap) if tables.wrap else [words]
        else:
            lines += [*gap, *getattr(tables, kind)(report), *gap]
    return "\n".join(lines) + "\n"


def wrapped(words: str, width: int) -> Lines:
    """Words broken every `width` characters the way a page breaks Chinese text.

    No number is broken, and no line begins with closing punctuation (unless a line holds one character).
    """
    lines: Lines = []
    start = 0
    while start < len(words):
        end = min(start + width, len(words))
        if width > 2:
            while end < len(words) and words[end] in "，。、；：）)”》,.%":
                end += 1
            end = _outside_number(words, start, end)
        lines.append(words[start:end])
        start = end
    return lines or [""]


def _outside_number(words: str, start: int, end: int) -> int:
    """The break moved before the number it would cut, or behind it where the line holds nothing else."""
    back = end
    while start < back < len(words) and _one_number(words[back - 1], words[back]):
        back -= 1
    if back > start:
        return back
    while end < len(words) and _one_number(words[end - 1], words[end]):
        end += 1
    return end


def _one_number(before: str, after: str) -> bool:
    return (before.isdigit() or before in "-.,") and (after.isdigit() or after in "-.,件万元")


def grid_printers(printer: GridPrinter, rng: Random, plain: bool = False) -> TablePrinters:
    """Every table as the grid a publisher chose for it, printed by one function.

    `plain`: only the statutory grids, where the layout itself is hard enough.
    """
    gap = rng.choice(([], [""]))
    style = "blocks" if plain else rng.choice(("one", "blocks", "side", "one"))

    def several(grids: list[Grid]) -> Lines:
        return [line for grid in grids for line in (*printer(grid), *gap)]

    def proactive(report: Printed) -> Lines:
        blocks = report.proactive
        side = style == "side" and report.truth["form"] == "2021"
        grids = {"one": [proactive_grid(blocks)], "blocks": [block_grid(b) for b in blocks]}
        return several([side_by_side_grid(blocks)] if side else grids.get(style, grids["blocks"]))

    def requests(report: Printed) -> Lines:
        assert report.requests is not None
        return printer(requests_grid(report.requests))

    def remedies(report: Printed) -> Lines:
        assert report.remedies is not None
        return several(some_remedies_grids(report.remedies, rng))

    def statistics(report: Printed) -> Lines:
        return [*report.statistics_title, *gap, *printer(statistics_grid(report))]

    return TablePrinters(proactive, requests, remedies, statistics)
