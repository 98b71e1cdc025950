"""What somebody wishes as an Atom feed (RFC 4287): no account, the address is the wish."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.db.models import Q
from django.utils import timezone

from gongkai.web.channels.items import record_address
from gongkai.web.channels.subscribing.filters import Wish, fits
from gongkai.web.channels.subscribing.words import held_by
from gongkai.web.disclosure.models import Record, State

MOST_ENTRIES = 50
# How many of the newest are looked through for what no column tells.
MOST_LOOKED_AT = 500
_ATOM = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
register_namespace("", _ATOM)


def newest(wish: Wish) -> list[Record]:
    """The newest public records that fit. 1 query, 2 with all below an organ."""
    found = Record.objects.filter(state=State.PUBLISHED, organ__is_active=True)
    if wish.organ is not None:
        area = Q(organ__path__startswith=wish.organ.path) if wish.with_below else Q(organ=wish.organ.pk)
        found = found.filter(area)
    if wish.category:
        found = found.filter(category=wish.category)
    rows = found.select_related("organ", "published").defer("organ__emblem", "published__body")
    rows = rows.order_by("-published_at", "-id")
    if not wish.audience and not wish.words:
        return list(rows[:MOST_ENTRIES])
    some = list(rows[:MOST_LOOKED_AT])
    held = held_by([wish.words], [one.pk for one in some])
    return [one for one in some if fits(wish, one, held)][:MOST_ENTRIES]


def atom(own: str, home: str, title: str, rows: Sequence[Record]) -> bytes:
    """The feed; `own`: its own address, `home`: of the page where it can be subscribed to."""
    root = Element(f"{{{_ATOM}}}feed", {"xml:lang": "zh-Hans"})
    _add(root, "id", own)
    _add(root, "title", title)
    _add(root, "updated", _moment(max((one.published_at for one in rows if one.published_at), default=None)))
    SubElement(root, f"{{{_ATOM}}}link", rel="self", href=_plain(own), type="application/atom+xml")
    SubElement(root, f"{{{_ATOM}}}link", rel="alternate", href=_plain(home), type="text/html")
    author = SubElement(root, f"{{{_ATOM}}}author")
    _add(author, "name", title)
    for one in rows:
        entry = SubElement(root, f"{{{_ATOM}}}entry")
        address = record_address(one)
        _add(entry, "id", address)
        _add(entry, "title", one.title)
        _add(entry, "updated", _moment(one.published_at))
        _add(SubElement(entry, f"{{{_ATOM}}}author"), "name", one.organ.name)
        SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=address, type="text/html")
        _add(entry, "summary", one.summary or one.title)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")


def _add(parent: Element, name: str, words: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = _plain(words)


def _plain(words: str) -> str:
    return _FORBIDDEN.sub("", words)


def _moment(value: dt.datetime | None) -> str:
    return timezone.localtime(value or dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).isoformat(timespec="seconds")
