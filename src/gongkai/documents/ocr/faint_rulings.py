"""Ruling lines that break off in a faint print: followed to the next line they meet, where a trace goes on.

A hairline is lost in the grain point by point; the average over the breadth of a cell still shows it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gongkai.documents.ocr.engine import Gray
from gongkai.documents.pdf.drawn import Segment

_MEETS = 5  # pixels by which a line may miss the ones it runs between
_FARTHEST = 12.0  # heights of a line of text; no cell of figures is as broad
_BESIDE = 2  # pixels by which the trace may lie beside the line
_AROUND = 7  # pixels at both sides with which the trace is compared
_DIP = 5.0  # shades of grey by which it is darker on average
_PART = 4  # pixels of the trace; most parts must show, as characters leave gaps, and those at its ends
_END = 3  # pixels next to a ruling line that the characters in a cell leave blank
_OF_THE_DIP = 0.3  # how much of the average dip a part shows at least
_SHOWN = 0.85  # share of the parts; grain hides the others


def lengthened(
    lines: list[Segment], others: list[Segment], gray: Gray, mask: Gray, text_height: float
) -> list[Segment]:
    """The level lines; one that ends short of the next of the upright `others` goes on to it, in `mask` too.

    With both given transposed and the pictures too, upright lines are followed alike.
    """
    return [_followed(line, others, gray, mask, text_height) for line in lines]


def transposed(lines: list[Segment]) -> list[Segment]:
    """Level lines for upright ones and upright ones for level ones."""
    return [Segment(y0, x0, y1, x1) for x0, y0, x1, y1 in lines]


def _followed(line: Segment, others: list[Segment], gray: Gray, mask: Gray, text_height: float) -> Segment:
    at = round((line.y0 + line.y1) / 2)
    crossing = sorted(x.x0 for x in others if x.y0 - _MEETS <= at <= x.y1 + _MEETS)
    left, right = line.x0, line.x1
    for place in crossing:
        if right + _MEETS < place <= right + _FARTHEST * text_height:
            if not goes_on(gray, at, right, place):
                break
            _draw(mask, at, right, place)
            right = place
    for place in reversed(crossing):
        if left - _FARTHEST * text_height <= place < left - _MEETS:
            if not goes_on(gray, at, place, left):
                break
            _draw(mask, at, place, left)
            left = place
    return Segment(left, line.y0, right, line.y1)


def goes_on(gray: Gray, at: int, start: float, end: float) -> bool:
    """Whether a trace runs from one place to the other: darker than the rows around it, all the way."""
    first, last = round(start) + 2, round(end) - 1
    if last - first < 2 * _PART:
        return True
    dips = _dips(gray, at, first, last, np.arange(first + _PART, last - _PART + 1, _PART))
    if dips is None:
        return False
    dip = float(dips.mean())
    shown = dips > _OF_THE_DIP * dip
    return dip > _DIP and bool(shown[0] and shown[-1]) and float(shown.mean()) >= _SHOWN


def shows_at_ends(gray: Gray, at: int, first: int, last: int) -> bool:
    """Whether a level line goes on to both its ends, where the strokes of characters leave paper."""
    if last - first < 3 * _END:
        return True
    dips = _dips(gray, at, first, last, np.array((first + _END, last - _END)))
    return dips is not None and dips[1] > 0 and bool((dips[[0, 2]] > _OF_THE_DIP * dips[1]).all())


def _dips(gray: Gray, at: int, first: int, last: int, cuts: NDArray[np.int64]) -> NDArray[np.float32] | None:
    """By how much each part of a line is darker than the rows around it; None at the page's edge."""
    top, bottom = at - _AROUND, at + _AROUND + 1
    if top < 0 or bottom > gray.shape[0]:
        return None
    around = gray[top:bottom, first:last].astype(np.float32)
    parts = np.stack([part.mean(axis=1) for part in np.split(around, cuts - first, axis=1)])
    middle = slice(_AROUND - _BESIDE, _AROUND + _BESIDE + 1)
    row = int(around.mean(axis=1)[middle].argmin()) + middle.start
    beside = np.delete(parts, range(row - 2, row + 3), axis=1)
    return np.asarray(np.median(beside, axis=1) - parts[:, row], np.float32)


def _draw(mask: Gray, at: int, start: float, end: float) -> None:
    mask[at - 1 : at + 2, round(start) : round(end) + 1] = 255
