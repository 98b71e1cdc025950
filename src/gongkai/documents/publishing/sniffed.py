"""What an upload really is, by its bytes; the name decides only between kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile

from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.compound_file import OLE_MARK, Compound
from gongkai.documents.publishing.formats import REFUSED_MARKS
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.refusing import refusal
from gongkai.documents.text import decode

_OOXML = "application/vnd.openxmlformats-officedocument."
# The media type of the main part -> kind. Templates and macro kinds are told by what is missing here.
_MAIN_TYPES = {
    f"{_OOXML}wordprocessingml.document.main+xml": "docx",
    f"{_OOXML}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OOXML}presentationml.presentation.main+xml": "pptx",
}
_OTHER_PACKAGES = (
    (b"mimetypeapplication/vnd.oasis", "OpenDocument 文件", "an OpenDocument file"),
    (b"mimetypeapplication/epub", "epub 电子书", "an epub book"),
)
_OTHER_OFFICE = {
    "template": ("模板文件", "a template"),
    "slideshow": ("放映文件", "a slide show"),
    "sheet.binary": ("二进制工作簿（xlsb）", "a binary workbook (xlsb)"),
}
# What a page, a drawing or a script begins with, behind declarations and comments.
_PAGE = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype\s+(?:html|svg)|html|head|body|script|svg|iframe|meta|link|style"
    r"|img|object|embed|base|form|frameset|table|div|font|title|xml)\b",
    re.IGNORECASE | re.DOTALL,
)
_SERVER_PAGE = re.compile(r"\s*<(?:\?php|\?=|%)", re.IGNORECASE)
_SCRIPT = re.compile(
    r"\s*(?:#!\s*/|@?echo\s+off\b|@echo\b|on error resume next\b|set-executionpolicy\b|<job\b"
    r"|windows registry editor\b|\[internetshortcut\])",
    re.IGNORECASE,
)
_MESSAGE = re.compile(r"(?:mime-version|content-type|snapshot-content-location):", re.IGNORECASE)
_HEAD = 4096  # characters


def sniffed(content: bytes, suffix: str, budget: Budget) -> str:
    """The kind, a key of `formats.FORMATS`. Raises a refusal for anything that may not go out."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise refusal("empty")
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if head.startswith(b"%PDF-"):
        return "pdf"
    for mark, code, zh, en in REFUSED_MARKS:
        if content.startswith(mark):
            raise refusal(code, zh=zh, en=en)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"PK\x03\x04"):
        return _package_kind(content, budget)
    if content.startswith(OLE_MARK):
        return _compound_kind(content, suffix)
    _refuse_other_binaries(content)
    return _text_kind(content, suffix)


def _refuse_other_binaries(content: bytes) -> None:
    if content[257:262] == b"ustar":
        raise refusal("archive")
    if content.startswith(b"PK"):
        raise refusal("archive")
    if content[4:8] == b"ftyp" or content.startswith((b"RIFF", b"OggS", b"\x1aE\xdf\xa3", b"FLV")):
        raise refusal("not_allowed", zh="音频、视频或图片（webp）", en="sound, film or a webp picture")
    if content[:2] == b"BM" and int.from_bytes(content[2:6], "little") == len(content):
        raise refusal("not_allowed", zh="bmp 图片（请转为 png）", en="a bmp picture")
    if b"%PDF-" in content[:1024]:
        raise refusal("two_formats", zh="pdf 之前另有内容", en="something before the pdf begins")


def _package_kind(content: bytes, budget: Budget) -> str:
    for mark, zh, en in _OTHER_PACKAGES:
        if mark in content[:200]:
            raise refusal("not_allowed", zh=zh, en=en)
    package = Package(content, "zip", budget)
    if package.has("OFD.xml"):
        return "ofd"
    if not package.has("[Content_Types].xml"):
        if package.has("word/document.xml") or package.has("xl/workbook.xml"):
            raise refusal("damaged", kind="docx/xlsx")
        raise refusal("archive")
    main = package.main_part()
    media_type = package.media_types().get(main.lower(), "")
    # Strict OOXML has the same media types; macro kinds carry the word in theirs.
    if "macroenabled" in media_type:
        raise refusal("macros", where=main)
    if media_type in _MAIN_TYPES:
        return _MAIN_TYPES[media_type]
    for word, (zh, en) in _OTHER_OFFICE.items():
        if word in media_type:
            raise refusal("not_allowed", zh=zh, en=en)
    raise refusal("unknown_format")


def _compound_kind(content: bytes, suffix: str) -> str:
    names = Compound(content).names
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise refusal("encrypted")
    text, workbook = "WordDocument" in names, bool(names & {"Workbook", "Book"})
    if text and workbook:  # one embedded in the other
        return "xls" if suffix in (".xls", ".et") else "doc"
    if text or workbook:
        return "doc" if text else "xls"
    if "PowerPoint Document" in names:
        raise refusal("not_allowed", zh="旧版演示文稿（请另存为 pptx 或 pdf）", en="an old presentation")
    if names & {"\u4840\u3f3f\u4577\u446c\u3b6a\u45e4\u4824", "\x05Msi"} or suffix == ".msi":
        raise refusal("executable", zh="安装程序", en="an installer")
    raise refusal("unknown_format")


def _text_kind(content: bytes, suffix: str) -> str:
    try:
        text, _ = decode(content)
    except DocumentError as error:
        raise refusal("unknown_format") from error
    head = text[:_HEAD].lstrip("\ufeff")
    if _SERVER_PAGE.match(head) or _SCRIPT.match(head):
        raise refusal("executable", zh="脚本", en="a script")
    if _MESSAGE.match(head.lstrip()) and "multipart/" in head.lower():
        raise refusal("active_page", zh="mht 网页", en="an mht page")
    if head.lstrip().startswith("<?xml") and suffix == ".xml" and not _PAGE.match(head):
        return "xml"
    if _PAGE.match(head):
        svg = "<svg" in head.lower()
        raise refusal(
            "active_page", zh="svg 图形" if svg else "html 网页", en="an svg" if svg else "an html page"
        )
    if suffix in (".csv", ".json", ".xml"):
        return suffix[1:]
    return "txt"


def hides_an_archive(content: bytes) -> bool:
    """Whether a file that begins as another format is also an archive that opens."""
    return zipfile.is_zipfile(io.BytesIO(content))
