"""The platform page of an organ (PLT): four fixed columns, the guide, lists of what is public."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.web.config.language import short_language
from gongkai.web.look.pieces import Pages, Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import faces, queries, shown
from gongkai.web.portal.addresses import organ_address, record_address
from gongkai.web.portal.answering import page
from gongkai.web.portal.cursors import read_cursor
from gongkai.web.portal.filters import GUIDE, REPORTS, RULES, Place, column_name, filters_asked, place_asked
from gongkai.web.portal.views.record import body_of


@require_safe
def organ_page(request: HttpRequest, code: str) -> HttpResponse:
    """A column of an organ. 3 queries; 4 where words are looked for."""
    organ = queries.organ_for_page(code)
    if organ is None:
        raise Http404
    place = place_asked(request.GET)
    lang = short_language(request)
    context = {
        **faces.face(organ, "reports" if place.column == REPORTS else "organ"),
        "columns": faces.columns(organ, place, lang),
        "column_title": place.category.short(lang) if place.category else column_name(place.column),
        "column_lead": _lead(place, lang),
        "crumbs": _crumbs(organ, place, lang),
        **(_list(request, organ, place) if place.is_list else _guide(organ)),
    }
    return page(request, "portal/organ.html", context)


def _list(request: HttpRequest, organ: Organ, place: Place) -> dict[str, Any]:
    filters = filters_asked(request, place, queries.oldest_year(organ))
    before, after = read_cursor(request.GET.get("before")), read_cursor(request.GET.get("after"))
    listing = queries.listed(organ, filters.asked, before=before, after=after)
    words = filters.asked.words
    return {
        "filters": filters.form,
        "filters_set": len(filters.chosen),
        "filter_address": f"{organ_address(organ.code)}{place.query}",
        "search_words": words,
        "found_words": _found(words),
        "entries": shown.entries(organ, listing.rows),
        "pages": Pages(
            str(listing.before) if listing.before else None, str(listing.after) if listing.after else None
        ),
    }


def _found(words: str) -> str:
    return _("标题、文号含有“%(words)s”或者索引号与它相同的信息") % {"words": words} if words else ""


def _guide(organ: Organ) -> dict[str, Any]:
    """The newest guide, whole. 2 queries."""
    record = queries.newest_of_kind(organ, GUIDE)
    version = record.published if record else None
    if record is None or version is None:
        return {"column_lead": _("本机关还没有公布政府信息公开指南。")}
    files = queries.attachments_of(version)
    return {
        "body": body_of(organ.code, record.pk, version),
        "attachments": shown.attachments(organ, record.pk, files),
        "guide_address": record_address(organ.code, record.pk),
        "guide_title": version.title,
        "guide_on": version.published_at,
    }


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
