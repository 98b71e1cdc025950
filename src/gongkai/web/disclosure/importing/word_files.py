"""Word files, one or many or in a zip, each as a row: clean html with what the file seems to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gongkai.documents import DocumentError
from gongkai.statute.catalogue import RecordKind, genre_of_title
from gongkai.statute.identifiers import parse_document_number
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.importing.record_rows import NAMES
from gongkai.web.disclosure.importing.tables import as_work_error, unpack
from gongkai.web.disclosure.looking_at_files import WordPage, word_page
from gongkai.web.organs.errors import WorkError

MOST_FILES = 100
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = re.compile(r"\.(?:docx?|docm|wps|xlsx?|pptx?|dotx?)\Z", re.IGNORECASE)
_MOST_TITLE = 300
_MOST_FINDINGS = 5


def word_rows(files: Sequence[tuple[str, bytes]], *, kind: RecordKind) -> Trial:
    """A row for each file, in order; a zip stands for the files in it. WorkError for none, or too many."""
    name = files[0][0] if len(files) == 1 else f"{len(files)} 个文件"
    trial = Trial(name, [])
    given: list[tuple[str, bytes]] = []
    for file_name, content in files:
        if _is_zip(file_name, content):
            given += [(one.name, one.content) for one in unpack(content)]
        else:
            given.append((file_name, content))
    if not given:
        raise WorkError("no_file", "请选择要导入的 Word 文件。", "Choose a file.", field="file")
    if len(given) > MOST_FILES:
        zh = f"共有 {len(given)} 个文件，一次最多导入 {MOST_FILES} 个。请分次导入。"
        raise WorkError("too_many_files", zh, f"At most {MOST_FILES} files at once.", field="file")
    trial.rows = [_row(number, *one, kind) for number, one in enumerate(given, 1)]
    return trial


def _row(number: int, name: str, content: bytes, kind: RecordKind) -> Row:
    row = Row(number, _stem(name), name)
    row.facts = {"content": {"title": row.title}, "kind": kind.code, **_NOTHING, "files": []}
    try:
        page = word_page(content, name)
    except DocumentError as refused:
        said = as_work_error(refused)
        row.fault("", said.code, f"“{name}”：{said.zh}", said.en)
        return row
    row.title = (page.title or row.title)[:_MOST_TITLE]
    row.facts["content"] = _content(row, page, kind)
    row.facts["images"] = page.images
    for finding in page.findings[:_MOST_FINDINGS]:
        # What a Word file hides does not come along: only what its page shows is taken.
        zh = f"{finding['zh']}（没有导入隐藏的内容）"
        row.remark("", str(finding["code"]), zh, str(finding["en"]))
    return row


def _content(row: Row, page: WordPage, kind: RecordKind) -> dict[str, Any]:
    genre = genre_of_title(row.title)
    content: dict[str, Any] = {
        "title": row.title,
        "made_on": page.made_on,
        "genre": genre.code if genre else "",
        "category": kind.category,
        "body": page.html,
    }
    if page.document_number:
        read = parse_document_number(page.document_number)
        if read.ok:
            content["document_number"] = str(read)
        else:
            zh = f"文中的“{page.document_number}”不像规范的发文字号，没有填入，请核对。"
            row.remark(NAMES["document_number"], "document_number_left_out", zh, "Its number was left out.")
    if not page.title:
        zh = "没有认出标题，暂用文件名，请核对。"
        row.remark(NAMES["title"], "title_from_file_name", zh, "The file's name stands for the title.")
    return content


_NOTHING: dict[str, Any] = {"index_number": "", "unit": "", "item": ""}


def _is_zip(name: str, content: bytes) -> bool:
    """A zip that is no Office file: those are zips themselves, and name their parts in plain bytes."""
    if not content.startswith(_ZIP):
        return False
    return name.lower().endswith(".zip") or not (_OFFICE.search(name) or b"[Content_Types].xml" in content)


def _stem(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.split())[:_MOST_TITLE]
