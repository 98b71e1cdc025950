"""PDFium's functions called with bare addresses, many times in a row: half the cost of the checked calls.

A page holds thousands of characters and objects, and the checks of each argument cost more than the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import CFUNCTYPE, c_float, c_int, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium

Call = Callable[..., Any]


def _plain(function: Any, result: Any, *arguments: Any) -> Call:
    return CFUNCTYPE(result, *arguments)(cast(function, c_void_p).value or 0)


# What they take: the handle's address, then a number or the addresses of what is to be filled in.
loose_box = _plain(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
character_origin = _plain(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
character_angle = _plain(pdfium.FPDFText_GetCharAngle, c_float, c_void_p, c_int)
text_object = _plain(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
count_objects = _plain(pdfium.FPDFPage_CountObjects, c_int, c_void_p)
count_in_form = _plain(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
page_object = _plain(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
form_object = _plain(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_int)
object_type = _plain(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
object_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
object_bounds = _plain(pdfium.FPDFPageObj_GetBounds, c_int, c_void_p, *[c_void_p] * 4)
fill_colour = _plain(pdfium.FPDFPageObj_GetFillColor, c_int, c_void_p, *[c_void_p] * 4)
render_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
draw_mode = _plain(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
count_segments = _plain(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
path_segment = _plain(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_type = _plain(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
segment_point = _plain(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
segment_closes = _plain(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)


def address(handle: Any) -> int:
    """The address that a handle of pypdfium2 points to."""
    return cast(handle, c_void_p).value or 0
