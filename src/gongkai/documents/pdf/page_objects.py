"""The objects a page draws: paths and pictures that may be ruling lines, and text that nobody sees."""

from __future__ import annotations

from ctypes import addressof, c_float, c_int, c_uint, sizeof
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gongkai.documents.limits import Budget, too_complex
from gongkai.documents.pdf import plain_calls as call
from gongkai.documents.pdf.drawn import Box

MAX_OBJECTS = 200_000  # on one page, a form's counted each time it is drawn; a dense table draws some 2,000
MAX_FORM_DEPTH = 8  # content within content within content
BATCH = 2_000  # objects taken between two looks at the clock
_INVISIBLE = (3, 7)  # text rendering modes that draw nothing
_FILL_ALONE = 0  # the text rendering mode that shows the fill colour and no outline
_NEARLY_WHITE = 245  # of 255

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawn(NamedTuple):
    """A path, image or shading, by address, and how its place turns into the page's."""

    item: int
    matrix: Matrix


@dataclass(slots=True)
class PageObjects:
    """`unseen` texts draw nothing, `white` ones draw in white; both by address."""

    paths: list[Drawn] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    white: set[int] = field(default_factory=set)


def page_objects(page: Any, budget: Budget) -> PageObjects:
    """What a page draws, with what stands in its forms. Raises too_complex, too_slow."""
    found = PageObjects()
    left = MAX_OBJECTS
    owner = call.address(page)
    waiting = [(call.page_object, owner, call.count_objects(owner), IDENTITY, 0)]
    while waiting:
        get, owner, count, matrix, depth = waiting.pop()
        left -= max(1, count)
        if left < 0:
            raise too_complex(f"一页内图形超过 {MAX_OBJECTS} 个", f"more than {MAX_OBJECTS} objects a page")
        for start in range(0, count, BATCH):
            budget.check_time()
            items = list(map(get, repeat(owner), range(start, min(count, start + BATCH))))
            texts = []
            for item, kind in zip(items, map(call.object_type, items), strict=True):
                if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                    texts.append(item)
                elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                    found.paths.append(Drawn(item, matrix))
                elif kind != pdfium.FPDF_PAGEOBJ_FORM:
                    found.pictures.append(Drawn(item, matrix))
                elif depth < MAX_FORM_DEPTH:
                    inner = times(own_matrix(item), matrix)
                    waiting.append((call.form_object, item, call.count_in_form(item), inner, depth + 1))
            if texts:
                _note_visibility(texts, found)
    return found


class _Fills(NamedTuple):
    """Red, green, blue and opacity of fills, each 0 to 255. A pattern counts as black."""

    red: list[int]
    green: list[int]
    blue: list[int]
    opacity: list[int]

    def shows(self, at: int) -> bool:
        return self.opacity[at] > 0

    def is_white(self, at: int) -> bool:
        return min(self.red[at], self.green[at], self.blue[at]) >= _NEARLY_WHITE


def _fills(items: list[int]) -> _Fills:
    parts = [(c_uint * max(len(items), 1))() for _ in range(3)]
    opacity = (c_uint * max(len(items), 1))(*repeat(255, len(items)))
    starts, step = [addressof(part) for part in (*parts, opacity)], sizeof(c_uint)
    places = (range(start, start + len(items) * step, step) for start in starts)
    for _ in map(call.fill_colour, items, *places):
        pass
    return _Fills(*(memoryview(part).cast("B").cast("I").tolist() for part in (*parts, opacity)))


def _note_visibility(texts: list[int], found: PageObjects) -> None:
    modes = list(map(call.render_mode, texts))
    fills = _fills(texts)
    if max(modes, default=0) == _FILL_ALONE and max(fills.red) < _NEARLY_WHITE and min(fills.opacity) > 0:
        return  # all of it is seen, as on nearly every page
    for at, (text, mode) in enumerate(zip(texts, modes, strict=True)):
        if mode in _INVISIBLE or (mode == _FILL_ALONE and not fills.shows(at)):
            found.unseen.add(text)
        elif mode == _FILL_ALONE and fills.is_white(at):
            found.white.add(text)


def own_matrix(item: int) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not call.object_matrix(item, addressof(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    if matrix is IDENTITY:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class Bounds:
    """Reads the bounds of one object after the other."""

    def __init__(self) -> None:
        self._sides = tuple(c_float() for _ in range(4))
        self._places = tuple(addressof(side) for side in self._sides)

    def of(self, drawn: Drawn) -> Box | None:
        if not call.object_bounds(drawn.item, *self._places):
            return None
        left, bottom, right, top = self._sides
        x0, y0 = applied(drawn.matrix, left.value, bottom.value)
        x1, y1 = applied(drawn.matrix, right.value, top.value)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def backgrounds(objects: PageObjects) -> list[Box]:
    """Where the page is not white: pictures, shadings and shapes filled with a colour."""
    bounds = Bounds()
    fill, stroke = c_int(), c_int()
    boxes = [bounds.of(drawn) for drawn in objects.pictures]
    fills = _fills([drawn.item for drawn in objects.paths])
    for at, drawn in enumerate(objects.paths):
        if not call.draw_mode(drawn.item, addressof(fill), addressof(stroke)) or not fill.value:
            continue
        if fills.shows(at) and not fills.is_white(at):
            boxes.append(bounds.of(drawn))
    return [box for box in boxes if box is not None]
