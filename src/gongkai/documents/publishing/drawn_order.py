"""What a pdf page draws, in the order in which it is drawn: texts, and what may lie over them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint, cast
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gongkai.documents.limits import Budget, too_complex
from gongkai.documents.pdf import plain_calls as call
from gongkai.documents.pdf.page_objects import (
    IDENTITY,
    MAX_FORM_DEPTH,
    MAX_OBJECTS,
    Bounds,
    Drawn,
    Matrix,
    own_matrix,
    times,
)

_OPAQUE = 250  # of 255
_NEARLY_WHITE = 245
_BROAD = 4.0  # points
_INVISIBLE = (3, 7)
_LOOK_AT_CLOCK = 1_000
# Annotations that are not laid over the page: links, fields, the little signs of notes.
_NOT_OVER = (
    pdfium.FPDF_ANNOT_LINK,
    pdfium.FPDF_ANNOT_WIDGET,
    pdfium.FPDF_ANNOT_POPUP,
    pdfium.FPDF_ANNOT_TEXT,
)
_MOST_ANNOTATIONS = 5_000


class Box(NamedTuple):
    """In points of the pdf: origin below."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    def shrunk(self, share: float) -> Box:
        wide, high = (self.right - self.left) * share, (self.top - self.bottom) * share
        return Box(self.left + wide, self.bottom + high, self.right - wide, self.top - high)

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and self.right > other.left
            and self.bottom < other.top
            and self.top > other.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )


class Cover(NamedTuple):
    """Something opaque; `order`: how many things are drawn before it. `sure`: a filled shape, no picture."""

    box: Box
    order: int
    sure: bool


class DrawnText(NamedTuple):
    """One text object, by address."""

    item: int
    order: int
    unseen: bool  # draws nothing, as recognised words over a scan do
    white: bool
    size: float  # points, as printed
    box: Box


@dataclass(slots=True)
class InOrder:
    texts: dict[int, DrawnText] = field(default_factory=dict)
    covers: list[Cover] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


def drawn_in_order(page: Any, budget: Budget) -> InOrder:
    """Texts and covers of a page and of its forms. Raises too_complex, too_slow."""
    found = InOrder()
    bounds = Bounds()
    order = 0
    for order, (item, kind, matrix) in enumerate(_objects(call.address(page), budget), 1):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            box = bounds.of(Drawn(item, matrix))
            found.texts[item] = _text(item, order, matrix, Box(*box) if box else Box(0, 0, 0, 0))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            box = bounds.of(Drawn(item, matrix))
            if box is not None and _is_opaque_fill(item):
                found.covers.append(Cover(Box(*box), order, sure=True))
            elif box is not None and _is_broad_stroke(item, Box(*box)):
                found.covers.append(Cover(Box(*box), order, sure=False))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            if (box := bounds.of(Drawn(item, matrix))) is not None:
                found.covers.append(Cover(Box(*box), order, sure=False))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = bounds.of(Drawn(item, matrix))
            if box is not None:
                found.pictures.append(Box(*box))
                if not pdfium.FPDFPageObj_HasTransparency(_handle(item)):
                    found.covers.append(Cover(Box(*box), order, sure=False))
    found.covers += [Cover(box, order + 1, sure=False) for box in _annotations(page)]
    return found


def _objects(page: int, budget: Budget) -> Iterator[tuple[int, int, Matrix]]:
    """Address, kind and place of every object that is no form, as they are drawn one after the other."""
    seen = 0
    waiting = [(call.page_object, page, iter(range(call.count_objects(page))), IDENTITY)]
    while waiting:
        get, owner, numbers, matrix = waiting[-1]
        number = next(numbers, None)
        if number is None:
            waiting.pop()
            continue
        seen += 1
        if seen > MAX_OBJECTS:
            raise too_complex("一页内图形过多", "too many objects on a page")
        if seen % _LOOK_AT_CLOCK == 0:
            budget.check_time()
        item = get(owner, number) or 0
        kind = call.object_type(item)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, kind, matrix
        elif len(waiting) <= MAX_FORM_DEPTH:
            inner = times(own_matrix(item), matrix)
            waiting.append((call.form_object, item, iter(range(call.count_in_form(item))), inner))


def _handle(item: int) -> Any:
    return cast(item, pdfium.FPDF_PAGEOBJECT)


def _text(item: int, order: int, matrix: Matrix, box: Box) -> DrawnText:
    placed = times(own_matrix(item), matrix)
    mode = call.render_mode(item)
    *colour, opacity = _fill(item)
    return DrawnText(
        item,
        order,
        mode in _INVISIBLE or (mode == 0 and opacity == 0),
        mode == 0 and min(colour) >= _NEARLY_WHITE,
        _size(item) * math.hypot(placed[2], placed[3]),
        box,
    )


def _size(item: int) -> float:
    size = c_float()
    return size.value if pdfium.FPDFTextObj_GetFontSize(_handle(item), byref(size)) else 10.0


def _fill(item: int) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity of what it is filled with; a pattern counts as black."""
    parts = [c_uint(), c_uint(), c_uint(), c_uint(255)]
    call.fill_colour(item, *(addressof(part) for part in parts))
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity


def _is_opaque_fill(item: int) -> bool:
    fill, stroke = c_int(), c_int()
    if not call.draw_mode(item, addressof(fill), addressof(stroke)) or not fill.value:
        return False
    return _fill(item)[3] >= _OPAQUE and not pdfium.FPDFPageObj_HasTransparency(_handle(item))


def _is_broad_stroke(item: int, box: Box) -> bool:
    """Whether a path is a line as broad as a line of text, as a marker pen draws."""
    fill, stroke = c_int(), c_int()
    width = c_float()
    if not call.draw_mode(item, addressof(fill), addressof(stroke)) or not stroke.value:
        return False
    if not pdfium.FPDFPageObj_GetStrokeWidth(_handle(item), byref(width)) or width.value < _BROAD:
        return False
    return min(box.right - box.left, box.top - box.bottom) <= 2 * width.value


def _annotations(page: Any) -> list[Box]:
    """Where annotations lie over the page."""
    boxes = []
    for number in range(min(_MOST_ANNOTATIONS, pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        rect = pdfium.FS_RECTF()
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        if kind not in _NOT_OVER and pdfium.FPDFAnnot_GetRect(note, byref(rect)):
            low, high = sorted((rect.bottom, rect.top))
            boxes.append(Box(min(rect.left, rect.right), low, max(rect.left, rect.right), high))
        pdfium.FPDFPage_CloseAnnot(note)
    return boxes
