"""From a document to the contract's report: one interpreter for every layout and all three forms.

The tables are found by the density of their labels, whatever stands around them; the figures by their labels,
their number and the identities; the text by what is left over. Kinds of `Report.remarks`: `misprint` (a label
printed otherwise than in the form).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gongkai.annual.forms import form, form_for_year
from gongkai.annual.interpreting import (
    fees,
    matrix,
    naming,
    narrative,
    page_numbers,
    proactive_table,
    remedies_table,
    requests_figures,
    requests_table,
    statistics_table,
)
from gongkai.annual.interpreting.confidence import confidences
from gongkai.annual.interpreting.dividing import between_sections, between_tables, divide
from gongkai.annual.interpreting.figures import BLANK, FIGURE
from gongkai.annual.interpreting.misprints import misprints
from gongkai.annual.interpreting.pieces import Piece, pieces_of
from gongkai.annual.interpreting.pronunciation import without_pronunciation
from gongkai.annual.interpreting.running_lines import RunningLines, running_lines
from gongkai.annual.interpreting.words import Words, core
from gongkai.annual.report import Report, Unread, Value
from gongkai.documents import Document, DocumentError
from gongkai.wording.normal import simplify

__all__ = ["interpret"]

LONGEST_HEADING_LINE = 60
# In the order of the report: what stands before the first heading, the six of the form, and in a report of
# the years up to 2018 what is none of these. The contract names three; others hold text beside the tables.
SECTIONS = (
    "front",
    "overview",
    "proactive",
    "requests",
    "remedies",
    "problems",
    "other_matters",
    "other_section",
)
BESIDE_TABLES = ("proactive", "requests", "remedies")
NOTHING_TO_SAY = ("无", "没有", "暂无")  # of characters that tables have too, but alone in its section a text
NAMED_SECTIONS = ("overview", "problems", "other_matters")
# Kinds of files whose lines may end within a sentence; in the others a line is a paragraph.
WRAPPED = ("txt", "md", "pdf", "picture", "html", "doc")


def interpret(document: Document) -> list[Report]:
    """Every annual report in a document, in order, never mixed.

    Raises `DocumentError`: `not_a_report` where there is none, `two_reports` where several cannot be
    told apart.
    """
    if document.data is not None:
        from gongkai.annual.contract import reports_from_json

        return reports_from_json(document.data, document.source)
    document = without_pronunciation(document)
    running = running_lines(document)
    pieces = pieces_of(document, running)
    words = Words(pieces)
    tables = requests_table.locate_all(pieces, words)
    statistics: list[statistics_table.Located] = []
    if not any(table.whole for table in tables):  # a few labels of table 3 stand in the form of 2014 too
        statistics = statistics_table.locate_all(pieces, words)
        tables = [] if statistics else tables
    elif statistics_table.may_be_there(words):  # reports of several years in one file
        statistics = [
            found
            for found in statistics_table.locate_all(pieces, words)
            if all(found.end <= table.start or table.end <= found.start for table in tables)
        ]
    if (
        not tables
        and not statistics
        and not _has_other_tables(pieces, words)
        and not _speaks_like_a_report(document)
    ):
        raise DocumentError(
            "not_a_report",
            "没有找到政府信息公开工作年度报告的表格：请确认文件是年度报告，且表格是文字而不是图片。",
            "no table of an annual report found: make sure that the file is one and its tables are text",
        )
    borders = between_tables(pieces, sorted([*tables, *statistics], key=lambda found: found.start))
    if not statistics and len(by_sections := between_sections(document, pieces, words)) > len(borders):
        borders = by_sections
    if not borders:
        return [_one_report(document, pieces, words, tables, statistics, running)]
    parts = divide(document, borders)
    reports: list[Report] = []
    for number, part in enumerate(parts, start=1):
        [report] = interpret(part)
        report.source = document.source if number == 1 else f"{document.source}#{number}"
        reports.append(report)
    return reports


def _has_other_tables(pieces: Sequence[Piece], words: Words) -> bool:
    return proactive_table.locate(pieces, words, 0, len(pieces)) is not None


def _speaks_like_a_report(document: Document) -> bool:
    """Whether the text, though without tables, is an annual report: its title and sections.

    Reports of the first years had no tables.
    """
    lines = list(narrative.raw_lines(document, set(), {}))
    title = naming.title_of([text for text, _ in lines[:40]], document.title)
    if title is None or "信息公开" not in simplify(title):
        return False
    short = [(text, place) for text, place in lines if len(text) < LONGEST_HEADING_LINE]
    sections = {h.code for text, place in short if (h := narrative.heading_of(text, place))}
    old_sections = {h.code for text, place in short if (h := narrative.old_heading_of(text, place))}
    return len(sections) >= 2 or (len(old_sections) >= 3 and naming.year_in(simplify(title)) is not None)


# ---- one report ----


def _one_report(
    document: Document,
    pieces: Sequence[Piece],
    words: Words,
    tables: Sequence[requests_table.Located],
    statistics: Sequence[statistics_table.Located],
    running: RunningLines,
) -> Report:
    report = Report(source=document.source)
    taken: set[int] = set()
    rest, orderly = pieces, True
    if tables:
        rest, orderly = _read_requests(report, pieces, words, tables[0], taken)
        start, end = tables[0].start, tables[0].end
        if rest is not pieces:
            end = tables[0].rows[-1][1] + 1
    else:
        start, end = (0, 0) if statistics else (len(pieces), 0)
    if not tables and not statistics:
        report.form = _form_of_title(document)
    if statistics:
        _read_statistics(report, pieces, statistics[0], taken)
    else:
        _read_proactive(report, pieces, words, start, taken)
        _read_remedies(report, rest, end, taken, orderly)
    _read_text(report, document, taken, running)
    report.confidence = confidences(document, report.places)
    return report


def _form_of_title(document: Document) -> str | None:
    """For a report without tables: the form of its year, if the title names one of before 2019."""
    lines = [text for text, _ in narrative.raw_lines(document, set(), {})]
    title = naming.title_of(lines)
    year = naming.year_in(simplify(title)) if title else None
    return "2014" if year is not None and form_for_year(year) == "2014" else None


def _read_requests(
    report: Report, pieces: Sequence[Piece], words: Words, table: requests_table.Located, taken: set[int]
) -> tuple[Sequence[Piece], bool]:
    """Read table 3; give the pieces that are left for the others, and whether the text is orderly."""
    columns = [c.code for c in form("2021").columns]
    report.requests = {}
    reading = requests_figures.read(pieces, table)
    for row, values in zip(reading.rows, reading.cells, strict=True):
        where = f"第三张表“{row.label}”一行", f'row "{row.code}"'
        report.requests[row.code] = _row(report, f"requests.{row.code}", columns, values, where)
    labels = [requests_table.words_of(row) for row, _ in table.rows]
    found = misprints(pieces, words, table.start, table.end, labels)
    report.remarks += [("misprint", piece.written, piece.place) for piece in found]
    _take(pieces, table.start, table.end, taken)
    apart = reading.far or table.heads_within
    return _without(pieces, reading.cells, taken) if apart else pieces, reading.orderly


def _without(pieces: Sequence[Piece], cells: matrix.Matrix, taken: set[int]) -> Sequence[Piece]:
    """The pieces without the cells that a table took far from its labels: no other table has them."""
    used = {id(piece) for row in cells for piece in row or () if piece is not None}
    rest: list[Piece] = []
    for piece in pieces:
        if id(piece) in used:
            taken.add(piece.row)
            piece = page_numbers.wordless(piece)
        rest.append(piece)
    return rest


def _read_proactive(report: Report, pieces: Sequence[Piece], words: Words, end: int, taken: set[int]) -> None:
    table = proactive_table.locate(pieces, words, 0, end)
    if table is None:
        return
    report.form = table.form
    report.proactive = {}
    for row, cells in proactive_table.read(pieces, table):
        if cells is None:
            _unread(report, list(row.paths), f"第二张表“{row.label}”一行", f'row "{row.code}"')
        for path, piece in zip(row.paths, cells or (None,) * len(row.paths), strict=True):
            figure = _keep(report, path, piece)
            *_, name = path.split(".")
            if len(row.paths) == 1 and name == row.code:
                report.proactive[row.code] = figure
            else:
                report.proactive.setdefault(row.code, {})[name] = figure
    heads = proactive_table.head_labels(table.form)
    rows = [row.label for row, _ in table.rows]
    start = max(0, table.start - len(heads))  # a misprinted head ends the table too early
    found = misprints(pieces, words, start, table.end, [*heads, *rows])
    report.remarks += [("misprint", piece.written, piece.place) for piece in found]
    _take(pieces, table.start, table.end, taken)


def _read_remedies(
    report: Report, pieces: Sequence[Piece], start: int, taken: set[int], orderly: bool
) -> None:
    table = remedies_table.locate(pieces, start, len(pieces))
    if table is None:
        return
    shape = form("2021")
    columns = [c.code for c in shape.remedy_columns]
    report.remedies = {}
    for group, cells in zip(shape.remedy_groups, remedies_table.read(pieces, table, orderly), strict=True):
        where = f"第四张表“{group.label}”", f'group "{group.code}"'
        report.remedies[group.code] = _row(report, f"remedies.{group.code}", columns, cells, where)
    _take(pieces, table.start, table.end, taken)


def _read_statistics(
    report: Report, pieces: Sequence[Piece], table: statistics_table.Located, taken: set[int]
) -> None:
    report.form = "2014"
    report.statistics = []
    for index, line in enumerate(statistics_table.read(pieces, table)):
        path = f"statistics.{index}.value"
        figure = _keep(report, path, line.figure)
        report.statistics.append({"label": line.label, "unit": line.unit, "value": figure})
        report.statistics_codes.append(line.code)
        if path not in report.places and line.label_piece is not None:
            report.places[path] = line.label_piece.place
    _take(pieces, table.start, table.end, taken)


def _row(
    report: Report, path: str, columns: list[str], cells: matrix.Cells | None, where: tuple[str, str]
) -> dict[str, Value]:
    """A row's figures by column; a row that could not be read is noted and left blank."""
    if cells is None:
        _unread(report, [f"{path}.{column}" for column in columns], *where)
        return dict.fromkeys(columns)
    return {c: _keep(report, f"{path}.{c}", piece) for c, piece in zip(columns, cells, strict=True)}


