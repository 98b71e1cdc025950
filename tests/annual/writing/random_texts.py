"""Random reports with text, as odd as a report can be and still be one: for writing and reading back."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from tests.annual.printing import narrative, random_report

from gongkai.annual.contract import report_from_json
from gongkai.annual.report import Report

# Sentences with what files, markup languages and readers might stumble over. Invented, every one.
ODD_SENTENCES = (
    "“双公示”信息12条、目录3类·指引①②③；文号〔2024〕15号，占比99.5％。",
    "联系人*甲*，邮箱 test_account@example.org，网址 https://example.org/a?b=1&c=2#d；",
    "<b>办理</b>结果 & 说明 #set page(1cm) 与 $x^2$、@ref、`代码` \\u{4e00}。",
    "办理流程：受理→审核→答复；办结率＝100%，同比+12.5%，环比-3.2%。",
    "全年接收申请８件，其中网络申请５件（占６２．５％），㈠㈡㈢均已归档。",
    "㙍头社区、㑇塘村和镕镇、瑀乡的政务公开专区各设1处。",
    "𬇕水村、𫓧山村与𠮷祥社区的公开栏均已更新；",
    "OGI training: twice；",
    "=SUM(A1:A9)这一公式不应在表格软件里被执行；",
    "一是公开不够主动；二是解读形式单一；三是队伍不稳。",
    "2024年12月31日，共有1,234条信息更新，涉及资金3,456.78万元！",
    "是否收费？否：全年未发出收费通知。",
    "附件：1.目录；2.指南；3.申请表（式样）。",
    "https://ogi.example.org/list?id=1",
    "> 引用的原文不因开头的符号而改变。",
    "**重点**领域信息逐项更新，_其他_照旧；",
)
# Words of letters that a reader of pdf sets without blanks, which is noted when the file is written.
ODD_OUTSIDE_PDF = ("Тест: два слова，与汉字 并列；", "ئۇيغۇر تىلى خەت；")
LONG = "围绕群众关心的事项持续公开进展情况，逐项说明办理依据、办理程序和办理结果，" * 40 + "全部按期完成。"


def report_with_text(form: str, seed: int) -> Report:
    """A valid report with sentences as offices write them."""
    return _made(form, seed, Random(f"writing/{form}/{seed}"))


def odd_report(form: str, seed: int, to: str = "docx") -> Report:
    """A report that holds blanks, decimals, missing rows and sections, long and odd texts, as `to` can."""
    odd = ODD_SENTENCES if to == "pdf" else ODD_SENTENCES + ODD_OUTSIDE_PDF
    return _made(form, seed, Random(f"odd/{form}/{seed}"), odd)


def _made(form: str, seed: int, rng: Random, odd: tuple[str, ...] = ()) -> Report:
    data = random_report(rng, form)
    told = narrative(data, rng)
    sections = {code: told[code] for code in ("overview", "problems", "other_matters") if code in told}
    if form == "2014":
        sections = {"overview": told["plain"]}
    if odd:
        _make_odd(data, sections, rng, odd)
    data["sections"] = {code: "\n".join(texts) for code, texts in sections.items()}
    return report_from_json(data, f"{form}-{seed}.json")


def _make_odd(
    data: dict[str, Any], sections: dict[str, list[str]], rng: Random, odd: tuple[str, ...]
) -> None:
    for texts in sections.values():
        for sentence in rng.sample(odd, rng.randint(0, 4)):
            texts.insert(rng.randint(0, len(texts)), sentence)
    if rng.random() < 0.15:
        rng.choice(list(sections.values())).append(LONG)
    if rng.random() < 0.3:
        lost = rng.choice(list(sections))
        told = sections.pop(lost)
        if lost == "other_matters" and any("信息处理费" in text for text in told):
            data.pop("processing_fees", None)
    _blank_some(data, rng)
    if rng.random() < 0.3:
        _drop_rows(data, rng)
    if rng.random() < 0.3:
        data["title"] = f"{data['organ']}{data['year']}年政府信息公开工作年度报告"
    if rng.random() < 0.1:
        data["organ"] = "岚汐县" + "".join(rng.sample("栖澄砚霁棠苓茗沅芷蔚苒珩", 9)) + "工程建设管理办公室"
        data.pop("title", None)


def _blank_some(data: dict[str, Any], rng: Random) -> None:
    """Cells left blank, and decimals where money stands."""
    for row in data.get("statistics", ()):
        if row["unit"] == "万元":
            row["value"] = Decimal(rng.randint(1, 10**7)) / 1000
        elif row["unit"] is not None and rng.random() < 0.1:
            row["value"] = None
    for table in ("requests", "remedies"):  # as offices do where there was nothing to count
        for row in data.get(table, {}).values():
            for column, value in row.items():
                if value == 0 and rng.random() < 0.05:
                    row[column] = None


def _drop_rows(data: dict[str, Any], rng: Random) -> None:
    """Rows that an office left out of table 3, and blocks that it left out of table 2."""
    for code, row in list(data.get("requests", {}).items()):
        # Without row R19 a reader takes R21, whose words are much alike, for both.
        may_go = code.startswith(("refused.", "unavailable.", "not_processed.")) and not any(row.values())
        if may_go and rng.random() < 0.3 and code != "not_processed.excessive":
            del data["requests"][code]
    if data.get("proactive") and rng.random() < 0.3:
        del data["proactive"]["administrative_fees"]
