"""What a pdf holds but shows to nobody is not read; what was recognised in a scan is."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.documents.handmade_pdf import font_with_box, handmade_pdf
from tests.documents.samples import FONT, lines, read


def drawn(draw: Callable[[Any], None], **page: Any) -> list[str]:
    """The lines read from a page on which one line is seen, and what `draw` adds."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **page)
    canvas.setFont(FONT, 10)
    canvas.drawString(50, 700, "看得见的字")
    draw(canvas)
    canvas.save()
    return lines(read(stream.getvalue()))


def unseen(canvas: Any, words: str, y: float) -> None:
    text = canvas.beginText(50, y)
    text.setFont(FONT, 10)
    text.setTextRenderMode(3)
    text.textLine(words)
    canvas.drawText(text)


def in_white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 650, "白纸白字")


def transparent(canvas: Any) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(50, 650, "透明的字")


@pytest.mark.parametrize(
    "draw",
    [lambda canvas: unseen(canvas, "看不见的字", 650), in_white, transparent],
    ids=["drawn in no way", "white on white", "transparent"],
)
def test_text_that_nobody_sees_is_not_read(draw: Callable[[Any], None]) -> None:
    assert drawn(draw) == ["看得见的字"]


def test_white_text_on_a_coloured_ground_is_read() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0, 0.6)
        canvas.rect(40, 640, 200, 25, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(50, 650, "蓝底白字")

    assert drawn(draw) == ["看得见的字", "蓝底白字"]


def test_text_outside_what_is_shown_of_a_page_is_not_read() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(50, 30, "裁掉的页脚")
        canvas.drawString(-60, 650, "页外")

    assert drawn(draw, cropBox=(0, 100, 595, 842)) == ["看得见的字"]


def test_the_words_recognised_in_a_scan_are_read_though_they_are_invisible() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "grey")), 0, 0, *A4)
    unseen(canvas, "一、总体情况说明如下", 650)
    canvas.setFont(FONT, 10)
    canvas.drawString(50, 400, "来文专用章")  # a stamp laid over the scan as text
    canvas.save()
    assert lines(read(stream.getvalue())) == ["一、总体情况说明如下", "来文专用章"]


def test_a_page_of_invisible_text_alone_is_read() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    unseen(canvas, "识别出来的文字", 650)
    canvas.save()
    assert lines(read(stream.getvalue())) == ["识别出来的文字"]


@pytest.mark.parametrize("shift", [(0.3, 0.0), (0.6, 0.0), (0.4, 0.4), (0.0, 0.3)])
def test_text_printed_twice_a_little_apart_is_read_once(shift: tuple[float, float]) -> None:
    def draw(canvas: Any) -> None:
        for x, y in ((0.0, 0.0), shift):
            canvas.drawString(50 + x, 650 + y, "共11件，1.5万元")

    assert drawn(draw) == ["看得见的字", "共11件，1.5万元"]


def test_fonts_with_other_boxes_on_one_base_line_are_one_line() -> None:
    fonts = [font_with_box(1100, -100), font_with_box(300, -900)]
    content = b"BT /F0 12 Tf 50 700 Td (open) Tj /F1 12 Tf (govern) Tj /F0 12 Tf (ment) Tj ET"
    assert lines(read(handmade_pdf(content, fonts=fonts))) == ["opengovernment"]


def test_a_font_that_states_no_height_does_not_part_marks_from_their_words() -> None:
    content = b"BT /F0 12 Tf 50 700 Td (a.b,c-d) Tj ET BT /F0 12 Tf 50 685 Td (next) Tj ET"
    assert lines(read(handmade_pdf(content, fonts=[font_with_box(0, 0)]))) == ["a.b,c-d", "next"]