def _keep(report: Report, path: str, piece: Piece | None) -> Value:
    """Note where a cell stands and what is written in it beside its figure; give the figure."""
    if piece is None:
        return None
    report.places[path] = piece.place
    if piece.kind in (FIGURE, BLANK) and piece.text and not piece.text.isdecimal():
        report.written[path] = piece.text
    return piece.value


def _unread(report: Report, cells: list[str], where: str, where_en: str) -> None:
    report.unread.append(
        Unread(cells, f"{where}的数字没有读出：请核对原表。", f"the figures of {where_en} could not be read")
    )


def _take(pieces: Sequence[Piece], start: int, end: int, taken: set[int]) -> None:
    taken.update(piece.row for piece in pieces[start:end])


def _read_text(report: Report, document: Document, taken: set[int], running: RunningLines) -> None:
    old = report.form == "2014"
    lines = list(narrative.raw_lines(document, taken, running))
    paragraphs, headings = narrative.paragraphs(lines, old, wrapped=document.kind in WRAPPED)
    if old:
        paragraphs = [p for p in paragraphs if not statistics_table.is_head_line(simplify(p.text))]
    front = _front(lines, headings)
    report.title = naming.title_of(front, document.title)
    report.year = naming.year_of(report.title, paragraphs)
    report.organ = naming.organ_of(report.title, paragraphs)
    report.lines = [(p.section, p.text, p.place) for p in paragraphs]
    report.headings = [(h.code, h.text, h.place) for h in headings]
    report.sections = _sections(report.title or "", paragraphs, headings)
    report.processing_fees = None if old else fees.processing_fees(report.sections.get("other_matters", ""))
    if report.form is None:
        report.form = _form_without_table_2(report)


