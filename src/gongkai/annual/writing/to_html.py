"""A report as one html page: no script, nothing loaded, readable on a telephone, printable on A4."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources

from gongkai.annual.markup import Html, el, join
from gongkai.annual.sheet_html import FORM_LANGUAGE, SCOPES
from gongkai.annual.writing.printed import Heading, Paragraph, Part, Printed
from gongkai.annual.writing.tables import PlacedCell, PrintedTable


def html_content(printed: Printed, written_at: dt.datetime) -> bytes:
    first, *more = printed.title_lines()
    title = join(first, *(join(el("br"), line) for line in more))
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="author", content=printed.organ) if printed.organ else None,
        el("meta", name="dcterms.created", content=written_at.date().isoformat()),
        el("title", printed.title),
        el("style", _style()),
    )
    body = el(
        "body",
        el(
            "main",
            el("h1", title),
            *(el("p", text) for text in printed.front),
            *map(_part, printed.parts),
        ),
    )
    page = f"<!DOCTYPE html>\n{el('html', head, body, lang=FORM_LANGUAGE)}\n"
    return page.encode()


@cache
def _style() -> Html:
    return Html("\n" + resources.files(__package__).joinpath("report.css").read_text("utf-8"))


def _part(part: Part) -> Html:
    match part:
        case Heading(text):
            return el("h2", text)
        case Paragraph(text):
            return el("p", text)
    return _table(part)


def _table(table: PrintedTable) -> Html:
    """The table in a frame that scrolls by itself; the keyboard reaches it."""
    rows = [el("tr", *(_cell(placed) for placed in row)) for row in table.rows]
    parts = [el("thead", *rows[: table.heads])] if table.heads else []
    parts.append(el("tbody", *rows[table.heads :]))
    return el(
        "div",
        el("table", el("caption", table.caption), *parts),
        class_=f"frame of-{table.code}",
        role="region",
        aria_label=table.caption,
        tabindex="0",
    )


def _cell(placed: PlacedCell) -> Html:
    cell = placed.cell
    spans = {
        "colspan": cell.colspan if cell.colspan > 1 else None,
        "rowspan": cell.rowspan if cell.rowspan > 1 else None,
    }
    if cell.header:
        level = f"level-{cell.level}" if cell.level and cell.header == "row" else None
        return el("th", cell.text, scope=SCOPES[cell.header], class_=level, **spans)
    return el("td", cell.text, class_="figure" if cell.path else None, **spans)
