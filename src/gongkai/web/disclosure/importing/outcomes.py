"""What an import would do: row by row, with everything that is wrong and what to do about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from gongkai.web.organs.errors import WorkError

Standing = Literal["new", "changed", "same", "error"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a column (its label, "" for the whole row). An error keeps the row out."""

    column: str
    code: str
    zh: str
    en: str
    is_error: bool = True

    def message(self, lang: str = "zh") -> str:
        words = self.en if lang == "en" else self.zh
        return words if not self.column or self.column in words else f"{self.column}：{words}"


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
        self.problems.append(RowProblem(column, code, zh, en or zh))

    def remark(self, column: str, code: str, zh: str, en: str = "") -> None:
        """Something to look at that does not keep the row out."""
        self.problems.append(RowProblem(column, code, zh, en or zh, is_error=False))


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

    def ready(self, *, leave_out_bad: bool) -> list[Row]:
        """The rows to write. WorkError where some are bad and were not to be left out, or none is left."""
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
