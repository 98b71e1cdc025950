"""Going on through a list without counting it: from the row last seen, to either side.

The place of a row is its moment of publication and its number, so that rows published meanwhile move nobody:
each record comes once, whether the list is read down or up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

# Some columns of a row, by name.
Row = Mapping[str, Any]

# Seventeen digits of microseconds end in the year 5138: no day is too late for the calendar.
_WRITTEN = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class Cursor(NamedTuple):
    """The place of a row: when it was published, and its id among those of the same moment."""

    at: dt.datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.pk}"


class Listing(NamedTuple):
    """A page of rows, newest first, and the places to go on from; None where there is no more."""

    rows: Sequence[Row]
    before: Cursor | None
    after: Cursor | None


def read_cursor(written: str | None) -> Cursor | None:
    """The place that an address names; None for anything else.

    >>> str(read_cursor("1772000000000000-7")), read_cursor("1; DROP")
    ('1772000000000000-7', None)
    """
    found = _WRITTEN.fullmatch(written or "")
    if found is None:
        return None
    return Cursor(_EPOCH + int(found[1]) * _MICROSECOND, int(found[2]))


def page_of(rows: QuerySet[Any], *, before: Cursor | None, after: Cursor | None, size: int) -> Listing:
    """`size` rows on one side of a place; the newest ones without a place. 1 query.

    `rows`: `values()` with at least `published_at` and `id`. `before` counts if both are given.
    """
    if before is not None:
        # The first bound is what an index goes by; the second parts rows of the same moment.
        rows = rows.filter(published_at__gte=before.at)
        rows = rows.filter(Q(published_at__gt=before.at) | Q(id__gt=before.pk))
        found = list(rows.order_by("published_at", "id")[: size + 1])
        shown = found[:size][::-1]
        back = _place(shown[0]) if len(found) > size else None
        return Listing(shown, back, _place(shown[-1]) if shown else None)
    if after is not None:
        rows = rows.filter(published_at__lte=after.at)
        rows = rows.filter(Q(published_at__lt=after.at) | Q(id__lt=after.pk))
    found = list(rows.order_by("-published_at", "-id")[: size + 1])
    shown = found[:size]
    on = _place(shown[-1]) if len(found) > size else None
    return Listing(shown, _place(shown[0]) if after is not None and shown else None, on)


def _place(row: Row) -> Cursor:
    return Cursor(row["published_at"], row["id"])
