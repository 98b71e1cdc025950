"""How a page is answered: with a mark of its very content, to be asked after each time.

`no-cache` lets browsers and caches keep a page but never show it without asking whether it still holds: a
repeal, a withdrawal or a new name of the organ is seen at once, and what has not changed costs no transfer.
The mark (ETag) is taken of the finished page, so that nothing shown on it can be forgotten in it. There is no
Last-Modified: a page shows other records and facts of the organ besides; no one date tells of all of them.

Lists may stand in a cache in front of the platform for some seconds, so that a rush on the first page does
not reach it. A record, its files and its reports may not: what is withdrawn there must be gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

from gongkai.web.organs.models import Organ
from gongkai.web.portal import freshness

CACHE_CONTROL = "public, no-cache"
# For readers without a cookie: caches tell them apart by it (Vary).
SHARED = "public, max-age=0, s-maxage=10"
# A file is shown in no page and runs nothing, whatever is in it.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page, or 304 where the reader has it already."""
    return answered(request, render_to_string(template, dict(context), request).encode(), status)


def list_page(
    request: HttpRequest,
    template: str,
    context: Callable[[], Mapping[str, Any]],
    *organs: Organ,
    of_all: bool = False,
) -> HttpResponse:
    """A page of a list, kept by this process until anything public of the organ (or of all) changes.

    `organs`: those whose names it shows. 1 query, and those of `context` where the page must be made.
    """

    def build() -> bytes:
        return render_to_string(template, dict(context()), request).encode()

    content = freshness.kept(request, freshness.mark_of(*organs, of_all=of_all), build)
    return answered(request, content, cache_control=shared(request))


def shared(request: HttpRequest) -> str:
    """What caches may do with a list: those of a reader with cookies ask every time."""
    return CACHE_CONTROL if request.COOKIES else SHARED


def answered(
    request: HttpRequest, content: bytes, status: int = 200, cache_control: str = CACHE_CONTROL
) -> HttpResponse:
    """The content under its mark, or 304."""
    response = HttpResponse(content, status=status)
    response.headers["Cache-Control"] = cache_control
    if status != 200:
        return response
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
