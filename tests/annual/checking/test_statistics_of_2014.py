"""The statistics table of the years up to 2018: OLD.1 to OLD.11."""

from __future__ import annotations

import pytest
from tests.annual.checking.reports import old_path, report_2014

from gongkai.annual.checking import check
from gongkai.annual.findings import Finding
from gongkai.annual.report import Report, Unread


def findings(report: Report) -> list[Finding]:
    return [f for f in check(report) if f.severity != "info"]


CHANGES = [
    # code, value, rule, check, severity, expected, found
    ("channels.wechat", 840, "OLD.1", "old_channel_above_total", "error", 300, 840),
    ("channels.website", 200, "OLD.1", "old_total_above_channels", "error", 270, 300),
    ("key_areas.total", 45, "OLD.2", "old_key_areas_gap", "error", 12, 45),
    ("key_areas.total", 5, "OLD.2", "old_key_areas_above", "error", 12, 5),
    ("disclosed.normative_documents", 3, "OLD.3", "old_normative_above_issued", "warning", 2, 3),
    ("responses.interviews_leaders", 2, "OLD.4", "old_part_above_whole", "error", 0, 2),
    ("responses.press_conferences_leaders", 1, "OLD.4", "old_part_above_whole", "error", 0, 1),
    ("requests.received.fax", 1, "OLD.5", "old_received_sum", "error", 10, 9),
    ("requests.concluded.extended", 3, "OLD.6", "old_concluded_sum", "error", 11, 9),
    ("requests.answered.granted", 1, "OLD.7", "old_answered_sum", "error", 8, 9),
    ("requests.refused.privacy", 1, "OLD.7", "old_refused_sum", "error", 2, 3),
    ("reconsideration.other", 1, "OLD.9", "old_reconsideration_sum", "error", 3, 2),
    ("litigation.corrected", 1, "OLD.9", "old_litigation_sum", "error", 2, 1),
    ("capacity.staff.part_time", 5, "OLD.10", "old_staff_sum", "error", 6, 3),
    ("meetings.trainings", 0, "OLD.11", "old_training_without_people", "warning", 0, 30),
    ("meetings.trained", 0, "OLD.11", "old_training_without_people", "warning", 1, 0),
]


@pytest.mark.parametrize(("code", "value", "rule", "name", "severity", "expected", "found"), CHANGES)
def test_a_changed_cell_gives_the_finding_of_its_rule(
    code: str, value: int, rule: str, name: str, severity: str, expected: int, found: int
) -> None:
    result = findings(report_2014(**{code.replace(".", "__"): value}))
    assert [(f.rule, f.name, f.severity, f.expected, f.found) for f in result] == [
        (rule, name, severity, expected, found)
    ]
    assert old_path(code) in result[0].cells


def test_concluded_and_answered_should_agree() -> None:
    report = report_2014(requests__answered=8, requests__answered__granted=1)
    assert [(f.rule, f.severity) for f in findings(report)] == [("OLD.8", "warning")]


def test_normative_documents_cannot_exceed_everything_published() -> None:
    report = report_2014(disclosed__normative_documents=301, disclosed__normative_documents_issued=301)
    assert [(f.rule, f.severity) for f in findings(report)] == [("OLD.3", "error")]


def test_a_row_of_a_province_may_belong_to_the_sum() -> None:
    """无 such row in the national form: 5.其他方式申请数."""
    report = report_2014(requests__received__letter=2)
    assert report.statistics is not None
    at = report.statistics_codes.index("requests.received.letter") + 1
    report.statistics.insert(at, {"label": "5.其他方式申请数", "unit": "件", "value": 1})
    report.statistics_codes.insert(at, None)
    assert findings(report) == []
    report.statistics[at]["value"] = 5
    assert [f.rule for f in findings(report)] == ["OLD.5"]


def test_a_row_of_a_province_may_be_part_of_the_row_above() -> None:
    report = report_2014()
    assert report.statistics is not None
    at = report.statistics_codes.index("requests.received.letter") + 1
    report.statistics.insert(at, {"label": "其中：挂号信", "unit": "件", "value": 2})
    report.statistics_codes.insert(at, None)
    assert findings(report) == []


def test_an_unread_or_absent_row_takes_its_sum_out_of_the_test() -> None:
    report = report_2014(requests__answered__granted=1)
    report.unread = [Unread([old_path("requests.answered.granted")], "该格无法辨认", "illegible")]
    assert [f.rule for f in findings(report)] == ["READ.1"]
    report = report_2014(requests__received__fax=3)
    assert report.statistics is not None
    at = report.statistics_codes.index("requests.received.letter")
    del report.statistics[at], report.statistics_codes[at]
    assert findings(report) == []


def test_a_blank_that_could_mend_a_sum_makes_it_a_warning() -> None:
    report = report_2014(requests__received__fax=None, requests__received=12, requests__concluded=12)
    names = {f.name: f.severity for f in findings(report)}
    assert names["old_sum_blank"] == "warning"
    assert "old_received_sum" not in names


def test_a_national_form_without_key_areas_is_not_held_to_them() -> None:
    report = report_2014()
    assert report.statistics is not None
    kept = [i for i, code in enumerate(report.statistics_codes) if not (code or "").startswith("key_areas")]
    report.statistics = [report.statistics[i] for i in kept]
    report.statistics_codes = [report.statistics_codes[i] for i in kept]
    assert findings(report) == []
