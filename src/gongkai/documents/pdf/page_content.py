"""What stands on a pdf page: its visible characters and its ruling lines with their positions."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2

from gongkai.documents.limits import Budget
from gongkai.documents.pdf.characters import characters, direction
from gongkai.documents.pdf.drawn import Box, Char, Segment
from gongkai.documents.pdf.page_objects import PageObjects, backgrounds, page_objects
from gongkai.documents.pdf.strokes import THIN, segments
from gongkai.documents.pdf.turning import Turn

USUAL_HEIGHT = 14.0  # points; of the box around a character of 10 to 16 points
MARGIN = 0.05  # of the page's height at its top and bottom, where headers and footers stand
SMALLER, LARGER = 0.5, 2.0  # pages within these are taken as they are
SAMPLE = 200  # characters whose size is looked at
SCAN = 0.5  # of the page: a picture that covers more is a scan, text laid over it unseen its words


@dataclass(slots=True)
class Content:
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    pictures: bool = False  # whether the page has any


def page_content(page: pypdfium2.PdfPage, budget: Budget) -> Content:
    """The characters and ruling segments of a page, turned so that its text reads from left to right.

    Raises too_complex, too_slow.
    """
    objects = page_objects(page.raw, budget)
    textpage = page.get_textpage()
    try:
        quarter, mixed = direction(textpage.raw)
        turn = Turn(page, quarter)
        content = Content(turn.width, turn.height, pictures=bool(objects.pictures))
        apart = objects.unseen | objects.white
        chars, others = characters(textpage.raw, turn, quarter if mixed else None, apart, budget)
    finally:
        textpage.close()
    if others:
        chars = _with_seen(chars, others, objects, turn)
    content.chars = turn.shown(chars)
    if content.chars:
        scale = _scale(content.chars, content.height)
        found = map(turn.segment, segments(objects, THIN * scale, budget))
        content.segments = [segment for segment in found if segment is not None]
        if scale != 1:
            content = _scaled(content, 1 / scale)
    return content


def _with_seen(
    chars: list[Char], others: list[tuple[Char, int]], objects: PageObjects, turn: Turn
) -> list[Char]:
    """The characters with those of `others` that a reader sees, or that say what a scan shows.

    White text is seen on a coloured ground. Invisible text is what was recognised in a scanned page, where it
    is most of the page's text; beside visible text it is a leftover, or meant for search engines.
    """
    ground = [turn.box(*box) for box in backgrounds(objects)] if objects.white else []
    white = [char for char, item in others if item in objects.white and _lies_on(char, ground)]
    unseen = [char for char, item in others if item in objects.unseen]
    seen = chars + white
    if not seen:
        return [char for char, _ in others]
    return seen + unseen if len(unseen) > len(seen) and _is_scan(objects, turn) else seen


def _lies_on(char: Char, ground: list[Box]) -> bool:
    x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in ground)


def _is_scan(objects: PageObjects, turn: Turn) -> bool:
    pictures = backgrounds(PageObjects(pictures=objects.pictures))
    page = turn.width * turn.height
    return any((right - left) * (top - bottom) > SCAN * page for left, bottom, right, top in pictures)


def _scale(chars: list[Char], page_height: float) -> float:
    """How much larger the page is than one for reading: 1 for text of usual size.

    Some programs make pages of 2,480 points and text of 40; what is thin or narrow is so beside the text.
    What browsers print at the edges is tiny, and on a report's last page may be most of the text.
    """
    margin = MARGIN * page_height
    some = chars[:: len(chars) // SAMPLE + 1]
    inner = [char for char in some if margin < char.top and char.bottom < page_height - margin]
    heights = sorted(char.bottom - char.top for char in inner or some)
    scale = heights[len(heights) // 2] / USUAL_HEIGHT
    return 1.0 if SMALLER < scale < LARGER or scale <= 0 else scale


def _scaled(content: Content, by: float) -> Content:
    chars = [
        Char(c.text, c.left * by, c.top * by, c.right * by, c.bottom * by, c.base * by, c.spaced)
        for c in content.chars
    ]
    moved = [Segment(*(place * by for place in segment)) for segment in content.segments]
    return Content(content.width * by, content.height * by, chars, moved, content.pictures)
