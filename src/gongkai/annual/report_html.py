"""One checked report as html: verdict, findings, tables, narrative, each linked to the others.

The page and the check sheet both show exactly this.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.checked import Checked
from gongkai.annual.forms import form
from gongkai.annual.markup import Html, el
from gongkai.annual.narrative_html import narrative_html, quoted_words
from gongkai.annual.report import Report
from gongkai.annual.sheet import SheetTable, sheet_tables
from gongkai.annual.sheet_card import cards_html
from gongkai.annual.sheet_editing import Correction, changes_html
from gongkai.annual.sheet_html import FORM_LANGUAGE, Marks, table_html
from gongkai.annual.sheet_words import verdict, word

# A report has some dozens; a page of more helps nobody, and of many thousands it opens nowhere.
MOST_FINDINGS = 500


def report_html(
    item: Checked,
    number: int,
    lang: str = "zh",
    *,
    correction: Correction | None = None,
    tools: Html | None = None,
    hint: Html | None = None,
) -> Html:
    """The `number`-th file of a page: its report with findings, or the error that kept it from being read.

    `correction` tells what a person changed in it; `tools` stand below its verdict, `hint` above its tables.
    """
    if item.report is None:
        return error_html(item, number, lang)
    shown = item.findings[:MOST_FINDINGS]
    marks = Marks.of(f"r{number}", shown, lang, item.report, correction)
    tables = sheet_tables(item.report)
    quoted = quoted_words(item.report, shown)
    in_text = {q.number for q in quoted}
    narrative = narrative_html(item.report, quoted, marks)
    return el(
        "article",
        _head(item, item.report, marks, tools),
        el(
            "div",
            el(
                "section",
                el("h3", word("findings", lang)),
                cards_html(item, marks, tables, in_text),
                class_="findings",
            ),
            _tables(tables, marks, hint),
            class_="report-split",
        ),
        _narrative(narrative, bool(quoted), lang),
        class_="report",
        id=marks.prefix,
        aria_labelledby=f"{marks.prefix}-title",
    )


def _tables(tables: Sequence[SheetTable], marks: Marks, hint: Html | None) -> Html:
    """The tables in a pane that scrolls by itself where there is room beside the findings."""
    lang = marks.lang
    printed = [table_html(table, marks) for table in tables]
    return el(
        "div",
        el("h3", word("tables", lang)),
        hint,
        *(printed or [el("p", word("no_tables", lang))]),
        class_="tables",
        role="group",
        aria_label=word("tables", lang),
        tabindex="0",
    )


def error_html(item: Checked, number: int, lang: str) -> Html:
    """A file that could not be read: its name and why."""
    assert item.error is not None
    return el(
        "article",
        el("h2", word("unreadable_head", lang, source=item.source), id=f"r{number}-title"),
        el("p", item.error.message(lang)),
        class_="report unreadable",
        id=f"r{number}",
        aria_labelledby=f"r{number}-title",
    )


def report_title(report: Report, lang: str) -> str:
    """`青石区人民政府 2024 年度报告`; what the report does not state is said so."""
    organ = report.organ or word("no_organ", lang)
    return word("report_of", lang, organ=organ, year=report.year or word("no_year", lang))


def form_name(report: Report, lang: str) -> str:
    if report.form is None:
        return word("no_form", lang)
    return form(report.form).name if lang == "zh" else report.form


def _head(item: Checked, report: Report, marks: Marks, tools: Html | None) -> Html:
    lang = marks.lang
    facts = [
        f"{word('file', lang)}：{item.source}" if lang == "zh" else f"{word('file', lang)}: {item.source}"
    ]
    facts.append(("{}：{}" if lang == "zh" else "{}: {}").format(word("form", lang), form_name(report, lang)))
    if item.compared_with:
        facts.append(word("compared_with", lang, source=item.compared_with))
    gravest = marks.gravest(range(1, len(marks.findings) + 1)) if marks.findings else "none"
    more = None if item.findings else el("p", word("verdict_none_more", lang))
    return el(
        "header",
        el("h2", report_title(report, lang), id=f"{marks.prefix}-title"),
        el("ul", *(el("li", fact) for fact in facts), class_="facts"),
        el("p", verdict(item, lang), class_=f"verdict verdict-{gravest}"),
        more,
        *(_note(note, lang) for note in item.notes),
        changes_html(report, marks.correction, marks.prefix, lang) if marks.correction else None,
        tools,
    )


def _note(note: tuple[str, str], lang: str) -> Html:
    zh, en = note
    if lang == "zh":
        return el("p", zh, class_="reading-note")
    # What a reader of files had to say is in Chinese alone.
    return el("p", en, class_="reading-note", lang=FORM_LANGUAGE if zh == en else None)


def _narrative(text: Html | None, any_quoted: bool, lang: str) -> Html | None:
    if text is None:
        return None
    note = el("p", word("narrative_note", lang), class_="quiet") if any_quoted else None
    return el("section", el("h3", word("narrative", lang)), note, text, class_="narrative")
