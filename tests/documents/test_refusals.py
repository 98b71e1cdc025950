"""What cannot be read ends in one clear error, at once or within the time limit, and in nothing else."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest
from tests.documents.samples import TITLE, a_docx, an_xlsx, docx_of, paragraph, zipped

from gongkai.documents import DocumentError, read_document
from gongkai.documents.limits import MAX_ARCHIVE_MEMBERS, MAX_CELLS, MAX_LINES, MAX_MARKUP_BYTES

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NOISE = bytes((i * 7919 + i // 255) % 256 for i in range(20_000))


def refusal(content: bytes, name: str = "report") -> DocumentError:
    began = time.process_time()
    with pytest.raises(DocumentError) as error:
        read_document(content, name)
    assert time.process_time() - began < 5
    return error.value


def torn(content: bytes) -> bytes:
    return content[: len(content) // 2]


def open_document(kind: str) -> bytes:
    """The beginning of an OpenDocument file: its kind, unpacked, before everything else."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<a/>", zipfile.ZIP_DEFLATED)
    return stream.getvalue()


GOOD_DOCX = a_docx(lambda document: document.add_paragraph(TITLE))
GOOD_XLSX = an_xlsx(lambda workbook: workbook.add_worksheet().write(0, 0, TITLE))


@pytest.mark.parametrize("content", [b"", b"  \r\n\t", b"\xef\xbb\xbf", bytes(100)])
def test_an_empty_file_says_it_is_empty(content: bytes) -> None:
    assert refusal(content, "report.txt").code == "empty"


@pytest.mark.parametrize("name", ["report.docx", "report.xlsx", "report.pdf"])
def test_noise_under_the_name_of_a_format_is_a_damaged_file_of_it(name: str) -> None:
    error = refusal(NOISE, name)
    assert error.code == "damaged"
    assert name.rpartition(".")[2] in error.zh


@pytest.mark.parametrize("content", [torn(GOOD_DOCX), torn(GOOD_XLSX), zipped({"word/document.xml": "<w"})])
def test_a_torn_office_file_is_damaged(content: bytes) -> None:
    assert refusal(content).code == "damaged"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (NOISE, "格式"),
        (zipped({"readme.txt": "a"}), "压缩包"),
        (zipped({"OFD.xml": "<a/>"}), "OFD"),
        (zipped({"xl/workbook.bin": "a"}), "xlsb"),
        (b"{\\rtf1\\ansi " + b"a" * 100 + b"}", "RTF"),
        (b'<?xml version="1.0"?><data/>', "XML"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_what_to_save_it_as(content: bytes, word: str) -> None:
    error = refusal(content)
    assert error.code == "unknown_format"
    assert word in error.zh
    assert "另存为" in error.zh


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (open_document("text"), "report", "docx"),
        (open_document("spreadsheet"), "report", "xlsx"),
        (zipped({"content.xml": "<a/>"}), "report.odt", "docx"),
        (NOISE, "report.odt", "docx"),
        (NOISE, "report.wps", "docx"),
        (NOISE, "report.et", "xlsx"),
        (b"{\\rtf1\\ansi " + b"a" * 100 + b"}", "report.doc", "docx"),
    ],
)
def test_a_document_of_another_program_is_no_archive_but_to_be_saved_anew(
    content: bytes, name: str, words: str
) -> None:
    error = refusal(content, name)
    assert error.code == "unknown_format"
    assert f"请用 WPS 或 Word 另存为 {words}" in error.zh
    assert "解压" not in error.zh


