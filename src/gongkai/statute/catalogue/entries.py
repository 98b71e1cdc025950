"""The closed lists a record is described by (data/catalogue_lists.toml; META, REG.13, REG.23, STD)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, Protocol, TypeVar

from gongkai.statute.catalogue.errors import unknown
from gongkai.statute.data_files import data
from gongkai.statute.findings import Mark

LISTS = "catalogue_lists.toml"
_SIGNS = re.compile(r"[\W_]+")
_TRAILING_BRACKETS = re.compile(r"(?:\([^()]*\)|〔[^〔〕]*〕|【[^【】]*】)+$")
_ORDER = re.compile(r"令第?[\d一二三四五六七八九十百零〇]+号$")
_NOT_A_GENRE = frozenset({"other", "order"})


class Entry(NamedTuple):
    """One entry of a list. `labels`: other ways to write it; `holds_from`: the first day the list holds."""

    code: str
    zh: str
    en: str
    labels: tuple[str, ...]
    counted: str  # of a channel: its row in the statistics of 2014, `channels.weibo`; "" otherwise
    mark: Mark
    source: str
    holds_from: dt.date

    def name(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en


class Named(Protocol):
    """Anything with a Chinese name and, if it has any, other labels."""

    @property
    def zh(self) -> str: ...


_N = TypeVar("_N", bound=Named)


def themes() -> tuple[Entry, ...]:
    """The 22 themes (主题分类, META.4), in their order."""
    return _entries("theme")


def genres() -> tuple[Entry, ...]:
    """The 15 genres of official documents (公文种类, META.5) and `other`."""
    return _entries("genre")


def modes() -> tuple[Entry, ...]:
    """The modes of disclosure: `proactive`, `on_request` (REG.13), `withheld` (to be reviewed, REG.18)."""
    return _entries("mode")


def channels() -> tuple[Entry, ...]:
    """The channels of publication (REG.23, REG.25); `counted`: the row of form 2014."""
    return _entries("channel")


def pilot_fields() -> tuple[Entry, ...]:
    """The 26 pilot fields of standard catalogues (STD; M)."""
    return _entries("pilot_field")


def theme(code: str) -> Entry:
    """The theme of that code, `01` to `22`. CatalogueError `catalogue_unknown_theme` otherwise."""
    return _one("theme", "主题分类", code)


def genre(code: str) -> Entry:
    """The genre of that code. CatalogueError `catalogue_unknown_genre` otherwise."""
    return _one("genre", "公文种类", code)


def mode(code: str) -> Entry:
    """The mode of that code. CatalogueError `catalogue_unknown_mode` otherwise."""
    return _one("mode", "公开方式", code)


def channel(code: str) -> Entry:
    """The channel of that code. CatalogueError `catalogue_unknown_channel` otherwise.

    >>> channel("wechat").counted, channel("notice_board").counted
    ('channels.wechat', 'channels.other')
    """
    return _one("channel", "公开渠道", code)


def pilot_field(code: str) -> Entry:
    """The pilot field of that code. CatalogueError `catalogue_unknown_pilot_field` otherwise."""
    return _one("pilot_field", "试点领域", code)


def named(entries: Iterable[_N], label: str) -> _N | None:
    """The entry that a file or a form calls so, whatever its signs, spaces and widths; None if there is none.

    >>> named(genres(), "命令(令)").code, named(themes(), "财政、金融、审 计").code
    ('order', '04')
    """
    wanted = plain(label)
    if not wanted:
        return None
    for one in entries:
        names = (one.zh, getattr(one, "short_zh", ""), *getattr(one, "labels", ()))
        if any(plain(name) == wanted for name in names):
            return one
    return None


def genre_of_title(title: str) -> Entry | None:
    """The genre a document's title ends with; None where it names none. An order's number tells it too.

    >>> genre_of_title("关于印发《虚构县水资源管理办法》的通知（试行）").zh
    '通知'
    >>> genre_of_title("虚构市人民政府令第12号").zh, genre_of_title("虚构县水资源管理办法")
    ('命令（令）', None)
    """
    bare = _TRAILING_BRACKETS.sub("", "".join(unicodedata.normalize("NFKC", title).split()))
    if _ORDER.search(bare) or bare.endswith(("人民政府令", "命令")):
        return genre("order")
    for one in sorted(genres(), key=lambda one: -len(one.zh)):
        if one.code not in _NOT_A_GENRE and bare.endswith((one.zh, *one.labels)):
            return one
    return None


def plain(label: str) -> str:
    """A label without signs and spaces, in half-width small letters: how labels are compared."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", label)).lower()


def _one(kind: str, zh: str, code: object) -> Entry:
    for one in _entries(kind):
        if one.code == code:
            return one
    raise unknown(kind, zh, code, [one.code for one in _entries(kind)])


@cache
def _entries(kind: str) -> tuple[Entry, ...]:
    about = data(LISTS)["about"][kind]
    return tuple(
        Entry(
            code=row["code"],
            zh=row["zh"],
            en=row["en"],
            labels=tuple(row.get("labels", ())),
            counted=row.get("counted", ""),
            mark=about["mark"],
            source=about["source"],
            holds_from=about["holds_from"],
        )
        for row in data(LISTS)[kind]
    )
