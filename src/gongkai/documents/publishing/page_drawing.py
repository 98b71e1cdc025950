"""Pages drawn small, to see whether certain characters make any difference to what is seen."""

from __future__ import annotations

import time
from ctypes import byref, c_int, cast
from typing import Any, NamedTuple, Protocol, TypeVar

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.publishing.drawn_order import Box, DrawnText

_LARGEST_SIDE = 1400  # pixels
_SCALE = 1.25  # pixels a point: a letter of 10 points is 12 high
_INSIDE = 0.15  # of a box that is left out at each side: neighbours reach into it
_DARK = 70  # of 255
_DARK_SHARE = 0.97
_INVISIBLE = 3  # the text rendering mode that draws nothing


class Placed(Protocol):
    @property
    def box(self) -> Box: ...
    @property
    def text(self) -> DrawnText: ...


One = TypeVar("One", bound=Placed)


class Allowance:
    """The seconds that drawing the pages of a file may take; `skipped` are pages that found none left."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self.skipped: list[int] = []

    def drawing(self, page: pypdfium2.PdfPage, number: int) -> Drawing | None:
        """The page as it can be drawn; None where there is no time left."""
        if self._left <= 0:
            if number not in self.skipped:
                self.skipped.append(number)
            return None
        return Drawing(page, self)

    def take(self, seconds: float) -> None:
        self._left -= seconds


class _Pixels(NamedTuple):
    rows: bytes
    stride: int
    channels: int
    width: int
    height: int


class Drawing:
    """One page, drawn when it is asked for."""

    def __init__(self, page: pypdfium2.PdfPage, allowance: Allowance) -> None:
        self._page = page
        self._allowance = allowance
        self._scale = min(_SCALE, _LARGEST_SIDE / max(*page.get_size(), 1.0))

    def unseen(self, characters: list[One]) -> list[One]:
        """Those of the characters whose places look the same without them. Leaves them undrawn."""
        before = self._drawn()
        for item in {one.text.item for one in characters}:
            pdfium.FPDFTextObj_SetTextRenderMode(cast(item, pdfium.FPDF_PAGEOBJECT), _INVISIBLE)
        after = self._drawn()
        return [one for one in characters if _same(before, after, *self._place(one.box, before))]

    def on_black(self, characters: list[One]) -> list[One]:
        """Those of the characters whose places are nothing but black."""
        pixels = self._drawn()
        return [one for one in characters if _is_black(pixels, *self._place(one.box, pixels))]

    def _drawn(self) -> _Pixels:
        began = time.monotonic()
        bitmap = self._page.render(scale=self._scale)
        pixels = _Pixels(bytes(bitmap.buffer), bitmap.stride, bitmap.n_channels, bitmap.width, bitmap.height)
        bitmap.close()
        self._allowance.take(time.monotonic() - began)
        return pixels

    def _place(self, box: Box, pixels: _Pixels) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in pixels of the inside of a box, one pixel at least."""
        inner = box.shrunk(_INSIDE)
        xs, ys = zip(
            self._point(inner.left, inner.bottom, pixels),
            self._point(inner.right, inner.top, pixels),
            strict=True,
        )
        left, top = max(0, min(xs)), max(0, min(ys))
        return left, top, min(pixels.width, max(*xs, left + 1)), min(pixels.height, max(*ys, top + 1))

    def _point(self, x: float, y: float, pixels: _Pixels) -> tuple[int, int]:
        across, down = c_int(), c_int()
        page: Any = self._page.raw
        pdfium.FPDF_PageToDevice(page, 0, 0, pixels.width, pixels.height, 0, x, y, byref(across), byref(down))
        return across.value, down.value


def _same(before: _Pixels, after: _Pixels, left: int, top: int, right: int, bottom: int) -> bool:
    if left >= right or top >= bottom:
        return False  # not on what was drawn
    for row in range(top, bottom):
        begin = row * before.stride + left * before.channels
        end = row * before.stride + right * before.channels
        if before.rows[begin:end] != after.rows[begin:end]:
            return False
    return True


def _is_black(pixels: _Pixels, left: int, top: int, right: int, bottom: int) -> bool:
    dark = total = 0
    for row in range(top, bottom):
        begin = row * pixels.stride + left * pixels.channels
        values = pixels.rows[begin : row * pixels.stride + right * pixels.channels]
        if pixels.channels == 4:
            values = bytes(value for at, value in enumerate(values) if at % 4 != 3)  # without opacity
        total += len(values)
        dark += sum(value < _DARK for value in values)
    return total > 0 and dark >= _DARK_SHARE * total
