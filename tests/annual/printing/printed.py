"""A report as printed words, before it has a layout: every layout prints the same words and figures."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from tests.annual.printing.disturbances import Disturbances
from tests.annual.printing.figures import Figures
from tests.annual.printing.narration import narrative
from tests.annual.printing.wording import Wording

from gongkai.annual.forms import Form, form


@dataclass(frozen=True)
class BlockRow:
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One block of table 2: `item` is the article's item, `columns` the headings over the values."""

    item: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[BlockRow, ...]


@dataclass(frozen=True)
class RequestsRow:
    """One row of table 3; `groups` are the headings it stands under, outermost first."""

    groups: tuple[str, ...]
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Requests:
    note: str
    kind_heading: str  # 申请人情况
    organisations: str  # 法人或其他组织
    columns: tuple[str, ...]
    rows: tuple[RequestsRow, ...]


@dataclass(frozen=True)
class Remedies:
    """Table 4: three groups, the second and third under the heading `litigation`, five values each."""

    groups: tuple[str, ...]
    litigation: str
    columns: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class StatisticsRow:
    label: str
    unit: str
    value: str
    level: int


PartKind = Literal["title", "heading", "paragraph", "proactive", "requests", "remedies", "statistics"]


@dataclass
class Printed:
    """A report ready for a layout. `truth` is what a reader may know of it: zeros not printed are None."""

    truth: dict[str, Any]
    title: list[str]
    proactive: list[Block] = field(default_factory=list)
    requests: Requests | None = None
    remedies: Remedies | None = None
    statistics_title: list[str] = field(default_factory=list)
    statistics_head: tuple[str, str, str] = ("统计指标", "单位", "统计数")
    statistics: list[StatisticsRow] = field(default_factory=list)
    parts: list[tuple[PartKind, str]] = field(default_factory=list)
    disturbances: Disturbances = frozenset()


def printed(report: dict[str, Any], rng: Random, disturbances: Disturbances) -> Printed:
    """The words and figures of a report under these disturbances."""
    wording, figures = Wording(rng, disturbances), Figures(rng, disturbances)
    result = Printed(copy.deepcopy(report), _title(report, rng), disturbances=disturbances)
    result.title = [wording.traditional(line) for line in result.title]
    text = narrative(report, rng, "figures_before_tables" in disturbances)
    text = {code: [wording.traditional(p) for p in paragraphs] for code, paragraphs in text.items()}
    if report["form"] == "2014":
        _add_statistics(result, wording, figures, rng)
        _arrange_2014(result, wording, text, rng)
        return result
    the_form = form(report["form"])
    _add_proactive(result, the_form, wording, figures)
    _add_requests(result, the_form, wording, figures)
    _add_remedies(result, the_form, wording, figures)
    _arrange(result, the_form, wording, text)
    return result


def _title(report: dict[str, Any], rng: Random) -> list[str]:
    organ, year = report["organ"], report["year"]
    return rng.choice(
        (
            [f"{organ}{year}年政府信息公开工作年度报告"],
            [f"{organ}{year}年政府信息公开工作年度报告"],
            [f"{organ} {year} 年政府信息公开工作年度报告"],
            [f"{organ}{year}年", "政府信息公开工作年度报告"],
            [organ, f"{year}年政府信息公开工作年度报告"],
            [f"{year}年{organ}政府信息公开工作年度报告"],
            [f"{organ}{year}年度政府信息公开工作年度报告"],
        )
    )


def _arrange(result: Printed, the_form: Form, wording: Wording, text: dict[str, list[str]]) -> None:
    _open(result, text)
    for index, (code, label) in enumerate(the_form.sections):
        result.parts.append(("heading", wording.heading(index, label)))
        result.parts += [("paragraph", p) for p in text[code]]
        if code in ("proactive", "requests", "remedies"):
            if code == "requests" and "identity_note_elsewhere" in result.disturbances:
                result.parts.append(("paragraph", wording.words(the_form.identity_note)))
            result.parts.append((code, ""))  # type: ignore[arg-type]


