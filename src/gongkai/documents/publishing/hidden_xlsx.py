"""xlsx: sheets, rows, columns and cells that are not shown, comments, other workbooks, sources of pivots."""

from __future__ import annotations

import re

from gongkai.documents.intermediate import Place
from gongkai.documents.publishing.hidden_findings import Findings, Where, path, person, quoted
from gongkai.documents.publishing.hidden_office import is_cropped, links, noted_paths, office_data
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.sheet_cells import Styles, shared_texts, unseen_cells
from gongkai.documents.xml_part import Element, attribute, child, children, local

_FILTER = "_xlnm._filterdatabase"
_COMMENTS = re.compile(r"^xl/(?:comments\d*|comments/comment\d*|threadedcomments/[^/]+)\.xml\Z")
_PERSONS = re.compile(r"^xl/persons/[^/]+\.xml\Z")
_PIVOT = re.compile(r"^xl/pivotcache/pivotcacherecords\d*\.xml\Z")
_REVISIONS = re.compile(r"^xl/revisions/revisionlog\d*\.xml\Z")
_EXTERNAL = re.compile(r"^xl/externallinks/externallink\d*\.xml\Z")
_MODEL = re.compile(r"^xl/(?:model/|customdata/)|^customxml/.*datamashup", re.IGNORECASE)
_SECRET = re.compile(r"(password|pwd)\s*=\s*[^;]+", re.IGNORECASE)
_DRAWING = re.compile(r"^xl/drawings/(?:drawing|vmldrawing)\d*\.(?:xml|vml)\Z")


def hidden_in_xlsx(package: Package, findings: Findings) -> None:
    """Notes what a workbook hides. Raises damaged, too_complex, too_slow."""
    main = package.main_part()
    workbook = package.xml(main)
    _workbook(workbook, findings)
    styles = Styles(package, main)
    texts = shared_texts(package, main)
    relations = {relation.id: relation for relation in package.relations(main)}
    sheets: dict[str, str] = {}  # part of a sheet, and of its comments -> name of the sheet
    for sheet in children(child(workbook, "sheets"), "sheet"):
        relation = relations.get(attribute(sheet, "id") or "")
        name = sheet.get("name") or ""
        if relation is None or not package.has(relation.target):
            continue
        sheets[relation.target.lower()] = name
        for inner in package.relations(relation.target):
            sheets.setdefault(inner.target.lower(), name)
        findings.budget.check_time()
        root = package.xml(relation.target)
        _state(sheet, name, root, findings)
        unseen_cells(root, name, styles, texts, findings)
        links(package, relation.target, findings, Where.of(Place(sheet=name)))
    _parts(package, sheets, findings)
    office_data(package, findings)


def _workbook(workbook: Element, findings: Findings) -> None:
    for name in children(child(workbook, "definedNames"), "definedName"):
        written = name.get("name") or ""
        if name.get("hidden") in ("1", "true") and written.lower() != _FILTER:
            findings.add("hidden_name", quoted(f"{written} = {name.text or ''}"))
    for element in workbook.iter():
        if local(element) == "absPath":
            findings.add("internal_path", path(attribute(element, "url") or ""))
        elif local(element) == "fileSharing" and element.get("userName"):
            findings.add(
                "author", person(element.get("userName") or ""), label="共享用户", label_en="sharing user"
            )


def _state(sheet: Element, name: str, root: Element, findings: Findings) -> None:
    state = (sheet.get("state") or "visible").lower()
    if state == "visible":
        return
    cells = sum(1 for _ in root.iter("{*}v"))
    code = "very_hidden_sheet" if state == "veryhidden" else "hidden_sheet"
    where = Where.of(Place(sheet=name))
    findings.add(code, quoted(name), where._replace(zh=f"{where.zh}（{cells} 个有内容的单元格）"))


def _parts(package: Package, sheets: dict[str, str], findings: Findings) -> None:
    for name in package.names:
        findings.budget.check_time()
        lower = name.lower()
        where = Where.of(Place(sheet=sheets[lower])) if lower in sheets else Where()
        if _COMMENTS.match(lower):
            _comments(package.xml(name), where, findings)
        elif _PERSONS.match(lower):
            for element in package.xml(name):
                findings.add("comment_people", person(element.get("displayName") or ""))
        elif _PIVOT.match(lower):
            rows = sum(1 for element in package.xml(name) if local(element) == "r")
            if rows:
                findings.add("pivot_source", f"{rows} 行")
        elif _REVISIONS.match(lower):
            findings.add("revision_history")
        elif _EXTERNAL.match(lower):
            _external(package, name, findings)
        elif _MODEL.search(lower):
            findings.add("data_model", quoted(name.rpartition("/")[2]))
        elif lower == "xl/connections.xml":
            for element in package.xml(name):
                written = " ".join(str(value) for inner in element.iter() for value in inner.values())
                findings.add("connection", path(_SECRET.sub(r"\1=***", written)))
        elif _DRAWING.match(lower):
            for element in package.xml(name).iter():
                if is_cropped(element):
                    findings.add("cropped_picture", "", where)
                elif found := noted_paths(element):
                    findings.add("internal_path", path(found), where)


def _comments(root: Element, where: Where, findings: Findings) -> None:
    authors = [author.text or "" for author in children(child(root, "authors"), "author")]
    for element in root.iter("{*}comment", "{*}threadedComment"):
        text = "".join(str(piece.text or "") for piece in element.iter() if local(piece) in ("t", "text"))
        number = element.get("authorId") or ""
        known = number.isdecimal() and int(number) < len(authors) and authors[int(number)].strip()
        shown = f"{person(authors[int(number)])}：{quoted(text)}" if known else quoted(text)
        cell = element.get("ref") or ""
        findings.add("comment", shown, Where(f"{where.zh}{cell}", f"{where.en} {cell}".strip()))


def _external(package: Package, name: str, findings: Findings) -> None:
    root = package.xml(name)
    cells = sum(1 for _ in root.iter("{*}cell"))
    targets = [relation.target for relation in package.relations(name) if relation.external]
    shown = path(targets[0]) if targets else ""
    if cells:
        findings.add("external_cache", shown)
    else:
        findings.add("external_link", shown)
