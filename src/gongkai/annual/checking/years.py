"""Two years of one organ side by side (FMT.T3.D, FMT.T2.C1, FMT.T4.B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import written, written_en
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.checking.table_four import group_label
from gongkai.annual.findings import Finding
from gongkai.annual.forms import Column, ProactiveRow
from gongkai.annual.forms.english import english_column, english_row
from gongkai.annual.report import Number

# The places an organ's name begins with: 某某省某某市某某区…
_PLACES = re.compile(r"[^省市州盟区县旗]{1,7}?(?:省|自治区|市|自治州|盟|新区|区|县|旗)(?=.{2})")


@serves("years_not_consecutive", "another_organ")
def pair_is_worth_comparing(case: Examination) -> Iterator[Finding]:
    """Says why nothing is compared: years that do not follow each other, or two different organs."""
    report, previous = case.report, case.previous
    if previous is None:
        return
    if report.year is None or previous.year is None or previous.year != report.year - 1:
        years = f"{previous.year or '年份不明'}、{report.year or '年份不明'}"
        yield case.finding(
            "years_not_consecutive",
            f"两份报告的年份（{years}）不相连，没有进行跨年比对。请提供上一年度的报告。",
            f"The two reports ({previous.year}, {report.year}) are not consecutive: nothing compared.",
        )
    elif not same_organ(report.organ, previous.organ):
        yield case.finding(
            "another_organ",
            f"用于比对的上一年度报告属于“{previous.organ}”，本报告属于“{report.organ}”，没有进行跨年比对。"
            f"机构更名、合并的，请人工核对结转数据。",
            f"Last year's report is of “{previous.organ}”, this one of “{report.organ}”: nothing compared.",
        )


def same_organ(one: str | None, other: str | None) -> bool:
    """Whether two names can be of one organ: equal, or equal once the places above it are left out."""
    if not one or not other:
        return True
    if one in other or other in one:
        return True
    return _without_places(one) == _without_places(other) and _places(one) & _places(other) != set()


def _places(name: str) -> set[str]:
    return set(_PLACES.findall("".join(name.split())))


def _without_places(name: str) -> str:
    return _PLACES.sub("", "".join(name.split()))


def comparable(case: Examination) -> bool:
    """Whether last year's report may be set against this one."""
    report, previous = case.report, case.previous
    return (
        previous is not None
        and report.year is not None
        and previous.year == report.year - 1
        and same_organ(report.organ, previous.organ)
    )


def _earlier(case: Examination, path: str) -> Number | None:
    assert case.previous is not None
    if any(path in gap.cells for gap in case.previous.unread):
        return None
    return case.previous.value(path)


@serves("carried_in_not_last_year", "carried_in_shifted")
def carried_in_is_what_was_carried_forward(case: Examination) -> Iterator[Finding]:
    """FMT.T3.D: in every column, carried in (Y) = carried forward (Y-1)."""
    if not comparable(case) or not case.report.requests:
        return
    differing = []
    for column in case.form.columns:
        now = case.request("received.carried_in", column.code)
        then = _earlier(case, f"requests.carried_forward.{column.code}")
        if now is not None and then is not None and now != then:
            differing.append((column, then, now))
    if not differing:
        return
    total = next((entry for entry in differing if entry[0].code == "total"), None)
    known = case.request("received.carried_in") is not None
    if total is None and known and _earlier(case, "requests.carried_forward.total") is not None:
        words = "，".join(f"“{c.label}”上年{written(then)}、本年{written(now)}" for c, then, now in differing)
        yield case.finding(
            "carried_in_shifted",
            f"表三“二、上年结转”的总计与上年一致，但各类申请人之间有变动：{words}。请核对申请人类型。",
            "Carried in agrees with last year in total, but moved between kinds of requesters.",
            cells=[f"requests.received.carried_in.{column.code}" for column, _, _ in differing],
        )
        return
    yield from _carried_in_differs(case, differing)


def _carried_in_differs(
    case: Examination, differing: list[tuple[Column, Number, Number]]
) -> Iterator[Finding]:
    """One finding for the whole row: a slip in one kind of requester shows in the total too."""
    *_, (_, then, now) = differing  # the total, where it is known
    words = "，".join(
        f"“{c.label}”{written(this)}（上年报告{written(before)}）" for c, before, this in differing
    )
    words_en = ", ".join(
        f"{english_column('requests', c.code)} {written_en(this)} (last year {written_en(before)})"
        for c, before, this in differing
    )
    yield case.finding(
        "carried_in_not_last_year",
        f"表三“二、上年结转政府信息公开申请数量”与上年报告“四、结转下年度继续办理”应当相等，不等的是：{words}。"
        f"请核对两年台账，确属上年有误的应更正上年报告。",
        f"Carried in differs from what last year's report carried forward: {words_en}.",
        cells=[f"requests.received.carried_in.{column.code}" for column, _, _ in differing],
        expected=then,
        found=now,
    )


