"""A small Word file as an office would write it."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH


def word_file(*paragraphs: str) -> bytes:
    """A docx of those paragraphs; without any, an invented notice with title, text and date."""
    document = Document()
    title = document.add_paragraph("关于做好防汛工作的通知")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for one in paragraphs or (
        "各村（社区）：",
        "请做好防汛值班工作，落实责任。",
        "虚构区北山镇人民政府",
        "2026年3月2日",
    ):
        document.add_paragraph(one)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
