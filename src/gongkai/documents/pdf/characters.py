"""The characters of a page with their boxes and base lines, taken in bulk from PDFium."""

from __future__ import annotations

import math
from collections import Counter
from ctypes import addressof, byref, c_double, c_ushort, sizeof
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.documents.limits import Budget, too_complex
from gongkai.documents.pdf import plain_calls as call
from gongkai.documents.pdf.drawn import Box, Char
from gongkai.documents.pdf.turning import Turn

MAX_CHARACTERS = 200_000  # on one page; a full page of text holds some 2,000
_SAMPLE = 20  # characters looked at for the direction of the page's text
_UPRIGHT = 0.1  # radians; text that leans more is a watermark or stamp
LOWEST_BOX, HIGHEST_BOX = 0.6, 2.5  # of a character's size: the heights that real fonts state
USUAL_DEPTH = 0.12  # of a character's size below the base line
_SAME_HEIGHT = 50  # steps a point; boxes of one height are of one font and size
# Spaces and line ends are no characters here: the gaps between boxes tell more.
_NOT_DRAWN = frozenset(
    [chr(code) for code in range(33)]
    + [chr(code) for code in range(0x7F, 0xA1)]
    + list("\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\ufffe\uffff")
    + [chr(code) for code in range(0x2000, 0x2010)]
)
_SOFT_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line


