"""An address as a picture to be scanned."""

from __future__ import annotations

import qrcode
import qrcode.image.svg
from django.utils.safestring import SafeString


def qr_code(address: str) -> SafeString:
    """A QR code as a picture inside the page: lines alone, drawn by the library from the address."""
    made = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=10, border=4)
    drawn: str = made.to_string(encoding="unicode")
    return SafeString(drawn)
