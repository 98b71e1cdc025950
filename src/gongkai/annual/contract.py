"""The contract's JSON read back into a `Report`: what `Report.to_json` gives, checked shape by shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gongkai.annual.forms import FORM_CODES, Form, form, form_for_year
from gongkai.annual.report import SCHEMA, Report, Value
from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Place
from gongkai.documents.limits import MAX_CHARACTERS, too_complex

BLOCKS = ("proactive", "requests", "remedies", "processing_fees", "statistics")
FEE_CELLS = ("notices", "charged_yuan", "collected_yuan")
FIRST_YEAR, LAST_YEAR = 1990, 2100
# No organ counts this many of anything: a larger number is a telephone or account number gone astray.
LARGEST_NUMBER = 10**15
MOST_DECIMALS = 12  # 1E-999999999 is a short number in JSON, and printed in full fills the memory
# More than a province's archive holds, and no table has as many rows.
MOST_REPORTS = 20_000
MOST_STATISTICS = 2_000


def reports_from_json(data: Any, source: str) -> list[Report]:
    """Every report in a json value: one object, a list of them, or the page's `{"reports": […]}`.

    The second and later get the source `name#2`. Raises `DocumentError` with code not_a_report.
    """
    if isinstance(data, Mapping) and isinstance(data.get("reports"), list):
        data = data["reports"]
    items = data if isinstance(data, list) else [data]
    if not items:
        raise _wrong("$", "没有任何报告", "it holds no report")
    if len(items) > MOST_REPORTS:
        raise too_complex(f"一个 json 文件里超过 {MOST_REPORTS} 份报告", "too many reports in one json file")
    return [
        report_from_json(item, source if number == 1 else f"{source}#{number}")
        for number, item in enumerate(items, start=1)
    ]


def report_from_json(data: Any, source: str) -> Report:
    """The report in one object of the contract `gongkai.annual-report/1`.

    `schema` may be left out where the object holds at least one of the report's tables. Raises
    `DocumentError` with code not_a_report that names the first place where the shape is not the contract's.
    """
    top = _object(data, "$")
    _check_is_a_report(top)
    report = Report(source)
    report.organ = _text_or_null(top, "organ")
    report.title = _text_or_null(top, "title")
    report.year = _year(top)
    report.form = _form_code(top)
    report.sections = _sections(top)
    report.lines = list(_paragraphs(report.sections))
    rows = form(report.form or _likely_form(top, report.year))
    report.proactive = _proactive(top, rows)
    report.requests = _requests(top, rows)
    report.remedies = _grid(
        top, "remedies", [g.code for g in rows.remedy_groups], [c.code for c in rows.remedy_columns]
    )
    if top.get("processing_fees") is not None:
        report.processing_fees = _row(top["processing_fees"], "processing_fees", FEE_CELLS)
    report.statistics = _statistics(top)
    report.statistics_codes = _statistics_codes(report.statistics)
    return report


def _check_is_a_report(top: Mapping[str, Any]) -> None:
    schema = top.get("schema")
    if schema is not None and schema != SCHEMA:
        raise _wrong("schema", f"应为 {SCHEMA}", f"{SCHEMA} expected")
    if schema is None and not any(top.get(block) for block in BLOCKS):
        raise _wrong("$", "不含年度报告的任何表格", "it holds none of an annual report's tables")


def _likely_form(top: Mapping[str, Any], year: int | None) -> str:
    """The form to read the tables by where the report itself names none."""
    if top.get("statistics") is not None or year is None:
        return "2021"
    code = form_for_year(year)
    return "2021" if code == "2014" else code  # the 2014 form has no such tables


def _year(top: Mapping[str, Any]) -> int | None:
    year = top.get("year")
    if year is None:
        return None
    if isinstance(year, bool) or not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise _wrong("year", "应为四位年份", "a year of four digits expected")
    return year


def _form_code(top: Mapping[str, Any]) -> str | None:
    code = top.get("form")
    if code is not None and code not in FORM_CODES:
        raise _wrong("form", f"应为 {'、'.join(FORM_CODES)} 之一", f"one of {', '.join(FORM_CODES)} expected")
    return None if code is None else str(code)


def _sections(top: Mapping[str, Any]) -> dict[str, str]:
    sections = _object(top.get("sections") or {}, "sections")
    for code, text in sections.items():
        if not isinstance(text, str):
            raise _wrong(f"sections.{code}", "应为文字", "text expected")
    if sum(map(len, sections.values())) > MAX_CHARACTERS:
        raise too_complex(f"文字超过 {MAX_CHARACTERS} 字", f"more than {MAX_CHARACTERS} characters of text")
    return dict(sections)


def _paragraphs(sections: Mapping[str, str]) -> Iterable[tuple[str, str, Place]]:
    """The narrative's paragraphs, numbered as lines so that a finding can point at one."""
    number = 0
    for code, text in sections.items():
        for paragraph in filter(None, map(str.strip, text.splitlines())):
            number += 1
            yield code, paragraph, Place(line=number)


