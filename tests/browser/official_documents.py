"""Word files as an office lays them out (GB/T 9704): red head, number, title, body, table, signature."""

from __future__ import annotations

import datetime as dt
import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

ORGAN = "虚构区北山镇人民政府"
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BODY = Pt(16)


def official_document(
    title: str, number: str, day: dt.date, *paragraphs: str, table: tuple[tuple[str, ...], ...] = ()
) -> bytes:
    """A docx. `paragraphs`: the body between the title and the signature; `table` stands behind them."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin = Mm(37), Mm(28), Mm(26)
    head = _line(document.add_paragraph(), f"{ORGAN}文件", "方正小标宋简体", Pt(36), CENTRE)
    head.runs[0].font.color.rgb = RGBColor(0xE0, 0, 0)
    _line(document.add_paragraph(), number, "仿宋_GB2312", BODY, CENTRE)
    _line(document.add_paragraph(), title, "方正小标宋简体", Pt(22), CENTRE)
    for one in paragraphs:
        is_heading = one[:2] in {"一、", "二、", "三、"} and len(one) < 20
        line = _line(document.add_paragraph(), one, "黑体" if is_heading else "仿宋_GB2312", BODY, None)
        if not one.endswith("："):
            line.paragraph_format.first_line_indent = BODY * 2
    if table:
        _add_table(document, table)
    _line(document.add_paragraph(), ORGAN, "仿宋_GB2312", BODY, RIGHT)
    _line(document.add_paragraph(), f"{day.year}年{day.month}月{day.day}日", "仿宋_GB2312", BODY, RIGHT)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _line(
    paragraph: Paragraph, text: str, font: str, size: int, alignment: WD_ALIGN_PARAGRAPH | None
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size = size
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.alignment = alignment
    return paragraph


def _add_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
