"""Which format a file is in, by its bytes; the name decides only between kinds of plain text."""

from __future__ import annotations

import re
from pathlib import PurePath

from gongkai.documents.archive import encrypted_office
from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import damaged
from gongkai.documents.text import is_binary, no_text

_PDF_WITHIN = 1024  # bytes before `%PDF`: viewers allow as many
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGE_MARKS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"\xff\x4f\xff\x51",
)
_ANYTHING = re.compile(rb"[^ \t\r\n\x00\xef\xbb\xbf]")
_HEAD = 4096  # bytes looked at for tags
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
# Text, rather than comments and declarations, before a page's first tag.
_WORDS_BEFORE = re.compile(rb"(?:\s|<!--(?:(?!-->).)*-->|<(?:\?|!(?!--))[^<>]*>)*[^<\s]", re.DOTALL)
# The heads that begin a web page saved in one file (mht).
_MESSAGE = re.compile(
    rb"(?i)(?:from|mime-version|subject|date|content-type|snapshot-content-location|x-[\w-]+):"
)
_FRAGMENT = re.compile(
    rb"<(?:meta|table|div|p|br|span|h[1-6]|ul|ol|section|article|center)[\s>/]", re.IGNORECASE
)
# Names under which a format travels: where the bytes are no format at all, the file was once this one.
_NAMED = {
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
}
# Formats known by their names alone, and what a program that opens them should save them as.
_OTHERS = {
    ".wps": ("这种 wps 文件", "a wps file of another kind", "docx"),
    ".et": ("这种 et 表格", "an et file of another kind", "xlsx"),
    ".odt": ("odt 文件（OpenDocument 文字）", "an OpenDocument text (odt)", "docx"),
    ".ods": ("ods 文件（OpenDocument 表格）", "an OpenDocument spreadsheet (ods)", "xlsx"),
    ".pages": ("pages 文稿", "a Pages document", "docx"),
    ".numbers": ("numbers 表格", "a Numbers spreadsheet", "xlsx"),
    ".ofd": ("OFD 版式文件", "an OFD file", "pdf（文字版）或 docx"),
}
# The first part of an OpenDocument file states its kind in plain bytes.
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_OPEN_DOCUMENT_WITHIN = 200
# Under these names the old container of Office holds a text, under those a workbook.
_OLD_TEXTS = (".doc", ".dot", ".wps", ".wpt")
_OLD_WORKBOOKS = (".xls", ".xlt", ".et", ".ett")
_ENTRY = 128  # bytes of an entry in the container's directory, which begins at a multiple of them
_NAME_OF_ENTRY = 64  # its first bytes; two more state how long the name is
# `{"` or `[{`: no prose begins so; a file that does is meant as json even where it is broken.
_JSON_START = re.compile(rb'(?:\{\s*"|\{\s*\}|\[\s*[\[{\]])')
_SEPARATED = (".csv", ".tsv", ".tab")
_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt", ".text", *_MARKDOWN)


def sniff(content: bytes, name: str) -> str:
    """The kind of reader a file needs: pdf, docx, doc, wordxml, xlsx, xls, picture, html,
    mht, json, csv, md or txt.

    Raises empty, encrypted, damaged or unknown_format where none can read it.
    """
    suffix = PurePath(name.lower()).suffix
    if not _ANYTHING.search(content):
        raise no_words()
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    if content.startswith(_ZIP):
        return _zip_kind(content, suffix)
    if content.startswith(_OLE2):
        return _ole2_kind(content, suffix)
    if (
        content.startswith(_IMAGE_MARKS)
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or _bitmap(content)
    ):
        return "picture"
    if is_binary(content):
        raise damaged(_NAMED[suffix]) if suffix in _NAMED else _other_named(suffix) or no_text()
    return _text_kind(content, suffix)


def _bitmap(content: bytes) -> bool:
    # "BM" alone could begin a text; a bitmap states its own length next.
    return content[:2] == b"BM" and int.from_bytes(content[2:6], "little") == len(content)


