"""The ruling lines of tables in the picture of a page, and the page without them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.documents.ocr.engine import Box, Gray
from gongkai.documents.ocr.faint_rulings import lengthened, shows_at_ends, transposed
from gongkai.documents.ocr.page_image import noise_of
from gongkai.documents.pdf.drawn import Segment

_DARKER = 12  # than the neighbourhood: what counts as ink. A hairline at 150 dots is no darker than this
_GRAIN = 6  # times the usual difference between neighbours: what grain is left is no ink
_HAIRLINE = 9  # pixels across; a thicker line is dark enough to be ink
_FAINT = 16  # by how much a hairline is darker than the paper beside it
_NEIGHBOURHOOD = 51  # pixels
_LEVEL = 0.8  # heights of a line of text; columns of figures are narrow, and shorter strokes are characters'
_UPRIGHT = 0.6  # rows of figures are low; strokes of characters are told apart by what they meet
_GAP = 15  # pixels bridged between long runs: noise and compression break hairlines
_MEETS = 5  # pixels by which a line may miss the ones it runs between
_SHORT = 2.2  # heights of a line of text; a line that is shorter must meet others at both its ends
_BESIDE = 7  # pixels by which a line may run beside the middle of its pieces
_HALF = 4  # pixels; half of the thickest line, leaning a little
_THICKEST = 0.5  # heights of a line of text; what is thicker is no line, but a photograph or a black bar


def ink_of(gray: Gray) -> Gray:
    """Where the page is inked: 255, else 0. Shadows and yellowed paper are no ink."""
    darker = max(_DARKER, _GRAIN * noise_of(gray))
    return np.asarray(
        cv2.adaptiveThreshold(
            gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _NEIGHBOURHOOD, darker
        ),
        np.uint8,
    )


def rulings_of(gray: Gray, ink: Gray, text_height: float) -> tuple[list[Segment], Gray]:
    """The lines of tables as segments in pixels, and where they are inked (255)."""
    level, level_mask = _lines(_straight(gray, ink, upright=False), text_height, upright=False)
    upright, upright_mask = _lines(_straight(gray, ink, upright=True), text_height, upright=True)
    across = _kept(upright, upright_mask, level_mask, gray, text_height)
    along = _kept(level, level_mask, upright_mask, gray, text_height)
    along = lengthened(along, across, gray, level_mask, text_height)
    sideways = transposed(across), transposed(along), gray.T, upright_mask.T  # the mask's own points
    across = transposed(lengthened(*sideways, text_height))
    return along + across, np.asarray(cv2.bitwise_or(level_mask, upright_mask), np.uint8)


def _kept(lines: list[Segment], mask: Gray, others: Gray, gray: Gray, text_height: float) -> list[Segment]:
    """The lines without the short ones that stand alone: these are wiped from the mask as well."""
    ends = np.asarray(cv2.dilate(others, np.ones((2 * _MEETS + 1, 2 * _MEETS + 1), np.uint8)), np.uint8)
    long = [line for line in lines if _length(line) > _SHORT * text_height]
    kept: list[Segment] = []
    for line in lines:
        x0, y0, x1, y1 = (round(place) for place in line)
        meets = line in long or (_inked(ends, x0, y0) and _inked(ends, x1, y1))
        # In low rows the stroke of a 件 comes near the lines above and below it, but seldom reaches both.
        doubtful = line not in long and not any(_in_line(line, other) for other in long)
        if meets and not (doubtful and not _reaches(line, others, gray)):
            kept.append(line)
        else:
            mask[max(0, y0 - 2) : y1 + 3, max(0, x0 - 2) : x1 + 3] = 0
    return kept


def _reaches(line: Segment, others: Gray, gray: Gray) -> bool:
    """Whether a line can be traced up to those it meets: gaps were bridged in finding it."""
    if _is_upright(line):
        [line], others, gray = transposed([line]), others.T, gray.T
    first, last, at = round(line.x0), round(line.x1), round(line.y0)
    met = others[at, max(0, first - _MEETS) : last + _MEETS + 1] > 0
    start = max(0, first - _MEETS)
    edges = np.flatnonzero(np.diff(np.concatenate(([True], met, [True])).astype(np.int8)))
    spans = zip(edges[::2], edges[1::2], strict=True)
    return all(shows_at_ends(gray, at, start + int(one), start + int(other)) for one, other in spans)


def _length(line: Segment) -> float:
    return max(line[2] - line[0], line[3] - line[1])


def _is_upright(line: Segment) -> bool:
    return line.x1 - line.x0 < line.y1 - line.y0


def _in_line(one: Segment, other: Segment) -> bool:
    """Whether two upright lines, or two level ones, lie on one."""
    return abs(one[0] - other[0] if _is_upright(one) else one[1] - other[1]) <= _MEETS


def _inked(picture: Gray, x: int, y: int) -> bool:
    return bool(picture[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2].any())


def sides_of(cells: list[Box], lines: list[Segment], ruled: Gray, text_height: float) -> Gray:
    """Of what is ruled the sides of cells and the long lines: long strokes of characters stay."""
    sides = np.zeros_like(ruled)
    for cell in cells:
        cv2.rectangle(
            sides, (cell.left, cell.top), (cell.right - 1, cell.bottom - 1), (255,), 2 * _BESIDE + 1
        )
    for line in lines:
        x0, y0, x1, y1 = (round(place) for place in line)
        if max(x1 - x0, y1 - y0) > _SHORT * text_height:
            cv2.rectangle(sides, (x0 - _HALF, y0 - _HALF), (x1 + _HALF, y1 + _HALF), (255,), cv2.FILLED)
    return np.asarray(cv2.bitwise_and(sides, ruled), np.uint8)


def without_rulings(gray: Gray, ink: Gray, ruled: Gray) -> tuple[Gray, Gray]:
    """The page with its ruling lines painted over in the colour of the paper, and its ink without them.

    Of the ink a line's blurred edge goes as well; in the picture it stays, since a digit may touch it.
    """
    paper = int(np.percentile(gray, 90))
    edges = cv2.dilate(ruled, np.ones((3, 3), np.uint8))
    painted = np.where(ruled > 0, np.uint8(paper), gray).astype(np.uint8)
    return painted, np.where(edges > 0, np.uint8(0), ink).astype(np.uint8)


def _straight(gray: Gray, ink: Gray, upright: bool) -> Gray:
    """The ink, and with it what is darker than the paper at both its sides: hairlines.

    A hairline between dense characters is lighter than its neighbourhood is on average.
    """
    across = np.ones((1, _HAIRLINE) if upright else (_HAIRLINE, 1), np.uint8)
    darker = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, across)
    least = max(_FAINT, 3 * float(np.median(darker)) + _FAINT / 2)
    return np.where(darker > least, np.uint8(255), ink).astype(np.uint8)


def _lines(ink: Gray, text_height: float, upright: bool) -> tuple[list[Segment], Gray]:
    """Straight runs of ink, with small gaps bridged, and where they are.

    The strokes of a line of characters, with the gaps between them bridged, would make a line too: most of a
    line must be there in runs longer than a character.
    """

    def along(length: int, across: int = 1) -> NDArray[np.uint8]:
        return np.ones((length, across) if upright else (across, length), np.uint8)

    thick = cv2.dilate(ink, along(1, 3))
    runs = cv2.morphologyEx(
        thick, cv2.MORPH_OPEN, along(round(text_height * (_UPRIGHT if upright else _LEVEL)))
    )
    whole = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, along(_GAP))
    mask = cv2.bitwise_and(whole, cv2.morphologyEx(ink, cv2.MORPH_CLOSE, along(_GAP)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    segments: list[Segment] = []
    for number in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[number])
        length = max(width, height)
        if area > _THICKEST * text_height * length:
            mask[labels == number] = 0
            continue
        if upright:
            middle = left + (width - 1) / 2
            segments.append(Segment(middle, top, middle, top + height - 1))
        else:
            middle = top + (height - 1) / 2
            segments.append(Segment(left, middle, left + width - 1, middle))
    return segments, np.asarray(mask, np.uint8)
