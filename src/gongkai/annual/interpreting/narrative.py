"""The text outside the tables: paragraphs, each with its section and place, however lines break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual.interpreting.running_lines import RunningLines, is_name
from gongkai.annual.interpreting.words import core
from gongkai.documents.intermediate import Document, Line, Place, Table
from gongkai.wording.chinese_blanks import GAPS_BETWEEN_CHINESE
from gongkai.wording.normal import simplify

# The six sections by the words of their headings, after the numbering (FMT, LAW.md 2.1; 2019 headings too).
_HEADINGS: tuple[tuple[str, str], ...] = (
    ("overview", r"(?:政府信息公开)?(?:工作)?总体(?:工作)?(?:情况|概况)|概述|基本情况|概况"),
    ("proactive", r"(?:行政机关)?主动公开政府信息(?:的)?(?:工作)?情况"),
    ("requests", r"(?:行政机关)?收到和?(?:及|并)?处理(?:的)?政府信息公开(?:的)?申请(?:的)?(?:办理)?情况"),
    (
        "remedies",
        r"(?:因)?(?:涉及)?政府信息公开(?:工作)?(?:被)?(?:申请|提起)?(?:的)?行政复议(?:及|和|与|或)?"
        r"(?:被)?(?:提起)?(?:行政)?诉讼(?:的)?情况",
    ),
    (
        "problems",
        r"(?:政府信息公开)?(?:工作)?(?:中)?(?:存在|面临)(?:的)?(?:主要)?(?:问题|困难)(?:(?:及|和|与|以及)"
        r"(?:下一步)?(?:改进|整改|工作)(?:的)?(?:情况|措施|方向|打算|安排)?)?",
    ),
    ("other_matters", r"(?:其他|其它)?需要(?:报告|说明)的?(?:其他|其它)?(?:的)?(?:事项|情况)"),
)
# Headings of the years up to 2018 vary; these words place them.
_OLD_HEADINGS: tuple[tuple[str, str], ...] = (
    ("overview", r"概述|概况|总体情况|基本情况"),
    ("problems", r"问题|不足|改进"),
    ("remedies", r"复议|诉讼"),
    ("requests", r"依申请公开|申请办理|公开申请"),
    ("proactive", r"主动公开"),
    ("other_matters", r"其他需要|其它需要|附表|需要说明"),
)
# Every heading of the six sections has one of these; traditional characters too.
_HEADING_CHARACTERS = frozenset("况況述题題难難项項")
_NUMBER = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分)?\s*[、.:]\s*|\d{1,2}\s*[、.]\s*(?!\d)|(?P<paren>\([一二三四五六七八九十\d]{1,2}\)\s*[、.]?))"
)
_HEADING = re.compile("|".join(f"(?P<{code}>{words})" for code, words in _HEADINGS))
# A section of a report of the years up to 2018 that is none of these: 组织领导情况, 渠道场所建设情况.
OTHER_SECTION = "other_section"
_SENTENCE_END = "。！？；：!?;:”"
_LONGEST_HEADING = 40
_SHORTEST_LINE = 15  # of a page's text
# （五）政府信息公开平台建设和监督保障情况: numbered, no sign in it.
_PART_HEADING = re.compile(r"^[^，。；：,;:]{1,40}(?:情况|工作|建设|保障|方面|管理|事项|问题|措施)$")
_LATIN_END = re.compile(r"[A-Za-z]\|[A-Za-z]")
OFTEN = 3  # a name that stands twice, above the text and below it, is the title's and the signature's
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+|\*\*|^\s*>\s+")
_LONGEST_PAGE_NUMBER = 14
_PAGE_NUMBER = re.compile(r"[-—–~·\s]*\d{1,3}[-—–~·\s]*|第\s?\d+\s?页.{0,12}")
# An address alone on its line; with `2/3` behind it a browser printed it at the foot of a page.
_ADDRESS = re.compile(r"https?://\S+")
# Signs of Markdown mean something in its own files and in text saved from them; elsewhere they are text.
_WITH_MARKDOWN = ("txt", "md")
# Files of pages, at whose edge a browser prints the address.
_PRINTED_BY_BROWSERS = ("txt", "md", "pdf", "picture")


@dataclass(slots=True)
class Paragraph:
    section: str
    text: str
    place: Place


@dataclass(slots=True)
class Heading:
    code: str
    text: str
    place: Place
    numbered: bool
    paren: bool
    rest: str  # words that follow the heading on its line


def raw_lines(document: Document, taken: set[int], running: RunningLines) -> Iterator[tuple[str, Place]]:
    """The lines outside the tables that were read. `taken`: the numbers of the rows that tables took up.

    Rows are counted as in `pieces.pieces_of`. A name printed on every page counts where it stands first.
    """
    row = 0
    seen: set[str] = set()
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            row += 1
            if block.text in running and not 1 < running[block.text] < OFTEN:
                if block.text in seen or not (
                    is_name(block.text) or _is_told(document, at, running[block.text])
                ):
                    continue
                seen.add(block.text)
            if row not in taken and (text := _without_markdown(block, document.kind)):
                yield text, block.place
            continue
        for cells in block.rows:
            row += 1
            if row in taken:
                continue
            for cell in cells:
                for text in cell.text.split("\n"):
                    if text.strip():
                        yield text.strip(), block.place(cell)


def _is_told(document: Document, at: int, count: int) -> bool:
    """Whether an address, met `count` times, is part of the text: in a file that browsers do not print, in
    one whose reader knows what stands at the edge of pages, or where the line above leads to it."""
    line = document.blocks[at]
    if isinstance(line, Table) or not _ADDRESS.fullmatch(line.text.strip()):
        return False
    if document.kind not in _PRINTED_BY_BROWSERS or (line.page is not None and count == 1):
        return True
    above = document.blocks[at - 1] if at else line
    return isinstance(above, Line) and above.text.rstrip().endswith((":", "："))


def _without_markdown(line: Line, kind: str) -> str:
    """The line without signs of Markdown, where they are none of its words; of a heading they never are."""
    bare = _MARKDOWN.sub("", line.text).strip()
    whole = line.text.strip()
    if bare == whole or kind in _WITH_MARKDOWN:
        return bare
    is_heading = len(bare) <= _LONGEST_HEADING and (
        heading_of(bare, line.place) or old_heading_of(bare, line.place)
    )
    return bare if not bare or is_heading else whole


def heading_of(text: str, place: Place) -> Heading | None:
    """The section heading a line is, or begins with."""
    plain = simplify(text)
    number = _NUMBER.match(plain)
    rest_at = number.end() if number else 0
    words = core(plain[rest_at:])
    match = _HEADING.match(words)
    if match is None or match.lastgroup is None:
        return None
    after = words[match.end() :]
    paren = bool(number and number["paren"])
    if not after:
        return Heading(match.lastgroup, text.strip(), place, number is not None, paren, "")
    if number is None or paren:
        return None
    # "一、总体情况。2024年…": the heading's words end where the sentence begins.
    end = _end_of_words(plain, rest_at, match.end())
    if plain[end : end + 1] not in ("。", ".", ":", " ", "\t", "(", "\u3000", ")"):
        return None
    rest = text[end:].lstrip("。.:： \t\u3000") if len(text) == len(plain) else ""
    if plain[end : end + 1] == "(" and len(words) <= _LONGEST_HEADING:
        rest = ""
    return Heading(match.lastgroup, text[:end].strip(), place, True, False, rest)


def _end_of_words(plain: str, start: int, count: int) -> int:
    """Where the first `count` words' characters after `start` end in the text."""
    at = start
    while count > 0 and at < len(plain):
        count -= bool(core(plain[at]))
        at += 1
    return at


