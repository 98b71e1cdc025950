"""PNG and JPEG files taken apart: their pieces, their size, what they say beside the picture."""

from __future__ import annotations

import struct
from typing import NamedTuple

from gongkai.documents.publishing.refusing import refusal

PNG_MARK = b"\x89PNG\r\n\x1a\n"
_MOST_PIECES = 100_000
_SCAN, _END = 0xDA, 0xD9
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a length
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Piece(NamedTuple):
    """`name`: of a png chunk, or `ffe1` and the like; `data`: what it holds; `raw`: all its bytes."""

    name: str
    data: bytes
    raw: bytes


class Picture(NamedTuple):
    pieces: list[Piece]
    width: int
    height: int
    trailing: bytes  # what follows the picture's end


def taken_apart(content: bytes) -> Picture:
    """The pieces of a png or jpg. Raises damaged."""
    return _png(content) if content.startswith(PNG_MARK) else _jpeg(content)


def _png(content: bytes) -> Picture:
    pieces: list[Piece] = []
    at = len(PNG_MARK)
    while at + 12 <= len(content) and len(pieces) < _MOST_PIECES:
        (length,) = struct.unpack_from(">I", content, at)
        end = at + 12 + length
        if end > len(content):
            break
        name = content[at + 4 : at + 8].decode("latin-1")
        pieces.append(Piece(name, content[at + 8 : end - 4], content[at:end]))
        at = end
        if name == "IEND":
            if pieces[0].name != "IHDR" or len(pieces[0].data) != 13:
                break
            width, height = struct.unpack_from(">II", pieces[0].data)
            return Picture(pieces, width, height, content[at:])
    raise refusal("damaged", kind="png")


def _jpeg(content: bytes) -> Picture:
    pieces: list[Piece] = []
    at, width, height = 2, 0, 0
    while at + 2 <= len(content) and len(pieces) < _MOST_PIECES:
        if content[at] != 0xFF:
            break
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _END:
            if not width:
                break
            return Picture(pieces, width, height, content[at + 2 :])
        if marker in _ALONE:
            pieces.append(Piece(f"ff{marker:02x}", b"", content[at : at + 2]))
            at += 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(content):
            break
        data = content[at + 4 : end]
        if marker in _FRAMES and len(data) >= 5:
            height, width = struct.unpack_from(">HH", data, 1)
        if marker == _SCAN:
            end = _scan_end(content, end)
        pieces.append(Piece(f"ff{marker:02x}", data, content[at:end]))
        at = end
    raise refusal("damaged", kind="jpg")


def _scan_end(content: bytes, at: int) -> int:
    """Where the packed points of a scan end: at the first marker that is no restart and no escaped FF."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at
