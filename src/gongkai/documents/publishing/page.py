"""A file of words made into a page: clean html, its pictures, and what it says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from gongkai.documents.conversion import converted
from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.file_names import split_name
from gongkai.documents.publishing.formats import FORMATS, PROGRAM_SUFFIXES
from gongkai.documents.publishing.markup import written
from gongkai.documents.publishing.page_blocks import lines_of
from gongkai.documents.publishing.page_docx import WordPage, page_of_docx
from gongkai.documents.publishing.page_headings import with_headings
from gongkai.documents.publishing.page_images import PageImage
from gongkai.documents.publishing.page_suggestions import (
    date_of,
    document_number_of,
    salutation_of,
    signature_of,
    title_of,
)
from gongkai.documents.publishing.page_text import blocks_of_text
from gongkai.documents.publishing.refusing import guarded, refusal, refusal_as_page
from gongkai.documents.publishing.sniffed import sniffed

SECONDS = 15.0
_LEFT_OUT = {
    "formula": ("公式转成了普通文字，请核对。", "Formulas became plain text: check them."),
    "picture": (
        "有图片不能在网页上显示（只支持 png、jpg），没有转入。",
        "Some pictures (not png or jpg) were left out.",
    ),
    "chunk": (
        "插入的另一份文档没有转入，请在 Word 中另存后再转。",
        "A document inserted as a whole was left out: save the file in Word, then retry.",
    ),
    "crop": (
        "有图片在 Word 中裁剪过，网页会显示整张图片，请核对。",
        "Some pictures are cropped in Word; the page shows them whole: check them.",
    ),
    "chart": ("图表没有转入，请另存为图片后插入。", "Charts were left out: insert them as pictures."),
    "contents": ("目录没有转入：网页不需要页码。", "The table of contents was left out."),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A file as a page.

    `html` speaks the vocabulary of `markup.VOCABULARY`; its pictures are `image:<number>`. `text`: a line a
    block. `title`, `document_number` (META.3) and `date` (成文日期) are guesses for a person to confirm,
    "" and None where there is none. `notes` (Chinese) and `notes_en` say what was left out.
    """

    html: str
    text: str
    images: tuple[PageImage, ...] = field(repr=False, default=())
    title: str = ""
    document_number: str = ""
    date: dt.date | None = None
    notes: tuple[str, ...] = ()
    notes_en: tuple[str, ...] = ()


_PAGE_SUFFIXES = (".html", ".htm")


@guarded
def page_html(content: bytes, name: str) -> Page:
    """A Word file (docx, doc, wps) or plain text (txt, md) as a page for publication.

    Tracked deletions and hidden text are not shown, insertions are: `hidden_data` tells of them. Raises
    no_page for other kinds, empty where there are no words, and the codes of `accept`.
    """
    try:
        return _read(content, name, Budget(seconds=SECONDS))
    except DocumentError as error:
        raise refusal_as_page(error) from error


def _read(content: bytes, name: str, budget: Budget) -> Page:
    suffix = split_name(name)[1]
    kind = sniffed(content, suffix, budget)
    _refuse_false_name(kind, suffix)
    if kind in ("docx", "doc"):
        made = page_of_docx(content if kind == "docx" else converted(content, "doc", budget), budget)
    elif kind == "txt":
        made = WordPage(blocks_of_text(content, name, budget), [])
    else:
        raise refusal("no_page", zh=FORMATS[kind].zh, en=FORMATS[kind].en)
    if not made.blocks:
        raise refusal("empty")
    return _page(made)


def _refuse_false_name(kind: str, suffix: str) -> None:
    """Plain text that is called a Word file is what is left of one, or never was one: it makes no page."""
    found = FORMATS[kind]
    if suffix in PROGRAM_SUFFIXES:
        zh, en = f"扩展名 {suffix}", f"the ending {suffix}"
        raise refusal("active_page" if suffix in _PAGE_SUFFIXES else "executable", zh=zh, en=en)
    of_another = any(suffix in one.suffixes for name, one in FORMATS.items() if name != kind)
    if kind == "txt" and of_another:
        raise refusal("disguised", suffix=suffix, zh=found.zh, en=found.en)


def _page(made: WordPage) -> Page:
    title, lines = title_of(made.blocks)
    for line in lines:
        line.cls, line.tag = "title", "p"
    if (salutation := salutation_of(made.blocks)) is not None:
        salutation.cls = "flush"
    for line in signature_of(made.blocks):
        line.cls = "right"
    blocks = with_headings(made.blocks)
    said = [_LEFT_OUT[name] for name in sorted(made.left_out)]
    return Page(
        html=written(blocks),
        text="\n".join(lines_of(blocks)),
        images=tuple(made.images),
        title=title,
        document_number=document_number_of(blocks),
        date=date_of(blocks),
        notes=tuple(zh for zh, _ in said),
        notes_en=tuple(en for _, en in said),
    )
