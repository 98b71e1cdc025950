"""docx: tracked changes, comments, unseen text, and what points to the inside of an office."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.documents.publishing.hidden_findings import Findings, Where, path, person, quoted
from gongkai.documents.publishing.hidden_office import is_cropped, links, noted_paths, office_data
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.word_places import Places
from gongkai.documents.publishing.word_runs import Unseen
from gongkai.documents.xml_part import Element, attribute, child, local

_PARTS = re.compile(r"(?:^|/)(document|header|footer|footnotes|endnotes)\d*\.xml\Z")
_PART_NAMES = {
    "document": Where(),
    "header": Where("页眉", "header"),
    "footer": Where("页脚", "footer"),
    "footnotes": Where("脚注", "footnotes"),
    "endnotes": Where("尾注", "endnotes"),
}
_FORMATTING = frozenset(
    (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"),
        *("tblGridChange", "tblPrExChange", "numberingChange"),
    )
)
_CELLS = frozenset(("cellIns", "cellDel", "cellMerge"))
_CHANGES = {
    "ins": "tracked_insertion",
    "del": "tracked_deletion",
    "moveTo": "tracked_move",
    "moveFrom": "tracked_move",
}
_TEXTS = frozenset(("t", "delText", "tab"))
_COMMENTS = re.compile(r"(?:^|/)comments\d*\.xml\Z")
_PEOPLE = re.compile(r"(?:^|/)people\d*\.xml\Z")
_SETTINGS = re.compile(r"(?:^|/)settings\d*\.xml\Z")


def hidden_in_docx(package: Package, findings: Findings) -> None:
    """Notes what a docx hides. Raises damaged, too_complex, too_slow."""
    main = package.main_part()
    anchors: dict[str, Where] = {}
    authors: set[str] = set()
    unseen = Unseen(package, main)
    for name in sorted(package.names, key=lambda name: name != main):
        found = _PARTS.search(name)
        if name != main and (not found or "/glossary/" in f"/{name}"):
            continue
        prefix = _PART_NAMES[found[1]] if found and name != main else Where()
        root = package.xml(name)
        _walk(root, Places(root, prefix), findings, anchors, authors)
        unseen.note(root, Places(root, prefix), findings)
        links(package, name, findings, prefix)
    for name in package.names:
        if _COMMENTS.search(name):
            _comments(package.xml(name), anchors, findings)
        elif _PEOPLE.search(name):
            _people(package.xml(name), findings)
        elif _SETTINGS.search(name):
            _settings(package, name, findings)
    for author in sorted(authors):
        findings.add("change_author", person(author))
    office_data(package, findings)


def _walk(
    root: Element, places: Places, findings: Findings, anchors: dict[str, Where], authors: set[str]
) -> None:
    noted: dict[str, Callable[[Element], None]] = {
        **dict.fromkeys(_CHANGES, lambda element: _change(element, places, findings)),
        **dict.fromkeys(
            _FORMATTING, lambda element: findings.add("tracked_formatting", "", places.of(element))
        ),
        **dict.fromkeys(_CELLS, lambda element: findings.add("tracked_table", "", places.of(element))),
    }
    for number, element in enumerate(root.iter()):
        if number % 10_000 == 0:
            findings.budget.check_time()
        name = local(element)
        note = noted.get(name)
        if note:
            note(element)
            # Names in place of the author's, put there by `cleaned`, tell nothing.
            if (author := attribute(element, "author")) and author != ANONYMOUS:
                authors.add(author)
        elif name in ("commentRangeStart", "commentReference"):
            anchors.setdefault(attribute(element, "id") or "", places.of(element))
        elif is_cropped(element):
            findings.add("cropped_picture", "", places.of(element))
        elif found := noted_paths(element):
            findings.add("internal_path", path(found), places.of(element))


ANONYMOUS = "作者"


def _change(element: Element, places: Places, findings: Findings) -> None:
    parent = element.getparent()
    above = local(parent) if parent is not None else ""
    where = places.of(element)
    if above == "trPr":
        findings.add("tracked_table", "", where)
        return
    text = "".join(piece.text or "" for piece in element.iter() if local(piece) in _TEXTS)
    # Of a paragraph's mark, or of a picture: a change without words.
    findings.add(_CHANGES[local(element)], quoted(text), where)


def _comments(root: Element, anchors: dict[str, Where], findings: Findings) -> None:
    for element in root.iterchildren("{*}comment"):
        text = "".join(piece.text or "" for piece in element.iter() if local(piece) == "t")
        author = attribute(element, "author") or ""
        shown = f"{person(author)}：{quoted(text)}" if author else quoted(text)
        findings.add("comment", shown, anchors.get(attribute(element, "id") or "", Where()))


def _people(root: Element, findings: Findings) -> None:
    for element in root.iterchildren("{*}person"):
        findings.add("comment_people", person(attribute(element, "author") or ""))


def _settings(package: Package, name: str, findings: Findings) -> None:
    for relation in package.relations(name):
        if relation.kind == "attachedTemplate":
            findings.add("template", path(relation.target))
    links(package, name, findings)
    for element in child(package.xml(name), "docVars") or ():
        findings.add(
            "document_variables", quoted(f"{attribute(element, 'name')}：{attribute(element, 'val')}")
        )
