"""Rows of figures as people write them: 年度, 月份, 科室, 项目, 数值, 来源, 说明 (FMT, section 2.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from gongkai.web.disclosure.importing.cells import (
    CellFault,
    plain,
    read_amount,
    read_month,
    read_year,
    short,
)
from gongkai.web.disclosure.importing.grid import Label, rows_below_header
from gongkai.web.disclosure.importing.outcomes import Row, Trial
from gongkai.web.disclosure.importing.tables import read_file_of_rows
from gongkai.web.disclosure.models import FigureKind
from gongkai.web.organs.models import Organ, Unit

MOST_ROWS = 2000
TEN_THOUSAND = Decimal(10_000)
LABELS = (
    Label("year", "年度", ("年份", "年", "统计年度", "所属年度")),
    Label("month", "月份", ("月", "期间", "统计月份"), "1 至 12；全年的数据留空"),
    Label("unit", "科室", ("责任科室", "单位", "部门", "内设机构", "填报科室", "填报单位"), "留空为全机关"),
    Label("kind", "项目", ("统计项目", "指标", "类别", "信息内容", "事项"), "按模板所列的项目填写"),
    Label(
        "value",
        "数值",
        ("数量", "件数", "金额", "数据", "数", "处理决定数量", "收费金额"),
        "收费填元，可写单位",
    ),
    Label("source", "来源", ("数据来源", "依据"), "例如：行政执法统计年报"),
    Label("note", "说明", ("备注",)),
)
# What people call the rows of table 2, beside the names of our own list.
_KINDS: dict[str, tuple[str, ...]] = {
    FigureKind.LICENCES: ("行政许可", "行政许可决定", "许可", "许可件数", "行政许可处理决定数量"),
    FigureKind.PENALTIES: ("行政处罚", "行政处罚决定", "处罚", "处罚件数", "行政处罚处理决定数量"),
    FigureKind.COMPULSORY: ("行政强制", "行政强制决定", "行政强制措施", "强制", "行政强制处理决定数量"),
    FigureKind.FEES: ("行政事业性收费", "收费", "收费金额", "行政事业性收费金额", "本年收费金额"),
    FigureKind.RULES_ISSUED: ("规章制发", "规章本年制发件数", "制发规章"),
    FigureKind.RULES_REPEALED: ("规章废止", "规章本年废止件数", "废止规章"),
    FigureKind.RULES_IN_FORCE: ("规章现行有效", "规章现行有效件数", "现行有效规章"),
    FigureKind.DOCUMENTS_ISSUED: (
        "规范性文件制发",
        "行政规范性文件制发",
        "行政规范性文件本年制发件数",
        "制发规范性文件",
    ),
    FigureKind.DOCUMENTS_REPEALED: (
        "规范性文件废止",
        "行政规范性文件废止",
        "行政规范性文件本年废止件数",
        "废止规范性文件",
    ),
    FigureKind.DOCUMENTS_IN_FORCE: (
        "规范性文件现行有效",
        "行政规范性文件现行有效",
        "行政规范性文件现行有效件数",
        "现行有效规范性文件",
    ),
}
_MONEY = ("元", "万元")


def figure_rows(content: bytes, name: str, *, organ: Organ, year: int | None = None) -> Trial:
    """The figures of a file, unchecked against what is there. `year`: of rows that name none. One query.

    `facts` of each row: `figure`, what the action takes; `unit`, or None.
    """
    units = {plain(one.name): one for one in Unit.objects.filter(organ=organ, is_active=True)}
    found = rows_below_header(read_file_of_rows(content, name), LABELS, "value", MOST_ROWS)
    trial = Trial(name, [], found.notes)
    for row, cells in found.rows:
        _read(row, cells if cells.get("year") else _of_year(row, cells, year), units)
        trial.rows.append(row)
    return trial


def figure_kind(text: str) -> FigureKind | None:
    """The item that a file calls so; None if there is none."""
    wanted = plain(text)
    for code, names in _KINDS.items():
        own = (code, FigureKind(code).label, FigureKind(code).label.partition("（")[0], *names)
        if wanted and any(plain(name) == wanted for name in own):
            return FigureKind(code)
    return None


def _of_year(row: Row, cells: Mapping[str, str], year: int | None) -> Mapping[str, str]:
    """The cells of a row without a year, with the one that was chosen beside the file."""
    if year is None or any(one.column == "年度" for one in row.problems):
        return cells
    row.remark("年度", "year_taken", f"没有写明年度，按 {year} 年登记。", f"No year: taken as {year}.")
    return {**cells, "year": str(year)}


def _read(row: Row, cells: Mapping[str, str], units: Mapping[str, Unit]) -> None:
    kind = figure_kind(cells.get("kind", ""))
    row.title = kind.label if kind else cells.get("kind", "")
    if kind is None:
        shown = short(cells.get("kind", ""))
        names = "、".join(label.partition("（")[0] for label in FigureKind.labels[:4])
        zh = f"不认识项目“{shown}”。可用的有：{names} 等，见模板。" if shown else "请填写项目。"
        row.fault("项目", "kind_unknown", zh, "What is counted is not known.")
    unit = units.get(plain(cells.get("unit", "")))
    if unit is None and cells.get("unit"):
        zh = f"本机关没有“{short(cells['unit'])}”这个科室。请核对名称，或留空。"
        row.fault("科室", "unit_unknown", zh, "There is no such unit.")
    figure: dict[str, Any] = {
        "kind": kind.value if kind else "",
        "year": _cell(row, "年度", read_year, cells.get("year", "")),
        "month": _cell(row, "月份", read_month, cells.get("month", "")),
        "value": _value(row, cells.get("value", ""), kind),
        "source": cells.get("source", ""),
        "note": cells.get("note", ""),
    }
    row.facts = {"figure": figure, "unit": unit}


def _value(row: Row, text: str, kind: FigureKind | None) -> Decimal:
    if not text:
        if not any(one.column == "数值" for one in row.problems):
            row.fault("数值", "value_missing", "请填写数值，没有的填 0。", "A number is needed.")
        return Decimal(0)
    read = _cell(row, "数值", read_amount, text)
    if read is None:
        return Decimal(0)
    value, written = read
    if kind == FigureKind.FEES and written == "万元":
        row.remark(
            "数值", "taken_in_yuan", f"{value} 万元，按 {value * TEN_THOUSAND:f} 元登记。", "Taken in yuan."
        )
        return value * TEN_THOUSAND
    if kind is not None and kind != FigureKind.FEES and written in _MONEY:
        zh = f"这一项填件数，不填金额：“{short(text)}”。"
        row.fault("数值", "money_for_number", zh, "A number is wanted, no money.")
    if kind == FigureKind.FEES and written and written not in _MONEY:
        row.fault("数值", "number_for_money", f"收费填金额（元）：“{short(text)}”。", "Money is wanted.")
    return value


def _cell(row: Row, label: str, read: Callable[[str], Any], text: str) -> Any:
    """The cell as `read` takes it; None with the fault entered where it cannot."""
    if any(one.column == label and one.is_error for one in row.problems):
        return None  # told already: an error value, a formula without a result
    try:
        return read(text)
    except CellFault as wrong:
        row.fault(label, wrong.code, wrong.zh, wrong.en)
        return None
