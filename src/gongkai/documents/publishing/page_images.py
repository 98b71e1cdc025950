"""Pictures of a Word file taken out for a page: each once, without what they say beside the picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing.addresses import path_in
from gongkai.documents.publishing.cleaning_pictures import cleaned_picture
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.pasted_html import visible
from gongkai.documents.publishing.pictures import PNG_MARK
from gongkai.documents.xml_part import Element, attribute, local

MAX_IMAGES = 500
_LONGEST_ALT = 300


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture of a page: in its html `image:<number>`. Its metadata are removed."""

    number: int
    name: str
    content: bytes = field(repr=False)
    media_type: str


class Images:
    """Collects the pictures that a part refers to."""

    def __init__(self, package: Package, targets: dict[str, str]) -> None:
        self._package = package
        self._targets = targets  # relation id -> part
        self._numbers: dict[str, int] = {}
        self.found: list[PageImage] = []

    def take(self, element: Element, drawing: Element) -> tuple[int, str]:
        """The number of the picture an element shows and its alternative text; 0 for one no page shows."""
        target = self._targets.get(attribute(element, "embed") or attribute(element, "id") or "", "")
        if not target or not self._package.has(target):
            return 0, ""
        if target not in self._numbers:
            self._numbers[target] = self._kept(target)
        return self._numbers[target], _alt(drawing)

    def _kept(self, target: str) -> int:
        content = self._package.part(target)
        kind = "png" if content.startswith(PNG_MARK) else "jpg" if content.startswith(b"\xff\xd8\xff") else ""
        if not kind or len(self.found) >= MAX_IMAGES:
            return 0
        try:
            content = cleaned_picture(content)
        except DocumentError:
            return 0
        number = len(self.found) + 1
        media_type = "image/png" if kind == "png" else "image/jpeg"
        self.found.append(PageImage(number, f"图{number}.{kind}", content, media_type))
        return number


def _alt(drawing: Element) -> str:
    for element in drawing.iter():
        if local(element) in ("docPr", "cNvPr", "shape", "imagedata"):
            for name in ("descr", "alt", "title"):
                text = " ".join(visible(attribute(element, name) or "").split())
                if text and not path_in(text):
                    return text[:_LONGEST_ALT].strip()
    return ""
