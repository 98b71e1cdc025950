"""Scans that never saw a scanner: written reports rendered, turned, made noisy, compressed. All invented."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from tests.annual.printing import random_report

from gongkai.annual.contract import report_from_json
from gongkai.annual.report import Report
from gongkai.annual.writing import write_report

Gray = NDArray[np.uint8]
CLEAN: frozenset[str] = frozenset()
LEVELS = {
    "clean": CLEAN,
    "turned": frozenset({"turned"}),
    "noisy": frozenset({"noisy"}),
    "jpeg 60": frozenset({"jpeg"}),
    "all three": frozenset({"turned", "noisy", "jpeg"}),
}


@dataclass(frozen=True)
class Scan:
    pages: list[Gray]
    truth: Report


def a_scan(form: str, seed: int, dpi: int, faults: frozenset[str] = CLEAN) -> Scan:
    """A report in the statutory layout as pictures of its pages, with the faults of a bad scanner."""
    rng = Random(f"scan/{form}/{seed}")
    truth = report_from_json(random_report(rng, form), "truth")
    pdf = pypdfium2.PdfDocument(write_report(truth, "pdf").content)
    pages = [page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze() for page in pdf]
    pdf.close()
    return Scan([spoiled(np.ascontiguousarray(page), faults, rng) for page in pages], truth)


def spoiled(page: Gray, faults: frozenset[str], rng: Random) -> Gray:
    if "turned" in faults:
        page = turned(page, rng.uniform(0.5, 2) * rng.choice((-1, 1)))
    if "noisy" in faults:
        grain = np.random.default_rng(rng.randrange(2**30))
        soft = cv2.GaussianBlur(page, (3, 3), 0.6) * 0.88 + 12
        page = np.clip(soft + grain.normal(0, 14, page.shape), 0, 255).astype(np.uint8)
        dots = grain.random(page.shape)
        page[dots < 0.0008] = 0
        page[dots > 0.9992] = 255
    if "jpeg" in faults:
        packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
        page = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return page


def turned(page: Gray, degrees: float) -> Gray:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(255,)), np.uint8)


def as_pdf(pages: list[Gray], dpi: int) -> bytes:
    return _saved(pages, "PDF", resolution=dpi)


def as_tiff(pages: list[Gray]) -> bytes:
    return _saved(pages, "TIFF", compression="tiff_lzw")


def as_picture(page: Gray, kind: str) -> bytes:
    return _saved([page], kind)


def _saved(pages: list[Gray], kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    first, *others = (Image.fromarray(page) for page in pages)
    if others:
        options |= {"save_all": True, "append_images": others}
    first.save(out, kind, **options)
    return out.getvalue()


def wrong_cells(truth: Report, got: Report) -> tuple[list[str], int]:
    """The paths of figures that differ, and how many there are in all."""
    right = dict(truth.cells())
    wrong = [path for path, value in right.items() if not _same(value, got, path)]
    return wrong, len(right)


def _same(value: int | Decimal | None, got: Report, path: str) -> bool:
    try:
        found = got.value(path)
    except IndexError:
        return False
    return found == value and (found is None) == (value is None)


def all_pages(scans: list[Scan]) -> Iterator[Gray]:
    for scan in scans:
        yield from scan.pages
