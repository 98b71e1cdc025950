"""Cells left blank, cells nobody could read, and a heap of outcomes called 其他."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import written, written_en
from gongkai.annual.checking.missing import lost_tables
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report
from gongkai.documents.ocr.doubts import LOW

_STROKE = re.compile(r"[-/\\—–―_~ー×xX－／\s]*")
_MOST_QUOTED = 6
_TABLES = (
    ("proactive", "blank_in_table_two", "表二（主动公开政府信息情况）", "table 2"),
    ("requests", "blank_in_table_three", "表三（收到和处理政府信息公开申请情况）", "table 3"),
    ("remedies", "blank_in_table_four", "表四（行政复议、行政诉讼情况）", "table 4"),
    ("statistics", "blank_in_statistics", "《政府信息公开情况统计表》", "the statistics table"),
)


@serves("blank_in_table_two", "blank_in_table_three", "blank_in_table_four", "blank_in_statistics")
def no_cell_is_left_blank(case: Examination) -> Iterator[Finding]:
    """FMT.T3.E: a zero is written 0. One finding a table, however many cells are blank."""
    blank: dict[str, list[str]] = {}
    for path in _blank_cells(case.report):
        if path not in case.unread:
            blank.setdefault(path.partition(".")[0], []).append(path)
    if not blank:
        return
    for table, name, zh, en in _TABLES:
        cells = blank.get(table)
        if not cells:
            continue
        worded = {cell: words for cell in cells if (words := _words_in(case.report, cell))}
        empty = [cell for cell in cells if cell not in worded]
        if empty:
            count = "1 cell of {} is" if len(empty) == 1 else f"{len(empty)} cells of {{}} are"
            yield case.finding(
                name,
                f"{zh}有{len(empty)}格空白或填“/”“-”。没有发生的事项应填0，请逐格补填。",
                f"{count.format(en)} blank or filled with a stroke: write 0 where there is none.",
                cells=empty,
            )
        if worded:
            yield _no_figure(case, name, zh, en, worded)


def _words_in(report: Report, cell: str) -> str:
    """What stands in a cell that has no figure; "" for a blank and for a stroke."""
    words = report.written.get(cell, "").strip()
    return "" if _STROKE.fullmatch(words) else words


def _no_figure(case: Examination, name: str, zh: str, en: str, worded: dict[str, str]) -> Finding:
    """Cells that hold words, or a figure that is none: 十, 一件, 1O."""
    quoted = list(dict.fromkeys(worded.values()))
    more = f"等{len(quoted)}种" if len(quoted) > _MOST_QUOTED else ""
    words = "".join(f"“{one}”" for one in quoted[:_MOST_QUOTED])
    are = "cell of {} holds" if len(worded) == 1 else "cells of {} hold"
    return case.finding(
        name,
        f"{zh}有{len(worded)}格填的不是数字：{words}{more}。请改用阿拉伯数字填写，没有发生的填0。",
        f"{len(worded)} {are.format(en)} no figure: {words}. Write Arabic figures, "
        f"and 0 where there is none.",
        cells=worded,
    )


def _blank_cells(report: Report) -> Iterator[str]:
    """Paths of the blank cells; a path is only written for a cell that is blank, as most are not."""
    for name in ("proactive", "requests", "remedies"):
        for row, cells in (getattr(report, name) or {}).items():
            if not isinstance(cells, dict):
                if cells is None:
                    yield f"{name}.{row}"
            elif None in cells.values():
                yield from (f"{name}.{row}.{column}" for column, value in cells.items() if value is None)
    for index, row in enumerate(report.statistics or ()):
        if row["value"] is None and row["unit"] is not None:
            yield f"statistics.{index}.value"


@serves("unread_cells")
def unread_cells_are_named(case: Examination) -> Iterator[Finding]:
    """READ.1: cells the form has and nobody could read. No other check rests on them."""
    lost = lost_tables(case) if case.unread else set()  # of a table lost as a whole another finding speaks
    gaps = [gap for gap in case.report.unread if not {cell.partition(".")[0] for cell in gap.cells} <= lost]
    if not gaps:
        return
    cells = [cell for gap in gaps for cell in gap.cells]
    reasons = "；".join(dict.fromkeys(gap.why.rstrip("。") for gap in gaps))
    reasons_en = "; ".join(dict.fromkeys(gap.why_en.rstrip(".") for gap in gaps))
    yield case.finding(
        "unread_cells",
        f"有{len(cells)}格没有读出，未参加校验：{reasons}。请对照原文补录后再校验。",
        f"{len(cells)} cells could not be read and were not checked: {reasons_en}.",
        cells=cells,
        place=gaps[0].place,
    )


@serves("doubtful_cells")
def doubtful_cells_are_named(case: Examination) -> Iterator[Finding]:
    """READ.1: figures that were recognised in a scan with little confidence. The checks take them as read."""
    sure = case.report.confidence
    doubted = [p for p, _ in case.report.cells() if sure.get(p, 1) < LOW and p not in case.unread]
    if not doubted:
        return
    shown = list(dict.fromkeys(case.report.written.get(p) or written(case.number(p)) for p in doubted))
    said = "".join(f"“{one}”" for one in shown[:_MOST_QUOTED]) + ("等" if len(shown) > _MOST_QUOTED else "")
    are = "1 figure was" if len(doubted) == 1 else f"{len(doubted)} figures were"
    yield case.finding(
        "doubtful_cells",
        f"扫描件中有{len(doubted)}格识别把握不大（识别为{said}）。请对照原件逐格核对，有误的先更正再看其他结果。",
        f"{are} recognised in the scan with little confidence: compare them with the original, and mend "
        f"what is wrong before you look at the other findings.",
        cells=doubted,
        place=case.report.places.get(doubted[0]),
    )


@serves("many_others")
def other_is_not_a_rubbish_heap(case: Examination) -> Iterator[Finding]:
    """FMT.T3.G: outcomes are closed lists; a large 其他 means that cases were put in the wrong row."""
    other, concluded = case.request("other.other"), case.request("concluded")
    if not other or not concluded or concluded <= 0:
        return
    share = other * 100 / concluded
    if other < case.threshold("other_at_least") or share <= case.threshold("other_share_percent"):
        return
    yield case.finding(
        "many_others",
        f"表三“（六）其他处理 3.其他”{written(other)}件，占“（七）总计”{written(concluded)}件的"
        f"{float(share):.1f}%。办理结果的类型是固定的，“其他”过多往往是归类有误，请逐件核对能否归入前列各项。",
        f"Outcome “other” is {written_en(other)} of {written_en(concluded)} ({float(share):.1f} %): the "
        f"outcomes are a closed list, so check whether these cases belong to another row.",
        cells=["requests.other.other.total", "requests.concluded.total"],
        found=other,
    )
