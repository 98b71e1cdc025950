"""What may go out as an attachment, and what may not, whatever it is called."""

# ruff: noqa: E501 -- markup is read more easily unbroken

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.publishing.made_files import (
    a_docx,
    a_jpg,
    a_pdf,
    a_png,
    an_ofd,
    an_xlsx,
    appended_pdf,
    changed_pdf,
    docx_of,
    paragraph,
    relation,
    with_parts,
    zipped,
)

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing import accept
from gongkai.documents.publishing.file_names import split_name

FILES = Path(__file__).parents[1] / "files"
DOC, XLS = (FILES / "report-2021.doc").read_bytes(), (FILES / "report-2021.xls").read_bytes()
BODY = paragraph("公开")
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def refused(content: bytes, name: str, limit: int | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        accept(content, name) if limit is None else accept(content, name, limit)
    assert caught.value.zh
    assert caught.value.en
    assert "{" not in caught.value.zh + caught.value.en
    return caught.value


@pytest.mark.parametrize(
    ("content", "name", "kind", "called", "media_type"),
    [
        (a_pdf(), "通知.PDF", "pdf", "通知.pdf", "application/pdf"),
        (a_docx(), "办法.docx", "docx", "办法.docx", None),
        (an_xlsx(), "目录.xlsx", "xlsx", "目录.xlsx", None),
        (DOC, "年报.doc", "doc", "年报.doc", "application/msword"),
        (DOC, "年报.wps", "doc", "年报.wps", "application/wps-office.wps"),
        (XLS, "年报.et", "xls", "年报.et", "application/wps-office.et"),
        (XLS, "年报.xls", "xls", "年报.xls", "application/vnd.ms-excel"),
        (an_ofd(), "公文.ofd", "ofd", "公文.ofd", "application/ofd"),
        (a_png(), "图.png", "png", "图.png", "image/png"),
        (a_jpg(), "图.JPEG", "jpg", "图.jpg", "image/jpeg"),
        ("说明".encode(), "说明.txt", "txt", "说明.txt", "text/plain"),
        ("说明".encode("gb18030"), "说明", "txt", "说明.txt", "text/plain"),
        ("甲,乙\n1,-2\n".encode(), "数据.csv", "csv", "数据.csv", "text/csv"),
        (b'{"a": [1, 2]}', "data.json", "json", "data.json", "application/json"),
        ("<?xml version='1.0'?><数据><项>1</项></数据>".encode(), "a.xml", "xml", "a.xml", "application/xml"),
    ],
)
def test_documents_tables_and_pictures_are_accepted(
    content: bytes, name: str, kind: str, called: str, media_type: str | None
) -> None:
    accepted = accept(content, name)
    assert (accepted.kind, accepted.name, accepted.size) == (kind, called, len(content))
    assert accepted.media_type == (media_type or accepted.media_type)
    assert not accepted.renamed


def test_a_file_of_the_same_family_under_an_old_ending_is_renamed() -> None:
    accepted = accept(a_docx(), "通知.doc")
    assert (accepted.name, accepted.renamed) == ("通知.docx", True)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b" \r\n", "a.txt", "empty"),
        (b"MZ\x90\x00" + b"\0" * 99, "通知.pdf", "disguised"),
        (b"MZ\x90\x00" + b"\0" * 99, "setup.exe", "executable"),
        (b"\x7fELF" + b"\0" * 99, "通知.docx", "disguised"),
        (b"<html><script>alert(1)</script>", "通知.pdf", "disguised"),
        (b"<html><p>a</html>", "page.html", "active_page"),
        (b"\xef\xbb\xbf <!-- a --><!DOCTYPE html><p>", "a.txt", "active_page"),
        ("<html>通知".encode("utf-16"), "a.txt", "active_page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "active_page"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "disguised"),
        (b"<?php echo 1;", "a.txt", "executable"),
        (b"#!/bin/sh\nrm -rf /", "a.txt", "executable"),
        (b"@echo off\r\ndel *.*", "a.txt", "executable"),
        (zipped({"a.txt": "a"}), "资料.zip", "archive"),
        (zipped({"a.txt": "a"}), "资料.docx", "disguised"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 50, "资料.rar", "archive"),
        (b"\x1f\x8b\x08" + b"\0" * 50, "a.csv", "disguised"),
        (a_pdf(), "通知.docx", "disguised"),
        (a_pdf(), "通知.exe", "disguised"),
        (a_pdf(), "通知.pdf.exe", "disguised"),
        (a_pdf(), "通知\u202efdp.exe", "disguised"),
        (a_pdf(), "通知.pdf\0.exe", "disguised"),
        (a_png(), "a.jpg", "disguised"),
        (b"# words", "a.md", "not_allowed"),
        (a_docx(), "a.xlsx", "disguised"),
        (b"GIF89a" + b"\0" * 20, "a.gif", "not_allowed"),
        (b"{\\rtf1 a}", "a.rtf", "not_allowed"),
        (b"\x00\x01\x02\x03" * 20, "a.bin", "unknown_format"),
        (a_pdf() + zipped({"a": "b"}), "a.pdf", "two_formats"),
        (a_jpg() + zipped({"a": "b"}), "a.jpg", "two_formats"),
        (a_png() + b"<script>alert(1)</script>", "a.png", "two_formats"),
        (a_png()[:-20], "a.png", "damaged"),
        (a_jpg()[:-30], "a.jpg", "damaged"),
        (b"=cmd|' /C calc'!A0,1\n", "a.csv", "active_content"),
        (b"{not json", "a.json", "damaged"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a.xml", "active_content"),
        (
            b"<?xml version='1.0'?><a xmlns:h='http://www.w3.org/1999/xhtml'><h:script/></a>",
            "a.xml",
            "active_page",
        ),
        (b"<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><a/>", "a.xml", "active_content"),
    ],
)
def test_what_is_no_public_document_is_refused_with_its_reason(content: bytes, name: str, code: str) -> None:
    assert refused(content, name).code == code


