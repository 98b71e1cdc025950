"""The sample's annual reports: their figures hold together, and files say what the report says."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from gongkai.annual import isolated
from gongkai.annual.checking import check, check_together
from gongkai.documents.publishing import clean_html
from gongkai.web.sample.district import OrganPlan, organs
from gongkai.web.sample.reports import published, reports

FIRST, LAST = 2023, 2025


@pytest.mark.parametrize("organ", organs(), ids=lambda one: one.code)
@pytest.mark.parametrize("first", [2022, 2027])
def test_the_checks_find_nothing_in_a_report_and_the_year_before_it(organ: OrganPlan, first: int) -> None:
    made = reports(organ, first, first + 3)
    for before, report in pairwise(made):
        assert check(report, previous=before) == []


def test_no_organ_s_text_is_another_s() -> None:
    for place in range(LAST - FIRST + 1):
        assert check_together([reports(organ, FIRST, LAST)[place] for organ in organs()]) == []


def test_every_report_has_requests_and_no_two_are_alike() -> None:
    made = [report for organ in organs() for report in reports(organ, FIRST, LAST)]
    for report in made:
        assert report.value("requests.received.new.total")
    told = {str([value for _, value in report.cells()]) for report in made}
    assert len(told) == len(made)


@pytest.mark.parametrize("code", ["xugou", "qinghe", "bailu", "minzheng", "jiaoyu"])
def test_a_published_report_is_read_back_cell_for_cell(code: str) -> None:
    organ = next(one for one in organs() if one.code == code)
    forms = set()
    for report in reports(organ, FIRST, LAST):
        assert report.year is not None
        page = published(organ, FIRST, LAST)[report.year]
        forms.add(page.file_name.rpartition(".")[2])
        assert clean_html(page.body) == page.body
        [item] = isolated.read_files([(page.file_name, page.content)], workers=None)
        assert item.report is not None
        assert dict(item.report.cells()) == dict(report.cells())
        assert len(page.content) < 250_000
    assert forms == {"docx", "pdf", "xlsx"}


def test_the_same_years_give_the_same_files_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    organ = organs()[1]
    once = published.__wrapped__(organ, FIRST, LAST)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert published.__wrapped__(organ, FIRST, LAST) == once
