"""Pdf files written object by object, for what no program would write. Every word in them is made up."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

HELLO = b"BT /F0 12 Tf 50 700 Td (hello) Tj ET\n"
PLAIN = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def font_with_box(ascent: int, descent: int) -> bytes:
    """A font like any other that says it reaches `ascent` above the base line and `descent` below."""
    return (
        b"<</Type/Font/Subtype/TrueType/BaseFont/Invented/FirstChar 32/LastChar 126/Widths[%s]"
        b"/Encoding/WinAnsiEncoding/FontDescriptor<</Type/FontDescriptor/FontName/Invented/Flags 32"
        b"/FontBBox[0 %d 1000 %d]/Ascent %d/Descent %d/ItalicAngle 0/CapHeight 700/StemV 80>>>>"
    ) % (b" ".join([b"500"] * 95), descent, ascent, ascent, descent)


def handmade_pdf(
    content: bytes, *, pages: int = 1, forms: Sequence[bytes] = (), fonts: Sequence[bytes] = (PLAIN,)
) -> bytes:
    """A pdf whose pages all show `content`; it may draw the forms /X0, /X1 … and use the fonts /F0, /F1 …"""
    first_form = 4 + len(fonts)
    first_page = first_form + len(forms)
    resources = b"<</Font<<%s>>/XObject<<%s>>>>" % (
        _named(b"F", 3, len(fonts)),
        _named(b"X", first_form, len(forms)),
    )
    kids = b" ".join(b"%d 0 R" % (first_page + page) for page in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        *fonts,
        _stream(content),
    ]
    shape = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources" + resources
    objects += [_stream(form, shape) for form in forms]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources%s>>"
    objects += [page % (first_form - 1, resources)] * pages
    return _file(objects)


def _named(letter: bytes, first: int, count: int) -> bytes:
    return b" ".join(b"/%s%d %d 0 R" % (letter, index, first + index) for index in range(count))


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (more, len(packed), packed)


def _file(objects: list[bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return out.getvalue()
