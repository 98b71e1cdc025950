"""Invented files in every format, made with other programs' libraries. Every name in them is made up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from gongkai.documents import Document, Line, read_document
from gongkai.documents import Table as ReadTable

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
TITLE = "云溪镇人民政府2024年政府信息公开工作年度报告"  # an invented town
BODY = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=18, firstLineIndent=21, wordWrap="CJK")
SMALL = ParagraphStyle("small", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
LINES = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)

# The head and some rows of table 3: cells merged across, down, and both.
APPLICANTS = [
    ["（本列数据的勾稽关系为）", "", "", "申请人情况", "", "", "", "", "", ""],
    ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
    ["", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
    ["一、本年新收", "", "", "7", "1", "", "0", "/", "2", "10"],
    ["三、本年度办理结果", "（一）予以公开", "", "3", "0", "0", "0", "0", "0", "3"],
    ["", "（三）不予公开", "1.属于国家秘密", "4", "0", "0", "0", "0", "0", "4"],
    ["", "", "2.其他法律行政法规禁止公开", "5", "0", "0", "0", "0", "0", "5"],
    ["四、结转下年度", "", "", "0", "0", "0", "0", "0", "0", "0"],
]
MERGED = [
    (0, 0, 2, 2),
    (0, 3, 0, 9),
    (1, 3, 2, 3),
    (1, 4, 1, 8),
    (1, 9, 2, 9),
    (3, 0, 3, 2),
    (4, 0, 6, 0),
    (4, 1, 4, 2),
    (5, 1, 6, 1),
    (7, 0, 7, 2),
]  # first row, first column, last row, last column, from 0

Listed = list[list[tuple[str, int, int, int, int]]]


def listed(table: ReadTable) -> Listed:
    """A table's cells as (text without blanks, row, column, rowspan, colspan)."""
    return [
        [("".join(c.text.split()), c.row, c.column, c.rowspan, c.colspan) for c in row] for row in table.rows
    ]


def applicants_listed() -> Listed:
    """What a reader should find in `APPLICANTS`."""
    spans = {(r, c): (last_r - r + 1, last_c - c + 1) for r, c, last_r, last_c in MERGED}
    covered = {
        (i, j) for r, c, last_r, last_c in MERGED for i in range(r, last_r + 1) for j in range(c, last_c + 1)
    } - spans.keys()
    return [
        [
            (text, r + 1, c + 1, *spans.get((r, c), (1, 1)))
            for c, text in enumerate(row)
            if (r, c) not in covered
        ]
        for r, row in enumerate(APPLICANTS)
    ]


def read(content: bytes, name: str = "report") -> Document:
    return read_document(content, name)


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def tables(document: Document) -> list[ReadTable]:
    return [block for block in document.blocks if isinstance(block, ReadTable)]


def texts(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in tables(document)]


def a_docx(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_of(body: str) -> bytes:
    """A docx whose body is the given xml, with the prefixes of Word."""
    namespaces = {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())
    return zipped({"word/document.xml": f"<w:document {declared}><w:body>{body}</w:body></w:document>"})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def an_xlsx(fill: Callable[[Any], None]) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(workbook)
    workbook.close()
    return stream.getvalue()


def a_pdf(
    *content: Flowable,
    page_size: tuple[float, float] = A4,
    rotation: int = 0,
    foot: str = "",
    encrypt: str | None = None,
) -> bytes:
    """A pdf; `foot` is printed at the foot of each page with the page's number for {}."""
    stream = io.BytesIO()

    def on_page(canvas: Any, document: Any) -> None:
        canvas.setPageRotation(rotation)
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(page_size[0] / 2, 30, foot.format(document.page))

    made = SimpleDocTemplate(stream, pagesize=page_size, encrypt=encrypt)
    made.build(list(content), onFirstPage=on_page, onLaterPages=on_page)
    return stream.getvalue()


def ruled(rows: list[list[str]], widths: list[float], *style: tuple[Any, ...], **more: Any) -> Table:
    """A table for a pdf, lines drawn around every cell unless another style is given."""
    cells = [[Paragraph(text, SMALL) for text in row] for row in rows]
    return Table(
        cells, colWidths=widths, style=[*(style or (LINES,)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")], **more
    )


def applicants_table(*style: tuple[Any, ...]) -> Table:
    spans = [("SPAN", (c, r), (last_c, last_r)) for r, c, last_r, last_c in MERGED]
    return ruled(APPLICANTS, [30, 60, 120] + [32] * 7, *(style or (LINES,)), *spans)


def text(words: str) -> Paragraph:
    return Paragraph(words, BODY)


def new_page() -> PageBreak:
    return PageBreak()
