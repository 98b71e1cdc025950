"""A pdf's inside, object by object, through pikepdf (MPL-2.0): what it would run, hold and reveal."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.documents.limits import MIB, Budget, too_complex
from gongkai.documents.publishing.refusing import refusal

MAX_OBJECTS = 400_000
# Lists of objects are unpacked whole when a pdf is opened; those of a real file have a few hundred kB.
MAX_PACKED_LISTS = 64 * MIB
_LOOK_AT_CLOCK = 2_000
_PACKED_LIST = re.compile(rb"/Type\s*/(?:ObjStm|XRef)\b")
_ESCAPED_NAME = re.compile(rb"/Type\s*/[A-Za-z]*#")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)


def opened(content: bytes, budget: Budget) -> pikepdf.Pdf:
    """The pdf. Raises encrypted, damaged, too_complex."""
    _refuse_bombs(content, budget)
    try:
        pdf = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
        if pdf.is_encrypted:
            raise refusal("encrypted")
        count = len(pdf.objects)
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise refusal("encrypted") from error
    except pikepdf.PikepdfError as error:
        raise refusal("damaged", kind="pdf") from error
    if not pages:
        raise refusal("damaged", kind="pdf")
    if count > MAX_OBJECTS:
        raise too_complex("对象过多", "too many objects")
    return pdf


def _refuse_bombs(content: bytes, budget: Budget) -> None:
    """Raises too_complex where the lists of objects would unpack to more than any file needs."""
    total = 0
    suspicious = bool(_ESCAPED_NAME.search(content))  # a name written in a way that hides it
    for found in re.finditer(rb"\bstream\r?\n", content) if suspicious else _PACKED_LIST.finditer(content):
        budget.check_time()
        begin = found.end() if suspicious else _stream_start(content, found.end())
        end = content.find(b"endstream", begin)
        packed = content[begin : end if end >= 0 else len(content)]
        try:
            total += len(zlib.decompressobj().decompress(packed, MAX_PACKED_LISTS + 1))
        except zlib.error:
            continue  # not packed so, or torn: qpdf unpacks no more of it than we do
        if total > MAX_PACKED_LISTS:
            raise too_complex("解压后过大", "too large once unpacked")


def _stream_start(content: bytes, at: int) -> int:
    begin = content.find(b"stream", at)
    if begin < 0:
        return len(content)
    begin += len(b"stream")
    return begin + (2 if content[begin : begin + 2] == b"\r\n" else 1)


def dictionaries(pdf: pikepdf.Pdf, budget: Budget) -> Iterator[tuple[Any, bytes]]:
    """Every object of the pdf that has keys, with its own text: names normal, strings escaped."""
    for number, found in enumerate(pdf.objects):
        if number % _LOOK_AT_CLOCK == 0:
            budget.check_time()
        if isinstance(found, pikepdf.Stream):
            yield found, found.stream_dict.unparse(resolved=True)
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Array):
            yield found, found.unparse(resolved=True)


def without_strings(written: bytes) -> bytes:
    """The text of an object, its strings emptied: a word in a title is no key."""
    return _STRING.sub(b"()", written) if b"(" in written else written
