"""Letters as Word documents; labels for envelopes and for paper files."""

from __future__ import annotations

import io
from typing import Any

import docx
import numpy as np
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.barcode import code128
from tests.documents.letters.made_letters import FACTS, ORGAN, WRITTEN_AT, letter

from gongkai.documents import read_document
from gongkai.documents.letters import (
    EnvelopeLabel,
    FileLabel,
    LabelSheet,
    LetterError,
    envelope_labels,
    file_labels,
    form_text,
    template_keys,
    to_docx,
)
from gongkai.documents.letters.barcode import symbols, widths

ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)


def opened(paper: Any) -> Any:
    return docx.Document(io.BytesIO(to_docx(paper, written_at=WRITTEN_AT)))


# ---- Word ----


@pytest.mark.parametrize(
    "key", template_keys()[:14] + template_keys()[-3:], ids=lambda key: "-".join(filter(None, key))
)
def test_every_line_of_a_letter_is_a_paragraph(key: tuple[str, str, str]) -> None:
    made = letter(*key)
    lines = "\n".join(paragraph.text for paragraph in opened(made).paragraphs)
    for paragraph in (*made.paragraphs, *made.notes, *made.foot_lines()):
        assert paragraph in lines
    assert made.title.replace(ORGAN, "") in lines


def test_the_head_stands_30_mm_from_the_edge_in_red_between_margins_of_the_standard() -> None:
    document = opened(letter("reply", "PART", "exempt"))
    section = document.sections[0]
    assert section.different_first_page_header_footer
    places = (section.header_distance, section.footer_distance)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(place.mm) for place in places] == [30, 20]
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]
    head = section.first_page_header
    assert head.paragraphs[0].text == ORGAN
    xml = head._element.xml
    assert 'w:val="FF0000"' in xml
    thick, thin = (int(rule.get(qn("w:sz"))) for rule in head._element.iter(qn("w:bottom")))
    assert thick > thin
    assert "PAGE" not in section.first_page_footer._element.xml
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


def test_no_line_of_head_or_foot_takes_the_indent_of_a_paragraph() -> None:
    section = opened(letter("reply", "REF-4")).sections[0]
    parts = (section.first_page_header, section.first_page_footer, section.footer, section.even_page_footer)
    for paragraph in (one for part in parts for one in part.paragraphs):
        (indent,) = paragraph._p.iter(qn("w:ind"))
        assert indent.get(qn("w:firstLineChars")) == "0"