def old_heading_of(text: str, place: Place) -> Heading | None:
    """A first-level heading of a report of the years up to 2018."""
    plain = simplify(text)
    number = _NUMBER.match(plain)
    if number is None or number["paren"] or len(plain) > _LONGEST_HEADING or plain[-1] in "。;；":
        return None
    if plain.lstrip()[0] not in "第一二三四五六七八九十":
        return None
    words = core(plain[number.end() :])
    code = next((code for code, pattern in _OLD_HEADINGS if re.search(pattern, words)), OTHER_SECTION)
    return Heading(code, text.strip(), place, True, False, "")


def paragraphs(
    lines: Sequence[tuple[str, Place]], old: bool, wrapped: bool = True
) -> tuple[list[Paragraph], list[Heading]]:
    """Lines to paragraphs with their section, and the headings found in order.

    `wrapped`: a line may end within a sentence, and page numbers may stand between them.
    """
    find = old_heading_of if old else heading_of
    found = {
        i: h
        for i, (text, place) in enumerate(lines)
        if _may_be_heading(text, old) and (h := find(text, place))
    }
    plain = {h.code for h in found.values() if not h.paren}
    result: list[Paragraph] = []
    headings: list[Heading] = []
    section = "front"
    open_ended = False
    for i, (text, place) in enumerate(lines):
        heading = found.get(i)
        if (
            heading
            and not (heading.paren and heading.code in plain)
            and not (heading.code == section and heading.paren)
        ):
            section = heading.code
            headings.append(heading)
            open_ended = False
            if heading.rest:
                result.append(Paragraph(section, heading.rest, place))
                open_ended = wrapped and not heading.rest.endswith(tuple(_SENTENCE_END))
            continue
        if wrapped and _is_page_number(lines, i):
            continue
        text = GAPS_BETWEEN_CHINESE.sub("", text)
        if open_ended and result and result[-1].section == section and not _NUMBER.match(simplify(text[:12])):
            result[-1].text += " " + text if _LATIN_END.search(result[-1].text + "|" + text) else text
        else:
            result.append(Paragraph(section, text, place))
        open_ended = wrapped and section != "front" and _goes_on(text)
    return result, headings if old else _last_of_each(headings)


