"""Pages of a pdf as pictures. PDFium must never be entered by two threads at once: `lock` sees to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Area(NamedTuple):
    """A part of a page, from its upper left corner, each side as a share of the page's."""

    left: float
    top: float
    right: float
    bottom: float


class Shown(NamedTuple):
    """A page, counted from 0, and the part of it that is a picture."""

    page: int
    area: Area


WHOLE = Area(0, 0, 1, 1)
_WIDE_PICTURE, _HIGH_PICTURE = 0.4, 0.06  # shares of the page; smaller are seals, signatures, emblems
_MOST_PICTURES = 8  # on a page
_WIDE, _HIGH = 60, 85  # pixels in which a page is looked at for whether it shows anything
_LIGHT = 250  # a lighter pixel is paper
_SHOWN = 0.004  # of the page: more than a page number
_LONGEST_SIDE = 3_400  # pixels
_SCALE = 200 / 72  # of a page in points
_SMALLEST_PAGE = 420  # points; pages are smaller where a program took pixels for points, or a cut-out


def shown_pages(content: bytes, numbers: list[int], lock: threading.Lock) -> list[int]:
    """Those of the pages, counted from 0, that show more than a page number."""
    with lock:
        document = pypdfium2.PdfDocument(content)
        try:
            return [number for number in numbers if _shows_something(document, number)]
        finally:
            document.close()


def _shows_something(document: pypdfium2.PdfDocument, number: int) -> bool:
    try:
        page = document[number]
        width, height = page.get_size()
        bitmap = page.render(scale=min(_WIDE / max(width, 1), _HIGH / max(height, 1)), grayscale=True)
    except pypdfium2.PdfiumError:
        return False
    pixels = bytes(bitmap.buffer)
    light = sum(pixels.count(value) for value in range(_LIGHT, 256))
    return len(pixels) - light > _SHOWN * len(pixels)


def pictures_on(content: bytes, numbers: list[int], lock: threading.Lock) -> list[Shown]:
    """The large pictures on those of the pages, from top to bottom: tables are pasted in as pictures."""
    if b"/Image" not in content:  # a picture is a stream, and what it is stands before it in plain letters
        return []
    with lock:
        document = pypdfium2.PdfDocument(content)
        try:
            return [shown for number in numbers for shown in _pictures(document, number)]
        finally:
            document.close()


def _pictures(document: pypdfium2.PdfDocument, number: int) -> list[Shown]:
    try:
        page = document[number]
        width, height = page.get_size()
        if page.get_rotation() or width <= 0 or height <= 0:
            return []
        found = []
        for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            left, bottom, right, top = picture.get_bounds()
            area = Area(left / width, 1 - top / height, right / width, 1 - bottom / height)
            if area.right - area.left >= _WIDE_PICTURE and area.bottom - area.top >= _HIGH_PICTURE:
                found.append(Shown(number, area))
        return sorted(found, key=lambda shown: shown.area.top)[:_MOST_PICTURES]
    except pypdfium2.PdfiumError:
        return []


def rendered(content: bytes, shown: list[Shown], lock: threading.Lock) -> Iterator[NDArray[np.uint8]]:
    """Each part of a page as blue, green and red. One at a time is in memory; the lock is held for that."""
    import numpy as np

    for number, area in shown:
        with lock:
            document = pypdfium2.PdfDocument(content)
            try:
                page = document[number]
                longest = max(page.get_size())
                scale = _SCALE * max(1.0, _SMALLEST_PAGE / max(longest, 1))
                bitmap = page.render(scale=min(scale, _LONGEST_SIDE / max(longest, 1)), rev_byteorder=False)
                pixels = np.ascontiguousarray(_cut(bitmap.to_numpy()[:, :, :3], area))
            finally:
                document.close()
        yield pixels


def _cut(pixels: NDArray[np.uint8], area: Area) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    return pixels[
        max(0, round(area.top * height)) : max(1, round(area.bottom * height)),
        max(0, round(area.left * width)) : max(1, round(area.right * width)),
    ]
