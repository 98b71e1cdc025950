"""The lines of text within one cell of a scanned table, cut out for reading."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.ocr.engine import Box, Gray

_SPECK = 0.006  # of the square of a line's height: fewer pixels are dirt. A full stop has 0.01
_EDGE = 4  # pixels at the sides of a cell: no character is so small and so near
_SPOT = 0.3  # heights of a line
_STROKE = 0.45  # heights of a line; what is lower belongs to the line above or below it
_FLAT = 0.25  # heights of a line; a dash is lower
_GAP = 1.0  # heights of a line
_LEAN = 0.22  # breadth over height that a slash has at least; an upright 1 has less
_SLASH = 0.4  # heights of a line; a full-width one is no higher, and
_LEANS_MOST = 1.6  # times as broad as high at most
_EVEN = 1.9  # its broadest row over the usual one
_BROAD = 0.35  # of its height, the breadth of its stroke
_NEAR = 0.3  # heights of a line between a low piece and the line it belongs to
_TWO_LINES = 1.75  # heights of a line; a strip that is higher holds lines that touch
_MARGIN = 0.16  # heights of a line left around the ink
_STACKED = 1.5  # heights of a line; a column of single characters is no wider
_APART = 0.12  # heights of a line between two characters set side by side
_PAPER = 255


class Strip(NamedTuple):
    """One line of text: the box around its ink, in pixels of the page."""

    box: Box
    gray: Gray
    has_gap: bool = False  # blank between its characters, wider than the space around a full-width digit
    sign: str = ""  # "-" or "/" where the line is one stroke: told by its shape, as 1 and / look alike


def clean(ink: Gray, text_height: float) -> Gray:
    """The ink without specks."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = np.zeros(count, np.uint8)
    kept[1:] = np.where(stats[1:, cv2.CC_STAT_AREA] > _SPECK * text_height**2, 255, 0)
    return np.asarray(kept[labels], np.uint8)


def strips(gray: Gray, ink: Gray, cell: Box, text_height: float) -> list[Strip]:
    """The lines of a cell from top to bottom; characters set below each other come as one line.

    `text_height` is that of an ordinary line's box, which is about a quarter higher than its characters.
    """
    inside = _off_the_sides(ink[cell.top : cell.bottom, cell.left : cell.right])
    height = text_height * 0.8
    runs = _lines(_runs(np.asarray(inside.any(axis=1))), height)
    boxes = [_ink_box(inside, cell, top, bottom) for top, bottom in runs]
    boxes = [part for box in _without_dirt(boxes, height) for part in _split(box, height)]
    if len(boxes) > 1 and all(box.right - box.left <= _STACKED * height for box in boxes):
        return [_side_by_side(gray, boxes, height)]
    return [
        Strip(box, _cut(gray, box, cell, height), _has_gap(ink, box, height), _sign(ink, box, height))
        for box in boxes
    ]


def _off_the_sides(inside: Gray) -> Gray:
    """The ink of a cell without what lies along its sides: edges of ruling lines that step or are broad."""
    high, wide = inside.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    left, top, right, bottom = (stats[:, side] for side in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP) * 2)
    right, bottom = right + stats[:, cv2.CC_STAT_WIDTH], bottom + stats[:, cv2.CC_STAT_HEIGHT]
    along = (bottom <= _EDGE) | (top >= high - _EDGE) | (right <= _EDGE) | (left >= wide - _EDGE)
    along[0] = True  # the paper
    return np.asarray(np.where(along, 0, 255).astype(np.uint8)[labels], np.uint8)


def _has_gap(ink: Gray, box: Box, height: float) -> bool:
    inked = np.flatnonzero(ink[box.top : box.bottom, box.left : box.right].any(axis=0))
    return bool(len(inked) > 1 and np.diff(inked).max() > _GAP * height)


def _without_dirt(boxes: list[Box], height: float) -> list[Box]:
    """The lines without spots: what is no higher than a full stop beside a line that is as high as a line."""
    highest = max((box.bottom - box.top for box in boxes), default=0)
    if highest < _STROKE * height:
        return boxes
    return [b for b in boxes if max(b.bottom - b.top, b.right - b.left) > _SPOT * height]


def _sign(ink: Gray, box: Box, height: float) -> str:
    """What a single straight stroke is: a dash, a slash, or none of these."""
    wide, high = box.right - box.left, box.bottom - box.top
    if high < _FLAT * height:
        return "-"  # grain leaves a dot of a hyphen, and a dot alone states no figure either
    if high < _SLASH * height or not _LEAN * high < wide < _LEANS_MOST * high:
        return ""
    return "/" if _is_slash(ink[box.top : box.bottom, box.left : box.right]) else ""


