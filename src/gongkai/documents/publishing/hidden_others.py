"""pptx, ofd, doc and xls: what is cheaply found of what they hide."""

from __future__ import annotations

import re
import struct

from gongkai.documents.intermediate import Place
from gongkai.documents.publishing.compound_file import DOCUMENT_SUMMARY, SUMMARY, Compound, properties
from gongkai.documents.publishing.hidden_findings import Findings, Where, path, person, quoted
from gongkai.documents.publishing.hidden_office import office_data
from gongkai.documents.publishing.office_package import Package
from gongkai.documents.publishing.old_workbook import (
    BEGIN,
    BOUND_SHEET,
    CELLS,
    COLUMN_INFO,
    END,
    NOTE,
    ROW,
    WRITE_ACCESS,
    records,
)
from gongkai.documents.xml_part import local

_SLIDE = re.compile(r"(?:^|/)slides/slide(\d+)\.xml\Z", re.IGNORECASE)
_NOTES = re.compile(r"(?:^|/)notesslides/notesslide(\d+)\.xml\Z", re.IGNORECASE)
_SLIDE_COMMENTS = re.compile(r"(?:^|/)comments/[^/]+\.xml\Z", re.IGNORECASE)
_OFD_PERSONS = {"Author": ("作者", "author"), "CreatorOwner": ("作者", "author")}
# Property numbers of the two property sets (MS-OLEPS).
_SUMMARY_PERSONS = {4: ("作者", "author"), 8: ("最后修改者", "last editor")}
_SUMMARY_WORDS = {5: ("关键词", "keywords"), 6: ("备注", "remarks")}
_DOCUMENT_WORDS = {14: ("主管", "manager"), 15: ("单位", "company")}
_TEMPLATE = 7
# Places in the head of a doc (MS-DOC FibRgFcLcb97): lengths of comments' and changing persons' lists.
_COMMENTS_LENGTH, _CHANGERS_PLACE = 0x9A + 8 * 4 + 4, 0x9A + 8 * 51
_FAST_SAVED = 0x0004


def hidden_in_pptx(package: Package, findings: Findings) -> None:
    """Notes hidden slides, notes, comments and what every Office file may carry."""
    for name in package.names:
        findings.budget.check_time()
        if found := _SLIDE.search(name):
            if package.xml(name).get("show") in ("0", "false"):
                findings.add("hidden_slide", "", Where(f"第 {found[1]} 张幻灯片", f"slide {found[1]}"))
        elif found := _NOTES.search(name):
            text = "".join(str(piece.text or "") for piece in package.xml(name).iter("{*}t"))
            if text.strip(" 0123456789"):
                findings.add("slide_notes", quoted(text), Where(f"备注 {found[1]}", f"notes {found[1]}"))
        elif _SLIDE_COMMENTS.search(name):
            text = " ".join(str(piece.text or "") for piece in package.xml(name).iter("{*}text", "{*}t"))
            findings.add("comment", quoted(text))
    office_data(package, findings)


def hidden_in_ofd(package: Package, findings: Findings) -> None:
    """Notes an ofd's authors, attachments, annotations and custom data (GB/T 33190)."""
    for name in package.names:
        findings.budget.check_time()
        if not name.lower().endswith(".xml"):
            continue
        for element in package.xml(name).iter():
            kind = local(element)
            if kind in _OFD_PERSONS and element.text:
                zh, en = _OFD_PERSONS[kind]
                findings.add("author", person(element.text), label=zh, label_en=en)
            elif kind == "CustomData" and element.text:
                findings.add("custom_property", quoted(f"{element.get('Name') or ''}：{element.text}"))
            elif kind == "Attachment":
                findings.add("attachment", quoted(element.get("Name") or ""))
            elif kind == "Annot" and element.get("Type") not in ("Link", "Stamp", "Watermark"):
                findings.add("comment", quoted(element.get("Creator") or element.get("Type") or ""))


def hidden_in_compound(content: bytes, kind: str, findings: Findings) -> None:
    """Notes what a doc or xls says of its makers, and what its head tells of changes and comments."""
    compound = Compound(content)
    for number, text in properties(compound.stream(SUMMARY)):
        if number in _SUMMARY_PERSONS:
            label = _SUMMARY_PERSONS[number]
            findings.add("author", person(text), label=label[0], label_en=label[1])
        elif number in _SUMMARY_WORDS:
            label = _SUMMARY_WORDS[number]
            findings.add("author", quoted(text), label=label[0], label_en=label[1])
        elif number == _TEMPLATE and re.search(r"[\\/]", text):
            findings.add("template", path(text))
    for number, text in properties(compound.stream(DOCUMENT_SUMMARY)):
        if number in _DOCUMENT_WORDS:
            label = _DOCUMENT_WORDS[number]
            findings.add("author", quoted(text), label=label[0], label_en=label[1])
    if "ObjectPool" in compound.names or any(name.startswith("MBD") for name in compound.names):
        findings.add("embedded_object")
    if kind == "doc":
        _doc(compound, findings)
    else:
        _xls(compound.stream("Workbook") or compound.stream("Book"), findings)
    part, part_en = ("旧格式文件", "A file of an old format")
    findings.add(
        "not_fully_checked",
        part=part,
        part_en=part_en,
        why="请另存为新格式再查",
        why_en="save it in the new format",
    )


