"""The page of a record, what stays of one that was withdrawn, and its address as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import qrcode
import qrcode.image.svg
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.statute.catalogue import categories
from gongkai.web.config.language import short_language
from gongkai.web.disclosure.models import LinkKind, Record, State, Version
from gongkai.web.look.pieces import Fact, Tab
from gongkai.web.look.templatetags.look import day
from gongkai.web.participation.actions.consulting import ANNOUNCEMENT_KIND, RESULT_KIND
from gongkai.web.portal import described, faces, freshness, queries, record_queries, shown
from gongkai.web.portal.addresses import canonical_address, organ_address, record_address
from gongkai.web.portal.answering import FILE_POLICY, answered, page
from gongkai.web.portal.bodies import public_body
from gongkai.web.portal.cursors import Row
from gongkai.web.portal.filters import COLUMNS, CONTENT, REPORTS, Place, column_name, kinds_in
from gongkai.web.portal.frames import framed
from gongkai.web.portal.keeping import PAGES, Kept
from gongkai.web.portal.notices import notice
from gongkai.web.portal.record_queries import Read

_GONE = 410
_TOLD_ELSEWHERE = frozenset({ANNOUNCEMENT_KIND, RESULT_KIND})


@require_safe
def record_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A public record. 1 query where nothing public of its organ has changed since it was last made; else 3,
    4 where there are earlier versions."""
    read = record_queries.read_record(code, pk)
    if read is None:
        raise Http404
    if read.record.state == State.WITHDRAWN or read.record.published is None:
        return _withdrawn(request, read.record)
    return answered(request, _kept(request, read, read.record.published))


def _kept(request: HttpRequest, read: Read, version: Version) -> bytes:
    """The page as this process has it, if nothing public of the organ, or of what the page says, has changed.

    Read is what the organ has changed last, before all else: what is kept is never older than its mark.
    """
    record, key = read.record, freshness.key_of(request)
    mark = freshness.mark_under((read.newest, record.pk), record.organ)
    found = PAGES.get(key)
    if found is not None and found.mark == mark:
        return found.content
    parts = _Parts(
        record_queries.links_of(record),
        record_queries.attachments_of(version),
        record_queries.versions_of(record) if version.number > 1 else (),
    )
    said = freshness.digest(repr((freshness.mark_under("", record.organ), read.facts, parts)))
    if found is not None and found.said == said:
        content = found.content
    else:
        context = _context(request, record, version, parts)
        content = framed(
            request, "portal/record.html", context, lambda: faces.face(record.organ), record.organ
        )
    # Consultations open and close without any change of a record.
    if record.kind not in _TOLD_ELSEWHERE:
        PAGES.put(key, Kept(mark, content, said))
    return content


class _Parts(NamedTuple):
    """What is shown beside the record itself: rows of `record_queries`."""

    links: Sequence[Row]
    files: Sequence[Row]
    versions: Sequence[Row]


def _context(request: HttpRequest, record: Record, version: Version, parts: _Parts) -> dict[str, Any]:
    organ, lang = record.organ, short_language(request)
    links, files = parts.links, parts.files
    state = shown.state_of(vars(record))
    told = notice(record, state, links)
    policies = [one for one in links if one["kind"] == LinkKind.INTERPRETS and one["is_source"]]
    address = request.build_absolute_uri(record_address(organ.code, record.pk))
    return {
        "record": record,
        "crumbs": crumbs_of(record, version, lang),
        "title": version.title,
        "facts": shown.facts(record, version, state, lang),
        "state": told.state if told else "",
        "state_notice": told.words if told else "",
        "state_address": told.address if told else "",
        "body": body_of(organ.code, record.pk, version),
        "attachments": shown.attachments(organ, record.pk, files),
        "interpretations": shown.entries(organ, shown.interpretations(links)),
        "related": shown.related(organ, links),
        "versions": shown.versions(organ, record.pk, parts.versions),
        "citation": shown.citation(record, version, address),
        "qr_address": reverse("portal:qr", args=[organ.code, record.pk]),
        "report_address": _report(record, version),
        "summary": version.summary,
        "keywords": version.keywords,
        "described": described.record(request, record, version, state, policies, files),
        "canonical": canonical_address(request, organ, "record", record.pk),
    }


def _report(record: Record, version: Version) -> str:
    """Where an annual report is shown as charts and tables."""
    if record.kind not in kinds_in(REPORTS) or not version.for_year:
        return ""
    return reverse("portal:report", args=[record.organ.code, version.for_year])


def body_of(code: str, pk: int, version: Version) -> SafeString:
    """The body as it is shown, its pictures at their addresses."""
    return public_body(
        version.body, lambda number: reverse("portal:picture", args=[code, pk, version.number, number])
    )


def crumbs_of(record: Record, version: Version, lang: str, *below: Tab) -> list[Tab]:
    """The column and category in which a record stands; `below`: pages under its own."""
    organ, code = record.organ, version.category
    column = next((one for one in COLUMNS if record.kind in kinds_in(one)), CONTENT)
    home = organ_address(organ.code)
    path = [Tab(column_name(column), f"{home}{Place(column).query}")]
    one = next((one for one in categories() if one.code == code), None)
    if column == CONTENT and one is not None:
        path.append(Tab(one.short(lang), f"{home}{Place(CONTENT, one).query}"))
    own = Tab(_("正文"), record_address(organ.code, record.pk), is_current=not below)
    return faces.crumbs(organ, *path, own, *below)


def _withdrawn(request: HttpRequest, record: Record) -> HttpResponse:
    """That there was a record, when it went and why. Not its title: it may be what had to go."""
    context = {
        **faces.face(record.organ),
        "crumbs": faces.crumbs(record.organ, Tab(_("已撤回的信息"), "", is_current=True)),
        "facts": [Fact(_("索引号"), record.index_number), Fact(_("撤回日期"), day(record.withdrawn_at))],
        "withdrawn_on": record.withdrawn_at,
        "reason": record.withdrawal_reason,
    }
    return page(request, "portal/withdrawn.html", context, _GONE)


@require_safe
def qr(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The record's address as a QR code. 1 query.

    A picture of its own: few open it, and to draw it takes longer than the whole page.
    """
    if not queries.is_public(code, pk):
        raise Http404
    picture = _qr_svg(request.build_absolute_uri(record_address(code, pk)))
    response = HttpResponse(picture, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@lru_cache(maxsize=512)
def _qr_svg(address: str) -> bytes:
    made = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=10, border=4)
    return bytes(made.to_string())
