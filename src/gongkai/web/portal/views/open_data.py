"""The catalogue as open data: csv and json of a list, a feed of what is new, what fields mean."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.web.config.language import short_language
from gongkai.web.disclosure.exporting import guarded
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.portal import catalogue_file, faces, feeds, freshness, queries
from gongkai.web.portal.addresses import canonical_address, organ_address
from gongkai.web.portal.answering import list_page, shared
from gongkai.web.portal.catalogue_file import FIELDS, Line
from gongkai.web.portal.filters import filters_asked, place_asked
from gongkai.web.portal.queries import Asked

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_BOM = "\ufeff"
_PIECE = 64 * 1024


@require_safe
def catalogue(request: HttpRequest, code: str, ending: str) -> HttpResponse | StreamingHttpResponse:
    """Everything a list shows, filtered as on its page, row by row. A query for every thousand records."""
    organ = _organ(code)
    if ending not in _TYPES:
        raise Http404
    etag = _mark(request, organ)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _described(request, unchanged, etag)
    lines = catalogue_file.lines(request, organ, _asked(request, organ))
    written = _csv(lines) if ending == "csv" else _json(request, organ, lines)
    answer: HttpResponse | StreamingHttpResponse
    if request.method == "HEAD":
        answer = HttpResponse(content_type=_TYPES[ending])
    else:
        answer = StreamingHttpResponse(written, content_type=_TYPES[ending])
    name = f"{organ.name}政府信息公开目录.{ending}"
    answer.headers["Content-Disposition"] = content_disposition_header(ending == "csv", name) or "inline"
    return _described(request, answer, etag)


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The newest records of a list as Atom (RFC 4287). 4 queries; 2 where nothing is new."""
    organ = _organ(code)
    etag = _mark(request, organ)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _described(request, unchanged, etag)
    asked, place = _asked(request, organ), place_asked(request.GET)
    rows = queries.for_feed(organ, asked, feeds.MOST_ENTRIES)
    content = feeds.atom(request, organ, place, rows)
    answer = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    return _described(request, answer, etag)


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
        lang = short_language(request)
        return {
            **faces.face(organ),
            "crumbs": faces.crumbs(organ, Tab(_("开放数据"), "", is_current=True)),
            "columns": faces.columns(organ, None, lang),
            "title": _("开放数据"),
            "files": files,
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


def _mark(request: HttpRequest, organ: Organ) -> str:
    """Of what a file would say, without making it: two readers of one address get the same. 1 query."""
    where = f"{request.build_absolute_uri()} {short_language(request)}"
    return f'W/"{freshness.mark_of(organ)}{_hash_of(where)}"'


def _hash_of(words: str) -> str:
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()


def _described(request: HttpRequest, answer: Any, etag: str) -> Any:
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = shared(request)
    # Data for every site and program (REG.24: search, view, download).
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _csv(lines: Iterator[Line]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, the field names as heads; no cell that a sheet takes for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(_BOM)
    writer.writerow([one.name for one in FIELDS])
    for line in lines:
        writer.writerow([guarded(catalogue_file.as_text(value)) for value in line.values()])
        if buffer.tell() > _PIECE:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def _json(request: HttpRequest, organ: Organ, lines: Iterator[Line]) -> Iterator[bytes]:
    """One object: what it is, what the fields are, the records, each on a line of its own."""
    head = {
        "schema": catalogue_file.SCHEMA,
        "organ": {"name": organ.name, "code": organ.code},
        "page": canonical_address(request, organ, "organ"),
        "fields": {one.name: str(one.words) for one in FIELDS},
    }
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "records": [').encode("utf-8", "replace")
    pieces: list[str] = []
    before = "\n"
    for line in lines:
        pieces.append(before + json.dumps(line, ensure_ascii=False))
        before = ",\n"
        if len(pieces) >= catalogue_file.AT_ONCE:
            yield "".join(pieces).encode("utf-8", "replace")
            pieces = []
    yield ("".join(pieces) + "\n]}\n").encode("utf-8", "replace")
