"""How well scans are read, at each level of what befalls them: one short report at a time.

`make bench` measures a few levels on more reports, `SCANS=all make bench` all of them.
"""

from __future__ import annotations

import pytest

pytest.importorskip("rapidocr", reason='text recognition is not installed: pip install "gongkai[ocr]"')
pytest.importorskip("onnxruntime", reason='text recognition is not installed: pip install "gongkai[ocr]"')

from random import Random

import cv2
import numpy as np
from tests.documents.scanning import (
    CLEAN,
    LEVELS,
    MISHAPS,
    Gray,
    Scan,
    a_scan,
    as_picture,
    photographed,
    scored,
    scored_report,
    small_print,
    spoiled,
)

from gongkai.annual.report import Report, Unread
from gongkai.documents import Table, read_document
from gongkai.documents.ocr.cells import strips
from gongkai.documents.ocr.engine import LOOK_ALIKE, Box
from gongkai.documents.ocr.faint_rulings import lengthened
from gongkai.documents.ocr.levelling import squared
from gongkai.documents.ocr.rulings_seen import ink_of, rulings_of
from gongkai.documents.ocr.streaks import without_streaks
from gongkai.documents.pdf.drawn import Segment

SHORT = "2019"  # its report fills two pages
RIGHT = 99.0  # per cent; 100 is measured at every level below
UNMARKED, NEEDLESS = 1, 4  # cells of 198; none and at most one are measured


@pytest.fixture(scope="module")
def clean() -> Scan:
    return a_scan(SHORT, 0, 200)


@pytest.mark.scans
@pytest.mark.parametrize(
    ("level", "dpi"), [*((name, 200) for name in (*LEVELS, *MISHAPS)), ("all three", 150), ("turned", 300)]
)
def test_a_scan_is_read_as_well_as_is_said_and_what_is_wrong_is_marked(level: str, dpi: int) -> None:
    score = scored(a_scan(SHORT, 0, dpi, LEVELS.get(level, frozenset({level}))), dpi)
    assert score.right >= RIGHT, score.misread
    assert score.unmarked <= UNMARKED, score.misread
    assert score.needless <= NEEDLESS


@pytest.mark.scans
def test_small_print_with_hairlines_and_blank_cells_is_read() -> None:
    pytest.importorskip("weasyprint", reason="the program that prints this scan is not installed")
    score = scored(a_scan(SHORT, 3, 200, CLEAN, small_print), 200)
    assert score.right >= RIGHT, score.misread
    assert score.unmarked <= UNMARKED, score.misread


# ---- the page made ready ----


def ruled(height: int = 1200, width: int = 900, margin: int = 100) -> Gray:
    """A page with an empty table of twelve rows and five columns."""
    page = np.full((height, width), 255, np.uint8)
    for y in np.linspace(margin, height - margin, 13).astype(int).tolist():
        cv2.line(page, (margin, y), (width - margin, y), (0,), 2)
    for x in np.linspace(margin, width - margin, 6).astype(int).tolist():
        cv2.line(page, (x, margin), (x, height - margin), (0,), 2)
    return page


@pytest.mark.parametrize("seed", range(4))
def test_a_table_photographed_aslant_is_made_square(seed: int) -> None:
    page = squared(photographed(ruled(), Random(seed)))
    ink = ink_of(page) > 0
    sides = [np.flatnonzero(ink[y]) for y in (150, 600, 1050)]
    for end in (0, -1):
        places = [int(side[end]) for side in sides]
        assert max(places) - min(places) <= 4, places


def test_a_square_page_stays_as_it_is() -> None:
    page = ruled()
    assert squared(page) is page


def test_a_streak_is_wiped_and_the_table_and_characters_under_it_stay() -> None:
    page = ruled()
    cv2.rectangle(page, (490, 330), (512, 352), (0,), 3)
    streaked = page.copy()
    streaked[:, 500:502] = np.minimum(streaked[:, 500:502], 110)
    wiped = without_streaks(streaked)
    assert int(ink_of(wiped)[360:380, 495:507].max()) == 0
    assert (wiped[330:333, 490:512] < 60).all()
    assert np.array_equal(wiped[:, :480], page[:, :480])


def test_the_lines_of_a_table_cut_out_at_its_edges_are_no_streaks() -> None:
    whole = ruled(margin=0)
    inner = ruled()[150:1050, 150:850]
    for page in (whole, inner):
        assert np.array_equal(without_streaks(page), page)


def test_the_stroke_of_a_character_in_a_low_row_is_no_side_of_a_cell() -> None:
    page = np.full((400, 600), 255, np.uint8)
    for y in range(50, 351, 30):
        cv2.line(page, (50, y), (550, y), (0,), 2)
    for x in (50, 300, 550):
        cv2.line(page, (x, 50), (x, 350), (0,), 2)
    page[146:165, 420:423] = 0  # five points short of the lines above and below it
    segments, _ = rulings_of(page, ink_of(page), 27.0)
    upright = sorted(round(line.x0) for line in segments if line.y1 - line.y0 > line.x1 - line.x0)
    assert [round(x, -1) for x in upright] == [50, 300, 550]


