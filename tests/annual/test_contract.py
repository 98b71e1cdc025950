"""The contract's json comes back as the report it was, and nothing else passes for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.annual.test_sheet import whole_report

from gongkai.annual.contract import report_from_json, reports_from_json
from gongkai.annual.json_lines import dumps
from gongkai.documents import DocumentError

EXPECTED = Path(__file__).resolve().parents[3] / "shared" / "reports" / "expected"


@pytest.mark.parametrize(("code", "single"), [("2021", False), ("2021", True), ("2019", True)])
def test_a_report_written_as_json_is_read_back_unchanged(code: str, single: bool) -> None:
    report = whole_report(code, single)
    report.sections = {"overview": "第一段\n第二段"}
    text = dumps(report.to_json())
    again = report_from_json(json.loads(text, parse_float=Decimal), "a.json")
    assert again.to_json() == report.to_json()
    assert [(code, words) for code, words, _ in again.lines] == [
        ("overview", "第一段"),
        ("overview", "第二段"),
    ]


def test_the_true_values_of_real_reports_are_in_the_contracts_shape() -> None:
    files = sorted(EXPECTED.glob("*.json"))
    if not files:
        pytest.skip("no expected values beside the repository: real reports are not tested")
    for file in files:
        data = json.loads(file.read_text("utf-8"), parse_float=Decimal)
        again = report_from_json(data, file.name).to_json()
        assert {key: again[key] for key in data} == data


def test_rows_of_the_old_form_get_their_codes_in_order() -> None:
    labels = ["四、行政复议数量", "（二）被依法纠错数", "五、行政诉讼数量", "（二）被依法纠错数", "新增一行"]
    rows = [{"label": label, "unit": "件", "value": 0} for label in labels]
    report = report_from_json({"year": 2016, "form": "2014", "statistics": rows}, "a.json")
    assert report.statistics_codes == [
        "reconsideration",
        "reconsideration.corrected",
        "litigation",
        "litigation.corrected",
        None,
    ]


def test_a_list_and_a_pages_download_hold_several_reports() -> None:
    one = whole_report("2021").to_json()
    for value in ([one, one], {"reports": [one, one], "findings": []}):
        assert [r.source for r in reports_from_json(value, "a.json")] == ["a.json", "a.json#2"]


Edit = Callable[[dict[str, Any]], object]
WRONG: dict[str, tuple[Edit, str]] = {
    "another schema": (lambda d: d.update(schema="other/1"), "schema"),
    "a year in words": (lambda d: d.update(year="2024"), "year"),
    "a year that is true": (lambda d: d.update(year=True), "year"),
    "a year of five digits": (lambda d: d.update(year=20240), "year"),
    "an unknown form": (lambda d: d.update(form="2020"), "form"),
    "an organ that is a number": (lambda d: d.update(organ=1), "organ"),
    "a section that is a list": (lambda d: d.update(sections={"overview": []}), "sections.overview"),
    "an unknown row": (lambda d: d["requests"].update(new={}), "requests.new"),
    "an unknown column": (lambda d: d["requests"]["granted"].update(extra=1), "requests.granted.extra"),
    "a missing column": (lambda d: d["requests"]["granted"].pop("total"), "requests.granted.total"),
    "a number in quotes": (lambda d: d["requests"]["granted"].update(total="3"), "requests.granted.total"),
    "a number that is true": (lambda d: d["proactive"].update(penalties=True), "proactive.penalties"),
    "no number at all": (lambda d: d["proactive"].update(penalties=float("nan")), "proactive.penalties"),
    "a telephone number": (lambda d: d["proactive"].update(penalties=10**16), "proactive.penalties"),
    "an unknown block row": (lambda d: d["proactive"].update(fines=1), "proactive.fines"),
    "a table that is a list": (lambda d: d.update(remedies=[]), "remedies"),
    "statistics without labels": (lambda d: d.update(statistics=[{"value": 1}]), "statistics.0.label"),
}


@pytest.mark.parametrize("how", WRONG)
def test_what_has_another_shape_is_refused_with_the_place_named(how: str) -> None:
    edit, place = WRONG[how]
    data = json.loads(dumps(whole_report("2021").to_json()), parse_float=Decimal)
    edit(data)
    with pytest.raises(DocumentError) as caught:
        report_from_json(data, "a.json")
    assert caught.value.code == "not_a_report"
    assert f"（{place}：" in caught.value.zh
    assert f"({place}: " in caught.value.en


@pytest.mark.parametrize("value", [None, 1, "text", [], {}, {"name": "x"}, {"reports": []}, [1]])
def test_json_that_is_no_report_is_refused(value: Any) -> None:
    with pytest.raises(DocumentError) as caught:
        reports_from_json(value, "a.json")
    assert caught.value.code == "not_a_report"