def _zip_kind(content: bytes, suffix: str) -> str:
    # The names stand uncompressed in the bytes: found even in an archive too torn to open.
    if b"word/document" in content:
        return "docx"
    if b"xl/workbook.bin" in content:
        raise _other("二进制工作簿（xlsb）", "a binary workbook (xlsb)", "xlsx")
    if b"xl/workbook" in content or b"xl/worksheets" in content:
        return "xlsx"
    if b"OFD.xml" in content:
        raise _other(*_OTHERS[".ofd"])
    if _OPEN_DOCUMENT in content[:_OPEN_DOCUMENT_WITHIN]:
        kind = content[: 2 * _OPEN_DOCUMENT_WITHIN].partition(_OPEN_DOCUMENT)[2]
        raise _other(*_OTHERS[".ods" if kind.startswith(b"spreadsheet") else ".odt"])
    if suffix in _NAMED:
        raise damaged(_NAMED[suffix])
    raise _other_named(suffix) or DocumentError(
        "unknown_format",
        "不能读取压缩包。请先解压，再读取里面的文件；不是年报格式的，请用 WPS 或 Word 另存为 docx。",
        "This is an archive, which is not read. Unpack it and read the files in it.",
    )


def _ole2_kind(content: bytes, suffix: str) -> str:
    """The kind of a file in the old container of Office, which also wraps encrypted new files."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise encrypted_office()
    text = _has_stream(content, "WordDocument")
    workbook = _has_stream(content, "Workbook") or _has_stream(content, "Book")
    if text and workbook:  # one embedded in the other
        return "xls" if suffix in _OLD_WORKBOOKS else "doc"
    if text or workbook:
        return "doc" if text else "xls"
    if "PowerPoint Document".encode("utf-16-le") in content:
        raise _other("演示文稿（ppt、dps）", "a presentation", "docx")
    # Its directory is damaged: the reader says so, of the kind that its name or its remains tell.
    if suffix in (*_OLD_TEXTS, *_OLD_WORKBOOKS):
        return "doc" if suffix in _OLD_TEXTS else "xls"
    remains = "Workbook".encode("utf-16-le") in content and "WordDocument".encode("utf-16-le") not in content
    return "xls" if remains else "doc"


def _has_stream(content: bytes, name: str) -> bool:
    """Whether the container's directory has an entry of that name; the word alone stands in texts too
    (`Bookman Old Style`).
    """
    written = name.encode("utf-16-le")
    entry = written.ljust(_NAME_OF_ENTRY, b"\x00") + (len(written) + 2).to_bytes(2, "little")
    at = content.find(entry)
    while at >= 0 and at % _ENTRY:
        at = content.find(entry, at + 1)
    return at >= 0


def _text_kind(content: bytes, suffix: str) -> str:
    # utf-16 puts a zero byte beside each Latin letter: without them its tags look as in any other encoding.
    head = content[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{\\rtf"):
        raise _other("RTF 文件", "an RTF file", "docx")
    if _MESSAGE.match(head) and b"multipart/" in head.lower():
        return "mht"
    # A text or Markdown file may hold a page's tags around a table: it is a page only if it begins as one.
    page = _PAGE.search(head)
    if (page and (suffix not in _PLAIN or not _WORDS_BEFORE.match(head, 0, page.start()))) or (
        (head.startswith(b"<") or suffix in (".html", ".htm"))
        and suffix not in _PLAIN
        and _FRAGMENT.search(head)
    ):
        return "html"
    if b"<w:wordDocument" in head or b"<pkg:package" in head:
        return "wordxml"
    if head.startswith(b"<?xml"):
        raise _other("XML 文件", "an XML file", "docx")
    if suffix in (".json", ".jsonl") or (suffix not in _PLAIN and _JSON_START.match(head)):
        return "json"
    if suffix in _SEPARATED:
        return "csv"
    return "md" if suffix in _MARKDOWN else "txt"


def _other(zh: str, en: str, target: str) -> DocumentError:
    return DocumentError(
        "unknown_format",
        f"不能读取{zh}。请用 WPS 或 Word 另存为 {target} 后再试。",
        f"This is {en}, which is not read. Save it as docx, xlsx or pdf with text.",
    )


def _other_named(suffix: str) -> DocumentError | None:
    return _other(*_OTHERS[suffix]) if suffix in _OTHERS else None


def picture() -> DocumentError:
    """The error for a picture of a page where the page's text is needed."""
    return DocumentError(
        "image_only",
        "文件只有图片（扫描件），没有可读取的文字。请提供文字版文件，"
        '或安装文字识别（OCR）组件（pip install "gongkai[ocr]"）后再试。',
        "The file holds pictures only, no text. Provide a version with text, or install text recognition "
        '(pip install "gongkai[ocr]") and retry.',
    )


def no_words() -> DocumentError:
    """The error for a file without a single word."""
    return DocumentError(
        "empty",
        "文件是空的，没有文字内容。请检查是否上传或下载了正确的文件。",
        "The file is empty: it holds no text. Check that it is the right file.",
    )
