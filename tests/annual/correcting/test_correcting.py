"""A report is corrected: what is changed, what stays, and what a person may type."""

from __future__ import annotations

import copy
import dataclasses
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.annual.checking.reports import report_2021

from gongkai.annual import read_reports
from gongkai.annual.checking import check
from gongkai.annual.contract import report_from_json
from gongkai.annual.correcting import NotAccepted, correct, fields, present, read_typed, with_changes
from gongkai.annual.report import Report, Unread
from gongkai.annual.writing import write_report
from gongkai.documents import read_document

SAMPLES = sorted(p for p in (Path(__file__).resolve().parents[3] / "samples").glob("*-20??.*"))
TOTAL = "requests.granted.total"


def sample(path: Path) -> Report:
    return read_reports(read_document(path.read_bytes(), path.name))[0]


def errors(report: Report) -> list[str]:
    return [finding.rule for finding in check(report) if finding.severity == "error"]


def test_a_corrected_cell_takes_its_error_away_and_leaves_the_report_as_it_was() -> None:
    report = report_2021()
    assert errors(report) == []
    report.requests[TOTAL.split(".")[1]]["total"] = 12  # type: ignore[index]
    before = copy.deepcopy(report)
    assert "FMT.T3.A" in errors(report)
    corrected = correct(report, {TOTAL: 11})
    assert errors(corrected) == []
    assert report == before


def test_a_corrected_report_differs_in_nothing_but_the_changes() -> None:
    report = report_2021()
    changed = correct(report, {TOTAL: 7, "proactive.licences": None, "organ": "丙县丁局"}).to_json()
    original = report.to_json()
    assert changed["requests"]["granted"]["total"] == 7
    assert changed["proactive"]["licences"] is None
    assert changed["organ"] == "丙县丁局"
    changed["requests"]["granted"]["total"] = original["requests"]["granted"]["total"]
    changed["proactive"]["licences"] = original["proactive"]["licences"]
    changed["organ"] = original["organ"]
    assert changed == original


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_every_cell_of_a_report_can_be_changed_and_changed_back(path: Path) -> None:
    report = sample(path)
    for name, field in fields(report).items():
        if not field.is_figure or name.startswith("processing_fees."):
            continue
        changes = with_changes(report, {}, {name: 987})
        assert correct(report, changes).value(name) == 987, name
        assert with_changes(report, changes, {name: report.value(name)}) == {}


def test_a_row_that_the_report_does_not_have_begins_with_blank_cells() -> None:
    report = report_2021()
    del report.requests["unavailable.not_held"]  # type: ignore[attr-defined, operator]
    row = correct(report, {"requests.unavailable.not_held.total": 5}).requests["unavailable.not_held"]  # type: ignore[index]
    assert row.pop("total") == 5
    assert set(row.values()) == {None}
    assert len(row) == 6


def test_an_unread_cell_that_is_filled_in_is_no_longer_missed() -> None:
    report = report_2021(unread=[Unread([TOTAL, "requests.granted.other"], "看不清", "illegible")])
    report.written[TOTAL] = "1l"
    corrected = correct(report, {TOTAL: 11})
    assert [gap.cells for gap in corrected.unread] == [["requests.granted.other"]]
    assert TOTAL not in corrected.written


# ---- texts ----


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_changed_sentence_stands_in_the_section_in_its_place(path: Path) -> None:
    report = sample(path)
    paragraphs = report.sections["overview"].split("\n")
    paragraphs[1] = "改写的一段。"
    paragraphs.append("补写的一段。")
    corrected = correct(report, {"sections.overview": "\n".join(paragraphs)})
    assert corrected.sections["overview"].split("\n") == paragraphs
    assert [text for code, text, _ in corrected.lines if code == "overview"] == paragraphs
    others = [line for line in report.lines if line[0] != "overview"]
    assert [line for line in corrected.lines if line[0] != "overview"] == others
    kept = {text: place for _, text, place in report.lines}
    assert all(place == kept[text] for _, text, place in corrected.lines if text in kept)


def test_a_section_that_was_missing_can_be_written() -> None:
    report = report_2021()
    report.lines = [line for line in report.lines if line[0] != "problems"]
    report.headings = [heading for heading in report.headings if heading[0] != "problems"]
    del report.sections["problems"]
    corrected = correct(report, {"sections.problems": "答复不够规范。\n\n今后加强培训。"})
    assert corrected.sections["problems"] == "答复不够规范。\n今后加强培训。"
    order = list(dict.fromkeys(code for code, _, _ in corrected.lines))
    assert order.index("problems") == order.index("other_matters") - 1


def test_a_new_title_stands_among_the_first_lines_too() -> None:
    report = report_2021()
    corrected = correct(report, {"title": "甲县乙镇2024年年报"})
    front = [text for code, text, _ in corrected.lines if code == "front"]
    assert front == ["甲县乙镇2024年年报"]
    assert corrected.title == "甲县乙镇2024年年报"


def test_blank_lines_and_spaces_at_the_ends_are_no_change() -> None:
    report = report_2021()
    text = "\n\n".join(report.sections["overview"].split("\n")) + "  \n"
    assert with_changes(report, {}, {"sections.overview": text}) == {}


# ---- fees are told in words ----


def test_a_changed_fee_changes_the_words_it_is_read_from() -> None:
    report = report_2021()
    changes = with_changes(report, {}, {"processing_fees.notices": 3})
    corrected = correct(report, changes)
    assert "发出收费通知3件，总金额0元" in corrected.sections["other_matters"]
    assert corrected.processing_fees == {"notices": 3, "charged_yuan": 0, "collected_yuan": 0}
    assert with_changes(report, changes, {"processing_fees.notices": 0}) == {}


