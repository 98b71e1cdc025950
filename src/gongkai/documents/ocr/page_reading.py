"""A level picture of a page as lines and tables: the words of each cell, and how sure the reading is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from gongkai.documents.intermediate import Cell
from gongkai.documents.limits import Budget
from gongkai.documents.ocr.cells import Strip, clean, strips
from gongkai.documents.ocr.engine import LOOK_ALIKE, Box, Engine, Gray, Reading
from gongkai.documents.ocr.page_image import SMALL_ONES, PageImage, usual_height
from gongkai.documents.ocr.rulings_seen import ink_of, rulings_of, sides_of, without_rulings
from gongkai.documents.pdf.drawn import Char, Segment
from gongkai.documents.pdf.grids import Grid, Region, find_grids
from gongkai.documents.pdf.page_content import Content
from gongkai.documents.pdf.page_layout import PageTable, TextLine, lay_out
from gongkai.documents.pdf.rulings import rulings

DOUBTFUL = 0.9  # confidence; a figure read less surely is looked at again
_DISPUTED = 0.5  # what two looks that differ are worth at most
_PLAIN_SIGN = 0.95  # confidence in a stroke that is told by its shape
_FIGURE_COLUMN = 0.6  # share of figures among the cells of a column of figures
_SHORT = 4  # characters; more are words, not a misread figure
_INSET = 1  # pixels between the middle of a ruling line and the cell
_WITHIN = 0.7  # of a grid's area in the box of one line of text
_ASIDE = 0.35  # of a box's width or height; a box of text that reaches so far into a table is in it
_FULL = 0.55  # of a cell's breadth; a line that fills more had no room for a further digit
_DIGITS = re.compile(r"[\d.,]+")
_FIGURE = re.compile(r"[-+]?\d[\d.,]*%?|[-—–/]+")
_SMALLER, _LARGER = 0.6, 1.4  # times the usual height, the type of a table at most
_MARGIN = 0.1  # of the page's height, above and below
_NUMBER_OF_PAGE = re.compile(r"[-—–一_.·~'] *(\d{1,3}) *[-—–一_.·~']?|(\d{1,3}) *[-—–一_·~']")
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_BETWEEN_DIGITS = re.compile(r"(?<=[\d.,])\s+(?=[\d.,])")
_STROKES = str.maketrans({"一": "-", "—": "-", "－": "-", "–": "-", "_": "-", "／": "/"})


@dataclass(slots=True)
class _CellRead:
    """A cell in the reading: pictures of its lines, then what they say."""

    region: Region
    box: Box
    strips: list[Strip]
    readings: list[Reading] = field(default_factory=list)

    @property
    def text(self) -> str:
        texts = [reading.text for reading in self.readings if reading.text]
        if self._is_broken_figure:
            return "".join(texts)
        return "\n".join(texts)

    @property
    def confidence(self) -> float:
        """Of the worst line; 1 for a blank cell, 0 for ink that could not be read."""
        worst = min((reading.confidence for reading in self.readings), default=1.0)
        several = len(self.readings) > 1 and all(_DIGITS.fullmatch(reading.text) for reading in self.readings)
        # Figures below each other in a broad cell were two cells whose ruling line is not seen.
        return min(worst, _DISPUTED) if several and not self._is_broken_figure else worst

    @property
    def _is_broken_figure(self) -> bool:
        """Whether a figure stands on several lines, each full, because its cell is too narrow."""
        texts = [reading.text for reading in self.readings if reading.text]
        full = all(
            strip.box.right - strip.box.left > _FULL * (self.box.right - self.box.left)
            for strip in self.strips[:-1]
        )
        return len(texts) > 1 and full and all(_DIGITS.fullmatch(text) for text in texts)


def read_page(page: PageImage, engine: Engine, budget: Budget) -> list[TextLine | PageTable]:
    """The lines and tables of a page from top to bottom, in points. Raises too_slow."""
    ink = ink_of(page.gray)
    # Tables are set smaller than the text around them.
    small = max(_SMALLER * page.text_height, usual_height(page.lines, SMALL_ONES) or page.text_height)
    segments, ruled = rulings_of(page.gray, ink, small)
    budget.check_time()
    scaled = [Segment(*(place * page.points for place in segment)) for segment in segments]
    found = find_grids(*rulings(scaled, budget), budget) if scaled else []
    # The strokes of a heading in bold make a small grid too.
    grids = [grid for grid in found if not _is_of_characters(_pixels(grid, page), page.lines)]
    boxes = [[_box(grid, region, page) for region in grid.regions] for grid in grids]
    sides = sides_of([box for table in boxes for box in table], segments, ruled, small)
    gray, words = without_rulings(page.gray, ink, sides)
    heights = [_text_height(_pixels(grid, page), page, small) for grid in grids]
    text_ink = clean(words, min(heights, default=small))
    tables = [
        [
            _CellRead(region, box, strips(gray, text_ink, box, height))
            for region, box in zip(grid.regions, table, strict=True)
        ]
        for grid, table, height in zip(grids, boxes, heights, strict=True)
    ]
    _read(tables, engine, budget)
    items: list[TextLine | PageTable] = [
        _table(grid, cells) for grid, cells in zip(grids, tables, strict=True) if _has_words(cells)
    ]
    inside = [_pixels(grid, page) for grid, cells in zip(grids, tables, strict=True) if _has_words(cells)]
    outside = [box for box in page.lines if not any(_lies_in(box, table) for table in inside)]
    items += _lines(outside, gray, page, engine, budget)
    return sorted(items, key=lambda item: (item.top, item.left))


# ---- tables ----


def _text_height(table: Box, page: PageImage, usual: float) -> float:
    """Of an ordinary line's box in the table: of what the finder found there, else `usual`."""
    inside = usual_height([box for box in page.lines if _lies_in(box, table)])
    return min(usual * _LARGER, max(usual * _SMALLER, inside)) if inside else usual


