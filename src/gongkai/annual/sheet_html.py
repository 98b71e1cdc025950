"""A printed table as html, with the cells of findings marked and linked to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.annual.findings import SEVERITIES, Finding
from gongkai.annual.markup import Html, el, join
from gongkai.annual.report import Report
from gongkai.annual.sheet import SheetCell, SheetTable, cell_name, cell_place, printed_number
from gongkai.annual.sheet_basis import shown_sign
from gongkai.annual.sheet_editing import Correction, input_html, was_html
from gongkai.annual.sheet_words import severity_word, word

SCOPES = {"col": "col", "colgroup": "colgroup", "row": "row", "rowgroup": "rowgroup"}
FORM_LANGUAGE = "zh-Hans"  # the statutory form is printed in Chinese whatever the page's language

MARKERS_IN_LINE = 2  # more of them go below the figure


@dataclass(frozen=True, slots=True)
class Marks:
    """Which findings (numbered from 1) rest on which cell, and the prefix that keeps ids apart on a page.

    With the `report`, a cell that a link leads to says in words which cell it is; with the `correction`, what
    stood in it before a person changed it.
    """

    prefix: str  # "r1": the first report of the page
    findings: Sequence[Finding]
    lang: str = "zh"
    by_cell: Mapping[str, list[int]] = field(default_factory=dict)
    report: Report | None = None
    correction: Correction | None = None

    @classmethod
    def of(
        cls,
        prefix: str,
        findings: Sequence[Finding],
        lang: str,
        report: Report | None = None,
        correction: Correction | None = None,
    ) -> Marks:
        by_cell: dict[str, list[int]] = {}
        for number, finding in enumerate(findings, start=1):
            for path in dict.fromkeys(finding.cells):
                by_cell.setdefault(path, []).append(number)
        return cls(prefix, findings, lang, by_cell, report, correction)

    def finding_id(self, number: int) -> str:
        return f"{self.prefix}-f{number}"

    def cell_id(self, path: str) -> str:
        return f"{self.prefix}-{path}"

    def message(self, number: int) -> str:
        finding = self.findings[number - 1]
        return finding.message if self.lang == "zh" else finding.message_en

    def gravest(self, numbers: Sequence[int]) -> str:
        return min((self.findings[n - 1].severity for n in numbers), key=SEVERITIES.index)

    def marker(self, number: int, href: str | None = None, name: str | None = None) -> Html:
        """The small numbered square that stands for a finding, a link where it leads somewhere."""
        severity = self.findings[number - 1].severity
        label = name or word("marker", self.lang, number=number, severity=severity_word(severity, self.lang))
        if href is None:
            return el("span", str(number), class_=f"marker marker-{severity}", aria_hidden="true")
        return el("a", str(number), class_=f"marker marker-{severity}", href=href, aria_label=label)


def table_html(table: SheetTable, marks: Marks) -> Html:
    """The table inside a frame that scrolls by itself, so that the page never does."""
    title_id = f"{marks.prefix}-{table.code}-title"
    rows = [el("tr", *(_cell(cell, marks) for cell in row)) for row in table.rows]
    parts = [el("thead", *rows[: table.heads])] if table.heads else []
    parts.append(el("tbody", *rows[table.heads :]))
    caption = el("caption", table.caption, id=title_id)
    body = el("table", caption, *parts, class_=f"sheet sheet-{table.code}")
    hint = el("p", word("scroll_hint", marks.lang), class_="scroll-hint", lang=_language(marks.lang))
    return el(
        "div",
        hint,
        body,
        class_=f"sheet-frame frame-{table.code}",
        role="group",
        aria_labelledby=title_id,
        tabindex="0",
        lang=FORM_LANGUAGE,
    )


def _cell(cell: SheetCell, marks: Marks) -> Html:
    spans = {
        "colspan": cell.colspan if cell.colspan > 1 else None,
        "rowspan": cell.rowspan if cell.rowspan > 1 else None,
    }
    if cell.header:
        level = f" level-{cell.level}" if cell.level else ""
        class_ = f"head-{cell.header}{level}"
        return el("th", cell.text, scope=SCOPES[cell.header], class_=class_, **spans)
    if cell.path is None:
        return el("td", cell.text, **spans)
    return _figure(cell, marks, spans)


def _figure(cell: SheetCell, marks: Marks, spans: Mapping[str, int | None]) -> Html:
    assert cell.path is not None
    numbers = marks.by_cell.get(cell.path, [])
    content: list[Html] = [_content(cell, marks)]
    if cell.note:
        note = word("written", marks.lang, text=cell.note)
        content.append(el("small", note, class_="written", lang=_language(marks.lang)))
    content += [marks.marker(n, f"#{marks.finding_id(n)}") for n in numbers]
    was = _was(cell, marks)
    changed = " is-changed" if was else ""
    editable = _editable(cell.path, marks)
    if not numbers:
        class_ = f"figure{changed}"
        id_ = marks.cell_id(cell.path)
        return el("td", *content, was, id=id_, class_=class_, **editable, **spans)
    return el(
        "td",
        el("span", *content, class_="marked" if len(numbers) <= MARKERS_IN_LINE else "marked marked-many"),
        was,
        _name_line(cell, numbers, marks),
        id=marks.cell_id(cell.path),
        class_=f"figure is-{marks.gravest(numbers)}{changed}",
        data_findings=" ".join(marks.finding_id(n) for n in numbers),
        **editable,
        title="\n".join(marks.message(n) for n in numbers),
        aria_describedby=f"{marks.finding_id(numbers[0])}-message",
        **spans,
    )


def _editable(path: str, marks: Marks) -> dict[str, str]:
    """What a page's script needs to change the cell in its place."""
    controls = marks.correction.controls if marks.correction else None
    if controls is None or controls.as_inputs or marks.report is None:
        return {}
    return {
        "data_path": path,
        "data_value": printed_number(marks.report.value(path)),
        "data_name": cell_name(path, marks.report, marks.lang),
    }


