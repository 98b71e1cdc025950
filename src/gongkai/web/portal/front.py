"""What stands above the list on first pages: of an organ, of the installation."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.web.annual_reports.archive import queries as archive
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import queries, shown
from gongkai.web.portal.addresses import organ_address, record_address
from gongkai.web.portal.cursors import Row
from gongkai.web.portal.filters import GUIDE, RULES, Place
from gongkai.web.portal.report_figures import four_figures, sums

_INTERPRETATIONS = 3
_NEWEST = 10


def of_organ(organ: Organ) -> dict[str, Any]:
    """Ways in, the newest interpretations with their policies, the last report's figures. 2 queries."""
    home = organ_address(organ.code)
    every = archive.reports_of(organ.pk)
    newest = next((one for one in every if one.is_read), None)
    found: dict[str, Any] = {
        "is_front": True,
        "ways": [
            Tab(_("政府信息公开指南"), f"{home}{Place(GUIDE).query}"),
            Tab(_("政府信息公开制度"), f"{home}{Place(RULES).query}"),
            Tab(_("规章和行政规范性文件"), reverse("portal:documents", args=[organ.code])),
        ],
        "interpreted": [
            _interpreted(organ, row) for row in queries.newest_interpretations(organ, _INTERPRETATIONS)
        ],
    }
    if newest is not None:
        before = next((one for one in every if one.year == newest.year - 1), None)
        found |= {
            "figures": four_figures(newest, before),
            "figures_year": newest.year,
            "figures_address": reverse("portal:report", args=[organ.code, newest.year]),
        }
    return found


def of_installation() -> dict[str, Any]:
    """The newest information of all organs, the reports of the newest year together. 4 queries."""
    rows, years = queries.newest_of_all(_NEWEST), archive.years()
    found: dict[str, Any] = {
        "newest": [
            (shown.row_entry(row["organ__code"], row), row["organ__short_name"] or row["organ__name"])
            for row in rows
        ],
        "year_tabs": [Tab(str(year), reverse("portal:reports_of_year", args=[year])) for year in years[:8]],
    }
    if years:
        found |= {
            "figures": sums(archive.reports_in(years[0])),
            "figures_year": years[0],
            "figures_address": reverse("portal:reports_of_year", args=[years[0]]),
            "reports_address": reverse("portal:reports_of_year", args=[years[0]]),
        }
    return found


def _interpreted(organ: Organ, row: Row) -> dict[str, Any]:
    """An interpretation and its policy, each with title and address."""
    policy = {name.partition("__")[2]: value for name, value in row.items() if name.startswith("target__")}
    return {
        "title": row["source__title"],
        "address": record_address(organ.code, row["source__id"]),
        "on": row["source__published_at"],
        "policy": shown.entry(organ, policy),
    }