def _is_page_number(lines: Sequence[tuple[str, Place]], at: int) -> bool:
    """Whether a line counts pages; where the file knows its pages, at the edge of one only."""
    text, place = lines[at]
    if len(text) >= _LONGEST_PAGE_NUMBER or not _PAGE_NUMBER.fullmatch(text):
        return False
    if place.page is None or not 0 < at < len(lines) - 1:
        return True
    return not lines[at - 1][1].page == place.page == lines[at + 1][1].page


def _goes_on(text: str) -> bool:
    """Whether a line ends within a sentence: long, no closing sign, and no heading of a part."""
    if len(text) < _SHORTEST_LINE or text.endswith(tuple(_SENTENCE_END)) or _ADDRESS.fullmatch(text):
        return False
    return not (_NUMBER.match(simplify(text[:12])) and _PART_HEADING.search(text))


def _may_be_heading(text: str, old: bool) -> bool:
    """Whether it pays to look closer: most lines are sentences."""
    if not old and _HEADING_CHARACTERS.isdisjoint(text):
        return False
    return (
        len(text) <= _LONGEST_HEADING + 20
        or text[1:3].strip()[:1] in ("、", ".", "．")
        or text[:1] in "一二三四五六"
    )


def _last_of_each(headings: list[Heading]) -> list[Heading]:
    """A table of contents names each heading once before: the last one counts."""
    last = {h.code: i for i, h in enumerate(headings)}
    return [h for i, h in enumerate(headings) if last[h.code] == i]


# ---- what stands before the first section ----

# Kept where it is a sentence; titles, dates, menus and links are not.
_CLOSES = ("。", "；", "！", "？")
_FRONT_BEGINS = re.compile(r"根据|依据|按照|遵照|按|为|现将|本报告|报告|20\d\d年")
_MOST_FRONT_PARAGRAPHS = 8
_SHORT_FRONT = re.compile(r"^(?:根据|依据|按照|现).*(?:本|年度?)报告|编制.*报告|报告如下")


def front_sentences(texts: Sequence[str], title: str) -> list[str]:
    """The sentences between the title and the first section, whole where the file broke them over lines."""
    found: list[str] = []
    goes_on = False
    for text in texts:
        if goes_on:
            found[-1] += text
        elif core(text) in core(title):
            continue
        elif _FRONT_BEGINS.match(text) or text.endswith(_CLOSES):
            found.append(text)
        else:
            continue
        goes_on = not text.endswith(_CLOSES) and len(text) >= _SHORTEST_LINE
    kept = [text for text in found if text.endswith(_CLOSES) and _says_enough(text)]
    return kept[:_MOST_FRONT_PARAGRAPHS]


def _says_enough(text: str) -> bool:
    """Whether a sentence before the first section is one of the report: a short one says that it is one."""
    return len(text) >= _SHORTEST_LINE or bool(_SHORT_FRONT.search(text))
