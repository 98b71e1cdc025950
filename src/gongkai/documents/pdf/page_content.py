"""What stands on a pdf page: characters and ruling lines with their positions, taken in bulk from PDFium."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double, c_float, c_int
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.limits import Budget, too_complex

MAX_CHARACTERS = 200_000  # on one page; a full page of text holds some 2,000
MAX_PATH_SEGMENTS = 50_000  # on one page; maps and drawings hold more, tables a few hundred
MAX_FORM_DEPTH = 8  # content within content within content
USUAL_HEIGHT = 14.0  # points; of the box around a character of 10 to 16 points
MARGIN = 0.05  # of the page's height at its top and bottom, where headers and footers stand
SMALLER, LARGER = 0.5, 2.0  # pages within these are taken as they are
THIN = 3.5  # points; a filled bar no thicker is a line, however it was drawn
_STRAIGHT = 1.0  # points a line may lean and still be level or upright
_SAMPLE = 80  # characters looked at for the direction of the page's text
_SOFT_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line
LOWEST_BOX, HIGHEST_BOX = 0.6, 2.5  # of a character's size: the heights that real fonts state
_UPRIGHT = 0.1  # radians; text that leans more is a watermark or stamp

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Char(NamedTuple):
    """A character and its box in points from the upper left corner of the page as read.

    `spaced` tells that the page's content has a blank before it, written or seen by PDFium.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool = False


class Segment(NamedTuple):
    """A straight piece of a ruling line: from (x0, y0) to (x1, y1), in the same points."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Content:
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)


def page_content(page: pypdfium2.PdfPage, budget: Budget) -> Content:
    """The characters and ruling segments of a page, turned so that its text reads from left to right."""
    textpage = page.get_textpage()
    try:
        quarter, mixed = _direction(textpage.raw)
        turn = _Turn(page, quarter)
        content = Content(turn.width, turn.height)
        content.chars = _chars(textpage.raw, turn, quarter if mixed else None, budget)
    finally:
        textpage.close()
    if content.chars:
        scale = _scale(content.chars, content.height)
        content.segments = [turn.segment(s) for s in _segments(page.raw, THIN * scale, budget)]
        if scale != 1:
            content = _scaled(content, 1 / scale)
    return content


def _scale(chars: list[Char], page_height: float) -> float:
    """How much larger the page is than one for reading: 1 for text of usual size.

    Some programs make pages of 2,480 points and text of 40; what is thin or narrow is so beside the text.
    What browsers print at the edges is tiny, and on a report's last page may be most of the text.
    """
    margin = MARGIN * page_height
    inner = [char for char in chars if margin < char.top and char.bottom < page_height - margin]
    heights = sorted(char.bottom - char.top for char in inner or chars)
    scale = heights[len(heights) // 2] / USUAL_HEIGHT
    return 1.0 if SMALLER < scale < LARGER or scale <= 0 else scale


def _scaled(content: Content, by: float) -> Content:
    chars = [
        Char(c.text, c.left * by, c.top * by, c.right * by, c.bottom * by, c.spaced) for c in content.chars
    ]
    segments = [Segment(*(place * by for place in segment)) for segment in content.segments]
    return Content(content.width * by, content.height * by, chars, segments)


class _Turn:
    """From pdf points (origin below, any rotation) to points from the upper left corner of upright text.

    The direction of the text itself decides, not the page's /Rotate: tables are laid across a page both ways.
    """

    def __init__(self, page: pypdfium2.PdfPage, quarter: int) -> None:
        box = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(page, byref(box)):
            box.right, box.top = page.get_size()
        self._quarter = quarter
        self._left, self._bottom, self._right, self._top = box.left, box.bottom, box.right, box.top
        wide, high = box.right - box.left, box.top - box.bottom
        self.width, self.height = (high, wide) if quarter % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self._quarter == 0:
            return x - self._left, self._top - y
        if self._quarter == 1:
            return y - self._bottom, x - self._left
        if self._quarter == 2:
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        if self._quarter == 0:  # nearly every page, for every character: no detours
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def segment(self, s: Segment) -> Segment:
        return Segment(*self.box(min(s.x0, s.x1), min(s.y0, s.y1), max(s.x0, s.x1), max(s.y0, s.y1)))


def _direction(textpage: Any) -> tuple[int, bool]:
    """Quarter turns by which most of the text is turned, and whether any character sampled leans apart."""
    count = pdfium.FPDFText_CountChars(textpage)
    step = max(1, count // _SAMPLE)
    quarters: Counter[int] = Counter()
    leaning = False
    for index in range(0, count, step):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        angle = pdfium.FPDFText_GetCharAngle(textpage, index)
        if angle < 0:
            continue
        # PDFium counts angles clockwise.
        quarter = -round(angle / (math.pi / 2)) % 4
        leaning = leaning or _leans(angle, quarter)
        quarters[quarter] += 1
    return (quarters.most_common(1)[0][0] if quarters else 0), leaning or len(quarters) > 1


def _chars(textpage: Any, turn: _Turn, quarter: int | None, budget: Budget) -> list[Char]:
    """The visible characters in the order of the content. With `quarter`, only those turned that way."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count > MAX_CHARACTERS:
        raise too_complex("一页内文字过多", "too many characters on a page")
    budget.check_time()
    rect = pdfium.FS_RECTF()
    pointer = byref(rect)
    get_unicode, get_box, box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, turn.box
    chars: list[Char] = []
    spaced = False
    sound: dict[float, bool] = {}  # box height -> whether boxes of that height are to be believed
    for index in range(count):
        code = get_unicode(textpage, index)
        # Spaces and line ends are no characters here: the gaps between boxes tell more.
        if code <= 32 and code != _SOFT_HYPHEN:
            spaced = True
            continue
        text = "-" if code == _SOFT_HYPHEN else chr(code) if code < 0x110000 else "\ufffd"
        if text.isspace() or code in (0xFFFE, 0xFFFF, 0xFEFF, 0x200B) or 0xD800 <= code < 0xE000:
            spaced = True
            continue
        if quarter is not None and _leans(pdfium.FPDFText_GetCharAngle(textpage, index), quarter):
            continue
        if not get_box(textpage, index, pointer):
            continue
        height = rect.top - rect.bottom
        if height not in sound:
            sound[height] = _sound(textpage, index, height)
        if not sound[height]:
            edges = box(*_ink_box(textpage, index))
        else:
            edges = box(rect.left, rect.bottom, rect.right, rect.top)
        chars.append(Char(text, *edges, spaced))
        spaced = False
    return chars


