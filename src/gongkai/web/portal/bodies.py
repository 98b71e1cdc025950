"""A stored body on its way to the page: looked over once more, its pictures given their addresses.

What is stored was cleaned when it was written (`documents.publishing.clean_html`). It is cleaned once more
here, by another engine (nh3): a line that came past every door into the database still reaches no reader.
That takes tens of microseconds for an ordinary page.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.documents.publishing.markup import VOCABULARY
from gongkai.documents.publishing.page_blocks import CLASSES
from gongkai.web.portal.number_columns import with_figures_aligned

_PICTURE = re.compile(r"image:([1-9]\d{0,3})")
_FOOTNOTE = re.compile(r"(?:fn|fnref)-\d{1,4}")
_NUMBER = re.compile(r"\d{1,4}")
_NUMBERS = frozenset({"colspan", "rowspan", "start"})


def public_body(html: str, picture_address: Callable[[int], str]) -> SafeString:
    """The body in the vocabulary of pages and nothing else. `picture_address`: of the picture of a number."""

    def bounded(tag: str, name: str, value: str) -> str | None:
        if name == "src":
            found = _PICTURE.fullmatch(value)
            return picture_address(int(found[1])) if found else None
        if name == "id":
            return value if _FOOTNOTE.fullmatch(value) else None
        if name in _NUMBERS:
            return value if _NUMBER.fullmatch(value) else None
        return value

    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=bounded,
        allowed_classes=_CLASSES,
        tag_attribute_values={"th": {"scope": {"col", "row"}}},
        set_tag_attribute_values={"img": {"loading": "lazy"}},
        url_schemes={"http", "https", "mailto", "image"},
        link_rel="noopener noreferrer",
    )
    if "<table" in cleaned:
        cleaned = _framed(with_figures_aligned(cleaned))
    return mark_safe(cleaned)  # noqa: S308 - the sanitiser's own output


def _framed(html: str) -> str:
    """Each outermost table in a frame that scrolls, for keys too: the page itself never moves sideways."""
    label = escape(_("表格"))
    depth = tables = 0

    def frame(found: re.Match[str]) -> str:
        nonlocal depth, tables
        if found[0] == "</table>":
            depth -= 1
            return f"{found[0]}</div>" if depth == 0 else found[0]
        depth += 1
        if depth > 1:
            return found[0]
        tables += 1
        name = label if tables == 1 else f"{label} {tables}"  # each region has a name of its own
        return f'<div class="wide-table" role="region" tabindex="0" aria-label="{name}">{found[0]}'

    return _TABLE.sub(frame, html)


_TABLE = re.compile(r"<table(?=[\s>])|</table>")
_TAGS = set(VOCABULARY)
_BOUND_ELSEWHERE = {"class", "scope"}
_ATTRIBUTES = {
    name: allowed - _BOUND_ELSEWHERE for name, allowed in VOCABULARY.items() if allowed - _BOUND_ELSEWHERE
}
_CLASSES = {name: set(CLASSES) for name, allowed in VOCABULARY.items() if "class" in allowed}
