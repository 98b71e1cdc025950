"""A finding as a card: what is wrong, the figures compared, the cells, the words it rests on, and the basis.

What the screen folds away is printed once more for paper, where nothing can be opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual.checked import Checked
from gongkai.annual.findings import Finding
from gongkai.annual.markup import Html, el, join
from gongkai.annual.narrative_html import quote_id
from gongkai.annual.report import Report
from gongkai.annual.sheet import SheetTable, cell_place
from gongkai.annual.sheet_basis import Basis, basis, sides
from gongkai.annual.sheet_html import FORM_LANGUAGE, Marks
from gongkai.annual.sheet_words import severity_word, word

# A finding on many cells (a table left blank) names the first ones; the rest stand behind a fold.
CELLS_NAMED = 8
ROWS_NAMED = 4  # where each row has one figure and a long label
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def cards_html(item: Checked, marks: Marks, tables: Sequence[SheetTable], in_text: set[int]) -> Html:
    """The findings that `marks` holds, in order. `in_text`: those whose words are in the narrative."""
    assert item.report is not None
    if not item.findings:
        return el("p", word("verdict_none", marks.lang), class_="quiet")
    linked = {path for table in tables for path in table.paths()}
    cards = [
        _card(number, finding, item.report, marks, linked, number in in_text)
        for number, finding in enumerate(marks.findings, start=1)
    ]
    left = len(item.findings) - len(cards)
    more = el("p", word("more_findings", marks.lang, count=left), class_="quiet") if left else None
    return join(el("ol", *cards, class_="cards"), more)


def _card(
    number: int, finding: Finding, report: Report, marks: Marks, linked: set[str], in_text: bool
) -> Html:
    lang, name = marks.lang, marks.finding_id(number)
    rests_on = basis(finding, lang, report.year)
    return el(
        "li",
        el(
            "p",
            marks.marker(number),
            el("strong", severity_word(finding.severity, lang), class_="severity"),
            el("span", rests_on.title, class_="check-title"),
            class_="card-head",
        ),
        el("p", marks.message(number), id=f"{name}-message", class_="message"),
        _figures(finding, lang),
        _cells(finding, report, marks, linked),
        _quote(number, finding, marks, in_text),
        _basis(finding, rests_on, lang),
        id=name,
        class_=f"card card-{finding.severity}",
        tabindex="-1",
    )


def _figures(finding: Finding, lang: str) -> Html | None:
    """The two figures under the names that are true for this kind of check."""
    compared = sides(finding, lang)
    if compared is None:
        return None
    shown = [el("div", el("dt", name), el("dd", figure)) for name, figure in compared.figures]
    if compared.relation:
        shown.append(
            el("div", el("dt", word("relation", lang), class_="unseen"), el("dd", compared.relation))
        )
    return el("dl", *shown, class_="numbers")


def _basis(finding: Finding, rests_on: Basis, lang: str) -> Html:
    """The article in words with the rule's number; what it asks for stands behind a fold."""
    colon = "：" if lang == "zh" else ": "
    named = el("span", rests_on.article, lang=_language(rests_on.article, lang)) if rests_on.article else None
    line = el(
        "p",
        el("span", word("basis", lang) + colon, class_="basis-name"),
        named,
        " " if named else None,
        el("span", finding.rule, class_="rule", title=word("rule", lang)),
    )
    if not rests_on.explanation:
        return el("div", line, class_="basis")
    folded = el(
        "details",
        el("summary", word("explanation", lang)),
        el("p", rests_on.explanation),
        class_="not-printed",
    )
    on_paper = el("p", rests_on.explanation, class_="printed-only")
    return el("div", line, folded, on_paper, class_="basis")


def _language(text: str, lang: str) -> str | None:
    """A citation without an English name is said to be Chinese."""
    return FORM_LANGUAGE if lang != "zh" and CHINESE.search(text) else None


def cell_groups(finding: Finding, report: Report, lang: str) -> dict[str, dict[str, str]]:
    """A finding's cells as row -> {path: column}, or column -> {path: row}: so that least is said twice.

    Cells of rows that have one figure stand under "".
    """
    places = {path: cell_place(path, report, lang) for path in dict.fromkeys(finding.cells)}
    by_column = len({column for _, column in places.values()}) < len({row for row, _ in places.values()})
    groups: dict[str, dict[str, str]] = {}
    for path, (row, column) in places.items():
        head, name = (column, row) if by_column or not column else (row, column)
        groups.setdefault(head, {})[path] = name
    return groups


def _cells(finding: Finding, report: Report, marks: Marks, linked: set[str]) -> Html | None:
    """The cells in the table's own words, each a link into it."""
    groups = cell_groups(finding, report, marks.lang)
    if not groups:
        return None
    # A cell of a table that the report does not have is named, and leads nowhere.
    links = {
        head: [
            el("a", name, href=f"#{marks.cell_id(path)}") if path in linked else join(name)
            for path, name in cells.items()
        ]
        for head, cells in groups.items()
    }
    one_figure_rows = set(groups) == {""}
    most = ROWS_NAMED if one_figure_rows else CELLS_NAMED
    return _grouped_cells(links, marks.lang, most, apart=one_figure_rows)


def _grouped_cells(groups: dict[str, list[Html]], lang: str, most: int, apart: bool) -> Html:
    """`行政复议：结果维持、结果纠正、总计`: the first `most` cells in sight, the others behind a fold.

    `apart`: each on a line of its own, for the long labels of rows with one figure.
    """
    shown: list[Html] = []
    folded: list[Html] = []
    left, hidden = most, 0
    for head, links in groups.items():
        now, later = links[:left], links[left:]
        left -= len(now)
        hidden += len(later)
        shown += _named(head, now, lang, apart)
        folded += _named("" if now else head, later, lang, apart)
    if not folded:
        return el("div", el("p", word("cells", lang)), el("ul", *shown), class_="cells")
    summary = el("summary", word("more_cells", lang, count=hidden))
    more = el("details", summary, el("ul", *folded), class_="not-printed")
    return el(
        "div",
        el("p", word("cells", lang)),
        el("ul", *shown),
        more,
        el("ul", *folded, class_="printed-only"),
        class_="cells",
    )


def _named(head: str, links: list[Html], lang: str, apart: bool) -> list[Html]:
    if apart:
        return [el("li", link) for link in links]
    if not links:
        return []
    colon, comma = ("：", "、") if lang == "zh" else (": ", ", ")
    separated = [piece for link in links for piece in (comma, link)][1:]
    return [el("li", head + colon if head else None, *separated)]


def _quote(number: int, finding: Finding, marks: Marks, in_text: bool) -> Html | None:
    if not finding.quote:
        return None
    link = el("a", word("see_text", marks.lang), href=f"#{quote_id(number, marks)}") if in_text else None
    place = el("span", finding.place.label(marks.lang), class_="place") if finding.place else None
    if not link and not place:
        return el("blockquote", el("p", finding.quote, lang=FORM_LANGUAGE))
    foot = el("p", place, " " if place and link else None, link, class_="quote-foot")
    return el("blockquote", el("p", finding.quote, lang=FORM_LANGUAGE), foot)
