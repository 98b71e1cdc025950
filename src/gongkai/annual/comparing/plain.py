"""A comparison as plain text for a terminal, its columns aligned for Chinese characters' double width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from gongkai.annual.comparing import Comparison
from gongkai.annual.comparing import words as w
from gongkai.annual.comparing.texts import Kind, SectionPair
from gongkai.annual.sheet import cell_name, sheet_tables
from gongkai.annual.sheet_words import severity_word

WIDEST_NAME = 60  # columns of a terminal


def plain_comparison(comparison: Comparison, lang: str) -> str:
    """The whole comparison as text that ends with a line break."""
    lines = [w.heading(comparison.before, lang), w.heading(comparison.after, lang)]
    lines.append(w.counts(comparison, lang))
    if nothing := w.across(comparison, lang):
        lines.append(nothing)
    for finding in comparison.findings:
        message = finding.message if lang == "zh" else finding.message_en
        lines.append(f"[{severity_word(finding.severity, lang)}] {finding.rule}  {message}")
    return "\n".join([*lines, *_figures(comparison, lang), *_texts(comparison, lang)]) + "\n"


def _figures(comparison: Comparison, lang: str) -> Iterator[str]:
    captions = {
        table.code: table.caption
        for report in (comparison.before, comparison.after)
        for table in sheet_tables(report)
    }
    heads = (w.word("cell", lang), *w.names(comparison, lang), w.word("change", lang), "%")
    for code, pairs in groupby(comparison.changed, key=lambda pair: pair.path.split(".")[0]):
        rows = []
        for pair in pairs:
            owner = comparison.after if pair.path_after else comparison.before
            figures = (
                w.figure(pair.before, pair.path_before, lang),
                w.figure(pair.after, pair.path_after, lang),
            )
            rows.append((_cut(cell_name(pair.path, owner, lang)), *figures, *w.change(pair)))
        yield ""
        yield captions.get(code, code)
        yield from _aligned([heads, *rows])


def _texts(comparison: Comparison, lang: str) -> Iterator[str]:
    for section in comparison.sections:
        yield ""
        yield f"{w.section_name(section.code, lang)}: {w.section_counts(section, lang)}"
        yield from _sentences(section, lang)


def _sentences(section: SectionPair, lang: str) -> Iterator[str]:
    for pair in section.sentences:
        if pair.kind is Kind.SAME:
            continue
        if pair.before:
            yield f"  - {pair.before.strip()}"
        if pair.after:
            yield f"  + {pair.after.strip()}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        first = row[0] + " " * (widths[0] - _width(row[0]))
        rest = (" " * (width - _width(text)) + text for text, width in zip(row[1:], widths[1:], strict=True))
        yield "  " + "  ".join((first, *rest)).rstrip()


def _width(text: str) -> int:
    """Columns a terminal gives a text: two for each wide character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(name: str) -> str:
    while _width(name) > WIDEST_NAME:
        name = name[: len(name) // 2 - 2] + "…" + name[len(name) // 2 + 2 :]
    return name
