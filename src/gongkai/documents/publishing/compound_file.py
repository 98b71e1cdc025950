"""The old container of Office (doc, xls, wps, et): the names in it and its streams."""

from __future__ import annotations

import struct
from typing import NamedTuple

from gongkai.documents.limits import MAX_FILE_BYTES, MIB
from gongkai.documents.publishing.refusing import refusal

OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUMMARY, DOCUMENT_SUMMARY = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_LARGEST_STREAM = 48 * MIB
_MOST_ENTRIES = 20_000
_ENTRY = 128  # bytes of an entry of the directory
_NAME = 64  # its first bytes
_TEXTS, _CODEPAGE, _WIDE = (30, 31), 1, 31
_MOST_PROPERTIES = 200


class Compound:
    """One file. `names` are of all entries in its directory sectors, even those no other entry points to."""

    def __init__(self, content: bytes) -> None:
        from doc2docx.cfb import CompoundFile, CompoundFileLimits
        from doc2docx.errors import Doc2DocxError

        limits = CompoundFileLimits(
            max_input_bytes=MAX_FILE_BYTES,
            max_stream_bytes=_LARGEST_STREAM,
            max_directory_entries=_MOST_ENTRIES,
        )
        self._error = Doc2DocxError
        try:
            self._file = CompoundFile(content, limits=limits)
        except Doc2DocxError as error:
            raise refusal("damaged", kind="doc/xls") from error
        self.names = frozenset(path for entry in self._file.entries for path in entry.path.split("/"))

    def stream(self, name: str) -> bytes:
        """A stream's bytes; none where there is no such stream or it is torn."""
        try:
            return bytes(self._file.open_stream(name))
        except self._error:
            return b""


def names_anywhere(content: bytes, wanted: frozenset[str]) -> list[str]:
    """Which of the names stand in a directory entry anywhere in the file, reachable or not."""
    found = []
    for name in sorted(wanted):
        written = name.encode("utf-16-le")
        entry = written.ljust(_NAME, b"\x00") + (len(written) + 2).to_bytes(2, "little")
        at = content.find(entry)
        while at >= 0:
            # Entries begin at multiples of their length; the byte behind the name says what they are.
            if at % _ENTRY == 0 and content[at + _NAME + 2 : at + _NAME + 3] in (b"\x01", b"\x02"):
                found.append(name)
                break
            at = content.find(entry, at + 1)
    return found


class Property(NamedTuple):
    number: int
    text: str


def properties(stream: bytes) -> list[Property]:
    """The texts of a property set (MS-OLEPS), its first section; none where it is torn."""
    try:
        (start,) = struct.unpack_from("<I", stream, 44)
        (count,) = struct.unpack_from("<I", stream, start + 4)
        places = [
            struct.unpack_from("<II", stream, start + 8 + 8 * index)
            for index in range(min(count, _MOST_PROPERTIES))
        ]
        encoding = _encoding(stream, start, places)
        return [
            Property(number, text)
            for number, offset in places
            if (text := _text(stream, start + offset, encoding))
        ]
    except struct.error:
        return []


def _encoding(stream: bytes, start: int, places: list[tuple[int, ...]]) -> str:
    for number, offset in places:
        if number == _CODEPAGE:
            (page,) = struct.unpack_from("<H", stream, start + offset + 4)
            return {65001: "utf-8", 1200: "utf-16-le", 1252: "cp1252"}.get(page, "gb18030")
    return "gb18030"


def _text(stream: bytes, at: int, encoding: str) -> str:
    kind, length = struct.unpack_from("<II", stream, at)
    if kind not in _TEXTS:
        return ""
    size = length * 2 if kind == _WIDE else length
    written = stream[at + 8 : at + 8 + min(size, 4096)]
    text = written.decode("utf-16-le" if kind == _WIDE else encoding, "replace")
    return text.partition("\x00")[0].strip()
