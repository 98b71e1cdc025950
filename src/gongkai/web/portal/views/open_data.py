"""The catalogue as open data: csv and json of a list, a feed of what is new, what fields mean."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.web.config.language import short_language
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import catalogue_file, data_files, faces, feeds, freshness, queries
from gongkai.web.portal.addresses import canonical_address, organ_address
from gongkai.web.portal.answering import list_page
from gongkai.web.portal.catalogue_file import FIELDS
from gongkai.web.portal.filters import filters_asked, place_asked
from gongkai.web.portal.queries import Asked


@require_safe
def catalogue(request: HttpRequest, code: str, ending: str) -> data_files.Answer:
    """Everything a list shows, filtered as on its page, row by row. 4 queries for every thousand records."""
    organ = _organ(code)
    data_files.check_ending(ending)

    def made() -> data_files.Answer:
        lines = catalogue_file.lines(request, organ, _asked(request, organ))
        head = {
            "schema": catalogue_file.SCHEMA,
            "organ": {"name": organ.name, "code": organ.code},
            "page": canonical_address(request, organ, "organ"),
        }
        name = f"{organ.name}政府信息公开目录.{ending}"
        return data_files.file_answer(request, name, head, "records", FIELDS, lines)

    return data_files.under_mark(request, freshness.mark_of(organ), made)


@require_safe
def feed(request: HttpRequest, code: str) -> data_files.Answer:
    """The newest records of a list as Atom (RFC 4287). 4 queries; 2 where nothing is new."""
    organ = _organ(code)

    def made() -> data_files.Answer:
        asked, place = _asked(request, organ), place_asked(request.GET)
        rows = queries.for_feed(organ, asked, feeds.MOST_ENTRIES)
        content = feeds.atom(request, organ, place, rows)
        return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")

    return data_files.under_mark(request, freshness.mark_of(organ), made)


@require_safe
def about(request: HttpRequest, code: str) -> HttpResponse:
    """Where the data are and what each field means. 2 queries."""
    organ = _organ(code)

    def context() -> dict[str, Any]:
        files = [
            Tab("CSV", reverse("portal:catalogue", args=[organ.code, "csv"])),
            Tab("JSON", reverse("portal:catalogue", args=[organ.code, "json"])),
            Tab("Atom", reverse("portal:feed", args=[organ.code])),
            Tab("Sitemap", reverse("portal:sitemap")),
        ]
        everywhere = [
            Tab(_("各机关名单"), reverse("portal:organs_file", args=["csv"])),
            Tab(_("各机关的全部目录"), reverse("portal:whole_catalogue", args=["csv"])),
        ]
        lang = short_language(request)
        return {
            **faces.face(organ),
            "crumbs": faces.crumbs(organ, Tab(_("开放数据"), "", is_current=True)),
            "columns": faces.columns(organ, None, lang),
            "title": _("开放数据"),
            "files": files,
            "everywhere": everywhere,
            "fields": FIELDS,
            "example": canonical_address(request, organ, "catalogue", "json") + "?category=20.01&year=2025",
            "home": organ_address(organ.code),
            "canonical": canonical_address(request, organ, "open_data"),
        }

    return list_page(request, "portal/open_data.html", context, organ)


def _organ(code: str) -> Organ:
    organ = queries.organ_for_page(code)
    if organ is None:
        raise Http404
    return organ


def _asked(request: HttpRequest, organ: Organ) -> Asked:
    return filters_asked(request, place_asked(request.GET), queries.oldest_year(organ)).asked
