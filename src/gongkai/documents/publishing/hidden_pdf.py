"""pdf: properties, comments, attachments, layers, form values, earlier versions; unseen text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing.addresses import leads_inside
from gongkai.documents.publishing.earlier_versions import earlier_versions
from gongkai.documents.publishing.hidden_findings import Findings, Where, path, person, quoted
from gongkai.documents.publishing.hidden_pictures import picture_data
from gongkai.documents.publishing.pdf_file import dictionaries, opened, without_strings
from gongkai.documents.publishing.unseen_text import unseen_text

# Annotations that are part of the page; all others are somebody's notes on it.
_NO_COMMENTS = frozenset(
    ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark", "/FileAttachment")
)
_MARKS = {"/Redact": "unapplied_redaction", "/FileAttachment": "attachment"}
_XMP_PERSON = re.compile(
    rb"<(?:dc:creator|pdf:Author|xmp:Author|photoshop:AuthorsPosition|xmpRights:Owner)\b[^>]*>(.{1,600}?)"
    rb"</(?:dc:creator|pdf:Author|xmp:Author|photoshop:AuthorsPosition|xmpRights:Owner)>",
    re.DOTALL,
)
_TAGS = re.compile(r"<[^>]*>")
_INFO = {
    "/Author": ("作者", "author"),
    "/Company": ("单位", "company"),
    "/Manager": ("主管", "manager"),
    "/SourceModified": ("来源", "source"),
    "/Keywords": ("关键词", "keywords"),
    "/Subject": ("主题", "subject"),
}
_USUAL_INFO = frozenset(
    ("/Title", "/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner")
)
_SAYS_NOTHING = ("", "anonymous", "unspecified", "untitled", "unknown")
_ADDRESS = re.compile(rb"/URI\s*(?:\(((?:[^()\\]|\\.)*)\)|<((?:[0-9a-fA-F]{2})+)>)", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_DECODING = ("/DCTDecode",)
_LARGEST_XMP = 2_000_000
_MOST_FIELDS = 2_000


def hidden_in_pdf(content: bytes, findings: Findings) -> None:
    """Notes what a pdf hides. Raises encrypted, damaged, too_complex, too_slow."""
    with opened(content, findings.budget) as pdf:
        _properties(pdf, findings)
        _objects(pdf, findings)
        _layers(pdf, findings)
        _fields(pdf, findings)
        signed = is_signed(pdf)
        for number, page in enumerate(pdf.pages, 1):
            if number % 50 == 0:
                findings.budget.check_time()
            _annotations(page, Where(f"第 {number} 页", f"page {number}"), findings)
    earlier_versions(content, signed, findings)
    try:
        unseen_text(content, findings)
    except DocumentError as error:
        # Too heavy to be drawn here: what was found so far still stands, and the gap is told.
        if error.code not in ("too_complex", "too_slow", "damaged"):
            raise
        findings.add(
            "not_fully_checked",
            part="页面文字",
            part_en="The text of the pages",
            why=error.zh,
            why_en=error.en,
        )


def _properties(pdf: pikepdf.Pdf, findings: Findings) -> None:
    info = pdf.trailer.get("/Info")
    for key, value in info.items() if isinstance(info, pikepdf.Dictionary) else ():
        text = str(value).strip() if isinstance(value, pikepdf.String) else ""
        if text.strip("()").lower() in _SAYS_NOTHING:
            continue
        if key in _INFO:
            zh, en = _INFO[key]
            findings.add(
                "author",
                person(text) if key in ("/Author", "/Manager") else quoted(text),
                label=zh,
                label_en=en,
            )
        elif key not in _USUAL_INFO:
            findings.add("custom_property", quoted(f"{key[1:]}：{text}"))
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        _xmp(stream_bytes(metadata), findings)


def _xmp(written: bytes, findings: Findings) -> None:
    names = {
        _TAGS.sub("", found.decode("utf-8", "replace")).strip()
        for found in _XMP_PERSON.findall(written[:_LARGEST_XMP])
    }
    for name in sorted(filter(None, names)):
        findings.add("author", person(name), label="作者（XMP）", label_en="author (XMP)")


def stream_bytes(stream: pikepdf.Stream) -> bytes:
    """A small stream unpacked; nothing where it is torn or vast."""
    try:
        if len(stream.read_raw_bytes()) > _LARGEST_XMP:
            return b""
        return stream.read_bytes()
    except pikepdf.PikepdfError:
        return b""


def _objects(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Attachments, pictures' own data and links, wherever they hang."""
    for found, written in dictionaries(pdf, findings.budget):
        if b"/DCTDecode" in written and isinstance(found, pikepdf.Stream):
            picture_data(raw_jpeg(found), findings, Where("图片", "a picture"))
        if b"/EF " in without_strings(written):
            named: Any = found if isinstance(found, pikepdf.Dictionary) else {}
            findings.add("attachment", quoted(str(named.get("/UF", named.get("/F", "")))))
        for address in _addresses(written) if b"/URI " in written else ():
            if leads_inside(address):
                findings.add("internal_link", path(address))
        if b"/PieceInfo" in written:
            findings.add("custom_property", "PieceInfo")