def test_a_fee_whose_words_cannot_follow_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotAccepted, match="第六部分"):
        with_changes(report_2021(), {}, {"processing_fees.notices": None})


def test_fees_are_read_anew_from_a_changed_text() -> None:
    text = "2024年，本机关发出收费通知2件，总金额100.5元，实际收取的总金额50元。"
    corrected = correct(report_2021(), {"sections.other_matters": text})
    assert corrected.processing_fees == {
        "notices": 2,
        "charged_yuan": Decimal("100.5"),
        "collected_yuan": 50,
    }


def test_fees_that_no_words_tell_are_changed_by_themselves() -> None:
    report = report_from_json(
        {
            "organ": "丙县丁局",
            "processing_fees": dict.fromkeys(("notices", "charged_yuan", "collected_yuan")),
        },
        "a.json",
    )
    changes = with_changes(report, {}, {"processing_fees.notices": 4})
    assert correct(report, changes).processing_fees["notices"] == 4  # type: ignore[index]


# ---- what may be typed ----

ACCEPTED = [
    ("count", "12", 12),
    ("count", " 012 ", 12),
    ("count", "１２", 12),
    ("count", "1,234", 1234),
    ("count", "1，234", 1234),
    ("count", "", None),
    ("count", "　", None),
    ("count", "-0", 0),
    ("amount", "930.50", Decimal("930.50")),
    ("amount", "86", 86),
    ("signed", "-3", -3),
    ("signed", "－3", -3),
    ("signed", "−3", -3),
    ("signed", "+2", 2),
    ("year", "2024", 2024),
    ("year", "2024年", 2024),
    ("line", "  甲县  乙镇 ", "甲县 乙镇"),
    ("line", "", None),
    ("text", "一\r\n二", "一\n二"),
]


@pytest.mark.parametrize(("kind", "typed", "value"), ACCEPTED)
def test_what_a_person_types_is_understood(kind: str, typed: str, value: Any) -> None:
    assert read_typed("x", kind, typed) == value


REFUSED = [
    ("count", "abc", "不是数字"),
    ("count", "十二", "不是数字"),
    ("count", "12件", "不是数字"),
    ("count", "1 2x", "不是数字"),
    ("count", "12,34", "不是数字"),
    ("count", "1e5", "不是数字"),
    ("count", "-", "留空"),
    ("count", "/", "留空"),
    ("count", "——", "留空"),
    ("count", "无", "留空"),
    ("count", "1.5", "整数"),
    ("signed", "0.5", "整数"),
    ("count", "-3", "负数"),
    ("amount", "-3", "负数"),
    ("count", "9" * 30, "数字过大"),
    ("year", "24", "四位"),
    ("year", "3024", "之间"),
    ("line", "甲" * 500, "太长"),
]


@pytest.mark.parametrize(("kind", "typed", "words"), REFUSED)
def test_what_cannot_stand_is_refused_with_the_reason(kind: str, typed: str, words: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        read_typed("x", kind, typed)
    assert words in refused.value.zh
    assert refused.value.en


def test_money_may_have_decimals_and_counts_may_not() -> None:
    kinds = {path: field.kind for path, field in fields(report_2021()).items()}
    assert kinds["proactive.administrative_fees"] == "amount"
    assert kinds["processing_fees.charged_yuan"] == "amount"
    assert kinds["processing_fees.notices"] == "count"
    assert kinds["proactive.penalties"] == "count"
    assert kinds[TOTAL] == "count"


def test_in_the_form_of_2019_changes_may_be_negative_and_purchases_are_money() -> None:
    report = sample(next(p for p in SAMPLES if p.suffix == ".txt"))
    kinds = {path: field.kind for path, field in fields(report).items()}
    assert kinds["proactive.licences.change"] == "signed"
    assert kinds["proactive.licences.decisions"] == "count"
    assert kinds["proactive.central_procurement.amount"] == "amount"


def test_in_the_form_of_2014_the_unit_says_what_a_row_takes() -> None:
    statistics = [
        {"label": "一、主动公开情况", "unit": None, "value": None},
        {"label": "收费金额", "unit": "万元", "value": 1},
        {"label": "收到申请数", "unit": "件", "value": 1},
    ]
    report = report_from_json({"year": 2016, "form": "2014", "statistics": statistics}, "a.json")
    kinds = {path: field.kind for path, field in fields(report).items() if path.startswith("statistics")}
    assert kinds == {"statistics.1.value": "amount", "statistics.2.value": "count"}
    assert correct(report, {"statistics.2.value": 9}).statistics[2]["value"] == 9  # type: ignore[index]
    assert present(report, "statistics.2.value") == 1


# ---- a corrected report is a report ----


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "html", "csv", "json"])
def test_a_corrected_report_written_and_read_again_has_the_changes(kind: str) -> None:
    report = report_2021()
    asked: dict[str, Any] = {
        TOTAL: 12,
        "requests.granted.business": 3,
        "proactive.administrative_fees": Decimal("1.5"),
        "remedies.reconsideration.upheld": None,
        "processing_fees.notices": 2,
    }
    corrected = correct(report, with_changes(report, {}, asked))
    content = write_report(corrected, kind).content
    (read,) = read_reports(read_document(content, f"x.{kind}"))
    for path, value in asked.items():
        assert read.value(path) == value, path


def test_no_field_of_a_report_is_forgotten_by_a_copy() -> None:
    """A corrected report keeps all that the checks look at."""
    report = sample(next(p for p in SAMPLES if p.suffix == ".docx"))
    corrected = correct(report, {TOTAL: 999})
    for field in dataclasses.fields(Report):
        if field.name not in ("requests", "written", "unread"):
            assert getattr(corrected, field.name) == getattr(report, field.name), field.name
