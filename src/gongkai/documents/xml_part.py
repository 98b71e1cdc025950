"""The xml inside a docx or xlsx, parsed without entities, network or depth; names without their namespaces,
since the two standards of OOXML (transitional and strict) differ in nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from gongkai.documents.limits import Budget, damaged

Element = etree._Element

_FEED = 256 * 1024  # bytes given to the parser between two looks at the clock


def parse_part(xml: bytes, kind: str, budget: Budget) -> Element:
    """The root element of a part; `kind` is named in the error. Raises damaged, too_slow."""
    # Without huge_tree libxml2 keeps its own limits: 256 levels, no blown-up entities.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        for start in range(0, len(xml), _FEED):
            parser.feed(xml[start : start + _FEED])
            budget.check_time()
        return parser.close()
    except etree.LxmlError as error:
        raise damaged(kind, str(error)) from error


def local(element: Element) -> str:
    """An element's name without its namespace; "" for comments and the like."""
    return _local(element.tag)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    if element is None:
        return None
    return next(element.iterchildren("{*}" + name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name; none of None."""
    return iter(()) if element is None else element.iterchildren("{*}" + name)


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)
