"""png and jpg without what they say beside the picture; the picture itself is not touched."""

from __future__ import annotations

import struct

from gongkai.documents.publishing.hidden_pictures import orientation
from gongkai.documents.publishing.pictures import PNG_MARK, taken_apart

# Chunks that say how the picture looks; all others speak about it.
_PNG_KEPT = frozenset(
    (
        *(
            "IHDR",
            "PLTE",
            "IDAT",
            "IEND",
            "tRNS",
            "cHRM",
            "gAMA",
            "iCCP",
            "sBIT",
            "sRGB",
            "bKGD",
            "pHYs",
            "hIST",
        ),
        *("cICP", "mDCv", "cLLi"),
    )
)
_JPEG_START, _JPEG_END = b"\xff\xd8", b"\xff\xd9"


def cleaned_picture(content: bytes) -> bytes:
    """The picture alone: no place, no names, no words, nothing behind its end. Raises damaged."""
    picture = taken_apart(content)
    if content.startswith(PNG_MARK):
        return PNG_MARK + b"".join(piece.raw for piece in picture.pieces if piece.name in _PNG_KEPT)
    kept = [piece.raw for piece in picture.pieces if _stays(piece.name, piece.data)]
    turned = orientation(picture)
    # How a photograph is to be turned is all that is kept of its data.
    exif = [_only_orientation(turned)] if turned != 1 else []
    return b"".join((_JPEG_START, *exif, *kept, _JPEG_END))


def _stays(name: str, data: bytes) -> bool:
    if name == "ffe2":
        return data.startswith(b"ICC_PROFILE\x00")
    if name == "ffee":
        return data.startswith(b"Adobe")
    if name == "ffe0":
        return data.startswith(b"JFIF\x00")
    return not ("ffe1" <= name <= "ffef" or name == "fffe")


def _only_orientation(turned: int) -> bytes:
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    data = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data
