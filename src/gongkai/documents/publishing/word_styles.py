"""Styles of a Word file, as far as a page needs them: what a paragraph or a run looks like by its style."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gongkai.documents.publishing.office_package import Package
from gongkai.documents.xml_part import Element, attribute, child

_OFF = ("0", "false", "off", "none")
_LONGEST_CHAIN = 12  # styles based on styles
_ALIGNED = {"center": "centre", "right": "right", "end": "right"}


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property is switched on, off (False), or not spoken of (None)."""
    element = child(properties, name)
    if element is None:
        return None
    return (attribute(element, "val") or "1").lower() not in _OFF


def value(properties: Element | None, name: str) -> str:
    """The w:val of a property; "" where there is none."""
    element = child(properties, name)
    return (attribute(element, "val") or "") if element is not None else ""


def whole(written: str) -> int | None:
    """A number as Word writes it; None for anything else."""
    return (
        int(written) if written.lstrip("-").isdecimal() and len(written) < 9 and written.isascii() else None
    )


@dataclass(slots=True)
class Look:
    """What a chain of properties says of a paragraph. `size` in half points; `level` from 0 of an outline."""

    align: str = ""
    level: int | None = None
    size: int | None = None
    bold: bool | None = None
    colour: str = ""
    name: str = ""  # of the style


class Styles:
    """The styles by their ids."""

    def __init__(self, package: Package, main: str) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._root: Element | None = None
        for part in package.related(main, "styles")[:1]:
            self._root = package.xml(part)
            for style in self._root.iterchildren("{*}style"):
                name = attribute(style, "styleId") or ""
                self._styles[name] = style
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                    self._default = name
        self._looks: dict[str, Look] = {}

    @cached_property
    def _general(self) -> int | None:
        defaults = child(child(child(self._root, "docDefaults"), "rPrDefault"), "rPr")
        return whole(value(defaults, "sz"))

    def chain(self, name: str) -> list[Element]:
        """A style and those it is based on."""
        chain: list[Element] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[name])
            name = value(self._styles[name], "basedOn")
        return chain

    def of_paragraph(self, properties: Element | None) -> Look:
        """What a paragraph looks like by its style and its own properties."""
        name = value(properties, "pStyle") or self._default
        if name not in self._looks:
            self._looks[name] = self._look(name)
        look = self._looks[name]
        align = value(properties, "jc")
        level = whole(value(properties, "outlineLvl"))
        return Look(
            _ALIGNED.get(align, "") if align else look.align,
            level if level is not None else look.level,
            look.size,
            look.bold,
            look.colour,
            look.name,
        )

    def _look(self, name: str) -> Look:
        look = Look(size=self._general)
        for style in reversed(self.chain(name)):
            paragraph, run = child(style, "pPr"), child(style, "rPr")
            if align := value(paragraph, "jc"):
                look.align = _ALIGNED.get(align, "")
            if (level := whole(value(paragraph, "outlineLvl"))) is not None:
                look.level = level
            if (size := whole(value(run, "sz"))) is not None:
                look.size = size
            if (bold := is_on(run, "b")) is not None:
                look.bold = bold
            look.colour = value(run, "color") or look.colour
            look.name = value(style, "name") or look.name
        return look

    def run_properties(self, name: str) -> list[Element]:
        """The run properties of a character style and those it is based on, nearest first."""
        return [found for style in self.chain(name) if (found := child(style, "rPr")) is not None]

    def numbering(self, name: str) -> Element | None:
        """The numbering that a paragraph style or one it is based on gives."""
        for style in self.chain(name or self._default):
            found = child(child(style, "pPr"), "numPr")
            if found is not None:
                return found
        return None
