"""A report's narrative as html, with the words that findings rest on marked and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.markup import Html, el, join
from gongkai.annual.report import Report
from gongkai.annual.sheet_html import FORM_LANGUAGE, Marks
from gongkai.annual.sheet_words import word

# A report has about a thousand characters of narrative; past this only the quoted paragraphs are shown.
MOST_PARAGRAPHS = 400


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a finding's words stand: paragraph `line` of `report.lines`, characters `start` to `end`."""

    number: int  # of the finding, from 1
    line: int
    start: int
    end: int


def quoted_words(report: Report, findings: Sequence[Finding]) -> list[Quoted]:
    """For each finding that quotes the report: where its words stand. Words not found are left out."""
    found = []
    for number, finding in enumerate(findings, start=1):
        at = _locate(report, finding) if finding.quote else None
        if at is not None:
            found.append(Quoted(number, *at))
    return found


def narrative_html(report: Report, quoted: Sequence[Quoted], marks: Marks) -> Html | None:
    """The narrative under its headings, None where the report has none."""
    if not report.lines:
        return None
    by_line: dict[int, list[Quoted]] = {}
    for words in quoted:
        by_line.setdefault(words.line, []).append(words)
    shown = [i for i in range(len(report.lines)) if i < MOST_PARAGRAPHS or i in by_line]
    headings = _headings(report)
    parts: list[Html] = []
    for index in shown:
        if index in headings:
            parts.append(el("h4", headings[index]))
        parts.append(el("p", *_marked(report.lines[index][1], by_line.get(index, ()), marks)))
    cut = len(shown) < len(report.lines)
    note = el("p", word("narrative_cut", marks.lang, count=MOST_PARAGRAPHS), class_="quiet") if cut else None
    return join(note, el("div", *parts, class_="narrative-text", lang=FORM_LANGUAGE))


def _headings(report: Report) -> dict[int, str]:
    """The heading that stands right above a paragraph: as printed, at its place; without places the form's.

    Of several headings with nothing but tables between them the last is shown.
    """
    placed = [(place.line, printed) for _, printed, place in report.headings if place.line is not None]
    if placed and all(place.line is not None for _, _, place in report.lines):
        found = {}
        for line, printed in sorted(placed):
            after = (i for i, (_, _, place) in enumerate(report.lines) if (place.line or 0) > line)
            found[next(after, len(report.lines))] = printed
        return found
    labels = dict(form("2021").sections)
    codes = [code for code, _, _ in report.lines]
    return {
        i: labels[code]
        for i, code in enumerate(codes)
        if code in labels and code != (codes[i - 1] if i else "")
    }


def _locate(report: Report, finding: Finding) -> tuple[int, int, int] | None:
    """Paragraph and range of the quoted words: first where the finding says they stand, then anywhere."""
    order = sorted(range(len(report.lines)), key=lambda i: report.lines[i][2] != finding.place)
    for wanted in _pieces(finding.quote or ""):
        for index in order:
            at = find_words(report.lines[index][1], wanted)
            if at is not None:
                return (index, *at)
    return None


def _pieces(quote: str) -> list[str]:
    """The quote, then its parts where it leaves words out or runs over lines, longest first."""
    parts = [
        part for part in quote.replace("……", "\n").replace("…", "\n").splitlines() if len(part.strip()) > 1
    ]
    return [quote, *sorted(parts, key=len, reverse=True)]


def find_words(text: str, wanted: str) -> tuple[int, int] | None:
    """Start and end of `wanted` in `text`, white space in either left out of account."""
    kept = [(i, c) for i, c in enumerate(text) if not c.isspace()]
    needle = "".join(wanted.split())
    at = "".join(c for _, c in kept).find(needle) if needle else -1
    return None if at < 0 else (kept[at][0], kept[at + len(needle) - 1][0] + 1)


def _marked(text: str, quoted: Iterable[Quoted], marks: Marks) -> list[str]:
    """The paragraph in pieces: words under one or more findings inside `mark`, each closed by its number."""
    words = sorted(quoted, key=lambda q: (q.start, q.end))
    edges = sorted({0, len(text), *(q.start for q in words), *(q.end for q in words)})
    parts: list[str] = []
    begun: set[int] = set()
    for start, end in pairwise(edges):
        over = [q for q in words if q.start <= start and end <= q.end]
        if not over:
            parts.append(text[start:end])
            continue
        anchors = [_anchor(q, marks) for q in over if q.number not in begun]
        begun.update(q.number for q in over)
        closing = [marks.marker(q.number, f"#{marks.finding_id(q.number)}") for q in over if q.end == end]
        severity = marks.gravest([q.number for q in over])
        joined = " ".join(marks.finding_id(q.number) for q in over)
        parts.append(
            join(*anchors, el("mark", text[start:end], class_=f"is-{severity}", data_findings=joined))
        )
        parts += closing
    return parts


def _anchor(quoted: Quoted, marks: Marks) -> Html:
    return el("span", id=quote_id(quoted.number, marks), class_="anchor")


def quote_id(number: int, marks: Marks) -> str:
    return f"{marks.prefix}-q{number}"