@serves("in_force_not_continued")
def documents_in_force_continue(case: Examination) -> Iterator[Finding]:
    """FMT.T2.C1: in force (Y) = in force (Y-1) + issued (Y) − repealed (Y)."""
    if not comparable(case) or case.form.code != "2021":
        return
    for row in case.form.proactive[0].rows:
        issued, repealed, in_force = (
            case.number(f"proactive.{row.code}.{code}") for code in ("issued", "repealed", "in_force")
        )
        before = _earlier(case, f"proactive.{row.code}.in_force")
        if issued is None or repealed is None or in_force is None or before is None:
            continue
        expected = before + issued - repealed
        if expected != in_force:
            yield case.finding(
                "in_force_not_continued",
                f"表二“{row.label}”现行有效件数为{written(in_force)}，按上年有效{written(before)}＋本年制发"
                f"{written(issued)}－本年废止{written(repealed)}应为{written(expected)}。请核对；因到期失效、"
                f"移交或调整统计范围造成的，请在报告中说明。",
                f"In force {written_en(in_force)}; {written_en(before)} + {written_en(issued)} - "
                f"{written_en(repealed)} = {written_en(expected)}.",
                cells=[f"proactive.{row.code}.{code}" for code in ("in_force", "issued", "repealed")],
                expected=expected,
                found=in_force,
            )


@serves("implied_in_force", "implied_in_force_negative")
def figure_implied_for_last_year(case: Examination) -> Iterator[Finding]:
    """FMT.T2.C1 without last year's report: the figure in force that this one implies for it."""
    if comparable(case) or case.form.code != "2021":
        return
    for row in case.form.proactive[0].rows:
        issued, repealed, in_force = (
            case.number(f"proactive.{row.code}.{code}") for code in ("issued", "repealed", "in_force")
        )
        if issued is None or repealed is None or in_force is None or not (issued or repealed or in_force):
            continue
        yield from _implied(case, row, issued, repealed, in_force)


def _implied(
    case: Examination, row: ProactiveRow, issued: Number, repealed: Number, in_force: Number
) -> Iterator[Finding]:
    implied = in_force - issued + repealed
    if implied == 0:
        return
    negative = implied < 0
    zh = (
        f"表二“{row.label}”推算上年末有效{written(in_force)}－{written(issued)}＋{written(repealed)}"
        f"＝{written(implied)}件"
    )
    zh += "，件数不会为负，请核对三个数字。" if negative else "，请与上年报告的“现行有效件数”核对。"
    yield case.finding(
        "implied_in_force_negative" if negative else "implied_in_force",
        zh,
        f"Implied in force at the end of last year: {written_en(in_force)} - {written_en(issued)} + "
        f"{written_en(repealed)} = {written_en(implied)}"
        + (", which cannot be negative." if negative else ": compare with last year's report."),
        cells=[f"proactive.{row.code}.{code}" for code in ("in_force", "issued", "repealed")],
        expected=implied,
    )


@serves("projects_not_continued")
def projects_of_2019_form_continue(case: Examination) -> Iterator[Finding]:
    """Form 2019 in both years: 上一年项目数量 (Y) = 上一年项目数量 (Y-1) + 本年增/减 (Y-1)."""
    if not comparable(case) or case.form.code != "2019":
        return
    assert case.previous is not None
    if case.previous.form != "2019":
        return
    for block in case.form.proactive:
        if {"previous", "change"} - {column.code for column in block.columns}:
            continue
        for row in block.rows:
            now = case.number(f"proactive.{row.code}.previous")
            before = _earlier(case, f"proactive.{row.code}.previous")
            change = _earlier(case, f"proactive.{row.code}.change")
            if now is None or before is None or change is None or now == before + change:
                continue
            yield case.finding(
                "projects_not_continued",
                f"表二“{row.label}”的“上一年项目数量”为{written(now)}，上年报告为{written(before)}，增减"
                f"{written(change)}，推算应为{written(before + change)}，请核对。",
                f"Table 2, {english_row('proactive', row.code)}: last year's projects {written_en(now)}; "
                f"last year's report implies {written_en(before + change)}.",
                cells=[f"proactive.{row.code}.previous"],
                expected=before + change,
                found=now,
            )


@serves("pending_cases_vanished")
def pending_cases_come_back(case: Examination) -> Iterator[Finding]:
    """FMT.T4.B: cases pending at the end of Y-1 stand in Y with some result."""
    if not comparable(case) or not case.report.remedies:
        return
    for group in case.form.remedy_groups:
        pending = _earlier(case, f"remedies.{group.code}.pending")
        total = case.number(f"remedies.{group.code}.total")
        if pending is None or total is None or total >= pending:
            continue
        yield case.finding(
            "pending_cases_vanished",
            f"上年报告表四“{group_label(group)}”尚未审结{written(pending)}件，本年总计只有{written(total)}件。"
            f"上年未审结的案件应在本年按结果或继续列入“尚未审结”，请核对。",
            f"Pending last year ({english_row('remedies', group.code)}): {written_en(pending)}; "
            f"this year's total is only {written_en(total)}.",
            cells=[f"remedies.{group.code}.total"],
            expected=pending,
            found=total,
        )
