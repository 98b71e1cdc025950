"""Pictures of pages, one after the other, made into lines and tables; the time and the progress of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from gongkai.documents.limits import Budget
from gongkai.documents.ocr.engine import engine
from gongkai.documents.ocr.page_image import prepared
from gongkai.documents.ocr.page_reading import read_page
from gongkai.documents.pdf.page_layout import PageTable, TextLine


def recognised(
    pictures: Iterable[NDArray[np.uint8]], count: int, budget: Budget
) -> list[list[TextLine | PageTable]]:
    """The lines and tables of each of `count` pictures. Raises too_slow."""
    budget.allow_scans(count)
    models = engine()
    pages: list[list[TextLine | PageTable]] = []
    for number, picture in enumerate(pictures, 1):
        if budget.on_scanned_page is not None:
            budget.on_scanned_page(number, count)
        pages.append(read_page(prepared(picture, models, budget), models, budget))
    return pages
