"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai import __version__
from gongkai.documents.ocr.availability import is_installed

# What the file fields offer first; a file under another name is looked at all the same.
ACCEPTED = ".docx,.doc,.pdf,.html,.htm,.txt,.md,.xlsx,.xls,.csv,.json"
ACCEPTED_PICTURES = ",.png,.jpg,.jpeg,.tif,.tiff,.bmp,.webp"


def page(request: HttpRequest) -> dict[str, Any]:
    """The version in the foot, whether the page may be had in the other language, which files are taken.

    `reads_scans`: whether the words of pictures can be recognised here.
    """
    reads_scans = is_installed()
    return {
        "version": __version__,
        "can_reload": request.method in ("GET", "HEAD"),
        "accepted": ACCEPTED + ACCEPTED_PICTURES if reads_scans else ACCEPTED,
        "reads_scans": reads_scans,
    }
