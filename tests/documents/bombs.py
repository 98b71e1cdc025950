"""Files made to use up time and memory, each built when a test asks for it. Every word in them is made up."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from random import Random

from tests.annual.printing import print_report, random_report
from tests.documents.handmade_pdf import HELLO, handmade_pdf
from tests.documents.samples import docx_of, paragraph, zipped

MB = 1_000_000
Bomb = Callable[[], bytes]


# ---- archives ----


def zeros_packed(size: int) -> bytes:
    """So many zeros as deflate packs them, without ever holding them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block, pieces = bytes(MB), []
    for _ in range(size // MB):
        pieces.append(packer.compress(block))
    return b"".join([*pieces, packer.flush()])


def archive_of(
    packed: bytes, real: int, *, claimed: int | None = None, names: int = 1, method: int = 8
) -> bytes:
    """A zip whose directory names one packed entry so often, each time with the size that is claimed."""
    size = real if claimed is None else claimed
    first = b"word/document.xml"
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, method, 0, 33, 0, len(packed), size, len(first), 0)
    body = local + first + packed
    entries = []
    for number in range(names):
        name = first if number == 0 else b"%d" % number
        entries.append(
            struct.pack(
                "<4sHHHHHHIIIHHHHHII",
                *(b"PK\1\2", 20, 20, 0, method, 0, 33, 0, len(packed), size),
                *(len(name), 0, 0, 0, 0, 0, 0),
            )
            + name
        )
    directory = b"".join(entries)
    end = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, names & 0xFFFF, names & 0xFFFF, len(directory), len(body), 0
    )
    return body + directory + end


def nested_archives(depth: int = 6, width: int = 10) -> bytes:
    inner = zipped({"word/document.xml": bytes(20 * MB)})
    for _ in range(depth):
        inner = zipped({f"word/document{n}.docx": inner for n in range(width)})
    return inner


# ---- xml ----


def entities(levels: int, width: int) -> bytes:
    declared = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * width}">' for n in range(1, levels)
    )
    text = f"<!DOCTYPE d [{declared}]><document><body><p><r><t>&a{levels - 1};</t></r></p></body></document>"
    return zipped({"word/document.xml": text})


def one_long_entity() -> bytes:
    declared = f'<!DOCTYPE d [<!ENTITY a "{"h" * 50_000}">]>'
    return zipped(
        {"word/document.xml": f"{declared}<document><body><p>{'&a;' * 50_000}</p></body></document>"}
    )


