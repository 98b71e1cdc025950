"""What a document says of its own life: from when it holds, until when, and what it repeals (META.2, NOR.3).

Guesses for a person to confirm: each comes with the words it was read from.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.documents.publishing.page_suggestions import date_in
from gongkai.statute.identifiers import parse_document_number
from gongkai.wording.numerals import parse_chinese

_FIGURE = r"(?:[0-9０-９]{1,3}|[一二两三四五六七八九十百]{1,5})"
_DAY = (
    r"(?:(?:19|20)[0-9]{2}|(?:１９|２０)[０-９]{2}|[二一][〇○零Ｏ一二三四五六七八九]{3})\s*年"
    rf"\s*{_FIGURE}\s*月\s*{_FIGURE}\s*日"
)
# The document itself, or nothing, says from when: not another one named before it.
_OF_ITSELF = r"(?:^|[，,；;：:、）)]|(?<!《)本[^，,。；;《》]{1,12}?)\s*(?:决定|并)?"
_HOLDS = r"(?:正式)?(?:施行|实施|执行|试行|生效)"
_FROM_DAY = re.compile(rf"{_OF_ITSELF}(?P<words>自\s*(?P<day>{_DAY})\s*(?:起|之日起){_HOLDS})")
_FROM_ISSUE = re.compile(
    rf"{_OF_ITSELF}(?P<words>自(?:印发|发布|公布|颁布|下发|签发|发文|公告)之日起"
    rf"(?:满?\s*(?P<count>{_FIGURE})\s*(?P<unit>日|天|个月)后?)?{_HOLDS})"
)
_UNTIL_DAY = re.compile(
    rf"(?P<words>(?:有效期|试行期)限?(?:[^，,。；;]{{0,20}}?)[至到]\s*(?P<day>{_DAY})止?)"
)
_FOR_TIME = re.compile(
    rf"(?P<words>(?:有效期|试行期)限?(?:为|是|：|:)?\s*(?P<count>{_FIGURE})\s*(?P<unit>年|个月))(?!前|内|以)"
)
_OWN_UNTIL = re.compile(r"(?:^|[，,；;：:])\s*(?:本[^，,。；;《》]{1,12}?)?(?:有效期|试行期)")
_CITED = re.compile(
    r"《(?P<title>(?:[^《》]|《[^《》]*》){2,150})》(?:\s*[（(](?P<number>[^（）()]{4,60}?号)[^（）()]{0,40}[）)])?"
)
_REPEALED = re.compile(r"(?:同时|予以|即行|自行|一并|随之|均|全部)?(?:废止|失效)")
_NOT_REPEALED = re.compile(r"(?:不|未|没有|尚未|是否)(?:予以|被|再)?(?:废止|失效)|废止前|失效前|修改")
_PIECE = re.compile(
    r"《(?:[^《》]|《[^《》]*》)*》|[（(][^（）()]*[）)]|[，,；;]|[^《（(，,；;]+|.", re.DOTALL
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_MOST_SENTENCES = 20_000
_MOST_CITED = 100


class Said(NamedTuple):
    """A day and the words it was read from. `reckoned`: it was counted from the day of the document."""

    day: dt.date
    words: str
    reckoned: bool = False


class Cited(NamedTuple):
    """Another document as the text names it. `number`: in its right form, "" where none stands there."""

    title: str
    number: str
    words: str


class Terms(NamedTuple):
    effective: Said | None = None
    expires: Said | None = None
    repeals: tuple[Cited, ...] = ()


def terms_of(text: str, made_on: dt.date | None = None) -> Terms:
    """The terms of a document's plain text, a line a block. `made_on`: its day, from which some are counted.

    >>> found = terms_of("本办法自2026年3月1日起施行，有效期5年。《旧办法》（青政发〔2019〕3号）同时废止。")
    >>> str(found.effective.day), str(found.expires.day), found.repeals[0].number
    ('2026-03-01', '2031-02-28', '青政发〔2019〕3号')
    """
    effective: Said | None = None
    expires: Said | None = None
    cited: dict[tuple[str, str], Cited] = {}
    before = False  # whether the sentence before said from when the document holds
    for sentence in _sentences(text):
        begins = _effective(sentence, made_on) if "起" in sentence else None
        effective = begins or effective
        if "有效期" in sentence or "试行期" in sentence:
            expires = _expires(sentence, begins, effective if before else None, made_on) or expires
        if "废止" in sentence or "失效" in sentence:
            cited |= {(one.title, one.number): one for one in _repealed(sentence)}
        before = begins is not None or _says_from_issue(sentence)
    if effective and expires and expires.day < effective.day:
        expires = None
    return Terms(effective, expires, tuple(cited.values())[:_MOST_CITED])


def _sentences(text: str) -> Iterator[str]:
    for number, one in enumerate(re.finditer(r"[^。！？!?\n]+", text)):
        if number >= _MOST_SENTENCES:
            return
        yield one.group().strip()


def _effective(sentence: str, made_on: dt.date | None) -> Said | None:
    found = _FROM_DAY.search(sentence)
    if found:
        day = date_in(found["day"])
        return Said(day, found["words"]) if day else None
    found = _FROM_ISSUE.search(sentence)
    if not found or made_on is None:
        return None
    day = made_on if not found["count"] else _later(made_on, _figure(found["count"]), found["unit"])
    return Said(day, found["words"], True) if day else None


def _says_from_issue(sentence: str) -> bool:
    return bool(_FROM_ISSUE.search(sentence))


def _expires(
    sentence: str, begins: Said | None, just_before: Said | None, made_on: dt.date | None
) -> Said | None:
    """Until when, where the sentence speaks of the document and not of a permit that it writes of."""
    own = _OWN_UNTIL.search(sentence)
    if not own:
        return None
    names_itself = "本" in own.group()
    starts = own.start() == 0 and just_before is not None
    if not (names_itself or starts or begins or _says_from_issue(sentence)):
        return None
    found = _UNTIL_DAY.search(sentence, own.start())
    if found:
        day = date_in(found["day"])
        return Said(day, found["words"]) if day else None
    found = _FOR_TIME.search(sentence, own.start())
    since = begins or just_before
    first = since.day if since else made_on
    if not found or first is None:
        return None
    end = _later(first, _figure(found["count"]), found["unit"])
    return Said(end - dt.timedelta(days=1), found["words"], True) if end else None


def _repealed(sentence: str) -> Iterator[Cited]:
    """The documents named in the clause that says so, before or behind the word."""
    for clause in _clauses(sentence):
        outside = _CITED.sub("", clause)
        if not _REPEALED.search(outside) or _NOT_REPEALED.search(outside):
            continue
        for found in _CITED.finditer(clause):
            number = ""
            if found["number"]:
                read = parse_document_number("".join(found["number"].split()))
                number = str(read) if read.ok else str(getattr(read, "suggestion", "") or "")
            yield Cited(found["title"].strip(), number, found.group())


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence's parts between commas that stand outside of titles and brackets."""
    clause = ""
    for piece in _PIECE.findall(sentence):
        if piece in "，,；;":
            yield clause
            clause = ""
        else:
            clause += piece
    yield clause


def _figure(written: str) -> int:
    plain = written.translate(_FULL_WIDTH)
    return int(plain) if plain.isdigit() else parse_chinese(plain)


def _later(day: dt.date, count: int, unit: str) -> dt.date | None:
    """The day so much later; of a month that has no such day its last one. None past what a calendar has."""
    try:
        if unit in ("日", "天"):
            return day + dt.timedelta(days=count)
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "年" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        if day.day > last:
            return dt.date(year, month + 1, last) + dt.timedelta(days=1)
        return day.replace(year=year, month=month + 1)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None
