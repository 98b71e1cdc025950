"""Scans and pictures: their words are recognised and put into lines and tables, as every reader gives.

Needs the extra `ocr` (`pip install "gongkai[ocr]"`); nothing is downloaded at run time. Each cell has the
confidence with which it was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.documents.intermediate import Document
from gongkai.documents.limits import Budget
from gongkai.documents.ocr.availability import is_installed, nothing_recognised, too_many_scans
from gongkai.documents.sniffing import picture

if TYPE_CHECKING:
    import threading

    from gongkai.documents.ocr.scanned_pdf import Area, Shown

__all__ = ["read_picture", "read_scanned_pages"]

Page = list[Any]  # of TextLine and PageTable: loading what knows them would load PDFium for every picture
_NEXT = 0.001  # points between two things read in a picture: their order is all that counts
FEWEST_CHARACTERS = 12  # on a page; fewer are the page number and what a scanner printed


def read_picture(content: bytes, source: str, budget: Budget) -> Document:
    """A picture (png, jpg, tif with its pages, webp, bmp, gif) as `Line`s and `Table`s.

    Raises image_only where it does not open, holds no text, or the extra is missing; too_complex, too_slow.
    """
    if not is_installed():
        raise picture()
    from gongkai.documents.ocr.pictures import pages_of_picture
    from gongkai.documents.ocr.recognising import recognised
    from gongkai.documents.pdf import blocks_of

    count, pages = pages_of_picture(content)
    if count > budget.scanned_pages:
        raise too_many_scans(count, budget.scanned_pages)
    blocks = blocks_of(recognised(pages, count, budget), budget)
    if not blocks:
        raise nothing_recognised()
    return Document(source, "picture", blocks, notes=[_note(count)])


def read_scanned_pages(
    pages: list[Page],
    pictured: set[int],
    content: bytes,
    lock: threading.Lock,
    notes: list[str],
    budget: Budget,
) -> None:
    """Adds to the pages of a pdf, in place, what their pictures say; notes what was done and what was not.

    Looked at are pages that show something but hold no words, and large pictures on pages without a table.
    `pictured`: the numbers of the pages with pictures. `lock` keeps threads apart in PDFium.
    Raises too_complex where all pages are scanned and too many.
    """
    wordless = [number for number, page in enumerate(pages) if _characters(page) < FEWEST_CHARACTERS]
    rest = [n for n in sorted(pictured.difference(wordless)) if not any(map(_is_table, pages[n]))]
    if not wordless and not rest:
        return
    from gongkai.documents.ocr.scanned_pdf import WHOLE, Shown, pictures_on, shown_pages

    whole = [Shown(number, WHOLE) for number in shown_pages(content, wordless, lock)] if wordless else []
    parts = [shown for shown in pictures_on(content, rest, lock) if not _is_ground(shown, pages)]
    shown = sorted(whole + parts)
    if shown and is_installed():
        _read_shown(pages, _within_limit(shown, pages, notes, budget), content, lock, notes, budget)
    elif shown and len(wordless) < len(pages):
        notes.append(f"{_listed(shown)}是图片，未读取；安装文字识别组件（gongkai[ocr]）后可读取。")


def _within_limit(shown: list[Shown], pages: list[Page], notes: list[str], budget: Budget) -> list[Shown]:
    most = budget.scanned_pages
    if len(shown) <= most:
        return shown
    if len(shown) == len(pages):
        raise too_many_scans(len(shown), most)
    notes.append(f"{_listed(shown[most:])}是图片，超过可识别的页数，未读取。")
    return shown[:most]


def _read_shown(
    pages: list[Page],
    shown: list[Shown],
    content: bytes,
    lock: threading.Lock,
    notes: list[str],
    budget: Budget,
) -> None:
    from gongkai.documents.ocr.recognising import recognised
    from gongkai.documents.ocr.scanned_pdf import WHOLE, rendered

    read = recognised(rendered(content, shown, lock), len(shown), budget)
    for (number, area), items in zip(shown, read, strict=True):
        if area == WHOLE:
            pages[number] = items or pages[number]
        else:
            pages[number] = _put_in(pages[number], items, area)
    notes.append(_note(len({part.page for part in shown})))


def _put_in(page: Page, items: Page, area: Area) -> Page:
    """The page with what its picture says, below what stands above the picture."""
    height = next(item.page_height for item in page if not _is_table(item))
    for number, item in enumerate(items):
        item.top = area.top * height + number * _NEXT
        if not _is_table(item):
            item.bottom, item.page_height = item.top + _NEXT, height
    return sorted([*page, *items], key=lambda item: item.top)


def _is_ground(shown: Shown, pages: list[Page]) -> bool:
    """Whether a picture lies under the page's text."""
    _, top, _, bottom = shown.area
    return any(
        not _is_table(item) and top < (item.top + item.bottom) / 2 / item.page_height < bottom
        for item in pages[shown.page]
    )


def _is_table(item: object) -> bool:
    return hasattr(item, "rows")


def _characters(page: Page) -> int:
    return FEWEST_CHARACTERS if any(map(_is_table, page)) else sum(len(item.text) for item in page)


def _listed(shown: list[Shown]) -> str:
    return "第" + "、".join(str(number + 1) for number in dict.fromkeys(part.page for part in shown)) + "页"


def _note(pages: int) -> str:
    return f"有 {pages} 页是扫描图片，文字由程序识别，请对照原件核对数字。"
