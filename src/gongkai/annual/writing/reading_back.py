"""What a written report says to the reader: proof that nothing was lost between the report and the file."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from gongkai.annual.forms import form
from gongkai.annual.interpreting import interpret
from gongkai.annual.interpreting.fees import processing_fees
from gongkai.annual.report import Report
from gongkai.annual.writing.paragraphs import without_blanks
from gongkai.annual.writing.printed import Note, Printed, print_report
from gongkai.annual.writing.tables import PrintedTable
from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Block, Cell, Document, Line, Table
from gongkai.wording.chinese_blanks import BESIDE_CHINESE

_MOST_NAMED = 5
_NAMED_PARTS = {
    "organ": "机关名称",
    "year": "年份",
    "title": "标题",
    "proactive": "主动公开表",
    "requests": "依申请公开表",
    "remedies": "复议诉讼表",
    "processing_fees": "信息处理费",
    "statistics": "统计表",
    "$": "整份报告",
}
_NAMED_SECTIONS = {
    "front": "标题下的文字",
    "other_section": "其他部分的文字",
    **{code: f"“{label}”的文字" for code, label in form("2021").sections},
}


def as_document(printed: Printed) -> Document:
    """The report as a file reader gives it: lines and tables, before any file is made."""
    texts = [printed.title, *printed.front]
    blocks: list[Block] = [Line(text, number) for number, text in enumerate(texts, start=1)]
    tables = 0
    for part in printed.parts:
        if isinstance(part, PrintedTable):
            tables += 1
            blocks.append(Table(tables, [_cells(row) for row in part.rows]))
        else:
            blocks.append(Line(part.text, len(blocks) + 1))
    return Document("", "docx", blocks)


def _cells(row: tuple[Any, ...]) -> list[Cell]:
    return [Cell(p.cell.text, p.row + 1, p.column + 1, p.cell.rowspan, p.cell.colspan) for p in row]


def printed_recognisably(report: Report) -> Printed:
    """The report ready to be written, with its organ and year stated below the title where its words do not
    tell them: a title without them, or an organ whose name stands nowhere else."""
    printed = print_report(report)
    read = _read(as_document(printed))
    if read is None:
        return printed
    marks = []
    if report.year is not None and read.year != report.year:
        marks.append(f"（{report.year}年度）")
    if printed.organ and without_blanks(read.organ or "") != printed.organ:
        marks.append(f"报告单位：{printed.organ}")
    printed.front = marks + printed.front
    return printed


def _read(document: Document) -> Report | None:
    try:
        reports = interpret(document)
    except DocumentError:
        return None
    return reports[0] if len(reports) == 1 else None


def expected_back(report: Report) -> dict[str, Any]:
    """The contract's object as a reader must give it back: with what the writer adds and leaves out.

    Added: the statutory title where there is none, the sentence on fees where section six lacks it. Left out:
    blanks that carry no meaning, characters that nobody sees, fees of which no figure is known.
    """
    printed = print_report(report)
    fees = None if report.statistics is not None else report.processing_fees
    if fees is None or all(value is None for value in fees.values()):
        fees = processing_fees(printed.sections.get("other_matters", ""))
    expected = replace(
        report,
        title=printed.title,
        organ=printed.organ or None,
        sections=printed.sections,
        processing_fees=None if report.form == "2014" else fees,
    )
    result = copy.deepcopy(expected.to_json())
    for row in result.get("statistics", ()):
        row["label"] = without_blanks(row["label"])
    return result


def unlike(report: Report, content: bytes, name: str) -> list[str]:
    """The paths of the contract's object that a written file does not give back, [] where it gives all.

    `name` tells the file's format by its ending. A file that cannot be read at all gives ["$"].
    """
    from gongkai.documents import read_document

    try:
        reports = interpret(read_document(content, name))
    except DocumentError:
        return ["$"]
    if len(reports) != 1:
        return ["$"]
    loose = name.endswith(".pdf")
    wanted, found = _leaves(expected_back(report), loose), _leaves(reports[0].to_json(), loose)
    paths = [path for path in wanted if path not in found or wanted[path] != found[path]]
    return paths + [path for path in found if path not in wanted]


def _leaves(value: Any, loose: bool, path: str = "") -> dict[str, Any]:
    """A JSON value as path -> leaf, an empty part one itself; `loose`: text without blanks beside Chinese."""
    if path and isinstance(value, dict | list) and not value:
        return {path: value}
    if isinstance(value, dict):
        pairs = [(f"{path}.{key}" if path else str(key), inner) for key, inner in value.items()]
    elif isinstance(value, list):
        pairs = [(f"{path}.{index}", inner) for index, inner in enumerate(value)]
    else:
        return {path: BESIDE_CHINESE.sub("", value) if loose and isinstance(value, str) else value}
    return {key: leaf for name, inner in pairs for key, leaf in _leaves(inner, loose, name).items()}


def _named(path: str) -> str:
    """A path with the part of the report that a clerk knows: “五、存在的主要问题及改进情况”的文字（…）."""
    head, _, code = path.partition(".")
    part = _NAMED_PARTS.get(head) if head != "sections" else _NAMED_SECTIONS.get(code)
    return f"{part}（{path}）" if part else path


def unlike_note(paths: list[str]) -> Note:
    """One sentence on what a written file does not give back."""
    named = "、".join(map(_named, paths[:_MOST_NAMED]))
    more = f" 等 {len(paths)} 处" if len(paths) > _MOST_NAMED else ""
    return (
        f"写出的文件读回时与原报告不同：{named}{more}。请打开核对。",
        f"Read back, the file differs from the report in {', '.join(paths[:_MOST_NAMED])}"
        + (f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else "")
        + ": look at it.",
    )
