"""A page set level and square: turned back as far as it was turned, and its sides made parallel again."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.ocr.engine import Gray

_MOST_TURNED = 6.0  # degrees
_SIDE = 900  # pixels; for finding how far a page is turned
_LEVEL = 0.04  # degrees; a page that is turned less stays as it is
_MOST_BENT = 2.5  # degrees by which a table's sides may lean after the page is level
_BENT = 0.15  # degrees; sides that lean less stay as they are
_RUN = 21  # pixels; strokes of characters are shorter
_LONG = 0.1  # of the page; shorter lines tell little
_THIN = 5  # pixels; a line is no higher, but for its slope
_FEWEST_LINES = 3
_APART = 0.15  # of the page; lines that are nearer tell nothing of how the lean changes
_AGREE = 0.005  # slope; a line that is further off is none of the table's


def levelled(gray: Gray) -> Gray:
    """The page turned back by as much as its lines of text and of tables are turned, up to six degrees."""
    degrees = turned_by(gray)
    if abs(degrees) >= _LEVEL:
        height, width = gray.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        gray = _warped(gray, np.vstack([turn, [0, 0, 1]]).astype(np.float64))
    return squared(gray)


def turned_by(gray: Gray) -> float:
    """Degrees, counted clockwise, by which a page is turned: level, its rows differ most in their ink."""
    ink = _small_ink(gray)
    best = 0.0
    for step, reach in ((0.5, _MOST_TURNED), (0.1, 0.5), (0.02, 0.1)):
        tried = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(tried, key=lambda angle: _unevenness(ink, float(angle))))
    return 0.0 if abs(best) > _MOST_TURNED else best


def squared(gray: Gray) -> Gray:
    """A level page with its tables' sides made parallel: photographs are taken aslant, feeders pull unevenly.

    Text without a table is read as it stands.
    """
    ink = _small_ink(gray)
    level, plumb = _leaning(ink), _leaning(np.ascontiguousarray(ink.T))
    if max(abs(lean(place)) for lean in (level, plumb) for place in (0, 1)) < np.tan(np.radians(_BENT)):
        return gray
    height, width = gray.shape
    corners = np.array([(x, y) for y in (0, height) for x in (0, width)], np.float32)
    off = [(plumb(x / width) * (y - height / 2), level(y / height) * (x - width / 2)) for x, y in corners]
    straight = (corners - np.array(off)).astype(np.float32)
    return _warped(gray, cv2.getPerspectiveTransform(corners, straight).astype(np.float64))


def _leaning(ink: NDArray[np.uint8]) -> Callable[[float], float]:
    """How much lines along the page fall at a place, from 0 (top) to 1 (foot); 0 where nothing tells."""
    lines = _long_lines(ink)
    for _ in range(2):  # once with all, once with those that agree
        if len(lines) < _FEWEST_LINES:
            return lambda place: 0.0
        places, slopes, lengths = np.array(lines).T
        spread = float(np.ptp(places)) > _APART
        fit = np.polyfit(places, slopes, 1 if spread else 0, w=lengths)
        agree = np.abs(np.polyval(fit, places) - slopes) < _AGREE
        lines = [line for line, kept in zip(lines, agree, strict=True) if kept]
    steepest = float(np.tan(np.radians(_MOST_BENT)))
    return lambda place: float(np.clip(np.polyval(fit, place), -steepest, steepest))


def _long_lines(ink: NDArray[np.uint8]) -> list[tuple[float, float, float]]:
    """Long lines along the page: the place of each from 0 to 1, its slope, its length in pixels."""
    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RUN), np.uint8))
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((3, _RUN), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    lines: list[tuple[float, float, float]] = []
    for number in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[number])
        if width < _LONG * ink.shape[1] or height > _THIN + width * np.tan(np.radians(_MOST_BENT)):
            continue
        down, across = np.nonzero(labels[top : top + height, left : left + width] == number)
        slope, start = np.polyfit(across, down, 1)
        middle = top + start + slope * width / 2
        lines.append((float(middle) / ink.shape[0], float(slope), float(width)))
    return lines


def _small_ink(gray: Gray) -> NDArray[np.uint8]:
    scale = _SIDE / max(gray.shape)
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else gray
    return np.asarray(
        cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15), np.uint8
    )


def _unevenness(ink: NDArray[np.uint8], degrees: float) -> float:
    """How much neighbouring rows differ in ink after a turn: sheared, which for small angles is the same."""
    height, width = ink.shape
    slope = float(np.tan(np.radians(degrees)))
    shear = np.array([[1, 0, 0], [-slope, 1, slope * width / 2]], np.float32)
    rows = cv2.warpAffine(ink, shear, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _warped(gray: Gray, how: NDArray[np.float64]) -> Gray:
    height, width = gray.shape
    return np.asarray(
        cv2.warpPerspective(
            gray, how, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )
