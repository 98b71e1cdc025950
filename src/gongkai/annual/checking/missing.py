"""Tables and rows of the form that a report lacks, or that nobody could read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.checking.table_four import group_label
from gongkai.annual.checking.table_three import row_label
from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.forms.english import english_row

_TABLES = (
    ("proactive", "二", "two", "主动公开政府信息情况"),
    ("requests", "三", "three", "收到和处理政府信息公开申请情况"),
    ("remedies", "四", "four", "行政复议、行政诉讼情况"),
)
_ENGLISH_NUMBERS = {"two": 2, "three": 3, "four": 4}
# Of more rows than this only one finding speaks: the table was cut, not a row dropped.
_MOST_ROWS_APART = 5
Missing = tuple[str, str, list[str]]  # label, English name, cell paths of a row that is not there


def lost_tables(case: Examination) -> set[str]:
    """Names of the tables that the report lacks, or of which no cell could be read."""
    return {name for name, *_ in _TABLES if _is_lost(case, name)}


def _is_lost(case: Examination, name: str) -> bool:
    block = getattr(case.report, name)
    if not block:
        return True
    if not case.unread:
        return False
    own = [path for path, _ in case.report.cells() if path.startswith(f"{name}.")]
    return bool(own) and case.unread.issuperset(own)


def _needs_tables(case: Examination) -> bool:
    """Reports in the forms of 2019 and 2021 have the three tables; those of earlier years have not."""
    report = case.report
    if report.form not in ("2019", "2021"):
        return False
    return report.year is None or report.year >= form("2019").first_year


@serves("table_two_missing", "table_three_missing", "table_four_missing")
def the_three_tables_are_there(case: Examination) -> Iterator[Finding]:
    """READ.1, FMT.T2 to T4: a table that was not found took no part in any check, and the report says so."""
    if not _needs_tables(case):
        return
    lost = lost_tables(case)
    headings = {code: (text.strip(), place) for code, text, place in case.report.headings}
    for name, numeral, english, label in _TABLES:
        if name not in lost:
            continue
        if headings and name not in headings and not getattr(case.report, name):
            continue  # the whole section is missing: said once
        heading, place = headings.get(name, (None, None))
        yield case.finding(
            f"table_{english}_missing",
            f"表{numeral}（{label}）没有找到或没有读出，未参加校验：请确认表格是文字而不是图片；确实缺少的，请按格式补上，"
            f"没有发生的填0。",
            f"Table {_ENGLISH_NUMBERS[english]} was not found or could not be read, so nothing in it "
            f"was checked: make sure that it is text and no picture; if it is missing, add it.",
            quote=heading,
            place=place,
        )


@serves("statistics_table_missing")
def the_statistics_table_is_there(case: Examination) -> Iterator[Finding]:
    """国办发〔2014〕32号: reports for 2014 to 2018 come with the statistics table."""
    report = case.report
    if report.form != "2014" or report.statistics or report.year is None:
        return
    if not form("2014").first_year <= report.year < form("2019").first_year:
        return
    yield case.finding(
        "statistics_table_missing",
        "没有找到《政府信息公开情况统计表》，数字未参加校验：统计表另成一个文件的请一并提供，是图片的请换成文字。",
        "The statistics table was not found, so no figure was checked: add it if it is a file of its own, or "
        "text in place of a picture.",
    )


@serves(
    "row_missing_in_table_two",
    "row_missing_in_trial_form",
    "row_missing_in_table_three",
    "group_missing_in_table_four",
)
def no_row_of_the_form_is_missing(case: Examination) -> Iterator[Finding]:
    """FMT.T2, T3, T4: the rows of the form are fixed; one that is missing leaves sums untested."""
    if not _needs_tables(case) or _is_complete(case):
        return
    lost = lost_tables(case)
    trial = case.form.code == "2019"
    found = (
        ("proactive", "row_missing_in_trial_form" if trial else "row_missing_in_table_two", _missing_in_two),
        ("requests", "row_missing_in_table_three", _missing_in_three),
        ("remedies", "group_missing_in_table_four", _missing_in_four),
    )
    for (table, name, missing), (_, numeral, english, _) in zip(found, _TABLES, strict=True):
        if table in lost:
            continue
        rows = missing(case)
        if len(rows) > _MOST_ROWS_APART:
            yield _many(case, name, f"表{numeral}", f"Table {_ENGLISH_NUMBERS[english]}", rows)
            continue
        for row in rows:
            yield _one(case, name, f"表{numeral}", f"Table {_ENGLISH_NUMBERS[english]}", row)


def _is_complete(case: Examination) -> bool:
    """A quick look that most reports pass: as many rows as the form has, in each table."""
    report, shape = case.report, case.form
    if not (report.proactive and report.requests and report.remedies):
        return False
    two = sum(len(block.rows) for block in shape.proactive)
    three = {len(shape.rows)} if "other.other" in report.requests else {len(shape.rows) - 2}
    return (
        len(report.proactive) == two
        and {len(report.requests)} == three
        and len(report.remedies) == len(shape.remedy_groups)
    )


def _one(case: Examination, name: str, table: str, table_en: str, row: Missing) -> Finding:
    label, english, cells = row
    return case.finding(
        name,
        f"{table}没有找到“{label}”，或没有读出，未参加校验。格式规定的各行不得删去或改名：请补上，没有发生的填0。",
        f"{table_en} has no row “{english}”, or it could not be read, and it was not checked. The rows of "
        f"the form are fixed: add it, with 0 where there is none.",
        cells=cells,
    )


def _many(case: Examination, name: str, table: str, table_en: str, rows: list[Missing]) -> Finding:
    first = rows[:_MOST_ROWS_APART]
    return case.finding(
        name,
        f"{table}有{len(rows)}行没有找到或没有读出：{'、'.join(f'“{label}”' for label, _, _ in first)}等，"
        f"未参加校验。格式规定的各行不得删去或改名：请补全，没有发生的填0。",
        f"{table_en} lacks {len(rows)} rows, or they could not be read: "
        f"{', '.join(f'“{english}”' for _, english, _ in first)} and others. "
        f"The rows of the form are fixed: add them.",
        cells=[cell for _, _, cells in rows for cell in cells],
    )


def _missing_in_two(case: Examination) -> list[Missing]:
    present = case.report.proactive or {}
    return [
        (row.label, english_row("proactive", row.code), block.paths(row))
        for block in case.form.proactive
        for row in block.rows
        if row.code not in present
    ]


def _missing_in_three(case: Examination) -> list[Missing]:
    present: dict[str, Any] = case.report.requests or {}
    three = any(code.startswith("other.") for code in present)
    single = not three and ("other" in present or case.form.code == "2019")
    columns = [column.code for column in case.form.columns]
    return [
        (
            row_label(row),
            english_row("requests", row.code),
            [f"requests.{row.code}.{column}" for column in columns],
        )
        for row in case.form.rows_with(single)
        if row.code not in present
    ]


def _missing_in_four(case: Examination) -> list[Missing]:
    present = case.report.remedies or {}
    columns = [column.code for column in case.form.remedy_columns]
    return [
        (
            group_label(group),
            english_row("remedies", group.code),
            [f"remedies.{group.code}.{column}" for column in columns],
        )
        for group in case.form.remedy_groups
        if group.code not in present
    ]
