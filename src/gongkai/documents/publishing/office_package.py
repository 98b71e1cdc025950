"""The package that a docx, xlsx, pptx or ofd is: its parts, their relations and media types."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import NamedTuple

from gongkai.documents.archive import Archive
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.refusing import refusal
from gongkai.documents.xml_part import Element, parse_part

CONTENT_TYPES = "[Content_Types].xml"


class Relation(NamedTuple):
    """`target`: the part's name, or the address where it lies outside; `kind`: the last word of its type."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A package opened within limits. Its part names are told apart without regard to case, as OPC has it."""

    def __init__(self, content: bytes, kind: str, budget: Budget) -> None:
        self.kind = kind
        self._budget = budget
        self._media_types: dict[str, str] | None = None
        self._archive = Archive(content, kind, budget)  # measured, refused where it is a bomb
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            self.names = [info.filename for info in opened.infolist() if not info.is_dir()]
        self._by_lower = {name.lower().lstrip("/"): name for name in self.names}
        if len(self._by_lower) != len(self.names):
            # Two parts of one name: one program shows the one, the next the other.
            raise refusal("damaged", kind=kind)

    def has(self, name: str) -> bool:
        return name.lower().lstrip("/") in self._by_lower

    def part(self, name: str) -> bytes:
        """The bytes of a part. KeyError where there is none; damaged, too_complex."""
        return self._archive.part(self._by_lower[name.lower().lstrip("/")])

    def xml(self, name: str) -> Element:
        """The root of a part that is xml. Raises damaged, too_complex, too_slow."""
        return parse_part(self.part(name), self.kind, self._budget)

    def relations(self, name: str = "") -> list[Relation]:
        """What a part points to; the package itself for no name."""
        folder, _, file = name.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(relations):
            return []
        return [_relation(element, folder) for element in self.xml(relations).iterchildren("{*}Relationship")]

    def related(self, name: str, kind: str) -> list[str]:
        """The parts of a kind that a part points to and that are there."""
        return [
            relation.target
            for relation in self.relations(name)
            if relation.kind == kind and not relation.external and self.has(relation.target)
        ]

    def media_types(self) -> dict[str, str]:
        """Part name in lower case -> media type in lower case, as the package's own list has it."""
        if not self.has(CONTENT_TYPES):
            return {}
        root = self.xml(CONTENT_TYPES)
        defaults = {
            (element.get("Extension") or "").lower(): (element.get("ContentType") or "").lower()
            for element in root.iterchildren("{*}Default")
        }
        types = {
            name.lower().lstrip("/"): defaults.get(name.rpartition(".")[2].lower(), "") for name in self.names
        }
        for element in root.iterchildren("{*}Override"):
            types[(element.get("PartName") or "").lower().lstrip("/")] = (
                element.get("ContentType") or ""
            ).lower()
        return types

    def media_type(self, name: str) -> str:
        """The media type of a part in lower case, "" where the package's list has none."""
        if self._media_types is None:
            self._media_types = self.media_types()
        return self._media_types.get(name.lower().lstrip("/"), "")

    def main_part(self) -> str:
        """The document's own part. Raises damaged where the package names none."""
        main = self.related("", "officeDocument")
        if not main:
            raise refusal("damaged", kind=self.kind)
        return main[0]


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target") or ""
    external = (element.get("TargetMode") or "").lower() == "external"
    if not external:
        target = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
    return Relation(element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], target, external)
