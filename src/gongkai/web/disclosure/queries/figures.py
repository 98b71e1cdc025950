"""The figures that units have reported."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.web.disclosure.models import Figure
from gongkai.web.organs.models import Organ


def current_figures(organ: Organ, year: int | None = None) -> QuerySet[Figure]:
    """The figures that count, those of the newest year first. One query."""
    found = Figure.objects.filter(organ=organ, replaced_by__isnull=True, is_withdrawn=False)
    if year is not None:
        found = found.filter(year=year)
    found = found.select_related("unit", "organ", "entered_by", "replaces")
    return found.order_by("-year", "kind", "unit", "month", "pk")


def past_figures(organ: Organ, year: int) -> QuerySet[Figure]:
    """Those that were replaced or withdrawn: they stay on record. One query."""
    found = Figure.objects.filter(organ=organ, year=year)
    found = found.exclude(replaced_by__isnull=True, is_withdrawn=False)
    return found.select_related("unit", "organ", "entered_by", "replaced_by").order_by("-pk")


def years_with_figures(organ: Organ) -> list[int]:
    """The years for which something was reported, the newest first. One query."""
    found = Figure.objects.filter(organ=organ).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())