def _box(grid: Grid, region: Region, page: PageImage) -> Box:
    """A cell in pixels, without the ruling lines around it."""
    return Box(
        round(grid.xs[region.left] / page.points) + _INSET,
        round(grid.ys[region.top] / page.points) + _INSET,
        round(grid.xs[region.right] / page.points) - _INSET + 1,
        round(grid.ys[region.bottom] / page.points) - _INSET + 1,
    )


def _read(tables: list[list[_CellRead]], engine: Engine, budget: Budget) -> None:
    """Reads all cells; figures that are doubtful, or no figures in a column of figures, once more."""
    cells = [cell for table in tables for cell in table]
    readings = iter(engine.read([s.gray for cell in cells for s in cell.strips], tick=budget.check_time))
    for cell in cells:
        cell.readings = [_together(next(readings), strip) for strip in cell.strips]
        if len(cell.strips) == 1 and _is_sign(cell.strips[0], cell.readings[0]):
            cell.readings = [Reading(cell.strips[0].sign, _PLAIN_SIGN)]
    again = [cell for table in tables for cell in _doubtful_figures(table)]
    pictures = [_bolder(strip.gray) for cell in again for strip in cell.strips]
    second = iter(engine.read(pictures, figures=True, tick=budget.check_time))
    for cell in again:
        cell.readings = [_settled(first, next(second)) for first in cell.readings]


def _is_sign(strip: Strip, reading: Reading) -> bool:
    """Whether a stroke is the sign it looks like: a surely read 7 is none, but 1 is how a slash is read."""
    surely = reading.confidence > DOUBTFUL and reading.text.isdecimal() and reading.text != "1"
    return bool(strip.sign) and not surely


def _together(reading: Reading, strip: Strip) -> Reading:
    """The reading with the digits of a figure together that are merely set wide."""
    if strip.has_gap:  # figures far apart in one cell were several cells whose ruling lines are not seen
        several = _DIGITS.fullmatch(reading.text.replace(" ", ""))
        return reading._replace(confidence=min(reading.confidence, _DISPUTED)) if several else reading
    return reading._replace(text=_BETWEEN_DIGITS.sub("", reading.text))


def _doubtful_figures(table: list[_CellRead]) -> Iterator[_CellRead]:
    columns: dict[int, list[_CellRead]] = {}
    for cell in table:
        columns.setdefault(cell.region.right, []).append(cell)
    for cells in columns.values():
        # What stands in words is a head or a label, what is blank tells nothing.
        short = [cell for cell in cells if cell.readings and not _WORD.search(cell.text)]
        figures = [cell for cell in short if _FIGURE.fullmatch(_plain(cell.text))]
        if len(figures) < _FIGURE_COLUMN * len(short):
            continue
        for cell in short:
            if _FIGURE.fullmatch(cell.text):
                if cell.confidence < DOUBTFUL:
                    yield cell
            elif len(cell.text) <= _SHORT:
                yield cell


