"""Rules and normative documents: what is in force, and apart what no longer is (NOR.2 to NOR.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.statute.catalogue import record_kinds
from gongkai.statute.identifiers import DocumentNumber, parse_document_number
from gongkai.web.config.language import short_language
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import faces, queries, shown
from gongkai.web.portal.addresses import canonical_address
from gongkai.web.portal.answering import list_page
from gongkai.web.portal.cursors import Row
from gongkai.web.portal.filters import CONTENT, Place

# An organ has some hundreds; past these the catalogue with its filters is the place to look.
MOST = 1500
ENDED = "ended"


@require_safe
def documents(request: HttpRequest, code: str) -> HttpResponse:
    """All of them by year and number; `?state=ended`: those repealed or expired. 3 queries."""
    organ = queries.organ_for_page(code)
    if organ is None:
        raise Http404
    ended = request.GET.get("state") == ENDED
    return list_page(request, "portal/documents.html", lambda: _context(request, organ, ended), organ)


def _context(request: HttpRequest, organ: Organ, ended: bool) -> dict[str, Any]:
    rows = queries.documents_of(organ, _kinds(), ended=ended, most=MOST)
    home = reverse("portal:documents", args=[organ.code])
    title = _("规章和行政规范性文件")
    last = max((row["published_at"] for row in rows), default=None)
    return {
        **faces.face(organ),
        "columns": faces.columns(organ, Place(CONTENT), short_language(request)),
        "crumbs": faces.crumbs(organ, Tab(title, "", is_current=True)),
        "title": title,
        "tabs": [
            Tab(_("现行有效"), home, is_current=not ended),
            Tab(_("已废止、失效"), f"{home}?state={ENDED}", is_current=ended),
        ],
        "tabs_label": _("有效性"),
        "groups": [(year, shown.entries(organ, some)) for year, some in by_year(rows)],
        "total": len(rows),
        "is_cut": len(rows) == MOST,
        "last_changed": last,
        "canonical": canonical_address(request, organ, "documents") + (f"?state={ENDED}" if ended else ""),
    }


def by_year(rows: Iterable[Row]) -> list[tuple[int, Sequence[Row]]]:
    """The rows by the year of their number (or else of the day they were made), the newest first."""
    placed = sorted(((_place(row), row) for row in rows), key=lambda one: one[0], reverse=True)
    years = groupby(placed, key=lambda one: one[0][0])
    return [(year, [row for _, row in some]) for year, some in years]


def _place(row: Row) -> tuple[int, str, int, int]:
    """Year, issuer, serial number, record: what documents are ordered by."""
    number = parse_document_number(row["document_number"]) if row["document_number"] else None
    if isinstance(number, DocumentNumber):
        return number.year, number.organ, number.number, row["id"]
    day = row["made_on"] or row["published_at"]
    return day.year, "", 0, row["id"]


def _kinds() -> tuple[str, ...]:
    """Kinds whose validity is told (NOR.3): rules and normative documents."""
    return tuple(one.code for one in record_kinds() if one.shows_validity)
