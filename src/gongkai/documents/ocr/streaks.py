"""Lines that dirt on the glass of a scanner draws down every page, from its upper edge to its lower one."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.ocr.engine import Gray

_DARKER = 10  # shades of grey, than the paper at both sides
_THROUGHOUT = 0.75  # of the rows; where ink or grain hides a streak it does not stand out
_EVENED = 31  # pixels along a streak over which grain is evened out
_AT_EDGE = 0.02  # of the page, above and below: no table reaches so far, but one that was cut out
_LONG = 0.04  # of the page; what is shorter is no side of a table
_MOST = 3  # on a page
_BROADEST = 6  # pixels at 200 dots an inch
_INK = 60  # shades of grey darker than the streak: what was printed there


def without_streaks(gray: Gray) -> Gray:
    """The page without streaks along the way it was fed; printed characters under them stay."""
    for turned in (False, True):
        page = np.ascontiguousarray(gray.T) if turned else gray
        found = _streaks(page)
        if found:
            page = page.copy()
            for left, right in found:
                _wipe(page, left, right)
            gray = np.ascontiguousarray(page.T) if turned else page
    return gray


def _streaks(page: Gray) -> list[tuple[int, int]]:
    """First and last column of each."""
    height, width = page.shape
    edge = max(2, round(_AT_EDGE * height))
    broadest = max(3, round(_BROADEST * max(height, width) / 2_300))
    even = cv2.blur(page, (1, _EVENED))
    dark = cv2.morphologyEx(even, cv2.MORPH_BLACKHAT, np.ones((1, 2 * broadest + 1), np.uint8)) > _DARKER
    throughout = dark.mean(axis=0) > _THROUGHOUT
    for end in (dark[:edge], dark[-edge:]):
        throughout &= end.mean(axis=0) > _THROUGHOUT
    found = _runs(throughout)
    return found if 0 < len(found) <= _MOST and _has_frame(dark, throughout, edge) else []


def _has_frame(dark: NDArray[np.bool_], streaks: NDArray[np.bool_], edge: int) -> bool:
    """Whether a table lies on the page with a margin above and below: else the streaks are its own lines."""
    height = dark.shape[0]
    blurred = cv2.dilate(streaks.astype(np.uint8)[None], np.ones((1, 2 * _BROADEST + 1), np.uint8)) > 0
    rest = np.where(blurred, 0, dark).astype(np.uint8)
    lines = cv2.morphologyEx(rest, cv2.MORPH_OPEN, np.ones((round(_LONG * height), 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    beside = sorted((left, top, top + high) for left, top, _, high, _ in stats[1:].tolist())
    if len(beside) < 2:
        return False
    return all(top > edge and bottom < height - edge for _, top, bottom in (beside[0], beside[-1]))


def _runs(columns: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    return [(int(first), int(last) - 1) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _wipe(page: Gray, left: int, right: int) -> None:
    """Paints columns in the shade beside them, row by row."""
    left, right = max(0, left - 1), min(page.shape[1] - 1, right + 1)
    before, after = page[:, max(0, left - 1)], page[:, min(page.shape[1] - 1, right + 1)]
    streak = page[:, left : right + 1]
    printed = streak < np.median(streak, axis=0) - _INK
    beside = np.maximum(before, after)[:, None]
    streak[:] = np.where(printed, streak, np.maximum(streak, beside))
