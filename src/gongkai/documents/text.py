"""Plain text and Markdown: bytes to characters, characters to lines."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Block, Document, Line
from gongkai.documents.limits import Budget

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before utf-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What no text holds. Tab, line ends, form feed and escape (old printers) are left out.
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Random bytes hold about 11 % of them; a text with a stray one far below.
MAX_CONTROL_SHARE = 0.02
# A text cut within a character or with a slip of an old editor is still that encoding's text.
MAX_BROKEN_SHARE = 0.01
# Encodings a page may declare, besides utf-8 and the gb family, which are tried anyway.
_DECLARED = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252",  # what browsers take it for
    "windows-1252": "cp1252",
}
_LINE_END = re.compile("\r\n|[\r\n\x0b\x85\u2028\u2029]")
# Bars and corners of drawn tables, tags, escapes, entities, marks of Markdown.
_SIGNS_OF_MORE = ("│", "┃", "║", "┼", "+-", "+=", "<", "\\", "&", "#", "|", "===")
_LONGEST_LINE = 300  # characters; a line with tabs that is longer may be a whole page
_BARE = re.compile(r"\s*\d{1,3}\s*")


def read_text(content: bytes, source: str, budget: Budget) -> Document:
    """Every line of a txt or md file as a `Line`, tabs kept; a form feed begins the next page.

    Tables in html and tables drawn with characters come as `TextTable`; marks of Markdown are taken out.
    """
    text, notes = decode(content)
    kind = "md" if source.lower().endswith((".md", ".markdown")) else "txt"
    blocks: list[Block] = list(found := lines(text, budget))
    if kind == "md" or any(sign in text for sign in _SIGNS_OF_MORE) or _has_rolled_lines(found):
        # Most texts have none of these signs: what reads them is loaded when one does.
        from gongkai.documents.richer_text import richer_blocks

        blocks = richer_blocks(text, found, kind == "md", budget)
    return Document(source, kind, blocks, notes=notes)


def _has_rolled_lines(found: list[Line]) -> bool:
    return any(len(line.text) > _LONGEST_LINE and "\t" in line.text for line in found)


def lines(text: str, budget: Budget) -> list[Line]:
    """The lines of a text, numbered as an editor numbers them. Pages are counted where form feeds are."""
    # Counted before they are cut: a file of line ends alone would make sixty million of them.
    budget.take_lines(max(text.count("\n"), text.count("\r"), text.count("\f")))
    budget.check_time()
    page = 1 if "\f" in text else None
    found: list[Line] = []
    rows = _LINE_END.split(text)
    if rows and not rows[-1]:
        rows.pop()
    for row in rows:
        if page is None or "\f" not in row:
            found.append(Line(row, len(found) + 1, page))
            continue
        pieces = row.split("\f")
        for index, piece in enumerate(pieces):
            page += index > 0
            # A feed before the first word of a page, where it usually stands, is no line of its own.
            if piece or index == len(pieces) - 1:
                found.append(Line(piece, len(found) + 1, page))
    return found if page is None else _without_page_numbers(found)


def _without_page_numbers(found: list[Line]) -> list[Line]:
    """The lines with page numbers blanked: lone numbers next to a form feed that count with the pages.

    A lone figure there that does not count may be a cell of a table saved one cell a line.
    """
    outer: dict[tuple[int | None, bool], Line] = {}
    for line in found:
        if line.text.strip():
            outer.setdefault((line.page, True), line)
            outer[line.page, False] = line
    numbers = {
        line: int(line.text) - (line.page or 0) for line in outer.values() if _BARE.fullmatch(line.text)
    }
    (offset, count), *_ = Counter(numbers.values()).most_common(1) or [(0, 0)]
    if count < 2 and offset != 0:
        return found
    return [line._replace(text="") if numbers.get(line) == offset else line for line in found]


def decode(content: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """The characters of a text file, and notes on what was lost: the encoding is the one that really decodes.

    `declared` is the encoding the file claims (html); it is asked only where utf-8 does not fit, since a
    file that decodes as utf-8 is utf-8 whatever it claims. Raises unknown_format for bytes that are no text,
    wrong_encoding for text in an encoding not known.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _checked(_lenient(content[len(mark) :], encoding))
    if is_binary(content):
        raise no_text()
    try:
        return _checked((content.decode("utf-8"), 0))
    except UnicodeDecodeError:
        pass  # not utf-8: the others are tried below
    for encoding in ("utf-8", *_known(declared), "gb18030"):
        text, broken = _lenient(content, encoding)
        # Counted against what is not ASCII: in a mostly English page every Chinese word may be broken.
        beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
        if broken <= max(MAX_BROKEN_SHARE * beyond_ascii, beyond_ascii > 50):
            return _checked((text, broken))
    raise DocumentError(
        "wrong_encoding",
        "无法识别文字编码。请用记事本等程序打开，另存为 UTF-8 编码后再试。",
        "The text encoding is not known (UTF-8, UTF-16 and GB18030 are). Save the file as UTF-8 and retry.",
    )


def _known(declared: str | None) -> tuple[str, ...]:
    encoding = _DECLARED.get((declared or "").strip().lower())
    return (encoding,) if encoding else ()


def _lenient(content: bytes, encoding: str) -> tuple[str, int]:
    text = content.decode(encoding, "replace")
    return text, text.count("\ufffd") - content.count("\ufffd".encode()) * (encoding == "utf-8")


def _checked(decoded: tuple[str, int]) -> tuple[str, list[str]]:
    text, broken = decoded
    if len(_CONTROL_CHARACTERS.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise no_text()
    if broken > max(2, MAX_BROKEN_SHARE * len(text)):
        raise DocumentError(
            "wrong_encoding",
            "文字编码有误，出现大量乱码。请用记事本等程序打开，另存为 UTF-8 编码后再试。",
            "The text does not decode in the encoding it claims. Save the file as UTF-8 and retry.",
        )
    notes = [f"有 {broken} 处字符无法识别，已以“\ufffd”代替。"] if broken else []
    return text.removeprefix("\ufeff"), notes


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text in any encoding: zero bytes without a mark of utf-16, or many controls."""
    if content.startswith(tuple(mark for mark, _ in _BOMS)):
        return False
    controls = len(content) - len(content.translate(None, _CONTROLS))
    return b"\x00" in content or controls > MAX_CONTROL_SHARE * len(content)


def no_text() -> DocumentError:
    """The error for bytes that are neither text nor a format known here."""
    return DocumentError(
        "unknown_format",
        "无法识别文件格式。可读取的格式：docx、doc（wps）、pdf、html、mht、xlsx、xls（et）、txt、md、csv、json。"
        "请用 WPS 或 Word 另存为其中一种后再试。",
        "The file format is not known. Formats read: docx, doc (wps), pdf, html, mht, xlsx, xls (et), txt, "
        "md, csv, json. Save the file as one of these and retry.",
    )
