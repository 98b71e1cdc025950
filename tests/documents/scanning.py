"""Scans that never saw a scanner: printed reports rendered, turned, made noisy, compressed. All invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from tests.annual.printing import random_report
from tests.annual.printing.html_pages import report_grids
from tests.annual.printing.printed import Printed, printed

import gongkai.documents
from gongkai.annual import read_reports
from gongkai.annual.contract import report_from_json
from gongkai.annual.report import Report
from gongkai.annual.writing import write_report
from gongkai.documents import read_document
from gongkai.documents.errors import DocumentError
from gongkai.documents.ocr.doubts import LOW

Gray = NDArray[np.uint8]
CLEAN: frozenset[str] = frozenset()
LEVELS = {
    "clean": CLEAN,
    "turned": frozenset({"turned"}),
    "noisy": frozenset({"noisy"}),
    "jpeg 60": frozenset({"jpeg"}),
    "all three": frozenset({"turned", "noisy", "jpeg"}),
}
# What befalls pages on their way through offices, one at a time.
MISHAPS = ("grey", "faint", "bilevel", "streak", "seal", "photo", "cut")
_FONTS = Path(gongkai.documents.__file__).parent / "fonts"
SERIF, SANS = _FONTS / "GongkaiSerifSC-Regular.otf", _FONTS / "GongkaiSansSC-Regular.otf"
# A zero printed as a blank or a dash states nothing; figures may be parted by thousands.
_DISTURBED = ("blank_zeros", "some_blank_zeros", "dashes_for_zeros", "some_dashes_for_zeros")


@dataclass(frozen=True)
class Scan:
    pages: list[Gray]
    truth: Report


@dataclass(frozen=True)
class Style:
    """How an office prints: its type, the size of it in tables and the breadth of rulings, in points."""

    font: Path = SERIF
    size: float = 10.5
    ruling: float = 0.5


SMALL = Style(SERIF, 9, 0.25)

# ---- prints: the form's pages as pdf, and what they state ----

Print = Callable[[str, Random], tuple[bytes, Report]]


def written_here(form: str, rng: Random) -> tuple[bytes, Report]:
    """The statutory layout of our own writer."""
    truth = report_from_json(random_report(rng, form), "truth")
    return write_report(truth, "pdf").content, truth


def office_print(form: str, rng: Random, style: Style | None = None) -> tuple[bytes, Report]:
    """Tables under each other as an office sets them, with zeros as blanks or dashes in half of them."""
    if style is None:
        style = Style(
            rng.choice((SERIF, SANS)), rng.choice((9, 10, 10.5, 12)), rng.choice((0.25, 0.5, 0.75, 1))
        )
    disturbed = {rng.choice(_DISTURBED)} if rng.random() < 0.5 else set()
    if rng.random() < 0.3:
        disturbed.add("thousands_separators")
    words = printed(random_report(rng, form), rng, frozenset(disturbed))
    return _as_pdf(_markup(words, rng, style)), report_from_json(words.truth, "truth")


def small_print(form: str, rng: Random) -> tuple[bytes, Report]:
    return office_print(form, rng, SMALL)


def _markup(words: Printed, rng: Random, style: Style) -> str:
    body = []
    for kind, text in words.parts:
        if kind in ("title", "heading", "paragraph"):
            tag = {"title": "h1", "heading": "h2", "paragraph": "p"}[kind]
            body.append(f"<{tag}>{escape(text)}</{tag}>")
            continue
        body += [f"<p>{escape(line)}</p>" for line in words.statistics_title if kind == "statistics"]
        for grid in report_grids(kind, words, rng, side_by_side=False):
            rows = (
                "".join(
                    f'<td rowspan="{c.rowspan}" colspan="{c.colspan}"{_class(c.text)}>{escape(c.text)}</td>'
                    for c in cells
                )
                for cells in grid.begun()
            )
            body.append(f'<table class="w{grid.width}">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>')
    css = f"""
