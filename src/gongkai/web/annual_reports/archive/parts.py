"""A report in the order of its form: headings, texts, tables, as one page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.annual.forms import form, form_for_year
from gongkai.annual.markup import Html
from gongkai.annual.report import Report
from gongkai.annual.sheet import SheetTable, cell_name, sheet_tables
from gongkai.annual.sheet_html import Marks, table_html

_NUMERALS = "一二三四五六七八九"
MOST_PARAGRAPHS = 400


@dataclass(slots=True)
class Part:
    """A section of the report. `heading`: as the form prints it, "" for what stands outside the form's."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    tables: list[Html] = field(default_factory=list)


def parts(report: Report, lang: str) -> list[Part]:
    """The sections that say something, in the order of the form; the tables in theirs."""
    code = report.form or (form_for_year(report.year) if report.year else "2021")
    marks = Marks.of("r", [], lang, report)
    tables = {table.code: table for table in sheet_tables(report)}
    texts = {name: _paragraphs(text) for name, text in report.sections.items()}
    found = [Part("", texts.pop("front", []))]
    for numeral, (name, label) in zip(_NUMERALS, form(code).sections, strict=False):
        part = Part(f"{numeral}、{label}", texts.pop(name, []), _drawn(tables.pop(name, None), marks))
        if name == "other_matters" and not part.paragraphs:
            part.tables += _drawn(tables.get("processing_fees"), marks)
        found.append(part)
    tables.pop("processing_fees", None)
    rest = Part("", [line for lines in texts.values() for line in lines])
    rest.tables += [html for table in tables.values() for html in _drawn(table, marks)]
    found.append(rest)
    return [one for one in found if one.paragraphs or one.tables]


def cell_words(path: str, report: Report, lang: str) -> str:
    return cell_name(path, report, lang)


def _drawn(table: SheetTable | None, marks: Marks) -> list[Html]:
    return [] if table is None else [table_html(table, marks)]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_PARAGRAPHS]
