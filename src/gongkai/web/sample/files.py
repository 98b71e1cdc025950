"""Attachments of the sample: small files made by the program's own writers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from gongkai.documents.publishing import look
from gongkai.documents.writing.typesetting import typeset
from gongkai.documents.writing.word_file import WordFile
from gongkai.web.disclosure import file_store
from gongkai.web.sample.district import organs
from gongkai.web.sample.texts import table_rows

_WRITTEN = dt.datetime(2024, 1, 2, 9, tzinfo=dt.UTC)
_LINES = (
    "本附件为示例文件，内容纯属虚构，仅用于演示附件的上传、检查、下载和检索。",
    "填写人应当对所填内容的真实性负责。表中各栏没有内容的，填写“无”。",
    "本表一式两份，一份由受理单位留存，一份交申请人。",
)


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that may be attached, as `disclosure.looking_at_files` found it."""

    name: str
    content: bytes
    media_type: str
    size: int
    sha256: str
    text: str
    findings: list[Any]


@cache
def ready_files() -> dict[str, ReadyFile]:
    """One file of each form: docx, xlsx, pdf. Looked at as an upload is, and kept in the file store."""
    made = {
        "docx": ("申请表.docx", _word()),
        "xlsx": ("附表.xlsx", _sheet()),
        "pdf": ("示意图说明.pdf", _pdf()),
    }
    return {form: _looked_at(name, content) for form, (name, content) in made.items()}


def _looked_at(name: str, content: bytes) -> ReadyFile:
    # They are our own files: no process of their own is needed to read them.
    found = look(content, name)
    digest = file_store.store(content)
    kept = found.accepted
    return ReadyFile(
        kept.name, content, kept.media_type, len(content), digest, found.text, list(found.findings)
    )


def _word() -> bytes:
    document = WordFile("申请表（示例）", "", _WRITTEN)
    document.title(["申请表（示例）"])
    for line in _LINES:
        document.paragraph(line)
    return document.content()


def _sheet() -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN.replace(tzinfo=None)})
        sheet = book.add_worksheet("附表")
        for at, row in enumerate(table_rows("money", organs()[0], Random(1), 1200)):  # noqa: S311 - a sample
            sheet.write_row(at, 0, row)
    return buffer.getvalue()


def _pdf() -> bytes:
    template = (files(__package__) / "data" / "sheet.typ").read_bytes()
    return typeset(template, {"title": "示意图说明（示例）", "lines": list(_LINES)}, _WRITTEN)
