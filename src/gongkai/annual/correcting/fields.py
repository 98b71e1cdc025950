"""What can be changed in a report, and what each field takes."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual.correcting.texts import section_codes
from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.annual.sheet import sheet_tables

COUNT, SIGNED, AMOUNT, YEAR, LINE, TEXT = "count", "signed", "amount", "year", "line", "text"
# A figure of money says so in the name of its column, and in table 1 of the form of 2014 by its unit.
MONEY = "金额"
MONEY_UNITS = ("万元", "元")
MONEY_FEES = ("charged_yuan", "collected_yuan")
# 本年增/减 of the form of 2019: the one column whose figures may be below nought.
SIGNED_COLUMN = "change"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be changed.

    `kind`: count, signed (a count, may be negative), amount (money, may have decimals), year, line (title,
    organ) or text (a section).
    """

    path: str
    kind: str

    @property
    def is_figure(self) -> bool:
        return self.kind in (COUNT, SIGNED, AMOUNT)


def fields(report: Report) -> dict[str, Field]:
    """Every field by its path: title, organ, year, each cell of the tables, each section's text."""
    found = [Field("title", LINE), Field("organ", LINE), Field("year", YEAR)]
    money, signed = _special_cells(report)
    for table in sheet_tables(report):
        for row in table.rows:
            for cell in row:
                if cell.path:
                    kind = AMOUNT if cell.path in money else SIGNED if cell.path in signed else COUNT
                    found.append(Field(cell.path, kind))
    found += [Field(f"sections.{code}", TEXT) for code in section_codes(report)]
    return {field.path: field for field in found}


def _special_cells(report: Report) -> tuple[set[str], set[str]]:
    """Paths of cells that hold money, and of cells that may be negative."""
    money = {f"processing_fees.{code}" for code in MONEY_FEES}
    for index, row in enumerate(report.statistics or ()):
        if row["unit"] in MONEY_UNITS:
            money.add(f"statistics.{index}.value")
    signed = set()
    code = report.form if report.form in ("2019", "2021") else "2021"
    for block in form(code).proactive:
        for proactive_row in block.rows:
            for column, path in zip(block.columns, block.paths(proactive_row), strict=True):
                if MONEY in column.label:
                    money.add(path)
                if column.code == SIGNED_COLUMN:
                    signed.add(path)
    return money, signed
