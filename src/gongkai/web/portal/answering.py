"""How a page is answered: with a mark of its very content, to be asked after each time.

`no-cache` lets browsers and caches keep a page but never show it without asking whether it still holds: a
repeal, a withdrawal or a new name of the organ is seen at once, and what has not changed costs no transfer.
The mark (ETag) is taken of the finished page, so that nothing shown on it can be forgotten in it. There is no
Last-Modified: a page shows other records and facts of the organ besides; no one date tells of all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

CACHE_CONTROL = "public, no-cache"
# A file is shown in no page and runs nothing, whatever is in it.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page, or 304 where the reader has it already."""
    content = render_to_string(template, dict(context), request).encode()
    response = HttpResponse(content, status=status)
    response.headers["Cache-Control"] = CACHE_CONTROL
    if status != 200:
        return response
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
