"""Table 3 on a page: every figure leads to the cases it counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.web.conftest import words
from tests.web.platform import House
from tests.web.requests.asking import DAY, at, received
from tests.web.requests.journeys import Course
from tests.web.working import browser

from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(town: House) -> Any:
    received(town, dt.date(2024, 12, 30))
    course = Course.received(town, DAY)
    course.decided("OPEN-1", dt.date(2025, 10, 13))
    received(town, DAY, requester_kind="business")
    return browser(town[Role.DISCLOSURE_OFFICE])


def figures(page: Any) -> dict[str, list[str]]:
    rows = LexborHTMLParser(page.content.decode()).css(".table3 tbody tr")
    told = {}
    for row in rows:
        head, cells = row.css_first("th"), row.css("td")
        if head is not None and cells:
            told[head.text()] = [one.text() for one in cells]
    return told


def test_each_figure_is_counted_and_leads_to_its_cases(
    client: Any, django_assert_max_num_queries: Any
) -> None:
    with at(dt.date(2025, 11, 3)):
        with django_assert_max_num_queries(10):
            page = client.get("/work/requests/table3/")
        told = figures(page)
        assert told["一、本年新收政府信息公开申请数量"] == ["1", "1", "0", "0", "0", "0", "2"]
        assert told["二、上年结转政府信息公开申请数量"] == ["1", "0", "0", "0", "0", "0", "1"]
        assert told["（七）总计"] == ["1", "0", "0", "0", "0", "0", "1"]
        assert told["四、结转下年度继续办理"] == ["1", "1", "0", "0", "0", "0", "2"]
        links = LexborHTMLParser(page.content.decode()).css(".table3 td a")
        for one in links:
            with django_assert_max_num_queries(10):
                cases = client.get(one.attributes["href"])
            listed = LexborHTMLParser(cases.content.decode()).css("#results tbody tr")
            assert len(listed) == int(one.text()), one.attributes["href"]


def test_what_is_no_cell_is_not_there_and_no_year_is_this_one(client: Any) -> None:
    for asked in ("", "?row=granted", "?row=nothing&column=total", "?row=granted&column=' OR 1=1"):
        assert client.get(f"/work/requests/table3/cases/{asked}").status_code == 404
    with at(dt.date(2025, 11, 3)):
        for year in ("", "1999", "99999", "二〇二五", "2026"):
            assert "总计" in words(client.get("/work/requests/table3/", {"year": year}))
        assert (
            figures(client.get("/work/requests/table3/", {"year": "2024"}))["四、结转下年度继续办理"][-1]
            == "1"
        )