@font-face {{ font-family: print; src: url({style.font.as_uri()}) }}
@page {{ size: A4; margin: 25mm 20mm; @bottom-center {{ content: "- " counter(page) " -" }} }}
body {{ font: 14pt/1.6 print }} h1 {{ font-size: 20pt; text-align: center }} h2 {{ font-size: 15pt }}
table {{ width: 100%; border-collapse: collapse; font-size: {style.size}pt; line-height: 1.25 }}
table {{ margin: 8pt 0 }} tr {{ break-inside: avoid }}
td {{ border: {style.ruling}pt solid black; padding: 2pt; text-align: center }}
td.figure {{ white-space: nowrap }} table.w15 {{ font-size: {min(style.size, 9)}pt }}
table.w15 td {{ padding: 2pt 0 }}
"""
    return f"<html><head><style>{css}</style></head><body>{''.join(body)}</body></html>"


def _class(text: str) -> str:
    return ' class="figure"' if text.replace(",", "").replace(".", "").isdecimal() else ""


def _as_pdf(markup: str) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=markup).write_pdf())


# ---- scans of them ----


def a_scan(
    form: str, seed: int, dpi: int, faults: frozenset[str] = CLEAN, print_as: Print = written_here
) -> Scan:
    """A printed report as pictures of its pages, with the faults of a bad scanner."""
    pdf, truth = _print(print_as, form, seed)
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze() for page in document]
    document.close()
    rng = Random(f"spoil/{form}/{seed}")
    return Scan([spoiled(np.ascontiguousarray(page), faults, rng) for page in pages], truth)


@cache
def _print(print_as: Print, form: str, seed: int) -> tuple[bytes, Report]:
    return print_as(form, Random(f"scan/{form}/{seed}"))


def spoiled(page: Gray, faults: frozenset[str], rng: Random) -> Gray:
    """The page with faults named in `LEVELS` and `MISHAPS`; red, green and blue where there is a seal."""
    dpi = page.shape[0] / (297 / 25.4)
    if "faint" in faults:
        page = np.clip(page.astype(np.float32) * 0.45 + 135, 0, 255).astype(np.uint8)
    if "grey" in faults:
        page = _on_grey_paper(page)
    if "turned" in faults:
        page = turned(page, rng.uniform(0.5, 2) * rng.choice((-1, 1)))
    if "photo" in faults:
        page = photographed(page, rng)
    if "cut" in faults:  # the edge of the glass lies within the margin, a hand's breadth from the text
        page = page[round(0.3 * dpi) :, round(0.55 * dpi) : -round(0.45 * dpi)]
    if "streak" in faults:  # dirt on the glass of the scanner draws a line down every page
        for _ in range(2):
            x = rng.randrange(page.shape[1] // 10, page.shape[1] * 9 // 10)
            page[:, x : x + max(1, round(dpi / 200))] = 110
    if "noisy" in faults:
        page = _noisy(page, rng)
    if "bilevel" in faults:
        page = np.where(cv2.GaussianBlur(page, (3, 3), 0.7) < 150, 0, 255).astype(np.uint8)
    if "seal" in faults:
        page = sealed(page, rng)
    if "jpeg" in faults:
        packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
        page = np.asarray(cv2.imdecode(packed, cv2.IMREAD_UNCHANGED), np.uint8)
    return np.ascontiguousarray(page)


def _noisy(page: Gray, rng: Random) -> Gray:
    grain = np.random.default_rng(rng.randrange(2**30))
    soft = cv2.GaussianBlur(page, (3, 3), 0.6) * 0.88 + 12
    page = np.clip(soft + grain.normal(0, 14, page.shape), 0, 255).astype(np.uint8)
    dots = grain.random(page.shape)
    page[dots < 0.0008] = 0
    page[dots > 0.9992] = 255
    return page


def _on_grey_paper(page: Gray) -> Gray:
    """Newsprint in the shadow of a book's fold: the left edge is darkest."""
    light = np.linspace(0.55, 0.85, page.shape[1], dtype=np.float32)
    return np.asarray(page * light, np.float32).astype(np.uint8)


def turned(page: Gray, degrees: float) -> Gray:
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(255,)), np.uint8)


def photographed(page: Gray, rng: Random) -> Gray:
    """Taken by a telephone that was not quite level: each corner up to one in a hundred off, a shadow."""
    height, width = page.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    off = np.array([(rng.uniform(-1, 1) * width, rng.uniform(-1, 1) * height) for _ in corners]) * 0.01
    bent = cv2.getPerspectiveTransform(corners, (corners + off).astype(np.float32))
    seen = cv2.warpPerspective(page, bent, (width, height), borderValue=(255,))
    light = np.linspace(rng.uniform(0.6, 0.8), 1, height, dtype=np.float32)[:, None]
    return np.asarray(cv2.GaussianBlur(seen, (3, 3), 0.6) * light, np.float32).astype(np.uint8)


