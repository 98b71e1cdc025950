"""docx, xlsx and pptx without properties and names, and without comments where that is asked for."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree

from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import Budget
from gongkai.documents.publishing.addresses import path_in
from gongkai.documents.publishing.cleaning_pictures import cleaned_picture
from gongkai.documents.publishing.hidden_docx import ANONYMOUS
from gongkai.documents.publishing.hidden_office import MEDIA, NOTED, NOTED_ON, PERSONS, WORDS, is_own_template
from gongkai.documents.publishing.office_package import CONTENT_TYPES, Package
from gongkai.documents.xml_part import Element, local

_METADATA_PARTS = re.compile(r"docprops/(?!core|app)[^/]+\Z")
_COMMENT_PARTS = re.compile(
    r"(?:^|/)(?:comments(?:extended|ids|extensible)?\d*|people\d*|commentauthors\d*|authors)\.xml\Z"
    r"|^(?:xl|ppt)/(?:threadedcomments|persons|comments)/"
)
_RELATIONS = re.compile(r"(?:^|/)_rels/[^/]*\.rels\Z")
_COMMENT_MARKS = frozenset(("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"))
_REMOVED = frozenset(("attachedTemplate", "docVars", "rsids", "absPath"))
_NOTE = re.compile(rb"ObjectType=\"(\w+)\"")
# Parts whose xml is looked through for names, paths and marks of comments.
_LOOKED_THROUGH = re.compile(r"^(?:word|xl|ppt)/.*\.(?:xml|vml)\Z|^docprops/(?:core|app)\.xml\Z")
# Their marks as bytes: a part without any is copied as it is.
_SIGNS = (
    *(b"author", b"comment", b"attachedTemplate", b"docVars", b"rsids", b"absPath", b"fileSharing"),
    *(b"descr", b"title=", b"alt=", b"name=", b"legacyDrawing"),
)


def cleaned_package(content: bytes, kind: str, remove: frozenset[str], budget: Budget) -> bytes:
    """The package without what `remove` names. Raises damaged, encrypted, too_complex, too_slow."""
    package = Package(content, kind, budget)
    cleaner = _Cleaner(package, remove)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in package.names:
            budget.check_time()
            if name.lower() not in cleaner.gone:
                # A date of its own would tell when it was cleaned: all parts have the format's first.
                made.writestr(zipfile.ZipInfo(name), cleaner.part(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _Cleaner:
    """Knows which parts go and how the others read afterwards."""

    def __init__(self, package: Package, remove: frozenset[str]) -> None:
        self._package = package
        self._metadata = "metadata" in remove
        self._comments = "comments" in remove
        self.gone = {name.lower() for name in package.names if self._goes(name.lower())}
        self._drawings: set[str] = set()  # sheets whose notes' boxes go
        if self._comments:
            self._find_boxes()
        for name in package.names:
            if _RELATIONS.search(name.lower()) and _source(name.lower()) in self.gone:
                self.gone.add(name.lower())

    def _goes(self, name: str) -> bool:
        return (self._metadata and bool(_METADATA_PARTS.match(name))) or (
            self._comments and bool(_COMMENT_PARTS.search(name))
        )

    def _find_boxes(self) -> None:
        """The drawings of nothing but the boxes of notes, and the sheets they lie on."""
        for name in self._package.names:
            if not name.lower().startswith("xl/worksheets/"):
                continue
            for relation in self._package.relations(name):
                if relation.kind == "vmlDrawing" and self._package.has(relation.target):
                    kinds = set(_NOTE.findall(self._package.part(relation.target)))
                    if kinds == {b"Note"}:
                        self.gone.add(relation.target.lower())
                        self._drawings.add(name)

    def part(self, name: str) -> bytes:
        """A part as it is to be written."""
        content = self._package.part(name)
        lower = name.lower()
        if self._metadata and MEDIA.search(name):
            return _picture(content)
        if name == CONTENT_TYPES or _RELATIONS.search(lower):
            return self._listing(name, content)
        if not _LOOKED_THROUGH.match(lower) or not (
            lower.startswith("docprops/") or any(sign in content for sign in _SIGNS)
        ):
            return content
        root = self._package.xml(name)
        changed = self._properties(root) if lower.startswith("docprops/") else self._walk(root, name)
        return _written(root) if changed else content

    def _listing(self, name: str, content: bytes) -> bytes:
        """The package's list of parts, or a part's of relations, without what is gone."""
        root = self._package.xml(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        gone = [element for element in root if self._names_gone(element, folder)]
        for element in gone:
            root.remove(element)
        return _written(root) if gone else content

    def _names_gone(self, element: Element, folder: str) -> bool:
        if self._metadata and (element.get("Type") or "").endswith("/attachedTemplate"):
            return True
        target = element.get("PartName") or element.get("Target") or ""
        if not target or (element.get("TargetMode") or "") == "External":
            return False
        full = target if target.startswith("/") else posixpath.join(folder, target)
        return posixpath.normpath(full).lstrip("/").lower() in self.gone

    def _properties(self, root: Element) -> bool:
        if not self._metadata:
            return False
        gone = [
            element
            for element in root
            if local(element) in PERSONS
            or local(element) in WORDS
            or (local(element) == "Template" and is_own_template(element.text or ""))
        ]
        for element in gone:
            root.remove(element)
        return bool(gone)

    def _walk(self, root: Element, name: str) -> bool:
        changed = False
        for element in list(root.iter()):
            kind = local(element)
            if (
                self._comments
                and (kind in _COMMENT_MARKS or (kind == "legacyDrawing" and name in self._drawings))
            ) or (self._metadata and kind in _REMOVED):
                changed = _without(element) or changed
            elif self._metadata:
                changed = _without_names(element, kind) or changed
        return changed


def _without_names(element: Element, kind: str) -> bool:
    changed = False
    for key, value in list(element.items()):
        name, written = str(key).rpartition("}")[2], str(value)
        if name == "author" and kind != "author" and written != ANONYMOUS:
            element.set(key, ANONYMOUS)
            changed = True
        elif (kind == "fileSharing" and name == "userName") or (
            kind in NOTED_ON and name in NOTED and path_in(written)
        ):
            element.set(key, "")
            changed = True
    return changed


def _without(element: Element) -> bool:
    """Takes an element out, the text behind it kept; and the run around it if that is empty then."""
    above = element.getparent()
    if above is None:
        return False
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)
    if local(above) == "r" and all(local(piece) == "rPr" for piece in above):
        _without(above)
    return True


def _picture(content: bytes) -> bytes:
    if not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return content
    try:
        return cleaned_picture(content)
    except DocumentError:
        return content  # a torn picture: `hidden_data` reads nothing in it either


def _source(relations: str) -> str:
    """The part whose relations these are."""
    folder, _, file = relations.rpartition("/_rels/")
    return posixpath.join(folder, file.removesuffix(".rels"))


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
