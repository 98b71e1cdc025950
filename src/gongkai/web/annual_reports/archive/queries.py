"""Reading the archive: only what its record publishes now. Each says how many queries it makes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from gongkai.annual.contract import report_from_json
from gongkai.annual.report import Report
from gongkai.web.annual_reports.archive.figures import KeyFigures
from gongkai.web.annual_reports.models import AnnualReport, Reading
from gongkai.web.disclosure.models import State

_LISTED = ("organ", "record", "version", "year", "state", "figures", "form", "source", "problem")
_SAID = ("problem_zh", "problem_en", "record__title", "record__published_at", "record__index_number")


@dataclass(frozen=True, slots=True)
class Archived:
    """A report of the archive with its figures; `report` holds the whole of it where it was asked for."""

    row: AnnualReport
    figures: KeyFigures

    @property
    def is_read(self) -> bool:
        return bool(self.row.state == Reading.READ)

    @property
    def year(self) -> int:
        return int(self.row.year)

    def report(self) -> Report:
        """The whole report. Its own JSON: every part was checked when it was read."""
        data = json.loads(self.row.contract, parse_float=Decimal)
        return report_from_json(data, self.row.source or self.row.record.title)


def reports_of(organ_id: int) -> list[Archived]:
    """An organ's reports, the newest year first, one a year: what was published last counts. 1 query."""
    found = _public().filter(organ=organ_id).only(*_LISTED, *_SAID)
    return _one_a_year(found.order_by("-year", "-record__published_at", "-id"))


def report_of(organ_id: int, year: int) -> Archived | None:
    """An organ's report of a year with all it says. 1 query."""
    found = _public().filter(organ=organ_id, year=year).only("contract", *_LISTED, *_SAID)
    rows = _one_a_year(found.order_by("-record__published_at", "-id")[:1])
    return rows[0] if rows else None


def reports_in(year: int) -> list[Archived]:
    """What the organs of the installation reported for a year, one an organ. 1 query."""
    found = _public().filter(year=year).only(*_LISTED, *_SAID)
    kept: dict[int, Archived] = {}
    for row in found.order_by("organ", "-record__published_at", "-id"):
        kept.setdefault(row.organ_id, Archived(row, KeyFigures(row.figures)))
    return list(kept.values())


def years() -> list[int]:
    """The years of which there are reports, the newest first. 1 query."""
    found = _public().order_by("-year").values_list("year", flat=True).distinct()
    return [int(year) for year in found]


def public_years() -> list[tuple[int, int]]:
    """Organ and year of every report that was read. 1 query."""
    found = _public().filter(state=Reading.READ).order_by("organ", "-year")
    return list(found.values_list("organ", "year").distinct())


def _public() -> QuerySet[AnnualReport]:
    found = AnnualReport.objects.filter(record__state=State.PUBLISHED, record__published=F("version"))
    return found.select_related("record")


def _one_a_year(rows: QuerySet[AnnualReport]) -> list[Archived]:
    kept: dict[int, Archived] = {}
    for row in rows:
        kept.setdefault(row.year, Archived(row, KeyFigures(row.figures)))
    return list(kept.values())