def direction(textpage: Any) -> tuple[int, bool]:
    """Quarter turns by which most of the text is turned, and whether any character sampled leans apart."""
    owner = call.address(textpage)
    count = pdfium.FPDFText_CountChars(textpage)
    quarters: Counter[int] = Counter()
    leaning = False
    for index in range(0, count, max(1, count // _SAMPLE)):
        angle = call.character_angle(owner, index)
        if angle < 0 or pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        # PDFium counts angles clockwise.
        quarter = -round(angle / (math.pi / 2)) % 4
        leaning = leaning or _leans(angle, quarter)
        quarters[quarter] += 1
    return (quarters.most_common(1)[0][0] if quarters else 0), leaning or len(quarters) > 1


def characters(
    textpage: Any, turn: Turn, quarter: int | None, apart: set[int], budget: Budget
) -> tuple[list[Char], list[tuple[Char, int]]]:
    """The characters in the order of the content, and those of the text objects `apart`, with their object.

    With `quarter`, only the characters turned that way are given. Raises too_complex, too_slow.
    """
    count = pdfium.FPDFText_CountChars(textpage)
    if count > MAX_CHARACTERS:
        raise too_complex("一页内文字过多", "too many characters on a page")
    budget.check_time()
    owner = call.address(textpage)
    texts = _texts(textpage, count)
    drawn = [index for index, text in enumerate(texts) if text and text not in _NOT_DRAWN]
    if quarter is not None:
        drawn = [index for index in drawn if not _leans(call.character_angle(owner, index), quarter)]
    chars = _placed(textpage, texts, drawn, turn)
    if not apart:
        return chars, []
    budget.check_time()
    items = [call.text_object(owner, index) for index in drawn]
    return (
        [char for char, item in zip(chars, items, strict=True) if item not in apart],
        [(char, item) for char, item in zip(chars, items, strict=True) if item in apart],
    )


def _texts(textpage: Any, count: int) -> list[str]:
    """The characters one by one; "\\0" for what is no character, "" for the second half of one."""
    units = (c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(textpage, 0, count, units) == count + 1:
        texts = bytes(units)[:-2].decode("utf-16-le", "replace")
        if len(texts) == count and "\ufffe" not in texts:
            return list(texts)
    # Characters outside the basic plane take two units, some none, and hyphens look like no characters.
    codes = [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count)]
    found = ["-" if code == _SOFT_HYPHEN else chr(code) if _is_character(code) else "\0" for code in codes]
    for index, (code, low) in enumerate(pairwise(codes)):
        if 0xD800 <= code < 0xDC00 <= low < 0xE000:
            found[index] = chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00)
            found[index + 1] = ""
    return found


def _is_character(code: int) -> bool:
    return code < 0x110000 and not 0xD800 <= code < 0xE000


def _placed(textpage: Any, texts: list[str], drawn: list[int], turn: Turn) -> list[Char]:
    owner = call.address(textpage)
    boxes = turn.boxes(_boxes(owner, drawn))
    bases = _bases(owner, drawn, boxes, turn)
    heights = [int((bottom - top) * _SAME_HEIGHT) for _, top, _, bottom in boxes]
    first = dict(zip(reversed(heights), reversed(range(len(heights))), strict=True))
    unsound = {height for height, at in first.items() if not _is_sound(textpage, drawn[at], boxes[at])}
    if unsound:
        for at, height in enumerate(heights):
            if height in unsound:
                boxes[at], bases[at] = _mended(textpage, drawn[at], boxes[at], bases[at], turn)
    return [
        Char(texts[index], *box, base, index > 0 and texts[index - 1] in _NOT_DRAWN)
        for index, box, base in zip(drawn, boxes, bases, strict=True)
    ]


def _bases(textpage: int, drawn: list[int], boxes: list[Box], turn: Turn) -> list[float]:
    """The base lines. Upright characters with boxes of one height at one level stand on the same."""
    if turn.quarter:
        return turn.bases(*_origins(textpage, drawn))
    levels = [(top, bottom) for _, top, _, bottom in boxes]
    some = dict(zip(levels, drawn, strict=True))
    known = dict(zip(some, turn.bases(*_origins(textpage, list(some.values()))), strict=True))
    return [known[level] for level in levels]


def _boxes(textpage: int, drawn: list[int]) -> list[Box]:
    """The loose boxes as (left, bottom, right, top): as high as the font, as wide as the character's step."""
    rects = (pdfium.FS_RECTF * max(len(drawn), 1))()
    start, step = addressof(rects), sizeof(pdfium.FS_RECTF)
    places = range(start, start + len(drawn) * step, step)
    for _ in map(call.loose_box, repeat(textpage), drawn, places):
        pass
    sides = _numbers(rects, "f")
    return list(zip(sides[0::4], sides[3::4], sides[2::4], sides[1::4], strict=True))[: len(drawn)]


def _origins(textpage: int, drawn: list[int]) -> tuple[list[float], list[float]]:
    """The points the characters stand on, as their xs and their ys."""
    count = max(len(drawn), 1)
    xs, ys = (c_double * count)(), (c_double * count)()
    step = sizeof(c_double)
    places = (range(start, start + len(drawn) * step, step) for start in (addressof(xs), addressof(ys)))
    for _ in map(call.character_origin, repeat(textpage), drawn, *places):
        pass
    return _numbers(xs, "d")[: len(drawn)], _numbers(ys, "d")[: len(drawn)]


def _numbers(filled: Any, kind: str) -> list[float]:
    return memoryview(filled).cast("B").cast(kind).tolist()  # type: ignore[call-overload,no-any-return]


def _is_sound(textpage: Any, index: int, box: Box) -> bool:
    size = _size(textpage, index)
    return LOWEST_BOX * size <= box[3] - box[1] <= HIGHEST_BOX * size


def _mended(textpage: Any, index: int, box: Box, base: float, turn: Turn) -> tuple[Box, float]:
    """The box and base line of a character whose box is too low or too high to be its font's."""
    left, top, right, bottom = box
    size = _size(textpage, index)
    if bottom - top <= HIGHEST_BOX * size:  # a font that states no height: the box is as high as the ink
        return (left, base - (1 - USUAL_DEPTH) * size, right, base + USUAL_DEPTH * size), base
    # PDFium forgets to scale the boxes of characters that are set from top to bottom.
    box = turn.box(*_ink_box(textpage, index))
    return box, box[3] - USUAL_DEPTH * size


def _size(textpage: Any, index: int) -> float:
    """The size in points at which a character is printed."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, byref(matrix))
    return float(pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d))


def _ink_box(textpage: Any, index: int) -> Box:
    """A square of the character's size around the middle of its ink."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
    x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
    half = _size(textpage, index) / 2
    return x - half, y - half, x + half, y + half


def _leans(angle: float, quarter: int) -> bool:
    away = (angle + quarter * math.pi / 2) % (2 * math.pi)
    return min(away, 2 * math.pi - away) > _UPRIGHT