def test_the_end_of_the_body_stays_with_the_date() -> None:
    document = opened(letter("reply", "REF-4"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    last = next(n for n, text in enumerate(texts) if text.startswith("如不服"))
    date = texts.index("2026年3月20日")
    for paragraph in document.paragraphs[last:date]:
        assert paragraph._p.find(f".//{qn('w:keepNext')}") is not None


def test_our_own_reader_reads_a_form() -> None:
    form = form_text("registration-form", FACTS)
    read = read_document(to_docx(form, written_at=WRITTEN_AT), "form.docx")
    content = str(read.blocks)
    assert FACTS["asked"] in content
    assert "申请人类别" in content


def test_signs_no_xml_can_hold_do_not_break_a_letter() -> None:
    made = letter("extension-notice").edited(("控制\x00\x0b符\ud800号", "第二段"))
    assert "控制" in "".join(paragraph.text for paragraph in opened(made).paragraphs)


# ---- Code 128 ----


@given(ASCII)
def test_a_barcode_says_what_was_put_in(text: str) -> None:
    assert decoded(widths(text)) == text


@given(ASCII)
def test_a_barcode_is_no_longer_than_set_b_alone(text: str) -> None:
    assert len(symbols(text)) <= len(text) + 2


@pytest.mark.parametrize("text", ["", "登记1", "a\n", "x" * 41])
def test_what_no_barcode_can_hold_is_refused(text: str) -> None:
    with pytest.raises(LetterError) as refused:
        widths(text)
    assert refused.value.code == "letter_bad_code"


def decoded(bars: tuple[int, ...]) -> str:
    """What bars say by the rules of the code: groups of six, the check, sets B and C."""
    table = theirs()
    assert bars[-7:] == (2, 3, 3, 1, 1, 1, 2)
    values = [table[bars[at : at + 6]] for at in range(0, len(bars) - 7, 6)]
    *data, check = values
    assert (data[0] + sum(n * value for n, value in enumerate(data[1:], 1))) % 103 == check
    in_c = {104: False, 105: True}[data[0]]
    text = ""
    for value in data[1:]:
        if value in (99, 100):
            in_c = value == 99
        else:
            text += f"{value:02d}" if in_c else chr(value + 32)
    return text


def theirs() -> dict[tuple[int, ...], int]:
    """The symbols as another program has them, so that a slip in our table cannot hide in both directions."""
    return {
        tuple(ord(one.lower()) - 96 for one in pattern): value
        for value, pattern in code128._patterns.items()
        if isinstance(value, int) and value < 106
    }


# ---- sheets of labels ----


def test_a_file_label_is_read_off_the_printed_sheet() -> None:
    content = file_labels([FileLabel(code="YX2026-0012", lines=(ORGAN,))], written_at=WRITTEN_AT)
    scale = 8
    picture = pypdfium2.PdfDocument(content)[0].render(scale=scale, grayscale=True).to_numpy()
    row = picture[round((15.15 + 10) * 72 / 25.4 * scale)] < 128
    edges = np.flatnonzero(np.diff(row.astype(int)))
    module = 0.5 * 72 / 25.4 * scale
    bars = tuple(round(width / module) for width in np.diff(edges))
    assert decoded(bars) == "YX2026-0012"
    assert edges[0] > 10 * module  # the quiet zone


def test_sheets_begin_where_labels_are_left_and_go_on() -> None:
    labels = [
        EnvelopeLabel(name=f"收件人{n}", address="云溪市滨河路8号", postcode="350000") for n in range(16)
    ]
    document = pypdfium2.PdfDocument(
        envelope_labels(labels, written_at=WRITTEN_AT, sheet=LabelSheet(skipped=13))
    )
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert ["收件人0收" in texts[0], "收件人1收" in texts[0], "收件人1收" in texts[1]] == [True, False, True]
    assert len(texts) == 3
    assert "收件人15" in texts[2]


def test_a_long_address_is_set_smaller_and_stays_on_its_label() -> None:
    label = EnvelopeLabel(
        name="云溪市青禾建设有限公司", address="云溪市临江区滨河路8号临江花园3号楼2单元501室" * 3
    )
    page = pypdfium2.PdfDocument(envelope_labels([label], written_at=WRITTEN_AT))[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    height = page.get_height()
    assert max(height - box[1] for box in boxes) <= (15.15 + 38.1) * 72 / 25.4
    assert max(box[2] for box in boxes) <= (4.65 + 99.1) * 72 / 25.4


def test_an_envelope_tells_addressee_sender_and_letter_in_lines_of_their_own() -> None:
    label = EnvelopeLabel(
        name="梁小舟（收）",
        address="云溪市临江区滨河路8号",
        postcode="350000",
        phone="0599-5550199",
        sender=ORGAN,
        sender_address="云溪市政务路1号",
        number="云住建公开告〔2026〕12号",
    )
    page = pypdfium2.PdfDocument(envelope_labels([label], written_at=WRITTEN_AT))[0]
    lines = ["".join(line.split()) for line in page.get_textpage().get_text_range().splitlines()]
    assert lines == [
        "350000",
        "云溪市临江区滨河路8号",
        "梁小舟收0599-5550199",
        f"寄件人：{ORGAN}",
        "寄件地址：云溪市政务路1号",
        "文号：云住建公开告〔2026〕12号",
    ]


@settings(max_examples=10, deadline=None)
@given(st.text(min_size=1, max_size=200).filter(str.strip))
def test_any_address_can_be_printed(text: str) -> None:
    assert envelope_labels([EnvelopeLabel(name=text, address=text)], written_at=WRITTEN_AT)


@pytest.mark.parametrize(
    "changes",
    [{"columns": 0}, {"columns": 3}, {"rows": 9}, {"left": -1}, {"skipped": 14}, {"width": 10, "columns": 1}],
)
def test_a_sheet_that_does_not_fit_the_paper_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(LetterError) as refused:
        LabelSheet(**changes)
    assert refused.value.code == "letter_bad_sheet"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        (EnvelopeLabel(name="梁小舟", address="滨河路8号", postcode="35000"), "letter_bad_postcode"),
        (EnvelopeLabel(name=" ", address="滨河路8号"), "letter_no_address"),
    ],
)
def test_an_address_that_no_post_delivers_is_refused(label: EnvelopeLabel, code: str) -> None:
    with pytest.raises(LetterError) as refused:
        envelope_labels([label], written_at=WRITTEN_AT)
    assert refused.value.code == code
