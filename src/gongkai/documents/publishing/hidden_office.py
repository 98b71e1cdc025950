"""What every docx, xlsx and pptx may carry: properties, embedded objects, data and the pictures' own data."""

from __future__ import annotations

import re

from gongkai.documents.publishing.addresses import leads_inside, path_in
from gongkai.documents.publishing.hidden_findings import WHOLE, Findings, Where, path, person, quoted
from gongkai.documents.publishing.hidden_pictures import picture_data
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.xml_part import Element, local

# Element of docProps -> what people call it. The first are names of people.
PERSONS = {
    "creator": ("作者", "author"),
    "lastModifiedBy": ("最后修改者", "last editor"),
    "Manager": ("主管", "manager"),
}
WORDS = {
    "Company": ("单位", "company"),
    "description": ("备注", "remarks"),
    "keywords": ("关键词", "keywords"),
    "category": ("类别", "category"),
    "contentStatus": ("状态", "status"),
    "HyperlinkBase": ("链接基础", "base of links"),
}
_USUAL_TEMPLATES = re.compile(r"(?:normal|default|wps)[\w.]*\Z", re.IGNORECASE)
MEDIA = re.compile(r"(?:^|/)media/[^/]+\Z", re.IGNORECASE)
# Attributes that hold what a person wrote or a program noted about a picture.
NOTED = frozenset(("descr", "title", "alt", "name"))
NOTED_ON = frozenset(("docPr", "cNvPr", "shape", "imagedata", "rect"))
MAX_PICTURES = 500
_CROPPED = 1_000  # of 100,000: less than a hundredth of a side hides nothing


def office_data(package: Package, findings: Findings) -> None:
    """Notes what does not belong to one kind of Office file alone."""
    for name in package.names:
        findings.budget.check_time()
        lower = name.lower()
        if lower.startswith("docprops/"):
            _properties(package, name, findings)
        elif "/embeddings/" in f"/{lower}":
            findings.add("embedded_object", quoted(name.rpartition("/")[2]))
        elif re.fullmatch(r"customxml/item\d*\.xml", lower):
            _custom_data(package, name, findings)
    _pictures(package, findings)


def _pictures(package: Package, findings: Findings) -> None:
    for name in [name for name in package.names if MEDIA.search(name)][:MAX_PICTURES]:
        findings.budget.check_time()
        file = name.rpartition("/")[2]
        picture_data(package.part(name), findings, Where(f"图片 {file}", f"picture {file}"))


def _properties(package: Package, name: str, findings: Findings) -> None:
    if not name.lower().endswith(".xml"):
        findings.add("preview", quoted(name.rpartition("/")[2]))
        return
    root = package.xml(name)
    if local(root) == "Properties" and name.lower().endswith("custom.xml"):
        for element in root:
            findings.add(
                "custom_property",
                quoted(f"{element.get('name') or ''}：{''.join(map(str, element.itertext()))}"),
            )
        return
    for element in root:
        text = "".join(map(str, element.itertext())).strip()
        label = PERSONS.get(local(element)) or WORDS.get(local(element))
        if text and label:
            shown = person(text) if local(element) in PERSONS else quoted(text)
            findings.add("author", shown, label=label[0], label_en=label[1])
        elif local(element) == "Template" and is_own_template(text):
            findings.add("template", path(text))


def is_own_template(name: str) -> bool:
    """Whether a template is not one that every installation has."""
    return bool(name.strip()) and not _USUAL_TEMPLATES.match(name.strip())


def _custom_data(package: Package, name: str, findings: Findings) -> None:
    root = package.xml(name)
    text = " ".join(str(piece).strip() for piece in root.itertext()).strip()
    if text:
        findings.add("custom_data", quoted(text))


def links(package: Package, part: str, findings: Findings, where: Where = WHOLE) -> None:
    """Links of a part that lead to local files or inner hosts."""
    for relation in package.relations(part):
        if relation.external and relation.kind in ("hyperlink", "image", "oleObject", "video", "audio"):
            if leads_inside(relation.target):
                findings.add("internal_link", path(relation.target), where)
        elif relation.external and relation.kind == "mailMergeSource":
            findings.add("connection", path(relation.target), where)


def is_cropped(element: Element) -> bool:
    """Whether an element cuts a side off a picture, the whole of which stays in the file."""
    if local(element) != "srcRect":
        return False
    sides = (element.get(side) or "0" for side in ("l", "t", "r", "b"))
    return any(side.isdecimal() and int(side) >= _CROPPED for side in sides)


def noted_paths(element: Element) -> str:
    """A path in the alternative text, title or name of a picture; "" where there is none."""
    if local(element) not in NOTED_ON:
        return ""
    for key, value in element.items():
        if str(key).rpartition("}")[2] in NOTED and (found := path_in(str(value))):
            return found
    return ""
