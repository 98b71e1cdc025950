"""What single cells of a catalogue's table say: ticks, boxes, channels, levels (STD)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from gongkai.statute.catalogue.columns import FILE, Header, levels_named
from gongkai.statute.catalogue.entries import channels
from gongkai.statute.data_files import data

_SEPARATORS = re.compile(r"[\s、,，;；。.／/（）()]|等|和|及|或")
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_HAN = "㐀-䶿一-鿿"
_BROKEN = re.compile(rf"(?<=[{_HAN}\d]) *\n+ *(?=[{_HAN}\d])")
_MOST_SHOWN = 40


def tidy(text: str) -> str:
    """A cell's text: blanks at its ends and doubled ones gone, lines kept."""
    lines = (_BLANKS.sub(" ", line).strip() for line in text.strip().splitlines())
    return "\n".join(line for line in lines if line)


def one_line(text: str, most: int | None = _MOST_SHOWN) -> str:
    """A cell's text in one line, as a message can hold it: lines that a narrow cell broke are joined."""
    shown = " ".join(_BROKEN.sub("", text).split())
    return shown if most is None or len(shown) <= most else f"{shown[:most]}…"


def is_ditto(text: str) -> bool:
    return "".join(text.split()) in data(FILE)["ditto"]


def is_remark(text: str) -> bool:
    return "".join(text.split()).replace("：", ":").startswith(tuple(data(FILE)["remarks"]))


def is_ticked(text: str) -> bool:
    """Whether a cell of a column of ticks says yes: a tick, or any words other than a no.

    >>> is_ticked("√"), is_ticked("□"), is_ticked("申请人")
    (True, False, True)
    """
    mark = "".join(text.split()).lower()
    return mark in data(FILE)["ticks"] or mark not in data(FILE)["crosses"]


def read_channels(text: str) -> tuple[tuple[str, ...], str]:
    """The codes of the channels a cell names, in the order of the list, and what of it is not known.

    Where a cell has boxes only what stands behind a filled one counts.

    >>> read_channels("■政府网站 □政府公报 ■两微一端")
    (('website', 'weibo', 'wechat', 'app'), '')
    """
    kept = _chosen(text)
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        found.update(_channel_words()[match[0].lower()])
        return " "

    rest = _channel_pattern().sub(take, kept)
    unknown = " ".join(_SEPARATORS.sub(" ", rest).split())
    if unknown:
        found.add("other")
    return tuple(one.code for one in channels() if one.code in found), unknown


def modes_of(header: Header, row: Sequence[str]) -> tuple[str, ...]:
    """The modes of disclosure: from columns of ticks, or from words in one column."""
    found = [code for code in ("proactive", "on_request") if is_ticked(header.text(row, code))]
    if not found and header.has("mode"):
        words = _chosen(header.text(row, "mode"))
        found = [code for code, word in (("proactive", "主动"), ("on_request", "依申请")) if word in words]
    return tuple(found)


def audience_of(header: Header, row: Sequence[str]) -> tuple[bool, str]:
    """Whether it is for everybody, and for whom in particular (“特定群众” where only ticked)."""
    everybody, some = header.text(row, "everybody"), header.text(row, "some")
    if header.has("everybody") or header.has("some"):
        marks = data(FILE)["ticks"]
        words = tidy(some) if is_ticked(some) else ""
        return is_ticked(everybody), "特定群众" if words.lower() in marks else words
    words = _chosen(header.text(row, "audience"))
    rest = re.sub(r"全社会|社会公众|面向社会", "", words)
    return rest != words, tidy(_SEPARATORS.sub(" ", rest))


def levels_of(header: Header, row: Sequence[str]) -> tuple[str, ...]:
    """The levels of government that disclose it: from columns of ticks, or from words in one column."""
    found: list[str] = []
    for index, levels in header.levels():
        if index < len(row) and is_ticked(row[index]):
            found += levels
    if not found and header.has("level"):
        found += levels_named(_chosen(header.text(row, "level")))
    return tuple(dict.fromkeys(found))


def _chosen(text: str) -> str:
    """What stands behind filled boxes, where a text has boxes; else all of it."""
    filled, empty = data(FILE)["filled_boxes"], data(FILE)["empty_boxes"]
    if not any(box in text for box in filled + empty):
        return text
    # Word's boxes come out as 口 and t where their font is missing:
    # such a letter is a box only before a channel.
    text = re.sub(rf"口(?=\s*(?:{_alternatives()}))", empty[0], text)
    text = re.sub(rf"(?<![A-Za-z])t(?=\s*(?:{_alternatives()}))", filled[0], text)
    pieces = re.split(f"([{re.escape(filled + empty)}])", text)
    chosen = [piece for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True) if mark in filled]
    return "\n".join(chosen)


@cache
def _channel_words() -> dict[str, tuple[str, ...]]:
    """Each label of a channel with the codes it stands for: “两微一端” for three."""
    words: dict[str, tuple[str, ...]] = {}
    for one in channels():
        for label in (one.zh, *one.labels):
            word = label.lower()
            words[word] = tuple(dict.fromkeys((*words.get(word, ()), one.code)))
    return words


@cache
def _alternatives() -> str:
    return "|".join(re.escape(word) for word in sorted(_channel_words(), key=len, reverse=True))


@cache
def _channel_pattern() -> re.Pattern[str]:
    return re.compile(_alternatives(), re.IGNORECASE)
