"""Pdf files made to use up time and memory are refused before they do."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.documents.handmade_pdf import HELLO, handmade_pdf
from tests.documents.samples import lines, read

from gongkai.documents import DocumentError

SECONDS = 5.0
MEGABYTES = 500
HUNDRED_TIMES = [b"/X%d Do\n" % n * 100 for n in range(4)]

HOSTILE = {
    "a million shapes": handmade_pdf(HELLO + b"1 1 5 5 re f\n" * 1_000_000),
    "a million texts": handmade_pdf(HELLO + b"BT /F0 9 Tf (a)Tj ET\n" * 1_000_000),
    "a million blanks": handmade_pdf(b"BT /F0 9 Tf " + b"( )Tj\n" * 1_000_000 + b"ET"),
    "ten thousand pages": handmade_pdf(HELLO, pages=10_000),
    "forms that draw forms": handmade_pdf(
        HELLO + HUNDRED_TIMES[0], forms=[*HUNDRED_TIMES[1:], b"0 0 5 5 re f\n"]
    ),
    "one form drawn very often": handmade_pdf(
        HELLO + b"/X0 Do\n" * 10_000, forms=[b"0 0 5 5 re f\n" * 10_000]
    ),
}
# Printed by the child: the error's code, and the most memory it took, in kilobytes.
CHILD = """
import sys
from gongkai.documents import DocumentError, read_document
try:
    read_document(sys.stdin.buffer.read(), "report.pdf")
    print("read")
except DocumentError as error:
    print(error.code)
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux alone")
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_with_too_much_in_it_is_refused_in_time_and_within_memory(content: bytes) -> None:
    source = Path(__file__).parents[2] / "src"
    began = time.monotonic()
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=content,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(source)},
    )
    code, kilobytes = child.stdout.decode().split()
    assert code == "too_complex"
    assert time.monotonic() - began < 4 * SECONDS  # of a machine that does other things too
    assert int(kilobytes) < MEGABYTES * 1024


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(DocumentError) as error:
        read(HOSTILE["a million shapes"])
    assert "只保留年度报告正文" in error.value.zh


def test_a_form_that_draws_itself_ends() -> None:
    assert lines(read(handmade_pdf(HELLO + b"/X0 Do\n", forms=[HELLO + b"/X0 Do\n"]))) == ["hello"]


def test_a_page_with_a_busy_drawing_keeps_its_text() -> None:
    drawing = b"".join(b"%d %d m %d %d l S\n" % (n % 500, n % 700, n % 400, n % 600) for n in range(60_000))
    assert lines(read(handmade_pdf(drawing + HELLO))) == ["hello"]


def test_a_drawing_made_of_very_many_figures_takes_no_time() -> None:
    figures = b"0.25 0 Td (1) Tj " * 2_000
    content = b"".join(b"BT /F0 0.1 Tf 5 %d Td %sET\n" % (700 - 20 * row, figures) for row in range(30))
    began = time.process_time()
    assert len(lines(read(handmade_pdf(HELLO + content)))) >= 30
    assert time.process_time() - began < SECONDS
