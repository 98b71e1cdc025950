"""Invented files that hide something, made with other programs' libraries. Every name in them is made up."""

# ruff: noqa: E501 -- markup is read more easily unbroken

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import docx
import pikepdf
import xlsxwriter
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_docx(fill: Callable[[Any], None] = lambda document: None) -> bytes:
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx_of(
    body: str, parts: dict[str, str | bytes] | None = None, relations: str = "", main: str = MAIN
) -> bytes:
    """A small docx whose body is the given xml; `relations` are the main part's."""
    return zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                '<Default Extension="bin" ContentType="application/octet-stream"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
            ),
            "_rels/.rels": _relations(
                f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": (
                f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"'
                ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
                f"<w:body>{body}</w:body></w:document>"
            ),
            "word/_rels/document.xml.rels": _relations(relations),
            **(parts or {}),
        }
    )


def relation(name: str, kind: str, target: str, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def with_parts(content: bytes, parts: dict[str, str | bytes]) -> bytes:
    """A package with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return zipped({**{name: opened.read(name) for name in opened.namelist()}, **parts})


def an_xlsx(
    fill: Callable[[Any], None] = lambda workbook: workbook.add_worksheet("公开").write(0, 0, "项目"),
) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(workbook)
    workbook.close()
    return stream.getvalue()


def a_pdf(
    draw: Callable[[Any], None] = lambda page: page.drawString(72, 700, "public words"), **more: Any
) -> bytes:
    stream = io.BytesIO()
    made = canvas.Canvas(stream, **more)
    draw(made)
    made.showPage()
    made.save()
    return stream.getvalue()


def changed_pdf(change: Callable[[pikepdf.Pdf], None], content: bytes | None = None, **saving: Any) -> bytes:
    with pikepdf.open(io.BytesIO(content or a_pdf())) as pdf:
        change(pdf)
        stream = io.BytesIO()
        pdf.save(stream, **saving)
        return stream.getvalue()


def appended_pdf(before: str, after: str) -> bytes:
    """A pdf of which a program has changed the text by appending: the text of before is still in the file."""
    first = a_pdf(lambda page: page.drawString(72, 700, before), pageCompression=0)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].obj["/Contents"].objgen[0]
        size = len(pdf.objects) + 1
    start = int(first[first.rfind(b"startxref") + 9 :].split()[0])
    trailer = first[first.rfind(b"trailer") :]
    root = trailer[trailer.find(b"/Root") : trailer.find(b"R", trailer.find(b"/Root") + 5) + 1]
    stream = f"BT /F1 12 Tf 72 700 Td ({after}) Tj ET".encode()
    place = len(first)
    added = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(stream), stream)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Prev %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        *(number, place, size, start, root),
        place + len(added),
    )
    return first + added + table


def scanned_pdf(words: str, black: bool = False) -> bytes:
    """A page that is one picture, its words laid under it unseen as text recognition does."""
    picture = Image.new("RGB", (600, 850), "white")
    if black:
        picture.paste((0, 0, 0), (50, 100, 400, 200))

    def draw(page: Any) -> None:
        page.drawImage(ImageReader(picture), 0, 0, 595, 842)
        text = page.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLine(words)
        page.drawText(text)

    return a_pdf(draw)


def a_jpg(
    gps: bool = False, artist: str = "", orientation: int = 1, size: tuple[int, int] = (40, 30)
) -> bytes:
    picture = Image.new("RGB", size, "green")
    exif = Image.Exif()
    if artist:
        exif[0x013B] = artist
    if orientation != 1:
        exif[0x0112] = orientation
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 5.0, 1.0), 3: "E", 4: (120.0, 1.0, 2.0)})
    stream = io.BytesIO()
    picture.save(stream, "JPEG", exif=exif, comment=b"made up" if artist else b"")
    return stream.getvalue()


def a_png(texts: dict[str, str] | None = None) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(stream, "PNG")
    content = stream.getvalue()
    for key, text in (texts or {}).items():
        data = key.encode("latin-1") + b"\0" + text.encode("utf-8")
        chunk = struct.pack(">I", len(data)) + b"tEXt" + data + struct.pack(">I", zlib.crc32(b"tEXt" + data))
        content = content[:33] + chunk + content[33:]
    return content


def an_ofd() -> bytes:
    return zipped(
        {
            "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:Author>张三丰</ofd:Author></ofd:DocInfo></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>',
        }
    )
