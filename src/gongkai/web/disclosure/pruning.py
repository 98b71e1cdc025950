"""Old changes of the outbox are thrown away once everything in the database that follows them has read them.

The last one thrown away stays as a stone at the edge, with no record: a follower that stands before it meets
it first and knows that it has missed something (`queries.changes.Pruned`), one that stands on it has not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from gongkai.web.config import clock
from gongkai.web.disclosure.models import PublicChange
from gongkai.web.disclosure.queries.changes import NOBODY

# The newest of all stay, however old: first pages show what they tell of.
KEPT = 1_000
# In one transaction: what is written meanwhile waits for it.
_AT_ONCE = 20_000


def prune_changes(*, read_up_to: Iterable[int], most: int = _AT_ONCE, kept: int = KEPT) -> int:
    """Throw away what is older than `settings.CHANGES_DAYS` and all followers have read; gives how many.

    `read_up_to`: the number that each follower with its place in the database has read last. An index on the
    disk of a node has no place there: one that was away for longer is built anew. 1 query where nothing is
    old enough; safe when several run at once, and when killed.
    """
    before = clock.now() - dt.timedelta(days=settings.CHANGES_DAYS)
    if settings.CHANGES_DAYS <= 0 or not _oldest_is_before(before):
        return 0
    newest = PublicChange.objects.order_by("-number").values_list("number", flat=True)
    enough = newest[kept : kept + 1].first() if kept else newest.first()
    last = min([enough or 0, *read_up_to])
    old = PublicChange.objects.filter(number__lte=last, at__lt=before)
    ends = list(old.order_by("number").values_list("number", flat=True)[: most + 1])
    if len(ends) < 2:
        return 0
    with transaction.atomic():
        PublicChange.objects.filter(number=ends[-1]).update(record_id=NOBODY, organ_id=NOBODY)
        return int(PublicChange.objects.filter(number__lt=ends[-1]).delete()[0])


def _oldest_is_before(moment: dt.datetime) -> bool:
    """Whether any but the stone at the edge is so old. 1 query."""
    found = PublicChange.objects.order_by("number").values_list("record_id", "at")[:2]
    return any(at < moment for record, at in found if record != NOBODY)
