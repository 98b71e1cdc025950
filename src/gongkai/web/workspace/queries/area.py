"""The organs of a supervising authority's area, each with its counts: four queries, however many organs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from gongkai.web.disclosure.models import Record, Review, State, Step
from gongkai.web.disclosure.queries.checklist import Standing, by_organ
from gongkai.web.organs.models import Organ
from gongkai.web.organs.queries import area


@dataclass(frozen=True, slots=True)
class OrganCounts:
    """An organ of the area: published this year, not public past its day, in review, its checklist."""

    organ: Organ
    published: int
    late: int
    in_review: int
    checklist: Standing


def area_counts(authority: Organ, today: dt.date | None = None) -> list[OrganCounts]:
    """Every organ of the area in the order of the tree (with `depth`). 5 queries."""
    day = today or timezone.localdate()
    organs = area(authority)
    ids = [one.pk for one in organs]
    begun = timezone.make_aware(dt.datetime(day.year, 1, 1))
    published = _counts(Record.objects.filter(organ__in=ids, state=State.PUBLISHED, published_at__gte=begun))
    late = _counts(Record.objects.filter(organ__in=ids, state=State.DRAFT, due_on__lt=day))
    # Every step is named, so that the index of what waits is used and not that of all reviews.
    reviews = _counts(Review.objects.filter(organ__in=ids, result="", step__in=Step.values))
    checklist = by_organ(authority, day)
    return [
        OrganCounts(
            one,
            published.get(one.pk, 0),
            late.get(one.pk, 0),
            reviews.get(one.pk, 0),
            checklist.get(one.pk, Standing()),
        )
        for one in organs
    ]


def _counts(rows: object) -> Mapping[int, int]:
    counted = rows.order_by().values("organ").annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return {row["organ"]: row["n"] for row in counted}
