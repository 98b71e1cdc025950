"""Lines of the file a report was read from that a written report does not have, for a person to be told."""

from __future__ import annotations

import re

from gongkai.annual.report import Report
from gongkai.annual.writing.chapters import without_number
from gongkai.annual.writing.paragraphs import tidy, without_blanks

_MOST_QUOTED = 3
_LONGEST_QUOTED = 24  # characters
# Numbers and signs alone say nothing that could be missed: page numbers, rulings.
_WORDS = re.compile(r"[^\W\d_]")


def left_out(report: Report, written: str) -> list[str]:
    """The lines and headings of the source that are not among the words `written`, blanks aside.

    A heading's number and the statutory words around its own are no loss.
    """
    if not report.headings and not report.places:
        return []  # it was a json file, which has nothing beside its sections
    kept = without_blanks(written)
    headings = [without_number(text) for _, text, _ in report.headings]
    lines = [line for _, text, _ in report.lines for line in text.splitlines()]
    return [
        tidy(text) for text in [*headings, *lines] if _WORDS.search(text) and without_blanks(text) not in kept
    ]


def left_out_note(lost: list[str]) -> tuple[str, str]:
    """One sentence that counts the lines and quotes the first ones."""
    quoted = [line if len(line) <= _LONGEST_QUOTED else line[:_LONGEST_QUOTED] + "…" for line in lost]
    zh = "、".join(f"“{line}”" for line in quoted[:_MOST_QUOTED])
    more = "等" if len(lost) > _MOST_QUOTED else ""
    return (
        f"原文件有 {len(lost)} 行文字在规定格式中没有位置，未写入：{zh}{more}。如需保留，请自行补上。",
        f"{len(lost)} lines of the source have no place in the statutory layout and were left out: {zh}"
        f"{' and others' if more else ''}. Add them by hand if they are to stay.",
    )
