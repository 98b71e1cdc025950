"""What a pdf carries unseen: words under boxes above all."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from tests.documents.publishing.made_files import a_jpg, a_pdf, appended_pdf, changed_pdf, scanned_pdf

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing import Hidden, cleaned, hidden_data

BOTH = {"metadata", "comments"}


def found(content: bytes) -> dict[str, Hidden]:
    by_code: dict[str, Hidden] = {}
    for hidden in hidden_data(content, "a.pdf"):
        assert "{" not in hidden.zh + hidden.en
        by_code.setdefault(hidden.code, hidden)
    return by_code


def _boxed(page: Any) -> None:
    page.drawString(72, 700, "Applicant Zhang Sanfeng of Yunxi")
    page.setFillGray(0)
    page.rect(125, 695, 85, 15, fill=1, stroke=0)


def _pictured(page: Any) -> None:
    page.drawString(72, 700, "words under a picture")
    page.drawImage(ImageReader(Image.new("RGB", (20, 20), "grey")), 60, 690, 200, 30)


def _in_a_form(page: Any) -> None:
    page.beginForm("a")
    page.drawString(72, 700, "words in a form")
    page.endForm()
    page.doForm("a")
    page.rect(60, 690, 200, 30, fill=1)


def _marked(page: Any) -> None:
    page.drawString(72, 700, "words under a marker pen")
    page.setLineWidth(16)
    page.line(60, 704, 300, 704)


@pytest.mark.parametrize("draw", [_boxed, _pictured, _in_a_form, _marked])
def test_words_under_a_box_or_picture_are_an_error_with_their_page(draw: Callable[[Any], None]) -> None:
    hidden = found(a_pdf(draw))["text_under_cover"]
    assert hidden.severity == "error"
    assert hidden.where == "第 1 页"
    assert "Zhang" in hidden.what or "words" in hidden.what
    assert "Applicant" not in hidden.what


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_under_a_box_are_found_on_a_turned_page(turn: int) -> None:
    content = changed_pdf(lambda pdf: pdf.pages[0].rotate(turn, relative=False), a_pdf(_boxed))
    assert "Zhang" in found(content)["text_under_cover"].what


def _on_grey(page: Any) -> None:
    page.setFillGray(0.8)
    page.rect(60, 690, 300, 30, fill=1)
    page.setFillGray(0)
    page.drawString(72, 700, "words on a grey ground")


def _sealed(page: Any) -> None:
    seal = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    seal.paste((200, 0, 0, 120), (5, 5, 55, 55))
    page.drawString(72, 700, "5 March 2024")
    page.drawImage(ImageReader(seal), 60, 660, 100, 100, mask="auto")


def _framed(page: Any) -> None:
    page.drawString(72, 700, "words in a frame")
    page.setLineWidth(5)
    page.rect(50, 650, 400, 100)


def _white_on_dark(page: Any) -> None:
    page.rect(60, 690, 300, 30, fill=1)
    page.setFillGray(1)
    page.drawString(72, 700, "white on black is seen")


@pytest.mark.parametrize("draw", [_on_grey, _sealed, _white_on_dark, _framed])
def test_words_that_are_seen_are_not_reported(draw: Callable[[Any], None]) -> None:
    assert found(a_pdf(draw)) == {}


def _white(page: Any) -> None:
    page.setFillGray(1)
    page.drawString(72, 700, "white on white")


def _unseen(page: Any) -> None:
    text = page.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLine("not drawn at all")
    page.drawText(text)


def _tiny(page: Any) -> None:
    page.setFont("Helvetica", 1)
    page.drawString(72, 700, "one point high")


def _off(page: Any) -> None:
    page.drawString(72, 2000, "off the page")


@pytest.mark.parametrize(
    ("draw", "code"),
    [(_white, "pale_text"), (_unseen, "invisible_text"), (_tiny, "tiny_text"), (_off, "invisible_text")],
)
def test_words_that_are_not_seen_are_reported(draw: Callable[[Any], None], code: str) -> None:
    assert found(a_pdf(draw))[code].severity == "error"


def test_the_words_of_a_scan_are_said_to_be_there_and_no_error() -> None:
    said = found(scanned_pdf("recognised words"))
    assert set(said) == {"ocr_layer"}
    assert said["ocr_layer"].severity == "info"


def test_words_of_a_scan_where_the_picture_is_black_are_an_error() -> None:
    assert "recognised" in found(scanned_pdf("recognised words", black=True))["text_under_cover"].what


def test_words_of_an_earlier_version_are_told_and_gone_after_cleaning() -> None:
    content = appended_pdf("earlier secret words", "later words")
    said = found(content)
    assert "earliersecretwords" in said["earlier_text"].what
    clean = cleaned(content, "a.pdf")
    assert found(clean) == {}
    assert b"secret" not in clean
    assert "later words" in pypdfium2.PdfDocument(clean)[0].get_textpage().get_text_range()


def test_a_file_appended_to_without_losing_words_is_a_warning() -> None:
    assert found(appended_pdf("same words", "same words"))["earlier_revision"].severity == "warning"


def test_a_file_arranged_for_the_web_has_no_earlier_version() -> None:
    content = changed_pdf(lambda pdf: [pdf.add_blank_page() for _ in range(5)] and None, linearize=True)
    assert found(content) == {}


def _hidden_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="底稿"))
    pdf.Root["/OCProperties"] = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["名单.xlsx"] = b"abc"


def _annotated(kind: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=[10, 10, 50, 50],
            Contents="内部意见",
            T="张三丰",
        )
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(note)])

    return change


def _field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="姓名", V="张三丰"))
    pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[field])


def _inner_link(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[1, 1, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://192.168.1.8/oa"),
    )
    pdf.pages[0].obj["/Annots"] = pikepdf.Array([link])


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        (_hidden_layer, "hidden_layer", "error"),
        (_attachment, "attachment", "error"),
        (_annotated("Text"), "comment", "error"),
        (_annotated("Redact"), "unapplied_redaction", "error"),
        (_field, "form_value", "warning"),
        (_inner_link, "internal_link", "warning"),
    ],
)
def test_what_hangs_on_a_pdf_is_told(change: Callable[[pikepdf.Pdf], None], code: str, severity: str) -> None:
    assert found(changed_pdf(change))[code].severity == severity


def test_names_in_properties_are_told_masked_and_taken_out_with_comments() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = ["王小五"]
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "B"
        pdf.docinfo["/Author"] = "张三丰"
        pdf.docinfo["/部门"] = "内部"
        pdf.docinfo["/Title"] = "通知"
        _annotated("Text")(pdf)

    content = changed_pdf(change)
    said = hidden_data(content, "a.pdf")
    assert {hidden.what for hidden in said if hidden.code == "author"} == {"张某", "王某"}
    clean = cleaned(content, "a.pdf", BOTH)
    assert found(clean) == {}
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "通知"
        assert pdf.open_metadata()["pdfaid:part"] == "2"
    page = pypdfium2.PdfDocument(clean)[0]
    assert "public words" in page.get_textpage().get_text_range()


def test_a_photograph_in_a_pdf_keeps_no_place_after_cleaning() -> None:
    photo = a_jpg(gps=True, size=(80, 60))

    def change(pdf: pikepdf.Pdf) -> None:
        picture = pikepdf.Stream(pdf, photo)
        for key, value in {
            "Type": "XObject",
            "Subtype": "Image",
            "ColorSpace": "DeviceRGB",
            "Filter": "DCTDecode",
        }.items():
            picture[f"/{key}"] = pikepdf.Name(f"/{value}")
        picture["/Width"], picture["/Height"], picture["/BitsPerComponent"] = 80, 60, 8
        pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(A=pdf.make_indirect(picture))

    content = changed_pdf(change)
    assert "location" in found(content)
    clean = cleaned(content, "a.pdf")
    assert found(clean) == {}
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert pikepdf.PdfImage(pdf.pages[0].obj["/Resources"]["/XObject"]["/A"]).as_pil_image().size == (
            80,
            60,
        )


def test_a_sealed_pdf_is_not_cleaned_behind_its_seal() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        seal = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="章", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
        pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[pdf.make_indirect(seal)])

    with pytest.raises(DocumentError) as caught:
        cleaned(changed_pdf(change), "a.pdf")
    assert caught.value.code == "signed"
