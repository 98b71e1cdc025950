"""Scans: reports rendered to pictures and read again. What takes seconds is marked `scans`."""

from __future__ import annotations

import socket
import time
from random import Random
from typing import Any, NoReturn

import pytest

pytest.importorskip("rapidocr", reason='text recognition is not installed: pip install "gongkai[ocr]"')
pytest.importorskip("onnxruntime", reason='text recognition is not installed: pip install "gongkai[ocr]"')

import cv2
import numpy as np
from PIL import Image
from tests.documents.samples import a_pdf, text
from tests.documents.scanning import (
    Gray,
    Scan,
    a_scan,
    as_pdf,
    as_picture,
    as_tiff,
    turned,
    wrong_cells,
)

import gongkai.documents.ocr as ocr
from gongkai.annual import read_reports
from gongkai.annual.report import Report
from gongkai.documents import Budget, Document, DocumentError, Table, limits, read_document
from gongkai.documents.ocr import engine as engines
from gongkai.documents.ocr.cells import strips
from gongkai.documents.ocr.engine import Box
from gongkai.documents.ocr.levelling import turned_by
from gongkai.documents.ocr.rulings_seen import ink_of

DPI = 200


def report_of(document: Document) -> Report:
    [report] = read_reports(document)
    return report


@pytest.fixture(scope="module")
def scan() -> Scan:
    return a_scan("2021", 0, DPI)


@pytest.fixture(scope="module")
def read_scan(scan: Scan) -> Document:
    return read_document(as_pdf(scan.pages, DPI), "scan.pdf")


# ---- whole reports ----


@pytest.mark.scans
def test_a_clean_scan_is_read_to_the_last_figure(scan: Scan, read_scan: Document) -> None:
    report = report_of(read_scan)
    assert wrong_cells(scan.truth, report)[0] == []
    assert (report.organ, report.year, report.form) == (scan.truth.organ, scan.truth.year, scan.truth.form)


@pytest.mark.scans
@pytest.mark.parametrize("form", ["2014", "2019"])
def test_the_older_forms_are_read_from_clean_scans_too(form: str) -> None:
    scan = a_scan(form, 0, DPI)
    wrong, cells = wrong_cells(scan.truth, report_of(read_document(as_pdf(scan.pages, DPI), "scan.pdf")))
    assert len(wrong) <= cells // 100, wrong


@pytest.mark.scans
def test_every_figure_comes_with_its_confidence_and_the_note_asks_for_a_look(read_scan: Document) -> None:
    report = report_of(read_scan)
    figures = [path for path, value in report.cells() if path in report.places and value is not None]
    recognised = [path for path in figures if not path.startswith("processing_fees")]
    assert recognised
    assert all(0 < report.confidence[path] <= 1 for path in recognised)
    assert any("扫描图片" in note and "核对" in note for note in read_scan.notes)


@pytest.mark.scans
def test_a_smeared_figure_is_doubted_and_named_for_a_person(scan: Scan) -> None:
    page = scan.pages[-1].copy()
    before = [t for t in read_picture(page).blocks if isinstance(t, Table)]
    sure = [c for t in before for row in t.rows for c in row if c.text.isdecimal()]
    assert all((c.confidence or 0) > 0.8 for c in sure)
    smeared = smear(page, Random(3))
    document = read_picture(smeared)
    doubted = [
        c
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for c in row
        if c.confidence is not None and c.confidence < 0.8
    ]
    assert doubted
    assert any("把握不大" in note and "行第" in note for note in document.notes)


