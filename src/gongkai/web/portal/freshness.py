"""What pages of lists are kept by: a mark that is another as soon as anything shown on them is.

The number of the newest public change (disclosure.PublicChange, written in the transaction of the change
itself) is read from the database at every request, so that no process can go on showing what another has
withdrawn: the very next request sees it. With it goes what changes without a record: the day (validity), the
organ's own facts, the readings of reports, the language and the large type of the reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.cache import caches
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone

from gongkai import __version__
from gongkai.web.annual_reports.models import AnnualReport
from gongkai.web.disclosure.models import PublicChange
from gongkai.web.organs.models import Organ
from gongkai.web.portal.large_type import is_large

_SECONDS = 3600
_MOST_KEPT = 400_000  # bytes of a page
# What no page shows, or what is no fact of its own.
_UNSEEN = frozenset({"_state", "emblem"})

Mark = str


def mark_of(*organs: Organ, of_all: bool = False) -> Mark:
    """Of what an organ shows, or (`of_all`) of what all of the installation do. 1 query.

    `organs`: those whose own facts are shown: names, addresses, colours.
    """
    newest = _newest(None if of_all else organs[0].pk)
    facts = repr([sorted(_facts(one)) for one in organs])
    return _digest(repr((newest, timezone.localdate().isoformat(), __version__, facts)))


def _newest(organ_id: int | None) -> tuple[int, int | None] | None:
    """The number of the newest public change, and that of the newest report read. 1 query.

    As `disclosure.queries.changes.newest_change`; a report is read only after its publication was noted.
    """
    changes, readings = PublicChange.objects.all(), AnnualReport.objects.all()
    if organ_id is not None:
        changes, readings = changes.filter(organ=organ_id), readings.filter(organ=organ_id)
    read = Subquery(readings.order_by("-id").values("id")[:1])
    return changes.order_by("-number").annotate(read=read).values_list("number", "read").first()


def kept(request: HttpRequest, mark: Mark, build: Callable[[], bytes]) -> bytes:
    """The page as this process has it, or newly built: what it shows depends on mark and request alone."""
    key = f"page-{_digest(repr((mark, request.build_absolute_uri(), _reader(request))))}"
    content: bytes | None = caches["portal"].get(key)
    if content is None:
        content = build()
        if len(content) <= _MOST_KEPT:
            caches["portal"].set(key, content, _SECONDS)
    return content


def _reader(request: HttpRequest) -> tuple[str, bool]:
    return str(getattr(request, "LANGUAGE_CODE", "")), is_large(request)


def _facts(organ: Organ) -> list[tuple[str, str]]:
    own = [(name, str(value)) for name, value in vars(organ).items() if name not in _UNSEEN]
    above = organ.parent if "parent" in organ._state.fields_cache else None
    return own + ([("above", f"{above.called} {above.is_active}")] if above is not None else [])


def _digest(said: str) -> str:
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