def test_a_file_of_no_known_format_is_told_every_one_that_is_read() -> None:
    for kind in ("docx", "doc", "wps", "pdf", "html", "mht", "xlsx", "xls", "txt", "md", "csv", "json"):
        assert kind in refusal(NOISE).zh


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (OLE2 + "Bookman Old Style".encode("utf-16-le") + NOISE, "report.doc", "doc"),
        (OLE2 + "Workbook".encode("utf-16-le") + NOISE, "report.doc", "doc"),
        (OLE2 + NOISE, "report.xls", "xls"),
        (OLE2 + NOISE, "report.et", "xls"),
        (NOISE, "report.doc", "doc"),
    ],
)
def test_a_damaged_old_file_is_called_what_its_directory_or_its_name_tells(
    content: bytes, name: str, kind: str
) -> None:
    error = refusal(content, name)
    assert error.code == "damaged"
    assert error.zh.startswith(f"{kind} ")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (OLE2 + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE2 + "Workbook".encode("utf-16-le"), "xls"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "mht"),
    ],
)
def test_a_head_without_a_body_is_a_damaged_file_of_that_format(content: bytes, word: str) -> None:
    error = refusal(content)
    assert error.code == "damaged"
    assert error.zh.startswith(f"{word} ")


def test_an_office_file_under_a_password_says_so() -> None:
    assert refusal(OLE2 + "EncryptedPackage".encode("utf-16-le"), "report.docx").code == "encrypted"


@pytest.mark.parametrize(
    "mark", [b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"II*\x00", b"RIFF0000WEBP"]
)
def test_a_picture_is_refused_as_a_picture(mark: bytes) -> None:
    assert refusal(mark + NOISE, "report.png").code == "image_only"


def test_a_text_of_two_hundred_megabytes_is_refused_at_once() -> None:
    content = b"0" * 200_000_000
    began = time.process_time()
    assert refusal(content, "report.txt").code == "too_large"
    assert time.process_time() - began < 0.1


def test_a_bomb_of_zeros_is_not_unpacked() -> None:
    assert refusal(zipped({"word/document.xml": bytes(60_000_000)}), "report.docx").code == "too_complex"


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks() -> None:
    bomb = bytearray(zipped({"word/document.xml": bytes(50_000_000)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = bomb.index(mark) + at
        bomb[start : start + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(bomb), "report.docx").code in ("damaged", "too_complex")


def test_an_archive_of_thousands_of_parts_is_refused() -> None:
    parts: dict[str, str | bytes] = {f"word/media/{n}": "" for n in range(MAX_ARCHIVE_MEMBERS + 1)}
    assert refusal(zipped({"word/document.xml": "<a/>", **parts})).code == "too_complex"


def test_an_encrypted_zip_member_is_said_to_be_encrypted() -> None:
    stream = BytesIO(GOOD_DOCX)
    content = bytearray(GOOD_DOCX)
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            content[member.header_offset + 6] |= 1
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + 8] |= 1
        start += 4
    assert refusal(bytes(content)).code == "encrypted"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"a\n" * (MAX_LINES + 1), "report.txt"),
        (b"1,2\n" * MAX_CELLS, "report.csv"),
        (b"<html>" + b"<div>" * 100_000, "report.html"),
        (b"<html><select>" + b"<option>a</option>" * 50_000, "report.html"),
        (b"<table><tr><td>" * 100 + b"1", "report.html"),
        (
            docx_of("<w:tbl><w:tr><w:tc>" * 30 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 30),
            "report.docx",
        ),
    ],
    ids=["lines", "cells", "nesting", "choices", "nested tables", "nested tables of Word"],
)
def test_more_than_a_report_could_hold_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name).code == "too_complex"


def test_a_page_larger_than_any_page_is_refused() -> None:
    assert refusal(b"<html><p>" + b"a" * MAX_MARKUP_BYTES, "report.html").code == "too_large"


def test_a_file_that_takes_too_long_is_given_up() -> None:
    cells = b"<tr><td rowspan=60000 colspan=1000>1" * 30_000
    assert refusal(b"<html><table>" + cells, "report.html").code in ("too_slow", "too_complex")


def test_every_error_speaks_both_languages_and_says_what_to_do() -> None:
    for content, name in ((b"", "a"), (NOISE, "a.docx"), (NOISE, "a"), (b"\x89PNG", "a"), (OLE2, "a.doc")):
        error = refusal(content, name)
        assert error.message("zh") == error.zh != error.message("en")
        assert error.zh.count("。") >= 2