def smear(page: Gray, rng: Random) -> Gray:
    """Ink wiped over single characters all over the page."""
    ink = cv2.dilate(ink_of(page), np.ones((5, 5), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    page = page.copy()
    for left, top, width, height, _ in stats[1:].tolist():
        if 8 < width < 26 and 14 < height < 34 and rng.random() < 0.3:
            cv2.line(page, (left, top + height), (left + width, top + height // 3), (40,), 7)
    return page


def read_picture(page: Gray, kind: str = "PNG") -> Document:
    return read_document(as_picture(page, kind), f"page.{kind.lower()}")


@pytest.mark.scans
def test_pages_of_a_tiff_are_one_report(scan: Scan, read_scan: Document) -> None:
    document = read_document(as_tiff(scan.pages), "scan.tif")
    assert document.kind == "picture"
    assert report_of(document).requests == report_of(read_scan).requests


@pytest.mark.scans
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP"])
def test_a_picture_is_read_in_every_usual_format(kind: str, scan: Scan) -> None:
    document = read_picture(scan.pages[0][:700], kind)
    assert document.kind == "picture"
    assert any("政府信息公开" in getattr(block, "text", "") for block in document.blocks)


@pytest.mark.scans
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_set_upright(quarters: int, scan: Scan) -> None:
    upright = [cell.text for cell in figures_of(read_picture(scan.pages[-1]))]
    page = np.ascontiguousarray(np.rot90(scan.pages[-1], quarters))
    assert [cell.text for cell in figures_of(read_picture(page))] == upright


def figures_of(document: Document) -> list[Any]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [cell for table in tables for row in table.rows for cell in row if cell.text.isdecimal()]


@pytest.mark.scans
def test_a_seal_over_the_figures_is_looked_through(scan: Scan) -> None:
    page = cv2.cvtColor(scan.pages[-1], cv2.COLOR_GRAY2BGR)
    plain = [cell.text for cell in figures_of(read_picture(scan.pages[-1]))]
    seal = page.copy()
    cv2.circle(seal, (700, 420), 180, (30, 30, 220), 12)
    cv2.putText(seal, "SEAL SEAL", (560, 430), cv2.FONT_HERSHEY_SIMPLEX, 2, (30, 30, 220), 8)
    stamped = np.minimum(page, seal)  # ink lies under the seal as it lies on paper
    out = as_picture(stamped, "PNG")
    assert [cell.text for cell in figures_of(read_document(out, "page.png"))] == plain


@pytest.mark.scans
def test_a_page_that_is_a_picture_within_a_pdf_of_text_is_read_at_its_place(scan: Scan) -> None:
    from io import BytesIO

    from reportlab.lib.units import mm
    from reportlab.platypus import Image as Placed

    picture = BytesIO(as_picture(scan.pages[-1], "PNG"))
    content = a_pdf(text("云溪镇人民政府，前面的文字。"), Placed(picture, width=150 * mm, height=200 * mm))
    document = read_document(content, "mixed.pdf")
    assert [cell.text for cell in figures_of(document)] == [
        cell.text for cell in figures_of(read_picture(scan.pages[-1]))
    ]
    assert any("第" not in note and "1 页是扫描图片" in note for note in document.notes)


@pytest.mark.scans
def test_progress_is_told_page_by_page(scan: Scan) -> None:
    told: list[tuple[int, int]] = []
    budget = Budget(on_scanned_page=lambda number, count: told.append((number, count)))
    read_document(as_tiff([page[:600] for page in scan.pages[:2]]), "scan.tif", budget)
    assert told == [(1, 2), (2, 2)]


@pytest.mark.scans
def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch, scan: Scan) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engines.engine.cache_clear()
    assert read_picture(scan.pages[0][:600]).blocks


# ---- limits and refusals ----


def test_more_scanned_pages_than_allowed_are_refused_before_any_is_read() -> None:
    page = np.full((400, 300), 255, np.uint8)
    page[50:300:9] = 0
    began = time.process_time()
    for content, name in ((as_pdf([page] * 4, 72), "scan.pdf"), (as_tiff([page] * 4), "scan.tif")):
        with pytest.raises(DocumentError) as error:
            read_document(content, name, Budget(scanned_pages=3))
        assert error.value.code == "too_complex"
        assert "4 页" in error.value.zh
    assert time.process_time() - began < 3


def test_pages_that_take_longer_than_they_may_are_given_up(
    monkeypatch: pytest.MonkeyPatch, scan: Scan
) -> None:
    monkeypatch.setattr(limits, "SECONDS_A_SCANNED_PAGE", 0.01)
    began = time.monotonic()
    with pytest.raises(DocumentError) as error:
        read_document(as_pdf(scan.pages, DPI), "scan.pdf", Budget(seconds=0.2))
    assert error.value.code == "too_slow"
    assert time.monotonic() - began < 10


def test_a_picture_of_a_billion_pixels_is_refused_unopened() -> None:
    small = bytearray(as_picture(np.full((8, 8), 255, np.uint8), "BMP"))
    small[18:26] = (40_000).to_bytes(4, "little") * 2
    small[2:6] = len(small).to_bytes(4, "little")
    began = time.process_time()
    with pytest.raises(DocumentError) as error:
        read_document(bytes(small), "page.bmp")
    assert error.value.code in ("too_complex", "image_only")
    assert time.process_time() - began < 1


def test_a_torn_picture_is_said_not_to_open(scan: Scan) -> None:
    content = as_picture(scan.pages[0], "PNG")
    with pytest.raises(DocumentError) as error:
        read_document(content[: len(content) // 3], "page.png")
    assert error.value.code == "image_only"
    assert "无法打开" in error.value.zh


def test_a_blank_picture_is_said_to_hold_no_text() -> None:
    with pytest.raises(DocumentError) as error:
        read_picture(np.full((800, 600), 255, np.uint8))
    assert error.value.code == "image_only"
    assert "没有识别出文字" in error.value.zh


@pytest.mark.parametrize("name", ["page.png", "scan.pdf"])
def test_without_the_extra_the_error_says_how_to_install_it(
    name: str, monkeypatch: pytest.MonkeyPatch, scan: Scan
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    page = scan.pages[0]
    content = as_picture(page, "PNG") if name.endswith("png") else as_pdf([page], DPI)
    with pytest.raises(DocumentError) as error:
        read_document(content, name)
    assert error.value.code == "image_only"
    assert "gongkai[ocr]" in error.value.zh


# ---- what a cell holds ----


def drawn(*characters: str, size: int = 30, gap: int = 4, upright: bool = False) -> Gray:
    """Characters as strokes, without a font: `/`, `-`, `1`, `|`, and boxes for anything else."""
    cell = np.full((400, 400), 255, np.uint8)
    x, y = 100, 100
    for character in characters:
        width = {"1": 6, "|": 3, "-": size // 2, "/": size // 2}.get(character, size - 4)
        if character == "-":
            cv2.line(cell, (x, y + size // 2), (x + width, y + size // 2), (0,), 3)
        elif character == "/":
            cv2.line(cell, (x + width, y), (x, y + size), (0,), 3)
        elif character in "1|":
            cv2.line(cell, (x + width // 2, y), (x + width // 2, y + size), (0,), 3)
        else:
            cv2.rectangle(cell, (x, y), (x + width, y + size - 4), (0,), 3)
        if upright:
            y += size + gap
        else:
            x += width + gap
    return cell


def strips_of(cell: Gray) -> list[Any]:
    return strips(cell, ink_of(cell), Box(2, 2, 398, 398), 38.0)


@pytest.mark.parametrize(("character", "sign"), [("-", "-"), ("/", "/"), ("1", ""), ("|", ""), ("0", "")])
def test_a_lone_stroke_is_told_by_its_shape(character: str, sign: str) -> None:
    [strip] = strips_of(drawn(character))
    assert strip.sign == sign


def test_characters_set_below_each_other_come_as_one_line() -> None:
    [strip] = strips_of(drawn("口", "口", "口", "口", upright=True))
    height, width = strip.gray.shape
    assert width > 3 * height


def test_lines_of_a_cell_stay_apart_and_keep_their_order() -> None:
    cell = np.minimum(drawn("口", "口", "口", "口"), np.roll(drawn("口", "口"), 60, axis=0))
    found = strips_of(cell)
    assert [strip.box.top < 140 for strip in found] == [True, False]
    assert found[0].gray.shape[1] > found[1].gray.shape[1]


def test_figures_set_wide_and_figures_apart_are_told_from_each_other() -> None:
    [wide] = strips_of(drawn("1", "1", gap=16))
    [apart] = strips_of(drawn("1", "1", gap=60))
    assert (wide.has_gap, apart.has_gap) == (False, True)


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.0, 0.4, 1.9])
def test_the_turn_of_a_page_is_found_to_a_twentieth_of_a_degree(degrees: float, scan: Scan) -> None:
    assert turned_by(turned(scan.pages[0], degrees)) == pytest.approx(-degrees, abs=0.06)


def test_a_picture_with_a_transparent_ground_is_black_on_white() -> None:
    from io import BytesIO

    from gongkai.documents.ocr.pictures import pages_of_picture

    layered = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    layered.putpixel((5, 5), (0, 0, 0, 255))
    out = BytesIO()
    layered.save(out, "PNG")
    count, pages = pages_of_picture(out.getvalue())
    [page] = pages
    assert count == 1
    assert page[0, 0].tolist() == [255, 255, 255]
    assert page[5, 5].tolist() == [0, 0, 0]


def test_a_picture_that_a_camera_took_sideways_is_turned_as_it_says() -> None:
    from io import BytesIO

    from gongkai.documents.ocr.pictures import pages_of_picture

    held = Image.new("RGB", (30, 20), (255, 255, 255))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    held.save(out, "PNG", exif=exif)
    [page] = pages_of_picture(out.getvalue())[1]
    assert page.shape == (30, 20, 3)
