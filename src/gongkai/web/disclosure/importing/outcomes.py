"""What an import would do: row by row, with everything that is wrong and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from gongkai.web.disclosure.importing.cells import short
from gongkai.web.disclosure.importing.masking import masked, masked_as
from gongkai.web.organs.errors import WorkError

_ADVICE = ("请", "建议", "应如")
Standing = Literal["new", "changed", "same", "error"]


class Column(NamedTuple):
    """A column of a sheet as its reader sees it: the letter above it (`C`) and the words of its header."""

    letter: str
    header: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a column (its label, "" for the whole row). An error keeps the row out.

    `place`: the column as it stands in the sheet, None where it has none; `value`: what the cell says, short
    and with personal data masked.
    """

    column: str
    code: str
    zh: str
    en: str
    is_error: bool = True
    place: Column | None = None
    value: str = ""

    def message(self, lang: str = "zh") -> str:
        """In words: where it stands, what stands there, what is wrong and what to do."""
        words = self.en if lang == "en" else self.zh
        value = self.value if self.value not in words else ""
        if lang == "en":
            where = f"column {self.place.letter} “{self.place.header}”" if self.place else self.column
            said = f"{where} (“{value}”)" if value else where
            return f"{said}: {words}" if said else words
        if self.place is None:
            return words if not self.column or self.column in words else f"{self.column}：{words}"
        said = f"{self.place.letter} 列“{self.place.header}”" + (f"填的是“{value}”" if value else "")
        return f"{said}：{words}"


@dataclass(slots=True)
class Row:
    """A row of a file. `number`: as in the sheet, from 1. `facts`: what it says, ready for the action."""

    number: int
    title: str
    sheet: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    changes: bool = True  # False: what is there says the same already
    existing: Any = None  # the row of the database that it would change
    is_double: bool = False  # another row of the file says the same
    columns: Mapping[str, Column] = field(default_factory=dict)  # by label: where they stand in the sheet
    cells: Mapping[str, str] = field(default_factory=dict)  # by label: what they say

    @property
    def standing(self) -> Standing:
        if any(one.is_error for one in self.problems):
            return "error"
        if self.is_double:
            return "same"
        if self.existing is None:
            return "new"
        return "changed" if self.changes else "same"

    def fault(self, column: str, code: str, zh: str, en: str = "") -> None:
        """Something that keeps the row out. The cell and its value are told with it, personal data masked."""
        cell = self.cells.get(column, "")
        if not any(word in zh for word in _ADVICE):
            zh = f"{zh}请改正这一格后重新上传。"  # what a form says beside its field
        self.problems.append(
            RowProblem(
                column,
                code,
                masked_as(cell, masked(zh)),
                masked_as(cell, masked(en or zh)),
                place=self.columns.get(column),
                value=short(cell),
            )
        )

    def remark(self, column: str, code: str, zh: str, en: str = "") -> None:
        """Something to look at that does not keep the row out."""
        self.problems.append(
            RowProblem(column, code, zh, en or zh, is_error=False, place=self.columns.get(column))
        )

    def left_alone(self, existing: Any, zh: str, en: str) -> None:
        """What the row says is there already: no error, and nothing is written."""
        self.problems = []
        self.existing, self.changes = existing, False
        self.remark("", "there_already", zh, en)


@dataclass(slots=True)
class Trial:
    """An import as tried. `notes`: what holds of the whole file. Nothing has been written."""

    file_name: str
    rows: list[Row]
    notes: list[RowProblem] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Standing]:
        return Counter(row.standing for row in self.rows)

    @property
    def good(self) -> list[Row]:
        return [row for row in self.rows if row.standing != "error"]

    @property
    def bad(self) -> list[Row]:
        return [row for row in self.rows if row.standing == "error"]

    @property
    def to_write(self) -> list[Row]:
        """The good rows that say something new."""
        return [row for row in self.good if row.standing != "same"]

    def ready(self, *, leave_out_bad: bool) -> list[Row]:
        """The good rows. WorkError where some are bad and were not to be left out, or none is good."""
        if self.bad and not leave_out_bad:
            zh = (
                f"有 {len(self.bad)} 行有错误（第 {_numbers(self.bad)} 行），全部没有导入。"
                "请改正后重新上传，或选择“只导入没有错误的行”。"
            )
            raise WorkError(
                "rows_with_errors", zh, f"{len(self.bad)} rows have errors; nothing was imported."
            )
        if not self.good:
            raise WorkError("nothing_to_import", "没有可以导入的行。", "There is nothing to import.")
        return self.good


def _numbers(rows: list[Row]) -> str:
    shown = "、".join(str(row.number) for row in rows[:10])
    return shown if len(rows) <= 10 else f"{shown} 等"
