"""Good files damaged at random, and files made to take long: a clear refusal, in time, or an answer."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.publishing.made_files import (
    a_docx,
    a_jpg,
    a_pdf,
    a_png,
    an_ofd,
    an_xlsx,
    appended_pdf,
    docx_of,
    paragraph,
    scanned_pdf,
)
from tests.documents.publishing.test_hidden_office import _commented, _workbook
from tests.documents.publishing.test_page import _official

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing import accept, clean_html, cleaned, hidden_data, isolated, look, page_html

FILES = Path(__file__).parents[1] / "files"
GOOD: dict[str, bytes] = {
    "a.docx": a_docx(_official),
    "b.docx": _commented(),
    "a.xlsx": an_xlsx(_workbook),
    "a.pdf": a_pdf(pageCompression=0),
    "b.pdf": appended_pdf("old words", "new words"),
    "c.pdf": scanned_pdf("words", black=True),
    "a.jpg": a_jpg(gps=True, artist="Zhang", orientation=6),
    "a.png": a_png({"Author": "a"}),
    "a.ofd": an_ofd(),
    "a.doc": (FILES / "report-2021.doc").read_bytes(),
    "a.xls": (FILES / "report-2021.xls").read_bytes(),
    "a.csv": "甲,乙\n1,2\n".encode(),
    "a.md": "# 甲\n\n| 乙 | 丙 |\n|---|---|\n| 1 | 2 |\n".encode(),
}
DOORS: tuple[Callable[[bytes, str], Any], ...] = (
    accept,
    hidden_data,
    lambda content, name: cleaned(content, name, {"metadata", "comments"}),
    page_html,
)
NEW = (
    b"0",
    b"-1",
    b"65536",
    b"99999999999999999999",
    b"\x00",
    b"<",
    b"\xff\xff\xff\xff",
    b" R ",
    b"/Type",
    b"obj",
)
QUICK = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def damaged(content: bytes, number: int) -> bytes:
    rng = random.Random(number)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(content) + 1)
        new = rng.choice(NEW) if rng.random() < 0.6 else rng.randbytes(rng.randint(1, 6))
        how = rng.random()
        if how < 0.5:
            content = content[:at] + new + content[at + len(new) :]
        elif how < 0.7:
            content = content[:at] + new + content[at:]
        elif how < 0.9:
            content = content[:at] + content[at + rng.randint(1, 200) :]
        else:
            content = content[: at + 1]
    return content


def parts_damaged(content: bytes, number: int) -> bytes:
    """A package packed again without fault, but with damaged xml in it."""
    rng = random.Random(number)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), number) if name == chosen else old.read(name))
    return stream.getvalue()


def asked(content: bytes, name: str) -> list[str]:
    """What each door says: ok, or the code of its refusal. Nothing else may come out of one."""
    said = []
    for door in DOORS:
        began = time.monotonic()
        try:
            door(content, name)
            said.append("ok")
        except DocumentError as error:
            said.append(error.code if error.zh and "年度报告" not in error.zh else "badly worded")
        assert time.monotonic() - began < 6
    return said


@QUICK
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 2**32))
def test_a_damaged_file_is_answered_or_refused_in_words(name: str, number: int) -> None:
    assert "badly worded" not in asked(damaged(GOOD[name], number), name)


@QUICK
@given(st.sampled_from(["a.docx", "b.docx", "a.xlsx", "a.ofd"]), st.integers(0, 2**32))
def test_a_package_with_a_damaged_part_is_answered_or_refused_in_words(name: str, number: int) -> None:
    assert "badly worded" not in asked(parts_damaged(GOOD[name], number), name)


@QUICK
@given(st.binary(max_size=200), st.sampled_from([*sorted(GOOD), "a", "a.html", ""]))
def test_any_bytes_are_answered_or_refused_in_words(content: bytes, name: str) -> None:
    assert "badly worded" not in asked(content, name)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_the_undamaged_files_are_answered(name: str) -> None:
    said = asked(GOOD[name], name)
    assert said[1] == "ok"
    if name != "a.md":
        assert said[0] == "ok"


def _large_docx() -> bytes:
    return docx_of(
        "".join(
            paragraph(f"第{number}段的文字，内容是编出来的，没有别的意思。" * 3) for number in range(20_000)
        )
    )


def _large_xlsx() -> bytes:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("明细")
        for row in range(8_000):
            sheet.write_row(row, 0, [f"项{row}-{column}" for column in range(12)])

    return an_xlsx(fill)


def _large_pdf() -> bytes:
    def draw(page: Any) -> None:
        for number in range(60):
            for line in range(50):
                page.drawString(
                    72, 760 - 14 * line, f"line {line} of page {number}, made up words of no meaning " * 2
                )
            page.showPage()

    return a_pdf(draw, pageCompression=0)


@pytest.mark.parametrize(
    ("make", "name"), [(_large_docx, "a.docx"), (_large_xlsx, "a.xlsx"), (_large_pdf, "a.pdf")]
)
def test_large_files_are_vetted_within_seconds(make: Callable[[], bytes], name: str) -> None:
    content = make()
    for door in (accept, hidden_data, cleaned):
        began = time.monotonic()
        door(content, name)
        assert time.monotonic() - began < 4  # a second on a free machine


def test_large_html_is_cleaned_within_seconds() -> None:
    html = "<p style='mso-x:1'><b>文字</b>内容<o:p></o:p></p>" * 20_000
    began = time.monotonic()
    assert clean_html(html).count("<p>") == 20_000
    assert time.monotonic() - began < 5


def test_the_doors_in_processes_of_their_own_say_the_same() -> None:
    for name in ("a.docx", "a.pdf", "a.xlsx"):
        assert isolated.accept(GOOD[name], name) == accept(GOOD[name], name)
        assert isolated.hidden_data(GOOD[name], name) == hidden_data(GOOD[name], name)
        assert isolated.look(GOOD[name], name) == look(GOOD[name], name)
    assert isolated.page_html(GOOD["a.docx"], "a.docx") == page_html(GOOD["a.docx"], "a.docx")
    assert hidden_data(isolated.cleaned(GOOD["a.jpg"], "a.jpg"), "a.jpg") == ()
    with pytest.raises(DocumentError) as caught:
        isolated.accept(b"MZ", "a.pdf")
    assert caught.value.code == "disguised"


def test_a_file_that_ends_its_process_is_refused_in_words_for_attachments() -> None:
    broken = isolated._workers(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broken, "run", _too_slow)
        patch.setattr(isolated, "_workers", lambda _count: broken)
        with pytest.raises(DocumentError) as caught:
            isolated.look(GOOD["a.docx"], "a.docx")
    assert caught.value.code == "too_slow"
    assert "年度报告" not in caught.value.zh


def _too_slow(*_: Any) -> bytes:
    raise DocumentError("too_slow", "请只保留年度报告正文。", "Keep the annual report alone.")
