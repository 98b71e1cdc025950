"""The pages of a picture file as pixels; what is too large or damaged is refused before it is unpacked."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.documents.limits import MAX_PIXELS, too_complex
from gongkai.documents.ocr.availability import not_a_picture

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_PAGED = "TIFF"  # the others move, or show one thing
# What Pillow raises on files that are damaged or lie about themselves.
_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error, TypeError)
_PAPER = (255, 255, 255)
_ORIENTATION = 0x0112  # the tag by which a camera says how it was held; 1 is upright


def pages_of_picture(content: bytes) -> tuple[int, Iterator[NDArray[np.uint8]]]:
    """How many pages a picture has, and each as blue, green and red. Raises image_only, too_complex."""
    try:
        opened = Image.open(io.BytesIO(content), formats=_FORMATS)
        count = getattr(opened, "n_frames", 1) if opened.format == _PAGED else 1
    except (*_FAULTS, Image.DecompressionBombError) as error:
        raise not_a_picture() from error
    return count, (_page(opened, number) for number in range(count))


def _page(opened: Image.Image, number: int) -> NDArray[np.uint8]:
    try:
        opened.seek(number)
        if opened.width * opened.height > MAX_PIXELS:
            raise too_complex("图片像素过多", "too many pixels in a picture")
        # Large pictures are not copied without need: each copy takes a quarter of a gigabyte.
        page = ImageOps.exif_transpose(opened) if opened.getexif().get(_ORIENTATION, 1) != 1 else opened
        if page.has_transparency_data:
            layered = page.convert("RGBA")
            page = Image.new("RGB", layered.size, _PAPER)
            page.paste(layered, mask=layered.getchannel("A"))
        pixels = np.asarray(page if page.mode == "RGB" else page.convert("RGB"), np.uint8)
        return np.ascontiguousarray(pixels[:, :, ::-1])
    except (*_FAULTS, Image.DecompressionBombError) as error:
        raise not_a_picture() from error
