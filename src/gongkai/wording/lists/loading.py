"""Reading a wording list from csv, with errors that say which row and column, and what to do.

The first row names the columns, in Chinese or English, in any order: 错误表述 wrong, 正确表述 right,
等级 grade (严重表述错误 or 一般错误), 类别 kind, 出处 source, 生效日期 holds_from, 说明 note,
例外 unless, 限于 within. `wrong`, `grade`, `kind` and `source` are needed. Several values in a cell are
parted by |. Lines that begin with # are comments.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from gongkai.wording.data_files import text_of
from gongkai.wording.lists.entries import KINDS, Entry, Grade, WordList
from gongkai.wording.normal import simplify
from gongkai.wording.personal import find_all_personal
from gongkai.wording.personal.masks import mask_name
from gongkai.wording.personal.name_data import is_name

_COLUMNS = {
    "错误表述": "wrong",
    "正确表述": "right",
    "等级": "grade",
    "类别": "kind",
    "出处": "source",
    "生效日期": "holds_from",
    "说明": "note",
    "例外": "unless",
    "限于": "within",
}
_NEEDED = ("wrong", "grade", "kind", "source")
_SHOWN = 20  # characters of a cell that a message repeats
_LONGEST_WORD = 60  # characters
_STARTERS = ("common_wrong_words", "outdated_organs", "repealed_laws", "unfit_words")
_KIND_NAMES = {names[0]: kind for kind, names in KINDS.items()}


class ListError(ValueError):
    """A list that cannot be used. `code` for machines; `zh`, `en` for people; `row` from 1 with the heading.

    Codes: encoding, empty, no_column, unknown_column, needed, too_long, grade, kind, date, same_word,
    right_is_wrong, doubled.
    """

    def __init__(self, code: str, name: str, row: int | None, zh: str, en: str) -> None:
        where, where_en = (f"第{row}行", f"row {row}: ") if row else ("", "")
        self.code, self.row = code, row
        name = _shown(name)
        self.zh = f"词表“{name}”{where}：{zh}"
        self.en = f"list “{name}”: {where_en}{en}"
        super().__init__(self.zh)


def load_list(path: Path) -> WordList:
    """The list of a csv file (utf-8, with or without a byte order mark), named for the file.

    Raises ListError, or OSError if the file cannot be opened.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        zh = "不是 UTF-8 编码。请在表格软件中另存为“CSV UTF-8”"
        raise ListError("encoding", path.stem, None, zh, "not utf-8: save it as csv utf-8") from error
    return read_list(text, path.stem)


@cache
def starter_lists() -> tuple[WordList, ...]:
    """The lists shipped with the package; every entry names a public source."""
    return tuple(read_list(text_of(f"lists/{name}.csv"), name) for name in _STARTERS)


def read_list(text: str, name: str) -> WordList:
    """The list of a csv text. Raises ListError."""
    numbered = [
        (number, line)
        for number, line in enumerate(text.splitlines(keepends=True), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        raise ListError(
            "empty", name, None, "没有内容。第一行应为列名", "empty: the first row names the columns"
        )
    rows = csv.reader(io.StringIO("".join(line for _, line in numbered)))
    columns = _columns(next(rows), name, numbered[0][0])
    entries: dict[str, Entry] = {}
    for cells in rows:
        # A quoted cell may run over lines: the row is the line its last one stands in.
        row = numbered[min(rows.line_num, len(numbered)) - 1][0]
        if not any(cell.strip() for cell in cells):
            continue
        entry = _entry(dict(zip(columns, cells, strict=False)), name, row)
        if entry.wrong in entries:
            zh = f"“{_shown(entry.wrong)}”在本表中已有一条。请合并为一条"
            raise ListError("doubled", name, row, zh, f"“{_shown(entry.wrong)}” stands twice: keep one")
        entries[entry.wrong] = entry
    return WordList(name, tuple(entries.values()))


def _columns(cells: Iterable[str], name: str, row: int) -> list[str]:
    columns = [_COLUMNS.get(cell.strip(), cell.strip().lower()) for cell in cells]
    for column in columns:
        if column not in _COLUMNS.values():
            zh = f"不认识的列“{_shown(column)}”。可用的列：{'、'.join(_COLUMNS)}"
            raise ListError("unknown_column", name, row, zh, f"unknown column “{_shown(column)}”")
    for column in _NEEDED:
        if column not in columns:
            zh = f"缺少列“{_chinese(column)}”"
            raise ListError("no_column", name, row, zh, f"column “{column}” is missing")
    return columns


def _entry(cells: dict[str, str], name: str, row: int) -> Entry:
    values = {column: cell.strip() for column, cell in cells.items()}
    for column in _NEEDED:
        if not values.get(column):
            zh = f"“{_chinese(column)}”为空，必须填写"
            raise ListError("needed", name, row, zh, f"“{column}” is empty")
    wrong = values["wrong"]
    if len(wrong) > _LONGEST_WORD:
        zh = f"“错误表述”超过{_LONGEST_WORD}字。请只写出错的词语"
        raise ListError("too_long", name, row, zh, f"“wrong” is longer than {_LONGEST_WORD} characters")
    right, unless = _parts(values.get("right", "")), _parts(values.get("unless", ""))
    if wrong in right:
        zh = f"“{_shown(wrong)}”的正确表述与错误表述相同"
        raise ListError("same_word", name, row, zh, f"“{_shown(wrong)}”: right and wrong are the same")
    for word in unless:
        if simplify(wrong) not in simplify(word):
            zh = f"例外“{_shown(word)}”中不含“{_shown(wrong)}”，不起作用。例外应为包含错误表述的更长词语"
            raise ListError(
                "right_is_wrong", name, row, zh, f"exception “{_shown(word)}” does not hold “{_shown(wrong)}”"
            )
    return Entry(
        wrong,
        right,
        _grade(values["grade"], name, row),
        _kind(values["kind"], name, row),
        values["source"],
        _date(values.get("holds_from", ""), name, row),
        values.get("note", ""),
        unless,
        _parts(values.get("within", "")),
        f"{name}:{wrong}",
    )


def _grade(cell: str, name: str, row: int) -> Grade:
    try:
        return Grade(cell)
    except ValueError as error:
        zh = f"等级“{_shown(cell)}”无效。应为“{Grade.GRAVE}”或者“{Grade.ORDINARY}”"
        raise ListError("grade", name, row, zh, f"unknown grade “{_shown(cell)}”") from error


def _kind(cell: str, name: str, row: int) -> str:
    kind = _KIND_NAMES.get(cell, cell)
    if kind not in KINDS:
        zh = f"类别“{_shown(cell)}”无效。可用的类别：{'、'.join(_KIND_NAMES)}"
        raise ListError("kind", name, row, zh, f"unknown kind “{_shown(cell)}”")
    return kind


def _date(cell: str, name: str, row: int) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        zh = f"生效日期“{_shown(cell)}”无效。应写成 2018-03-17 的形式"
        raise ListError(
            "date", name, row, zh, f"“{_shown(cell)}” is no date: write it as 2018-03-17"
        ) from error


def _shown(words: str) -> str:
    """What a message may repeat of a cell: cut and masked, since a file of people may be given."""
    if is_name(words):
        return mask_name(words)
    cut = words[:_SHOWN]
    parts, at = [], 0
    for data in find_all_personal(words):
        if data.start < len(cut):
            parts += [words[at : data.start], data.masked]
            at = data.end
    return "".join([*parts, cut[at:]]) + ("…" if len(words) > _SHOWN else "")


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _chinese(column: str) -> str:
    return next(zh for zh, en in _COLUMNS.items() if en == column)
