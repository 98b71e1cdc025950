"""What a page shows, in points from the upper left corner of the page as read: characters and lines."""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]


class Char(NamedTuple):
    """A character and its box in points from the upper left corner of the page as read.

    `base` is the line it stands on, the same for all fonts of a line. `spaced` tells that the page's content
    has a blank before it, written or seen by PDFium.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    spaced: bool = False


class Segment(NamedTuple):
    """A straight piece of a ruling line: from (x0, y0) to (x1, y1), in points."""

    x0: float
    y0: float
    x1: float
    y1: float
