"""The narrative's paragraphs in one spelling, beside the words as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place
from gongkai.wording.normal import compact, simplify, without_spaces

# A sentence ends at these signs; the sign stays with it, so that quoted words are those of the report.
_PRINTED = re.compile(r"[^。！？；;!?\n]+[。！？；;!?]?")
_PLAIN = re.compile(r"[^。!?;\n]+[。!?;]?")
_COMMA = "\ue000"  # stands for a full-width comma while signs are made half-width: 12，345 is no number


@dataclass(slots=True)
class PlainLine:
    """A paragraph: `text` as printed; `plain` with half-width signs, simplified characters and no spaces.

    A full-width comma stays one in `plain`. `simple` is in one spelling too and as long as `text`.
    """

    section: str
    text: str
    plain: str
    place: Place | None
    simple: str
    _sentences: list[tuple[str, str]] | None = None

    def sentences(self) -> list[tuple[str, str]]:
        """(as printed, plain) for each sentence."""
        if self._sentences is None:
            self._sentences = [*self._split()]
        return self._sentences

    def _split(self) -> Iterator[tuple[str, str]]:
        plain = _PLAIN.findall(self.plain)
        printed = [words for piece in _PRINTED.findall(self.text) if (words := piece.strip())]
        if len(plain) != len(printed):  # a sentence of signs that nobody sees
            plain = [plain_text(words) for words in printed]
        return zip(printed, plain, strict=True)


def plain_text(text: str) -> str:
    """Text in one spelling without spaces, full-width commas kept."""
    return compact(text.replace("，", _COMMA)).replace(_COMMA, "，")


def plain_lines(report: Report) -> list[PlainLine]:
    """The report's paragraphs; where it has none (a report from json), the lines of its sections."""
    printed: list[tuple[str, str, Place | None]] = [*report.lines] or [
        (section, line, None)
        for section, text in report.sections.items()
        for line in text.split("\n")
        if line.strip()
    ]
    # All at once: most of the time goes into finding the characters that change, a few in a whole report.
    simple = simplify("\n".join(text for _, text, _ in printed).replace("，", _COMMA))
    found, start = [], 0
    for section, text, place in printed:
        words = simple[start : start + len(text)]
        start += len(text) + 1
        plain = without_spaces(words).replace(_COMMA, "，")
        found.append(PlainLine(section, text, plain, place, words.replace(_COMMA, ",")))
    return found
