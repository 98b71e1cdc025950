"""Random tables with a text written from them: true figures give nothing, one wrong figure is found."""

from __future__ import annotations

import random

import pytest
from tests.annual.checking.reports import OUTCOMES, random_requests, with_overview

from gongkai.annual.checking import check
from gongkai.annual.findings import Finding

GROUPS = {
    "granted": ("granted",),
    "partly": ("partly_granted",),
    "refused": tuple(row for row in OUTCOMES if row.startswith("refused")),
    "unavailable": tuple(row for row in OUTCOMES if row.startswith("unavailable")),
    "not_processed": tuple(row for row in OUTCOMES if row.startswith("not_processed")),
    "other": tuple(row for row in OUTCOMES if row.startswith("other")),
    "new": ("received.new",),
    "carried": ("received.carried_in",),
    "done": ("concluded",),
    "forward": ("carried_forward",),
}
WORDINGS = [
    "2024年，我镇共收到政府信息公开申请{new}件，上年结转{carried}件，办结{done}件，结转下年度继续办理{forward}件。",
    "2024年度，本机关新收依申请公开{new}件，办结{done}件，转2025年办理{forward}件。2023年结转{carried}件。",
    "（二）依申请公开情况。全年新收政府信息公开申请 {new} 件；上年度结转 {carried} 件；共答复 {done} 件；"
    "结转至下年度 {forward} 件。",
    "本年度共受理公民、法人和其他组织政府信息公开申请{new}件（不含上年结转{carried}件），已办结{done}件。其中，"
    "予以公开{granted}件，部分公开{partly}件，不予公开{refused}件，无法提供{unavailable}件，"
    "不予处理{not_processed}件，其他处理{other}件。",
    "2024年收到{new}件政府信息公开申请，办结{done}件：予以公开{granted}件、部分公开{partly}件、不予公开{refused}件、"
    "无法提供{unavailable}件、不予处理{not_processed}件、其他处理{other}件；结转下年{forward}件。",
    "乙镇人民政府共收到依申请公开政府信息申请{new}件，较上年增加7件，{done}件已办结，{forward}件结转下年度办理。",
]


def _figures(seed: int) -> tuple[dict[str, dict[str, int | None]], dict[str, int]]:
    table = random_requests(seed)
    return table, {name: sum(table[row]["total"] or 0 for row in rows) for name, rows in GROUPS.items()}


def _narrative(findings: list[Finding]) -> list[Finding]:
    return [f for f in findings if f.rule.startswith("NAR") or f.rule == "FMT.T3.H"]


@pytest.mark.parametrize("seed", range(240))
def test_a_text_written_from_the_table_gives_nothing(seed: int) -> None:
    table, figures = _figures(seed)
    text = WORDINGS[seed % len(WORDINGS)].format(**figures)
    assert [(f.name, f.message) for f in _narrative(check(with_overview(text, requests=table)))] == []


@pytest.mark.parametrize("seed", range(240))
def test_one_wrong_figure_in_the_text_is_found_and_no_other(seed: int) -> None:
    table, figures = _figures(seed)
    wording = WORDINGS[seed % len(WORDINGS)]
    named = [name for name in figures if "{" + name + "}" in wording]
    wrong = random.Random(seed).choice(named)
    stated = {**figures, wrong: figures[wrong] + 1003}
    findings = _narrative(check(with_overview(wording.format(**stated), requests=table)))
    assert [(f.rule, f.severity, f.expected, f.found) for f in findings] == [
        ("NAR.1", "error", figures[wrong], stated[wrong])
    ]