def _content(cell: SheetCell, marks: Marks) -> Html:
    """The figure, or the input it is typed into."""
    correction, report = marks.correction, marks.report
    if correction is None or correction.controls is None or report is None or cell.path is None:
        return _value(cell, marks.lang)
    if not correction.controls.as_inputs:
        return el("span", _value(cell, marks.lang), class_="value")
    shown = printed_number(report.value(cell.path))
    return input_html(cell.path, shown, report, correction, marks.cell_id(cell.path), marks.lang)


def _was(cell: SheetCell, marks: Marks) -> Html | None:
    if marks.correction is None or marks.report is None or cell.path is None:
        return None
    return was_html(cell.path, marks.report, marks.correction, marks.lang)


def _name_line(cell: SheetCell, numbers: Sequence[int], marks: Marks) -> Html | None:
    """Row and column of the cell and the way back, in sight once a link has led here."""
    if marks.report is None or cell.path is None:
        return None
    lang = marks.lang
    row, column = cell_place(cell.path, marks.report, lang)
    name = word("this_cell", lang, row=row, column=column) if column else row
    place = marks.report.places.get(cell.path)
    in_file = word("in_file", lang, place=place.label(lang)) if place is not None else None
    back = [
        el("a", word("back_to", lang, number=n), href=f"#{marks.finding_id(n)}")
        for n in numbers[:MARKERS_IN_LINE]
    ]
    language = lang if lang != "zh" else None
    return el(
        "span",
        el("strong", name),
        el("span", in_file) if in_file else None,
        *back,
        class_="cell-line",
        lang=language,
    )


def _value(cell: SheetCell, lang: str) -> Html:
    if not cell.state:
        return join(shown_sign(cell.text, lang))
    if cell.state == "blank" and cell.text.strip():
        return join(cell.text)  # what the report puts for nothing: "/", "-"
    return el("span", word(cell.state, lang), class_=f"state state-{cell.state}", lang=_language(lang))


def _language(lang: str) -> str | None:
    return None if lang == "zh" else lang
