"""The written pdf against what PDF/A-2b (ISO 19005-2) and accessibility ask of a file."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from tests.annual.writing.random_texts import report_with_text

from gongkai.annual import read_reports
from gongkai.annual.writing import write_report
from gongkai.annual.writing.unbroken import pieces
from gongkai.documents import read_document
from gongkai.documents.writing.characters import STAND_IN, missing_characters


@pytest.fixture(scope="module")
def pdf() -> Any:
    content = write_report(report_with_text("2021", 3), "pdf").content
    return pikepdf.open(io.BytesIO(content))


def objects(pdf: Any, type_: str) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == type_]


def tags(element: Any) -> list[str]:
    """The structure types below an element, in reading order."""
    if isinstance(element, pikepdf.Array):
        return [tag for child in element for tag in tags(child)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    return [str(element.S)] * ("/S" in element) + tags(element.get("/K"))


def test_the_file_says_that_it_is_pdf_a_2b(pdf: Any) -> None:
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")


def test_the_file_says_that_it_is_accessible(pdf: Any) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_colours_have_an_output_intent_with_a_profile(pdf: Any) -> None:
    [intent] = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert len(intent.DestOutputProfile.read_bytes()) > 100


def test_every_font_is_embedded(pdf: Any) -> None:
    descriptors = objects(pdf, "/FontDescriptor")
    assert len(descriptors) >= 2
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in descriptors)
    assert {str(font.FontName).split("+")[1][:7] for font in descriptors} == {"Gongkai"}


def test_nothing_that_archives_forbid_is_in_the_file(pdf: Any) -> None:
    assert not pdf.is_encrypted
    assert "/Encrypt" not in pdf.trailer
    assert "/ID" in pdf.trailer
    for name in ("/JavaScript", "/EmbeddedFiles"):
        assert name not in pdf.Root.get("/Names", {})
    assert "/AA" not in pdf.Root
    assert "/OpenAction" not in pdf.Root or isinstance(pdf.Root.OpenAction, pikepdf.Array)


def test_the_text_is_tagged_in_reading_order_with_language_and_title(pdf: Any) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("zh")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    found = tags(pdf.Root.StructTreeRoot.K)
    assert found.count("/H1") == 6
    assert found.count("/Table") == 3
    assert found.count("/TH") >= 20
    assert found.index("/H1") < found.index("/Table")


def test_title_and_author_stand_in_the_properties(pdf: Any) -> None:
    report = report_with_text("2021", 3)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"{report.organ}{report.year}年政府信息公开工作年度报告"
        assert report.organ in str(metadata["dc:creator"])


def test_a_character_that_no_font_has_is_marked_and_noted() -> None:
    report = report_with_text("2021", 3)
    report.sections["overview"] = "全年举办政府开放日活动3场😀，群众满意。"
    written = write_report(report, "pdf")
    assert any("😀" in zh and "U+1F600" in zh for zh, _ in written.notes)
    [found] = read_reports(read_document(written.content, "report.pdf"))
    assert found.sections["overview"] == f"全年举办政府开放日活动3场{STAND_IN}，群众满意。"
    assert write_report(report, "docx").notes == []


def test_rare_characters_of_names_and_places_are_in_the_fonts() -> None:
    assert missing_characters("镕喆堃㙍㑇䶮𠅤𡐓龘①〔〕〓—…“”·％☆") == []


def test_no_line_ends_where_a_reader_would_see_the_end_of_a_paragraph() -> None:
    whole = [
        piece.text
        for piece in pieces("办结12件。其中予以公开3件；一、不予公开的9件均说明了理由")
        if piece.whole
    ]
    assert any("。其" in text for text in whole)
    assert any("；一、" in text for text in whole)
    assert "".join(piece.text for piece in pieces("（一）主动公开。共12条。")) == "（一）主动公开。共12条。"
