"""The door for attachments: what a file really is, and whether it may go out with a publication."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import MIB, Budget
from gongkai.documents.publishing.active_parts import (
    refuse_active_compound,
    refuse_active_package,
    refuse_active_pdf,
    refuse_active_text,
)
from gongkai.documents.publishing.file_names import split_name
from gongkai.documents.publishing.formats import FORMATS, OWN_MEDIA_TYPES, PLAIN_TEXTS, PROGRAM_SUFFIXES
from gongkai.documents.publishing.pictures import taken_apart
from gongkai.documents.publishing.refusing import guarded, refusal
from gongkai.documents.publishing.sniffed import hides_an_archive, sniffed

MAX_ATTACHMENT_BYTES = 50 * MIB
MAX_MEGAPIXELS = 120  # A3 scanned at 600 dots an inch has 70
SECONDS = 10.0
_FOREIGN_IN_PICTURES = (
    b"PK\x03\x04",
    b"MZ\x90",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"<script",
    b"<html",
    b"<?php",
    b"%PDF-",
)
_TRAILING_LOOKED_AT = 64 * 1024
_PDF_END = b"%%EOF"
_PDF_TRAILING = 4096  # bytes behind the end that careless servers and scanners leave there


@dataclass(frozen=True, slots=True)
class Accepted:
    """An attachment that may go on to review.

    `name` has the canonical `extension` (".pdf"); `renamed` tells that the ending was not the one of the
    content, though of its family (a docx called .doc). `kind` is a key of `formats.FORMATS`; `size` in bytes.
    """

    name: str
    kind: str
    media_type: str
    extension: str
    size: int
    renamed: bool = False

    @property
    def is_picture(self) -> bool:
        return self.kind in ("png", "jpg")


@guarded
def accept(content: bytes, name: str, limit: int = MAX_ATTACHMENT_BYTES) -> Accepted:
    """The attachment, vetted by its bytes; `limit` in bytes. Raises `DocumentError` for what may not go out.

    Codes: empty, too_large, not_allowed, archive, executable, active_page, disguised, two_formats, macros,
    active_content, document_type, embedded_file, encrypted, damaged, too_complex, too_slow,
    too_many_pixels, unknown_format, failed. Serves REG.17; what is allowed is our own choice [D].
    """
    if len(content) > limit:
        raise refusal("too_large", size=f"{len(content) / MIB:.1f}", limit=f"{limit / MIB:g}")
    budget = Budget(seconds=SECONDS)
    stem, suffix = split_name(name)
    kind = _kind(content, suffix, budget)
    _refuse_active(content, kind, budget)  # first: of macros under a false name the macros are what matters
    extension, renamed = _extension(kind, suffix)
    media_type = OWN_MEDIA_TYPES.get(extension, FORMATS[kind].media_type)
    return Accepted(f"{stem}{extension}", kind, media_type, extension, len(content), renamed)


def _kind(content: bytes, suffix: str, budget: Budget) -> str:
    """The kind by the bytes. A file under an innocent name that is something else is told to be disguised."""
    try:
        return sniffed(content, suffix, budget)
    except DocumentError as error:
        known = any(suffix in entry.suffixes for entry in FORMATS.values())
        if (
            known
            and error.code in ("executable", "active_page", "archive")
            and not _is_plain(suffix, error.code)
        ):
            raise refusal("disguised", suffix=suffix, zh=_what(error.zh), en=_what(error.en)) from error
        raise


def _is_plain(suffix: str, code: str) -> bool:
    return suffix in (".txt", ".csv", ".json", ".xml") and code != "archive"


def _what(message: str) -> str:
    """What the refusal names in its brackets, else its first words."""
    for opening, closing in (("（", "）"), ("(", ")")):
        if opening in message and closing in message:
            return message.partition(opening)[2].partition(closing)[0]
    return "压缩包" if "压缩包" in message else "an archive"


def _extension(kind: str, suffix: str) -> tuple[str, bool]:
    found = FORMATS[kind]
    if not suffix or suffix == found.suffixes[0]:
        return found.suffixes[0], False
    if suffix in PROGRAM_SUFFIXES:
        raise refusal("disguised", suffix=suffix, zh=found.zh, en=found.en)
    if suffix in found.suffixes:
        return (suffix if suffix in OWN_MEDIA_TYPES else found.suffixes[0]), False
    if suffix in found.renamed_from:
        return found.suffixes[0], True
    if not any(suffix in (*other.suffixes, *other.renamed_from) for other in FORMATS.values()):
        raise refusal("not_allowed", zh=f"扩展名 {suffix}", en=f"the ending {suffix}")
    raise refusal("disguised", suffix=suffix, zh=found.zh, en=found.en)


def _refuse_active(content: bytes, kind: str, budget: Budget) -> None:
    if kind in ("docx", "xlsx", "pptx", "ofd"):
        refuse_active_package(content, kind, budget)
    elif kind in ("doc", "xls"):
        refuse_active_compound(content, kind)
    elif kind in PLAIN_TEXTS:
        refuse_active_text(content, kind, budget)
    elif kind == "pdf":
        _refuse_behind_pdf(content)
        refuse_active_pdf(content, budget)
    else:
        _check_picture(content)


def _refuse_behind_pdf(content: bytes) -> None:
    end = content.rfind(_PDF_END)
    behind = content[end + len(_PDF_END) :].strip(b"\r\n \t\x00") if end >= 0 else b""
    if len(behind) > _PDF_TRAILING or behind.startswith((b"PK", b"MZ")) or hides_an_archive(content):
        raise refusal("two_formats", zh="pdf 之后另有内容", en="something behind the pdf's end")


def _check_picture(content: bytes) -> None:
    picture = taken_apart(content)
    megapixels = picture.width * picture.height / 1e6
    if megapixels > MAX_MEGAPIXELS:
        raise refusal("too_many_pixels", pixels=f"{megapixels:.0f}", limit=MAX_MEGAPIXELS)
    behind = picture.trailing[:_TRAILING_LOOKED_AT].lower()
    if any(mark.lower() in behind for mark in _FOREIGN_IN_PICTURES) or hides_an_archive(content):
        raise refusal("two_formats", zh="图片之后另有内容", en="something behind the picture's end")
