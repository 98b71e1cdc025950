"""What has changed of what the public may see, for all that follows from it: search, channels, caches."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from gongkai.web.disclosure.models import PublicChange

# What stands as the record of the last change that was thrown away (pruning.py): no record has this number.
NOBODY = 0


class Pruned(Exception):
    """Changes that a follower has not read are thrown away: it must read everything anew."""


class Change(NamedTuple):
    """A record that has changed for readers; look at the record itself for what it is now."""

    number: int
    record_id: int
    organ_id: int
    at: dt.datetime


def changes_after(number: int, limit: int) -> list[Change]:
    """The changes that come after one already read, at most `limit`, in order. 0: from the first. 1 query.

    Nothing ever appears later at or below a number that was given here (disclosure/outbox.py). `Pruned`: some
    of them are no longer there.
    """
    rows = PublicChange.objects.filter(number__gt=number).order_by("number")
    found = [Change(*row) for row in rows.values_list("number", "record_id", "organ_id", "at")[:limit]]
    if found and found[0].record_id == NOBODY:
        raise Pruned(f"changes up to {found[0].number} are thrown away; read up to {number}")
    return found


def newest_change(organ_id: int | None = None) -> int:
    """The number of the newest change, of an organ or of all; 0 where there is none. 1 query.

    It grows with every change to what the public may see, in the transaction that makes the change.
    """
    rows = PublicChange.objects.order_by("-number")
    if organ_id is not None:
        rows = rows.filter(organ=organ_id)
    return rows.values_list("number", flat=True).first() or 0