def grainy(page: Gray, seed: int) -> Gray:
    return np.clip(page + np.random.default_rng(seed).normal(0, 4, page.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("trace", [True, False])
def test_a_line_that_breaks_off_is_followed_where_a_trace_of_it_goes_on(trace: bool, seed: int) -> None:
    page = np.full((300, 500), 235, np.uint8)
    page[100, 50:200] = 120
    if trace:
        page[100, 200:400] = 223  # no darker than three times the grain
    mask = np.zeros_like(page)
    sides = [Segment(x, 40, x, 260) for x in (50, 200, 400)]
    [line] = lengthened([Segment(50, 100, 200, 100)], sides, grainy(page, seed), mask, 38.0)
    assert line.x1 == (400 if trace else 200)
    assert bool(mask[100, 300]) == trace


def test_lines_of_characters_are_no_trace_of_a_ruling() -> None:
    page = np.full((300, 500), 235, np.uint8)
    for x in range(210, 390, 30):
        page[98:102, x : x + 18] = 60
    sides = [Segment(x, 40, x, 260) for x in (50, 200, 400)]
    [line] = lengthened([Segment(50, 100, 200, 100)], sides, page, np.zeros_like(page), 38.0)
    assert line.x1 == 200


@pytest.mark.scans
@pytest.mark.parametrize("broad", [True, False])
def test_figures_below_each_other_are_one_figure_only_where_the_cell_is_narrow(broad: bool) -> None:
    page = np.full((700, 900), 255, np.uint8)
    right = 700 if broad else 470
    for y in (100, 180, 260, 340, 480):
        cv2.line(page, (100, y), (right, y), (0,), 2)
    for x in (100, 350, right):
        cv2.line(page, (x, 100), (x, 480), (0,), 2)
    for x, y, words in (
        (130, 152, "12"),
        (130, 232, "340"),
        (130, 312, "56"),
        (130, 400, "7"),
        (370, 152, "0"),
        (370, 232, "3"),
        (370, 312, "5"),
        (368, 395, "1234"),
        (368, 445, "56"),
    ):
        cv2.putText(page, words, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0,), 2, cv2.LINE_AA)
    document = read_document(as_picture(page, "PNG"), "page.png")
    [last] = [
        c for b in document.blocks if isinstance(b, Table) for row in b.rows for c in row if "1234" in c.text
    ]
    assert (last.text, last.confidence is not None and last.confidence <= 0.5) == (
        ("1234\n56", True) if broad else ("123456", False)
    )


def test_a_hyphen_and_what_grain_leaves_of_it_are_dashes() -> None:
    cell = np.full((400, 400), 255, np.uint8)
    cv2.rectangle(cell, (200, 200), (208, 203), (0,), cv2.FILLED)
    [hyphen] = strips(cell, ink_of(cell), Box(2, 2, 398, 398), 38.0)
    cell = np.full((400, 400), 255, np.uint8)
    cv2.circle(cell, (200, 200), 3, (0,), cv2.FILLED)
    [dot] = strips(cell, ink_of(cell), Box(2, 2, 398, 398), 38.0)
    assert (hyphen.sign, dot.sign) == ("-", "-")


@pytest.mark.parametrize(("wide", "high"), [(8, 24), (16, 24), (20, 19), (21, 18)])
def test_slashes_of_half_and_full_width_are_told_by_their_shape(wide: int, high: int) -> None:
    cell = np.full((400, 400), 255, np.uint8)
    cv2.line(cell, (200, 200 + high), (200 + wide, 200), (0,), 3)
    [strip] = strips(cell, ink_of(cell), Box(2, 2, 398, 398), 38.0)
    assert strip.sign == "/"


def test_letters_that_look_like_figures_are_taken_for_them_and_bars_are_not() -> None:
    assert "oO〇l１|".translate(LOOK_ALIKE) == "00011|"


# ---- the measure itself ----


def test_only_what_the_report_calls_unread_or_doubtful_counts_as_marked() -> None:
    truth = Report("truth", proactive={"rules": {"issued": 1, "repealed": 2, "in_force": 3}})
    got = Report("scan", proactive={"rules": {"issued": 7, "repealed": None, "in_force": 8}})
    got.unread.append(Unread(["proactive.rules.repealed"], "", ""))
    got.confidence = {"proactive.rules.in_force": 0.3}
    score = scored_report(truth, got, 1)
    assert (score.cells, score.wrong, score.unmarked) == (3, 3, 1)
    assert "proactive.rules.issued" in score.misread[0]


def test_the_faults_of_a_scan_change_the_page(clean: Scan) -> None:
    for name in (*LEVELS, *MISHAPS):
        faults = LEVELS.get(name, frozenset({name}))
        spoilt = spoiled(clean.pages[0].copy(), faults, Random(name))
        assert faults == CLEAN or not np.array_equal(spoilt, clean.pages[0])
