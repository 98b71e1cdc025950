"""The platform page of an organ (PLT): four fixed columns, the guide, lists of what is public."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.web.annual_reports.archive import queries as archive
from gongkai.web.config.language import short_language
from gongkai.web.look.pieces import Fact, Pages, Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import described, faces, front, queries, record_queries, shown
from gongkai.web.portal.addresses import canonical_address, organ_address, record_address
from gongkai.web.portal.answering import list_page
from gongkai.web.portal.cursors import read_cursor
from gongkai.web.portal.filters import (
    GUIDE,
    REPORTS,
    RULES,
    Place,
    column_name,
    filter_bar,
    filters_asked,
    place_asked,
)
from gongkai.web.portal.report_figures import four_figures
from gongkai.web.portal.views.record import body_of
from gongkai.web.portal.views.reports import year_tabs

_RULES_CATEGORY = "20.01"
# What an address may hold and still be an organ's first page.
_NOT_A_PLACE = frozenset({"lang"})


@require_safe
def organ_page(request: HttpRequest, code: str) -> HttpResponse:
    """A column of an organ. 2 queries; with its list 4, with words and the reports 5, its first page 6."""
    organ = queries.organ_for_page(code)
    if organ is None:
        raise Http404
    return list_page(request, "portal/organ.html", lambda: _context(request, organ), organ)


def _context(request: HttpRequest, organ: Organ) -> dict[str, Any]:
    place, lang = place_asked(request.GET), short_language(request)
    context = {
        **faces.face(organ, "reports" if place.column == REPORTS else "organ"),
        "columns": faces.columns(organ, place, lang),
        "column_title": place.category.short(lang) if place.category else column_name(place.column),
        "column_lead": _lead(place, lang),
        "crumbs": _crumbs(organ, place, lang),
        "canonical": canonical_address(request, organ, "organ") + place.query,
        "described": described.organ(request, organ),
        **(_list(request, organ, place) if place.is_list else _guide(organ)),
    }
    if place.column == REPORTS:
        context |= _archive(organ)
    if place.category is not None and place.category.code == _RULES_CATEGORY:
        context["documents_address"] = reverse("portal:documents", args=[organ.code])
    if not request.GET.keys() - _NOT_A_PLACE:
        context |= front.of_organ(organ)
    return context


def _list(request: HttpRequest, organ: Organ, place: Place) -> dict[str, Any]:
    filters = filters_asked(request, place, queries.oldest_year(organ))
    before, after = read_cursor(request.GET.get("before")), read_cursor(request.GET.get("after"))
    listing = queries.listed(organ, filters.asked, before=before, after=after)
    words = filters.asked.words
    is_top = listing.rows and listing.before is None
    return {
        "filter_bar": filter_bar(request, filters, f"{organ_address(organ.code)}{place.query}"),
        "filters_set": len(filters.chosen),
        "search_words": words,
        "found_words": _found(words),
        "entries": shown.entries(organ, listing.rows),
        "last_changed": listing.rows[0]["published_at"] if is_top and place.column == RULES else None,
        "open_data": _open_data(request, organ),
        "pages": Pages(
            str(listing.before) if listing.before else None, str(listing.after) if listing.after else None
        ),
    }


def _open_data(request: HttpRequest, organ: Organ) -> dict[str, str]:
    """The same list as data: with its filters, without the place in it."""
    query = request.GET.copy()
    for name in ("before", "after", "lang"):
        query.pop(name, None)
    asked = f"?{query.urlencode()}" if query else ""
    return {
        "csv": reverse("portal:catalogue", args=[organ.code, "csv"]) + asked,
        "json": reverse("portal:catalogue", args=[organ.code, "json"]) + asked,
        "feed": reverse("portal:feed", args=[organ.code]) + asked,
        "about": reverse("portal:open_data", args=[organ.code]),
    }


def _archive(organ: Organ) -> dict[str, Any]:
    """The years of the archive, and the figures of the newest report that was read. 1 query."""
    every = archive.reports_of(organ.pk)
    newest = next((one for one in every if one.is_read), None)
    if newest is None:
        return {"year_tabs": year_tabs(organ, every)}
    before = next((one for one in every if one.year == newest.year - 1), None)
    return {
        "year_tabs": year_tabs(organ, every),
        "figures": four_figures(newest, before),
        "figures_year": newest.year,
        "figures_address": reverse("portal:report", args=[organ.code, newest.year]),
    }


def _found(words: str) -> str:
    return _("标题、文号含有“%(words)s”或者索引号与它相同的信息") % {"words": words} if words else ""


def _guide(organ: Organ) -> dict[str, Any]:
    """The newest guide, whole. 2 queries."""
    record = queries.newest_of_kind(organ, GUIDE)
    version = record.published if record else None
    if record is None or version is None:
        lead = _(
            "本机关还没有公布政府信息公开指南。申请公开政府信息，可以联系本机关，当面提交或者邮寄书面申请。"
        )
        return {"column_lead": lead, "contact": _contact(organ)}
    files = record_queries.attachments_of(version)
    return {
        "body": body_of(organ.code, record.pk, version),
        "attachments": shown.attachments(organ, record.pk, files),
        "guide_address": record_address(organ.code, record.pk),
        "guide_title": version.title,
        "last_changed": version.published_at,
    }


def _contact(organ: Organ) -> list[Fact]:
    """How the organ is reached, as far as it has told (REG.12)."""
    told = (
        (_("办公地址"), organ.address),
        (_("邮政编码"), organ.postcode),
        (_("办公时间"), organ.office_hours),
        (_("联系电话"), organ.telephone),
        (_("电子邮箱"), organ.email),
    )
    return [Fact(label, value, lang="zh-Hans") for label, value in told if value]


def _lead(place: Place, lang: str) -> str:
    if place.category is not None:
        return place.category.name(lang)
    if place.column == RULES:
        return _("政府信息公开的法律法规和本机关的工作制度。")
    if place.column == REPORTS:
        return _("本机关历年的政府信息公开工作年度报告。")
    return ""


def _crumbs(organ: Organ, place: Place, lang: str) -> list[Tab]:
    here = Tab(column_name(place.column), f"{organ_address(organ.code)}{Place(place.column).query}")
    if place.category is None:
        return faces.crumbs(organ, Tab(here.words, here.address, is_current=True))
    return faces.crumbs(organ, here, Tab(place.category.short(lang), "", is_current=True))
