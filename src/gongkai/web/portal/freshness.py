"""What pages of lists are kept by: a mark that is another as soon as anything shown on them is.

The number of the newest public change (disclosure.PublicChange, written in the transaction of the change
itself) is read from the database at every request, so that no process can go on showing what another has
withdrawn: the very next request sees it. With it goes what changes without a record: the day (validity), the
organ's own facts, the readings of reports, the language and the large type of the reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone

from gongkai import __version__
from gongkai.web.annual_reports.models import AnnualReport
from gongkai.web.disclosure.models import PublicChange
from gongkai.web.organs.models import Organ
from gongkai.web.portal.addresses import own_organ
from gongkai.web.portal.keeping import PAGES, Kept
from gongkai.web.portal.large_type import is_large

# What no page shows, or what is no fact of its own.
_UNSEEN = frozenset({"_state", "emblem"})

Mark = str


def mark_of(*organs: Organ, of_all: bool = False) -> Mark:
    """Of what an organ shows, or (`of_all`) of what all of the installation do. 1 query.

    `organs`: those whose own facts are shown: names, addresses, colours.
    """
    return mark_under(_newest(None if of_all else organs[0].pk), *organs)


def mark_under(newest: object, *organs: Organ) -> Mark:
    """The mark where the newest change is known already. No query."""
    facts = repr([sorted(_facts(one)) for one in organs])
    return digest(repr((newest, timezone.localdate().isoformat(), __version__, facts)))


def _newest(organ_id: int | None) -> tuple[int, object, int | None] | None:
    """The number and the moment of the newest public change, and the newest report read. 1 query.

    As `disclosure.queries.changes.newest_change`; a report is read only after its publication was noted. The
    moment tells a change from one of the same number: of a database that was put back from a copy.
    """
    changes, readings = PublicChange.objects.all(), AnnualReport.objects.all()
    if organ_id is not None:
        changes, readings = changes.filter(organ=organ_id), readings.filter(organ=organ_id)
    read = Subquery(readings.order_by("-id").values("id")[:1])
    return changes.order_by("-number").annotate(read=read).values_list("number", "at", "read").first()


def kept(request: HttpRequest, mark: Mark, build: Callable[[], bytes]) -> bytes:
    """The page as this process has it, or newly built: what it shows depends on mark and request alone."""
    key = key_of(request)
    found = PAGES.get(key)
    if found is not None and found.mark == mark:
        return found.content
    content = build()
    PAGES.put(key, Kept(mark, content))
    return content


def key_of(request: HttpRequest) -> str:
    """Of an address as a reader has asked for it: whole, in a language, in a type."""
    return digest(repr((request.build_absolute_uri(), own_organ.get(), reader_of(request))))


def reader_of(request: HttpRequest) -> tuple[str, bool]:
    return str(getattr(request, "LANGUAGE_CODE", "")), is_large(request)


def _facts(organ: Organ) -> list[tuple[str, str]]:
    above = organ.parent if "parent" in organ._state.fields_cache else None
    return _loaded(organ) + (_loaded(above) if above is not None else [])


def _loaded(organ: Organ) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in vars(organ).items() if name not in _UNSEEN]


def digest(said: str) -> str:
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
