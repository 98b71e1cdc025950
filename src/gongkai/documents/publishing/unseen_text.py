"""Text of a pdf that is not seen on its page and can be copied all the same.

Words under a black box are the classic leak. Which characters lie under something is told by what the page
draws and in which order; whether they are really unseen, by drawing the page twice: with them and without.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.limits import MAX_PAGES, too_complex
from gongkai.documents.pdf import _engine  # PDFium is one for the process: one lock for all who use it
from gongkai.documents.pdf import plain_calls as call
from gongkai.documents.pdf.weight import refuse_heavy
from gongkai.documents.publishing.drawn_order import Box, Cover, DrawnText, InOrder, drawn_in_order
from gongkai.documents.publishing.hidden_findings import Findings, Where, quoted
from gongkai.documents.publishing.page_drawing import Allowance

SCAN = 0.5  # of the page: a picture that covers more is a scan, text laid with it its recognised words
TINY = 1.2  # points; smaller letters are not read by anybody
DRAWING_SECONDS = 4.0  # for all pages of a file
_EDGE = 0.15  # of a character's box that a cover may leave free: boxes are drawn by hand
_LEAST = 2  # characters in a row: a lone one is a slip of the boxes
_BLANK = frozenset("\u00a0\u3000\u200b\ufeff")
MAX_CHARACTERS = 100_000  # on one page


class Character(NamedTuple):
    at: int  # among the page's characters
    word: str
    box: Box
    text: DrawnText


@dataclass(slots=True)
class _Page:
    """A page being looked at."""

    number: int
    handle: Any
    drawn: InOrder
    characters: list[Character]
    shown: Box  # what of the paper is shown

    @property
    def where(self) -> Where:
        return Where(f"第 {self.number} 页", f"page {self.number}")

    @property
    def is_scan(self) -> bool:
        return any(box.area >= SCAN * self.shown.area for box in self.drawn.pictures)


def unseen_text(content: bytes, findings: Findings) -> None:
    """Notes text that a page does not show. Raises too_complex, too_slow."""
    refuse_heavy(content, findings.budget)
    allowance = Allowance(DRAWING_SECONDS)
    recognised = 0
    with _engine:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            _gap(findings, "页面文字", "The text of the pages", "无法打开", "it does not open")
            return
        try:
            if len(document) > MAX_PAGES:
                raise too_complex("页数过多", "too many pages")
            for number in range(1, len(document) + 1):
                findings.budget.check_time()
                recognised += _look_at(document, number, allowance, findings)
        finally:
            document.close()
    if recognised:
        findings.add("ocr_layer", count=recognised)
    if allowance.skipped:
        pages = "、".join(map(str, allowance.skipped[:10]))
        _gap(
            findings, f"第 {pages} 页等的文字遮盖", f"Covers on pages {pages}", "页面过多", "too many to draw"
        )


def _gap(findings: Findings, part: str, part_en: str, why: str, why_en: str) -> None:
    findings.add("not_fully_checked", part=part, part_en=part_en, why=why, why_en=why_en)


def _look_at(document: Any, number: int, allowance: Allowance, findings: Findings) -> int:
    """Notes the unseen text of a page; gives how many characters of recognised text it has."""
    try:
        handle = document[number - 1]
        textpage = handle.get_textpage()
    except pypdfium2.PdfiumError:
        _gap(findings, f"第 {number} 页", f"Page {number}", "已损坏", "it is damaged")
        return 0
    try:
        drawn = drawn_in_order(handle.raw, findings.budget)
        paper = _paper(handle)
        page = _Page(number, handle, drawn, list(_characters(textpage.raw, _doubtful(drawn, paper))), paper)
        return _sort(page, allowance, findings)
    finally:
        textpage.close()
        handle.close()


def _sort(page: _Page, allowance: Allowance, findings: Findings) -> int:
    off, layer, suspects = [], [], []
    for character in page.characters:
        text = character.text
        if not character.box.meets(page.shown):
            off.append(character)
        elif text.unseen:
            layer.append(character)
        elif text.white or text.size < TINY or _is_under(character, page.drawn.covers):
            suspects.append(character)
    _add("invisible_text", off, page, findings)
    if suspects:
        layer += _prove(suspects, page, allowance, findings)
    if not layer:
        return 0
    if not page.is_scan:
        _add("invisible_text", layer, page, findings)
        return 0
    _look_for_black(layer, page, allowance, findings)
    return len(layer)


def _prove(
    suspects: list[Character], page: _Page, allowance: Allowance, findings: Findings
) -> list[Character]:
    """Notes those that are really unseen; gives those that lie under a scan as its recognised words."""
    drawing = allowance.drawing(page.handle, page.number)
    if drawing is None:
        # Nothing was drawn: a filled shape over a character is proof enough, a picture may be transparent.
        sure = [cover for cover in page.drawn.covers if cover.sure]
        _add("text_under_cover", [one for one in suspects if _is_under(one, sure)], page, findings)
        return []
    unseen = drawing.unseen(suspects)
    under = [one for one in unseen if _is_under(one, page.drawn.covers)]
    recognised = [
        one for one in under if page.is_scan and _is_under(one, page.drawn.covers, SCAN * page.shown.area)
    ]
    beneath = {one.at for one in under}
    _add("text_under_cover", _without(under, recognised), page, findings)
    others = [one for one in unseen if one.at not in beneath]
    _add("pale_text", [one for one in others if one.text.size >= TINY], page, findings)
    _add(
        "tiny_text",
        [one for one in suspects if one.text.size < TINY and one.at not in beneath],
        page,
        findings,
    )
    return recognised


def _look_for_black(layer: list[Character], page: _Page, allowance: Allowance, findings: Findings) -> None:
    """Recognised words where the scan shows nothing but black: gone from the picture, left in the text."""
    drawing = allowance.drawing(page.handle, page.number)
    if drawing is not None:
        _add("text_under_cover", drawing.on_black(layer), page, findings)


def _without(characters: list[Character], others: list[Character]) -> list[Character]:
    taken = {one.at for one in others}
    return [one for one in characters if one.at not in taken]


def _is_under(character: Character, covers: list[Cover], least: float = 0.0) -> bool:
    inside = character.box.shrunk(_EDGE)
    order = character.text.order
    return any(
        cover.order > order and cover.box.area >= least and cover.box.holds(inside) for cover in covers
    )


def _paper(handle: Any) -> Box:
    rect: Any = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(handle.raw, byref(rect)):
        wide, high = handle.get_size()
        return Box(0, 0, wide, high)
    return Box(rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top))


def _doubtful(drawn: InOrder, paper: Box) -> dict[int, DrawnText]:
    """The texts of which some character may be unseen: on most pages none."""
    return {
        item: text
        for item, text in drawn.texts.items()
        if text.unseen
        or text.white
        or text.size < TINY
        or not paper.holds(text.box)
        or any(cover.order > text.order and cover.box.meets(text.box) for cover in drawn.covers)
    }


def _characters(textpage: Any, texts: dict[int, DrawnText]) -> Iterator[Character]:
    """The characters of the texts."""
    owner = call.address(textpage)
    count = pdfium.FPDFText_CountChars(textpage) if texts else 0
    if count > MAX_CHARACTERS:
        raise too_complex("一页内文字过多", "too many characters on a page")
    for index in range(count):
        text = texts.get(call.text_object(owner, index) or 0)
        code = pdfium.FPDFText_GetUnicode(textpage, index) if text is not None else 0
        if code <= 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or chr(code) in _BLANK:
            continue
        assert text is not None
        yield Character(index, chr(code), _box(textpage, index), text)


def _box(textpage: Any, index: int) -> Box:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
    return Box(left.value, bottom.value, right.value, top.value)


def _add(code: str, characters: list[Character], page: _Page, findings: Findings) -> None:
    """Notes characters, those that follow each other as one."""
    words = ""
    last = -10
    for one in [*sorted(characters), None]:
        if one is None or one.at > last + 3:  # blanks and line ends lie between words
            if len(words) >= _LEAST:
                findings.add(code, quoted(words), page.where)
            words = ""
        if one is not None:
            words += (" " if words and one.at > last + 1 else "") + one.word
            last = one.at
