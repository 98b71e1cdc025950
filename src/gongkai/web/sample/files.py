"""Attachments of the sample: small files made by the program's own writers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import xlsxwriter

from gongkai.documents.publishing import look
from gongkai.documents.writing.typesetting import typeset
from gongkai.documents.writing.word_file import WordFile
from gongkai.web.disclosure import file_store

_WRITTEN = dt.datetime(2024, 1, 2, 9, tzinfo=dt.UTC)
_LINES = (
    "本附件为示例文件，内容纯属虚构，仅用于演示附件的上传、检查、下载和检索。",
    "填写人应当对所填内容的真实性负责。表中各栏没有内容的，填写“无”。",
    "本表一式两份，一份由受理单位留存，一份交申请人。",
)
_ROWS = (
    ("项目", "金额（万元）"),
    ("一般公共服务支出", 286),
    ("社会保障和就业支出", 312),
    ("城乡社区支出", 402),
    ("住房保障支出", 200),
    ("合计", 1200),
)
_LONGEST_SHEET_NAME, _COLUMN = 31, 18


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
        "docx": ("申请表.docx", word("申请表（示例）", _LINES)),
        "xlsx": ("附表.xlsx", sheet("附表", _ROWS)),
        "pdf": ("示意图说明.pdf", pdf("示意图说明（示例）", _LINES)),
    }
    return {form: looked_at(name, content) for form, (name, content) in made.items()}


def looked_at(name: str, content: bytes) -> ReadyFile:
    """A file of ours as an upload is kept."""
    # They are our own files: no process of their own is needed to read them.
    found = look(content, name)
    digest = file_store.store(content)
    kept = found.accepted
    return ReadyFile(
        kept.name, content, kept.media_type, len(content), digest, found.text, list(found.findings)
    )


def word(title: str, lines: Sequence[str]) -> bytes:
    """A Word file with a title and paragraphs."""
    document = WordFile(title, "", _WRITTEN)
    document.title([title])
    for line in lines:
        document.paragraph(line)
    return document.content()


def sheet(name: str, rows: Sequence[Sequence[str | float]]) -> bytes:
    """A workbook of one sheet; the first row is its head."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN.replace(tzinfo=None)})
        page = book.add_worksheet(name[:_LONGEST_SHEET_NAME])
        page.set_column(0, len(rows[0]) - 1, _COLUMN)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row, book.add_format({"bold": True}) if not at else None)
    return buffer.getvalue()


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """A PDF of a page."""
    template = (files(__package__) / "data" / "sheet.typ").read_bytes()
    return typeset(template, {"title": title, "lines": list(lines)}, _WRITTEN)
