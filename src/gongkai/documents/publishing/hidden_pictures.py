"""What a png or jpg says beside the picture: where and by whom it was taken, and what follows its end."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import suppress

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing.hidden_findings import WHOLE, Findings, Where, person, quoted
from gongkai.documents.publishing.pictures import PNG_MARK, Picture, taken_apart

# Exif tags (CIPA DC-008) -> what people call them.
_PERSONS = {
    0x013B: ("作者", "artist"),
    0x9C9D: ("作者", "author"),
    0xA430: ("相机所有者", "camera's owner"),
}
_WORDS = {
    0x8298: ("版权", "copyright"),
    0x010E: ("说明", "description"),
    0x9286: ("说明", "comment"),
    0x9C9B: ("标题", "title"),
    0x9C9C: ("说明", "comment"),
    0xA431: ("相机序列号", "camera's serial number"),
}
_EXIF, _GPS, _THUMBNAIL = 0x8769, 0x8825, 0x0201
_WIDE = frozenset((0x9C9B, 0x9C9C, 0x9C9D))  # written by Windows in utf-16
_MOST_TAGS = 500
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 13: 4}
_XMP_PERSON = re.compile(
    rb"<(?:dc:creator|photoshop:AuthorsPosition|xmpRights:Owner|aux:OwnerName|exifEX:CameraOwnerName)\b[^>]*>(.{1,400}?)</",
    re.DOTALL,
)
_XMP_PLACE = re.compile(rb"exif:GPSL(?:atitude|ongitude)")
_TAGS = re.compile(r"<[^>]*>")
_PNG_TEXTS = ("tEXt", "zTXt", "iTXt")
_PERSON_KEYS = ("author", "artist", "creator", "owner")
_TRAILING = 16  # bytes of filling behind an end that say nothing


def picture_data(content: bytes, findings: Findings, where: Where = WHOLE) -> None:
    """Notes what a png or jpg carries; nothing of other bytes, nor of a torn picture within another file."""
    if not content.startswith((PNG_MARK, b"\xff\xd8\xff")):
        return
    with suppress(DocumentError):
        _note(taken_apart(content), findings, where)


def _note(picture: Picture, findings: Findings, where: Where) -> None:
    for piece in picture.pieces:
        if piece.name == "eXIf":
            _exif(piece.data, findings, where)
        elif piece.name == "ffe1" and piece.data.startswith(b"Exif\x00\x00"):
            _exif(piece.data[6:], findings, where)
        elif piece.name == "ffe1" and b"ns.adobe.com/xap" in piece.data[:40]:
            _xmp(piece.data, findings, where)
        elif piece.name == "ffed":
            findings.add("picture_text", "IPTC", where)
        elif piece.name == "fffe":
            findings.add("picture_text", quoted(piece.data.decode("utf-8", "replace")), where)
        elif piece.name in _PNG_TEXTS:
            _png_text(piece.data, findings, where)
    if len(picture.trailing.strip(b"\x00")) > _TRAILING:
        findings.add("trailing_data", "", where, count=len(picture.trailing))


def _png_text(data: bytes, findings: Findings, where: Where) -> None:
    key, _, text = data.partition(b"\x00")
    name = key.decode("latin-1")
    if name == "XML:com.adobe.xmp":
        _xmp(data, findings, where)
    elif name.lower() in _PERSON_KEYS:
        shown = person(text.strip(b"\x00").decode("utf-8", "replace"))
        findings.add("picture_author", shown, where, label="作者", label_en="author")
    else:
        findings.add(
            "picture_text", quoted(f"{name}：{text.strip(bytes(1)).decode('utf-8', 'replace')}"), where
        )


def _xmp(data: bytes, findings: Findings, where: Where) -> None:
    if _XMP_PLACE.search(data):
        findings.add("location", "XMP", where)
    for found in _XMP_PERSON.findall(data):
        name = _TAGS.sub("", found.decode("utf-8", "replace")).strip()
        if name:
            findings.add("picture_author", person(name), where, label="作者", label_en="author")


def _exif(tiff: bytes, findings: Findings, where: Where) -> None:
    for directory, tag, value in exif_tags(tiff):
        if directory == "gps" and tag in (2, 4):
            findings.add("location", "", where)
        elif directory == "gps":
            continue
        elif tag == _THUMBNAIL and directory == "thumbnail":
            findings.add("preview", "", where)
        elif tag in _PERSONS or tag in _WORDS:
            text = _text(tag, value)
            if not text:
                continue
            label = _PERSONS.get(tag) or _WORDS[tag]
            shown = person(text) if tag in _PERSONS else quoted(text)
            findings.add("picture_author", shown, where, label=label[0], label_en=label[1])


def _text(tag: int, value: bytes) -> str:
    if tag in _WIDE:
        return value.decode("utf-16-le", "replace").strip("\x00 ")
    if tag == 0x9286:  # the first eight bytes name its encoding
        value = value[8:]
    return value.decode("utf-8", "replace").replace("\x00", " ").strip()


def exif_tags(tiff: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Directory (main, exif, gps, thumbnail), tag and bytes of the value; ends where the data are torn."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return
    try:
        waiting = [("main", struct.unpack_from(f"{order}I", tiff, 4)[0])]
        seen: set[int] = set()
        while waiting:
            name, at = waiting.pop()
            if at in seen or at == 0:
                continue
            seen.add(at)
            (count,) = struct.unpack_from(f"{order}H", tiff, at)
            count = min(count, _MOST_TAGS)
            for entry in range(at + 2, at + 2 + 12 * count, 12):
                tag, kind, number = struct.unpack_from(f"{order}HHI", tiff, entry)
                size = _SIZES.get(kind, 1) * number
                (offset,) = struct.unpack_from(f"{order}I", tiff, entry + 8)
                begin = offset if size > 4 else entry + 8
                yield name, tag, tiff[begin : begin + min(size, 4096)]
                if tag in (_EXIF, _GPS):
                    waiting.append(("gps" if tag == _GPS else "exif", offset))
            if name == "main":
                (following,) = struct.unpack_from(f"{order}I", tiff, at + 2 + 12 * count)
                waiting.append(("thumbnail", following))
    except struct.error:
        return


def orientation(picture: Picture) -> int:
    """How a jpg is turned when shown (1 to 8; 1 as it is)."""
    for piece in picture.pieces:
        if piece.name == "ffe1" and piece.data.startswith(b"Exif\x00\x00"):
            order = "little" if piece.data[6:8] == b"II" else "big"
            for directory, tag, value in exif_tags(piece.data[6:]):
                if directory == "main" and tag == 0x0112:
                    number = int.from_bytes(value[:2], order)  # type: ignore[arg-type]
                    return number if 1 <= number <= 8 else 1
    return 1
