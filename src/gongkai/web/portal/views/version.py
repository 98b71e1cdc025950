"""An earlier version, whole, and what has changed in the one that came after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.documents.publishing import text_of
from gongkai.web.config.language import short_language
from gongkai.web.disclosure.models import Record, State, Version
from gongkai.web.look.pieces import Tab
from gongkai.web.portal import faces, record_queries, shown
from gongkai.web.portal.addresses import record_address
from gongkai.web.portal.answering import page
from gongkai.web.portal.cursors import Row
from gongkai.web.portal.views.record import body_of, crumbs_of
from gongkai.wording.differences import Piece, differences, field_changes

# Characters of both texts together; past these a comparison takes seconds, and nobody reads it.
_LONGEST_COMPARED = 200_000
_A_DAY = 24 * 3600


@require_safe
def version_page(request: HttpRequest, code: str, pk: int, number: int) -> HttpResponse:
    """A version that was public and has been replaced. 4 queries."""
    record = record_queries.record_for_page(code, pk)
    if record is None or record.state != State.PUBLISHED:
        raise Http404
    rows = record_queries.versions_of(record)
    numbers = [row["number"] for row in rows]
    if number not in numbers[1:]:
        raise Http404
    following = numbers[numbers.index(number) - 1]
    texts = record_queries.version_texts(record, (number, following))
    context = _context(request, record, rows, texts[number], texts[following])
    return page(request, "portal/version.html", context)


def _context(
    request: HttpRequest, record: Record, rows: Sequence[Row], version: Version, following: Version
) -> dict[str, Any]:
    organ, lang = record.organ, short_language(request)
    name = _("第 %(n)s 版")
    pieces = _pieces(version, following)
    return {
        **faces.face(organ),
        "crumbs": crumbs_of(record, version, lang, Tab(name % {"n": version.number}, "", is_current=True)),
        "title": version.title,
        "version_notice": _("这是第 %(n)s 版，自%(from)s至%(to)s公开，已被新的版本取代。")
        % {"n": version.number, "from": _day(version), "to": _day(following)},
        "current_address": record_address(organ.code, record.pk),
        "facts": shown.facts(record, version, "", lang),
        "body": body_of(organ.code, record.pk, version),
        "attachments": shown.attachments(organ, record.pk, record_queries.attachments_of(version)),
        "pieces": pieces,
        "too_long": pieces is None,
        "changes": field_changes(_said(version), _said(following), _labels()),
        "before_words": name % {"n": version.number},
        "after_words": name % {"n": following.number},
        "versions": shown.versions(organ, record.pk, rows),
    }


def _pieces(version: Version, following: Version) -> tuple[Piece, ...] | None:
    """What has changed in the body; None: too long to compare. Kept for a day, as versions never change."""
    if len(version.body) + len(following.body) > 2 * _LONGEST_COMPARED:
        return None
    key = f"differences-{version.pk}-{following.pk}"
    kept: tuple[Piece, ...] | None = caches["portal"].get(key)
    if kept is None:
        kept = differences(text_of(version.body), text_of(following.body))
        caches["portal"].set(key, kept, _A_DAY)
    return kept


def _said(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in _labels()}


def _labels() -> dict[str, str]:
    """What is compared beside the body, in the order of the metadata box."""
    return {
        "title": _("标题"),
        "document_number": _("发文字号"),
        "made_on": _("成文日期"),
        "effective_on": _("实施日期"),
        "expires_on": _("有效期至"),
        "joint_organs": _("联合发文机关"),
        "summary": _("内容概述"),
    }


def _day(version: Version) -> str:
    at = version.published_at
    return str(date_format(localtime(at), _("Y年n月j日"))) if at else ""
