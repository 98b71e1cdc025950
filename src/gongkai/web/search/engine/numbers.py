"""Document numbers and index numbers, as an index holds them and as people type them (META.1, META.3).

青政发〔2024〕21号 is found by 青政发[2024]21号, 青政发2024年第21号, 政发〔2024〕21号, 〔2024〕21号 and 21号.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.web.search.engine.terms import HAN, folded

_OPEN, _CLOSE = "〔\\[(【〖〘﹝{<「『", "〕\\])】〗〙﹞}>」』"
# 〔〕 and their kin have become what `folded` makes of them, or stayed.
_NUMBER = re.compile(
    rf"(?P<organ>[{HAN}]{{1,20}})?\s*(?:[{_OPEN}]\s*(?P<year>(?:19|20)\d{{2}})\s*年?\s*[{_CLOSE}]"
    rf"|(?P<plain>(?:19|20)\d{{2}})\s*年?\s*(?=第|\d{{1,6}}号))\s*第?\s*0*(?P<number>[1-9]\d{{0,5}})\s*[号號]?"
)
_ORDER = re.compile(
    rf"(?P<organ>[{HAN}]{{0,20}}?)(?P<word>令|公告)\s*第?\s*0*(?P<number>[1-9]\d{{0,5}})\s*[号號]"
)
_ALONE = re.compile(r"第?\s*0*(?P<number>[1-9]\d{0,5})\s*[号號]")
_INDEX = re.compile(r"[0-9a-z]{2,}(?:[/\-_.][0-9a-z]+)+")
_NO_SIGN = re.compile(r"[^0-9a-z]")
# In front of a number in a sentence: words, not the organ's.
_LEADING = re.compile(r".*(?:关于|查找|查询|文件|文号|通知|请问|找|查|看|的|和|与|是|按照|根据|依据|按)")
_LONGEST_ORGAN = 8


class Asked(NamedTuple):
    """A number in a question: its exact terms, the best first, and where it stood."""

    terms: tuple[str, ...]
    start: int
    end: int


def number_terms(written: str) -> list[str]:
    """The terms under which a document's number is kept: whole, without the first characters of the organ's
    word, by year and number, by number alone.

    >>> number_terms("青政发〔2024〕21号")
    ['青政发2024.21', '政发2024.21', '发2024.21', '2024.21', '.21', '青政发2024']
    """
    plain = folded(written)
    found = _NUMBER.search(plain)
    if found:
        organ, year, number = found["organ"] or "", found["year"] or found["plain"], found["number"]
        ends = [organ[at:] for at in range(len(organ))]
        whole = [*(f"{end}{year}.{number}" for end in ends), f"{year}.{number}", f".{number}"]
        return [*whole, f"{organ}{year}"] if organ else whole
    order = _ORDER.search(plain)
    if order:
        organ, number = order["organ"], order["number"]
        ends = [organ[at:] for at in range(len(organ))]
        return [*(f"{end}{order['word']}{number}" for end in ends), f"{order['word']}{number}", f".{number}"]
    return [f".{alone['number']}"] if (alone := _ALONE.search(plain)) else []


def index_terms(written: str) -> list[str]:
    """The term under which an index number is kept.

    >>> index_terms("11441700007280420Y/2021-00051")
    ['i11441700007280420y202100051']
    """
    bare = _NO_SIGN.sub("", folded(written))
    return [f"i{bare}"] if bare else []


def numbers_asked(plain: str) -> list[Asked]:
    """The numbers in a folded question, from left to right, none over another.

    >>> [asked.terms for asked in numbers_asked("青政发[2024]第021号 的解读")]
    [('青政发2024.21', '2024.21')]
    >>> [asked.terms for asked in numbers_asked("21号文件")]
    [('.21',)]
    """
    found: list[Asked] = []
    for one in _NUMBER.finditer(plain):
        year = one["year"] or one["plain"]
        short = f"{year}.{one['number']}"
        organ, start = _organ(one)
        found.append(Asked((f"{organ}{short}", short) if organ else (short,), start, one.end()))
    for pattern, make in ((_ORDER, _order_terms), (_ALONE, _alone_terms)):
        for one in pattern.finditer(plain):
            if not any(one.start() < other.end and other.start < one.end() for other in found):
                found.append(Asked(make(one), one.start(), one.end()))
    for one in _INDEX.finditer(plain):
        if not any(one.start() < other.end and other.start < one.end() for other in found):
            found.append(Asked((f"i{_NO_SIGN.sub('', one[0])}",), one.start(), one.end()))
    return sorted(found, key=lambda asked: asked.start)


def _organ(one: re.Match[str]) -> tuple[str, int]:
    """The organ's word without the sentence before it, and where the number begins."""
    organ = one["organ"] or ""
    lead = _LEADING.match(organ)
    cut = lead.end() if lead else 0
    cut = max(cut, len(organ) - _LONGEST_ORGAN)
    return organ[cut:], one.start() + cut


def _order_terms(one: re.Match[str]) -> tuple[str, ...]:
    organ = _LEADING.sub("", one["organ"])
    short = f"{one['word']}{one['number']}"
    return (f"{organ}{short}", short) if organ else (short,)


def _alone_terms(one: re.Match[str]) -> tuple[str, ...]:
    return (f".{one['number']}",)
