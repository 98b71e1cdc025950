"""Html for publication: one small set of elements, classes and addresses, whatever it came from."""

from __future__ import annotations

import re
from typing import NamedTuple

import nh3

from gongkai.documents.limits import MAX_MARKUP_BYTES, Budget
from gongkai.documents.publishing.page_blocks import Block, html_of, lines_of, paragraphs
from gongkai.documents.publishing.pasted_html import blocks_of
from gongkai.documents.publishing.refusing import guarded, refusal

SECONDS = 5.0
# The whole vocabulary: element -> its attributes. Their values are bounded by what `page_blocks` writes.
VOCABULARY: dict[str, set[str]] = {
    **{name: {"class"} for name in ("h2", "h3", "h4", "h5")},
    "p": {"class", "id"},
    **{
        name: set()
        for name in ("strong", "em", "u", "sup", "sub", "br", "ul", "li", "table", "thead", "tbody", "tr")
    },
    "ol": {"start"},
    "a": {"href", "id"},
    "img": {"src", "alt"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan", "scope"},
}


# Where a line of source may end: blanks between these elements are no text.
_LINE_END = re.compile(
    r"(?:</(?:p|h[2-5]|tr|thead|tbody|table|ul|ol|li)>|<(?:table|thead|tbody|tr|ul|ol)(?: [^<>]*)?>)(?=<)"
)


class Link(NamedTuple):
    href: str
    text: str


class ImageUse(NamedTuple):
    """A picture in a page: its number (src `image:1`) and its alternative text."""

    number: int
    alt: str


@guarded
def clean_html(text: str) -> str:
    """Html, pasted or imported, in the vocabulary of pages: its words stay, all else goes.

    Cleaning twice gives the same. Links are http, https, mailto or to footnotes, pictures `image:<number>`.
    Raises too_large, too_complex, too_slow.
    """
    return written(_blocks(text))


def written(blocks: list[Block]) -> str:
    """Blocks as html, looked over by a second, independent sanitiser."""
    return nh3.clean(
        html_of(blocks),
        tags=set(VOCABULARY),
        attributes={name: set(allowed) for name, allowed in VOCABULARY.items() if allowed},
        url_schemes={"http", "https", "mailto", "image"},
        link_rel=None,
    )


def laid_out(html: str) -> str:
    """Clean html with a line for each block, row and item, as people read source. Cleaned, it is what it was.

    >>> print(laid_out("<ul><li>甲</li><li>乙</li></ul>"))
    <ul>
    <li>甲</li>
    <li>乙</li>
    </ul>
    """
    return _LINE_END.sub(r"\g<0>\n", html)


@guarded
def text_of(html: str) -> str:
    """The plain text, a line a block, for scans and search; a row of a table is one line with tabs."""
    return "\n".join(lines_of(_blocks(html)))


@guarded
def links_of(html: str) -> tuple[Link, ...]:
    """The links that lead out, in order; those between a footnote and its mark are left out."""
    found: list[Link] = []
    for paragraph in paragraphs(_blocks(html)):
        last = ""
        for run in paragraph.runs:
            if run.href and not run.href.startswith("#"):
                if run.href == last:
                    found[-1] = Link(run.href, found[-1].text + run.text)
                else:
                    found.append(Link(run.href, run.text))
            last = run.href
    return tuple(found)


@guarded
def images_of(html: str) -> tuple[ImageUse, ...]:
    """The pictures in the order they stand."""
    return tuple(
        ImageUse(run.image, run.text)
        for paragraph in paragraphs(_blocks(html))
        for run in paragraph.runs
        if run.image
    )


def _blocks(html: str) -> list[Block]:
    size = len(html.encode("utf-8", "replace"))
    if size > MAX_MARKUP_BYTES:
        limit = MAX_MARKUP_BYTES / 1024 / 1024
        raise refusal("too_large", size=f"{size / 1024 / 1024:.1f}", limit=f"{limit:g}")
    return blocks_of(html.encode("utf-8", "replace").decode("utf-8"), Budget(seconds=SECONDS))