def _arrange_2014(result: Printed, wording: Wording, text: dict[str, list[str]], rng: Random) -> None:
    _open(result, text)
    headings = ("概述", "主动公开情况", "依申请公开情况", "存在的主要问题和改进措施")
    plain = [*text["plain"], ""]
    for index, heading in enumerate(headings[: rng.randint(2, 4)]):
        result.parts.append(("heading", wording.heading(index, heading)))
        if plain[index]:
            result.parts.append(("paragraph", plain[index]))
    result.parts.append(("statistics", ""))
    if rng.random() < 0.3:
        signatures = "单位负责人：　　审核人：　　填报人：　　联系电话：0000-5550142"
        result.parts.append(("paragraph", wording.traditional(signatures)))


def _open(result: Printed, text: dict[str, list[str]]) -> None:
    result.parts += [("title", line) for line in result.title]
    result.parts += [("paragraph", p) for p in text["front"]]


def _add_proactive(result: Printed, the_form: Form, wording: Wording, figures: Figures) -> None:
    truth = result.truth["proactive"]
    for block in the_form.proactive:
        rows = []
        for row in block.rows:
            cells = truth[row.code] if block.columns[0].code else truth
            values = []
            for column in block.columns:
                unit = "万元" if row.code == "administrative_fees" or column.code == "amount" else "件"
                words, cells[column.code or row.code] = figures.printed(cells[column.code or row.code], unit)
                values.append(words)
            rows.append(BlockRow(wording.words(row.label), tuple(values)))
        columns = tuple(wording.words(column.label) for column in block.columns)
        result.proactive.append(
            Block(wording.words(block.item), wording.words("信息内容"), columns, tuple(rows))
        )


def _add_requests(result: Printed, the_form: Form, wording: Wording, figures: Figures) -> None:
    truth = result.truth["requests"]
    rows = []
    for row in the_form.rows_with("other" in truth):
        values = []
        for column in the_form.columns:
            words, truth[row.code][column.code] = figures.printed(truth[row.code][column.code])
            values.append(words)
        groups = row.group
        if "no_results_heading" in result.disturbances:
            groups = tuple(g for g in groups if not g.startswith("三、"))
        rows.append(RequestsRow(tuple(map(wording.words, groups)), wording.row_label(row), tuple(values)))
    note = the_form.identity_note
    if {"no_identity_note", "identity_note_elsewhere"} & result.disturbances:
        note = ""
    result.requests = Requests(
        wording.words(note),
        wording.words("申请人情况"),
        wording.words("法人或其他组织"),
        tuple(wording.words(column.label) for column in the_form.columns),
        tuple(rows),
    )


def _add_remedies(result: Printed, the_form: Form, wording: Wording, figures: Figures) -> None:
    truth = result.truth["remedies"]
    values = []
    for group in the_form.remedy_groups:
        line = []
        for column in the_form.remedy_columns:
            words, truth[group.code][column.code] = figures.printed(truth[group.code][column.code])
            line.append(words)
        values.append(tuple(line))
    result.remedies = Remedies(
        tuple(wording.words(group.label) for group in the_form.remedy_groups),
        wording.words("行政诉讼"),
        tuple(wording.words(column.label) for column in the_form.remedy_columns),
        tuple(values),
    )


def _add_statistics(result: Printed, wording: Wording, figures: Figures, rng: Random) -> None:
    year = result.truth["year"]
    result.statistics_title = [wording.traditional("政府信息公开情况统计表")]
    if rng.random() < 0.6:
        result.statistics_title.append(f"（ {year} 年度）" if rng.random() < 0.5 else f"（{year}年度）")
    if rng.random() < 0.5:
        result.statistics_title.append(wording.traditional(f"填报单位（盖章）：{result.truth['organ']}"))
    head = rng.choice((("统计指标", "单位", "统计数"), ("统 计 指 标", "单位", "统计数")))
    result.statistics_head = (head[0], wording.words(head[1]), wording.words(head[2]))
    levels = {row.label.lstrip("（二三）"): row.level for row in form("2014").statistics}
    for row in result.truth["statistics"]:
        words, row["value"] = figures.printed(row["value"], row["unit"] or "")
        label = wording.statistics_label(row["label"])
        level = levels[row["label"].lstrip("（二三）")]
        row["label"] = label
        result.statistics.append(StatisticsRow(label, wording.traditional(row["unit"] or ""), words, level))
