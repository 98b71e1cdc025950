"""Every check's English message is English: Chinese only as quoted words, or once as a term in brackets."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.annual.checking.reports import (
    ORGAN,
    TEXT,
    report_2014,
    report_2019,
    report_2021,
    set_cell,
    set_text,
    with_overview,
)

from gongkai.annual.checking import RULES, check, check_together
from gongkai.annual.findings import Finding
from gongkai.annual.forms import form
from gongkai.annual.forms.english import english_column, english_row
from gongkai.annual.report import Report, Unread
from gongkai.documents.intermediate import Place

CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef、。，；：]")
QUOTED = re.compile("“[^”]*”")
BRACKETED = re.compile(r"\(([^()]*)\)")

# Everything a text can get wrong, in an invented report; people and numbers are invented.
FAULTS = [
    "郑小满申请公开预算。原告秦岚诉甲县人民政府一案。于桐女士来信反映问题。郑大福患有尿毒症。",
    "持身份证11010519491231002X办理。持身份证110105491231002办理。手机13800138000。卡号6222020000000000000。",
    "办公室联系电话13900139000，邮箱someone@126.com。申请人电话0571-88880000，邮箱one@163.com。车牌京A12345。",
    "家住清溪镇柳树村3组12号。依据《政务信息公开规定》，按照《条例》第三十二条编制年度报告。公开决算。",
    "全县政府信息公开工作不断推进。主动公开行政处罚信息10件。主动公开政府信息43条。",
    "2024年收到政府信息公开申请24件，均已答复，办结22件，答复率100%。予以公开11件，部分公开4件。",
    "现行有效规范性文件7件。自然人申请政府信息公开17件。政府信息公开行政复议2件，维持9件。未收到政府信息公开申请。",
    "收到的政府信息公开申请均已办理完毕。收到政府信息公开申请24件，均按规定在法定期限内予以答复。",
    "政府信息公开申请结转下年度继续办理。本机关不掌握政府信息公开申请9件。" + "字" * 1000,
]
OLD_FAULTS = ["2017年，通过政府网站公开信息300条，微信公开信息5条。所有依申请公开均按时办结，行政复议9件。"]


def damaged(report: Report, rng: random.Random) -> Report:
    """The report with a few cells made blank, negative, broken or simply wrong."""
    for path, value in rng.sample([*report.cells()], rng.choice((1, 3, 40))):
        wrong = rng.choice((None, -1, Decimal("0.5"), (value or 0) + 7, 0, 900))
        set_cell(report, path, wrong) if not path.startswith("processing_fees") else None
    return report


def with_faults(rng: random.Random) -> Iterator[Report]:
    yield damaged(report_2021(), rng)
    yield damaged(report_2019(), rng)
    yield damaged(report_2014(OLD_FAULTS), rng)
    yield damaged(with_overview(*rng.sample(FAULTS, 3)), rng)
    gaps = report_2021(title=rng.choice((None, "2024年报告", "乙镇2024年政府信息公开工作年度报告")))
    gaps.headings = rng.sample(gaps.headings, rng.randint(2, 6))
    gaps.headings += [("overview", "1、总体情况", Place(line=9))]
    kept = rng.sample(sorted(gaps.sections), rng.randint(0, 2))
    gaps.sections = {code: gaps.sections[code] for code in kept}
    gaps.remarks = [("misprint", "本年度止件数", None), ("single_other", "", None)]
    gaps.unread = [Unread(["requests.granted.total"], "无法辨认", "illegible")]
    for block in rng.sample(["proactive", "requests", "remedies"], 2):
        setattr(gaps, block, None)
    yield gaps


def special_texts() -> Iterator[Report]:
    """Texts and tables that chance would seldom bring about."""
    for fault in FAULTS:
        yield with_overview(fault)
    corrected = set_cell(report_2021(), "remedies.reconsideration.corrected", 1)
    set_cell(corrected, "requests.other.other.total", 9)
    yield set_text(
        corrected, {**TEXT, "overview": ["（一）概况。", "（2）情况。"], "problems": ["更新不及时。"]}
    )
    no_fees = report_2021(processing_fees=None)
    yield set_text(no_fees, {**TEXT, "overview": ["没有。"], "other_matters": ["无收费。"]})
    yield with_overview("办结政府信息公开申请25件，其中予以公开11件，部分公开4件，不予公开3件。")
    yield with_overview("申请人邮箱one@163.com。")
    yield with_overview("没有。", organ=ORGAN + "办公室")
    yield with_overview("政务公开纳入工作考核。")
    one_row = report_2021()
    table = one_row.requests or {}
    table["other"] = table.pop("other.not_supplemented")
    del table["other.fee_unpaid"], table["other.other"]
    yield one_row
    begun_late = report_2021()
    begun_late.headings = begun_late.headings[1:]
    del begun_late.sections["overview"]
    yield begun_late
    yield from gaps_and_slips()
    zero = report_2021()
    for path, _ in [*zero.cells()]:
        if not path.startswith("processing_fees"):
            set_cell(zero, path, 0)
    yield set_text(zero, {**TEXT, "overview": ["政府信息公开申请结转下年度继续办理。"]})


def gaps_and_slips() -> Iterator[Report]:
    """Tables, rows and headings left out, text of another year and organ, fees that contradict each other."""
    for name in ("proactive", "requests", "remedies"):
        yield report_2021(**{name: None})
        short = report_2021()
        block = getattr(short, name)
        del block[next(iter(block))]
        yield short
    trial = report_2019()
    del (trial.proactive or {})["central_procurement"]
    yield trial
    yield set_text(Report("old.txt", form="2014", year=2016), {"overview": ["推进公开。"]})
    worded = set_cell(report_2021(), "requests.granted.total", None)
    worded.written["requests.granted.total"] = "十一"
    yield worded
    for problems in ([], ["无。"], ["公开不足。"]):
        yield set_text(report_2021(), {**TEXT, "problems": problems})
    headless = set_text(report_2021(), {**TEXT, "problems": [], "remedies": ["主要问题是不足。"]})
    headless.headings = [heading for heading in headless.headings if heading[0] != "problems"]
    yield headless
    ended_early = set_text(report_2021(), {**TEXT, "other_matters": []})
    ended_early.headings = ended_early.headings[:5]
    yield ended_early
    period = ["统计期限为2023年1月1日至12月31日。"]
    yield set_text(report_2021(), {**TEXT, "front": period, "overview": ["2022年，丙镇认真推进公开。"]})
    for notices, charged, collected, cell in (
        (0, 300, 0, 0),
        (1, 300, 350, Decimal("0.02")),
        (1, 350, 350, 350),
    ):
        fees = {"notices": notices, "charged_yuan": charged, "collected_yuan": collected}
        yield set_cell(report_2021(processing_fees=fees), "proactive.administrative_fees", cell)
    yield with_overview("新收政府信息公开申请24件，无上年结转。因征地引发政府信息公开申请29件。")


def special_findings() -> Iterator[Finding]:
    for report in special_texts():
        yield from check(report)
    scanned = report_2021()
    scanned.confidence = {"requests.granted.total": 0.3}
    yield from check(scanned)
    yield from check(report_2021(organ="丙县丁镇人民政府"), previous=report_2021(year=2023))
    yield from check(report_2021(form="2019"), previous=report_2021(year=2020))
    fees = {"notices": 1, "charged_yuan": 930, "collected_yuan": 930}
    shifted = report_2021(year=2023)
    for column, value in (("natural_person", 2), ("business", 1), ("total", 3)):
        set_cell(shifted, f"requests.carried_forward.{column}", value)
    yield from check(report_2021(processing_fees=fees), previous=shifted)
    yield from (
        finding for _, finding in check_together([report_2021(), report_2021(organ="丙县丁镇人民政府")])
    )


def all_findings() -> list[Finding]:
    found = [*special_findings()]
    for seed in range(60):
        rng = random.Random(seed)
        for report in with_faults(rng):
            previous = None
            if report.form != "2014" and report.year and seed % 2:
                make = report_2019 if report.form == "2019" else report_2021
                previous = damaged(make(year=report.year - 1), rng)
            found += check(report, previous=previous)
    return found


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return all_findings()


def test_every_check_is_met(findings: list[Finding]) -> None:
    assert {rule.name for rule in RULES} - {finding.name for finding in findings} == set()


def test_every_message_is_english_throughout(findings: list[Finding]) -> None:
    for message in {finding.message_en for finding in findings}:
        own_words = QUOTED.sub("“”", message)
        terms = [words for words in BRACKETED.findall(own_words) if CHINESE.search(words)]
        assert len(terms) == len(set(terms)), message
        assert not CHINESE.search(BRACKETED.sub("()", own_words)), message


def test_no_message_holds_a_name_of_the_program_or_of_the_law_s_rows(findings: list[Finding]) -> None:
    """Rows and columns have English names; where a report's own words are quoted they are Chinese."""
    for message in {finding.message_en for finding in findings}:
        assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]|\bR\d\d\b|\b(?:PII|FMT|NAR|OLD)\.", message), message


def test_every_row_and_column_of_the_forms_has_an_english_name() -> None:
    for code in ("2019", "2021"):
        shape = form(code)
        single = (shape.single_other,) if shape.single_other else ()
        names = [english_row("requests", row.code) for row in (*shape.rows, *single)]
        names += [english_column("requests", column.code) for column in shape.columns]
        names += [english_row("remedies", group.code) for group in shape.remedy_groups]
        names += [english_column("remedies", column.code) for column in shape.remedy_columns]
        names += [english_row("proactive", row.code) for block in shape.proactive for row in block.rows]
        columns = [column.code for block in shape.proactive for column in block.columns if column.code]
        names += [english_column("proactive", column) for column in columns]
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z ,:()-]+", name) for name in names), names
    rows = [row for row in form("2014").statistics if row.kind != "heading"]
    named = {english_row("statistics", row.code) for row in rows}
    assert len(named) == len(rows)


def test_every_message_is_a_sentence(findings: list[Finding]) -> None:
    for finding in findings:
        assert not finding.message_en[:1].islower(), finding.message_en
        assert finding.message_en.endswith((".", "?")), finding.message_en
        assert finding.message.endswith(("。", "）")), finding.message