def _bolder(picture: Gray) -> Gray:
    """The picture with its contrast stretched: pale figures and grey paper are read badly."""
    low, high = np.percentile(picture, (1, 80))
    if high - low < 20:
        return picture
    stretched = (picture.astype(np.float32) - low) * (255 / (high - low))
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)


def _settled(first: Reading, second: Reading) -> Reading:
    """What two looks at a figure say together."""
    plain = _plain(first.text)
    if plain == second.text:
        return Reading(second.text, max(first.confidence, second.confidence))
    if not second.text:
        return Reading(plain, min(first.confidence, _DISPUTED))
    if _FIGURE.fullmatch(plain) and first.confidence > second.confidence:
        return Reading(plain, min(first.confidence, _DISPUTED))
    return Reading(second.text, min(second.confidence, _DISPUTED))


def _plain(text: str) -> str:
    return text.translate(_STROKES).translate(LOOK_ALIKE).replace(" ", "")


def _has_words(cells: list[_CellRead]) -> bool:
    return any(cell.text for cell in cells)


def _table(grid: Grid, cells: list[_CellRead]) -> PageTable:
    rows: list[list[Cell]] = [[] for _ in range(len(grid.ys) - 1)]
    for cell in cells:
        region = cell.region
        rows[region.top].append(
            Cell(
                cell.text,
                region.top + 1,
                region.left + 1,
                region.bottom - region.top,
                region.right - region.left,
                round(cell.confidence, 3),
            )
        )
    return PageTable(rows, grid.ys[0], grid.xs)


def _is_of_characters(grid: Box, lines: list[Box]) -> bool:
    area = (grid.right - grid.left) * (grid.bottom - grid.top)
    return any(_overlap(grid, line) > _WITHIN * area for line in lines)


def _overlap(one: Box, other: Box) -> int:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, wide) * max(0, high)


def _pixels(grid: Grid, page: PageImage) -> Box:
    return Box(*(round(place / page.points) for place in (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])))


def _lies_in(box: Box, table: Box) -> bool:
    wide = min(box.right, table.right) - max(box.left, table.left)
    high = min(box.bottom, table.bottom) - max(box.top, table.top)
    return wide > _ASIDE * (box.right - box.left) and high > _ASIDE * (box.bottom - box.top)


# ---- lines ----


def _lines(
    boxes: list[Box], gray: Gray, page: PageImage, engine: Engine, budget: Budget
) -> list[TextLine | PageTable]:
    """The text outside tables as lines; columns of figures set without ruling lines are kept apart."""
    readings = engine.read([gray[b.top : b.bottom, b.left : b.right] for b in boxes], tick=budget.check_time)
    content = Content(gray.shape[1] * page.points, page.height)
    for box, reading in zip(boxes, readings, strict=True):
        content.chars.extend(_characters(box, _page_number(box, reading.text, page), page.points))
    return lay_out(content, budget)


def _page_number(box: Box, text: str, page: PageImage) -> str:
    """The text; a page number with dashes set right where grain made dots of them."""
    middle = (box.top + box.bottom) / 2 / page.gray.shape[0]
    found = _NUMBER_OF_PAGE.fullmatch(text.strip()) if not _MARGIN < middle < 1 - _MARGIN else None
    return f"- {found[1] or found[2]} -" if found else text


def _characters(box: Box, text: str, points: float) -> Iterator[Char]:
    """The characters of a line spread over its box, Latin ones half as wide as Chinese."""
    shares = [0.55 if character.isascii() else 1.0 for character in text]
    height = box.bottom - box.top
    margin = 0.12 * height  # the finder's boxes are wider than the text
    step = max(0.0, box.right - box.left - 2 * margin) / sum(shares) if shares else 0.0
    left = box.left + margin
    top, bottom = (box.top + margin) * points, (box.bottom - margin) * points
    for character, share in zip(text, shares, strict=True):
        right = left + share * step
        if not character.isspace():
            base = bottom - 0.15 * (bottom - top)
            yield Char(character, left * points, top, right * points, bottom, base)
        left = right
