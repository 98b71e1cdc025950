"""Attachments and pictures: only those of versions that readers may see, and never run by a browser."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.documents.publishing.formats import FORMATS, OWN_MEDIA_TYPES
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.models import Attachment, Image
from gongkai.web.organs.errors import WorkError
from gongkai.web.portal import errors, queries
from gongkai.web.portal.answering import CACHE_CONTROL, FILE_POLICY

logger = logging.getLogger(__name__)

_Row = Attachment | Image
_Described = Callable[[HttpResponse], HttpResponse]
_UNKNOWN = "application/octet-stream"
_FILES = frozenset({*(one.media_type for one in FORMATS.values()), *OWN_MEDIA_TYPES.values()})
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp"})


@require_safe
def file(request: HttpRequest, code: str, pk: int, attachment: int, name: str) -> HttpResponse:
    """An attachment, to be saved under its name. 2 queries."""
    found = queries.attachment_for_reader(code, pk, attachment)
    if found is None or found.name != name:
        raise Http404
    kind = found.media_type if found.media_type in _FILES else _UNKNOWN
    return _answer(request, found, kind, content_disposition_header(True, _plain(found.name)))


@require_safe
def picture(request: HttpRequest, code: str, pk: int, version: int, number: int) -> HttpResponse:
    """A picture in a body. 2 queries."""
    found = queries.picture_for_reader(code, pk, version, f"image:{number}")
    if found is None or found.media_type not in _PICTURES:
        raise Http404
    return _answer(request, found, found.media_type, "inline")


def _answer(request: HttpRequest, row: _Row, kind: str, disposition: str | None) -> HttpResponse:
    """The bytes, or 304. They are loaded only where they are sent."""
    etag = f'"{row.sha256}"'

    def described(response: HttpResponse) -> HttpResponse:
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = CACHE_CONTROL
        response.headers["Content-Security-Policy"] = FILE_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        if disposition:
            response.headers["Content-Disposition"] = disposition
        return response

    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return described(unchanged)
    if request.method == "HEAD":
        return described(HttpResponse(content_type=kind, headers={"Content-Length": str(row.size)}))
    return _loaded(request, row, kind, described)


def _loaded(request: HttpRequest, row: _Row, kind: str, described: _Described) -> HttpResponse:
    try:
        content = file_store.load(row.sha256)
    except WorkError as lost:
        logger.error("file %s of version %s: %s", row.pk, row.version_id, lost.code)
        text = _("这个文件暂时无法提供，错误已记入日志。请稍后再试，或者联系公布它的机关。")
        return errors.problem(request, 503, _("文件暂时无法提供"), text)
    return described(HttpResponse(content, content_type=kind))


def _plain(name: str) -> str:
    """A name that stands in a header: without line ends and other signs that show nothing."""
    return "".join(character for character in name if character.isprintable()) or "file"
