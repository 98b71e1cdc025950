"""Straight pieces of ruling lines, however a program draws them: strokes, frames, thin bars and images."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof, c_float, c_int
from itertools import pairwise

import pypdfium2.raw as pdfium

from gongkai.documents.limits import Budget
from gongkai.documents.pdf import plain_calls as call
from gongkai.documents.pdf.drawn import Box, Segment
from gongkai.documents.pdf.page_objects import (
    BATCH,
    Bounds,
    Drawn,
    Matrix,
    PageObjects,
    applied,
    own_matrix,
    times,
)

MAX_PATH_SEGMENTS = 50_000  # on one page; maps and drawings hold more, tables a few hundred
THIN = 3.5  # points; a filled bar no thicker is a line, however it was drawn
_ONE_SHAPE = 6  # segments of a path whose bounds say all there is to say
_STRAIGHT = 1.0  # points a line may lean and still be level or upright


def segments(objects: PageObjects, thin: float, budget: Budget) -> list[Segment]:
    """The ruling pieces of a page in pdf points: stroked lines and edges, thin bars and images.

    A drawing with very many segments is not a table and has none after the first `MAX_PATH_SEGMENTS`.
    """
    pen = _Pen(thin)
    found = [piece for drawn in objects.pictures for piece in pen.bar(drawn)]
    left = MAX_PATH_SEGMENTS
    for number, drawn in enumerate(objects.paths):
        if number % BATCH == 0:
            budget.check_time()
        count = call.count_segments(drawn.item)
        left -= max(1, count)
        if left < 0:
            break
        found.extend(pen.path(drawn, count))
    return found


class _Pen:
    """Reads one path after the other, into the same few numbers."""

    def __init__(self, thin: float) -> None:
        self._thin = thin
        self._bounds = Bounds()
        self._fill, self._stroke = c_int(), c_int()
        self._modes = addressof(self._fill), addressof(self._stroke)
        self._x, self._y = c_float(), c_float()
        self._point = addressof(self._x), addressof(self._y)

    def bar(self, drawn: Drawn) -> Iterator[Segment]:
        """A thin filled shape or image as the line along its middle; nothing for a thicker one."""
        box = self._bounds.of(drawn)
        if box is not None:
            yield from _middle(box, self._thin)

    def path(self, drawn: Drawn, count: int) -> Iterator[Segment]:
        if not call.draw_mode(drawn.item, *self._modes):
            return
        if not self._stroke.value:
            if not self._fill.value:
                return
            if count <= _ONE_SHAPE:
                yield from self.bar(drawn)
                return
        stroked = bool(self._stroke.value)
        for points in self._subpaths(drawn.item, count, times(own_matrix(drawn.item), drawn.matrix)):
            if stroked:
                yield from _edges(points)
            else:
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                yield from _middle((min(xs), min(ys), max(xs), max(ys)), self._thin)

    def _subpaths(self, path: int, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The straight runs of a path as corner points; a curve ends a run."""
        points: list[tuple[float, float]] = []
        for index in range(count):
            segment = call.path_segment(path, index)
            call.segment_point(segment, *self._point)
            point = applied(matrix, self._x.value, self._y.value)
            if call.segment_type(segment) != pdfium.FPDF_SEGMENT_LINETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append(point)
            if len(points) > 1 and call.segment_closes(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _middle(box: Box, thin: float) -> Iterator[Segment]:
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    if high <= thin and wide > high:
        yield Segment(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif wide <= thin and high > wide:
        yield Segment((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _edges(points: list[tuple[float, float]]) -> Iterator[Segment]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) <= _STRAIGHT or abs(x0 - x1) <= _STRAIGHT:
            yield Segment(x0, y0, x1, y1)
