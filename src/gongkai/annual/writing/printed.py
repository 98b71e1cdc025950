"""What a written report says, part by part, whatever the file format: title, headings, paragraphs, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.annual.forms import Form, form, form_for_year
from gongkai.annual.interpreting.fees import processing_fees
from gongkai.annual.interpreting.naming import title_of as interpreted_title
from gongkai.annual.report import Report
from gongkai.annual.sheet import STATISTICS_CAPTION
from gongkai.annual.writing.chapters import chapters
from gongkai.annual.writing.fees_sentence import fees_sentence
from gongkai.annual.writing.left_out import left_out, left_out_note
from gongkai.annual.writing.paragraphs import paragraphs, without_blanks
from gongkai.annual.writing.tables import PrintedTable, printed_tables

TITLE_ENDING = "政府信息公开工作年度报告"
LONGEST_TITLE_LINE = 20  # characters of the title's size on a line
_TITLE_BREAK = re.compile(r"(?<=.)(?:20\d\d年|政府信息公开)")
_NUMERALS: tuple[str, ...] = ("", *"一二三四五六七八九十")

Note = tuple[str, str]  # Chinese, English


class Heading(NamedTuple):
    text: str


class Paragraph(NamedTuple):
    text: str


Part = Heading | Paragraph | PrintedTable


@dataclass(slots=True)
class Printed:
    """A report ready to be written. `front` stands between the title and the first section.

    `sections` holds the text of the sections that the contract's `sections` has, as printed. `notes` say what
    could not be written as it is in the report.
    """

    title: str
    organ: str
    year: int | None
    front: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def title_lines(self) -> list[str]:
        """The title on one line, or broken before its year where one is too short for it."""
        if len(self.title) <= LONGEST_TITLE_LINE:
            return [self.title]
        at = _TITLE_BREAK.search(self.title)
        lines = [self.title[: at.start()], self.title[at.start() :]] if at else [self.title]
        # Broken so that a reader puts it together again.
        return lines if interpreted_title(lines) == self.title else [self.title]

    def text(self) -> str:
        """All words of the report: for looking at its characters."""
        words = [self.title, self.organ, *self.front]
        for part in self.parts:
            if isinstance(part, PrintedTable):
                words += [placed.cell.text for row in part.rows for placed in row]
            else:
                words.append(part.text)
        return "\n".join(words)


def print_report(report: Report) -> Printed:
    """The whole report in the order of its form. Headings are the form's; a part it lacks is left out."""
    organ = without_blanks(report.organ or "")
    result = Printed(title_of(report), organ, report.year, paragraphs(report.sections.get("front", "")))
    sections = dict(_sections(report, result.notes))
    result.sections = {code: "\n".join(texts) for code, texts in sections.items()}
    if result.front:
        result.sections["front"] = "\n".join(result.front)
    tables = {table.code: table for table in printed_tables(report)}
    if report.statistics is not None or report.form == "2014":
        result.parts = list(_old_parts(report, sections, tables.get("statistics")))
    else:
        result.parts = list(_parts(_form_of(report), report, sections, tables))
    result.notes += _lost(report)
    if lost := left_out(report, result.text()):
        result.notes.append(left_out_note(lost))
    return result


def title_of(report: Report) -> str:
    """The report's title; where it has none, the statutory one (FMT): organ, year, subject."""
    if report.title and (title := without_blanks(report.title)):
        return title
    year = f"{report.year}年" if report.year else ""
    return without_blanks(report.organ or "") + year + TITLE_ENDING


def _form_of(report: Report) -> Form:
    code = report.form or (form_for_year(report.year) if report.year else "2021")
    return form("2021" if code == "2014" else code)


def _sections(report: Report, notes: list[Note]) -> Iterator[tuple[str, list[str]]]:
    """The paragraphs of each section but the front."""
    for code, text in report.sections.items():
        if code not in ("front", "other_matters"):
            yield code, paragraphs(text)
    yield from _other_matters(report, notes)


def _other_matters(report: Report, notes: list[Note]) -> Iterator[tuple[str, list[str]]]:
    """Section six, with the statutory sentence on fees where its text does not tell the figures."""
    text = report.sections.get("other_matters")
    texts = paragraphs(text or "")
    fees = report.processing_fees
    if fees is not None and report.statistics is None:
        told = processing_fees("\n".join(texts))
        if told is None and (sentence := fees_sentence(fees, report.year)):
            texts.append(sentence)
        elif told is not None and told != fees:
            notes.append(
                (
                    "第六部分文字写明的信息处理费与报告的数字不同：文字保持原样，请核对。",
                    "Section six states other fees than the report's figures: its text was left as it is.",
                )
            )
    if text is not None or texts:
        yield "other_matters", texts


def _parts(
    shape: Form, report: Report, sections: dict[str, list[str]], tables: dict[str, PrintedTable]
) -> Iterator[Part]:
    """The six sections; tables stand at the end of theirs."""
    for index, (code, label) in enumerate(shape.sections, start=1):
        if code not in sections and code not in tables:
            continue
        yield Heading(f"{_NUMERALS[index]}、{label}")
        yield from map(Paragraph, sections.get(code, ()))
        if code in tables:
            yield tables[code]


def _old_parts(report: Report, sections: dict[str, list[str]], table: PrintedTable | None) -> Iterator[Part]:
    """A report of the years up to 2018: the sections under its own headings, then the table of statistics."""
    count = 0
    for label, texts in chapters(report, sections):
        count += 1
        yield Heading(f"{_numeral(count)}、{label}")
        yield from map(Paragraph, texts)
    if table is not None:
        yield Heading(f"{_numeral(count + 1)}、{STATISTICS_CAPTION}")
        yield table


def _numeral(number: int) -> str:
    """Chinese numerals up to nineteen: no report has more sections."""
    return _NUMERALS[number] if number <= 10 else "十" + _NUMERALS[number - 10]


def _lost(report: Report) -> list[Note]:
    """What the report holds and the form has no place for."""
    notes: list[Note] = []
    unread = sum(len(entry.cells) for entry in report.unread)
    if unread:
        notes.append(
            (
                f"原文件有 {unread} 格未能读出，写出的表格中为空白：请补填。",
                f"{unread} cells of the source could not be read and are blank in the table: fill them in.",
            )
        )
    beside = [path for path, text in report.written.items() if report.value(path) is not None]
    remarks = [path for path in beside if any(c in report.written[path] for c in "(（")]
    if remarks:
        notes.append(
            (
                f"原表有 {len(remarks)} 格在数字旁写有说明，写出的表格只保留数字。",
                f"{len(remarks)} cells of the source hold remarks beside figures; the figures are kept.",
            )
        )
    return notes
