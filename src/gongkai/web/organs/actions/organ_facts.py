"""What an organ may be told to be: codes, colours, the emblem's bytes."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib

from gongkai.statute.errors import StatuteError
from gongkai.statute.identifiers import IndexForm, is_credit_code
from gongkai.statute.remedies import OrganKind, kind_name
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Level, Organ

# WCAG 2.2, 1.4.3: white words on the band.
LEAST_CONTRAST = 4.5
MOST_EMBLEM_BYTES = 256 * 1024
MOST_EMBLEM_PIXELS = 2000
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_PNG = b"\x89PNG\r\n\x1a\n"
# Chunks that draw; what else a PNG holds (texts, dates, places) goes.
_DRAWING = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND")
# JPEG: frames that tell the size; segments that tell about the maker go.
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_ABOUT = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})


def check_codes(organ: Organ) -> None:
    """The credit code's check character and the form of index numbers; WorkError at the field."""
    if not is_credit_code(organ.credit_code):
        raise WorkError(
            "credit_code_wrong",
            "统一社会信用代码不对：须为 18 位，且校验位相符。请对照登记证书核对。",
            "Not a unified social credit code: 18 characters with a matching check character.",
            field="credit_code",
        )
    try:
        IndexForm("", organ.index_template)
    except StatuteError as fault:
        raise WorkError(fault.code, fault.zh, fault.en, field="index_template") from fault


# Governments of one level by their very name (OrganKind); every other kind there is at several.
_LEVELS = {
    OrganKind.TOWNSHIP_GOVERNMENT: (Level.TOWNSHIP,),
    OrganKind.GOVERNMENT: (Level.COUNTY, Level.PREFECTURE),
    OrganKind.PROVINCIAL_GOVERNMENT: (Level.PROVINCE,),
}


def check_level(organ: Organ) -> None:
    """Whether an organ of that kind can be of that level; WorkError at the field."""
    fitting = _LEVELS.get(OrganKind(organ.kind))
    if fitting is not None and organ.level not in fitting:
        levels = "、".join(one.label for one in fitting)
        kind, kind_en = kind_name(OrganKind(organ.kind))
        zh = f"机关类别“{kind}”的层级应为{levels}，不能是{Level(organ.level).label}。请改类别或者层级。"
        en = f"{kind_en}: its level is {' or '.join(one.value for one in fitting)}."
        raise WorkError("level_of_another_kind", zh, en, field="level")


def contrast_with_white(colour: str) -> float:
    """The contrast of white words on a colour, 1 to 21 (WCAG 2.2, relative luminance).

    >>> [round(contrast_with_white(one), 2) for one in ("#ffffff", "#000000", "#b3261e")]
    [1.0, 21.0, 6.54]
    """
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def legible_colour(colour: str) -> str:
    """The colour in small letters; WorkError if it is none, or white words on it are hard to read."""
    if not _HEX.fullmatch(colour):
        zh = "颜色写作 # 加六位十六进制数，例如 #b3261e。"
        raise WorkError("colour_wrong", zh, "A colour is # and six hexadecimal digits.", field="band_colour")
    found = contrast_with_white(colour)
    if found < LEAST_CONTRAST:
        # Cut, not rounded: 4.496 must not read as enough.
        told = f"{int(found * 100) / 100:.2f}"
        raise WorkError(
            "colour_too_light",
            f"版头颜色太浅：白字在上面的对比度只有 {told}，至少要 {LEAST_CONTRAST}。请选深一些的颜色。",
            f"White words on this colour have a contrast of {told}; {LEAST_CONTRAST} is needed.",
            field="band_colour",
        )
    return colour.lower()


def clean_emblem(content: bytes) -> tuple[bytes, str, str]:
    """A picture with what draws it alone: bytes, media type, version. WorkError unless it is PNG or JPEG.

    Told by its bytes, whatever its name; notes, places and anything behind the picture's end are left out.
    """
    if len(content) > MOST_EMBLEM_BYTES:
        raise _emblem(
            "emblem_too_large",
            f"徽标有 {len(content) // 1024 + 1} KB，最多 {MOST_EMBLEM_BYTES // 1024} KB。请缩小图片。",
            "The emblem is larger than 256 kB.",
        )
    if content.startswith(_PNG):
        cleaned, kind = _clean_png(content), "image/png"
    elif content.startswith(b"\xff\xd8\xff"):
        cleaned, kind = _clean_jpeg(content), "image/jpeg"
    else:
        raise _emblem(
            "emblem_not_a_picture",
            "徽标须为 PNG 或 JPEG 图片（以文件内容为准，不看扩展名；不收 SVG）。请另存后再上传。",
            "The emblem must be a PNG or JPEG picture, by its bytes. SVG is not taken.",
        )
    return cleaned, kind, hashlib.sha256(cleaned).hexdigest()[:16]


def _emblem(code: str, zh: str, en: str) -> WorkError:
    return WorkError(code, zh, en, field="emblem")


def _damaged() -> WorkError:
    return _emblem(
        "emblem_damaged", "徽标图片不完整或者已损坏。请重新导出后再上传。", "The picture is damaged."
    )


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= MOST_EMBLEM_PIXELS and 0 < height <= MOST_EMBLEM_PIXELS):
        raise _emblem(
            "emblem_too_many_pixels",
            f"徽标长宽须在 1 至 {MOST_EMBLEM_PIXELS} 像素之间，现为 {width}×{height}。",
            f"The emblem measures {width} by {height} pixels.",
        )


def _clean_png(content: bytes) -> bytes:
    parts, at, seen = [_PNG], len(_PNG), []
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 12 + length
        body = content[at + 8 : end - 4]
        if end > len(content) or zlib.crc32(kind + body) != int.from_bytes(content[end - 4 : end], "big"):
            raise _damaged()
        if kind == b"IHDR":
            _check_size(*struct.unpack(">II", body[:8]))
        if kind in _DRAWING:
            parts.append(content[at:end])
            seen.append(kind)
        if kind == b"IEND":
            break
        at = end
    if not seen or seen[0] != b"IHDR" or b"IDAT" not in seen or seen[-1] != b"IEND":
        raise _damaged()
    return b"".join(parts)


def _clean_jpeg(content: bytes) -> bytes:
    parts, at, sized = [content[:2]], 2, False
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content) or end < at + 4:
            raise _damaged()
        if marker in _FRAMES:
            _check_size(
                int.from_bytes(content[at + 7 : at + 9], "big"),
                int.from_bytes(content[at + 5 : at + 7], "big"),
            )
            sized = True
        if marker not in _ABOUT:
            parts.append(content[at:end])
        if marker == 0xDA:  # from here on the picture itself, to the last end mark
            last = content.rfind(b"\xff\xd9", end)
            if last < 0 or not sized:
                raise _damaged()
            return b"".join((*parts, content[end : last + 2]))
        at = end
    raise _damaged()
