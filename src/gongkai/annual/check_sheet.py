"""The check sheet: one html file with everything in it, to be read, printed and passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources

from gongkai.annual.checked import Checked
from gongkai.annual.findings import SEVERITIES
from gongkai.annual.markup import Html, el, join
from gongkai.annual.report_html import report_html
from gongkai.annual.sheet_editing import Correction
from gongkai.annual.sheet_html import FORM_LANGUAGE
from gongkai.annual.sheet_words import severity_word, word

STYLE_FILES = ("tokens.css", "sheet.css")


def render_check_sheet(
    results: Sequence[Checked], lang: str = "zh", corrections: Mapping[int, Correction] | None = None
) -> str:
    """The whole file: no script, no second file, nothing to load. `lang` is "zh" or "en".

    `corrections`, by the report's number from 1: what a person changed in it before it was checked.
    """
    title = word("sheet_title", lang)
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light"),
        el("title", title),
        el("style", Html(style())),
    )
    body = el(
        "body",
        el(
            "main",
            el("h1", title),
            results_html(results, lang, corrections or {}),
            el("p", word("printed_by", lang), class_="quiet"),
        ),
        class_="check-sheet",
    )
    return f"<!DOCTYPE html>\n{el('html', head, body, lang=FORM_LANGUAGE if lang == 'zh' else lang)}\n"


def results_html(results: Sequence[Checked], lang: str, corrections: Mapping[int, Correction]) -> Html:
    """All files: a table of them where there are several, then each."""
    summary = summary_html(results, lang) if len(results) > 1 else None
    reports = [
        report_html(item, number, lang, correction=corrections.get(number))
        for number, item in enumerate(results, start=1)
    ]
    return join(summary, *reports)


def summary_html(results: Sequence[Checked], lang: str) -> Html:
    """One row a file: what it is and how many findings it has."""
    heads = [word(key, lang) for key in ("file", "organ", "year")]
    heads += [severity_word(severity, lang) for severity in SEVERITIES]
    rows = [_summary_row(item, number, lang) for number, item in enumerate(results, start=1)]
    table = el(
        "table",
        el("caption", word("files", lang), id="files-title"),
        el("thead", el("tr", *(el("th", name, scope="col") for name in heads))),
        el("tbody", *rows),
        class_="summary",
    )
    return el("div", table, class_="sheet-frame", role="group", aria_labelledby="files-title", tabindex="0")


def _summary_row(item: Checked, number: int, lang: str) -> Html:
    name = el("th", el("a", item.source, href=f"#r{number}"), scope="row")
    if item.report is None:
        why = el("strong", word("unreadable", lang), class_="not-read")
        return el("tr", name, el("td", why, colspan=2 + len(SEVERITIES)))
    year = str(item.report.year or word("no_year", lang))
    counts = [el("td", str(item.count(severity)), class_="figure") for severity in SEVERITIES]
    return el("tr", name, el("td", item.report.organ or word("no_organ", lang)), el("td", year), *counts)


def style() -> str:
    """The style of the sheet: the tokens and what the tables and cards need."""
    folder = resources.files("gongkai.annual").joinpath("style")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in STYLE_FILES)
