"""The narrative as sentences and clauses: the words as printed, and the same in one spelling for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.plain_lines import PlainLine
from gongkai.documents.intermediate import Place

_CLAUSE_ENDS = re.compile(r"[，:：;；。！？]|,(?!\d{3}(?!\d))")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_HELD = re.compile("\x00(\\d+)\x00")  # where bracketed words were taken out
_BOOKS = re.compile(r"《[^《》]*》")
_WORTH_READING = re.compile("申请|复议|诉讼")
# Worth reading under a heading of requests.
_OF_OUTCOMES = re.compile("公开|提供|不予|其他处理|结转|办结|答复")
# A sentence that can say anything about the tables: a figure, all of something, none of it, the next year.
_DONE = "[^。]*?(?:答复|办结|办复|回复|完[毕成])"
_NONE = "[^。]*?(?:申请|复议|诉讼|起诉|结转)"
_TELLING = re.compile(
    "|".join(
        [
            "[0-9]|[零〇一二两三四五六七八九十百千][多余几来万]?[(]?[件宗份起例条个篇次项]|为零",
            *(word + _DONE for word in ("均", "全部", "全都", "所有", "都", "一律", "悉数")),
            *(word + _NONE for word in ("未", "没有", "无")),
            "[答办回][^。]{1,2}率|转(?=[至到入]?[下次明])|延(?=[至到]?[下次明])",
        ]
    )
)
_DIGIT = re.compile("[0-9]")
_HEADING_LENGTH = 30
# （二）依申请公开情况。2024年…: the words up to the first stop are the heading of what follows.
_NUMBERED = re.compile(
    r"(?:\(?[一二三四五六七八九十]{1,2}[、.)是]|\(?[0-9]{1,2}[、.)])(?P<heading>[^。，:;0-9]{2,20})?"
)


class Words(NamedTuple):
    """A clause in one spelling; `inner` where it stood in brackets."""

    text: str
    inner: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence: `quote` as printed, `clauses` in one spelling, brackets after their clause."""

    quote: str
    text: str
    section: str
    place: Place | None
    clauses: list[Words]


@dataclass(slots=True)
class Paragraph:
    number: int
    heading: str  # the short line above it, if there is one
    under: str  # the heading of the paragraphs before it, where none came since
    section: str
    sentences: list[Sentence]


def paragraphs(case: Examination) -> Iterator[Paragraph]:
    """Paragraphs that speak of requests, reconsideration or litigation, or stand under such a heading."""
    heading = under = section = ""
    for number, line in enumerate(case.plain_lines):
        plain = line.plain
        if line.section != section:
            under, section = "", line.section
        numbered = _NUMBERED.match(plain)
        if len(plain) < _HEADING_LENGTH and not plain.endswith(("。", ";")):
            heading, under = plain, ""
            if not _DIGIT.search(heading):
                continue
        elif numbered:
            under = ""
        of_requests = _WORTH_READING.search(plain) or _WORTH_READING.search(heading)
        of_outcomes = under and _DIGIT.search(plain) and _OF_OUTCOMES.search(plain)
        if (of_requests or of_outcomes) and (telling := _up_to_the_last_telling(line)):
            yield Paragraph(number, heading, under, line.section, telling)
        if heading or numbered:
            words = heading or (numbered["heading"] if numbered else "") or ""
            under = words if _WORTH_READING.search(words) else ""
        heading = ""


def _up_to_the_last_telling(line: PlainLine) -> list[Sentence]:
    """The sentences of a paragraph, with their words as printed; none after the last that can matter."""
    found: list[Sentence] = []
    if not _TELLING.search(line.plain):
        return found
    split = line.sentences()
    last = max((number for number, (_, text) in enumerate(split) if _TELLING.search(text)), default=-1)
    for quote, text in split[: last + 1]:
        plain = _BOOKS.sub("", text) if "《" in text else text
        found.append(Sentence(quote, plain, line.section, line.place, clauses_of(plain)))
    return found


def clauses_of(text: str) -> list[Words]:
    """Clauses of a normalised sentence; what stands in brackets comes after its own clause.

    >>> [clause.text for clause in clauses_of("收到县政府(本级)申请9件(含邮寄2件)，均已登记")]
    ['收到县政府申请9件', '含邮寄2件', '均已登记']
    """
    if "(" not in text:
        return [Words(clause) for clause in _CLAUSE_ENDS.split(text) if clause]
    inner: list[str] = []

    def take_out(match: re.Match[str]) -> str:
        if not any(character.isdigit() for character in match[1]):
            return ""
        inner.append(match[1])
        return f"\x00{len(inner) - 1}\x00"

    before = ""
    while before != text:  # brackets inside brackets: 收到9件(县(市、区)局6件)
        before, text = text, _BRACKETS.sub(take_out, text)
    found: list[Words] = []
    for clause in _CLAUSE_ENDS.split(text):
        _put_back(clause, inner, found, False)
    return found


def _put_back(clause: str, inner: list[str], found: list[Words], is_inner: bool) -> None:
    """A clause, then the clauses of the brackets in it."""
    outer = _HELD.sub("", clause)
    if outer:
        found.append(Words(outer, is_inner))
    for held in _HELD.findall(clause):
        for words in _CLAUSE_ENDS.split(inner[int(held)]):
            _put_back(words, inner, found, True)
