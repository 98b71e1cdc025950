"""Citizens on the portal without scripts: a report as tables and charts, and large type."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.platform_site import DESK, PHONE, Windows
from tests.browser.test_checking_journeys import page_scrolls_sideways
from tests.web.platform import published
from tests.web.portal.reporting import archived

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("whole_log")]


@pytest.fixture
def told(invented: Any) -> Any:
    """The town with two reports, a guide, a document in force and one that has expired."""
    town = invented.town
    for year, received in ((2023, 41), (2024, 52)):
        archived(town, year, received)
    published(town, kind="guide", title="指南", category="", body="<p>受理地点</p>")
    facts = {"category": "20.01", "theme": "06", "effective_on": "2020-01-01", "kind": "normative_document"}
    published(town, title="现行办法", document_number="北政发〔2024〕1号", **facts)
    published(town, title="旧办法", document_number="北政发〔2022〕2号", expires_on="2024-12-31", **facts)
    return invented


def test_a_citizen_reads_a_report_on_a_phone(windows: Windows, told: Any) -> None:
    page = windows.citizen()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/o/beishan/")
    page.click(".portal-places >> text=年度报告")
    page.click(".year-tiles >> text=2024")
    assert page.inner_text(".key-number >> nth=0") == "52"
    for chart in page.query_selector_all("svg.chart"):
        box = chart.bounding_box()
        assert box["width"] > 200
        assert box["x"] + box["width"] <= PHONE[0]
    assert page.is_visible("table.sheet-requests")
    assert not page_scrolls_sideways_without_scripts(page)
    page.click("text=与2023年对比")
    assert page.inner_text(".figure-table tbody tr >> nth=0").split()[-4:] == ["41", "52", "+11", "+26.8%"]
    page.go_back()
    with page.expect_download() as saved:
        page.click(".report-ways >> text=Word")
    assert saved.value.suggested_filename.endswith("2024年政府信息公开工作年度报告.docx")


def page_scrolls_sideways_without_scripts(page: Any) -> bool:
    return bool(page.locator("html").evaluate("e => e.scrollWidth > e.clientWidth"))


def test_large_type_is_chosen_by_keyboard_and_stays(windows: Windows, told: Any) -> None:
    page = windows.citizen()
    page.goto("/o/beishan/documents/")
    before = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    page.focus(".easy-link")
    page.keyboard.press("Enter")
    page.wait_for_selector("html.easy")
    assert page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 1.25 * before
    page.click("text=已废止、失效")
    assert page.is_visible("text=旧办法")
    assert page.query_selector("html.easy") is not None
    page.click(".easy-link")
    assert page.query_selector("html.easy") is None


@pytest.mark.parametrize("large", [False, True])
def test_every_new_page_is_accessible(windows: Windows, told: Any, large: bool) -> None:
    page = windows.anybody()
    if large:
        cookie = {"name": "large_type", "value": "on", "url": windows.site}
        page.context.add_cookies([cookie])
    wrong: list[str] = []
    for address in (
        *("/o/", "/o/beishan/", "/o/beishan/?column=annual_reports", "/o/beishan/?column=guide"),
        *("/o/beishan/reports/2024/", "/o/beishan/reports/2024/compare/", "/reports/2024/"),
        *("/o/beishan/documents/", "/o/beishan/documents/?state=ended", "/o/beishan/open-data/"),
    ):
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.goto(address)
        wrong += [
            f"{address}: {one['id']} {one['nodes'][0]['html'][:160]}"
            for one in Axe().run(page).response["violations"]
        ]
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        if page_scrolls_sideways(page):
            wrong.append(f"{address}: wider than a phone")
    assert wrong == [], "\n".join(wrong)
