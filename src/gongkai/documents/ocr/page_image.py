"""A picture of a page made ready: grey, of a size at which text is about 30 pixels high, upright, square."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.limits import Budget
from gongkai.documents.ocr.engine import Box, Engine, Gray
from gongkai.documents.ocr.levelling import levelled
from gongkai.documents.ocr.streaks import without_streaks

DOTS_PER_INCH = 200  # at which text of 10 to 12 points is 28 to 33 pixels high
PIXELS_PER_POINT = DOTS_PER_INCH / 72
LONGEST_SIDE = 3_400  # pixels; of an A3 page at 200 dots
_TEXT_HEIGHT = 38.0  # pixels of the box around a line of such text, as the finder draws it
SMALL_ONES = 0.2  # share of a page's lines that are a table's, if it has one: these are the smallest
_ENOUGH = 0.72, 1.5  # a page whose text is within these of that height keeps its size
_FINDER_SIDE = 960  # pixels; looked at so small a page takes a second, and its lines are still found
_TALL = 2.5  # height over width of what is a line of text turned by a quarter; single figures are tall too
_TURNED_SHARE = 0.6
_UPRIGHT = 0.85  # confidence on average; below it a page is tried upside down
_LINES_TRIED = 4
_PART_TRIED = 8  # heights of a line: its first characters are enough
_GRAINY = 3.0  # shades of grey
_SEAL = 40  # by how much red outshines the other colours in a seal


@dataclass(slots=True)
class PageImage:
    """A level page: its grey pixels and the lines of text found in it. `points` is points for a pixel."""

    gray: Gray
    lines: list[Box]
    text_height: float  # pixels of an ordinary line's box

    @property
    def points(self) -> float:
        return 1 / PIXELS_PER_POINT

    @property
    def height(self) -> float:
        """The page's height in points."""
        return float(self.gray.shape[0]) * self.points


def prepared(picture: NDArray[np.uint8], engine: Engine, budget: Budget) -> PageImage:
    """A picture (grey, or blue, green and red) as a level page of the size wanted. Raises too_slow."""
    gray = without_streaks(_without_seals(_within(picture, LONGEST_SIDE)))  # small first: memory
    gray = levelled(_quiet(gray))
    budget.check_time()
    lines = engine.find(gray, _FINDER_SIDE)
    if _lies_on_its_side(lines):
        gray = levelled(np.ascontiguousarray(np.rot90(gray)))
        lines = engine.find(gray, _FINDER_SIDE)
    budget.check_time()
    if _is_upside_down(gray, lines, engine):
        gray = np.ascontiguousarray(np.rot90(gray, 2))
        lines = engine.find(gray, _FINDER_SIDE)
    budget.check_time()
    return _sized(gray, lines, engine)


def _without_seals(picture: NDArray[np.uint8]) -> Gray:
    """The grey picture; what is red, as seals and letterheads are, is as light as paper."""
    if picture.ndim == 2:
        return picture
    blue, green, red = cv2.split(picture[:, :, :3])
    gray = cv2.cvtColor(picture[:, :, :3], cv2.COLOR_BGR2GRAY)
    others = cv2.max(blue, green)
    seal = cv2.subtract(red, others) > _SEAL
    if seal.any():
        # What is black under the red is dark in red light too; the seal itself becomes as light as paper.
        light = red.astype(np.float32) * (255 / max(1.0, float(np.median(red[seal]))))
        gray = np.where(seal, np.clip(light, 0, 255), gray).astype(np.uint8)
    return np.ascontiguousarray(gray, dtype=np.uint8)


def _quiet(gray: Gray) -> Gray:
    """The page without the grain of a bad scan: single dots first, then what is left of it evened out."""
    if noise_of(gray) < _GRAINY:
        return gray
    without_dots = cv2.medianBlur(gray, 3)
    return np.asarray(cv2.GaussianBlur(without_dots, (3, 3), 0.7), np.uint8)


def noise_of(gray: Gray) -> float:
    """The usual difference between a pixel and its neighbours; about 0 on a clean page, mostly paper."""
    return float(cv2.absdiff(gray, cv2.medianBlur(gray, 3)).mean(where=gray > gray.mean() * 0.8))


def _within(gray: Gray, longest: int) -> Gray:
    scale = longest / max(gray.shape[:2])
    if scale >= 1:
        return gray
    return _resized(gray, scale)


def _resized(gray: Gray, scale: float) -> Gray:
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(gray, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def _sized(gray: Gray, lines: list[Box], engine: Engine) -> PageImage:
    height = usual_height(lines)
    if height is None:
        return PageImage(gray, lines, _TEXT_HEIGHT)
    scale = _TEXT_HEIGHT / height
    if not 1 / _ENOUGH[1] <= scale <= 1 / _ENOUGH[0]:
        # A page of large type is not made smaller than its tables bear.
        scale = min(scale if scale > 1 else _for_small_type(lines), LONGEST_SIDE / max(gray.shape))
        gray = _resized(gray, scale)
        lines = engine.find(gray, _FINDER_SIDE) if scale < 1 else [_scaled(box, scale) for box in lines]
        height *= scale
    return PageImage(gray, lines, height)


def _for_small_type(lines: list[Box]) -> float:
    return min(1.0, _TEXT_HEIGHT / (usual_height(lines, SMALL_ONES) or _TEXT_HEIGHT))


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(side * scale) for side in box))


def usual_height(lines: list[Box], share: float = 0.5) -> float | None:
    """The height of a line of several characters that is higher than `share` of them; None: there is none."""
    heights = sorted(b.bottom - b.top for b in lines if b.right - b.left > 2.5 * (b.bottom - b.top))
    return float(heights[int(len(heights) * share)]) if heights else None


# ---- which way up ----


def _lies_on_its_side(lines: list[Box]) -> bool:
    tall = sum(box.bottom - box.top > _TALL * (box.right - box.left) for box in lines)
    wide = sum(box.right - box.left > _TALL * (box.bottom - box.top) for box in lines)
    return tall >= 3 and tall > _TURNED_SHARE * (tall + wide)


def _is_upside_down(gray: Gray, lines: list[Box], engine: Engine) -> bool:
    longest = sorted(lines, key=lambda box: box.left - box.right)[:_LINES_TRIED]
    if not longest:
        return False
    pictures = [
        gray[b.top : b.bottom, b.left : min(b.right, b.left + _PART_TRIED * (b.bottom - b.top))]
        for b in longest
    ]
    # The worst character of a good line is often a bracket or comma: the average over lines tells.
    upright = _average(engine, pictures)
    if upright >= _UPRIGHT:
        return False
    return _average(engine, [np.ascontiguousarray(np.rot90(p, 2)) for p in pictures]) > upright + 0.1


def _average(engine: Engine, pictures: list[Gray]) -> float:
    readings = engine.read(pictures)
    return sum(reading.confidence for reading in readings) / len(readings)
