from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.documents.samples import TITLE, a_pdf, lines, new_page, read, ruled, tables, text

from gongkai.documents import DocumentError, Line

REPORTS = Path(__file__).parents[3] / "shared" / "reports"


def test_lines_come_from_top_to_bottom_with_their_page() -> None:
    document = read(a_pdf(text(TITLE), text("一、总体情况"), new_page(), text("二、主动公开")))
    found = [(line.text, line.page) for line in document.blocks if isinstance(line, Line)]
    assert found == [(TITLE, 1), ("一、总体情况", 1), ("二、主动公开", 2)]
    assert document.blocks[2].place.label() == "第2页第3行"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "foot", ["- {} -", "—{}—", "第{}页", "第 {} 页 共 3 页", "{}", "{}/3", "Page {} of 3"]
)
def test_page_numbers_are_dropped(foot: str) -> None:
    document = read(a_pdf(text("甲"), new_page(), text("乙"), new_page(), text("丙"), foot=foot))
    assert lines(document) == ["甲", "乙", "丙"]


@pytest.mark.parametrize("foot", ["共收到{}件", "0", "2024"])
def test_other_lines_at_the_foot_of_a_page_stay(foot: str) -> None:
    document = read(a_pdf(text("甲"), new_page(), text("乙"), foot=foot))
    assert lines(document) == ["甲", foot.format(1), "乙", foot.format(2)]


def test_a_lone_figure_in_the_middle_of_a_page_is_no_page_number() -> None:
    assert lines(read(a_pdf(text("本年新收"), text("1"), text("完"), foot="- {} -"))) == [
        "本年新收",
        "1",
        "完",
    ]


def test_text_and_tables_come_in_the_order_of_the_page() -> None:
    document = read(a_pdf(text("前"), ruled([["规章", "0"]], [100, 50]), text("后")))
    assert [block.text if isinstance(block, Line) else "table" for block in document.blocks] == [
        "前",
        "table",
        "后",
    ]


def test_a_pdf_under_a_password_says_so() -> None:
    with pytest.raises(DocumentError) as error:
        read(a_pdf(text("甲"), encrypt="secret"))
    assert error.value.code == "encrypted"


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password="")
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text="Annual report")
    assert lines(read(bytes(pdf.output()))) == ["Annual report"]


def scanned(foot: str) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "grey")), 50, 100, 400, 600)
    canvas.drawString(300, 20, foot)
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize("foot", ["", "- 1 -"])
def test_a_scanned_pdf_is_said_to_be_pictures_even_with_a_page_number(foot: str) -> None:
    with pytest.raises(DocumentError) as error:
        read(scanned(foot))
    assert error.value.code == "image_only"
    assert "OCR" in error.value.zh


def test_more_than_five_hundred_pages_are_refused() -> None:
    pages = [item for _ in range(501) for item in (text("甲"), new_page())]
    with pytest.raises(DocumentError) as error:
        read(a_pdf(*pages))
    assert error.value.code == "too_complex"


def test_a_pdf_cut_off_is_damaged() -> None:
    whole = a_pdf(text(TITLE))
    with pytest.raises(DocumentError) as error:
        read(whole[: len(whole) // 3])
    assert error.value.code == "damaged"


def test_threads_may_read_pdfs_at_once() -> None:
    from concurrent.futures import ThreadPoolExecutor

    content = a_pdf(text(TITLE), ruled([["规章", "0"]], [100, 50]))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: lines(read(content)), range(40)))
    assert found == [[TITLE]] * 40


def real_pdfs() -> list[Path]:
    return sorted(REPORTS.glob("*.pdf"))


@pytest.mark.skipif(not real_pdfs(), reason="no real reports beside the repository (../shared/reports/*.pdf)")
@pytest.mark.parametrize("path", real_pdfs(), ids=lambda path: path.stem)
def test_every_row_of_figures_of_a_real_report_has_all_its_cells(path: Path) -> None:
    began = time.monotonic()
    document = read(path.read_bytes(), path.name)
    assert time.monotonic() - began < 1
    table_3 = max(tables(document), key=lambda table: len(table.rows))
    assert len(table_3.rows) >= 20
    rows = [[cell.text for cell in row if cell.column > 3] for row in table_3.rows[3:]]
    assert all(len(row) == 7 and all(text.isdigit() for text in row) for row in rows)
    assert not any("\t" in line or line.isdigit() for line in lines(document))


def test_the_mark_of_a_footnote_stays_in_its_line() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for x, y, size, words in ((60, 700, 12, "open"), (86, 705, 6, "[1]"), (100, 700, 12, "data")):
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, words)
    canvas.save()
    [line] = lines(read(stream.getvalue()))
    assert line.replace(" ", "") == "open[1]data"
