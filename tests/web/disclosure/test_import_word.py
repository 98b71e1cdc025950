"""Records from Word files, one or many or in a zip: clean words, title, number and date; all drafts."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from docx import Document
from tests.web.platform import House

from gongkai.web.disclosure.actions.importing import dry_run_word, run_import_word
from gongkai.web.disclosure.models import Record, State
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def word(title: str = "关于做好2026年防汛工作的通知", number: str = "虚政发〔2026〕12号") -> bytes:
    document = Document()
    if number:
        document.add_paragraph(number).alignment = 1
    document.add_paragraph(title).alignment = 1
    document.add_paragraph("各村（社区）：")
    document.add_paragraph("现就做好防汛工作通知如下。")
    document.add_paragraph("2026年3月1日").alignment = 2
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(files: dict[str, bytes], **facts: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **facts) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tried(house: House, *files: tuple[str, bytes]) -> Any:
    return dry_run_word(by=house[Role.DISCLOSURE_OFFICE], organ=house.organ, files=files, unit=house.affairs)


def test_a_word_file_becomes_a_draft_with_what_it_says(town: House) -> None:
    files = [("通知.docx", word())]
    by = town[Role.CLERK]
    run = run_import_word(by=by, organ=town.organ, files=files, unit=town.affairs)
    record = Record.objects.get(pk=run.results[0])
    assert record.state == State.DRAFT
    assert record.title == "关于做好2026年防汛工作的通知"
    assert record.document_number == "虚政发〔2026〕12号"
    assert record.made_on == dt.date(2026, 3, 1)
    assert record.genre == "circular"
    assert record.working is not None
    assert "现就做好防汛工作" in record.working.body
    with pytest.raises(WorkError) as refused:
        run_import_word(by=by, organ=town.organ, files=files, unit=town.affairs)
    assert refused.value.code == "imported_already"


def test_a_zip_stands_for_the_files_in_it_and_one_bad_file_spoils_no_other(town: House) -> None:
    content = zipped(
        {
            "文件/甲.docx": word("关于甲事的通知", "虚政发〔2026〕1号"),
            "文件/乙.docx": word("关于乙事的通知", "虚政发〔2026〕2号"),
            "文件/坏.docx": b"PK\x03\x04 broken word/document",
            "__MACOSX/._甲.docx": b"x",
            "~$甲.docx": b"x",
        }
    )
    trial = tried(town, ("文件.zip", content))
    assert [(row.sheet, row.standing) for row in trial.rows] == [
        ("乙.docx", "new"),
        ("坏.docx", "error"),
        ("甲.docx", "new"),
    ]
    run = run_import_word(
        by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, files=[("文件.zip", content)], leave_out_bad=True
    )
    assert (run.made, run.left_out) == (2, 1)


def test_names_that_old_programs_wrote_in_gbk_are_read(town: House) -> None:
    content = zipped({"JIA.docx": word()}).replace(b"JIA.docx", "甲.docx".encode("gbk").ljust(8, b"x"))
    (row,) = tried(town, ("a.zip", content)).rows
    assert row.sheet.startswith("甲")


@pytest.mark.parametrize("shape", ["bomb", "many", "torn", "nested"])
def test_a_hostile_zip_is_refused_in_words(town: House, shape: str) -> None:
    content = {
        "bomb": lambda: zipped({"a.docx": bytes(30 * 1024 * 1024)}),
        "many": lambda: zipped({f"{n}.docx": b"x" for n in range(101)}),
        "torn": lambda: zipped({"a.docx": word()})[:300],
        "nested": lambda: zipped({"a.zip": zipped({"b.docx": word()})}),
    }[shape]()
    if shape == "nested":
        (row,) = tried(town, ("a.zip", content)).rows
        assert row.standing == "error"
        return
    with pytest.raises(WorkError) as refused:
        tried(town, ("a.zip", content))
    assert refused.value.field == "file"


def test_the_same_document_in_two_files_is_told(town: House) -> None:
    trial = tried(town, ("甲.docx", word()), ("乙.docx", word()))
    assert [row.standing for row in trial.rows] == ["new", "error"]


def test_no_file_and_too_many_files_are_refused(town: House) -> None:
    with pytest.raises(WorkError, match="请选择"):
        tried(town)
