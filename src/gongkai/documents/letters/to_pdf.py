"""Letters and forms as one pdf for printing and for the archive: PDF/A-2b, tagged, fonts embedded."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from gongkai.documents.letters.printable import printable
from gongkai.documents.letters.text import FormText, LetterText, Printable
from gongkai.documents.writing.characters import STAND_IN, missing_characters, with_stand_ins
from gongkai.documents.writing.typesetting import typeset
from gongkai.statute.errors import LetterError
from gongkai.wording.chinese_blanks import BESIDE_CHINESE

_UNTITLED = "政府信息公开文书"
MOST_AT_ONCE = 500  # papers in one file: a batch of more is printed in several
TITLE_SIZE, SMALLEST_TITLE = 22.0, 16.0  # 二号; points
HEAD_SIZE, SMALLEST_HEAD = 36.0, 16.0
HEAD_WIDTH = 170 * 72 / 25.4  # points
_TEXT_WIDTH = 156 * 72 / 25.4
_CHARACTERS_OF_A_TITLE_LINE = 20
_FOOT_KEPT_WHOLE = 28 * 8  # characters: notes of at most eight lines stay with organ and date
_ATTACHMENTS_KEPT = 4  # of a long list, so many go to the page of the date at least
_LONG_WORD = re.compile(r"[\x21-\x7e]{16}")
_NUMBER_AT_BRACKET = re.compile(r"\d+\.[《“（〔【]")
_CLOSING, _OPENING = "，。、；：！？）》」』】〕”’,.;:!?)]}%…—0123456789", "（《「『【〔“‘([{"
_LINE_OF_FORM = 26  # characters


def to_pdf(papers: Sequence[Printable], *, written_at: dt.datetime, two_sided: bool = False) -> bytes:
    """The papers in one pdf, each with page numbers of its own; `two_sided`: each begins on a front side.

    `written_at` has a time zone and becomes the file's date. A character that no font has is printed as
    `STAND_IN`: ask `unprintable` first. LetterError `letter_none` for no paper, `letter_too_many` for more
    than MOST_AT_ONCE.
    """
    if not papers:
        raise LetterError("letter_none", "没有要打印的文书。", "there is nothing to print.")
    if len(papers) > MOST_AT_ONCE:
        raise LetterError(
            "letter_too_many",
            f"一次最多打印 {MOST_AT_ONCE} 份，现为 {len(papers)} 份。请分批打印。",
            f"at most {MOST_AT_ONCE} papers at once, not {len(papers)}. Print them in batches.",
        )
    first = papers[0]
    title = _set(_titled(first.title))
    data = {
        "title": title if len(papers) == 1 else f"{title}等{len(papers)}份",
        "author": _set(first.organ),
        "two_sided": two_sided,
        "closing": list(_CLOSING),
        "opening": list(_OPENING),
        "papers": [_form(one) if isinstance(one, FormText) else _letter(one) for one in papers],
    }
    return typeset(_template(), data, written_at)


def unprintable(paper: Printable) -> tuple[str, ...]:
    """The characters of a paper that no font has, as rare names may hold: a pdf shows `STAND_IN` for them."""
    return tuple(missing_characters(printable(paper.text)))


@cache
def _template() -> bytes:
    return resources.files("gongkai.documents.letters").joinpath("letters.typ").read_bytes()


def _letter(letter: LetterText) -> dict[str, Any]:
    paragraphs = [printable(line) for text in letter.paragraphs for line in text.splitlines()]
    paragraphs = [line for line in paragraphs if line] or [""]
    foot = [_set(line) for line in letter.foot_lines() if line]
    return {
        "form": False,
        "head": letter.sealed,
        "organ": _set(letter.organ),
        "head_size": fitting_size(letter.organ, HEAD_WIDTH, HEAD_SIZE, SMALLEST_HEAD),
        "number": _set(letter.number),
        **_title(letter.title),
        "addressee": f"{_set(letter.addressee)}：" if letter.addressee else "",
        "paragraphs": [_paragraph(line) for line in paragraphs],
        "attachments": _attachments(letter),
        "attachments_kept": _ATTACHMENTS_KEPT if len(letter.attachments) > _ATTACHMENTS_KEPT * 2 else 99,
        "foot": foot,
        "foot_whole": sum(map(len, letter.notes)) <= _FOOT_KEPT_WHOLE,
        **_foot_place(foot),
        "notes": [f"（{_set(note).strip('（）')}）" for note in letter.notes if note],
        "copies": _set(f"抄送：{'，'.join(letter.copies)}。") if letter.copies else "",
    }


def _form(form: FormText) -> dict[str, Any]:
    return {
        "form": True,
        **_title(form.title),
        "number": _set(form.number),
        "rows": [
            [
                {
                    "label": _set(box.label),
                    "value": _set(box.value),
                    "room": max(0, box.lines - 1 - len(box.value) // _LINE_OF_FORM),
                }
                for box in row
            ]
            for row in form.rows
        ],
        "table": [[_set(cell) for cell in row] for row in form.table],
        "notes": [_set(note) for note in form.notes],
    }


def _paragraph(text: str) -> dict[str, Any]:
    words = _set(text)
    return {
        "text": words,
        # Addresses of websites and rules to write on would make justified lines gape; a number would be drawn
        # into a bracket behind it.
        "justify": _LONG_WORD.search(words) is None and _NUMBER_AT_BRACKET.match(words) is None,
    }


def _title(title: str) -> dict[str, Any]:
    lines = title_lines(_titled(title))
    size = min(fitting_size(line, _TEXT_WIDTH, TITLE_SIZE, SMALLEST_TITLE) for line in lines)
    return {"title_lines": [with_stand_ins(line) for line in lines], "title_size": size}


def _titled(title: str) -> str:
    """A file for screen readers has no empty title."""
    return printable(title).replace("\n", "") or _UNTITLED


def title_lines(title: str) -> list[str]:
    """The title on as few lines as hold it, the longer line above, cut before the letter's name if it can be.

    >>> title_lines("某省某市某某区住房和城乡建设局政府信息公开申请答复书")
    ['某省某市某某区住房和城乡建设局', '政府信息公开申请答复书']
    """
    if len(title) <= _CHARACTERS_OF_A_TITLE_LINE:
        return [title]
    at = max(title.rfind("政府信息"), 0)
    if at > 0 and len(title) - at <= _CHARACTERS_OF_A_TITLE_LINE:
        return [*title_lines(title[:at]), title[at:]]
    lines = -(-len(title) // _CHARACTERS_OF_A_TITLE_LINE)
    length = -(-len(title) // lines)
    return [title[start : start + length] for start in range(0, len(title), length)]


def _attachments(letter: LetterText) -> list[dict[str, Any]]:
    """附件：1.… with the further ones below the first, as GB/T 9704 aligns them."""
    several = len(letter.attachments) > 1
    return [
        {
            "text": _set(line),
            "indent": 3 if number else 0,
            "hang": (1 if several else 0) + (0 if number else 3),
        }
        for number, line in enumerate(letter.attachment_lines())
    ]


def foot_indents(foot: list[str]) -> list[float]:
    """How far each line of the foot stands from the right margin, in characters: the date four, the organ
    centred above it (7.3.5.1); a name too long for that begins the line and the date is centred below it.

    >>> foot_indents(["某某市人民政府", "2026年3月2日"])
    [3.68, 4.0]
    """
    widths = [width_of(line) for line in foot]
    widest = max(widths, default=0.0)
    right = max(0.0, 4 - (widest - widths[-1]) / 2) if widths else 0.0
    return [round(right + (widest - width) / 2, 2) for width in widths]


def _foot_place(foot: list[str]) -> dict[str, float]:
    """The width of the foot, and how far it stands from the right margin."""
    widest = max(map(width_of, foot), default=0.0)
    return {"foot_width": widest + 0.2, "foot_right": max(0.0, min(foot_indents(foot), default=0.0) - 0.1)}


def fitting_size(text: str, width: float, largest: float, smallest: float) -> float:
    """The size at which a line fits: the largest, or less for a long name."""
    fitting = int(width / max(width_of(text), 1) * 2) / 2
    return max(smallest, min(largest, fitting))


def width_of(text: str) -> float:
    """Of a text in ems: a Latin letter or a digit takes about half."""
    return sum(0.56 if unicodedata.east_asian_width(one) in ("Na", "N", "H") else 1.0 for one in text)


def _set(text: str) -> str:
    """As it is set: a blank beside Chinese would gape, and no reader of a pdf keeps it."""
    return with_stand_ins(BESIDE_CHINESE.sub("", printable(text)))


__all__ = ["MOST_AT_ONCE", "STAND_IN", "title_lines", "to_pdf", "unprintable"]