@pytest.mark.parametrize("name", ["通知.docm", "通知.docx", "通知.doc", "通知"])
def test_macros_are_refused_under_any_name(name: str) -> None:
    by_type = docx_of(BODY, main=MACRO_TYPE)
    by_part = docx_of(BODY, {"word/vbaProject.bin": b"\xd0\xcf"})
    by_case = docx_of(BODY, {"word/VBAPROJECT.BIN": b"\xd0\xcf"})
    assert {refused(content, name).code for content in (by_type, by_part, by_case)} == {"macros"}


def test_old_files_with_a_store_of_macros_are_refused() -> None:
    entry = "Macros".encode("utf-16-le").ljust(64, b"\0") + (14).to_bytes(2, "little") + b"\x01\x01"
    with_macros = DOC + b"\0" * (-len(DOC) % 512) + entry.ljust(512, b"\0")
    assert refused(with_macros, "a.doc").code == "macros"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            docx_of(BODY, {"word/embeddings/oleObject1.bin": "\x01Ole10Native".encode("utf-16-le")}),
            "embedded_file",
        ),
        (docx_of(BODY, {"word/embeddings/a.exe": b"MZ"}), "embedded_file"),
        (docx_of(BODY, {"word/activeX/activeX1.xml": "<a/>"}), "active_content"),
        (
            docx_of(BODY, relations=relation("r9", "oleObject", "http://example.com/a.doc", True)),
            "active_content",
        ),
        (
            docx_of(BODY, relations=relation("r9", "attachedTemplate", "\\\\host\\a.dotm", True)),
            "active_content",
        ),
        (
            docx_of(
                "<w:p><w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO cmd x</w:instrText></w:r></w:p>"
            ),
            "active_content",
        ),
        (with_parts(a_docx(), {"word/settings.xml": "<broken"}), None),
        (docx_of(BODY, {"WORD/document.xml": "<a/>"}), "damaged"),
    ],
)
def test_a_word_file_that_runs_or_carries_something_is_refused(content: bytes, code: str | None) -> None:
    if code is None:
        assert accept(content, "a.docx").kind == "docx"
    else:
        assert refused(content, "a.docx").code == code


