"""Whether text recognition is installed, and what to say where it is not or finds nothing."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from gongkai.documents.errors import DocumentError

NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")


@cache
def is_installed() -> bool:
    """Whether the extra `ocr` is there."""
    return all(find_spec(name) is not None for name in NEEDED)


def nothing_recognised() -> DocumentError:
    """The error for pictures in which no text was found."""
    return DocumentError(
        "image_only",
        "文件只有图片，没有识别出文字。请提供文字版文件，或以 200 dpi 以上重新扫描后再试。",
        "The file holds pictures only and no text was recognised in them. Provide a version with text, or "
        "scan it again at 200 dpi or more.",
    )


def not_a_picture() -> DocumentError:
    """The error for a picture that does not open."""
    return DocumentError(
        "image_only",
        "图片无法打开：文件已损坏，或格式不受支持。请提供文字版文件，或另存为 png、jpg 后再试。",
        "The picture does not open: it is damaged or in a format not supported. Provide a version with text, "
        "or save it as png or jpg and retry.",
    )


def too_many_scans(pages: int, most: int) -> DocumentError:
    """The error for more scanned pages than are taken on."""
    return DocumentError(
        "too_complex",
        f"文件有 {pages} 页扫描图片，超过 {most} 页，不予识别。请只保留年度报告正文，或提供文字版文件。",
        f"The file holds {pages} scanned pages; at most {most} are recognised. Keep the annual report alone, "
        "or provide a version with text.",
    )