def _size(textpage: Any, index: int) -> float:
    """The size in points at which a character is printed."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, byref(matrix))
    return float(pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d))


def _sound(textpage: Any, index: int, height: float) -> bool:
    # PDFium forgets to scale the boxes of characters that are set from top to bottom.
    size = _size(textpage, index)
    return LOWEST_BOX * size <= height <= HIGHEST_BOX * size


def _ink_box(textpage: Any, index: int) -> tuple[float, float, float, float]:
    """A square of the character's size around the middle of its ink."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
    x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
    half = _size(textpage, index) / 2
    return x - half, y - half, x + half, y + half


def _leans(angle: float, quarter: int) -> bool:
    away = (angle + quarter * math.pi / 2) % (2 * math.pi)
    return min(away, 2 * math.pi - away) > _UPRIGHT


def _segments(page: Any, thin: float, budget: Budget) -> Iterator[Segment]:
    """Ruling segments of a page in pdf points: stroked lines and edges, thin bars and images."""
    left = MAX_PATH_SEGMENTS
    waiting = [_page_objects(page)]
    while waiting:
        budget.check_time()
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
            continue
        item, matrix, depth = entry
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            waiting.append(_form_objects(item, _times(_matrix(item), matrix), depth + 1))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            left -= max(1, pdfium.FPDFPath_CountSegments(item))
            if left < 0:
                return  # a drawing, not a table: its text is kept all the same
            yield from _path(item, matrix, thin)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield from _bar(item, matrix, thin)


def _page_objects(page: Any) -> Iterator[tuple[Any, Matrix, int]]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0


def _form_objects(form: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix, int]]:
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, index), matrix, depth


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bar(item: Any, matrix: Matrix, thin: float) -> Iterator[Segment]:
    """A thin filled shape or image as the line along its middle; nothing for a thicker one."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not pdfium.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
        return
    x0, y0 = _apply(matrix, left.value, bottom.value)
    x1, y1 = _apply(matrix, right.value, top.value)
    yield from _middle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), thin)


def _middle(x0: float, y0: float, x1: float, y1: float, thin: float) -> Iterator[Segment]:
    wide, high = x1 - x0, y1 - y0
    if high <= thin and wide > high:
        yield Segment(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif wide <= thin and high > wide:
        yield Segment((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _path(item: Any, matrix: Matrix, thin: float) -> Iterator[Segment]:
    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke)):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if not stroke.value:
        if not fill.value:
            return
        if count <= 6:  # one shape: its bounds say all
            yield from _bar(item, matrix, thin)
            return
    for points in _subpaths(item, count, _times(_matrix(item), matrix)):
        if stroke.value:
            yield from _edges(points)
        else:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            yield from _middle(min(xs), min(ys), max(xs), max(ys), thin)


def _edges(points: list[tuple[float, float]]) -> Iterator[Segment]:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) <= _STRAIGHT or abs(x0 - x1) <= _STRAIGHT:
            yield Segment(x0, y0, x1, y1)


def _subpaths(item: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The straight runs of a path as corner points; a curve ends a run."""
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = _apply(matrix, x.value, y.value)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points
