"""From a pdf's points to those of the page as it is read."""

from __future__ import annotations

from ctypes import byref
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.pdf.drawn import Box, Char, Segment


class Turn:
    """From pdf points (origin below, any rotation) to points from the upper left corner of upright text.

    The direction of the text itself decides, not the page's /Rotate: tables are laid across a page both ways.
    """

    def __init__(self, page: pypdfium2.PdfPage, quarter: int) -> None:
        box: Any = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(page, byref(box)):
            box.right, box.top = page.get_size()
        self.quarter = quarter
        self._left, self._bottom = float(box.left), float(box.bottom)
        self._right, self._top = float(box.right), float(box.top)
        wide, high = self._right - self._left, self._top - self._bottom
        self.width, self.height = (high, wide) if quarter % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 0:
            return x - self._left, self._top - y
        if self.quarter == 1:
            return y - self._bottom, x - self._left
        if self.quarter == 2:
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box in pdf points as (left, top, right, bottom) of the page as read."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def boxes(self, boxes: list[Box]) -> list[Box]:
        if self.quarter:
            return [self.box(*box) for box in boxes]
        x, y = self._left, self._top  # nearly every page, for every character: no detours
        return [(left - x, y - top, right - x, y - bottom) for left, bottom, right, top in boxes]

    def bases(self, xs: list[float], ys: list[float]) -> list[float]:
        """How far below the page's upper side the points are that characters stand on."""
        if self.quarter:
            return [self.point(x, y)[1] for x, y in zip(xs, ys, strict=True)]
        top = self._top
        return [top - y for y in ys]

    def shown(self, chars: list[Char]) -> list[Char]:
        """The characters that stand on the page, not on what was cut off around it."""
        wide, high = 2 * self.width, 2 * self.height
        return [
            char
            for char in chars
            if 0 <= char[1] + char[3] <= wide and 0 <= char[2] + char[4] <= high  # left, right; top, bottom
        ]

    def segment(self, s: Segment) -> Segment | None:
        """A segment on the page as read, without what was cut off around it."""
        x0, y0, x1, y1 = self.box(min(s.x0, s.x1), min(s.y0, s.y1), max(s.x0, s.x1), max(s.y0, s.y1))
        x0, y0 = max(x0, 0.0), max(y0, 0.0)
        x1, y1 = min(x1, self.width), min(y1, self.height)
        return Segment(x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None
