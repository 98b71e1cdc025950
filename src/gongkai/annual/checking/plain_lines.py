"""The narrative's paragraphs in one spelling, beside the words as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place
from gongkai.wording.normal import compact

# A sentence ends at these signs; the sign stays with it, so that quoted words are those of the report.
_PRINTED = re.compile(r"[^。！？；;!?\n]+[。！？；;!?]?")
_PLAIN = re.compile(r"[^。!?;\n]+[。!?;]?")
_COMMA = "\ue000"  # stands for a full-width comma while signs are made half-width: 12，345 is no number


@dataclass(slots=True)
class PlainLine:
    """A paragraph: `text` as printed; `plain` with half-width signs, simplified characters and no spaces.

    A full-width comma stays one in `plain`.
    """

    section: str
    text: str
    plain: str
    place: Place | None

    def sentences(self) -> Iterator[tuple[str, str]]:
        """(as printed, plain) for each sentence."""
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
    if report.lines:
        return [PlainLine(section, text, plain_text(text), place) for section, text, place in report.lines]
    return [
        PlainLine(section, line, plain_text(line), None)
        for section, text in report.sections.items()
        for line in text.split("\n")
        if line.strip()
    ]