def sealed(page: Gray, rng: Random) -> Gray:
    """A round red seal in the lower half of the page, over whatever stands there; in colour."""
    height, width = page.shape
    colour = cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)
    seal = np.full_like(colour, 255)
    size = width // 10
    middle = (rng.randint(width * 3 // 10, width * 7 // 10), rng.randint(height // 3, height * 2 // 3))
    red = (50, 40, 215)
    cv2.circle(seal, middle, size, red, max(2, size // 14))
    points = np.array(
        [
            (middle[0] + size * r * np.sin(k * np.pi / 5), middle[1] - size * r * np.cos(k * np.pi / 5))
            for k in range(10)
            for r in [0.4 if k % 2 == 0 else 0.16]
        ]
    )
    cv2.fillPoly(seal, [points.astype(np.int32)], red)
    scale = size / 110
    cv2.putText(
        seal, "SEAL SEAL", (middle[0] - round(85 * scale), middle[1] + round(70 * scale)), 0, scale, red, 3
    )
    return np.asarray(np.minimum(colour, seal), np.uint8)  # ink lies under the seal as it lies on paper


def as_pdf(pages: list[Gray], dpi: int) -> bytes:
    return _saved(pages, "PDF", resolution=dpi)


def as_tiff(pages: list[Gray]) -> bytes:
    return _saved(pages, "TIFF", compression="tiff_lzw")


def as_picture(page: Gray, kind: str) -> bytes:
    return _saved([page], kind)


def _saved(pages: list[Gray], kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    first, *others = (Image.fromarray(page if page.ndim == 2 else page[:, :, ::-1]) for page in pages)
    if others:
        options |= {"save_all": True, "append_images": others}
    first.save(out, kind, **options)
    return out.getvalue()


# ---- how well they are read ----


@dataclass
class Score:
    """Cells counted. Marked are those the report itself calls unread or doubtful: a person will look."""

    cells: int = 0
    wrong: int = 0
    blank: int = 0
    wrong_blank: int = 0
    unmarked: int = 0  # wrong, and nothing says so
    needless: int = 0  # right, and doubtful
    pages: int = 0
    misread: list[str] = field(default_factory=list)  # what was wrong, for whoever looks into it

    def __iadd__(self, other: Score) -> Score:
        for name in ("cells", "wrong", "blank", "wrong_blank", "unmarked", "needless", "pages"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misread += other.misread
        return self

    @property
    def right(self) -> float:
        """Per cent of the cells."""
        return 100 * (self.cells - self.wrong) / self.cells


def scored(scan: Scan, dpi: int) -> Score:
    """Reads a scan as a file from outside and counts its cells."""
    try:
        got = read_reports(read_document(as_pdf(scan.pages, dpi), "scan.pdf"))[0]
    except DocumentError as error:  # said aloud: nothing is wrong unmarked
        cells = dict(scan.truth.cells())
        blank = sum(value is None for value in cells.values())
        return Score(len(cells), len(cells), blank, blank, pages=len(scan.pages), misread=[error.code])
    return scored_report(scan.truth, got, len(scan.pages))


def scored_report(truth: Report, got: Report, pages: int) -> Score:
    wrong = set(wrong_cells(truth, got)[0])
    unread = {path for item in got.unread for path in item.cells}
    score = Score(pages=pages)
    for path, value in truth.cells():
        doubted = got.confidence.get(path, 1.0) < LOW
        score.cells += 1
        score.blank += value is None
        if path not in wrong:
            score.needless += doubted  # a blank row that is called unread is no matter of recognition
            continue
        score.wrong += 1
        score.wrong_blank += value is None
        marked = doubted or path in unread
        score.unmarked += not marked
        sure = got.confidence.get(path, "-")
        found = "unread" if path in unread else _found(got, path)
        score.misread.append(f"{path}: {value} read {found} ({sure}{'' if marked else ', unmarked'})")
    return score


def _found(got: Report, path: str) -> object:
    try:
        return got.value(path)
    except IndexError:
        return "no row"


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
