"""The newest records of a list as an Atom feed (RFC 4287), made with the standard's own library for XML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.http import HttpRequest
from django.utils import timezone

from gongkai.statute.catalogue import categories
from gongkai.web.organs.models import Organ
from gongkai.web.portal.addresses import canonical_address
from gongkai.web.portal.cursors import Row
from gongkai.web.portal.filters import CONTENT, Place, column_name

MOST_ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
# Characters that XML 1.0 has no place for.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
register_namespace("", _ATOM)


def atom(request: HttpRequest, organ: Organ, place: Place, rows: Sequence[Row]) -> bytes:
    """The feed; `rows` as `queries.for_feed`, the newest first."""
    own, home = request.build_absolute_uri(), canonical_address(request, organ, "organ")
    names = {one.code: one.short("zh") for one in categories()}
    root = Element(f"{{{_ATOM}}}feed", {"xml:lang": "zh-Hans"})
    _add(root, "id", canonical_address(request, organ, "feed") + _query(request))
    _add(root, "title", f"{organ.name} {_said(place)}")
    _add(root, "updated", _moment(max((row["published_at"] for row in rows), default=_BEGINNING)))
    SubElement(root, f"{{{_ATOM}}}link", rel="self", href=_plain(own), type="application/atom+xml")
    SubElement(root, f"{{{_ATOM}}}link", rel="alternate", href=home + place.query, type="text/html")
    author = SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", organ.name)
    for row in rows:
        entry = SubElement(root, f"{{{_ATOM}}}entry")
        address = canonical_address(request, organ, "record", row["id"])
        _add(entry, "id", address)
        _add(entry, "title", row["title"])
        _add(entry, "updated", _moment(row["published_at"]))
        _add(entry, "published", _moment(row["first_published_at"] or row["published_at"]))
        SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=address, type="text/html")
        if name := names.get(row["category"]):
            SubElement(entry, f"{{{_ATOM}}}category", term=row["category"], label=name)
        _add(entry, "summary", row["summary"] or row["title"])
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")


def _add(parent: Element, name: str, words: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = _plain(words)


def _plain(words: str) -> str:
    return _FORBIDDEN.sub("", words)


def _query(request: HttpRequest) -> str:
    asked = request.GET.urlencode()
    return f"?{asked}" if asked else ""


def _said(place: Place) -> str:
    if place.category is not None:
        return place.category.short("zh")
    return "政府信息公开" if place.column == CONTENT else column_name(place.column)


def _moment(value: dt.datetime) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds")
