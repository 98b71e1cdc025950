"""Attachments that a text names and that are not there: asked about before a record is handed in.

Official documents list them under the text (附件：1.…, LAY) and set them behind the signature, in the body
itself or as files. What stands in the body, in a file or behind a link is there; where names differ and the
number of files fits, nobody is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_BLANK = r"[ \t\u3000\xa0]*"
# 附件：…, 附 件：1.… — the list; what follows the colon may stand on the next line.
_LIST = re.compile(rf"{_BLANK}附{_BLANK}件{_BLANK}[:：]{_BLANK}(?P<rest>.*)")
# 附件1：…, 附件三 … — one that is numbered by itself: a line of a list, or the heading of what is set here.
_NUMBERED = re.compile(
    rf"{_BLANK}附{_BLANK}件{_BLANK}(?P<number>{_NUMERAL}){_BLANK}[:：.．、]?{_BLANK}(?P<rest>.*)"
)
_HEADING = re.compile(rf"{_BLANK}附{_BLANK}件{_BLANK}(?:{_NUMERAL})?{_BLANK}[:：]?{_BLANK}")
_ITEM = re.compile(rf"{_BLANK}[(（]?(?P<number>\d{{1,2}})[)）]?[.．、]{_BLANK}(?P<name>\S.*)")
_ITEMS_IN_LINE = re.compile(r"(?:\A|(?<=[\s;；。]))[(（]?\d{1,2}[)）]?[.．、]\s*")
# 见附件, 详见附件2: not the attachment of another document (《…》附件2).
_REFERRED = re.compile(rf"(?:详见|具体见|参见|见)(?:本通知|本公告|文后)?附件{_BLANK}(?:{_NUMERAL})?")
_LEFT_OUT = re.compile(r"略|另发|另附|另行|纸质|不公开|不予公开|依申请|内部|不发")
_SIGN = re.compile(r"[\W_]+")
_FORMAT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|txt|csv|zip|rar|jpe?g|png)\b", re.IGNORECASE)
_DATE = re.compile(r"\s*(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*")
_FOLDED = re.compile(r"(?:附件)?\d{1,2}\s*[-—~～至到、]\s*\d{1,2}|\A附件\Z")
_LONG_TAIL = 8  # lines behind a list without a signature: what is named there is set there
_LEAST_NAME = 2
_MOST = 20
_MOST_TEXT = 200_000  # characters of a file that are looked through


class Named(NamedTuple):
    """An attachment that the text names. `start`, `end`: where, in the text; `name`: "" where it has none."""

    name: str
    start: int
    end: int


class File(NamedTuple):
    """A file that is attached: its name, and the words in it."""

    name: str
    text: str


class _Line(NamedTuple):
    text: str
    start: int


def not_attached(text: str, files: Sequence[File], links: Sequence[str] = ()) -> list[Named]:
    """What the text names as attached and neither holds itself, nor has as a file or behind a link.

    `links`: the words of the links in the text. In order, at most 20.
    """
    lines = _lines(text)
    items, behind = _listed(lines)
    if not items:
        return _referred(text, lines, files, links)
    after = lines[behind:]
    headings = sum(1 for line in after if _HEADING.fullmatch(line.text))
    if headings >= len(items) or (headings == 0 and _runs_on(after)):
        return []
    missing = [one for one in items if not _is_there(one, after, files, links)]
    if missing:  # several may stand in one file
        texts = [_bare(one.text[:_MOST_TEXT]) for one in files]
        missing = [one for one in missing if not any(_bare(one.name) in text for text in texts)]
    matched = sum(1 for one in files if any(_alike(item.name, one.name) for item in items))
    spare = len(files) - matched + headings
    return missing[:_MOST] if len(missing) > spare else []


def _lines(text: str) -> list[_Line]:
    at, found = 0, []
    for line in text.split("\n"):
        if line.strip():
            found.append(_Line(line, at))
        at += len(line) + 1
    return found


def _listed(lines: Sequence[_Line]) -> tuple[list[Named], int]:
    """The items of the first list, and the line behind it."""
    for at, line in enumerate(lines):
        numbered = _NUMBERED.fullmatch(line.text)
        if numbered and numbered["rest"] and not _HEADING.fullmatch(line.text):
            return _numbered_alone(lines, at)
        found = _LIST.fullmatch(line.text)
        if found is None:
            continue
        items = _in_line(line, found.start("rest"))
        last = at + 1
        while last < len(lines) and (item := _ITEM.fullmatch(lines[last].text)):
            if int(item["number"]) != len(items) + 1:
                break
            items += _in_line(lines[last], 0)
            last += 1
        # None: 附件： stands alone, as the heading of what is set here.
        return [one for one in items if not _LEFT_OUT.search(one.name)], last
    return [], len(lines)


def _numbered_alone(lines: Sequence[_Line], at: int) -> tuple[list[Named], int]:
    """附件1：…, 附件2：… one beneath the other."""
    items = []
    last = at
    while last < len(lines) and (found := _NUMBERED.fullmatch(lines[last].text)) and found["rest"]:
        start = lines[last].start + found.start("rest")
        items.append(Named(_tidy(found["rest"]), start, lines[last].start + len(lines[last].text)))
        last += 1
    return [one for one in items if not _LEFT_OUT.search(one.name)], last


def _in_line(line: _Line, first: int) -> list[Named]:
    """The items in a line from `first` on: one, or several that are numbered."""
    rest = line.text[first:]
    marks = list(_ITEMS_IN_LINE.finditer(rest))
    starts = [mark.end() for mark in marks] or [0]
    ends = [mark.start() for mark in marks[1:]] + [len(rest)]
    found = [
        Named(_tidy(rest[start:end]), line.start + first + start, line.start + first + end)
        for start, end in zip(starts, ends, strict=True)
    ]
    return [one for one in found if len(_bare(one.name)) >= _LEAST_NAME]


def _tidy(name: str) -> str:
    return name.strip(" \t\u3000\xa0;；。，,")


def _runs_on(after: Sequence[_Line]) -> bool:
    """Whether so much follows the list, and no date of a signature near it, that it is no list at the end."""
    signed = any(_DATE.fullmatch(line.text) for line in after[:_LONG_TAIL])
    return len(after) > _LONG_TAIL and not signed


def _is_there(item: Named, after: Sequence[_Line], files: Sequence[File], links: Sequence[str]) -> bool:
    bare = _bare(item.name)
    if any(bare == _bare(line.text) for line in after):  # the title of what is set behind the signature
        return True
    if any(_alike(item.name, link) for link in links):
        return True
    return any(_alike(item.name, one.name) or _FOLDED.search(_stem(one.name)) for one in files)


def _referred(text: str, lines: Sequence[_Line], files: Sequence[File], links: Sequence[str]) -> list[Named]:
    """见附件, with no list, no file, no link and nothing set here under that heading."""
    if (
        files
        or links
        or any(_HEADING.fullmatch(line.text) or _NUMBERED.fullmatch(line.text) for line in lines)
    ):
        return []
    if any(_LIST.fullmatch(line.text) for line in lines):
        return []
    for found in _REFERRED.finditer(text):
        around = text[max(0, found.start() - 12) : found.end() + 6]
        if "》" not in text[max(0, found.start() - 4) : found.start()] and not _LEFT_OUT.search(around):
            return [Named("", *found.span())]
    return []


def _alike(name: str, other: str) -> bool:
    one, two = _bare(name), _bare(other)
    return bool(one and two) and (one in two or (len(two) > _LEAST_NAME and two in one))


def _stem(name: str) -> str:
    return _FORMAT.sub("", name).strip()


def _bare(name: str) -> str:
    """A name without its format, signs, blanks and the word for an attachment before it."""
    plain = _SIGN.sub("", _FORMAT.sub("", name))
    return re.sub(rf"\A附件{_NUMERAL}?", "", plain) or plain
