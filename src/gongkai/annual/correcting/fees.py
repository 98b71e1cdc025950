"""Fees that section six tells in words: a changed figure changes the words, from which it is read."""

from __future__ import annotations

import re

from gongkai.annual.correcting.texts import section_text
from gongkai.annual.correcting.typed import NotAccepted
from gongkai.annual.interpreting.fees import processing_fees
from gongkai.annual.report import Report, Value
from gongkai.annual.sheet import printed_number

SECTION = "other_matters"
NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


def fees_are_told(report: Report) -> bool:
    """Whether the text of section six states fees (FMT.S6)."""
    if report.statistics is not None:
        return False
    return processing_fees(section_text(report, SECTION)) is not None


def reread_fees(report: Report, *, told_before: bool) -> None:
    """The fees as section six tells them now, in place; figures that were never in its words stay."""
    if report.statistics is not None:
        return
    told = processing_fees(section_text(report, SECTION))
    if told is not None or told_before:
        report.processing_fees = told


def text_with_fee(report: Report, path: str, value: Value) -> str:
    """Section six with one number replaced: it tells the fee at `path` as `value`, the others as before.

    Raises `NotAccepted` where no such number stands there: the words must be changed by hand.
    """
    text = section_text(report, SECTION)
    told = processing_fees(text) or {}
    column = path.rpartition(".")[2]
    wanted = {**told, column: value}
    if value is not None:
        for number in NUMBER.finditer(text):
            tried = text[: number.start()] + printed_number(value) + text[number.end() :]
            if processing_fees(tried) == wanted:
                return tried
    raise NotAccepted(
        path,
        "信息处理费写在第六部分的文字里，这里改不了：请用“修改标题和文字”改第六部分。",
        "The fees are told in the text of section six: change them there, with “Change title and texts”.",
    )
