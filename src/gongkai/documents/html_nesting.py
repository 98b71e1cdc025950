"""How deeply a page nests, before it is parsed: the parser's time grows with the square of it."""

from __future__ import annotations

import re
from collections import Counter

from gongkai.documents.limits import MAX_CELLS, Budget, too_complex

# Real pages stay below 100. At 500 the largest page allowed still parses in about two seconds.
MAX_NESTING = 500
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_RAW_END = {
    name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "textarea")
}
# Elements without content, and those that the next of their kind closes wherever they stand.
# fmt: off
_NEVER_DEEP = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "html", "head", "body",
))
# fmt: on
# The choices of a menu cost the parser the square of their number as well; calendars and lists of places
# have some hundreds.
MAX_CHOICES = 6_000
# A page that Word has saved has some 100,000; each costs the parser two hundred bytes and more.
MAX_TAGS = 600_000
# Within these an end tag does not reach out, so that counting ends against starts would be deceived.
_WALLS = frozenset(("marquee", "applet", "object", "template"))
_LOOK_AT_CLOCK = 20_000
# The attributes of one element cost the square of their number too. A picture within the page is long
# but has no blanks in it; a tag may hold a whole page where its quotation mark is never closed.
MAX_BLANKS_IN_TAG = 20_000
_LONG_TAG = 40_000  # characters; a shorter tag cannot have too many
_BLANK = re.compile(r"[\s/]+")
_TAG_END = re.compile(r"[<>]")


def check_nesting(text: str, budget: Budget) -> None:
    """Raises too_complex for a page whose open elements pile up beyond `MAX_NESTING`, or its choices."""
    depth = choices = cells = 0
    open_elements: Counter[str] = Counter()
    at = seen = 0
    while tag := _TAG.search(text, at):
        at = tag.end()
        seen += 1
        if seen % _LOOK_AT_CLOCK == 0:
            budget.check_time()
            if seen > MAX_TAGS:
                raise too_complex(f"网页标签超过 {MAX_TAGS} 个", f"more than {MAX_TAGS} tags")
        _check_attributes(text, at)
        name = tag[2].lower()
        if name in _NEVER_DEEP:
            cells += not tag[1] and name in ("td", "th")
            if cells > MAX_CELLS:
                raise too_complex(f"表格超过 {MAX_CELLS} 格", f"more than {MAX_CELLS} table cells")
            continue
        if tag[1]:
            if open_elements[name] and name not in _WALLS:
                open_elements[name] -= 1
                depth -= 1
            continue
        if name in _RAW_END:
            end = _RAW_END[name].search(text, at)
            at = end.end() if end else len(text)
            continue
        open_elements[name] += 1
        depth += 1
        choices += name == "option"
        if depth > MAX_NESTING or choices > MAX_CHOICES:
            raise too_complex("网页标签嵌套层次过深", "elements nested too deeply")


def _check_attributes(text: str, start: int) -> None:
    if ">" in text[start : start + 200]:  # nearly every tag
        return
    end = _TAG_END.search(text, start)
    stop = end.start() if end else len(text)
    if stop - start > _LONG_TAG and len(_BLANK.findall(text, start, stop)) > MAX_BLANKS_IN_TAG:
        raise too_complex("网页标签的属性过多", "too many attributes in a tag")
