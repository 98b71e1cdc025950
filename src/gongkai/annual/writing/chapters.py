"""The sections of a report of the years up to 2018: under its own headings and in its own order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from math import inf
from typing import NamedTuple

from gongkai.annual.report import Report
from gongkai.annual.writing.paragraphs import paragraphs

# Sections of a report of the years up to 2018 where the report itself names none (2007 Regulation, art. 32).
OLD_SECTIONS = (
    ("overview", "概述"),
    ("proactive", "主动公开政府信息情况"),
    ("requests", "依申请公开政府信息情况"),
    ("remedies", "行政复议和行政诉讼情况"),
    ("problems", "存在的主要问题及改进情况"),
    ("other_section", "其他情况"),
    ("other_matters", "其他需要报告的事项"),
)
_NUMBER = re.compile(r"^\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分)?\s*[、.．:：]|\d{1,2}\s*[、.．])\s*")
_SENTENCE_END = ("。", "；", "！", "？")


class Chapter(NamedTuple):
    code: str
    heading: str
    texts: list[str]


def chapters(report: Report, sections: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Headings without their numbers, each with its paragraphs: as printed, if the report was read from a
    file and its texts are still those; else the headings that the Regulation of 2007 (art. 32) asks for."""
    read = list(_as_read(report))
    if read and _tell_the_same(read, report):
        yield from ((without_number(chapter.heading), chapter.texts) for chapter in read)
        return
    for code, label in OLD_SECTIONS:
        if code in sections:
            yield label, sections[code]


def without_number(heading: str) -> str:
    """A heading's words: 二、组织领导情况 -> 组织领导情况."""
    return _NUMBER.sub("", heading)


def _as_read(report: Report) -> Iterator[Chapter]:
    """Each section by its lines; none where lines are unknown."""
    begins = [(place.line, code, text) for code, text, place in report.headings if place.line is not None]
    if len(begins) != len(report.headings) or any(place.line is None for _, _, place in report.lines):
        return
    for (start, code, heading), after in zip_longest(begins, begins[1:]):
        end = after[0] if after else inf
        within = [text for _, text, place in report.lines if start <= (place.line or 0) < end]
        yield Chapter(code, heading, [p for text in within for p in paragraphs(text)])


def _tell_the_same(read: Sequence[Chapter], report: Report) -> bool:
    """Whether the report's sections are those of the file, but for short lines that reading took out of them:
    headings of parts, which look like the heads of a table."""
    found: dict[str, list[str]] = {}
    for chapter in read:
        if chapter.code in dict(OLD_SECTIONS):
            found.setdefault(chapter.code, []).extend(chapter.texts)
    told = {code: paragraphs(text) for code, text in report.sections.items() if code != "front"}
    return all(_but_for_heads(found.get(code, []), told.get(code, [])) for code in {*found, *told})


def _but_for_heads(whole: Sequence[str], told: Sequence[str]) -> bool:
    rest = list(told)
    for text in whole:
        if rest and rest[0] == text:
            del rest[0]
        elif text.endswith(_SENTENCE_END):
            return False
    return not rest
