"""A report's narrative as html, with the words that findings rest on marked and numbered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.markup import Html, el, join
from gongkai.annual.report import Report
from gongkai.annual.sheet_html import FORM_LANGUAGE, Marks
from gongkai.annual.sheet_words import word
from gongkai.documents.intermediate import Place

# A report has about a thousand characters of narrative; past this only the quoted paragraphs are shown.
MOST_PARAGRAPHS = 400
_BETWEEN = "\0"
_FEWEST_AROUND = 4  # characters beside a mask that tell the place in its paragraph


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where a finding's words stand: paragraph `line` of `report.lines`, characters `start` to `end`."""

    number: int  # of the finding, from 1
    line: int
    start: int
    end: int


def quoted_words(report: Report, findings: Sequence[Finding]) -> list[Quoted]:
    """For each finding that quotes the report: where its words stand. Words not found are left out."""
    if not any(finding.quote for finding in findings):
        return []
    narrative = _Narrative(report)
    found = []
    for number, finding in enumerate(findings, start=1):
        at = narrative.locate(finding) if finding.quote else None
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


Stretch = tuple[int, int, int]  # index of the paragraph, start and end in it


class _Narrative:
    """The paragraphs without their white space in one string: many findings may be looked for in them."""

    def __init__(self, report: Report) -> None:
        self._lines = [text for _, text, _ in report.lines]
        bare = [_bare(text) for text in self._lines]
        self._text = _BETWEEN.join(bare)
        self._starts = list(accumulate((len(text) + 1 for text in bare), initial=0))
        self._by_place: dict[Place, list[int]] = {}
        for index, (_, _, place) in enumerate(report.lines):
            self._by_place.setdefault(place, []).append(index)
        self._kept: dict[int, list[int]] = {}

    def locate(self, finding: Finding) -> Stretch | None:
        """The quoted words: first where the finding says they stand, then anywhere.

        Personal data are quoted in masked form: what stands around the masks tells where they are.
        """
        quote = finding.quote or ""
        own = self._by_place.get(finding.place, ()) if finding.place else ()
        for needle in filter(None, map(_bare, _pieces(quote))):
            found = [self._text.find(needle, self._starts[i], self._starts[i + 1]) for i in own]
            at = next((at for at in found if at >= 0), self._text.find(needle))
            if at >= 0:
                return self._stretch(at, at + len(needle))
        for index in own:
            start = self._starts[index]
            around = _around_masks(self._text[start : self._starts[index + 1] - 1], _bare(quote))
            if around is not None:
                return self._stretch(start + around[0], start + around[1])
        return None

    def _stretch(self, start: int, end: int) -> Stretch:
        """From positions in the whole to those in the paragraph as it is written."""
        index = bisect_right(self._starts, start) - 1
        if index not in self._kept:
            self._kept[index] = [i for i, c in enumerate(self._lines[index]) if not c.isspace()]
        kept, first = self._kept[index], self._starts[index]
        return index, kept[start - first], kept[end - 1 - first] + 1


def _bare(text: str) -> str:
    return "".join(text.split())


def _pieces(quote: str) -> list[str]:
    """The quote, then its parts where it leaves words out or runs over lines, longest first."""
    parts = [
        part for part in quote.replace("……", "\n").replace("…", "\n").splitlines() if len(part.strip()) > 1
    ]
    return [quote, *sorted(parts, key=len, reverse=True)]


def _around_masks(text: str, quote: str) -> tuple[int, int] | None:
    """Start and end of the words in `text` that the quote gives with parts of them masked.

    They run from the longest beginning of the quote that stands there to its longest end; None where too
    little of it is left to tell.
    """
    head = _longest(text, lambda length: quote[:length], len(quote))
    tail = _longest(text, lambda length: quote[len(quote) - length :], len(quote))
    if max(head, tail) < _FEWEST_AROUND:
        return None
    start = text.find(quote[:head]) if head else 0
    end = text.find(quote[len(quote) - tail :], start) + tail if tail else len(text)
    return (start, end) if start < end else None


def _longest(text: str, part: Callable[[int], str], most: int) -> int:
    """The length, up to `most`, of the longest such part of a quote that stands in the text."""
    low, high = 0, most
    while low < high:  # what holds for a length holds for every shorter one
        middle = (low + high + 1) // 2
        low, high = (middle, high) if part(middle) in text else (low, middle - 1)
    return low


def find_words(text: str, wanted: str) -> tuple[int, int] | None:
    """Start and end of `wanted` in `text`, white space in either left out of account."""
    needle, bare = _bare(wanted), _bare(text)
    at = bare.find(needle) if needle else -1
    if at < 0:
        return None
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    return kept[at], kept[at + len(needle) - 1] + 1


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
