"""Fields of a Word paragraph: of what Word computes the result is text; a link field gives its address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.documents.publishing.pasted_html import safe_href
from gongkai.documents.xml_part import Element, attribute, local

_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')


@dataclass(slots=True)
class _Field:
    written: str = ""
    in_result: bool = False


class Fields:
    """The fields open at a place of a paragraph."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def take(self, element: Element) -> bool:
        """Notes a mark or a piece of a field; tells whether the element was one."""
        name = local(element)
        if name == "fldChar":
            kind = attribute(element, "fldCharType")
            if kind == "begin":
                self._open.append(_Field())
            elif kind == "separate" and self._open:
                self._open[-1].in_result = True
            elif kind == "end" and self._open:
                self._open.pop()
            return True
        if name == "instrText":
            if self._open:
                self._open[-1].written += element.text or ""
            return True
        return False

    @property
    def shown(self) -> bool:
        """Whether text here is seen: outside fields, or a result."""
        return all(field.in_result for field in self._open)

    @property
    def href(self) -> str:
        """The address of the innermost link field."""
        for field in reversed(self._open):
            if found := link_in(field.written):
                return found
        return ""


def link_in(written: str) -> str:
    """The address of a link field; "" for other fields and addresses that are not public."""
    found = _LINK.match(written)
    return safe_href(found[1]) if found else ""