def raw_jpeg(stream: pikepdf.Stream) -> bytes:
    """A picture's bytes as they were put in: as a jpg where no other filter lies above."""
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    return stream.read_raw_bytes() if tuple(names) == _DECODING else b""


def _addresses(written: bytes) -> Iterator[str]:
    """The addresses of links in an object's own text, however deep they stand in it."""
    for plain, in_hex in _ADDRESS.findall(written):
        if in_hex:
            yield bytes.fromhex(in_hex.decode()).decode("utf-8", "replace")
        else:
            yield _ESCAPED.sub(rb"\1", plain).decode("utf-8", "replace")


def _layers(pdf: pikepdf.Pdf, findings: Findings) -> None:
    layers: Any = pdf.Root.get("/OCProperties")
    usual = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
    if not isinstance(usual, pikepdf.Dictionary):
        return
    base = str(usual.get("/BaseState", "/ON"))
    every = layers.get("/OCGs", []) if base == "/OFF" else usual.get("/OFF", [])
    shown = (
        {group.objgen for group in usual.get("/ON", []) if hasattr(group, "objgen")}
        if base == "/OFF"
        else set()
    )
    for group in every:
        if isinstance(group, pikepdf.Dictionary) and group.objgen not in shown:
            findings.add("hidden_layer", quoted(str(group.get("/Name", ""))))


def _fields(pdf: pikepdf.Pdf, findings: Findings) -> None:
    form = pdf.Root.get("/AcroForm")
    waiting = list(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else []
    for _ in range(_MOST_FIELDS):
        if not waiting:
            return
        field = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary):
            continue
        kids = field.get("/Kids")
        waiting.extend(kids if isinstance(kids, pikepdf.Array) else ())
        value = field.get("/V")
        if isinstance(value, pikepdf.String) and str(value).strip():
            findings.add("form_value", quoted(f"{field.get('/T', '')}：{value}"))


def _annotations(page: Any, where: Where, findings: Findings) -> None:
    notes = page.obj.get("/Annots")
    for note in notes if isinstance(notes, pikepdf.Array) else ():
        if not isinstance(note, pikepdf.Dictionary):
            continue
        kind = str(note.get("/Subtype", ""))
        if kind in _MARKS:
            findings.add(_MARKS[kind], quoted(str(note.get("/Contents", ""))), where)
        elif kind not in _NO_COMMENTS:
            text, name = str(note.get("/Contents", "")), str(note.get("/T", ""))
            findings.add(
                "comment", "：".join(filter(None, (person(name) if name else "", quoted(text)))), where
            )


def is_comment(note: Any) -> bool:
    """Whether an annotation is somebody's note on the page, or the window of one."""
    kind = str(note.get("/Subtype", "")) if isinstance(note, pikepdf.Dictionary) else "/Link"
    return kind == "/Popup" or (kind not in _NO_COMMENTS and kind not in _MARKS)


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether the pdf has a signature that a change would break."""
    form = pdf.Root.get("/AcroForm")
    waiting = list(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else []
    for _ in range(_MOST_FIELDS):
        if not waiting:
            return False
        field = waiting.pop()
        if isinstance(field, pikepdf.Dictionary):
            if str(field.get("/FT", "")) == "/Sig" and "/V" in field:
                return True
            kids = field.get("/Kids")
            waiting.extend(kids if isinstance(kids, pikepdf.Array) else ())
    return False
