"""Texts written out in full: complete, clean, and with files whose words are nowhere else."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.documents.publishing import clean_html, look, text_of
from gongkai.web.sample import written
from gongkai.web.sample.texts import Numbers
from gongkai.wording.scanning import ScanOptions, scan

DAY = dt.date(2026, 3, 2)
CODES = sorted(written.told())


def body(code: str, before: bool = False) -> str:
    text = written.text_written(
        code, written.organ_of(code), DAY, Numbers(), before=before, files=False, number="虚政规〔2024〕1号"
    )
    return str(text.facts["body"])


@pytest.mark.parametrize("code", CODES)
def test_a_body_is_what_the_sanitiser_makes_of_it_and_nothing_is_left_open(code: str) -> None:
    for before in (False, True):
        assert clean_html(body(code, before)) == body(code, before)
        assert "{" not in body(code, before)


@pytest.mark.parametrize("code", CODES)
def test_no_person_stands_in_it_and_no_word_is_wrong(code: str) -> None:
    texts = [text_of(body(code)), *_words(code)]
    for text in texts:
        found = [one for one in scan(text, options=ScanOptions(on=DAY)) if one.severity != "info"]
        assert found == [], text


def test_what_is_amended_reads_otherwise_before() -> None:
    assert body("guide") != body("guide", before=True)
    assert written.amended_body("lift", written.organ_of("lift"), DAY) != body("lift")


def test_words_of_files_are_in_no_body() -> None:
    bodies = " ".join(text_of(body(code)) for code in CODES)
    for code, word in (
        ("lift", "井道勘验"),
        ("lift", "覆膜防雨"),
        ("lift", "平层入户"),
        ("bus", "轮椅踏板"),
        ("meals", "软烂套餐"),
        ("meals", "孝心餐桌"),
        ("rice_fish", "青虾套养"),
        ("rice_fish", "环沟长度"),
    ):
        assert word not in bodies
        assert any(word in content for content in _words(code)), word


def _words(code: str) -> list[str]:
    """What the files of a text say, as search has it."""
    return ["".join(look(content, name).text.split()) for name, content in written.contents(code)]
