"""What stands around the content of an organ's pages (band, places, foot) is made once and kept.

It changes with the organ's own facts, the day, the reader's language and type. What differs from page to page
is filled in: the blocks of the page's own template, its address, the words that were looked for.
"""

from __future__ import annotations

import copy
import re
import secrets
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.template.context import make_context
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils.html import escape

from gongkai.web.organs.models import Organ
from gongkai.web.portal.addresses import own_organ
from gongkai.web.portal.freshness import Mark, digest, mark_under, reader_of
from gongkai.web.portal.keeping import FRAMES, Kept

_BASE, _FRAME = "portal/base.html", "portal/frame.html"
_BLOCKS = ("title", "description", "styles", "scripts", "crumbs", "content")
# Words of the context that the base itself shows.
_WORDS = ("canonical", "search_words")
# No text of an organ can hold a word that nobody can guess.
_SECRET = secrets.token_hex(12)
_PLACE = re.compile(f"{_SECRET}-([a-z_]+)-")
_ASKED = f"{_SECRET}-asked-"
_NOT_PASSED_ON = ("lang", "large_type")

Around = Callable[[], Mapping[str, Any]]


def framed(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    around: Around,
    *organs: Organ,
    kind: str = "",
) -> bytes:
    """The page of a template that extends portal/base.html, within a frame that is kept.

    `around`: the context of the frame (`faces.face`), which depends on the facts of `organs` and on `kind`
    alone. `context`: of the page's blocks, without it.
    """
    has = [name for name in _WORDS if context.get(name)]
    frame = _frame(request, around, (template, kind, *has), mark_under("", *organs))
    values = _filled(request, template, {**context, "organ": organs[0] if organs else None})
    values |= {name: escape(context.get(name, "")) for name in _WORDS}
    values["asked"] = _asked(request)
    parts = _PLACE.split(frame)
    parts[1::2] = [values[name] for name in parts[1::2]]
    return "".join(parts).encode()


def _frame(request: HttpRequest, around: Around, kind: tuple[str, ...], mark: Mark) -> str:
    key = digest(repr((kind, own_organ.get(), reader_of(request), mark)))
    found = FRAMES.get(key)
    if found is not None:
        return found.content.decode()
    # To the frame every page is asked for by the same address; its own comes in where that stands.
    stand_in = copy.copy(request)
    stand_in.GET = QueryDict(f"{_ASKED}=")
    stand_in.method = "GET"
    context = {**around(), "places": {name: f"{_SECRET}-{name}-" for name in _BLOCKS}}
    context |= {name: f"{_SECRET}-{name}-" for name in _WORDS if name in kind}
    made = str(render_to_string(_FRAME, context, stand_in)).replace(f"{_ASKED}=&amp;", _ASKED)
    FRAMES.put(key, Kept(mark, made.encode()))
    return made


def _asked(request: HttpRequest) -> str:
    """What the address asks for besides language and type, as links to the same page begin."""
    asked = request.GET.copy()
    for name in _NOT_PASSED_ON:
        asked.pop(name, None)
    return f"{escape(asked.urlencode())}&amp;" if asked else ""


def _filled(request: HttpRequest, template: str, context: dict[str, Any]) -> dict[str, str]:
    """The blocks of a page by name: its own, or the base's."""
    page = _template(template)
    blocks = _blocks(page, _template(_BASE))
    whole: Context = make_context(context, request)
    with whole.render_context.push_state(page), whole.bind_template(page):
        return {name: str(blocks[name].render(whole)) for name in _BLOCKS}


@lru_cache(maxsize=32)
def _blocks(page: Template, base: Template) -> dict[str, Any]:
    """The nodes of a page's blocks by name. Templates are loaded once and stay the same; where they are
    loaded anew (DEBUG), these are too."""
    extending = next(node for node in page.nodelist if isinstance(node, ExtendsNode))
    every: list[Any] = base.nodelist.get_nodes_by_type(BlockNode)
    own: dict[str, Any] = extending.blocks
    return {one.name: one for one in every} | own


def _template(name: str) -> Template:
    return get_template(name).template  # type: ignore[attr-defined]
