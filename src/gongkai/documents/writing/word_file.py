"""A Word document on the page of official documents (GB/T 9704): styles, page numbers, tables.

Made by python-docx from its plain template; tables are built as XML elements at once, since cell by cell the
library needs half a second for a table of two hundred cells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree

# Fonts that offices in China have by rule; Word takes the second where the first is missing.
TITLE_FONT, HEADING_FONT, TEXT_FONT, TABLE_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
STAND_INS = {TITLE_FONT: "宋体", HEADING_FONT: "SimHei", TEXT_FONT: "仿宋", TABLE_FONT: "SimSun"}
LATIN_FONT = "Times New Roman"
TITLE_SIZE, TEXT_SIZE, TABLE_SIZE, PAGE_NUMBER_SIZE = 22.0, 16.0, 9.0, 14.0  # 二号 三号 小五 四号
LINE = 29.0  # points from line to line: 22 lines on a page
MARGINS = (37, 26, 35, 28)  # millimetres: top, right, bottom, left
LANGUAGE = "zh-CN"
TABLE_STYLE, HEAD_STYLE = "Table Text", "Table Head"
_GAP_ABOVE_TABLE = 120  # twips
_TWIPS_OF_A_MILLIMETRE = 1440 / 25.4
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_Element = etree._Element


def _timeless(package: BytesIO) -> bytes:
    """The package without the moment at which each part was packed: the same words give the same bytes."""
    made = BytesIO()
    with ZipFile(package) as parts, ZipFile(made, "w") as again:
        for name in parts.namelist():
            again.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of a table and the row and column it begins in, from 0; `size` in points."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    head: bool = False
    centred: bool = False
    indent: int = 0  # characters
    size: float = TABLE_SIZE


class WordFile:
    """A document that grows part by part: title, headings, paragraphs, tables."""

    def __init__(self, title: str, author: str, written_at: dt.datetime) -> None:
        self._document = docx.Document()
        _set_page(self._document)
        _set_styles(self._document)
        _set_fonts(self._document)
        _number_pages(self._document)
        properties = self._document.core_properties
        properties.title, properties.author = title[:255], author[:255]
        properties.last_modified_by = author[:255]
        properties.language, properties.comments = LANGUAGE, ""
        properties.created = properties.modified = written_at.astimezone(dt.UTC).replace(tzinfo=None)

    def title(self, lines: Sequence[str]) -> None:
        self._paragraph("Title", lines)

    def heading(self, text: str) -> None:
        self._paragraph("Heading1", [text])

    def paragraph(self, text: str, kept_with_next: bool = False, above_table: bool = False) -> None:
        """A paragraph; `kept_with_next`: no page ends below it; `above_table`: a gap parts it from one."""
        properties = [element("w:keepNext")] if kept_with_next else []
        if above_table:
            properties.append(element("w:spacing", after=_GAP_ABOVE_TABLE))
        self._paragraph("Normal", [text], properties)

    def table(
        self,
        rows: Sequence[Sequence[WordCell]],
        widths: Sequence[float],
        heads: int,
        caption: str,
        kept: Sequence[bool] = (),
    ) -> None:
        """A ruled table; `widths` of its columns in millimetres; its first `heads` rows are repeated on
        every page; `kept` says of each row whether it stays on one page with the next."""
        twips = [round(width * _TWIPS_OF_A_MILLIMETRE) for width in widths]
        table = element("w:tbl", _table_properties(sum(twips), caption))
        table.append(element("w:tblGrid", *(element("w:gridCol", w=width) for width in twips)))
        for number, cells in enumerate(_with_continued(rows)):
            properties = [element("w:cantSplit")] + ([element("w:tblHeader")] if number < heads else [])
            row = element("w:tr", element("w:trPr", *properties))
            kept_with_next = number < len(kept) and kept[number]
            row.extend(_cell(cell, number, twips, kept_with_next) for cell in cells)
            table.append(row)
        self._append(table)

    def content(self) -> bytes:
        buffer = BytesIO()
        self._document.save(buffer)
        return _timeless(buffer)

    def _paragraph(self, style: str, lines: Sequence[str], about: Sequence[_Element] = ()) -> None:
        paragraph = element("w:p", element("w:pPr", element("w:pStyle", val=style), *about))
        for number, line in enumerate(lines):
            piece = run(line)
            if number:
                piece.insert(1, element("w:br"))
            paragraph.append(piece)
        self._append(paragraph)

    def _append(self, part: _Element) -> None:
        body = self._document.element.body
        body.insert(len(body) - 1, part)  # before the properties of the section, which stand last


# ---- page and styles ----


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, MARGINS)
    section.footer_distance = Mm(28)


def _set_styles(document: Document) -> None:
    """The template's styles on the terms of GB/T 9704; headings stay Word's own, so that navigation works."""
    styles = document.styles
    language = styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        for name in ("val", "eastAsia"):
            language.set(qn(f"w:{name}"), LANGUAGE)
    for name, font, size, indent in (
        ("Normal", TEXT_FONT, TEXT_SIZE, 2),
        ("Title", TITLE_FONT, TITLE_SIZE, 0),
        ("Heading 1", HEADING_FONT, TEXT_SIZE, 2),
    ):
        _set_style(styles[name], font, size, indent)
    heading = styles["Heading 1"]
    assert isinstance(heading, ParagraphStyle)
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(6)
    title = styles["Title"]
    assert isinstance(title, ParagraphStyle)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(LINE)
    title.paragraph_format.line_spacing = Pt(LINE + 6)
    _drop(title.element, "w:pBdr")
    for name, alignment in ((TABLE_STYLE, WD_ALIGN_PARAGRAPH.LEFT), (HEAD_STYLE, WD_ALIGN_PARAGRAPH.CENTER)):
        style = styles.add_style(name, 1)
        assert isinstance(style, ParagraphStyle)
        style.base_style = styles["Normal"]
        _set_style(style, TABLE_FONT, TABLE_SIZE, 0)
        style.paragraph_format.alignment = alignment
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _set_style(style: ParagraphStyle, font: str, size: float, indent: int) -> None:
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    _drop(style.element, "w:rFonts", "w:kern", "w:spacing")
    properties.insert(
        0, element("w:rFonts", ascii=LATIN_FONT, hAnsi=LATIN_FONT, eastAsia=font, cs=LATIN_FONT)
    )
    format_ = style.paragraph_format
    format_.space_before = format_.space_after = Pt(0)
    format_.line_spacing = Pt(LINE)
    paragraph = style.element.get_or_add_pPr()
    _drop(paragraph, "w:ind")
    twips = round(indent * size * 20)
    paragraph.append(element("w:ind", firstLineChars=indent * 100, firstLine=twips))


def _set_fonts(document: Document) -> None:
    """Names for each font the one that stands in for it."""
    fonts = etree.Element(f"{{{_WORD}}}fonts", nsmap={"w": _WORD})
    for name, stand_in in STAND_INS.items():
        font = element("w:font", name=name)
        font.extend([element("w:altName", val=stand_in), element("w:charset", val="86")])
        fonts.append(font)
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml" and isinstance(part, Part):
            part._blob = etree.tostring(fonts, encoding="UTF-8", xml_declaration=True, standalone=True)


def _number_pages(document: Document) -> None:
    """`— 3 —` at the foot of the page, as official documents have it."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    properties = paragraph._p.get_or_add_pPr()
    properties.append(element("w:ind", firstLineChars=0, firstLine=0))
    field = element("w:fldSimple", instr="PAGE")
    field.append(run("1", PAGE_NUMBER_SIZE, TABLE_FONT))
    paragraph._p.extend(
        [run("— ", PAGE_NUMBER_SIZE, TABLE_FONT), field, run(" —", PAGE_NUMBER_SIZE, TABLE_FONT)]
    )


