"""Printed letters: every word, the measures of the letter format, where pages end, the archive's standard."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.letters.made_letters import FACTS, ORGAN, WRITTEN_AT, letter

from gongkai.documents import read_document
from gongkai.documents.letters import (
    MOST_AT_ONCE,
    LetterError,
    LetterText,
    form_text,
    template_keys,
    to_pdf,
    unprintable,
)
from gongkai.documents.letters.to_pdf import title_lines

FORMS = ("registration-form", "approval-form", "archive-cover", "transfer-list")
DOTS = 200  # an inch
RED_AND_NOTHING_ELSE = 200, 60


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def unnumbered(content: bytes) -> str:
    """The words of every page without the page numbers."""
    return re.sub(r"— \d+ —", "", "\n".join(pages(content)))


def packed(text: str) -> str:
    """Without blanks and line ends: a pdf knows lines, no paragraphs."""
    return re.sub(r"\s+", "", text)


def printed(paper: Any) -> bytes:
    return to_pdf([paper], written_at=WRITTEN_AT)


def long_letter(lines: int, last: str, attachments: int = 0) -> LetterText:
    return LetterText(
        kind="reply",
        organ=ORGAN,
        title=f"{ORGAN}政府信息公开申请答复书",
        number=FACTS["number"],
        addressee="梁小舟",
        paragraphs=(*["这一段只有一行。"] * lines, last),
        attachments=tuple(f"第{n}个附件" for n in range(attachments)),
        date=FACTS["date"],
        notes=("联系方式：0599-5550123",),
    )


# ---- words ----


@pytest.mark.parametrize("key", template_keys(), ids=lambda key: "-".join(filter(None, key)))
def test_every_word_of_a_letter_is_in_the_pdf_and_in_its_order(key: tuple[str, str, str]) -> None:
    made = letter(*key)
    content = packed(unnumbered(printed(made)))
    wanted = made.text.splitlines()
    at = 0
    for line in map(packed, wanted):
        found = content.find(line, at)
        assert found >= 0, line
        at = found


@pytest.mark.parametrize("code", FORMS)
def test_every_word_of_a_form_is_in_the_pdf(code: str) -> None:
    form = form_text(code, FACTS)
    content = packed("".join(pages(printed(form))))
    for row in form.rows:
        for box in row:
            assert packed(box.label) in content
            assert packed(box.value) in content
    for cells in form.table:
        assert all(packed(cell) in content for cell in cells)


def test_our_own_reader_reads_the_words_too() -> None:
    made = letter("reply", "PART", "exempt")
    read = read_document(printed(made), "letter.pdf")
    content = packed("".join(line.text for line in read.blocks if hasattr(line, "text")))
    for paragraph in made.paragraphs:
        assert packed(paragraph) in content


def test_markup_in_a_fact_is_text() -> None:
    asked = '#import "x": y $x^2$ *粗* `代码` \\ // @甲 <标签> = 标题'
    made = letter("extension-notice", asked=asked)
    assert packed(asked) in packed("".join(pages(printed(made))))


def test_a_character_no_font_has_is_told_before_and_shown_as_a_stand_in() -> None:
    made = letter("extension-notice", requester="梁\U0001f600舟")
    assert unprintable(made) == ("\U0001f600",)
    assert "梁〓舟" in packed("".join(pages(printed(made))))
    assert unprintable(letter("extension-notice")) == ()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=6), st.text(min_size=1, max_size=50))
def test_any_words_can_be_printed(paragraphs: list[str], name: str) -> None:
    made = LetterText(
        kind="reply",
        organ=name,
        title=name,
        addressee=name,
        paragraphs=tuple(paragraphs),
        date=FACTS["date"],
        notes=(name,),
        copies=(name,),
    )
    assert pages(printed(made))


# ---- the letter format ----


@pytest.fixture(scope="module")
def first_page() -> Any:
    document = pypdfium2.PdfDocument(printed(long_letter(40, "末段。")))
    return document[0].render(scale=DOTS / 72).to_numpy()


def red_rows(picture: Any) -> Any:
    """For each row of dots how many are red."""
    high, low = RED_AND_NOTHING_ELSE
    blue, green, red = (picture[:, :, channel].astype(int) for channel in range(3))
    return ((red > high) & (green < low) & (blue < low)).sum(axis=1)


def millimetres(dots: float) -> float:
    return dots * 25.4 / DOTS


def rules(picture: Any) -> list[tuple[float, float]]:
    """Top and thickness of the red rules, in millimetres from the upper edge."""
    wide = red_rows(picture) > 160 / 25.4 * DOTS
    edges = np.flatnonzero(np.diff(np.concatenate([[0], wide.astype(int), [0]])))
    return [
        (millimetres(start), millimetres(end - start))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def test_the_organs_name_begins_30_mm_from_the_upper_edge(first_page: Any) -> None:
    top = millimetres(int(np.flatnonzero(red_rows(first_page))[0]))
    assert top == pytest.approx(30, abs=0.5)


def test_double_rules_of_170_mm_stand_4_mm_below_the_name_and_20_mm_above_the_lower_edge(
    first_page: Any,
) -> None:
    drawn = rules(first_page)
    assert len(drawn) == 4
    (upper, thick), (_, thin), (lower, thin_below), (_, thick_below) = drawn
    assert thick > thin
    assert thick_below > thin_below
    red = red_rows(first_page)
    name = np.flatnonzero(red[: round((upper - 1) / 25.4 * DOTS)])[-1]
    # The box of a character reaches a little beyond its ink.
    assert upper - millimetres(int(name)) == pytest.approx(4, abs=0.7)
    assert 297 - lower == pytest.approx(20, abs=1)
    row = first_page[round((upper + thick / 2) / 25.4 * DOTS)]
    line = np.flatnonzero((row[:, 2] > 200) & (row[:, 1] < 60))
    assert millimetres(len(line)) == pytest.approx(170, abs=0.5)
    assert millimetres(int(line[0])) == pytest.approx(20, abs=0.5)


def test_a_line_has_28_characters_and_a_page_22_lines() -> None:
    made = long_letter(0, "甲" * 28 * 60)
    document = pypdfium2.PdfDocument(printed(made))
    lines = document[1].get_textpage().get_text_range().splitlines()
    full = [line for line in lines if line.startswith("甲" * 20)]
    assert {len(line) for line in full} == {28}
    assert len(full) == 22


def test_the_first_page_bears_no_number_and_the_others_bear_theirs_on_the_outer_side() -> None:
    document = pypdfium2.PdfDocument(printed(long_letter(60, "末段。")))
    assert "—" not in pages(printed(long_letter(60, "末段。")))[0]
    sides = []
    for page in list(document)[1:3]:
        text = page.get_textpage()
        found = text.search("—").get_next()
        assert found is not None
        left = text.get_charbox(found[0])[0]
        sides.append("left" if left < page.get_width() / 2 else "right")
    assert sides == ["left", "right"]


def test_the_date_stands_four_characters_from_the_right_margin_and_the_organ_centred_above_it() -> None:
    document = pypdfium2.PdfDocument(printed(long_letter(1, "末段。")))
    text = document[0].get_textpage()

    def box(words: str, *, last: bool) -> tuple[float, float]:
        search = text.search(words)
        found = list(iter(search.get_next, None))
        start, length = found[-1 if last else 0]
        return text.get_charbox(start)[0], text.get_charbox(start + length - 1)[2]

    left, right = box("2026年3月20日", last=True)
    organ = box(ORGAN, last=True)
    margin = (210 - 26) * 72 / 25.4
    assert (margin - right) / 16 == pytest.approx(4, abs=0.5)
    assert (left + right) / 2 == pytest.approx(sum(organ) / 2, abs=4)


# ---- where pages end ----


@pytest.mark.parametrize("attachments", [0, 2, 12])
@pytest.mark.parametrize("last", [1, 60, 225, 420, 1300])
def test_the_date_never_begins_a_page_alone(last: int, attachments: int) -> None:
    for lines in range(0, 23, 2):
        found = pages(printed(long_letter(lines, "末" * last, attachments)))
        dated = next(text for text in found if "2026年3月20日" in text)
        assert "末" in dated or "附件" in dated
        assert "5550123" in dated


def lines_of(content: str) -> list[str]:
    """The lines of a page that are the body's: all before the organ's name at the foot."""
    lines = [line for line in content.splitlines() if line.strip() and not re.fullmatch(r"— \d+ —", line)]
    return lines[: lines.index(ORGAN)] if ORGAN in lines[1:] else lines


@pytest.mark.parametrize("last", [1, 40, 100, 170, 420])
def test_two_lines_at_least_go_with_the_date_to_its_page_and_the_others_fill_the_first(last: int) -> None:
    for lines in range(2, 18):
        document = pypdfium2.PdfDocument(printed(long_letter(lines, "末" * last)))
        if len(document) == 1:
            continue
        texts = [page.get_textpage().get_text_range() for page in document]
        if "2026年3月20日" in texts[1]:
            assert len(lines_of(texts[1])) >= 2, texts[1]
        text = document[0].get_textpage()
        lowest = min(
            text.get_charbox(at)[1] for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()
        )
        # Two lines that go with the foot, and fewer than the foot has, which found no room: two blank ones,
        # organ, date and contact.
        assert (lowest - 35 / 25.4 * 72) / 28.95 < 2 + 5, (lines, last)


def test_a_long_last_paragraph_loses_no_character_where_it_is_divided() -> None:
    words = "".join(chr(0x4E00 + 7 * n) + ("，" if n % 9 == 8 else "") for n in range(700))
    for lines in (3, 11):
        assert words in packed(unnumbered(printed(long_letter(lines, words))))


# ---- the file ----


@pytest.fixture(scope="module")
def batch() -> bytes:
    papers = [letter("extension-notice"), long_letter(40, "末段。"), form_text("approval-form", FACTS)]
    return to_pdf(papers, written_at=WRITTEN_AT)


def test_several_letters_are_one_pdf_each_with_page_numbers_of_its_own(batch: bytes) -> None:
    texts = pages(batch)
    assert len(texts) == 5
    assert [re.findall(r"— (\d+) —", text) for text in texts] == [[], [], ["2"], ["3"], []]


def test_two_sided_each_letter_begins_on_a_front_side() -> None:
    papers = [letter("extension-notice"), letter("extension-notice")]
    texts = pages(to_pdf(papers, written_at=WRITTEN_AT, two_sided=True))
    assert len(texts) == 3
    assert not packed(texts[1])
    assert "梁小舟" in texts[2]


def test_the_file_is_for_archives_and_for_screen_readers(batch: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(batch))
    with pdf.open_metadata() as about:
        assert about["pdfaid:part"] == "2"
        assert about["pdfaid:conformance"] == "B"
        assert about["pdfuaid:part"] == "1"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "zh-CN"
    tags = [
        str(one.S)
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/K" in one
    ]
    assert tags.count("/H1") == 3
    assert tags.count("/P") > 10
    assert "/TD" in tags
    fonts = [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert printed(letter("extension-notice")) == printed(letter("extension-notice"))


def test_no_paper_and_too_many_are_refused() -> None:
    for papers, code in (([], "letter_none"), ([letter("receipt")] * (MOST_AT_ONCE + 1), "letter_too_many")):
        with pytest.raises(LetterError) as refused:
            to_pdf(papers, written_at=WRITTEN_AT)
        assert refused.value.code == code


def test_long_titles_and_names_stay_on_the_page() -> None:
    name = "某某省某某自治州某某自治县住房和城乡建设综合行政执法与房屋征收补偿管理服务中心"
    assert max(map(len, title_lines(name * 3))) <= 20
    made = replace(long_letter(1, "末段。"), organ=name, title=f"{name}政府信息公开申请答复书")
    page = pypdfium2.PdfDocument(printed(made))[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    assert min(box[0] for box in boxes if box[2] > box[0]) >= 19 * 72 / 25.4
    assert max(box[2] for box in boxes) <= 191 * 72 / 25.4


def test_a_form_may_go_on_over_pages() -> None:
    items = tuple(f"第{n}份材料|复印件" for n in range(90))
    texts = pages(printed(form_text("transfer-list", {**FACTS, "items": items})))
    assert len(texts) > 2
    assert all("材料名称" in text for text in texts)
    asked = "要很长很长的内容。" * 300
    form = form_text("registration-form", {**FACTS, "asked": asked})
    assert packed(asked) in packed(unnumbered(printed(form)))