def _is_slash(ink: Gray) -> bool:
    """Whether ink is one stroke of even breadth from the upper right to the lower left."""
    inked = ink > 0
    if not inked.any(axis=1).all():
        return False
    high, wide = inked.shape
    first, last = inked.argmax(axis=1), wide - inked[:, ::-1].argmax(axis=1)
    breadths = last - first
    usual = float(np.median(breadths))
    if breadths.max() > _EVEN * usual or usual > _BROAD * high:
        return False  # the bar of a 7, the foot of a 1, the belly of a 2
    middles = (first + last) / 2
    slope, start = np.polyfit(np.arange(high), middles, 1)
    away = float(np.abs(middles - (start + slope * np.arange(high))).max())
    return bool(slope < -_LEAN * 0.8 and away < usual)


def _runs(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of rows that hold ink."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _lines(runs: list[tuple[int, int]], height: float) -> list[tuple[int, int]]:
    """Rows of ink put together into lines: the strokes of 三, the dots of colons, a bracket's tail."""
    lines = list(runs)
    while True:
        gaps = [
            (below[0] - above[1], number)
            for number, (above, below) in enumerate(pairwise(lines))
            if _belong(above, below, height)
        ]
        if not gaps:
            return lines
        _, number = min(gaps)
        lines[number : number + 2] = [(lines[number][0], lines[number + 1][1])]


def _belong(above: tuple[int, int], below: tuple[int, int], height: float) -> bool:
    low = min(above[1] - above[0], below[1] - below[0]) < _STROKE * height
    together = below[1] - above[0]
    return below[0] - above[1] <= (_NEAR * height if low else 1) and together <= 1.25 * height


def _ink_box(inside: Gray, cell: Box, top: int, bottom: int) -> Box:
    columns = np.flatnonzero(inside[top:bottom].any(axis=0))
    return Box(
        cell.left + int(columns[0]), cell.top + top, cell.left + int(columns[-1]) + 1, cell.top + bottom
    )


def _split(box: Box, height: float) -> list[Box]:
    """A strip of lines that touch, cut into equal parts."""
    count = (
        round((box.bottom - box.top) / (1.2 * height)) if box.bottom - box.top > _TWO_LINES * height else 1
    )
    step = (box.bottom - box.top) / max(1, count)
    return [
        Box(box.left, round(box.top + n * step), box.right, round(box.top + (n + 1) * step))
        for n in range(max(1, count))
    ]


def _cut(gray: Gray, box: Box, cell: Box, height: float) -> Gray:
    """The picture of a line with a margin, at least as high as an ordinary line: a dash is no full block."""
    margin = max(2, round(_MARGIN * height))
    missing = max(0, round(height - (box.bottom - box.top))) // 2
    top, bottom = box.top - margin - missing, box.bottom + margin + missing
    left, right = box.left - 2 * margin, box.right + 2 * margin
    picture = gray[
        max(cell.top, top) : min(cell.bottom, bottom), max(cell.left, left) : min(cell.right, right)
    ]
    return np.asarray(
        cv2.copyMakeBorder(
            picture,
            max(0, cell.top - top),
            max(0, bottom - cell.bottom),
            max(0, cell.left - left),
            max(0, right - cell.right),
            cv2.BORDER_CONSTANT,
            value=(_paper(gray, cell),),
        ),
        np.uint8,
    )


def _paper(gray: Gray, cell: Box) -> float:
    inside = gray[cell.top : cell.bottom, cell.left : cell.right]
    return float(np.percentile(inside, 90)) if inside.size else _PAPER


def _side_by_side(gray: Gray, boxes: list[Box], height: float) -> Strip:
    """Characters that stand below each other as a line, each in a square of its own."""
    around = Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
    paper = _paper(gray, around)
    tallest = max(box.bottom - box.top for box in boxes)
    margin = max(2, round(_MARGIN * height))
    full = tallest + 2 * margin
    gap = np.full((full, max(1, round(_APART * height))), paper, np.uint8)
    pieces = [gap, gap]
    for box in boxes:
        picture = gray[box.top : box.bottom, box.left : box.right]
        room = full - picture.shape[0]
        pieces += [
            np.asarray(
                cv2.copyMakeBorder(
                    picture, room // 2, room - room // 2, 0, 0, cv2.BORDER_CONSTANT, value=(paper,)
                ),
                np.uint8,
            ),
            gap,
        ]
    return Strip(around, np.hstack([*pieces, gap]))
