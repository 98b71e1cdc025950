"""The texts of a report: its sections paragraph by paragraph, and the title among its first lines."""

from __future__ import annotations

from difflib import SequenceMatcher

from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place

# The sections whose text the contract holds, and all that a report's lines may stand in, in their order.
STATED = ("overview", "problems", "other_matters")
FRONT = "front"
ORDER = (FRONT, *(code for code, _ in form("2021").sections), "other_section")

# Paragraphs of one section that are matched one by one with those before; a report's longest has some fifty.
MOST_MATCHED = 300
# A title runs over so many lines at most, and stands among so many first ones.
MOST_TITLE_LINES = 8
MOST_FRONT_LINES = 200

Passage = tuple[str, str, Place]


def section_codes(report: Report) -> list[str]:
    """The sections that can be written: the three that every report has, and others that have a text."""
    used = {code for code, _, _ in report.lines} | set(report.sections)
    return [code for code in ORDER if code in STATED or code in used]


def section_text(report: Report, code: str) -> str:
    """A section's paragraphs, each on a line of its own."""
    if code in report.sections:
        return report.sections[code]
    return "\n".join(text for section, text, _ in report.lines if section == code)


def paragraphs_of(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def put_text(report: Report, code: str, text: str) -> None:
    """Gives a section other paragraphs, in place.

    Those that stay keep their places; a changed one has the place of the one it stands for.
    """
    paragraphs = paragraphs_of(text)
    if code in STATED:
        report.sections[code] = "\n".join(paragraphs)
    old = [index for index, (section, _, _) in enumerate(report.lines) if section == code]
    if old:
        report.lines = _rewritten(report.lines, old, paragraphs)
    else:
        at, place = _opening(report, code)
        report.lines = [*report.lines[:at], *((code, p, place) for p in paragraphs), *report.lines[at:]]


def _rewritten(lines: list[Passage], old: list[int], paragraphs: list[str]) -> list[Passage]:
    """The lines with those at `old` (all of one section) replaced."""
    code = lines[old[0]][0]
    before = [lines[index][1].strip() for index in old]
    standing: dict[int, list[Passage]] = {index: [] for index in old}
    steps = (
        SequenceMatcher(None, before, paragraphs, autojunk=False).get_opcodes()
        if max(len(before), len(paragraphs)) <= MOST_MATCHED
        else [("replace", 0, len(before), 0, len(paragraphs))]
    )
    for kind, first, last, new_first, new_last in steps:
        for offset, text in enumerate(paragraphs[new_first:new_last]):
            at = old[max(0, min(first + offset, last - 1))]
            same = kind == "equal"
            standing[at].append(lines[at] if same else (code, text, lines[at][2]))
    result: list[Passage] = []
    for index, line in enumerate(lines):
        result += standing.get(index, [line])
    return result


def _opening(report: Report, code: str) -> tuple[int, Place]:
    """Where the first paragraph of a section without any stands: index among the lines, and place."""
    rank = ORDER.index(code)
    at = next(
        (i for i, (section, _, _) in enumerate(report.lines) if ORDER.index(section) > rank),
        len(report.lines),
    )
    heading = next((place for section, _, place in report.headings if section == code), None)
    if heading is not None:
        return at, heading._replace(line=None if heading.line is None else heading.line + 1)
    return at, report.lines[at - 1][2] if at else Place(line=1)


def put_title(report: Report, title: str | None) -> None:
    """Gives the report another title, in place, where it stands among the first lines too."""
    before = "".join((report.title or "").split())
    report.title = title
    front = [i for i, (section, _, _) in enumerate(report.lines) if section == FRONT][:MOST_FRONT_LINES]
    for count in range(1, min(len(front), MOST_TITLE_LINES) + 1):
        for start in range(len(front) - count + 1):
            lines = front[start : start + count]
            if before and "".join("".join(report.lines[i][1].split()) for i in lines) == before:
                first = report.lines[lines[0]]
                new = [(FRONT, title, first[2])] if title else []
                report.lines = [*report.lines[: lines[0]], *new, *report.lines[lines[-1] + 1 :]]
                return