def _doc(compound: Compound, findings: Findings) -> None:
    head = compound.stream("WordDocument")
    if len(head) < _CHANGERS_PLACE + 8:
        return
    (flags,) = struct.unpack_from("<H", head, 10)
    if flags & _FAST_SAVED:
        findings.add("fast_saved")
    if struct.unpack_from("<I", head, _COMMENTS_LENGTH)[0]:
        findings.add("comment")
    start, length = struct.unpack_from("<II", head, _CHANGERS_PLACE)
    table = compound.stream("1Table" if flags & 0x0200 else "0Table")
    names = _names(table[start : start + length])
    for name in names[1:]:  # the first stands for nobody
        findings.add("change_author", person(name))


def _names(table: bytes) -> list[str]:
    """The texts of a table of texts (MS-DOC STTB) in utf-16; none where it is torn."""
    if len(table) < 6 or table[:2] != b"\xff\xff":
        return []
    (count,) = struct.unpack_from("<H", table, 2)
    names, at = [], 6
    for _ in range(min(count, 200)):
        if at + 2 > len(table):
            break
        (length,) = struct.unpack_from("<H", table, at)
        names.append(table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
        at += 2 + 2 * length
    return names


def _xls(stream: bytes, findings: Findings) -> None:
    names: list[str] = []
    sheet = -1
    depth = 0
    hidden_rows: set[int] = set()
    hidden_columns: list[tuple[int, int]] = []
    noted: set[tuple[int, str]] = set()
    for count, (number, data) in enumerate(records(stream)):
        if count % 20_000 == 0:
            findings.budget.check_time()
        if number == BEGIN:
            depth += 1
            if depth == 1:
                sheet += 1
                hidden_rows, hidden_columns = set(), []
        elif number == END:
            depth = max(0, depth - 1)
        elif number == BOUND_SHEET and len(data) > 8:
            name = _sheet_name(data)
            names.append(name)
            if data[4] & 3:
                code = "very_hidden_sheet" if data[4] & 3 == 2 else "hidden_sheet"
                findings.add(code, quoted(name), Where.of(Place(sheet=name)))
        elif number == NOTE:
            findings.add("comment", "", _where(names, sheet))
        elif number == WRITE_ACCESS:
            _last_user(data, findings)
        elif number == ROW and len(data) >= 16 and data[12] & 0x20:
            hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif number == COLUMN_INFO and len(data) >= 10 and data[8] & 1:
            hidden_columns.append(struct.unpack_from("<HH", data))
        elif number in CELLS and len(data) >= 4:
            _cell(data, hidden_rows, hidden_columns, sheet, names, noted, findings)


def _cell(
    data: bytes,
    hidden_rows: set[int],
    hidden_columns: list[tuple[int, int]],
    sheet: int,
    names: list[str],
    noted: set[tuple[int, str]],
    findings: Findings,
) -> None:
    row, column = struct.unpack_from("<HH", data)
    code = (
        "hidden_rows"
        if row in hidden_rows
        else "hidden_columns"
        if any(first <= column <= last for first, last in hidden_columns)
        else ""
    )
    if code and (sheet, code) not in noted:
        noted.add((sheet, code))
        findings.add(code, "", _where(names, sheet))


def _where(names: list[str], sheet: int) -> Where:
    """The first substream is the workbook's own; sheets follow in order."""
    return Where.of(Place(sheet=names[sheet - 1])) if 0 < sheet <= len(names) else Where()


def _sheet_name(data: bytes) -> str:
    length, wide = data[6], data[7] & 1
    return data[8 : 8 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "gb18030", "replace")


def _last_user(data: bytes, findings: Findings) -> None:
    if len(data) < 4:
        return
    (length,) = struct.unpack_from("<H", data)
    written = data[3 : 3 + length * 2] if data[2] & 1 else data[3 : 3 + length]
    name = written.decode("utf-16-le" if data[2] & 1 else "gb18030", "replace").strip("\x00 ")
    if name and length < 110:
        findings.add("author", person(name), label="最后保存者", label_en="last user")
