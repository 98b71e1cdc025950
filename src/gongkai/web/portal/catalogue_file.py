"""The catalogue's fields as open data, under names that stay (META.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.statute.catalogue import Entry, categories, genres, record_kinds, themes
from gongkai.web.organs.models import Organ
from gongkai.web.portal import beside_records, queries, shown
from gongkai.web.portal.addresses import canonical_address
from gongkai.web.portal.cursors import Cursor, Row
from gongkai.web.portal.queries import Asked

SCHEMA = "gongkai.catalogue/1"
AT_ONCE = 1000
# What `reverse` leaves as it is: an address is written in one way everywhere (RFC 3986, sub-delims).
_PLAIN = "!$&'()*+,;=/~:@"
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in files, what it is called, what it holds."""

    name: str
    words: str | Promise
    holds: str | Promise


_DAY, _TEXT, _CODE = _("日期，YYYY-MM-DD"), _("文字"), _("代码")
FIELDS = (
    Field("index_number", _("索引号"), _("文字，格式由机关自定，不重复使用")),
    Field("title", _("标题"), _TEXT),
    Field("document_number", _("发文字号"), _TEXT),
    Field("issuer", _("发布机构"), _("文字，联合发文的几个机关以“、”分开")),
    Field("kind", _("信息种类"), _CODE),
    Field("kind_name", _("信息种类名称"), _TEXT),
    Field("category", _("公开类别"), _("《条例》第二十条、第二十一条的项，如 20.01")),
    Field("category_name", _("公开类别名称"), _TEXT),
    Field("theme", _("主题分类"), _CODE),
    Field("theme_name", _("主题分类名称"), _TEXT),
    Field("genre", _("体裁"), _CODE),
    Field("genre_name", _("体裁名称"), _TEXT),
    Field("made_on", _("成文日期"), _DAY),
    Field("published_at", _("发布时间"), _("时刻，带时区，ISO 8601")),
    Field("first_published_at", _("首次发布时间"), _("时刻，带时区，ISO 8601")),
    Field("effective_on", _("实施日期"), _DAY),
    Field("expires_on", _("有效期至"), _DAY),
    Field("repealed_on", _("废止日期"), _DAY),
    Field("repeal_basis", _("废止依据"), _TEXT),
    Field(
        "validity",
        _("有效性"),
        _(
            "in_force 有效、amended 已修改（仍然有效）、repealed 废止、expired 失效、not_yet 尚未生效；"
            "条件 validity=in_force 也含 amended"
        ),
    ),
    Field("mode", _("公开方式"), _("proactive 主动公开")),
    Field("summary", _("内容概述"), _TEXT),
    Field("keywords", _("关键词"), _TEXT),
    Field("attachments", _("附件数"), _("整数")),
    Field("url", _("网址"), _("信息页的完整网址")),
    Field("organ", _("机关代码"), _("网址中的机关代码，如 organs.csv 所列")),
    Field("attachment_urls", _("附件网址"), _("完整网址，几个以空格分开")),
    Field(
        "relations",
        _("相关信息"),
        _(
            "关系和网址，几个以“; ”分开：interprets 解读、interpreted_by 被解读、amends 修改、"
            "amended_by 被修改、repeals 废止、repealed_by 被废止、related 相关"
        ),
    ),
)


def lines(request: HttpRequest, organ: Organ, asked: Asked) -> Iterator[Line]:
    """The records asked for, newest first, as fields. 4 queries for every thousand, and no long transaction:
    what is withdrawn meanwhile is not told any more."""
    names, addresses = _Names(), _Addresses(request, organ)
    after: Cursor | None = None
    while True:
        rows, after = queries.for_file(organ, asked, after, AT_ONCE)
        numbers = [row["id"] for row in rows]
        files = beside_records.files_of(numbers) if rows else {}
        relations = beside_records.relations_of(organ, numbers) if rows else {}
        for row in rows:
            pk = row["id"]
            yield {
                **_line(organ, row, names),
                "url": addresses.record(pk),
                "organ": organ.code,
                "attachment_urls": " ".join(addresses.file(pk, *one) for one in files.get(pk, ())),
                "relations": "; ".join(
                    f"{how} {addresses.record(other)}" for how, other in relations.get(pk, ())
                ),
            }
        if after is None:
            return


class _Addresses:
    """Whole addresses of an organ's records and files, put together without asking for each."""

    def __init__(self, request: HttpRequest, organ: Organ) -> None:
        # The record's number stands last but for the slash.
        self._records = canonical_address(request, organ, "record", 0)[:-2]

    def record(self, pk: int) -> str:
        return f"{self._records}{pk}/"

    def file(self, pk: int, attachment: int, name: str) -> str:
        return f"{self.record(pk)}files/{attachment}/{quote(name, safe=_PLAIN)}"


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


class _Names:
    """Names of codes in Chinese, looked up once."""

    def __init__(self) -> None:
        self.kinds = {one.code: one.zh for one in record_kinds()}
        self.categories = {one.code: one.short("zh") for one in categories()}
        self.themes = _named(themes())
        self.genres = _named(genres())


def _named(entries: Iterable[Entry]) -> dict[str, str]:
    return {one.code: one.name("zh") for one in entries}


def _line(organ: Organ, row: Row, names: _Names) -> Line:
    issuer = "、".join(filter(None, (organ.name, row["published__joint_organs"])))
    return {
        "index_number": row["index_number"],
        "title": row["title"],
        "document_number": row["document_number"],
        "issuer": issuer,
        "kind": row["kind"],
        "kind_name": names.kinds.get(row["kind"], row["kind"]),
        "category": row["category"],
        "category_name": names.categories.get(row["category"], row["category"]),
        "theme": row["theme"],
        "theme_name": names.themes.get(row["theme"], row["theme"]),
        "genre": row["genre"],
        "genre_name": names.genres.get(row["genre"], row["genre"]),
        "made_on": _day(row["made_on"]),
        "published_at": _moment(row["published_at"]),
        "first_published_at": _moment(row["first_published_at"]),
        "effective_on": _day(row["effective_on"]),
        "expires_on": _day(row["expires_on"]),
        "repealed_on": _day(row["repealed_on"]),
        "repeal_basis": row["repeal_basis"],
        "validity": shown.state_of(row),
        "mode": row["published__mode"],
        "summary": row["summary"],
        "keywords": row["published__keywords"],
        "attachments": row["files"],
    }


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _moment(value: Any) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None