# ---- XML ----


def element(tag: str, *children: _Element, **attributes: str | int) -> _Element:
    """An element of WordprocessingML: its tag with prefix, its attributes without."""
    made: _Element = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def _drop(within: _Element, *tags: str) -> None:
    for tag in tags:
        for found in list(within.iter(qn(tag))):
            parent = found.getparent()
            if parent is not None:
                parent.remove(found)


def run(text: str, size: float | None = None, font: str | None = None) -> _Element:
    """A run of text. The hint sets quotation marks and dashes as Chinese ones, which look alike in Latin."""
    fonts = element("w:rFonts", hint="eastAsia")
    properties = element("w:rPr", fonts)
    if font is not None:
        fonts.set(qn("w:eastAsia"), font)
    if size is not None:
        properties.extend([element("w:sz", val=round(size * 2)), element("w:szCs", val=round(size * 2))])
    words = element("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("w:r", properties, words)


def _table_properties(width: int, caption: str) -> _Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [element(f"w:{side}", val="single", sz=4, space=0, color="000000") for side in sides]
    margins = [
        element(f"w:{side}", w=width, type="dxa")
        for side, width in (("top", 25), ("left", 70), ("bottom", 25), ("right", 45))
    ]
    return element(
        "w:tblPr",
        element("w:tblW", w=width, type="dxa"),
        element("w:jc", val="center"),
        element("w:tblBorders", *borders),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", *margins),
        element("w:tblCaption", val=caption),
    )


def _with_continued(rows: Sequence[Sequence[WordCell]]) -> list[list[WordCell]]:
    """The rows with, for each row below its first, the cells that reach down into them."""
    full: list[list[WordCell]] = [list(cells) for cells in rows]
    for cells in rows:
        for cell in cells:
            for row in range(cell.row + 1, cell.row + cell.rowspan):
                full[row].append(cell)
    return [sorted(cells, key=lambda cell: cell.column) for cells in full]


def _cell(cell: WordCell, row: int, widths: Sequence[int], kept_with_next: bool) -> _Element:
    width = sum(widths[cell.column : cell.column + cell.colspan])
    properties = [element("w:tcW", w=width, type="dxa")]
    if cell.colspan > 1:
        properties.append(element("w:gridSpan", val=cell.colspan))
    if cell.rowspan > 1:
        properties.append(element("w:vMerge", **({"val": "restart"} if row == cell.row else {})))
    properties.append(element("w:vAlign", val="center"))
    style = HEAD_STYLE if cell.head or cell.centred else TABLE_STYLE
    about: list[_Element] = [element("w:pStyle", val=style.replace(" ", ""))]
    if kept_with_next:
        about.append(element("w:keepNext"))
    if cell.indent:
        about.append(element("w:ind", leftChars=cell.indent * 100, left=round(cell.indent * TABLE_SIZE * 20)))
    paragraph = element("w:p", element("w:pPr", *about))
    if row == cell.row and cell.text:
        paragraph.append(run(cell.text, None if cell.size == TABLE_SIZE else cell.size))
    return element("w:tc", element("w:tcPr", *properties), paragraph)