def _proactive(top: Mapping[str, Any], rows: Form) -> dict[str, Any] | None:
    """Table 2. Rows of either form are taken: a report in the wrong year's form is read as it stands."""
    if top.get("proactive") is None:
        return None
    given = _object(top["proactive"], "proactive")
    known = {}
    for other in ("2019", "2021"):
        known.update(_proactive_rows(form(other)))
    known.update(_proactive_rows(rows))
    result: dict[str, Any] = {}
    for code, value in given.items():
        path = f"proactive.{code}"
        if code not in known:
            raise _unknown(path)
        result[code] = _row(value, path, known[code]) if known[code] else _number(value, path)
    return result


def _proactive_rows(rows: Form) -> dict[str, tuple[str, ...]]:
    return {
        row.code: tuple(column.code for column in block.columns if column.code)
        for block in rows.proactive
        for row in block.rows
    }


def _requests(top: Mapping[str, Any], rows: Form) -> dict[str, Any] | None:
    codes = [row.code for row in rows.rows]
    if rows.single_other is not None:
        codes.append(rows.single_other.code)
    return _grid(top, "requests", codes, [column.code for column in rows.columns])


def _grid(
    top: Mapping[str, Any], block: str, rows: list[str], columns: list[str]
) -> dict[str, dict[str, Value]] | None:
    if top.get(block) is None:
        return None
    result = {}
    for code, row in _object(top[block], block).items():
        if code not in rows:
            raise _unknown(f"{block}.{code}")
        result[code] = _row(row, f"{block}.{code}", columns)
    return result


def _row(value: Any, path: str, columns: Iterable[str]) -> dict[str, Value]:
    """The cells of one row. Every column must be named: a blank is written null, never left out."""
    given = _object(value, path)
    for code in given:
        if code not in columns:
            raise _unknown(f"{path}.{code}")
    for code in columns:
        if code not in given:
            raise _wrong(
                f"{path}.{code}", "缺少这一格（空白格应写 null）", "the cell is missing (a blank is null)"
            )
    return {code: _number(given[code], f"{path}.{code}") for code in columns}


def _statistics(top: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    rows = top.get("statistics")
    if rows is None:
        return None
    if not isinstance(rows, list):
        raise _wrong("statistics", "应为列表", "a list expected")
    if len(rows) > MOST_STATISTICS:
        raise too_complex(f"统计表超过 {MOST_STATISTICS} 行", "too many rows of statistics")
    result = []
    for index, row in enumerate(rows):
        path = f"statistics.{index}"
        given = _object(row, path)
        if not isinstance(given.get("label"), str):
            raise _wrong(f"{path}.label", "应为文字", "text expected")
        unit = _text_or_null(given, "unit", f"{path}.unit")
        value = _number(given.get("value"), f"{path}.value")
        result.append({"label": given["label"], "unit": unit, "value": value})
    return result


def _statistics_codes(statistics: list[dict[str, Any]] | None) -> list[str | None]:
    """The form's code of each row, None for a row that the form does not know.

    Rows keep the form's order and some labels stand in it twice (被依法纠错数), so each row is looked for
    after the one before it.
    """
    codes: list[str | None] = []
    rows = form("2014").statistics
    after = 0
    for given in statistics or ():
        label = re.sub(r"[\s　]", "", given["label"])
        at = next((i for i in range(after, len(rows)) if any(a in label for a in rows[i].anchors)), None)
        codes.append(None if at is None else rows[at].code)
        after = after if at is None else at + 1
    return codes


def _number(value: Any, path: str) -> Value:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _wrong(path, "应为数字或 null", "a number or null expected")
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if isinstance(number, Decimal) and not number.is_finite():
        raise _wrong(path, "应为数字或 null", "a number or null expected")
    if not -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
        raise _wrong(path, "数字过大", "the number is too large")
    if isinstance(number, Decimal) and int(number.as_tuple().exponent) < -MOST_DECIMALS:
        raise _wrong(path, "小数位数过多", "the number has too many decimals")
    return number


def _object(value: Any, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(path, "应为对象", "an object expected")
    return value


def _text_or_null(values: Mapping[str, Any], key: str, path: str | None = None) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong(path or key, "应为文字或 null", "text or null expected")
    return value


def _unknown(path: str) -> DocumentError:
    return _wrong(path, "年度报告格式中没有这一项", "the form of the report has no such entry")


def _wrong(path: str, zh: str, en: str) -> DocumentError:
    return DocumentError(
        "not_a_report",
        f"json 不是年度报告（{path}：{zh}）。请使用 gongkai read 或本页面下载的 json。",
        f"The json is not an annual report ({path}: {en}). "
        "Use what `gongkai read` or this page's download gives.",
    )
