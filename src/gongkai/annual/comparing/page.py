"""A comparison as one html file: what changed, the tables beside each other, the texts beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from itertools import groupby, zip_longest

from gongkai.annual.check_sheet import style
from gongkai.annual.comparing import Comparison
from gongkai.annual.comparing import words as w
from gongkai.annual.comparing.figures import FigurePair
from gongkai.annual.comparing.places import place_of
from gongkai.annual.comparing.texts import Kind, Part, SectionPair
from gongkai.annual.markup import Html, el, join
from gongkai.annual.sheet import SheetCell, SheetTable, sheet_tables
from gongkai.annual.sheet_html import FORM_LANGUAGE, SCOPES
from gongkai.annual.sheet_words import severity_word


def render_comparison(comparison: Comparison, lang: str = "zh") -> str:
    """The whole file: no script, no second file, nothing to load."""
    title = w.word("title", lang)
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light"),
        el("title", title),
        el("style", Html(style() + _own_style())),
    )
    body = el("body", el("main", el("h1", title), comparison_html(comparison, lang)), class_="check-sheet")
    return f"<!DOCTYPE html>\n{el('html', head, body, lang=FORM_LANGUAGE if lang == 'zh' else lang)}\n"


def _own_style() -> str:
    return resources.files("gongkai.annual").joinpath("style", "compare.css").read_text("utf-8")


def comparison_html(comparison: Comparison, lang: str) -> Html:
    """The comparison without the page around it; headings begin at h2."""
    return el(
        "div",
        el(
            "p",
            f"{w.heading(comparison.before, lang)} ↔ {w.heading(comparison.after, lang)}",
            class_="compared",
        ),
        el(
            "p",
            w.counts(comparison, lang),
            class_="verdict",
        ),
        _findings(comparison, lang),
        el("section", el("h2", w.word("figures", lang)), _changes(comparison, lang))
        if comparison.figures
        else None,
        el("section", el("h2", w.word("tables", lang)), *_tables(comparison, lang)),
        el("section", el("h2", w.word("texts", lang)), *_texts(comparison, lang)),
        class_="report comparison",
    )


def _findings(comparison: Comparison, lang: str) -> Html | None:
    nothing = w.across(comparison, lang)
    if nothing:
        return el("p", nothing)
    if not comparison.findings:
        return None
    cards = [
        el(
            "li",
            el(
                "p",
                el("strong", severity_word(finding.severity, lang), class_="severity"),
                el("span", finding.rule, class_="rule"),
                class_="card-head",
            ),
            el("p", finding.message if lang == "zh" else finding.message_en, class_="message"),
            class_=f"card card-{finding.severity}",
        )
        for finding in comparison.findings
    ]
    return el("section", el("h2", w.word("across", lang)), el("ol", *cards, class_="cards"))


def _changes(comparison: Comparison, lang: str) -> Html:
    if not comparison.changed:
        return el("p", w.word("no_figures", lang))
    before, after = w.names(comparison, lang)
    heads = (w.word("cell", lang), before, after, w.word("change", lang), w.word("percent", lang))
    captions = {
        table.code: table.caption
        for report in (comparison.before, comparison.after)
        for table in sheet_tables(report)
    }
    bodies = []
    for code, pairs in groupby(comparison.changed, key=lambda pair: pair.path.split(".")[0]):
        title = el("th", captions.get(code, code), colspan=len(heads), scope="rowgroup", class_="of-table")
        rows = (_change(comparison, pair, lang) for pair in pairs)
        bodies.append(el("tbody", el("tr", title), *rows))
    head = el("thead", el("tr", *(el("th", text, scope="col") for text in heads)))
    return _frame(el("table", head, *bodies, class_="summary changes"), w.word("figures", lang))


def _change(comparison: Comparison, pair: FigurePair, lang: str) -> Html:
    owner = comparison.after if pair.path_after else comparison.before
    figures = (
        w.figure(pair.before, pair.path_before, lang),
        w.figure(pair.after, pair.path_after, lang),
        *w.change(pair),
    )
    name = " · ".join(filter(None, place_of(pair.path, owner, lang)))
    return el("tr", el("th", name, scope="row"), *(el("td", text, class_="figure") for text in figures))


def _frame(content: Html, label: str) -> Html:
    return el("div", content, class_="sheet-frame", role="group", aria_label=label, tabindex="0")


# ---- the tables beside each other ----


def _tables(comparison: Comparison, lang: str) -> Iterator[Html]:
    differing_before = {pair.path_before for pair in comparison.changed}
    differing_after = {pair.path_after for pair in comparison.changed}
    earlier = {table.code: table for table in sheet_tables(comparison.before)}
    later = {table.code: table for table in sheet_tables(comparison.after)}
    names = w.names(comparison, lang)
    for code in dict.fromkeys([*later, *earlier]):
        sides = ((earlier.get(code), differing_before), (later.get(code), differing_after))
        yield el(
            "div",
            *(
                _side(table, differing, name, lang)
                for (table, differing), name in zip(sides, names, strict=True)
            ),
            class_="side-by-side",
        )


def _side(table: SheetTable | None, differing: set[str | None], name: str, lang: str) -> Html:
    if table is None:
        return el("div", el("p", f"{name} · {w.word('no_table', lang)}", class_="quiet"))
    rows = [el("tr", *(_cell(cell, differing) for cell in row)) for row in table.rows]
    parts = [el("thead", *rows[: table.heads])] if table.heads else []
    # The table scrolls sideways where it is wide; what it is called stays above it.
    title = f"{name} · {table.caption}"
    body = el(
        "table",
        *parts,
        el("tbody", *rows[table.heads :]),
        class_=f"sheet sheet-{table.code}",
        aria_label=title,
    )
    return el("div", el("p", title, class_="table-title"), _frame(body, title))


def _cell(cell: SheetCell, differing: set[str | None]) -> Html:
    colspan = cell.colspan if cell.colspan > 1 else None
    rowspan = cell.rowspan if cell.rowspan > 1 else None
    if cell.header:
        class_ = f"head-{cell.header}" + (f" level-{cell.level}" if cell.level else "")
        return el("th", cell.text, scope=SCOPES[cell.header], class_=class_, colspan=colspan, rowspan=rowspan)
    differs = cell.path is not None and cell.path in differing
    text = el("strong", cell.text) if differs else join(cell.text)
    kind = "figure differs" if differs else "figure" if cell.path else None
    return el("td", text, class_=kind, colspan=colspan, rowspan=rowspan)


# ---- the texts beside each other ----


def _texts(comparison: Comparison, lang: str) -> Iterator[Html]:
    if not comparison.sections:
        yield el("p", w.word("no_texts", lang))
    names = w.names(comparison, lang)
    for section in comparison.sections:
        heads = el("tr", *(el("th", name, scope="col") for name in names))
        rows = list(_rows(section, lang))
        table = el("table", el("thead", heads), el("tbody", *rows), class_="texts")
        title = w.section_name(section.code, lang)
        yield el("h3", title)
        yield el("p", w.section_counts(section, lang), class_="quiet")
        yield _frame(table, title)


def _rows(section: SectionPair, lang: str) -> Iterator[Html]:
    """A row for each sentence that changed; sentences that stayed are one, what was left out stands beside
    what was added in its place.
    """
    for kept, pairs in groupby(section.sentences, key=lambda pair: pair.kind is Kind.SAME):
        if kept:
            text = "".join(pair.after for pair in pairs)
            yield _row(Kind.SAME, join(text), join(text), lang)
            continue
        for changed, group in groupby(pairs, key=lambda pair: pair.kind is Kind.CHANGED):
            stretch = list(group)
            if changed:
                for pair in stretch:
                    sides = _marked(pair.parts, Kind.LEFT_OUT, "del"), _marked(pair.parts, Kind.ADDED, "ins")
                    yield _row(Kind.CHANGED, *sides, lang)
                continue
            left = [el("del", pair.before) for pair in stretch if pair.kind is Kind.LEFT_OUT]
            added = [el("ins", pair.after) for pair in stretch if pair.kind is Kind.ADDED]
            for old, new in zip_longest(left, added, fillvalue=Html("")):
                kind = Kind.ADDED if not old else Kind.LEFT_OUT if not new else Kind.CHANGED
                yield _row(kind, old, new, lang)


def _row(kind: Kind, before: Html, after: Html, lang: str) -> Html:
    cells = (el("td", before), el("td", after))
    return el("tr", *cells, class_=f"text-{kind.value}", title=w.word(kind.value, lang))


def _marked(parts: tuple[Part, ...], kind: Kind, tag: str) -> Html:
    """One side of a changed sentence: what both have, and what only this side has, marked."""
    return join(
        *(
            el(tag, part.text) if part.kind is kind else join(part.text)
            for part in parts
            if part.kind in (Kind.SAME, kind)
        )
    )