def padded(part: str) -> bytes:
    """The part in a docx with enough noise beside it that the whole is packed no tighter than others are."""
    noise = Random(1).randbytes(len(part) // 150)
    return zipped({"word/document.xml": part, "word/media/a.bin": noise})


def repeated_in_body(element: str, megabytes: int = 30) -> bytes:
    count = megabytes * MB // len(element)
    return padded(f"<document><body>{element * count}</body></document>")


def merged_downwards() -> bytes:
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>甲乙丙丁戊己庚辛</w:t></w:r></w:p></w:tc>"
    first = cell.replace("<w:vMerge/>", '<w:vMerge w:val="restart"/>')
    return docx_of(f"<w:tbl><w:tr>{first}</w:tr>{f'<w:tr>{cell}</w:tr>' * 150_000}</w:tbl>")


def wide_spans_of_word() -> bytes:
    row = "<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc>' * 100 + "</w:tr>"
    return docx_of(f"<w:tbl>{row * 400}</w:tbl>" + paragraph("某镇年度报告"))


def nested_tables_of_word(depth: int = 100_000) -> bytes:
    return docx_of("<w:tbl><w:tr><w:tc>" * depth + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * depth)


def wrapped(depth: int) -> bytes:
    return docx_of("<w:sdt><w:sdtContent>" * depth + paragraph("甲") + "</w:sdtContent></w:sdt>" * depth)


# ---- workbooks ----


def workbook(sheet: str, shared: str = "", **parts: str | bytes) -> bytes:
    noise = Random(1).randbytes(len(sheet) // 150 + len(shared) // 150)
    return zipped(
        {
            "xl/workbook.xml": '<workbook><sheets><sheet name="1" r:id="a" xmlns:r="r"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<r><Relationship Id="a" Target="worksheets/1.xml"/></r>',
            "xl/worksheets/1.xml": sheet,
            **({"xl/sharedStrings.xml": shared} if shared else {}),
            "xl/media/a.bin": noise,
            **parts,
        }
    )


def cells(count: int, cell: str = "<c><v>1</v></c>", per_row: int = 1000) -> str:
    row = f"<row>{cell * per_row}</row>"
    return f"<worksheet><sheetData>{row * (count // per_row)}</sheetData></worksheet>"


def far_cell() -> bytes:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return workbook(f"<worksheet><sheetData>{far}</sheetData></worksheet>")


def merged_all(count: int) -> bytes:
    """Merged cells that each cover the whole sheet."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    merges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, count + 1))
    return workbook(f"<worksheet><sheetData>{far}</sheetData><mergeCells>{merges}</mergeCells></worksheet>")


def one_text_in_every_cell() -> bytes:
    shared = f"<sst><si><t>{'一二三四五' * 600_000}</t></si></sst>"
    return workbook(cells(100_000, '<c t="s"><v>0</v></c>'), shared)


# ---- pdf ----


def pdf_of(objects: list[bytes], trailer: bytes = b"<</Root 1 0 R>>") -> bytes:
    """Objects 1, 2, …, with the table that says where they stand."""
    out, places = io.BytesIO(b"%PDF-1.5\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer%s\nstartxref\n%d\n%%%%EOF" % (trailer, table))
    return out.getvalue()


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, box: bytes = b"0 0 595 842", more: bytes = b"", key: bytes = b"") -> list[bytes]:
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F0 5 0 R>>%s>>>>"
        % (box, more),
        stream(content, key),
        FONT,
    ]


def stream(content: bytes, key: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (key, len(packed), packed)


def packed_twice(megabytes: int) -> bytes:
    packed = zlib.compress(zlib_zeros(megabytes), 9)
    return b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(packed), packed)


def a_million_indirect_objects() -> bytes:
    return pdf_of([*one_page(HELLO), *[b"1"] * 1_000_000])


def pages_that_hold_themselves() -> bytes:
    objects = one_page(HELLO)
    objects[1] = b"<</Type/Pages/Count 400/Kids[" + b"2 0 R " * 400 + b"3 0 R]/Parent 2 0 R>>"
    return pdf_of(objects)


def deep_page_tree(depth: int = 200_000) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (6 + n + 1) for n in range(depth)]
    nodes.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
    objects = one_page(HELLO)
    objects[1] = b"<</Type/Pages/Count 1/Kids[6 0 R]>>"
    return pdf_of([*objects, *nodes])


def object_streams_in_a_circle() -> bytes:
    one = stream(b"3 0 <</Type/Page>>", b"/Type/ObjStm/N 1/First 4/Extends 5 0 R")
    return (
        b"%PDF-1.5\n"
        + b"".join(
            b"%d 0 obj\n%s\nendobj\n" % (number, body)
            for number, body in (
                (1, b"<</Type/Catalog/Pages 2 0 R>>"),
                (2, b"<</Type/Pages/Count 1/Kids[3 0 R]>>"),
                (4, one),
                (5, one.replace(b"5 0 R", b"4 0 R")),
            )
        )
        + b"trailer<</Root 1 0 R>>"
    )


def xref_in_a_circle() -> bytes:
    made = pdf_of(one_page(HELLO))
    at = made.rfind(b"xref\n0")
    return made.replace(b"<</Root 1 0 R>>", b"<</Root 1 0 R/Prev %d>>" % at)


def huge_xref_stream() -> bytes:
    """A directory that unpacks to gigabytes."""
    packed = zlib_zeros(420)
    body = (
        b"<</Type/XRef/W[1 4 2]/Size 300000000/Root 1 0 R/Length %d/Filter/FlateDecode>>stream\n%s\nendstream"
    )
    out = b"%PDF-1.5\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(one_page(HELLO), 1)
    )
    return out + b"9 0 obj\n" + body % (len(packed), packed) + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(out)


def zlib_zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    block = bytes(MB)
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])


def page_packed_tightly(key: bytes = b"", name: bytes = b"/FlateDecode") -> bytes:
    packed = zlib_zeros(400)
    objects = one_page(HELLO)
    objects[3] = b"<<%s/Length %d/Filter%s>>stream\n%s\nendstream" % (key, len(packed), name, packed)
    return pdf_of(objects)


def page_packed_twice() -> bytes:
    objects = one_page(HELLO)
    objects[3] = packed_twice(400)
    return pdf_of(objects)


def huge_picture() -> bytes:
    packed = zlib_zeros(400)
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 20000/Height 20000/BitsPerComponent 8/ColorSpace/DeviceGray"
        b"/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    )
    return pdf_of(
        [*one_page(HELLO + b"q 595 0 0 842 0 0 cm /I0 Do Q\n", more=b"/XObject<</I0 6 0 R>>"), picture]
    )


def huge_picture_alone() -> bytes:
    return huge_picture().replace(stream(HELLO), stream(b""))


def huge_png() -> bytes:
    """A picture of 20,000 by 20,000 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib_zeros(401)) + chunk(b"IEND", b"")


def deeply_nested_array() -> bytes:
    return pdf_of([*one_page(HELLO), b"[" * 2_000_000 + b"]" * 2_000_000])


def words_all_over(count: int) -> bytes:
    rng = Random(3)
    content = b"BT /F0 6 Tf " + b"".join(
        b"1 0 0 1 %d %d Tm (%d) Tj " % (rng.randrange(595), rng.randrange(842), rng.randrange(999))
        for _ in range(count)
    )
    return handmade_pdf(content + b"ET")


def crossing_lines(count: int) -> bytes:
    content = b"".join(
        b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (n % 595, n % 595, n % 842, n % 842) for n in range(count)
    )
    return handmade_pdf(content + HELLO)


# ---- text ----


def report_text(form: str = "2021") -> str:
    content, _, _ = print_report(random_report(Random(5), form), "tab_rows", Random(6))
    return content.decode()


def report_with(words: str, form: str = "2021") -> bytes:
    """A good report in which the words stand as a paragraph of its first section and of its last."""
    text = report_text(form)
    head, heading, rest = text.partition("一、总体情况") if form != "2014" else text.partition("\n")
    return f"{head}{heading}\n{words}\n{rest}\n{words}\n".encode()
