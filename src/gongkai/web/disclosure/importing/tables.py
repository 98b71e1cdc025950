"""Files of rows as tables, read in processes of their own: a stranger's file must not hang the server."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings

from gongkai.documents import DocumentError
from gongkai.documents.isolation import Limits, Workers, failed
from gongkai.documents.plain_data import NotPlain, loaded
from gongkai.web.disclosure.importing import table_task
from gongkai.web.disclosure.importing.table_task import ReadTables, Sheet
from gongkai.web.disclosure.importing.unpacking import Packed, from_answer
from gongkai.web.organs.errors import WorkError

SECONDS = 25.0
# The readers beneath speak of annual reports; here the same is said of a table.
_SAID_ANEW = {
    "too_large": ("文件过大，没有读取。请分成几个文件导入。", "The file is too large. Split it."),
    "too_complex": ("文件内容过多，没有读取。请分成几个文件导入。", "The file holds too much. Split it."),
    "too_slow": (
        "文件过于复杂，在限定的时间内没有读完。请只保留要导入的表格，另存为 xlsx 后再试。",
        "The file could not be read in time. Keep the table alone and save it as xlsx.",
    ),
    "empty": ("文件是空的，没有可以导入的内容。", "The file is empty."),
    "no_words": ("文件里没有文字，没有可以导入的内容。", "The file holds no words."),
}


def read_file_of_rows(content: bytes, name: str, *, pages: bool = False) -> list[Sheet]:
    """The tables of a file. WorkError (field `file`) for what is no table, is damaged or takes too long."""
    found: ReadTables = _asked({"task": "tables", "name": name, "pages": pages}, content)
    if not found.sheets:
        raise WorkError(
            "no_table", "文件里没有表格。请使用模板，或另存为 xlsx 后再试。", "No table.", field="file"
        )
    return found.sheets


def unpack(content: bytes) -> list[Packed]:
    """The files of a zip. WorkError (field `file`) for a bomb, a password, a torn file."""
    files: list[Packed] = _asked({"task": "unpack", "name": ""}, content)
    if not files:
        raise WorkError("empty", "压缩包里没有文件。", "The zip is empty.", field="file")
    return files


def _asked(question: dict[str, Any], content: bytes) -> Any:
    own = workers()
    try:
        answered = own.run(question, content) if own else table_task.answer(question, content)
        return from_answer(answered) if question["task"] == "unpack" else loaded(ReadTables, answered)
    except DocumentError as refused:
        raise as_work_error(refused) from refused
    except (NotPlain, ValueError) as wrong:
        raise as_work_error(failed()) from wrong


def as_work_error(refused: DocumentError) -> WorkError:
    """A refusal of the readers in the words of an import."""
    zh, en = _SAID_ANEW.get(refused.code, (refused.zh, refused.en))
    return WorkError(refused.code, zh, en, field="file")


@cache
def workers() -> Workers | None:
    """The processes that read tables, for as long as the server runs; None where the settings want none."""
    limits = Limits(workers=settings.FILE_READERS, seconds=SECONDS)
    return Workers(table_task.TASK, limits) if limits.workers > 0 else None
