"""What comes back from a process that may have been taken over is looked at, value by value."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from gongkai.annual.checked import Checked
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report, Unread
from gongkai.documents import DocumentError, Place
from gongkai.documents.plain_data import NotPlain, dumped, loaded


def full() -> Checked:
    """A report with something in every field."""
    place = Place(page=1, line=2, sheet="表一", row=3)
    report = Report("某镇.txt", "某镇人民政府", 2024, "2021", "某镇年报")  # an invented town
    report.sections = {"overview": "文字\u2028“引号”\ud800"}
    report.processing_fees = {"notices": 1, "charged_yuan": Decimal("9.50"), "collected_yuan": None}
    report.requests = {"received.new": {"natural_person": 10**30, "total": None}}
    report.statistics = [{"label": "一", "unit": None, "value": Decimal("1E+2")}]
    report.statistics_codes = [None, "1.1"]
    report.places = {"requests.received.new.total": place}
    report.unread = [Unread(["a.b"], "没有读出", "unread", place)]
    report.lines = [("overview", "文字", place)]
    report.remarks = [("misprint", "词", None)]
    finding = Finding("FMT.T3.C", "error", "不等", "differs", ["a"], 1, Decimal("2.50"), "引文", place, "sum")
    return Checked("某镇.txt", report, [finding], None, [("注", "note")], "去年.txt")


def test_a_report_comes_back_as_it_was() -> None:
    assert loaded(list[Checked], dumped([full()])) == [full()]


def test_exact_decimals_come_back_digit_for_digit() -> None:
    [back] = loaded(list[Checked], dumped([full()]))
    assert back.report is not None
    assert back.report.processing_fees is not None
    assert str(back.report.processing_fees["charged_yuan"]) == "9.50"


def test_an_error_comes_back_with_its_words() -> None:
    [back] = loaded(list[Checked], dumped([Checked("a", error=DocumentError("empty", "空", "empty"))]))
    assert back.error is not None
    assert (back.error.code, back.error.zh, back.error.en) == ("empty", "空", "empty")


def changed(path: list[Any], value: Any) -> bytes:
    top = json.loads(dumped([full()]).decode("utf-8", "surrogatepass"))
    inner = top
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(top).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ([0, "source"], 7),
        ([0, "report"], "words"),
        ([0, "report", "year"], "2024"),
        ([0, "report", "year"], True),
        ([0, "report", "more"], 1),
        ([0, "report", "lines", 0], ["overview", "text"]),
        ([0, "report", "lines", 0, 2], [1, 2, 3]),
        ([0, "report", "places", "x"], ["page", None, None, None, None, None]),
        ([0, "report", "processing_fees", "notices"], {"$decimal": "nine"}),
        ([0, "report", "processing_fees", "notices"], {"$decimal": "9", "more": 1}),
        ([0, "findings", 0, "expected"], 1.5),
        ([0, "findings", 0, "cells"], "a"),
        ([0, "error"], {"code": 1, "zh": "", "en": ""}),
        ([0, "notes", 0], ["one"]),
    ],
)
def test_a_value_of_another_type_is_refused(path: list[Any], value: Any) -> None:
    with pytest.raises(NotPlain):
        loaded(list[Checked], changed(path, value))


@pytest.mark.parametrize("data", [b"", b"\xff", b"{", b"[" * 100_000, b"null", b'{"source": 1}'])
def test_what_is_no_list_of_reports_is_refused(data: bytes) -> None:
    with pytest.raises(NotPlain):
        loaded(list[Checked], data)


def test_objects_of_other_kinds_are_not_sent() -> None:
    with pytest.raises(NotPlain):
        dumped([object()])
