"""A comparison as plain text for a terminal: no line is wider than it, and no name is cut short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gongkai.annual.comparing import Comparison
from gongkai.annual.comparing import words as w
from gongkai.annual.comparing.figures import FigurePair
from gongkai.annual.comparing.places import place_of
from gongkai.annual.comparing.terminal import (
    WIDTH_OF_A_FILE,
    columns_of,
    filled,
    to_the_right,
    widths_of,
    wrapped,
)
from gongkai.annual.comparing.texts import Kind, SectionPair
from gongkai.annual.sheet import sheet_tables
from gongkai.annual.sheet_words import severity_word

# A report whose name is longer than this is called by a letter over its column.
WIDEST_HEAD = 14
# A row's name gets at least this much; where the figures leave less they stand below it.
NARROWEST_NAME = 20
_STEP = "  "


def plain_comparison(comparison: Comparison, lang: str, width: int = WIDTH_OF_A_FILE) -> str:
    """The whole comparison as text that ends with a line break, in lines of at most `width` columns."""
    lines = [*_heads(comparison, lang), w.counts(comparison, lang)]
    if nothing := w.across(comparison, lang):
        lines.append(nothing)
    for finding in comparison.findings:
        message = finding.message if lang == "zh" else finding.message_en
        lines.append(f"[{severity_word(finding.severity, lang)}] {finding.rule}  {message}")
    parts = [part for line in lines for part in wrapped(line, width, further=_STEP)]
    return "\n".join([*parts, *_figures(comparison, lang, width), *_texts(comparison, lang, width)]) + "\n"


def _heads(comparison: Comparison, lang: str) -> list[str]:
    """The two reports; where their names are too long to stand over a column, each with its letter."""
    heads = [w.heading(report, lang) for report in (comparison.before, comparison.after)]
    if not _lettered(comparison, lang):
        return heads
    letters = w.word("letters", lang)
    return [letter + w.word("colon", lang) + head for letter, head in zip(letters, heads, strict=True)]


def _lettered(comparison: Comparison, lang: str) -> bool:
    return max(map(columns_of, w.names(comparison, lang))) > WIDEST_HEAD


def _names(comparison: Comparison, lang: str) -> tuple[str, str]:
    if _lettered(comparison, lang):
        letters = w.word("letters", lang)
        return letters[0], letters[1]
    return w.names(comparison, lang)


# ---- the figures ----


def _figures(comparison: Comparison, lang: str, width: int) -> Iterator[str]:
    captions = {
        table.code: table.caption
        for report in (comparison.before, comparison.after)
        for table in sheet_tables(report)
    }
    heads = (*_names(comparison, lang), w.word("change", lang), "%")
    for code, pairs in groupby(comparison.changed, key=lambda pair: pair.path.split(".")[0]):
        rows = [(_place(comparison, pair, lang), _cells(pair, lang)) for pair in pairs]
        widths = widths_of([heads, *(figures for _, figures in rows)])
        room = width - len(_STEP) - sum(len(_STEP) + each for each in widths)
        caption = captions.get(code, code)
        yield ""
        if room >= NARROWEST_NAME:
            yield from wrapped(caption, width, further=_STEP)
            yield from _table(rows, heads, widths, (room, width), lang)
        else:
            before, after = _names(comparison, lang)
            caption += w.word("from_to", lang, before=before, after=after)
            yield from wrapped(caption, width, further=_STEP)
            yield from _list(rows, width, lang)


def _place(comparison: Comparison, pair: FigurePair, lang: str) -> tuple[str, str]:
    return place_of(pair.path, comparison.after if pair.path_after else comparison.before, lang)


def _cells(pair: FigurePair, lang: str) -> tuple[str, ...]:
    return (
        w.figure(pair.before, pair.path_before, lang),
        w.figure(pair.after, pair.path_after, lang),
        *w.change(pair),
    )


_Rows = Sequence[tuple[tuple[str, str], tuple[str, ...]]]


def _table(
    rows: _Rows, heads: Sequence[str], widths: Sequence[int], space: tuple[int, int], lang: str
) -> Iterator[str]:
    """Names to the left, figures in columns. A row whose name is too long has it in a line of its own."""
    room, width = space
    head = (w.word("cell", lang), tuple(heads))
    lines: list[tuple[str, tuple[str, ...]]] = [head]
    for row, group in groupby(rows, key=lambda item: item[0][0]):
        cells = list(group)
        names = [" · ".join(filter(None, place)) for place, _ in cells]
        if max(map(columns_of, names)) <= room:
            lines += zip(names, (figures for _, figures in cells), strict=True)
            continue
        alone = len(cells) == 1 and not cells[0][0][1]
        if not alone:
            lines += [(part, ()) for part in wrapped(row, width - len(_STEP), further=_STEP)]
        for (_, column), figures in cells:
            *above, last = wrapped(row if alone else column, room, "" if alone else _STEP, _STEP)
            lines += [*((part, ()) for part in above), (last, figures)]
    widest = max(columns_of(name) for name, figures in lines if figures)
    for name, figures in lines:
        if figures:
            yield f"{_STEP}{filled(name, widest)}{_STEP}{to_the_right(figures, widths)}".rstrip()
        else:
            yield _STEP + name


def _list(rows: _Rows, width: int, lang: str) -> Iterator[str]:
    """For a narrow terminal: each row's name, and below it one figure a line."""
    for row, group in groupby(rows, key=lambda item: item[0][0]):
        cells = list(group)
        alone = len(cells) == 1 and not cells[0][0][1]
        if not alone:
            yield from wrapped(row, width, _STEP, _STEP * 2)
        for (_, column), (before, after, *changes) in cells:
            name = row if alone else column
            told = w.word("comma", lang).join(filter(None, changes))
            told = w.word("of_change", lang, change=told) if told else ""
            line = f"{name}{w.word('colon', lang)}{before} → {after}{told}"
            yield from wrapped(line, width, _STEP if alone else _STEP * 2, _STEP * 3)


# ---- the texts ----


def _texts(comparison: Comparison, lang: str, width: int) -> Iterator[str]:
    for section in comparison.sections:
        yield ""
        name = w.section_name(section.code, lang)
        line = f"{name}{w.word('colon', lang)}{w.section_counts(section, lang)}"
        yield from wrapped(line, width, further=_STEP)
        yield from _sentences(section, width)


def _sentences(section: SectionPair, width: int) -> Iterator[str]:
    for pair in section.sentences:
        if pair.kind is Kind.SAME:
            continue
        if pair.before:
            yield from wrapped(pair.before.strip(), width, "  - ", "    ")
        if pair.after:
            yield from wrapped(pair.after.strip(), width, "  + ", "    ")
