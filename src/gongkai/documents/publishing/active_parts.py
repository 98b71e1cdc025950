"""What would run, load from elsewhere or carry files along when a reader opens an attachment."""

from __future__ import annotations

import json
import re
import struct
from pathlib import PurePosixPath

from lxml import etree

from gongkai.documents.limits import Budget
from gongkai.documents.publishing.compound_file import Compound, names_anywhere
from gongkai.documents.publishing.formats import PROGRAM_SUFFIXES
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.old_workbook import BOUND_SHEET, FILE_PASS, MACRO_SHEETS, records
from gongkai.documents.publishing.pdf_file import dictionaries, opened, without_strings
from gongkai.documents.publishing.refusing import refusal
from gongkai.documents.text import decode
from gongkai.documents.xml_part import local, parse_part

_MACRO_PARTS = re.compile(r"(?:^|/)(?:vbaproject[^/]*\.bin|vbadata\.xml)$|^xl/(?:macrosheets|dialogsheets)/")
_MACRO_NAMES = frozenset(("VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros", "PROJECTwm"))
_OLE_PACKAGE = "\x01Ole10Native".encode("utf-16-le")
# Relations that a program follows by itself when the file is opened.
_FOLLOWED = frozenset(
    ("attachedTemplate", "oleObject", "frame", "subDocument", "package", "externalLinkPath")
)
_ELSEWHERE = re.compile(
    r"\s*(?:(?:https?|ftp|mhtml|ms-[a-z]+):|file:(?://)?[/\\]{2}[^/\\]|\\\\|//)", re.IGNORECASE
)
_DDE = re.compile(r"\bDDE(?:AUTO)?\b")
_PDF_ACTIONS = re.compile(
    rb"/S\s*/(JavaScript|Launch|ImportData|SubmitForm|GoToE|Rendition|Movie|Sound|RichMediaExecute)\b|/(JS|JavaScript|XFA)\b"
)
_PDF_MEDIA = re.compile(rb"/Subtype\s*/(RichMedia|Movie|Sound|Screen|3D)\b")
_PDF_FILES = re.compile(rb"/(EmbeddedFiles|EF)\s|/Subtype\s*/FileAttachment\b|/Type\s*/EmbeddedFile\b")
_PDF_BAD_ADDRESS = re.compile(rb"/URI\s*\(\s*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
# A cell that a spreadsheet program takes for a command to another program: =cmd|'/C …'!A0
_CELL_COMMAND = re.compile(
    r"""(?:^|[,;\t"])\s*[=+\-@][^\n,;\t]{0,200}\|[^\n]{0,200}![A-Za-z$]""", re.MULTILINE
)
_XML_ACTIVE = re.compile(r"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<\?mso-application", re.IGNORECASE)
_HEAD = 4096  # bytes given to the parser at once
_BROWSER_NAMES = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")
_ENCRYPTED_DOC = 0x0100  # of the flags at the head of a doc


def refuse_active_package(content: bytes, kind: str, budget: Budget) -> None:
    """Refuses macros, controls, embedded files and what loads by itself in a docx, xlsx, pptx, ofd."""
    package = Package(content, kind, budget)
    for name in package.names:
        lower = name.lower()
        if _MACRO_PARTS.search(lower):
            raise refusal("macros", where=name)
        if "/activex/" in f"/{lower}":
            raise _active("控件", "a control", name)
        if PurePosixPath(lower).suffix in PROGRAM_SUFFIXES:
            raise refusal("embedded_file", where=name)
        if "/embeddings/" in f"/{lower}":
            _refuse_embedded(package, name)
    for part, media_type in package.media_types().items():
        if "macroenabled" in media_type or "vbaproject" in media_type or "macrosheet" in media_type:
            raise refusal("macros", where=part)
    for name in package.names:
        budget.check_time()
        if _is_xml(name, package) and declares_a_type(package.part(name)):
            raise refusal("document_type", where=name)
        if name.lower().endswith(".rels"):
            _refuse_followed(package, name)
        elif name.lower().endswith(".xml") and kind in ("docx", "xlsx"):
            _refuse_dde(package, name)


def _is_xml(name: str, package: Package) -> bool:
    lower = name.lower()
    return lower.endswith((".xml", ".rels", ".vml")) or package.media_type(name).endswith(("+xml", "/xml"))


def declares_a_type(xml: bytes) -> bool:
    """Whether a part declares a document type, in which entities stand (OPC, ISO/IEC 29500-2, forbids both).

    Asked of the parser, which knows every encoding; it reads no further than the first element.
    """
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for start in range(0, len(xml), _HEAD):
            parser.feed(xml[start : start + _HEAD])
            for _event, element in parser.read_events():
                if isinstance(element, etree._Element):
                    return element.getroottree().docinfo.internalDTD is not None
    except etree.LxmlError:
        # Broken, or in letters of four bytes: another reader may get further with it than ours.
        return b"<!DOCTYPE" in xml.replace(b"\0", b"")
    return False


def _refuse_embedded(package: Package, name: str) -> None:
    embedded = package.part(name)
    if b"vbaProject.bin" in embedded or names_anywhere(embedded, _MACRO_NAMES):
        raise refusal("macros", where=name)
    if _OLE_PACKAGE in embedded:
        raise refusal("embedded_file", where=name)


def _refuse_followed(package: Package, name: str) -> None:
    for element in package.xml(name).iterchildren("{*}Relationship"):
        kind = (element.get("Type") or "").rpartition("/")[2]
        external = (element.get("TargetMode") or "").lower() == "external"
        if kind in ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet"):
            raise refusal("macros", where=name)
        if (
            external
            and kind in _FOLLOWED
            and kind != "externalLinkPath"
            and _ELSEWHERE.match(element.get("Target") or "")
        ):
            raise _active("从外部加载的模板或对象", "a template or object loaded from elsewhere", name)


def _refuse_dde(package: Package, name: str) -> None:
    content = package.part(name)
    if b"ddeLink" in content:
        raise _active("DDE 命令", "a DDE command", name)
    if b"instrText" not in content and b"fldSimple" not in content:
        return
    root = package.xml(name)
    # A command may be cut over several runs: they are read as one.
    written = "".join(element.text or "" for element in root.iter() if local(element) == "instrText")
    simple = " ".join(
        str(value) for element in root.iter() if local(element) == "fldSimple" for value in element.values()
    )
    if _DDE.search(written) or _DDE.search(simple):
        raise _active("DDE 命令", "a DDE command", name)


def refuse_active_pdf(content: bytes, budget: Budget) -> None:
    """Refuses scripts, actions that start or send something, media, embedded files and protection."""
    with opened(content, budget) as pdf:
        for _, written in dictionaries(pdf, budget):
            if b"/URI" in written and _PDF_BAD_ADDRESS.search(written):
                raise _active("危险链接", "a dangerous link", "pdf")
            if (
                b"/S" not in written
                and b"/J" not in written
                and b"/E" not in written
                and b"/XFA" not in written
            ):
                continue
            keys = without_strings(written)
            action = _PDF_ACTIONS.search(keys) or _PDF_MEDIA.search(keys)
            if action:
                word = next(group for group in action.groups() if group).decode()
                raise _active(f"脚本或动作 {word}", f"a script or action {word}", "pdf")
            if _PDF_FILES.search(keys):
                raise refusal("embedded_file", where="pdf")


def refuse_active_compound(content: bytes, kind: str) -> None:
    """Refuses macros, passwords and packed files in a doc or xls."""
    compound = Compound(content)
    macros = sorted(compound.names & _MACRO_NAMES) or names_anywhere(content, _MACRO_NAMES)
    if macros:
        raise refusal("macros", where=macros[0])
    if _OLE_PACKAGE in content:
        raise refusal("embedded_file", where="ObjectPool")
    if kind == "doc":
        stream = compound.stream("WordDocument")
        if len(stream) < 32:
            raise refusal("damaged", kind="doc")
        if struct.unpack_from("<H", stream, 10)[0] & _ENCRYPTED_DOC:
            raise refusal("encrypted")
        return
    for number, data in records(compound.stream("Workbook") or compound.stream("Book")):
        if number == FILE_PASS:
            raise refusal("encrypted")
        if number == BOUND_SHEET and len(data) > 5 and data[5] in MACRO_SHEETS:
            raise refusal("macros", where="Excel 4.0 宏表")


def refuse_active_text(content: bytes, kind: str, budget: Budget) -> None:
    """Refuses commands in a csv, and xml that a browser would take for a page."""
    text, _ = decode(content)
    if kind == "csv" and _CELL_COMMAND.search(text):
        raise _active("单元格中的命令", "a command in a cell", "csv")
    if kind == "json":
        try:
            json.loads(text)
        except (ValueError, RecursionError) as error:
            raise refusal("damaged", kind="json") from error
    if kind == "xml":
        if _XML_ACTIVE.search(text):
            raise _active("文档类型声明或样式表", "a document type or style sheet", "xml")
        if any(name in text for name in _BROWSER_NAMES):
            raise refusal("active_page", zh="xml 中的网页", en="a page in xml")
        root = parse_part(
            text.partition("?>")[2].encode() if text.startswith("<?xml") else text.encode(), "xml", budget
        )
        if any(
            str(element.tag).startswith(tuple(f"{{{name}}}" for name in _BROWSER_NAMES))
            for element in root.iter()
        ):
            raise refusal("active_page", zh="xml 中的网页", en="a page in xml")


def _active(zh: str, en: str, where: str) -> Exception:
    return refusal("active_content", zh=zh, en=en, where=where)
