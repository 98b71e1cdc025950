"""The narrative as sentences and clauses: the words as printed, and the same in one spelling for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.checking.examination import Examination
from gongkai.documents.intermediate import Place
from gongkai.wording.normal import compact

# A sentence ends at these signs; the sign stays with it, so that the quoted words are those of the report.
_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
_CLAUSE_ENDS = re.compile(r"[，:：;；。！？]|,(?!\d{3}(?!\d))")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_BOOKS = re.compile(r"《[^《》]*》")
_COMMA = "\ue000"  # stands for a full-width comma while signs are made half-width: 12，345 is no number
_WORTH_READING = re.compile("申请|申請|复议|複議|復議|诉讼|訴訟")
_HEADING_LENGTH = 30


@dataclass(slots=True)
class Sentence:
    """A sentence: `quote` as printed, `clauses` in one spelling without spaces, brackets after their clause."""

    quote: str
    text: str
    section: str
    place: Place | None
    clauses: list[str]


@dataclass(slots=True)
class Paragraph:
    number: int
    heading: str  # the short line above it, if there is one
    section: str
    sentences: list[Sentence]


def paragraphs(case: Examination, sections: frozenset[str] | None = None) -> Iterator[Paragraph]:
    """Paragraphs that speak of requests, reconsideration or litigation, of these sections or of all."""
    heading = ""
    for number, (section, text, place) in enumerate(_lines(case)):
        if sections is not None and section not in sections:
            continue
        if len(text) < _HEADING_LENGTH and not text.rstrip().endswith(("。", "；", ";")):
            heading = compact(text)
            if not any(character.isdigit() for character in text):
                continue
        if not _WORTH_READING.search(text) and not _WORTH_READING.search(heading):
            heading = ""
            continue
        yield Paragraph(number, heading, section, [*_sentences(text, section, place)])
        heading = ""


def _lines(case: Examination) -> Iterator[tuple[str, str, Place | None]]:
    if case.report.lines:
        yield from case.report.lines
        return
    for section, text in case.report.sections.items():
        for line in text.split("\n"):
            if line.strip():
                yield section, line, None


def _sentences(text: str, section: str, place: Place | None) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(text):
        quote = match.group().strip()
        plain = _BOOKS.sub("", compact(quote.replace("，", _COMMA)).replace(_COMMA, "，"))
        if plain:
            yield Sentence(quote, plain, section, place, clauses_of(plain))


def clauses_of(text: str) -> list[str]:
    """Clauses of a normalised sentence; what stands in brackets comes after its own clause.

    >>> clauses_of("共处理区政府(办公室)申请30件(其中网络2件)，均已答复")
    ['共处理区政府申请30件', '其中网络2件', '均已答复']
    """
    if "(" not in text:
        return [clause for clause in _CLAUSE_ENDS.split(text) if clause]
    inner: list[str] = []

    def take_out(match: re.Match[str]) -> str:
        words = match[1]
        if not any(character.isdigit() for character in words):
            return ""
        inner.append(words)
        return f"\x00{len(inner) - 1}\x00"

    found: list[str] = []
    for clause in _CLAUSE_ENDS.split(_BRACKETS.sub(take_out, text)):
        outer, *rest = re.split("\x00", clause)
        found.append(outer + "".join(rest[1::2]))
        for index in rest[0::2]:
            found += _CLAUSE_ENDS.split(inner[int(index)])
    return [clause for clause in found if clause]
