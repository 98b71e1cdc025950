"""One checked report as html: verdict, findings, tables, narrative, each linked to the others.

The page and the check sheet both show exactly this.
"""

from __future__ import annotations

from gongkai.annual.checked import Checked
from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.markup import Html, el, join
from gongkai.annual.narrative_html import narrative_html, quote_id, quoted_words
from gongkai.annual.report import Report
from gongkai.annual.sheet import SheetTable, cell_place, printed_number, sheet_tables
from gongkai.annual.sheet_html import FORM_LANGUAGE, Marks, table_html
from gongkai.annual.sheet_words import severity_word, verdict, word

# A finding on many cells (a table left blank) names the first ones; the rest stand behind a fold.
CELLS_NAMED = 8
ROWS_NAMED = 4  # where each row has one figure and a long label


def report_html(item: Checked, number: int, lang: str = "zh") -> Html:
    """The `number`-th file of a page: its report with findings, or the error that kept it from being read."""
    if item.report is None:
        return error_html(item, number, lang)
    marks = Marks.of(f"r{number}", item.findings, lang)
    tables = sheet_tables(item.report)
    quoted = quoted_words(item.report, item.findings)
    in_text = {q.number for q in quoted}
    narrative = narrative_html(item.report, quoted, marks)
    return el(
        "article",
        _head(item, item.report, marks),
        el(
            "div",
            el(
                "section",
                el("h3", word("findings", lang)),
                _findings(item, marks, tables, in_text),
                class_="findings",
            ),
            el(
                "div",
                el("h3", word("tables", lang)),
                *([table_html(table, marks) for table in tables] or [el("p", word("no_tables", lang))]),
                class_="tables",
                role="group",
                aria_label=word("tables", lang),
                tabindex="0",
            ),
            class_="report-split",
        ),
        _narrative(narrative, bool(quoted), lang),
        class_="report",
        id=marks.prefix,
        aria_labelledby=f"{marks.prefix}-title",
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


def _head(item: Checked, report: Report, marks: Marks) -> Html:
    lang = marks.lang
    facts = [
        f"{word('file', lang)}：{item.source}" if lang == "zh" else f"{word('file', lang)}: {item.source}"
    ]
    facts.append(("{}：{}" if lang == "zh" else "{}: {}").format(word("form", lang), form_name(report, lang)))
    if item.compared_with:
        facts.append(word("compared_with", lang, source=item.compared_with))
    gravest = marks.gravest(range(1, len(item.findings) + 1)) if item.findings else "none"
    more = None if item.findings else el("p", word("verdict_none_more", lang))
    return el(
        "header",
        el("h2", report_title(report, lang), id=f"{marks.prefix}-title"),
        el("ul", *(el("li", fact) for fact in facts), class_="facts"),
        el("p", verdict(item, lang), class_=f"verdict verdict-{gravest}"),
        more,
        *(_note(note, lang) for note in item.notes),
    )


def _note(note: tuple[str, str], lang: str) -> Html:
    zh, en = note
    if lang == "zh":
        return el("p", zh, class_="reading-note")
    # What a reader of files had to say is in Chinese alone.
    return el("p", en, class_="reading-note", lang=FORM_LANGUAGE if zh == en else None)


def _findings(item: Checked, marks: Marks, tables: list[SheetTable], in_text: set[int]) -> Html:
    assert item.report is not None
    linked = set().union(*(table.paths() for table in tables)) if tables else set()
    if not item.findings:
        return el("p", word("verdict_none", marks.lang), class_="quiet")
    cards = [
        _card(number, finding, item.report, marks, linked, number in in_text)
        for number, finding in enumerate(item.findings, start=1)
    ]
    return el("ol", *cards, class_="cards")


def _card(
    number: int, finding: Finding, report: Report, marks: Marks, linked: set[str], in_text: bool
) -> Html:
    lang, name = marks.lang, marks.finding_id(number)
    message = marks.message(number)
    return el(
        "li",
        el(
            "p",
            marks.marker(number),
            el("strong", severity_word(finding.severity, lang), class_="severity"),
            el("span", _title(finding, lang), class_="check-title"),
            el("span", finding.rule, class_="rule", title=word("rule", lang)),
            class_="card-head",
        ),
        el("p", message, id=f"{name}-message", class_="message"),
        _numbers(finding, lang),
        _cells(finding, report, marks, linked),
        _quote(number, finding, marks, in_text),
        id=name,
        class_=f"card card-{finding.severity}",
        tabindex="-1",
    )


def _title(finding: Finding, lang: str) -> str:
    from gongkai.annual.checking import RULES  # here: drawing the tables alone needs no rules

    for rule in RULES:
        if rule.name == finding.name:
            return rule.title_zh if lang == "zh" else rule.title_en
    return ""


def _numbers(finding: Finding, lang: str) -> Html | None:
    if finding.expected is None and finding.found is None:
        return None
    pairs = [(word("expected", lang), finding.expected), (word("found", lang), finding.found)]
    shown = [
        el("div", el("dt", name), el("dd", printed_number(value)))
        for name, value in pairs
        if value is not None
    ]
    return el("dl", *shown, class_="numbers")


def _cells(finding: Finding, report: Report, marks: Marks, linked: set[str]) -> Html | None:
    """The cells in the table's own words, each a link into it, grouped so that least is said twice."""
    places = {path: cell_place(path, report, marks.lang) for path in dict.fromkeys(finding.cells)}
    if not places:
        return None
    by_column = len({column for _, column in places.values()}) < len({row for row, _ in places.values()})
    groups: dict[str, list[Html]] = {}
    for path, (row, column) in places.items():
        head, name = (column, row) if by_column or not column else (row, column)
        # A cell of a table that the report does not have is named, and leads nowhere.
        link = el("a", name, href=f"#{marks.cell_id(path)}") if path in linked else join(name)
        groups.setdefault(head, []).append(link)
    one_figure_rows = all(not column for _, column in places.values())
    most = ROWS_NAMED if one_figure_rows else CELLS_NAMED
    return _grouped_cells(groups, marks.lang, most, apart=one_figure_rows)


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
    more = None
    if folded:
        more = el("details", el("summary", word("more_cells", lang, count=hidden)), el("ul", *folded))
    return el("div", el("p", word("cells", lang)), el("ul", *shown), more, class_="cells")


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


def _narrative(text: Html | None, any_quoted: bool, lang: str) -> Html | None:
    if text is None:
        return None
    note = el("p", word("narrative_note", lang), class_="quiet") if any_quoted else None
    return el("section", el("h3", word("narrative", lang)), note, text, class_="narrative")
