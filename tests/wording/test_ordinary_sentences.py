"""A wrongly flagged sentence is worse than a missed name: what reports are made of must give nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.wording.personal import find_personal

_FILE = Path(__file__).with_name("ordinary_sentences.txt")
SENTENCES = [line for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(set(SENTENCES)) == len(SENTENCES) >= 150


@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_ordinary_sentence_gives_nothing(sentence: str) -> None:
    assert [(data.kind, sentence[data.start : data.end]) for data in find_personal(sentence)] == []


def test_all_of_them_in_one_text_give_nothing_whether_lines_are_kept_or_run_on() -> None:
    for text in ("\n".join(SENTENCES), "".join(SENTENCES), "\r\n".join(SENTENCES)):
        assert [(data.kind, text[data.start : data.end]) for data in find_personal(text)] == []


@pytest.mark.parametrize("width", [18, 25, 33, 40])
def test_a_pdf_that_breaks_the_lines_anywhere_gives_nothing_either(width: int) -> None:
    text = "".join(SENTENCES)
    broken = "\n".join(text[start : start + width] for start in range(0, len(text), width))
    assert [(data.kind, broken[data.start : data.end]) for data in find_personal(broken)] == []
