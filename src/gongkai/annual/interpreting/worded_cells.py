"""Cells of figures that hold words: 十, 一件, 1O, 见附件, #REF!.

They are cells without a figure, not labels: taken for a label, one would tear its row in two, and the figures
beside it would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from gongkai.annual.forms import form
from gongkai.annual.interpreting.figures import BLANK, FIGURE, LABEL, Kind, kind_of
from gongkai.annual.interpreting.words import core
from gongkai.annual.report import Number

WIDTH = 7  # cells of a row of table 3
FEWEST_FIGURES = 4  # of them, for the others to be cells of figures too
ALONE, FEWEST_ALONE = 15, 10  # cells of the row of table 4, and of them figures
WIDEST_ROW = 24  # seven cells and labels over several columns; a longer one is a table in one line
LONGEST_WORDS = 12
LONGEST_NUMERAL = 8
# A number as people write it where a figure is asked for: 十二, 一件, 约3件, 1O, l2, 3?, 12.
_MEANT_AS_NUMBER = re.compile(
    r"(?:约|近|共)?[\dOoIl一二两三四五六七八九十百千万〇零○.,:?*#!]+(?:余|多|左右)?[件条个次篇人元项宗份]?(?:左右)?"
)
# How a label begins.
_NUMBERED = re.compile(r"\([一二三四五六七八九十\d]|[一二三四五六七八九十]+、|\d+[.、]\D")
_NAMES = re.compile(r"[㐀-鿿].*[㐀-鿿]", re.DOTALL)  # two Chinese characters: words that can name a row


def kinds_in_row(texts: Sequence[str]) -> list[tuple[Kind, Number | None]]:
    """What each cell of a row is, with its value: as `kind_of`, but BLANK where words stand for a figure.

    `texts`: the cells of a table's row, normalised and stripped.
    """
    found = [kind_of(text) for text in texts]
    kinds = [kind for kind, _ in found]
    if LABEL not in kinds[1:] or len(kinds) > WIDEST_ROW:
        return found
    named = False
    figures = sum(kind is FIGURE for kind in kinds)
    # Table 4 has a row of figures alone; in table 3 they stand behind the row's labels.
    first = 0 if len(kinds) == ALONE and figures >= FEWEST_ALONE else len(kinds) - WIDTH
    for index, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind is not LABEL or len(text) > LONGEST_WORDS:
            named = named or kind is LABEL
            continue
        in_figures = index >= max(first, 0) and figures >= FEWEST_FIGURES and (named or not first)
        if (named and _is_number_meant(text)) or (in_figures and not _is_of_a_label(text)):
            found[index] = BLANK, None
        named = named or _NAMES.search(text) is not None
    return found


def _is_number_meant(text: str) -> bool:
    return len(text) <= LONGEST_NUMERAL and _MEANT_AS_NUMBER.fullmatch(text) is not None


def _is_of_a_label(text: str) -> bool:
    """Whether a label of the form has these words: a row has two where blocks stand abreast."""
    words = core(text)
    if _NUMBERED.match(text):
        return True
    return len(words) > 1 and any(words in label or label in words for label in _labels())


@cache
def _labels() -> tuple[str, ...]:
    labels = [
        words
        for code in ("2021", "2019")
        for block in form(code).proactive
        for words in (block.item, *(r.label for r in block.rows), *(c.label for c in block.columns))
    ]
    labels += [row.label for row in form("2021").rows] + [c.label for c in form("2021").columns]
    return tuple(filter(None, map(core, labels)))
