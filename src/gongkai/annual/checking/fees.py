"""The processing fee: its three figures in section 6, and the cell of table 2 (FMT.S6, FMT.T2.C2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import written, written_en
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.report import Number

_FEE_SINCE = 2021  # 国办函〔2020〕109号 in force since 2021-01-01
_NOTICES, _CHARGED, _COLLECTED = (
    f"processing_fees.{name}" for name in ("notices", "charged_yuan", "collected_yuan")
)
_CELL = "proactive.administrative_fees"
_YUAN_IN_TEN_THOUSAND = 10000

_LABELS = {
    "notices": (
        "发出收费通知的件数",
        re.compile(r"收费通知[^。;]{0,10}(?:件|份|数)|(?:件|份)[^。;，]{0,6}收费通知"),
    ),
    "charged_yuan": ("收费通知的总金额", re.compile("总金额|总额|金额")),
    "collected_yuan": (
        "实际收取的总金额",
        re.compile("实际收[取到费]|实收|收取[^。;，]{0,14}费[^。;，]{0,6}[0-9零一-九]+[^。;，]{0,4}元"),
    ),
}
# None issued, none collected, in words: then the figures are 0, and so is the notices' total.
_NONE_ISSUED = re.compile(
    r"(?:未|没有|无)[^。;，,]{0,12}收费通知|收费通知[^。;，,]{0,6}(?:[0零][件份]|均?为[0零])"
)
_NONE_COLLECTED = re.compile(r"(?:未|没有)[^。;，,]{0,6}收取[^。;，,]{0,12}费")


@serves("fees_incomplete")
def three_fee_figures_are_given(case: Examination) -> Iterator[Finding]:
    """FMT.S6: number of fee notices, their total, and the total collected, each also when zero."""
    report = case.report
    if case.form.code != "2021" or (report.year is not None and report.year < _FEE_SINCE):
        return
    text = case.section_text("other_matters")
    if not text and not any(code == "other_matters" for code, _, _ in report.headings):
        return  # the section itself is missing: said elsewhere
    if not re.search("费|收取", text):
        text = case.text if "收费通知" in case.text or "信息处理费" in case.text else text
    fees = report.processing_fees or {}
    given = {key for key, (_, words) in _LABELS.items() if fees.get(key) is not None or words.search(text)}
    if fees.get("notices") == 0 or _NONE_ISSUED.search(text):
        given |= {"notices", "charged_yuan"}
        if _NONE_COLLECTED.search(text):
            given.add("collected_yuan")
    missing = {key: label for key, (label, _) in _LABELS.items() if key not in given}
    if not missing:
        return
    yield case.finding(
        "fees_incomplete",
        f"第六部分没有写明{'、'.join(missing.values())}。没有发生的也应写明，可写“本年度发出收费通知0件，总金额0元，"
        f"实际收取的总金额0元”。",
        f"Section 6 lacks {len(missing)} of the three figures of the processing fee, given even if 0.",
        cells=[f"processing_fees.{key}" for key in missing],
    )


@serves("fees_contradict", "fees_collected_above_charged")
def fee_figures_agree(case: Examination) -> Iterator[Finding]:
    """REG.42, FMT.S6: no notice and a sum charged contradict; no more is collected than charged."""
    notices, charged, collected = (case.number(cell) for cell in (_NOTICES, _CHARGED, _COLLECTED))
    if notices is not None and charged is not None and (notices == 0) != (charged == 0):
        yield case.finding(
            "fees_contradict",
            f"第六部分写发出收费通知{written(notices)}件、总金额{written(charged)}元：一个为0、一个不为0，两者矛盾，请核对。",
            f"Section 6: {written_en(notices)} fee notices over {written_en(charged)} yuan: one is 0 and the "
            f"other is not.",
            cells=[_NOTICES, _CHARGED],
        )
    elif charged is not None and collected is not None and collected > charged:
        yield case.finding(
            "fees_collected_above_charged",
            f"第六部分写实际收取{written(collected)}元，大于收费通知的总金额{written(charged)}元。请核对；"
            f"收到的是上年通知的费用的，请在报告中说明。",
            f"Section 6: {written_en(collected)} yuan collected, more than the {written_en(charged)} yuan of "
            f"the notices. Check; say so if it was charged last year.",
            cells=[_CHARGED, _COLLECTED],
            expected=charged,
            found=collected,
        )


@serves("processing_fee_not_in_table", "processing_fee_above_table", "fee_in_wrong_unit")
def collected_fees_are_in_table_two(case: Examination) -> Iterator[Finding]:
    """FMT.T2.C2: the processing fee is an administrative fee: collected money shows in table 2, in 万元."""
    collected, fees = case.number(_COLLECTED), case.number(_CELL)
    if fees is None:
        return
    if (wrong := _wrong_unit(case, fees, collected)) is not None:
        yield wrong
        return
    if not collected or fees >= Decimal(collected) / _YUAN_IN_TEN_THOUSAND - _rounding(fees):
        return
    ten_thousands = Decimal(collected) / _YUAN_IN_TEN_THOUSAND
    yield case.finding(
        "processing_fee_above_table" if fees else "processing_fee_not_in_table",
        f"第六部分写明实际收取信息处理费{written(collected)}元（合{written(ten_thousands)}万元），"
        f"表二“行政事业性收费”填{written(fees)}{'万元，少于这一数额' if fees else ''}。"
        f"信息处理费属于行政事业性收费，请核对该格的统计范围和单位（万元）。",
        f"Section 6 reports {written_en(collected)} yuan of processing fees, but administrative fees in "
        f"table 2 are {written_en(fees)}. The processing fee is an administrative fee: check the scope and "
        f"the unit (10,000 yuan).",
        cells=[_CELL, _COLLECTED],
        expected=ten_thousands,
        found=fees,
    )


def _rounding(fees: Number) -> Decimal:
    """What the last decimal of a figure in 万元 may leave out; nothing of a figure without decimals."""
    exponent = Decimal(fees).as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)


def _wrong_unit(case: Examination, fees: Number, collected: Number | None) -> Finding | None:
    """The cell of table 2 written in yuan: it says so, or it repeats the yuan of section 6."""
    words = case.report.written.get(_CELL, "")
    if "元" in words and "万" not in words and fees != 0:
        reason, reason_en = f"写作“{words}”", "is written in yuan"
    elif collected and fees == collected:
        reason = f"填{written(fees)}，与第六部分实际收取的{written(collected)}元相同"
        reason_en = f"is {written_en(fees)}, the same as the yuan collected in section 6"
    else:
        return None
    return case.finding(
        "fee_in_wrong_unit",
        f"表二“行政事业性收费”{reason}。这一格以万元为单位，请核对是否把元当作了万元（350元应写0.035）。",
        f"Administrative fees in table 2: the figure {reason_en}, but the unit of this cell is 10,000 yuan "
        f"(350 yuan are 0.035).",
        cells=[_CELL, _COLLECTED] if collected else [_CELL],
        found=fees,
    )