def _sections(
    title: str, paragraphs: Sequence[narrative.Paragraph], headings: Sequence[narrative.Heading]
) -> dict[str, str]:
    """The text of each section. The contract's three are there, though empty, where their heading is."""
    texts: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        if not (paragraph.section in BESIDE_TABLES and _is_rest_of_table(paragraph.text)):
            texts.setdefault(paragraph.section, []).append(paragraph.text)
    for section in BESIDE_TABLES:
        alone = [p.text for p in paragraphs if p.section == section]
        if len(alone) == 1 and alone[0].strip("。") in NOTHING_TO_SAY:
            texts[section] = alone
    texts["front"] = narrative.front_sentences(texts.get("front", ()), title)
    named = {heading.code for heading in headings}
    return {
        code: "\n".join(texts.get(code, ()))
        for code in SECTIONS
        if texts.get(code) or (code in NAMED_SECTIONS and code in named)
    }


def _is_rest_of_table(text: str) -> bool:
    """Whether a line is left of a table's head, however torn: no sentence, and no character of its own."""
    words = core(simplify(text))
    return not text.endswith(("。", "；", "，")) and _characters_of_tables().issuperset(words)


@cache
def _characters_of_tables() -> frozenset[str]:
    """The characters of all labels of tables 2, 3 and 4."""
    return proactive_table.characters() | requests_table.characters() | remedies_table.CHARACTERS


def _front(lines: Sequence[tuple[str, object]], headings: Sequence[narrative.Heading]) -> list[str]:
    """The lines before the first section."""
    first = headings[0].place if headings else None
    front: list[str] = []
    for text, place in lines:
        if place == first:
            break
        front.append(text)
    return front


def _form_without_table_2(report: Report) -> str:
    """By table 3 where it shows three rows of 其他处理, else by the year."""
    if report.requests and any(code.startswith("other.") for code in report.requests):
        return "2021"
    return form_for_year(report.year) if report.year else "2021"