_TYPE = '<!DOCTYPE a [<!ENTITY b "c">]>'
_FAR_DOWN = f"<!--{'x' * 20_000}-->"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("head", [_TYPE, _FAR_DOWN + _TYPE, "<!DOCTYPE a SYSTEM 'file:///etc/hostname'>"])
@pytest.mark.parametrize("part", ["docProps/core.xml", "word/settings.xml", "customXml/item1.xml"])
def test_a_part_that_declares_a_document_type_is_refused(part: str, head: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{head}<a/>'.encode(encoding)
    found = refused(with_parts(a_docx(), {part: xml}), "a.docx")
    assert found.code == "document_type"
    assert part in found.zh
    assert "另存" in found.zh
    assert refused(with_parts(an_xlsx(), {part: xml}), "a.xlsx").code == "document_type"


def test_words_about_document_types_are_no_document_type() -> None:
    about = "<![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]><!-- <!DOCTYPE a> -->"
    assert accept(with_parts(a_docx(), {"customXml/item1.xml": f"<a>{about}</a>"}), "a.docx").kind == "docx"


def test_a_local_template_is_no_reason_to_refuse() -> None:
    local = docx_of(BODY, relations=relation("r9", "attachedTemplate", "file:///C:\\Users\\a\\b.dotm", True))
    assert accept(local, "a.docx").kind == "docx"


def _action(kind: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), JS="app.alert(1)", F="a.exe")

    return changed_pdf(change)


@pytest.mark.parametrize("kind", ["JavaScript", "Launch", "SubmitForm", "ImportData", "GoToE"])
def test_a_pdf_that_acts_by_itself_is_refused(kind: str) -> None:
    assert refused(_action(kind), "a.pdf").code == "active_content"
    packed = changed_pdf(lambda _: None, _action(kind), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert refused(packed, "a.pdf").code == "active_content"


def test_a_pdf_that_opens_at_a_page_or_speaks_of_scripts_is_accepted() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/OpenAction"] = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name("/Fit")])
        pdf.docinfo["/Title"] = "about /JS and /S /JavaScript (and /Launch)"

    assert accept(changed_pdf(change), "a.pdf").kind == "pdf"


def test_a_pdf_with_files_in_it_is_refused() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["名单.xlsx"] = b"abc"

    assert refused(changed_pdf(change), "a.pdf").code == "embedded_file"


@pytest.mark.parametrize("user", ["", "secret"])
def test_a_protected_pdf_is_refused_whether_or_not_it_opens(user: str) -> None:
    locked = changed_pdf(lambda _: None, encryption=pikepdf.Encryption(owner="x", user=user))
    assert refused(locked, "a.pdf").code == "encrypted"


def test_a_pdf_saved_by_appending_is_accepted() -> None:
    assert accept(appended_pdf("old words", "new words"), "a.pdf").kind == "pdf"


def test_the_limit_is_stated_in_the_refusal() -> None:
    error = refused(b"a" * 2_097_152, "a.txt", 1_048_576)
    assert error.code == "too_large"
    assert "2.0 MB" in error.zh
    assert "1 MB" in error.zh


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = docx_of(BODY, {"word/media/a.xml": b"\0" * 300_000_000})
    assert refused(bomb, "a.docx").code == "too_complex"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.pdf", ("passwd", ".pdf")),
        ("C:\\桌面\\关于某事的通知.pdf", ("关于某事的通知", ".pdf")),
        ("《办法》（2024年）—— 试行.docx", ("《办法》（2024年）—— 试行", ".docx")),
        ("a\u200bb\u202ec.pdf", ("abc", ".pdf")),
        ("报告.2024", ("报告.2024", "")),
        ("CON.pdf", ("_CON", ".pdf")),
        ("...", ("附件", "")),
        (".pdf", ("附件", ".pdf")),
        ("a<b>:c?.pdf", ("a_b__c_", ".pdf")),
    ],
)
def test_names_lose_paths_and_tricks_and_keep_their_chinese(name: str, cleaned: tuple[str, str]) -> None:
    assert split_name(name) == cleaned


@given(st.text(max_size=400))
def test_a_cleaned_name_is_safe_and_stays_as_it_is(name: str) -> None:
    stem, suffix = split_name(name)
    assert 0 < len((stem + suffix).encode()) <= 255
    assert not set(stem + suffix) & set('/\\<>:"|?*\0\n\r\u202e\u200b')
    assert split_name(stem + suffix)[0] == stem or not suffix
    assert stem not in ("", ".", "..")


@pytest.mark.parametrize("count", [b"0", b"9", b"-1", b"null"])
def test_a_pdf_that_counts_its_pages_wrong_is_answered_or_refused(count: bytes) -> None:
    broken = a_pdf(pageCompression=0).replace(b"/Count 1", b"/Count " + count)
    try:
        outcome = accept(broken, "a.pdf").kind
    except DocumentError as error:
        outcome = error.code
    assert outcome in ("pdf", "damaged")
