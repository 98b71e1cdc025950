"""The narrative as sentences and clauses: the words as printed, and the same in one spelling for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.plain_lines import PlainLine
from gongkai.documents.intermediate import Place

_CLAUSE_ENDS = re.compile(r"[，:：;；。！？]|,(?!\d{3}(?!\d))")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_BOOKS = re.compile(r"《[^《》]*》")
_WORTH_READING = re.compile("申请|复议|诉讼")
_DIGIT = re.compile("[0-9]")
_HEADING_LENGTH = 30


@dataclass(slots=True)
class Sentence:
    """A sentence: `quote` as printed, `clauses` in one spelling, brackets after their clause."""

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
    for number, line in enumerate(case.plain_lines):
        if sections is not None and line.section not in sections:
            continue
        if len(line.plain) < _HEADING_LENGTH and not line.plain.endswith(("。", ";")):
            heading = line.plain
            if not _DIGIT.search(heading):
                continue
        if not _WORTH_READING.search(line.plain) and not _WORTH_READING.search(heading):
            heading = ""
            continue
        yield Paragraph(number, heading, line.section, [*sentences_of(line)])
        heading = ""


def sentences_of(line: PlainLine) -> Iterator[Sentence]:
    """The sentences of a paragraph, each with its words as printed."""
    for quote, text in line.sentences():
        plain = _BOOKS.sub("", text) if "《" in text else text
        yield Sentence(quote, plain, line.section, line.place, clauses_of(plain))


def clauses_of(text: str) -> list[str]:
    """Clauses of a normalised sentence; what stands in brackets comes after its own clause.

    >>> clauses_of("收到县政府(本级)申请9件(含邮寄2件)，均已登记")
    ['收到县政府申请9件', '含邮寄2件', '均已登记']
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
